/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What threads and profiles are called wherever they are shown: in the sidebar, above a graph, in a
 * picture. Nothing here computes; it only chooses words.
 */
#include "thaw-describe.h"

#include <glib/gi18n-lib.h>
#include "thaw-format.h"

/**
 * thaw_thread_title:
 * @profile: a profile
 * @thread: index of one of its threads
 *
 * The thread's name, or words for one that the capture does not name.
 *
 * Returns: (transfer full): never empty
 */
char *
thaw_thread_title (const ThawProfile *profile, guint32 thread)
{
  const ThawThread *info = thaw_profile_get_thread (profile, thread);

  if (info->name[0] != '\0')
    return g_strdup (info->name);
  if (g_str_equal (info->role, "gui"))
    return g_strdup (_ ("GUI thread"));
  if (g_str_equal (info->role, "main"))
    return g_strdup (_ ("Main thread"));
  if (info->id >= 0)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, info->id);
      return g_strdup_printf (_ ("Thread %s"), id);
    }
  if (thaw_profile_get_n_threads (profile) == 1 && thaw_profile_get_title (profile)[0] != '\0')
    return g_strdup (thaw_profile_get_title (profile));
  return g_strdup_printf (_ ("Thread %u"), thread + 1);
}

/**
 * thaw_role_title:
 * @role: as in #ThawThread
 *
 * Returns: (nullable): words for a thread's role, translated; %NULL where they would say nothing
 */
const char *
thaw_role_title (const char *role)
{
  static const struct
  {
    const char *role;
    const char *title;
  } titles[] = {
    { "main", N_ ("main thread") },
    { "gui", N_ ("Qt event loop") },
    { "qthread", N_ ("QThread") },
    { "qthreadpool", N_ ("QThreadPool") },
    { "foreign", N_ ("not started by Python") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].role, role))
      return _ (titles[i].title);
  return NULL;
}

/* Appends " · @text" to @words, without the dot when it is the first. */
static void
add_words (GString *words, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, text);
}

/* What a person calls a process: of a command line that starts a Python, the script or the module;
 * "python -c" when the program is on the line itself. Other names stay. */
static char *
short_name (const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " \t", -1);
  g_autofree char *program = g_path_get_basename (words[0] != NULL ? words[0] : "");

  if (!g_str_has_prefix (program, "python") || words[1] == NULL)
    return g_strdup (name);
  for (guint i = 1; words[i] != NULL; i++)
    {
      const char *word = words[i];
      if (g_str_equal (word, "-m") && words[i + 1] != NULL)
        return g_strdup (words[i + 1]);
      if (g_str_equal (word, "-c"))
        return g_strconcat (program, " -c", NULL);
      if (g_str_equal (word, "-X") || g_str_equal (word, "-W"))
        i += words[i + 1] != NULL;
      else if (word[0] != '-' && word[0] != '\0')
        return g_path_get_basename (word);
    }
  return g_strdup (name);
}

/* Appends the name of @process and its pid, as far as they are known. */
static void
add_process (GString *words, const ThawProfile *profile, guint32 process)
{
  const ThawProcess *info = thaw_profile_get_process (profile, process);

  if (thaw_profile_get_n_processes (profile) > 1)
    {
      g_autofree char *name = short_name (info->name);
      add_words (words, name);
    }
  if (info->pid >= 0)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, info->pid);
      g_autofree char *pid = g_strdup_printf (_ ("pid %s"), number);
      add_words (words, pid);
    }
}

/**
 * thaw_process_title:
 * @profile: a profile
 * @process: index of one of its processes
 *
 * The name of a process, short where it is a command line, or words for one that the capture does not
 * name.
 *
 * Returns: (transfer full): never empty
 */
char *
thaw_process_title (const ThawProfile *profile, guint32 process)
{
  const ThawProcess *info = thaw_profile_get_process (profile, process);

  if (info->name[0] != '\0')
    return short_name (info->name);
  if (info->pid >= 0)
    {
      g_autofree char *pid = g_strdup_printf ("%" G_GINT64_FORMAT, info->pid);
      return g_strdup_printf (_ ("Process %s"), pid);
    }
  return g_strdup_printf (_ ("Process %u"), process + 1);
}

/**
 * thaw_thread_subtitle:
 * @profile: a profile
 * @thread: index of one of its threads
 *
 * What else tells this thread from others: process, pid, role, id.
 *
 * Returns: (transfer full): may be empty
 */
char *
thaw_thread_subtitle (const ThawProfile *profile, guint32 thread)
{
  const ThawThread *info = thaw_profile_get_thread (profile, thread);
  GString *words = g_string_new (NULL);

  add_process (words, profile, info->process);
  add_words (words, thaw_role_title (info->role));
  if (info->id >= 0 && info->name[0] != '\0')
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, info->id);
      g_autofree char *id = g_strdup_printf (_ ("thread %s"), number);
      add_words (words, id);
    }
  return g_string_free (words, FALSE);
}

/**
 * thaw_threads_title:
 * @profile: a profile
 * @threads: (array length=n_threads): indices of its threads, at least one
 * @n_threads: length of @threads
 *
 * Returns: (transfer full): a title for one graph of these threads; never empty
 */
char *
thaw_threads_title (const ThawProfile *profile, const guint32 *threads, guint n_threads)
{
  if (n_threads == 1)
    return thaw_thread_title (profile, threads[0]);
  if (n_threads == thaw_profile_get_n_threads (profile))
    return g_strdup (_ ("All threads"));
  return g_strdup_printf (ngettext ("%u thread", "%u threads", n_threads), n_threads);
}

/**
 * thaw_threads_subtitle:
 * @profile: a profile
 * @threads: (array length=n_threads): indices of its threads, at least one
 * @n_threads: length of @threads
 *
 * Returns: (transfer full): what else tells this graph from others; may be empty
 */
char *
thaw_threads_subtitle (const ThawProfile *profile, const guint32 *threads, guint n_threads)
{
  guint32 process = thaw_profile_get_thread (profile, threads[0])->process;
  gboolean one_process = TRUE;
  GString *words;

  if (n_threads == 1)
    return thaw_thread_subtitle (profile, threads[0]);
  words = g_string_new (NULL);
  for (guint i = 1; i < n_threads; i++)
    one_process &= thaw_profile_get_thread (profile, threads[i])->process == process;
  if (one_process)
    add_process (words, profile, process);
  g_autofree char *count = g_strdup_printf (
      ngettext ("%u thread merged", "%u threads merged", n_threads), n_threads);
  add_words (words, count);
  return g_string_free (words, FALSE);
}

/**
 * thaw_profile_summary:
 * @profile: a profile
 *
 * Returns: (transfer full): "cProfile · 3 processes · 9 threads · 42.1 s"
 */
char *
thaw_profile_summary (const ThawProfile *profile)
{
  GString *words = g_string_new (NULL);
  const char *tool = thaw_profile_get_tool (profile);
  guint32 n_processes = thaw_profile_get_n_processes (profile);
  guint32 n_threads = thaw_profile_get_n_threads (profile);
  g_autofree char *processes = thaw_format_count (n_processes);
  g_autofree char *threads = thaw_format_count (n_threads);
  g_autofree char *total = thaw_format_value (thaw_profile_get_unit (profile),
                                              thaw_profile_get_total (profile));

  g_string_append (words, tool[0] != '\0' ? tool : thaw_profile_get_format (profile));
  if (n_processes > 1)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, ngettext ("%s process", "%s processes", n_processes),
                              processes);
    }
  g_string_append (words, " · ");
  g_string_append_printf (words, ngettext ("%s thread", "%s threads", n_threads), threads);
  g_string_append_printf (words, " · %s", total);
  return g_string_free (words, FALSE);
}
