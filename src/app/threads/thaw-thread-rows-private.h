/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of the list of threads: facts about a profile's threads, and how they are sorted,
 * filtered and folded. No GTK.
 */
#pragma once

#include "thaw-thread-model.h"

G_BEGIN_DECLS

/* A row: all threads, or the process or thread of an index. */
typedef struct
{
  ThawThreadRowKind kind;
  guint32 index;
} ThawThreadRowKey;

/**
 * ThawThreadRows:
 * @process_rows: processes have rows of their own
 * @one_each: several processes with one thread each, which stands for its process
 * @busy: per thread; totals until the busy times are known
 * @process_busy, @process_total: sums over the threads of a process
 * @process_n: per process, how many threads it has
 * @folded: per process, whether its threads are hidden
 * @filter: (nullable): case-folded; %NULL shows everything
 */
typedef struct
{
  ThawProfile *profile;
  guint32 n_threads;
  guint32 n_processes;
  gboolean process_rows;
  gboolean one_each;
  double *busy;
  double *process_busy;
  double *process_total;
  guint32 *process_n;
  guint8 *folded;
  ThawThreadSort sort;
  char *filter;
} ThawThreadRows;

void thaw_thread_rows_init (ThawThreadRows *self, ThawProfile *profile);
void thaw_thread_rows_clear (ThawThreadRows *self);
void thaw_thread_rows_take_busy (ThawThreadRows *self, double *busy);
GArray *thaw_thread_rows_arrange (ThawThreadRows *self);
guint32 thaw_thread_rows_process_of (const ThawThreadRows *self, guint32 thread);

G_END_DECLS
