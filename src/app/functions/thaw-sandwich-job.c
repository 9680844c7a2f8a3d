/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows come from the capture's own edges or trees; the graphs from the merged tree of the threads,
 * keyed by function and not in time order, whatever the document's lanes show.
 */
#include "thaw-sandwich-job.h"

#include "thaw-function-links.h"
#include "thaw-trees.h"

/* So much of a function's time in a reconstructed tree makes it worth looking at. */
#define ENOUGH 0.95

ThawSandwichJob *
thaw_sandwich_job_new (ThawDocument *document,
                       guint32 function,
                       gboolean with_graphs,
                       ThawTree *tree)
{
  ThawSandwichJob *job = g_new0 (ThawSandwichJob, 1);
  const ThawFunctionRow *row = thaw_document_find_row (document, function);
  const guint32 *threads = thaw_document_get_threads (document, &job->n_threads);

  job->profile = thaw_profile_ref (thaw_document_get_profile (document));
  job->threads = g_memdup2 (threads, job->n_threads * sizeof (guint32));
  job->function = function;
  job->whole = row != NULL ? row->total : 0;
  job->with_graphs = with_graphs;
  job->tree = tree != NULL ? thaw_tree_ref (tree) : NULL;
  return job;
}

void
thaw_sandwich_job_free (ThawSandwichJob *job)
{
  thaw_profile_unref (job->profile);
  g_free (job->threads);
  g_clear_pointer (&job->tree, thaw_tree_unref);
  g_clear_pointer (&job->callers, g_array_unref);
  g_clear_pointer (&job->callees, g_array_unref);
  g_clear_object (&job->callers_lane);
  g_clear_object (&job->callees_lane);
  g_free (job);
}

/* The rows of a table from edges; consumes @edges. */
static GArray *
rows_from_edges (GArray *edges)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (ThawFunctionRow), edges->len);

  for (guint i = 0; i < edges->len; i++)
    {
      const ThawEdgeRow *edge = &g_array_index (edges, ThawEdgeRow, i);
      ThawFunctionRow row = { edge->function, edge->calls, edge->self, edge->total, TRUE };

      g_array_append_val (rows, row);
    }
  g_array_unref (edges);
  return rows;
}

/* A lane of @tree, which it consumes and which may be NULL for an error before. */
static ThawLane *
make_lane (ThawSandwichJob *job, ThawTree *tree, GCancellable *cancellable, GError **error)
{
  static const ThawLaneSpec spec = { { THAW_KEY_FUNCTION, FALSE, 0 }, THAW_ORDER_HEAVIEST };
  g_autoptr (ThawTree) owned = tree;

  if (owned == NULL)
    return NULL;
  return thaw_lane_new (job->profile, job->threads, job->n_threads, &spec, owned, cancellable,
                        error);
}

/* The function's time in @tree, recursion counted once. */
static double
total_in_tree (const ThawTree *tree, guint32 function)
{
  double total = 0;

  for (guint32 node = 1; node < tree->n_nodes;)
    if (tree->frame[node] == function)
      {
        total += tree->total[node];
        node = tree->subtree_end[node];
      }
    else
      node++;
  return total;
}

/* Makes @tree when there is none that has most of the function. A reconstructed tree leaves out what is
 * small on every single path, however large it is in sum; then finer ones are tried. FALSE for an
 * error. */
static gboolean
ensure_tree (ThawSandwichJob *job, GCancellable *cancellable, GError **error)
{
  static const double epsilons[] = { 1e-4, 1e-5, 1e-6, 1e-7 };

  for (guint i = 0; i < G_N_ELEMENTS (epsilons); i++)
    {
      ThawTreeOptions options = { THAW_KEY_FUNCTION, FALSE, epsilons[i] };

      if (job->tree != NULL && (!job->tree->reconstructed ||
                                total_in_tree (job->tree, job->function) >= ENOUGH * job->whole))
        return TRUE;
      g_clear_pointer (&job->tree, thaw_tree_unref);
      job->tree = thaw_trees_for_threads (job->profile, job->threads, job->n_threads, &options,
                                          cancellable, error);
      if (job->tree == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_graphs (ThawSandwichJob *job, GCancellable *cancellable, GError **error)
{
  if (!ensure_tree (job, cancellable, error))
    return FALSE;
  job->callers_lane = make_lane (
      job, thaw_trees_callers (job->tree, job->function, cancellable, error), cancellable, error);
  if (job->callers_lane == NULL)
    return FALSE;
  job->callees_lane = make_lane (
      job, thaw_trees_callees (job->tree, job->function, cancellable, error), cancellable, error);
  return job->callees_lane != NULL;
}

gboolean
thaw_sandwich_job_run (ThawSandwichJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  job->callers = rows_from_edges (
      thaw_function_callers (job->profile, job->threads, job->n_threads, job->function));
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  job->callees = rows_from_edges (
      thaw_function_callees (job->profile, job->threads, job->n_threads, job->function));
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!job->with_graphs || job->n_threads == 0 || make_graphs (job, cancellable, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE; /* over a limit: the rows are good all the same */
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
