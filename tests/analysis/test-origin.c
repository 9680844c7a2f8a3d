/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Origins, packages and places, one row a case.
 */
#include "thaw-origin.h"

#include "tree-text.h"

typedef struct
{
  const char *name;
  const char *file;
  ThawFunctionKind kind;
  ThawOrigin origin;
  const char *package;
  const char *place; /* with first line 7, or without for C functions */
} Case;

#define PY THAW_FUNCTION_PYTHON
#define C THAW_FUNCTION_BUILTIN
#define NATIVE THAW_FUNCTION_NATIVE
#define OTHER THAW_FUNCTION_OTHER
#define USER THAW_ORIGIN_USER
#define THIRD THAW_ORIGIN_THIRD_PARTY
#define STDLIB THAW_ORIGIN_STDLIB
#define BUILTIN THAW_ORIGIN_BUILTIN
#define WAITING THAW_ORIGIN_WAITING

static const Case cases[] = {
  /* The standard library, wherever it was installed. */
  { "decode", "/usr/lib/python3.11/json/decoder.py", PY, STDLIB, "json", "json/decoder.py:7" },
  { "decode", "/home/me/.pyenv/versions/3.11.7/lib/python3.11/json/decoder.py", PY, STDLIB, "json",
    "json/decoder.py:7" },
  { "copy", "/usr/lib64/python2.7/copy.py", PY, STDLIB, "copy", "copy.py:7" },
  { "f", "/Library/Frameworks/Python.framework/Versions/3.8/lib/python3.8/multiprocessing/pool.py",
    PY, STDLIB, "multiprocessing", "multiprocessing/pool.py:7" },
  { "f", "C:\\Python38\\lib\\json\\decoder.py", PY, STDLIB, "json", "json/decoder.py:7" },
  { "f", "C:\\Users\\me\\AppData\\Local\\Programs\\Python\\Python39\\Lib\\threading.py", PY, STDLIB,
    "threading", "threading.py:7" },
  { "f", "c:/ProgramData/Anaconda3/lib/xml/etree/ElementTree.py", PY, STDLIB, "xml",
    "xml/etree/ElementTree.py:7" },
  { "f", "/opt/conda/lib/python3.9/ast.py", PY, STDLIB, "ast", "ast.py:7" },
  { "f", "/usr/lib/python313t/x.py", PY, STDLIB, "x", "x.py:7" },
  { "f", "/usr/local/lib/python3.13t/enum.py", PY, STDLIB, "enum", "enum.py:7" },
  { "f", "/usr/lib/pypy3/lib-python/3/json/scanner.py", PY, STDLIB, "json", "json/scanner.py:7" },
  { "f", "C:\\app\\python38.zip\\json\\decoder.py", PY, STDLIB, "json", "json/decoder.py:7" },
  { "f", "/home/me/cpython/Lib/json/decoder.py", PY, STDLIB, "json", "json/decoder.py:7" },
  { "_find_and_load", "<frozen importlib._bootstrap>", PY, STDLIB, "importlib",
    "importlib._bootstrap:7" },
  { "f", "<frozen posixpath>", PY, STDLIB, "posixpath", "posixpath:7" },
  { "f", "<frozen myapp.window>", PY, USER, "<frozen myapp.window>", "<frozen myapp.window>:7" },
  { "decode", "json/decoder.py", PY, STDLIB, "json", "json/decoder.py:7" },
  { "run", "threading.py", PY, STDLIB, "threading", "threading.py:7" },
  { "f", "concurrent\\futures\\_base.py", PY, STDLIB, "concurrent",
    "concurrent/futures/_base.py:7" },

  /* Installed beside it. */
  { "f", "/usr/lib/python3/dist-packages/numpy/core/numeric.py", PY, THIRD, "numpy",
    "numpy/core/numeric.py:7" },
  { "f", "/home/me/venv/lib/python3.8/site-packages/six.py", PY, THIRD, "six", "six.py:7" },
  { "f", "C:\\Python38\\lib\\site-packages\\pandas\\core\\frame.py", PY, THIRD, "pandas",
    "pandas/core/frame.py:7" },
  { "f", "C:\\Python27\\Lib\\SITE-PACKAGES\\wx\\_core.py", PY, THIRD, "wx", "wx/_core.py:7" },
  { "f", "/x/lib/python2.7/site-packages/Django-1.4-py2.7.egg/django/db/models.py", PY, THIRD,
    "django", "django/db/models.py:7" },
  { "f", "/home/me/.local/lib/python3.12/site-packages/json/x.py", PY, THIRD, "json",
    "json/x.py:7" },
  { "f", "numpy/core/numeric.py", PY, THIRD, "numpy", "numpy/core/numeric.py:7" },
  { "f", "site-packages/foo/bar.py", PY, THIRD, "foo", "foo/bar.py:7" },

  /* Your own code. */
  { "f", "/home/me/dashboard/views/table.py", PY, USER, "views", "views/table.py:7" },
  { "f", "C:\\work\\lib\\mine\\table.py", PY, USER, "mine", "mine/table.py:7" },
  { "f", "/home/me/lib/table.py", PY, USER, "lib", "lib/table.py:7" },
  { "f", "/srv/json/test.py", PY, USER, "json", "json/test.py:7" },
  { "f", "/main.py", PY, USER, "main", "/main.py:7" },
  { "f", "main.py", PY, USER, "main", "main.py:7" },
  { "f", "code.py", PY, USER, "code", "code.py:7" },
  { "f", "dashboard/views/table.py", PY, USER, "dashboard", "views/table.py:7" },
  { "f", "test/x.py", PY, USER, "test", "test/x.py:7" },
  { "f", "./json.py", PY, USER, "json", "./json.py:7" },
  { "f", "../../mine/x/y.py", PY, USER, "mine", "x/y.py:7" },
  { "f", "textual/css/styles.py", PY, THIRD, "textual", "textual/css/styles.py:7" },
  { "<module>", "<string>", PY, USER, "<string>", "<string>:7" },
  { "f", NULL, PY, USER, "", "" },
  { "f", "", PY, USER, "", "" },
  { "java.util.List.add", NULL, OTHER, USER, "java", "" },
  { "std::sort", NULL, OTHER, USER, "std", "" },
  { "main", "/usr/src/main.c", OTHER, USER, "src", "src/main.c:7" },

  /* C functions and machine code. */
  { "<built-in method builtins.len>", "~", C, BUILTIN, "builtins", "built-in" },
  { "<built-in method math.sqrt>", "~", C, BUILTIN, "math", "built-in" },
  { "<method 'append' of 'list' objects>", "~", C, BUILTIN, "builtins", "built-in" },
  { "<method 'drawText' of 'PySide2.QtGui.QPainter' objects>", "~", C, BUILTIN, "PySide2",
    "built-in" },
  { "<built-in method drawText>", "~", C, BUILTIN, "built-in", "built-in" },
  { "<function Canvas.paintEvent at 0x7f00>", "~", C, BUILTIN, "built-in", "C++ base" },
  { "<built-in method builtins.exec>", "~", C, BUILTIN, "builtins", "built-in" },
  { "<len>", "~", C, BUILTIN, "built-in", "built-in" },
  { "<method 'join' of 'str' objects>", "~", C, BUILTIN, "builtins", "built-in" },
  { "<built-in method math.sqrt>", NULL, OTHER, BUILTIN, "math", "" },
  { "<GC>", NULL, OTHER, BUILTIN, "", "" },
  { "QPainter::drawText", "/usr/lib/libQt5Gui.so.5.15", NATIVE, BUILTIN, "libQt5Gui",
    "lib/libQt5Gui.so.5.15:7" },
  { "dot", "/usr/lib/python3/dist-packages/numpy/core/_multiarray.cpython-311.so", NATIVE, BUILTIN,
    "_multiarray", "core/_multiarray.cpython-311.so:7" },

  /* Waiting. */
  { "<built-in method time.sleep>", "~", C, WAITING, "time", "built-in" },
  { "<time.sleep>", "~", C, WAITING, "time", "built-in" },
  { "<built-in method select.select>", "~", C, WAITING, "select", "built-in" },
  { "<method 'poll' of 'select.epoll' objects>", "~", C, WAITING, "select", "built-in" },
  { "<method 'acquire' of '_thread.lock' objects>", "~", C, WAITING, "_thread", "built-in" },
  { "<method '__enter__' of '_thread.lock' objects>", "~", C, WAITING, "_thread", "built-in" },
  { "<method 'release' of '_thread.lock' objects>", "~", C, BUILTIN, "_thread", "built-in" },
  { "<method 'join' of '_thread._ThreadHandle' objects>", "~", C, WAITING, "_thread", "built-in" },
  { "<method 'get' of '_queue.SimpleQueue' objects>", "~", C, WAITING, "_queue", "built-in" },
  { "<method 'recv_into' of '_socket.socket' objects>", "~", C, WAITING, "_socket", "built-in" },
  { "<built-in method posix.waitpid>", "~", C, WAITING, "posix", "built-in" },
  { "<built-in method exec>", "~", C, WAITING, "built-in", "built-in" },
  { "<built-in method exec_>", "~", C, WAITING, "built-in", "built-in" },
  { "<method 'exec_' of 'PySide2.QtWidgets.QApplication' objects>", "~", C, WAITING, "PySide2",
    "built-in" },
  { "<built-in method msleep>", "~", C, WAITING, "built-in", "built-in" },
  { "sleep", NULL, C, WAITING, "built-in", "built-in" },
  { "exec", NULL, C, BUILTIN, "built-in", "built-in" },
  { "<method 'exec_' of 'Shiboken.Thing' objects>", NULL, C, WAITING, "Shiboken", "built-in" },
  { "wait", "/usr/lib/python3.11/threading.py", PY, WAITING, "threading", "threading.py:7" },
  { "Condition.wait", "threading.py", PY, WAITING, "threading", "threading.py:7" },
  { "select", "selectors.py", PY, WAITING, "selectors", "selectors.py:7" },
  { "_worker", "concurrent/futures/thread.py", PY, WAITING, "concurrent",
    "concurrent/futures/thread.py:7" },
  { "wait", "/home/me/dashboard/threading.py", PY, USER, "dashboard", "dashboard/threading.py:7" },
  { "__poll", "libc-2.31.so", NATIVE, WAITING, "libc-2", "libc-2.31.so:7" },
  { "pthread_cond_wait@@GLIBC_2.3.2", "/lib/x86_64-linux-gnu/libpthread.so.0", NATIVE, WAITING,
    "libpthread", "x86_64-linux-gnu/libpthread.so.0:7" },
  { "epoll_wait", NULL, NATIVE, WAITING, "", "" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *at = &cases[i];
      ThawFunction function = { at->name, at->file, at->kind == C ? 0 : 7, at->kind };
      g_test_message ("%s in %s", at->name, at->file != NULL ? at->file : "(nothing)");
      g_assert_cmpint (thaw_origin_of (&function), ==, at->origin);
      test_assert_text (thaw_package_of (&function), at->package);
      test_assert_text (thaw_place_of (&function), at->place);
    }
}

static void
test_titles (void)
{
  for (int origin = 0; origin < THAW_N_ORIGINS; origin++)
    g_assert_cmpstr (thaw_origin_title ((ThawOrigin) origin), !=, "");
}

static void
test_busy (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  guint32 process = thaw_profile_builder_add_process (builder, 1, NULL);
  ThawThreadSpec first = { .id = 1 }, second = { .id = 2 };
  ThawThreadBuilder *stacks = thaw_profile_builder_add_thread (builder, process, &first, NULL);
  ThawThreadBuilder *edges = thaw_profile_builder_add_thread (builder, process, &second, NULL);
  ThawFrameSpec wait = { .name = "wait", .file = "threading.py", .kind = PY };
  ThawFrameSpec sleep = { .name = "<built-in method time.sleep>", .file = "~", .kind = C };
  guint32 w = thaw_profile_builder_add_frame (builder, &wait);
  guint32 s = thaw_profile_builder_add_frame (builder, &sleep);
  guint32 f = test_frame (builder, "f");
  guint32 waiting[] = { f, w }, working[] = { f, w, f };
  g_assert_true (thaw_thread_builder_add_stack (stacks, waiting, 2, 5, NULL));
  g_assert_true (thaw_thread_builder_add_stack (stacks, working, 3, 7, NULL));
  g_assert_true (thaw_thread_builder_add_function (edges, f, 1, 1, 2, 12, NULL));
  g_assert_true (thaw_thread_builder_add_function (edges, s, 1, 1, 10, 10, NULL));
  g_assert_true (thaw_thread_builder_add_edge (edges, f, s, 1, 1, 10, 10, NULL));
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  g_assert_cmpfloat (thaw_busy_of (profile, 0), ==, 7);
  g_assert_cmpfloat (thaw_busy_of (profile, 1), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/origin/cases", test_cases);
  g_test_add_func ("/origin/titles", test_titles);
  g_test_add_func ("/origin/busy", test_busy);
  return g_test_run ();
}
