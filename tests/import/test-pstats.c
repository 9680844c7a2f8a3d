/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pstats files: what the importer makes of each kind of row, what it reports, what it refuses.
 */
#include <gio/gio.h>
#include <string.h>

#include "marshal-writer.h"
#include "thaw-import.h"
#include "tree-text.h"

/* Takes @bytes. */
static ThawProfile *
import (GBytes *bytes, GError **error)
{
  ThawProfile *profile = thaw_import_bytes (bytes, "a.prof", NULL, error);

  g_bytes_unref (bytes);
  return profile;
}

static ThawProfile *
import_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  ThawProfile *profile = import (pstats_from_text (text), &error);

  g_assert_no_error (error);
  return profile;
}

/* Whether one of the warnings contains @part; "" asks for none at all. */
static gboolean
warns (const ThawProfile *profile, const char *part)
{
  const char *const *warnings = thaw_profile_get_warnings (profile);

  for (guint i = 0; warnings[i] != NULL; i++)
    if (*part == '\0' || strstr (warnings[i], part) != NULL)
      return *part != '\0';
  return *part == '\0';
}

static void
test_rows (void)
{
  g_autoptr (ThawProfile) profile = import_text ("main 1 1 0.5 3\n"
                                                 "f 2 5 2 2.5\n  main 2 2 1 2.5\n  f 3 0 1 0.5\n"
                                                 "~len 7 7 0.5 0.5\n  f 7 7 0.5 0.5\n");

  test_assert_text (test_dump_edges (profile, 0), "main 1/1 0.5 3\nf 5/2 2 2.5\nlen 7/7 0.5 0.5\n"
                                                  "main>f 2/2 1 2.5\nf>f 3/0 1 0.5\n"
                                                  "f>len 7/7 0.5 0.5\n");
  g_assert_cmpstr (thaw_profile_get_format (profile), ==, "pstats");
  g_assert_cmpstr (thaw_profile_get_tool (profile), ==, "cProfile");
  g_assert_cmpstr (thaw_profile_get_title (profile), ==, "a.prof");
  g_assert_cmpint (thaw_profile_get_kind (profile), ==, THAW_KIND_INSTRUMENTED);
  g_assert_cmpint (thaw_profile_get_unit (profile), ==, THAW_UNIT_SECONDS);
  g_assert_cmpint (thaw_profile_get_meaning (profile), ==, THAW_MEANING_WALL);
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 3);
  g_assert_cmpuint (thaw_profile_get_n_processes (profile), ==, 1);
  g_assert_cmpint (thaw_profile_get_process (profile, 0)->pid, ==, -1);
  g_assert_cmpstr (thaw_profile_get_process (profile, 0)->name, ==, "a.prof");
  g_assert_cmpuint (thaw_profile_get_n_threads (profile), ==, 1);
  g_assert_cmpint (thaw_profile_get_thread (profile, 0)->id, ==, -1);
  g_assert_cmpstr (thaw_profile_get_thread (profile, 0)->name, ==, "");
  g_assert_true (warns (profile, ""));
}

/* Appends a row of one call and a second without callers. */
static void
put_row (GByteArray *out, const char *file, gint32 line, const char *name)
{
  marshal_put_label (out, file, line, name);
  marshal_put_tuple (out, 5);
  marshal_put_numbers (out, 1, 1, 1, 1);
  marshal_put_code (out, '{');
  marshal_put_code (out, '0');
}

/* Names, files and kinds, in the order of the file. */
static char *
dump_functions (const ThawProfile *profile)
{
  GString *text = g_string_new (NULL);

  for (guint32 i = 0; i < thaw_profile_get_n_functions (profile); i++)
    {
      const ThawFunction *function = thaw_profile_get_function (profile, i);

      g_string_append_printf (text, "%d %s:%u %s\n", function->kind,
                              function->file != NULL ? function->file : "-", function->line,
                              function->name);
    }
  return g_string_free (text, FALSE);
}

static void
test_functions (void)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (ThawProfile) profile = NULL;
  g_autoptr (GError) error = NULL;

  marshal_put_code (out, '{');
  put_row (out, "C:\\My Project\\app.py", 12, "<module>");
  put_row (out, "~", 0, "<method 'append' of 'list' objects>");
  put_row (out, "", 0, "execfile");
  put_row (out, "profile", 0, "main()");
  put_row (out, "/lib/a.py", 3, "f");
  put_row (out, "/lib/a.py", 4, "f");
  put_row (out, "~", 0, "<built-in method __new__ of type object at 0x7f0012AB>");
  put_row (out, "~", 0, "<built-in method __new__ of type object at 0x00007FFE>");
  put_row (out, "b.py", -5, "caf\xe9");
  put_row (out, "b.py", 1, "");
  marshal_put_code (out, '0');
  profile = import (g_byte_array_free_to_bytes (out), &error);
  g_assert_no_error (error);

  test_assert_text (dump_functions (profile), "0 C:\\My Project\\app.py:12 <module>\n"
                                              "1 -:0 <method 'append' of 'list' objects>\n"
                                              "1 -:0 execfile\n"
                                              "3 -:0 main()\n"
                                              "0 /lib/a.py:3 f\n"
                                              "0 /lib/a.py:4 f\n"
                                              "1 -:0 <built-in method __new__ of type object>\n"
                                              "0 b.py:0 café\n"
                                              "0 b.py:1 \n");
  /* The two that differ by address only are one function. */
  g_assert_cmpuint (thaw_profile_get_edges (profile, 0)->functions[6].calls, ==, 2);
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 10);
}

/* What Python 2.7's own cProfile writes: byte strings, interned ones by reference. */
static void
test_python2 (void)
{
  static const char file[] = "{(\x03\0\0\0t\x04\0\0\0a.pyi\x05\0\0\0t\x01\0\0\0f"
                             "(\x05\0\0\0i\x02\0\0\0i\x02\0\0\0f\x03"
                             "0.5f\x04"
                             "1.25{(\x03\0\0\0R\0\0\0\0i\x01\0\0\0s\x01\0\0\0g"
                             "(\x04\0\0\0i\x02\0\0\0i\x02\0\0\0f\x03"
                             "0.5f\x04"
                             "1.2500";
  g_autoptr (GError) error = NULL;
  g_autoptr (ThawProfile) profile = import (g_bytes_new_static (file, sizeof file - 1), &error);

  g_assert_no_error (error);
  test_assert_text (test_dump_edges (profile, 0), "f 2/2 0.5 1.25\ng 0/0 0 0\ng>f 2/2 0.5 1.25\n");
  g_assert_cmpstr (thaw_profile_get_function (profile, 1)->file, ==, "a.py");
}

/* The pure-Python profiler: calls per caller, and no times. */
static void
test_calls_only (void)
{
  g_autoptr (ThawProfile)
      profile = import_text ("main 1 1 1 5\n  top 1\ng 1 1 0 3\n  main 1\n"
                             "f 4 6 2 4\n  main 3\n  g 1\n  f 2\ntop 1 1 0 5\n");

  g_assert_cmpstr (thaw_profile_get_tool (profile), ==, "profile");
  g_assert_true (warns (profile, "pure-Python profiler"));
  test_assert_text (test_dump_edges (profile, 0),
                    "main 1/1 1 5\ntop 1/1 0 5\ng 1/1 0 3\nf 6/4 2 4\n"
                    "main>g 1/1 0 3\nmain>f 3/3 1 3\ntop>main 1/1 1 5\n"
                    "g>f 1/1 0.3333333333 1\nf>f 2/0 0.6666666667 0\n");
}

/* Its root is named after the program that ran, which "python -m profile" passes on compiled. */
static void
test_code_for_a_name (void)
{
  static const char code[] =
      "c\0\0\0\0\0\0\0\0\0\0\0\0\x40\0\0\0s\x01\0\0\0x)\0)\0)\0)\0)\0z\x04m.py"
      "z\x08<module>\0\0\0\0s\0\0\0\0";
  GByteArray *out = g_byte_array_new ();
  g_autoptr (ThawProfile) profile = NULL;
  g_autoptr (GError) error = NULL;

  marshal_put_code (out, '{');
  marshal_put_tuple (out, 3);
  marshal_put_text (out, "profile");
  marshal_put_int (out, 0);
  g_byte_array_append (out, (const guint8 *) code, sizeof code - 1);
  marshal_put_tuple (out, 5);
  marshal_put_numbers (out, 1, 1, 1, 1);
  marshal_put_code (out, '{');
  marshal_put_code (out, '0');
  marshal_put_code (out, '0');
  profile = import (g_byte_array_free_to_bytes (out), &error);
  g_assert_no_error (error);
  g_assert_true (warns (profile, ""));
  test_assert_text (dump_functions (profile), "3 -:0 <module>\n");
}

/* Python before 2.7 added files up by putting the tuples of an edge end to end. */
static void
test_joined_edges (void)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (ThawProfile) profile = NULL;

  marshal_put_code (out, '{');
  marshal_put_label (out, "a.py", 1, "f");
  marshal_put_tuple (out, 5);
  marshal_put_numbers (out, 3, 3, 3, 3);
  marshal_put_code (out, '{');
  marshal_put_label (out, "a.py", 2, "g");
  marshal_put_tuple (out, 8);
  marshal_put_numbers (out, 1, 1, 1, 1);
  marshal_put_numbers (out, 2, 2, 2, 2);
  marshal_put_code (out, '0');
  marshal_put_code (out, '0');
  profile = import (g_byte_array_free_to_bytes (out), NULL);
  g_assert_nonnull (profile);
  test_assert_text (test_dump_edges (profile, 0), "f 3/3 3 3\ng 0/0 0 0\ng>f 3/3 3 3\n");
}

static void
test_spliced (void)
{
  g_autoptr (ThawProfile) never_left = import_text ("a 1 1 1 2\nb 1 2 1 1\n  a 0 0 0 0\n");
  g_autoptr (ThawProfile) no_primitive = import_text ("a 1 1 1 2\nb 0 2 1 1\n  a 2 2 1 1\n");

  g_assert_true (warns (never_left, "mixes several threads"));
  g_assert_true (warns (no_primitive, "mixes several threads"));
}

/* Two functions of one label: the row is of one of them, the calls are of both. */
static void
test_colliding_labels (void)
{
  g_autoptr (ThawProfile) profile = import_text (
      "twin 1 1 1 1.5\ndeep 2 2 3 3\n  twin 2 2 3 3\n~len 1 1 0.5 0.5\n  twin 1 1 0.5 0.5\n");

  g_assert_true (warns (profile, "1 function holds less time"));
  g_assert_false (warns (profile, "threads"));
}

/* Samplers that write pstats put -1 for numbers of calls. */
static void
test_uncounted (void)
{
  g_autoptr (ThawProfile) profile = import_text ("a -1 -1 1 2\nb -1 -1 1 1\n  a -1 -1 1 1\n");

  g_assert_true (warns (profile, "counted no calls"));
  g_assert_cmpstr (thaw_profile_get_tool (profile), ==, "");
  g_assert_false (warns (profile, "threads"));
  test_assert_text (test_dump_edges (profile, 0), "a 0/0 1 2\nb 0/0 1 1\na>b 0/0 1 1\n");
}

static void
test_bad_numbers (void)
{
  g_autoptr (ThawProfile)
      profile = import_text ("a 1 1 nan 2\nb 1 1 -1 inf\n  a -7 1 1 1\nc 1 1 1 1e300\n");

  g_assert_true (warns (profile, "5 numbers"));
  test_assert_text (test_dump_edges (profile, 0), "a 1/1 0 2\nb 1/1 0 0\nc 1/1 1 0\na>b 0/1 1 1\n");
}

/* A row that cannot be read is left out; where nothing can be, the file is none of ours. */
static void
test_bad_rows (void)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (ThawProfile) profile = NULL;
  g_autoptr (GError) error = NULL;

  marshal_put_code (out, '{');
  marshal_put_label (out, "a.py", 1, "bad");
  marshal_put_code (out, 'N');
  put_row (out, "a.py", 1, "good");
  marshal_put_code (out, 'N');
  marshal_put_code (out, 'N');
  marshal_put_code (out, '0');
  g_byte_array_append (out, (const guint8 *) "xyz", 3);
  profile = import (g_byte_array_free_to_bytes (out), NULL);
  g_assert_nonnull (profile);
  g_assert_true (warns (profile, "2 entries could not be understood"));
  g_assert_true (warns (profile, "the first at byte 25"));
  g_assert_true (warns (profile, "3 bytes after the end"));
  test_assert_text (test_dump_edges (profile, 0), "good 1/1 1 1\n");

  out = g_byte_array_new ();
  marshal_put_code (out, '{');
  marshal_put_label (out, "a.py", 1, "bad");
  marshal_put_code (out, 'N');
  marshal_put_code (out, '0');
  g_assert_null (import (g_byte_array_free_to_bytes (out), &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    ThawError code;
  } cases[] = {
    { "{0", 2, THAW_ERROR_EMPTY },
    { "\x80\x04\x95 line_profiler", 17, THAW_ERROR_UNSUPPORTED },
    { "\x80\x02}q\0.", 6, THAW_ERROR_UNSUPPORTED },
    { "\x13\x0fhotshot-version\x05"
      "1.0",
      21, THAW_ERROR_UNSUPPORTED },
    { "{)\x03", 3, THAW_ERROR_TRUNCATED },
    { "{(\x03\0\0\0N", 7, THAW_ERROR_TRUNCATED },
    { "\xfbi\0\0\0\0N0", 8, THAW_ERROR_UNKNOWN_FORMAT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (import (g_bytes_new_static (cases[i].bytes, cases[i].length), &error));
      g_assert_error (error, THAW_ERROR, (int) cases[i].code);
    }
}

/* Every prefix of a file is refused, and never as something else once it can be recognised. */
static void
test_truncated (void)
{
  g_autoptr (GBytes)
      whole = pstats_from_text ("f 2 3 0.5 3\n  g 1 1 0.25 1\n~len 4 4 1 1\n  f 4\n");

  for (gsize length = 0; length < g_bytes_get_size (whole); length++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (import (g_bytes_new_from_bytes (whole, 0, length), &error));
      g_assert_true (error->domain == THAW_ERROR);
      if (length >= 3)
        g_assert_error (error, THAW_ERROR, THAW_ERROR_TRUNCATED);
    }
}

/* A thousand rows that share one dict of a thousand callers would be a million edges. */
static void
test_shared_callers (void)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  marshal_put_code (out, '{');
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i);

      marshal_put_label (out, "a.py", 1, name);
      marshal_put_tuple (out, 5);
      marshal_put_numbers (out, 1, 1, 1, 1);
      if (i > 0)
        {
          g_byte_array_append (out, (const guint8 *) "r\0\0\0\0", 5);
          continue;
        }
      marshal_put_code (out, (char) ('{' | 0x80));
      for (guint k = 0; k < 1000; k++)
        {
          g_autofree char *caller = g_strdup_printf ("g%u", k);

          marshal_put_label (out, "a.py", 1, caller);
          marshal_put_int (out, 1);
        }
      marshal_put_code (out, '0');
    }
  marshal_put_code (out, '0');
  g_assert_null (import (g_byte_array_free_to_bytes (out), &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) bytes = pstats_from_text ("f 1 1 1 1\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (thaw_import_bytes (bytes, "a", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pstats/rows", test_rows);
  g_test_add_func ("/pstats/functions", test_functions);
  g_test_add_func ("/pstats/python2", test_python2);
  g_test_add_func ("/pstats/calls-only", test_calls_only);
  g_test_add_func ("/pstats/code-for-a-name", test_code_for_a_name);
  g_test_add_func ("/pstats/joined-edges", test_joined_edges);
  g_test_add_func ("/pstats/spliced", test_spliced);
  g_test_add_func ("/pstats/colliding-labels", test_colliding_labels);
  g_test_add_func ("/pstats/uncounted", test_uncounted);
  g_test_add_func ("/pstats/bad-numbers", test_bad_numbers);
  g_test_add_func ("/pstats/bad-rows", test_bad_rows);
  g_test_add_func ("/pstats/refused", test_refused);
  g_test_add_func ("/pstats/truncated", test_truncated);
  g_test_add_func ("/pstats/shared-callers", test_shared_callers);
  g_test_add_func ("/pstats/cancelled", test_cancelled);
  return g_test_run ();
}
