/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints the function table of captures for test-corpus.py: a line "file⇥path" or "error⇥message" per
 * argument, then a line of name, file, first line, calls, self and total per function.
 */
#include <locale.h>

#include "thaw-function-table.h"
#include "thaw-import.h"

/* Prints @text with what would break the lines written as \xNN. */
static void
print_field (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text < 0x20 || *text == '\\')
      g_print ("\\x%02x", (guchar) *text);
    else
      g_print ("%c", *text);
  g_print ("\t");
}

static void
print_rows (const ThawProfile *profile)
{
  guint32 n = thaw_profile_get_n_threads (profile);
  g_autofree guint32 *threads = g_new (guint32, n);
  for (guint32 i = 0; i < n; i++)
    threads[i] = i;
  g_autoptr (GArray) rows = thaw_function_table_new (profile, threads, n, NULL, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const ThawFunctionRow *row = &g_array_index (rows, ThawFunctionRow, i);
      const ThawFunction *function = thaw_profile_get_function (profile, row->function);
      print_field (function->name);
      print_field (function->file != NULL ? function->file : "");
      g_print ("%u\t%.17g\t%.17g\t%.17g\n", function->line, row->calls, row->self, row->total);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (ThawProfile) profile = thaw_import_file (file, NULL, NULL, NULL, &error);
      g_print (profile != NULL ? "file\t" : "error\t");
      print_field (profile != NULL ? argv[i] : error->message);
      g_print ("\n");
      if (profile != NULL)
        print_rows (profile);
    }
  return 0;
}
