/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What labels of samplers are taken apart into.
 */
#include "thaw-labels.h"

#include <string.h>

static void
assert_frame (const char *label, const char *expected)
{
  ThawFrameLabel frame;
  thaw_label_parse_frame (label, strlen (label), &frame);
  g_autofree char *parts = g_strdup_printf ("%.*s|%.*s|%u", (int) frame.name_len, frame.name,
                                            (int) frame.file_len,
                                            frame.file != NULL ? frame.file : "", frame.line);
  g_assert_cmpstr (parts, ==, expected);
}

static void
test_frames (void)
{
  assert_frame ("work (long_running.py:8)", "work|long_running.py|8");
  assert_frame ("<module> (a b/c d.py:25)", "<module>|a b/c d.py|25");
  assert_frame ("f (C:\\Program Files (x86)\\x.py:12)", "f|C:\\Program Files (x86)\\x.py|12");
  assert_frame ("std::function<void (int)>::operator() (x.cpp:3)",
                "std::function<void (int)>::operator()|x.cpp|3");
  assert_frame ("f (<frozen importlib._bootstrap>:241)", "f|<frozen importlib._bootstrap>|241");
  assert_frame ("poll (libc.so.6)", "poll|libc.so.6|0");
  assert_frame ("run (app.py)", "run|app.py|0");
  assert_frame ("app.py:run:12", "run|app.py|12");
  assert_frame ("/a/b.py:<lambda>:7", "<lambda>|/a/b.py|7");
  assert_frame ("<frozen runpy>:_run_code:88", "_run_code|<frozen runpy>|88");
  /* Names, whatever they look like. */
  assert_frame ("a", "a||0");
  assert_frame ("", "||0");
  assert_frame ("f (.cold)", "f (.cold)||0");
  assert_frame ("f (int)", "f (int)||0");
  assert_frame ("f(int)", "f(int)||0");
  assert_frame ("(x.py:1)", "(x.py:1)||0");
  assert_frame ("f (x.py:01)", "f (x.py:01)||0");
  assert_frame ("f (x.py:9999999999)", "f (x.py:9999999999)||0");
  assert_frame ("io/netty:.run_[j]", "io/netty:.run_[j]||0");
  assert_frame ("a::b:12", "a::b:12||0");
  assert_frame ("x)", "x)||0");
  assert_frame (" (x.py:1)", " (x.py:1)||0");
}

static void
assert_thread (const char *label, gint64 pid, gint64 tid, const char *name)
{
  ThawThreadLabel thread;
  g_assert_true (thaw_label_parse_thread (label, &thread));
  g_assert_cmpint (thread.pid, ==, pid);
  g_assert_cmpint (thread.tid, ==, tid);
  g_assert_cmpmem (thread.name, thread.name_len, name, strlen (name));
}

static void
test_threads (void)
{
  ThawThreadLabel thread;
  assert_thread ("Thread 725838 \"\"", -1, 725838, "");
  assert_thread ("Thread 0x7F00000C \"MainThread\"", -1, 0x7f00000c, "MainThread");
  assert_thread ("Process 12 Thread 34 \"a \"b\" c\"", 12, 34, "a \"b\" c");
  assert_thread ("Process 12 Thread 0xFF", 12, 255, "");
  assert_thread ("Thread 5", -1, 5, "");
  assert_thread ("Process 7", 7, -1, "");
  g_assert_false (thaw_label_parse_thread ("Thread one", &thread));
  g_assert_false (thaw_label_parse_thread ("Thread 1 one", &thread));
  g_assert_false (thaw_label_parse_thread ("Thread 99999999999999999999", &thread));
  g_assert_false (thaw_label_parse_thread ("simple.txt", &thread));
  g_assert_false (thaw_label_parse_thread ("", &thread));
  g_assert_cmpstr (thaw_label_thread_role ("MainThread"), ==, "main");
  g_assert_cmpstr (thaw_label_thread_role ("Dummy-3"), ==, "foreign");
  g_assert_cmpstr (thaw_label_thread_role ("Thread-3 (work)"), ==, "thread");
  g_assert_cmpstr (thaw_label_thread_role ("x"), ==, "");
}

static void
test_roots (void)
{
  ThawThreadLabel thread;
  g_assert_true (thaw_label_parse_root_thread ("thread (12): a (b)", 18, &thread));
  g_assert_cmpint (thread.tid, ==, 12);
  g_assert_cmpmem (thread.name, thread.name_len, "a (b)", 5);
  g_assert_true (thaw_label_parse_root_thread ("thread (0x7F)", 13, &thread));
  g_assert_cmpint (thread.tid, ==, 0x7f);
  g_assert_true (thaw_label_parse_root_thread ("tid:99", 6, &thread));
  g_assert_cmpint (thread.tid, ==, 99);
  g_assert_false (thaw_label_parse_root_thread ("tid:99x", 7, &thread));
  g_assert_false (thaw_label_parse_root_thread ("thread_start", 12, &thread));
  /* What stands behind the label is not its own. */
  g_assert_true (thaw_label_parse_root_thread ("thread (1);: x", 10, &thread));
  g_assert_cmpuint (thread.name_len, ==, 0);
}

static void
assert_process (const char *stack, gint64 pid, const char *command)
{
  ThawProcessLabel process;
  g_assert_true (thaw_label_parse_process (stack, &process));
  g_assert_cmpint (process.pid, ==, pid);
  g_assert_cmpmem (process.command, process.command_len, command, strlen (command));
  g_assert_cmpint (stack[process.length - 1], ==, '"');
}

static void
test_processes (void)
{
  ThawProcessLabel process;
  assert_process ("process 12:\"python a.py\";f (a.py:1)", 12, "python a.py");
  assert_process ("process 12:\"sh -c a;b;c\";f (a.py:1)", 12, "sh -c a;b;c");
  assert_process ("process 12:\"sh -c \"a\";\"b\"\";f (a.py:1)", 12, "sh -c \"a\";\"b\"");
  assert_process ("process 1:\"a\";process 2:\"b\";thread (3): c;f (x.py:1)", 1, "a");
  assert_process ("process 1:\"a\";f", 1, "a");
  assert_process ("process 1:\"a\"", 1, "a");
  g_assert_false (thaw_label_parse_process ("process 1:\"a;b", &process));
  g_assert_false (thaw_label_parse_process ("process x:\"a\"", &process));
  g_assert_false (thaw_label_parse_process ("processes;a", &process));
}

static void
test_kinds (void)
{
  g_assert_cmpint (thaw_label_function_kind ("f", "a.py"), ==, THAW_FUNCTION_PYTHON);
  g_assert_cmpint (thaw_label_function_kind ("f", "<string>"), ==, THAW_FUNCTION_PYTHON);
  g_assert_cmpint (thaw_label_function_kind ("f", "libQt6Core.so.6"), ==, THAW_FUNCTION_NATIVE);
  g_assert_cmpint (thaw_label_function_kind ("0x7fff", NULL), ==, THAW_FUNCTION_NATIVE);
  g_assert_cmpint (thaw_label_function_kind ("sys_read_[k]", NULL), ==, THAW_FUNCTION_NATIVE);
  g_assert_cmpint (thaw_label_function_kind ("<built-in method x>", "~"), ==,
                   THAW_FUNCTION_BUILTIN);
  g_assert_cmpint (thaw_label_function_kind ("<GC>", NULL), ==, THAW_FUNCTION_OTHER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/labels/frames", test_frames);
  g_test_add_func ("/labels/threads", test_threads);
  g_test_add_func ("/labels/roots", test_roots);
  g_test_add_func ("/labels/processes", test_processes);
  g_test_add_func ("/labels/kinds", test_kinds);
  return g_test_run ();
}
