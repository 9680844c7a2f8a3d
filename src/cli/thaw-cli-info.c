/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `thaw-cli info`: what captures are, and which processes and threads they hold. The JSON is for
 * programs and stays as it is: an object for a file, an array for several, values in the capture's
 * unit.
 */
#include "thaw-cli-private.h"
#include "thaw-describe.h"
#include "thaw-format.h"

#include <glib/gi18n-lib.h>

/* Writes a known id as number, an unknown one as null. */
static void
put_id (ThawWriter *writer, gint64 id)
{
  if (id >= 0)
    thaw_writer_integer (writer, (guint64) id);
  else
    thaw_writer_text (writer, "null");
}

/* Writes `"key": "text"` after @before. */
static void
put_text (ThawWriter *writer, const char *before, const char *text)
{
  thaw_writer_text (writer, before);
  thaw_writer_json (writer, text);
}

/* Writes one process with its threads. */
static void
put_process (ThawWriter *writer, const ThawProfile *profile, guint32 number)
{
  const ThawProcess *process = thaw_profile_get_process (profile, number);
  gboolean first = TRUE;
  thaw_writer_text (writer, "{\"pid\": ");
  put_id (writer, process->pid);
  put_text (writer, ", \"name\": ", process->name);
  thaw_writer_text (writer, ", \"threads\": [");
  for (guint32 i = 0; i < thaw_profile_get_n_threads (profile); i++)
    {
      const ThawThread *thread = thaw_profile_get_thread (profile, i);
      if (thread->process != number)
        continue;
      thaw_writer_text (writer, first ? "\n    {\"id\": " : ",\n    {\"id\": ");
      put_id (writer, thread->id);
      put_text (writer, ", \"name\": ", thread->name);
      put_text (writer, ", \"role\": ", thread->role);
      thaw_writer_text (writer, ", \"total\": ");
      thaw_writer_number (writer, thread->total);
      thaw_writer_text (writer, ", \"samples\": ");
      thaw_writer_integer (writer, thread->n_samples);
      thaw_writer_text (writer, "}");
      first = FALSE;
    }
  thaw_writer_text (writer, "]}");
}

/* Writes one capture. */
static void
put_profile (ThawWriter *writer, const ThawProfile *profile)
{
  put_text (writer, "{\"format\": ", thaw_profile_get_format (profile));
  put_text (writer, ",\n \"tool\": ", thaw_profile_get_tool (profile));
  put_text (writer, ",\n \"kind\": ", thaw_kind_to_string (thaw_profile_get_kind (profile)));
  put_text (writer, ",\n \"unit\": ", thaw_unit_to_string (thaw_profile_get_unit (profile)));
  thaw_writer_text (writer, ",\n \"processes\": [");
  for (guint32 i = 0; i < thaw_profile_get_n_processes (profile); i++)
    {
      thaw_writer_text (writer, i > 0 ? ",\n  " : "\n  ");
      put_process (writer, profile, i);
    }
  thaw_writer_text (writer, "],\n \"warnings\": [");
  const char *const *warnings = thaw_profile_get_warnings (profile);
  for (guint i = 0; warnings[i] != NULL; i++)
    put_text (writer, i > 0 ? ",\n  " : "\n  ", warnings[i]);
  thaw_writer_text (writer, "]}");
}

/* Writes all captures as JSON. */
static ThawExit
print_json (const GPtrArray *profiles, gboolean several)
{
  g_autoptr (GError) error = NULL;
  ThawWriter writer;
  ThawOutput *output = thaw_output_open (NULL, &error);
  thaw_writer_init (&writer, thaw_output_stream (output), NULL);
  if (several)
    thaw_writer_text (&writer, "[");
  for (guint i = 0; i < profiles->len; i++)
    {
      if (i > 0)
        thaw_writer_text (&writer, ",\n");
      put_profile (&writer, profiles->pdata[i]);
    }
  thaw_writer_text (&writer, several ? "]\n" : "\n");
  gboolean fine = thaw_writer_finish (&writer, &error);
  thaw_output_close (output, FALSE, NULL);
  if (fine)
    return THAW_EXIT_DONE;
  thaw_cli_fail ("%s", error->message);
  return THAW_EXIT_WRITE;
}

/* What a kind of capture is, for people. */
static const char *
kind_title (ThawKind kind)
{
  switch (kind)
    {
    case THAW_KIND_INSTRUMENTED:
      return _ ("every call counted (instrumented)");
    case THAW_KIND_SAMPLED:
      return _ ("stacks at moments (sampled)");
    case THAW_KIND_TRACED:
      return _ ("every call timed (traced)");
    default:
      return "";
    }
}

/* Appends one thread's line. */
static void
append_thread (GString *text, const ThawProfile *profile, guint32 number)
{
  const ThawThread *thread = thaw_profile_get_thread (profile, number);
  g_autofree char *total = thaw_format_value (thaw_profile_get_unit (profile), thread->total);
  g_autofree char *title = thaw_thread_title (profile, number);
  g_autofree char *id = thread->id >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, thread->id)
                                        : g_strdup ("");
  g_autofree char *samples = thaw_format_count ((double) thread->n_samples);
  const char *role = thaw_role_title (thread->role);
  int pad = MAX (0, 12 - (int) g_utf8_strlen (total, -1));
  g_string_append_printf (text, "    %*s%s  %s", pad, "", total, title);
  if (*id != '\0')
    /* Translators: the id of a thread. */
    g_string_append_printf (text, _ (", id %s"), id);
  if (role != NULL)
    g_string_append_printf (text, ", %s", role);
  if (thread->n_samples > 0)
    /* Translators: %s is a number. */
    g_string_append_printf (
        text, ngettext (", %s sample", ", %s samples", (gulong) thread->n_samples), samples);
  g_string_append_c (text, '\n');
}

/* Appends one capture as text. */
static void
append_profile (GString *text, GFile *file, const ThawProfile *profile)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *summary = thaw_profile_summary (profile);
  const char *tool = thaw_profile_get_tool (profile);
  g_string_append_printf (text, "%s\n  %s\n", name, summary);
  g_string_append_printf (text, _ ("  Format: %s"), thaw_profile_get_format (profile));
  if (*tool != '\0')
    g_string_append_printf (text, _ (", written by %s"), tool);
  g_string_append_printf (text, _ ("\n  Kind: %s"), kind_title (thaw_profile_get_kind (profile)));
  g_string_append_printf (text, _ ("\n  Unit: %s\n"),
                          thaw_unit_title (thaw_profile_get_unit (profile)));
  for (guint32 i = 0; i < thaw_profile_get_n_processes (profile); i++)
    {
      const ThawProcess *process = thaw_profile_get_process (profile, i);
      g_autofree char *title = thaw_process_title (profile, i);
      g_string_append_printf (text, "  %s", title);
      if (process->pid >= 0 && *process->name != '\0')
        {
          g_autofree char *pid = g_strdup_printf ("%" G_GINT64_FORMAT, process->pid);
          g_string_append_printf (text, _ (", pid %s"), pid);
        }
      g_string_append_c (text, '\n');
      for (guint32 thread = 0; thread < thaw_profile_get_n_threads (profile); thread++)
        if (thaw_profile_get_thread (profile, thread)->process == i)
          append_thread (text, profile, thread);
    }
  for (const char *const *warning = thaw_profile_get_warnings (profile); *warning != NULL;
       warning++)
    g_string_append_printf (text, _ ("  Warning: %s\n"), *warning);
}

static ThawExit
run (GOptionContext *context, int argc, char **argv)
{
  gboolean json = FALSE;
  g_auto (GStrv) arguments = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON, for programs"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!thaw_cli_parse (context, entries, argc, argv, &arguments))
    return THAW_EXIT_USAGE;

  g_autoptr (GArray) named = NULL;
  g_autoptr (GPtrArray) files = thaw_cli_expand (arguments, &named);
  if (files == NULL)
    return THAW_EXIT_OPEN;
  g_autoptr (GPtrArray)
      profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) thaw_profile_unref);
  g_autoptr (GString) text = g_string_new (NULL);
  ThawExit status = THAW_EXIT_DONE;
  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (ThawProfile) profile = thaw_cli_open (files->pdata[i]);
      if (profile == NULL)
        {
          if (g_array_index (named, gboolean, i))
            status = THAW_EXIT_OPEN;
          continue;
        }
      if (!json)
        append_profile (text, files->pdata[i], profile);
      else
        g_ptr_array_add (profiles, g_steal_pointer (&profile));
    }
  if (text->len == 0 && profiles->len == 0)
    return THAW_EXIT_OPEN;
  ThawExit printed = json ? print_json (profiles, files->len > 1) : thaw_output_print (text);
  return printed != THAW_EXIT_DONE ? printed : status;
}

const ThawCommand thaw_command_info = {
  .name = "info",
  .arguments = N_ ("FILE…"),
  .summary = N_ ("Describe captures, with their processes and threads"),
  .details = N_ ("Each file is described on its own. With --json, one file gives an object and\n"
                 "several an array; totals are in the capture's unit.\n"
                 "\n"
                 "Examples:\n"
                 "  thaw-cli info worker.prof\n"
                 "  thaw-cli info --json captures/*.json.gz"),
  .run = run,
};
