/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a freshly opened profile shows first, and the words over its window.
 */
#include "thaw-document-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-origin.h"

/* A thread with less than this share of the busiest one's time is not worth to be shown first. */
#define HARDLY_ANYTHING 0.05

/* How much a thread deserves to be shown first: 2 GUI thread, 1 main thread, 0 any other. */
static int
thread_rank (const ThawThread *thread)
{
  if (!(thread->total > 0))
    return -1;
  if (g_str_equal (thread->role, "gui"))
    return 2;
  if (g_str_equal (thread->role, "main") || g_str_equal (thread->name, "MainThread"))
    return 1;
  return 0;
}

/**
 * thaw_document_default_thread:
 * @profile: a profile with at least one thread
 *
 * The thread to show first: the GUI thread, else a main thread, else any. Of several, the one of the
 * first process (the lowest pid: a window's program starts before its helpers) unless it hardly did
 * anything, else the busiest. Only one, whatever their number: what freezes a window is on that
 * thread, the function table beneath shall speak of it alone, and the others are one click away in the
 * sidebar. A thread in which nothing was recorded never comes first.
 *
 * Returns: its index
 */
guint32
thaw_document_default_thread (const ThawProfile *profile)
{
  guint32 n = thaw_profile_get_n_threads (profile);
  guint32 busiest = 0, first = 0;
  double busiest_time = -1, first_time = -1;
  gint64 first_pid = G_MAXINT64;
  int best_rank = -2;

  for (guint32 i = 0; i < n; i++)
    best_rank = MAX (best_rank, thread_rank (thaw_profile_get_thread (profile, i)));
  for (guint32 i = 0; i < n; i++)
    {
      const ThawThread *thread = thaw_profile_get_thread (profile, i);
      gint64 pid = thaw_profile_get_process (profile, thread->process)->pid;

      if (thread_rank (thread) != best_rank)
        continue;
      double busy = thaw_busy_of (profile, i);
      if (busy > busiest_time)
        {
          busiest = i;
          busiest_time = busy;
        }
      if (best_rank > 0 && pid >= 0 && pid < first_pid)
        {
          first = i;
          first_time = busy;
          first_pid = pid;
        }
    }
  return first_time > HARDLY_ANYTHING * busiest_time ? first : busiest;
}

/* The name of a tab: the file's own name, else the capture's; (transfer full). */
char *
thaw_document_describe_file (GFile *file, const ThawProfile *profile)
{
  g_autofree char *name = NULL;

  if (file != NULL && (name = g_file_get_basename (file)) != NULL)
    return g_filename_display_name (name);
  if (thaw_profile_get_title (profile)[0] != '\0')
    return g_strdup (thaw_profile_get_title (profile));
  return g_strdup (_ ("Profile"));
}
