/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of functions: as comma-separated values by RFC 4180, and as JSON of the shape that
 * `thaw-cli top --json` prints. Both in the capture's unit, most self time first.
 */
#include "thaw-export-table.h"

#include "thaw-export-private.h"
#include "thaw-writer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/**
 * thaw_export_functions_json:
 * @profile: a profile
 * @rows: (array length=n_rows): rows of its function table
 * @n_rows: length of @rows
 * @out: where to write
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Writes `{"functions": [{"name", "file", "line", "calls", "self", "total", "exact"}]}`, one function
 * a line. An unknown file is null, an unknown line 0, a number of calls that was not counted null.
 *
 * Returns: %FALSE when writing failed
 */
gboolean
thaw_export_functions_json (const ThawProfile *profile,
                            const ThawFunctionRow *rows,
                            guint n_rows,
                            GOutputStream *out,
                            GCancellable *cancellable,
                            GError **error)
{
  ThawWriter writer;
  thaw_writer_init (&writer, out, cancellable);
  thaw_writer_text (&writer, "{\"functions\": [");
  for (guint i = 0; i < n_rows; i++)
    {
      const ThawFunction *function = thaw_profile_get_function (profile, rows[i].function);
      thaw_writer_text (&writer, i > 0 ? ",\n  {\"name\": " : "\n  {\"name\": ");
      thaw_writer_json (&writer, function->name);
      thaw_writer_text (&writer, ", \"file\": ");
      if (function->file != NULL)
        thaw_writer_json (&writer, function->file);
      else
        thaw_writer_text (&writer, "null");
      thaw_writer_text (&writer, ", \"line\": ");
      thaw_writer_integer (&writer, function->line);
      thaw_writer_text (&writer, ", \"calls\": ");
      thaw_writer_number (&writer, rows[i].calls);
      thaw_writer_text (&writer, ", \"self\": ");
      thaw_writer_number (&writer, rows[i].self);
      thaw_writer_text (&writer, ", \"total\": ");
      thaw_writer_number (&writer, rows[i].total);
      thaw_writer_text (&writer, rows[i].exact ? ", \"exact\": true}" : ", \"exact\": false}");
    }
  thaw_writer_text (&writer, "\n]}\n");
  return thaw_writer_finish (&writer, error);
}

/* The function table of the threads that @options asks for; (transfer full). */
static GArray *
make_rows (const ThawProfile *profile,
           const ThawExportOptions *options,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GArray) threads = thaw_export_threads (profile, options);
  return thaw_function_table_new (profile, (const guint32 *) (gpointer) threads->data, threads->len,
                                  cancellable, error);
}

static gboolean
write_json (const ThawProfile *profile,
            const ThawExportOptions *options,
            GOutputStream *out,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) rows = make_rows (profile, options, cancellable, error);
  return rows != NULL &&
         thaw_export_functions_json (profile, (const ThawFunctionRow *) (gpointer) rows->data,
                                     rows->len, out, cancellable, error);
}

/* Writes one field of a record, in quotes where it needs them. */
static void
put_field (ThawWriter *writer, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL && *text != ' ')
    {
      thaw_writer_text (writer, text);
      return;
    }
  thaw_writer_text (writer, "\"");
  for (const char *p = text; *p != '\0'; p++)
    {
      const char letter[] = { *p, '\0' };
      thaw_writer_text (writer, *p == '"' ? "\"\"" : letter);
    }
  thaw_writer_text (writer, "\"");
}

static gboolean
write_csv (const ThawProfile *profile,
           const ThawExportOptions *options,
           GOutputStream *out,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GArray) rows = make_rows (profile, options, cancellable, error);
  if (rows == NULL)
    return FALSE;

  ThawWriter writer;
  thaw_writer_init (&writer, out, cancellable);
  thaw_writer_text (&writer, "function,file,line,calls,self,total,exact\r\n");
  for (guint i = 0; i < rows->len; i++)
    {
      const ThawFunctionRow *row = &g_array_index (rows, ThawFunctionRow, i);
      const ThawFunction *function = thaw_profile_get_function (profile, row->function);
      put_field (&writer, function->name);
      thaw_writer_text (&writer, ",");
      put_field (&writer, function->file != NULL ? function->file : "");
      thaw_writer_text (&writer, ",");
      if (function->line > 0)
        thaw_writer_integer (&writer, function->line);
      thaw_writer_text (&writer, ",");
      if (!isnan (row->calls))
        thaw_writer_number (&writer, row->calls);
      thaw_writer_text (&writer, ",");
      thaw_writer_number (&writer, row->self);
      thaw_writer_text (&writer, ",");
      thaw_writer_number (&writer, row->total);
      thaw_writer_text (&writer, row->exact ? ",true\r\n" : ",false\r\n");
    }
  return thaw_writer_finish (&writer, error);
}

const ThawExporter thaw_exporter_csv = {
  .id = "csv",
  .title = N_ ("Function table (CSV)"),
  .suffix = "csv",
  .mime = "text/csv",
  .write = write_csv,
};

const ThawExporter thaw_exporter_json = {
  .id = "json",
  .title = N_ ("Function table (JSON)"),
  .suffix = "json",
  .mime = "application/json",
  .write = write_json,
};
