/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which lines a report has: all that cost something, and where the source is at hand also what stands
 * between the first of the function and the last that cost, unless that is far too much to read.
 */
#include "thaw-line-table.h"

#include <string.h>
#include "thaw-trees.h"

#define MAX_FILE_BYTES (4 << 20)
#define MAX_LINES 2000
#define TAB_TEXT "    "

/* The lines of a file as text, or NULL when it is missing, huge or no text. */
static char **
read_lines (GFile *file, GCancellable *cancellable)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (file == NULL || !g_file_is_native (file))
    return NULL;
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR ||
      g_file_info_get_size (info) > MAX_FILE_BYTES)
    return NULL;
  if (!g_file_load_contents (file, cancellable, &bytes, &length, NULL, NULL) ||
      memchr (bytes, '\0', length) != NULL)
    return NULL;
  text = g_utf8_make_valid (bytes, (gssize) length);
  return g_strsplit (text, "\n", -1);
}

/* A line of source as one line of a table: tabs widened, carriage return cut off. */
static char *
tidy_line (const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "\t", -1);

  return g_strchomp (g_strjoinv (TAB_TEXT, parts));
}

/* Takes away the indentation that all lines have in common. */
static void
dedent (GPtrArray *texts)
{
  gsize common = G_MAXSIZE;

  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);

      if (text != NULL && *text != '\0')
        common = MIN (common, strspn (text, " "));
    }
  for (guint i = 0; i < texts->len; i++)
    {
      char *text = g_ptr_array_index (texts, i);

      if (text != NULL && *text != '\0')
        memmove (text, text + common, strlen (text + common) + 1);
    }
}

/* Replaces the costs by one row a line from @first to the last that cost something. */
static void
fill_gaps (ThawLineReport *report, guint32 first)
{
  guint32 last = g_array_index (report->rows, ThawLineCost, report->rows->len - 1).line;
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (ThawLineCost), last - first + 1);
  guint next = 0;

  for (guint32 line = first; line <= last; line++)
    {
      ThawLineCost cost = { line, 0, 0 };

      if (g_array_index (report->rows, ThawLineCost, next).line == line)
        cost = g_array_index (report->rows, ThawLineCost, next++);
      g_array_append_val (rows, cost);
    }
  g_array_unref (report->rows);
  report->rows = rows;
}

ThawLineReport *
thaw_line_report_new (const ThawProfile *profile,
                      const guint32 *threads,
                      guint n_threads,
                      guint32 function,
                      GFile *file,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (ThawLineReport) report = g_new0 (ThawLineReport, 1);
  g_auto (GStrv) lines = NULL;
  guint32 n_lines, first, last;

  report->rows = thaw_trees_function_lines (profile, threads, n_threads, function, cancellable,
                                            error);
  if (report->rows == NULL)
    return NULL;
  if (report->rows->len == 0 || (lines = read_lines (file, cancellable)) == NULL)
    return g_steal_pointer (&report);

  n_lines = g_strv_length (lines);
  first = g_array_index (report->rows, ThawLineCost, 0).line;
  last = g_array_index (report->rows, ThawLineCost, report->rows->len - 1).line;
  if (last > n_lines)
    return g_steal_pointer (
        &report); /* another version of the file: better no text than a wrong one */
  if (thaw_profile_get_function (profile, function)->line > 0 && first > 0)
    first = MIN (first, thaw_profile_get_function (profile, function)->line);
  if (first > 0 && last - first < MAX_LINES)
    fill_gaps (report, first);
  report->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < report->rows->len; i++)
    {
      guint32 line = g_array_index (report->rows, ThawLineCost, i).line;

      g_ptr_array_add (report->texts, line > 0 ? tidy_line (lines[line - 1]) : NULL);
    }
  dedent (report->texts);
  return g_steal_pointer (&report);
}

void
thaw_line_report_free (ThawLineReport *report)
{
  g_clear_pointer (&report->rows, g_array_unref);
  g_clear_pointer (&report->texts, g_ptr_array_unref);
  g_free (report);
}
