/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What threads and profiles are called wherever they are shown. All results are translated and,
 * where nothing else is said, (transfer full) and never NULL.
 */
#pragma once

#include "thaw-profile.h"

G_BEGIN_DECLS

char *thaw_thread_title (const ThawProfile *profile, guint32 thread);    /* "GUI thread" */
char *thaw_thread_subtitle (const ThawProfile *profile, guint32 thread); /* "pid 4120 · QThread" */
char *thaw_process_title (const ThawProfile *profile, guint32 process);  /* "dashboard.py" */
const char *thaw_role_title (const char *role); /* "QThread"; not owned; NULL: nothing to say */
/* The same for a graph that merges @n_threads >= 1 threads. */
char *thaw_threads_title (const ThawProfile *profile, const guint32 *threads, guint n_threads);
char *thaw_threads_subtitle (const ThawProfile *profile, const guint32 *threads, guint n_threads);
/* "cProfile · 3 processes · 9 threads · 42.1 s" */
char *thaw_profile_summary (const ThawProfile *profile);

G_END_DECLS
