/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `thaw-cli export`: a picture, a table or another format of one capture or of several together; and
 * `thaw-cli merge`, which writes several captures as one, lines and processes kept apart.
 */
#include "thaw-cli-private.h"
#include "thaw-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* "svg, png, …"; (transfer full). */
static char *
list_formats (void)
{
  guint n;
  const ThawExporter *const *exporters = thaw_exporters (&n);
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", exporters[i]->id);
  return g_string_free (list, FALSE);
}

/* The exporter that a file name's end asks for: the one with the longest suffix; NULL for none. */
static const ThawExporter *
exporter_for_name (const char *path)
{
  guint n;
  const ThawExporter *const *exporters = thaw_exporters (&n), *best = NULL;
  static const char *const collapsed[] = { ".folded", ".collapse", ".stacks", ".txt" };
  for (guint i = 0; i < G_N_ELEMENTS (collapsed); i++)
    if (g_str_has_suffix (path, collapsed[i]))
      return thaw_exporter_find ("collapsed");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *suffix = g_strconcat (".", exporters[i]->suffix, NULL);
      if (g_str_has_suffix (path, suffix) &&
          (best == NULL || strlen (exporters[i]->suffix) > strlen (best->suffix)))
        best = exporters[i];
    }
  return best;
}

/* Whether a format is no text and has no business on a terminal. */
static gboolean
is_binary (const ThawExporter *exporter)
{
  return strcmp (exporter->id, "png") == 0 || strcmp (exporter->id, "pdf") == 0;
}

/* Opens the inputs, then the output, and writes. */
static ThawExit
write_profile (char **arguments,
               char **choices,
               const ThawExporter *exporter,
               ThawExportOptions *options,
               const char *path)
{
  g_autoptr (GError) error = NULL;
  if (thaw_output_is_input (path, arguments))
    {
      g_autofree char *name = g_filename_display_name (path);
      return thaw_cli_usage (_ ("“%s” is an input and would be overwritten"), name);
    }
  g_autoptr (ThawProfile) profile = thaw_cli_open_merged (arguments);
  if (profile == NULL)
    return THAW_EXIT_OPEN;
  g_autoptr (GArray) threads = thaw_cli_choose_threads (profile, choices);
  if (threads == NULL)
    return THAW_EXIT_USAGE;
  if (choices != NULL)
    {
      options->threads = (const guint32 *) (gpointer) threads->data;
      options->n_threads = threads->len;
    }

  ThawOutput *output = thaw_output_open (path, &error);
  gboolean fine = output != NULL &&
                  exporter->write (profile, options, thaw_output_stream (output), NULL, &error);
  if (output != NULL)
    fine = thaw_output_close (output, fine, fine ? &error : NULL);
  if (fine)
    return THAW_EXIT_DONE;
  thaw_cli_fail ("%s", error->message);
  return THAW_EXIT_WRITE;
}

static ThawExit
run_export (GOptionContext *context, int argc, char **argv)
{
  g_autofree char *to = NULL;
  g_autofree char *path = NULL;
  g_auto (GStrv) choices = NULL;
  g_auto (GStrv) arguments = NULL;
  gboolean icicle = FALSE, lines = FALSE;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to,
      N_ ("svg, png, pdf, speedscope, collapsed, csv or json; else by the name of OUT"),
      N_ ("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path,
      N_ ("Write to this file; “-”, the default, is standard output"), N_ ("OUT") },
    { "thread", 't', 0, G_OPTION_ARG_STRING_ARRAY, &choices,
      N_ ("Only this thread: its name, its id, or pid/id; may be repeated"), N_ ("THREAD") },
    { "icicle", 0, 0, G_OPTION_ARG_NONE, &icicle,
      N_ ("Pictures: root on top (default: at the bottom)"), NULL },
    { "lines", 0, 0, G_OPTION_ARG_NONE, &lines,
      N_ ("Keep the lines of a function apart (collapsed, speedscope, pictures)"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!thaw_cli_parse (context, entries, argc, argv, &arguments))
    return THAW_EXIT_USAGE;

  g_autofree char *formats = list_formats ();
  const ThawExporter *exporter = to != NULL     ? thaw_exporter_find (to)
                                 : path != NULL ? exporter_for_name (path)
                                                : NULL;
  if (exporter == NULL && to != NULL)
    return thaw_cli_usage (_ ("There is no format “%s”. There are: %s"), to, formats);
  if (exporter == NULL)
    return thaw_cli_usage (_ ("Which format? Say --to with one of: %s"), formats);
  gboolean to_stdout = path == NULL || strcmp (path, "-") == 0;
  if (to_stdout && is_binary (exporter) && isatty (STDOUT_FILENO))
    return thaw_cli_usage (_ ("A picture cannot be shown in a terminal; name a file with -o"));

  ThawExportOptions options = { .flame = !icicle, .lines = lines };
  return write_profile (arguments, choices, exporter, &options, path);
}

const ThawCommand thaw_command_export = {
  .name = "export",
  .arguments = N_ ("FILE…"),
  .summary = N_ ("Write a picture, a table or another format"),
  .details = N_ (
      "Several files are taken together as one profile. A file is only put in its\n"
      "place when it is complete, and an input is never overwritten. Values are in\n"
      "the capture's unit. Call trees of cProfile files are reconstructed.\n"
      "\n"
      "Examples:\n"
      "  thaw-cli export worker.prof -o worker.svg\n"
      "  thaw-cli export pyspy.speedscope.json --to collapsed --lines | flamegraph.pl > f.svg\n"
      "  thaw-cli export workers/ --to csv --thread MainThread -o main.csv"),
  .run = run_export,
};

static ThawExit
run_merge (GOptionContext *context, int argc, char **argv)
{
  g_autofree char *to = NULL;
  g_autofree char *path = NULL;
  g_auto (GStrv) arguments = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path,
      N_ ("Write to this file; “-” is standard output"), N_ ("OUT") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to,
      N_ ("speedscope (default) or collapsed; else by the name of OUT"), N_ ("FORMAT") },
    G_OPTION_ENTRY_NULL,
  };
  if (!thaw_cli_parse (context, entries, argc, argv, &arguments))
    return THAW_EXIT_USAGE;
  if (path == NULL)
    return thaw_cli_usage (_ ("Merge to where? Name a file with -o"));

  const ThawExporter *exporter = to != NULL ? thaw_exporter_find (to) : exporter_for_name (path);
  gboolean collapsed = exporter != NULL && strcmp (exporter->id, "collapsed") == 0;
  if (to != NULL && !collapsed && (exporter == NULL || strcmp (exporter->id, "speedscope") != 0))
    return thaw_cli_usage (_ ("Merging writes speedscope or collapsed, not “%s”"), to);
  if (!collapsed)
    exporter = thaw_exporter_find ("speedscope");

  ThawExportOptions options = { .lines = TRUE };
  return write_profile (arguments, NULL, exporter, &options, path);
}

const ThawCommand thaw_command_merge = {
  .name = "merge",
  .arguments = N_ ("FILE…"),
  .summary = N_ ("Write several captures as one, a process each"),
  .details = N_ ("Processes with the same id and threads with the same id in them are added up;\n"
                 "files without process ids become a process each, named after the file. Lines\n"
                 "are kept; calls that cProfile counted are not, since neither format can hold\n"
                 "them.\n"
                 "\n"
                 "Examples:\n"
                 "  thaw-cli merge worker-*.prof -o workers.speedscope.json\n"
                 "  thaw-cli merge monday/ -o monday.collapsed"),
  .run = run_merge,
};
