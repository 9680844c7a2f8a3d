/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names for people, one row a case.
 */
#include "thaw-names.h"

#include "thaw-describe.h"
#include "thaw-profile-builder.h"

#include "tree-text.h"

static void
test_cases (void)
{
  static const struct
  {
    const char *name;
    const char *file;
    const char *shown;
    const char *qualified;
  } cases[] = {
    { "<built-in method time.sleep>", "~", "time.sleep", "time.sleep" },
    { "{built-in method time.sleep}", NULL, "time.sleep", "time.sleep" },
    { "<built-in method builtins.len>", "~", "len", "builtins.len" },
    { "<built-in method drawText>", "~", "drawText", "drawText" },
    { "<method 'append' of 'list' objects>", "~", "list.append", "list.append" },
    { "{method 'append' of 'list' objects}", NULL, "list.append", "list.append" },
    { "<method 'emit' of 'PyQt5.QtCore.pyqtBoundSignal' objects>", "~",
      "PyQt5.QtCore.pyqtBoundSignal.emit", "PyQt5.QtCore.pyqtBoundSignal.emit" },
    { "<slot wrapper '__init__' of 'object' objects>", "~", "object.__init__", "object.__init__" },
    { "<built-in method __new__ of type object at 0x8f0b20>", "~", "__new__", "__new__" },
    { "<function W.eventFilter at 0x7f12>", "~", "W.eventFilter", "W.eventFilter" },
    { "<function <lambda> at 0x7f12>", "~", "<lambda>", "<lambda>" },
    { "<function f.<locals>.g at 0x7f12>", "~", "f.<locals>.g", "f.<locals>.g" },
    { "<cyfunction Kd.query at 0x7f12>", "~", "Kd.query", "Kd.query" },
    { "<bound method W.go of <W object at 0x7f12>>", "~", "W.go", "W.go" },
    { "<len>", "~", "len", "len" },
    { "<time.sleep>", "~", "time.sleep", "time.sleep" },
    { "<len>", "x.py", "<len>", "<len>" },
    { "<module>", "x.py", "<module>", "<module>" },
    { "<lambda>", "x.py", "<lambda>", "<lambda>" },
    { "<listcomp>", "x.py", "<listcomp>", "<listcomp>" },
    { "parse", "x.py", "parse", "parse" },
    { "", "x.py", "", "" },
    { "<>", "~", "<>", "<>" },
    { "<method ''>", "~", "''", "''" },
    { "<method 'x' of '' objects>", "~", "'x", "'x" },
    { "<built-in method >", "~", "<built-in method >", "<built-in method >" },
    { "<built-in method builtins.>", "~", "builtins.", "builtins." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ThawFunction function = { cases[i].name, cases[i].file, 0, THAW_FUNCTION_PYTHON };
      g_test_message ("%s", cases[i].name);
      test_assert_text (thaw_display_name (&function), cases[i].shown);
      test_assert_text (thaw_qualified_name (&function), cases[i].qualified);
    }
}

static void
test_processes (void)
{
  static const struct
  {
    const char *name;
    const char *title;
  } cases[] = {
    { "dashboard.py", "dashboard.py" },
    { "loader (fork)", "loader (fork)" },
    { "v/bin/python dashboard.py --seconds 12", "dashboard.py" },
    { "/usr/bin/python3.11 -X dev -u /srv/app/main.py", "main.py" },
    { "python3 -m http.server 80", "http.server" },
    { "python3 -c from multiprocessing.spawn import spawn_main", "python3 -c" },
    { "python3", "python3" },
    { "python3 -u", "python3 -u" },
    { "", "Process 7" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
      guint32 process = thaw_profile_builder_add_process (builder, 7, cases[i].name);
      g_assert_nonnull (thaw_profile_builder_add_thread (builder, process,
                                                         &(ThawThreadSpec){ 1, NULL, NULL }, NULL));
      g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
      test_assert_text (thaw_process_title (profile, 0), cases[i].title);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/cases", test_cases);
  g_test_add_func ("/names/processes", test_processes);
  return g_test_run ();
}
