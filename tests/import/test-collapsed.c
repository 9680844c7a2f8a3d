/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The importer of collapsed stacks: dialects, encodings, roots that are processes and threads, lines
 * that are none, and hostile input.
 */
#include "import-check.h"

#include <string.h>

static void
assert_dump (Content content, const char *expected)
{
  g_autoptr (ThawProfile) profile = check_open (content);
  test_assert_text (check_dump (profile), expected);
}

#define HEAD "collapsed sampled samples unknown\n"
#define THREAD "= -1 “” -1 “” \n"

static void
test_plain (void)
{
  assert_dump (CONTENT ("x", "a;b;c 1\na;b;c 1\na;b;d 4\na;b;c 3\na;b 5\n"),
               HEAD THREAD "a;b 5\na;b;c 5\na;b;d 4\n");
  assert_dump (CONTENT ("x", "a;b 1"), HEAD THREAD "a;b 1\n");
  assert_dump (CONTENT ("x", "main 7\n"), HEAD THREAD "main 7\n");
  assert_dump (CONTENT ("x", "a;b\t12\r\na  3  \r\n"), HEAD THREAD "a 3\na;b 12\n");
  assert_dump (CONTENT ("x", "a;b 1.5\na 2\n"),
               "collapsed sampled none unknown\n" THREAD "a 2\na;b 1.5\n");
  assert_dump (CONTENT ("x", "a b;operator new (unsigned long) 2\n"),
               HEAD THREAD "a b;operator new (unsigned long) 2\n");
  /* py-spy saw a thread without frames. */
  assert_dump (CONTENT ("x", "a;b 1\n 4\n"), HEAD THREAD " 4\na;b 1\n");
  assert_dump (CONTENT ("x", "java;sys_read_[k];[unknown];-;;x 3\n"),
               HEAD THREAD "java;sys_read_[k];[unknown];-;;x 3\n");
}

static void
test_places (void)
{
  g_autoptr (ThawProfile)
      profile = check_open (CONTENT ("x", "<module> (a.py:25);work (b/w.py:8) 421\n"
                                          "<module> (a.py:26) 1\n"
                                          "<module> (a.py:25);work (b/w.py:7) 2\n"));
  test_assert_text (test_dump (profile, 0),
                    "<module>@25;work@8 421\n<module>@25;work@7 2\n<module>@26 1\n");
  g_assert_cmpuint (thaw_profile_get_n_functions (profile), ==, 2);
  const ThawFunction *function = thaw_profile_get_function (profile, 1);
  g_assert_cmpstr (function->name, ==, "work");
  g_assert_cmpstr (function->file, ==, "b/w.py");
  g_assert_cmpint (function->kind, ==, THAW_FUNCTION_PYTHON);
  g_assert_false (thaw_profile_has_time_order (profile));
}

static void
test_roots (void)
{
  assert_dump (CONTENT ("x", "process 10:\"python a.py\";thread (0xFF): MainThread;f (a.py:1) 3\n"
                             "process 10:\"python a.py\";thread (7);f (a.py:1) 4\n"
                             "process 10:\"python a.py\";thread (0xFF): MainThread;f (a.py:2) 5\n"
                             "process 11:\"sh -c a;b\";f (a.py:1) 6\n"
                             "f (a.py:1) 7\n"),
               "collapsed sampled samples cpu\n"
               "= 10 “python a.py” 255 “MainThread” main\nf@1 3\nf@2 5\n"
               "= 10 “python a.py” 7 “” \nf@1 4\n"
               "= 11 “sh -c a;b” -1 “” \nf@1 6\n"
               "= -1 “” -1 “” \nf@1 7\n");
  /* A process is shown by itself, its parent is told of. */
  assert_dump (CONTENT ("x", "process 1:\"p\";process 2:\"c\";f (a.py:1) 1\n"
                             "process 1:\"p\";f (a.py:1) 2\n"
                             "process 1:\"p\";process 2:\"c\";g (a.py:9) 3\n"),
               "collapsed sampled samples cpu\n"
               "= 2 “c” -1 “” \nf@1 1\ng@9 3\n= 1 “p” -1 “” \nf@1 2\n");
  assert_dump (CONTENT ("x", "tid:5;/x/a.py:main:3;a.py:f:4 2\ntid:6;a.py:f:4;<GC> 1\n"),
               HEAD "= -1 “” 5 “” \nmain@3;f@4 2\n= -1 “” 6 “” \nf@4;<GC> 1\n");
  assert_dump (CONTENT ("x", "thread_start;main 1\n"), HEAD THREAD "thread_start;main 1\n");
  /* A thread with no frames at all. */
  assert_dump (CONTENT ("x", "thread (1): a 2\nthread (1): a;f (x.py:1) 1\n"),
               "collapsed sampled samples cpu\n= -1 “” 1 “a” \n 2\nf@1 1\n");
}

static void
test_encodings (void)
{
  static const char expected[] = HEAD THREAD "a;é 1\na;😀 2\n";
  assert_dump (CONTENT ("x", "a;é 1\na;😀 2\n"), expected);
  assert_dump (CONTENT ("x", "\xef\xbb\xbf"
                             "a;é 1\r\na;😀 2\r\n"),
               expected);
  const char *const encodings[] = { "UTF-16LE", "UTF-16BE" };
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    for (guint mark = 0; mark < 2; mark++)
      {
        const char *text = mark ? "\xef\xbb\xbf"
                                  "a;é 1\r\na;😀 2\r\n"
                                : "a;é 1\r\na;😀 2\r\n";
        gsize len;
        g_autofree char *data = g_convert (text, -1, encodings[i], "UTF-8", NULL, &len, NULL);
        g_assert_nonnull (data);
        assert_dump ((Content){ "x", data, len }, expected);
        check_chunks ((Content){ "x", data, len }, len);
        check_truncations ((Content){ "x", data, len });
      }
  /* Neither half a character nor bytes that are no UTF-8 stop anything. */
  assert_dump (CONTENT ("x", "a;\xff\xfe 1\n"), HEAD THREAD "a;\xef\xbf\xbd\xef\xbf\xbd 1\n");
}

static void
test_left_out (void)
{
  assert_dump (CONTENT ("x", "# comment 42\n#\n\n// no stack\na;b 1\nno count\na;c nan\na;c 0x10\n"
                             "a;d -3\n#<Class>;x 2\na;e 1e3\n"),
               HEAD "! 4 lines are no stacks with a count and were left out, the first is line 4\n"
                    "! 1 line has a negative count and was left out: line 9\n" THREAD
                    "a;b 1\na;e 1000\n#<Class>;x 2\n");
}

static void
test_refused (void)
{
  check_refused (CONTENT ("x", "a;b 31 56\na;c 6 2\n"), THAW_ERROR_UNSUPPORTED, "two counts");
  check_refused (CONTENT ("x", "P12;T0:34;m:f:1 5\nP12;T0:34 7\n"), THAW_ERROR_UNSUPPORTED,
                 "austin");
  check_refused (CONTENT ("x.txt", "just some text\nof several lines\n"), THAW_ERROR_UNKNOWN_FORMAT,
                 "collapsed stacks");
  check_refused (CONTENT ("x", "1 2 3\n4 5 6\n"), THAW_ERROR_UNKNOWN_FORMAT, "Thaw");
  /* A name may end with a number in some lines. */
  assert_dump (CONTENT ("x", "a;Thread 1 5\na;b 2\n"), HEAD THREAD "a;Thread 1 5\na;b 2\n");
}

static void
test_large (void)
{
  /* Longer than any window, deeper than any C stack. */
  g_autoptr (GString) text = g_string_new ("a");
  for (guint i = 0; i < 500000; i++)
    g_string_append (text, ";b");
  g_string_append (text, " 2\na 1\n");
  g_autoptr (ThawProfile) profile = check_open ((Content){ "x", text->str, text->len });
  g_assert_cmpuint (thaw_tree_max_depth (thaw_profile_get_location_tree (profile, 0)), ==, 500001);
  g_string_assign (text, "a;b 1\na");
  for (guint i = 0; i < THAW_LIMIT_DEPTH; i++)
    g_string_append (text, ";b");
  g_string_append (text, " 2\n");
  check_refused ((Content){ "x", text->str, text->len }, THAW_ERROR_LIMIT, "line 2");
}

static const char mixed[] =
    "# made by hand\nprocess 10:\"python \"a;b\".py\";thread (0xFF): MainThread;f (a.py:1) 3\n"
    "process 10:\"p\";process 12:\"c\";g (libx.so.6);h 2.5\r\na;é;sys_[k] 4\n\njunk\n"
    "tid:3;/x/y.py:f:12;<GC> 1\n 7\n";

static void
test_hostile (void)
{
  check_chunks (CONTENT ("x", mixed), sizeof mixed);
  check_truncations (CONTENT ("x", mixed));
  check_mutations (CONTENT ("x", mixed), 4000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/collapsed/plain", test_plain);
  g_test_add_func ("/collapsed/places", test_places);
  g_test_add_func ("/collapsed/roots", test_roots);
  g_test_add_func ("/collapsed/encodings", test_encodings);
  g_test_add_func ("/collapsed/left-out", test_left_out);
  g_test_add_func ("/collapsed/refused", test_refused);
  g_test_add_func ("/collapsed/large", test_large);
  g_test_add_func ("/collapsed/hostile", test_hostile);
  return g_test_run ();
}
