/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The slow part of the sandwich as a pure function of its input: rows of callers and callees, and the
 * two graphs when they are wanted. Runs in a worker thread and knows no widget.
 */
#pragma once

#include "thaw-document.h"

G_BEGIN_DECLS

/**
 * ThawSandwichJob:
 * @function: in the middle of the sandwich
 * @whole: the function's total time in the threads, 0 when it did not run
 * @with_graphs: make @callers_lane and @callees_lane too
 * @tree: (nullable): the threads' tree by function; made when %NULL and wanted, then kept for the
 *   next job
 * @callers: result; (element-type ThawFunctionRow)
 * @callees: result; (element-type ThawFunctionRow)
 * @callers_lane: (nullable): result; the function, its callers, their callers …; has
 *   no box but the root where the tree does not hold the function
 * @callees_lane: (nullable): result; the function, its callees, their callees …
 */
typedef struct
{
  ThawProfile *profile;
  guint32 *threads;
  guint n_threads;
  guint32 function;
  double whole;
  gboolean with_graphs;
  ThawTree *tree;
  GArray *callers;
  GArray *callees;
  ThawLane *callers_lane;
  ThawLane *callees_lane;
} ThawSandwichJob;

/* @tree: (nullable): as above; a reference is kept. */
ThawSandwichJob *thaw_sandwich_job_new (ThawDocument *document,
                                        guint32 function,
                                        gboolean with_graphs,
                                        ThawTree *tree);
void thaw_sandwich_job_free (ThawSandwichJob *job);
/* FALSE when cancelled. Graphs over a limit are not made: both lanes stay %NULL. */
gboolean thaw_sandwich_job_run (ThawSandwichJob *job, GCancellable *cancellable, GError **error);

G_END_DECLS
