/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening what the arguments name, and finding threads by name or id. A file that was named must
 * open; of a folder's files, which may hold anything, one has to.
 */
#include "thaw-cli-private.h"
#include "thaw-import.h"
#include "thaw-profile-builder.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* The file that an argument names; "-" is standard input. */
static GFile *
file_for_argument (const char *argument)
{
  return strcmp (argument, "-") == 0 ? g_file_new_for_path ("/dev/stdin")
                                     : g_file_new_for_commandline_arg (argument);
}

/* Says why a file cannot be opened. */
static void
tell_unopened (GFile *file, const GError *error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  thaw_cli_fail ("%s: %s", name, error->message);
}

GPtrArray *
thaw_cli_expand (char **arguments, GArray **named)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) flags = g_array_new (FALSE, FALSE, sizeof (gboolean));

  for (char **argument = arguments; *argument != NULL; argument++)
    {
      g_autoptr (GFile) file = file_for_argument (*argument);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = thaw_import_expand (&file, 1, NULL, &error);
      if (found == NULL)
        {
          tell_unopened (file, error);
          return NULL;
        }
      for (guint i = 0; i < found->len; i++)
        {
          gboolean is_named = g_file_equal (found->pdata[i], file);
          g_ptr_array_add (files, g_object_ref (found->pdata[i]));
          g_array_append_val (flags, is_named);
        }
    }
  *named = g_steal_pointer (&flags);
  return g_steal_pointer (&files);
}

ThawProfile *
thaw_cli_open (GFile *file)
{
  g_autoptr (GError) error = NULL;
  ThawProfile *profile = thaw_import_file (file, NULL, NULL, NULL, &error);
  if (profile == NULL)
    tell_unopened (file, error);
  return profile;
}

/* Adds up all files that open; NULL when one that was named does not, or none does. */
static ThawProfile *
merge (const GPtrArray *files, const GArray *named)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autofree char *title = g_strdup_printf (ngettext ("%u file", "%u files", files->len),
                                            files->len);
  g_autoptr (GError) error = NULL;
  guint n_opened = 0;

  thaw_profile_builder_set_title (builder, title);
  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (ThawProfile) profile = thaw_cli_open (files->pdata[i]);
      if (profile == NULL && g_array_index (named, gboolean, i))
        return NULL;
      if (profile == NULL)
        continue;
      if (!thaw_profile_builder_add_profile (builder, profile, &error))
        {
          tell_unopened (files->pdata[i], error);
          return NULL;
        }
      n_opened++;
    }
  if (n_opened == 0)
    return NULL;
  ThawProfile *profile = thaw_profile_builder_finish (builder, &error);
  if (profile == NULL)
    thaw_cli_fail ("%s", error->message);
  return profile;
}

ThawProfile *
thaw_cli_open_merged (char **arguments)
{
  g_autoptr (GArray) named = NULL;
  g_autoptr (GPtrArray) files = thaw_cli_expand (arguments, &named);
  if (files == NULL)
    return NULL;

  ThawProfile *profile = files->len == 1 ? thaw_cli_open (files->pdata[0]) : merge (files, named);
  if (profile != NULL)
    for (const char *const *warning = thaw_profile_get_warnings (profile); *warning != NULL;
         warning++)
      thaw_cli_fail (_ ("warning: %s"), *warning);
  return profile;
}

/* Whether a text is @id, in base 10 or, after 0x, 16. */
static gboolean
is_id (const char *text, gint64 id)
{
  char *end;
  guint base = g_ascii_strncasecmp (text, "0x", 2) == 0 ? 16 : 10;
  if (id < 0 || !g_ascii_isxdigit (*text))
    return FALSE;
  guint64 value = g_ascii_strtoull (text, &end, base);
  return *end == '\0' && end > text && value == (guint64) id;
}

/* Whether @choice means a thread: its name, its id, the name of its process where that has no id, or
 * its process's id or name, “/” and either of the thread. */
static gboolean
is_chosen (const ThawProfile *profile, const ThawThread *thread, const char *choice)
{
  const ThawProcess *process = thaw_profile_get_process (profile, thread->process);
  if (strcmp (choice, thread->name) == 0 || is_id (choice, thread->id))
    return TRUE;
  if (process->pid < 0 && *process->name != '\0' && strcmp (choice, process->name) == 0)
    return TRUE;

  /* The name of either may have a “/” as well. */
  for (const char *slash = strchr (choice, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *left = g_strndup (choice, (gsize) (slash - choice));
      if ((is_id (left, process->pid) || strcmp (left, process->name) == 0) &&
          (is_id (slash + 1, thread->id) || strcmp (slash + 1, thread->name) == 0))
        return TRUE;
    }
  return FALSE;
}

/* Says which threads there are. */
static void
tell_threads (const ThawProfile *profile, const char *choice)
{
  GString *list = g_string_new (NULL);
  guint32 n = thaw_profile_get_n_threads (profile);
  for (guint32 i = 0; i < MIN (n, 40); i++)
    {
      const ThawThread *thread = thaw_profile_get_thread (profile, i);
      const ThawProcess *process = thaw_profile_get_process (profile, thread->process);
      g_string_append (list, "\n  ");
      gboolean nameless = thread->id < 0 && *thread->name == '\0';
      if (process->pid >= 0)
        g_string_append_printf (list, "%" G_GINT64_FORMAT "/", process->pid);
      else if (*process->name != '\0')
        g_string_append_printf (list, "%s%s", process->name, nameless ? "" : "/");
      if (thread->id >= 0)
        g_string_append_printf (list, "%" G_GINT64_FORMAT " ", thread->id);
      g_string_append (list, nameless && *process->name == '\0' ? _ ("(unnamed)") : thread->name);
    }
  if (n > 40)
    g_string_append_printf (list, ngettext ("\n  and %u more", "\n  and %u more", n - 40), n - 40);
  /* Translators: the second %s is a list, one thread a line. */
  thaw_cli_fail (_ ("No thread is called “%s”. There are:%s"), choice, list->str);
  g_string_free (list, TRUE);
}

GArray *
thaw_cli_choose_threads (const ThawProfile *profile, char **choices)
{
  g_autoptr (GArray) threads = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 n = thaw_profile_get_n_threads (profile);
  g_autofree gboolean *chosen = g_new0 (gboolean, n);

  for (char **choice = choices; choice != NULL && *choice != NULL; choice++)
    {
      gboolean any = FALSE;
      for (guint32 i = 0; i < n; i++)
        if (is_chosen (profile, thaw_profile_get_thread (profile, i), *choice))
          any = chosen[i] = TRUE;
      if (!any)
        {
          tell_threads (profile, *choice);
          return NULL;
        }
    }
  for (guint32 i = 0; i < n; i++)
    if (choices == NULL || chosen[i])
      g_array_append_val (threads, i);
  return g_steal_pointer (&threads);
}
