/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The slow parts of a document as pure functions of their input: lanes, rows, matches. Run in worker
 * threads; nothing here knows the document.
 */
#include "thaw-document-jobs-private.h"

#include "thaw-function-table.h"
#include "thaw-search.h"

static void
lane_request_free (ThawLaneRequest *request)
{
  g_free (request->threads);
  g_clear_object (&request->ready);
  g_clear_pointer (&request->tree, thaw_tree_unref);
  g_free (request);
}

ThawLanesJob *
thaw_lanes_job_new (ThawProfile *profile, const ThawLaneSpec *spec)
{
  ThawLanesJob *job = g_new0 (ThawLanesJob, 1);

  job->profile = thaw_profile_ref (profile);
  job->spec = *spec;
  job->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) lane_request_free);
  return job;
}

/* Adds a lane over @threads; @ready and @tree (both nullable) spare the work, see ThawLaneRequest. */
void
thaw_lanes_job_add (ThawLanesJob *job,
                    const guint32 *threads,
                    guint n_threads,
                    ThawLane *ready,
                    ThawTree *tree)
{
  ThawLaneRequest *request = g_new0 (ThawLaneRequest, 1);

  request->threads = g_memdup2 (threads, n_threads * sizeof (guint32));
  request->n_threads = n_threads;
  request->ready = ready != NULL ? g_object_ref (ready) : NULL;
  request->tree = tree != NULL ? thaw_tree_ref (tree) : NULL;
  g_ptr_array_add (job->requests, request);
}

void
thaw_lanes_job_free (ThawLanesJob *job)
{
  thaw_profile_unref (job->profile);
  g_ptr_array_unref (job->requests);
  g_free (job);
}

/* Returns the lanes in the order of the requests; (element-type ThawLane) (transfer full), %NULL
 * when cancelled or over a limit. */
GPtrArray *
thaw_lanes_job_run (const ThawLanesJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lanes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < job->requests->len; i++)
    {
      const ThawLaneRequest *request = g_ptr_array_index (job->requests, i);
      ThawLane *lane = request->ready != NULL
                           ? g_object_ref (request->ready)
                           : thaw_lane_new (job->profile, request->threads, request->n_threads,
                                            &job->spec, request->tree, cancellable, error);
      if (lane == NULL)
        return NULL;
      g_ptr_array_add (lanes, lane);
    }
  return g_steal_pointer (&lanes);
}

ThawRowsJob *
thaw_rows_job_new (ThawProfile *profile, const guint32 *threads, guint n_threads)
{
  ThawRowsJob *job = g_new0 (ThawRowsJob, 1);

  job->profile = thaw_profile_ref (profile);
  job->threads = g_memdup2 (threads, n_threads * sizeof (guint32));
  job->n_threads = n_threads;
  return job;
}

void
thaw_rows_job_free (ThawRowsJob *job)
{
  thaw_profile_unref (job->profile);
  g_free (job->threads);
  g_free (job);
}

/* Returns (element-type ThawFunctionRow) (transfer full), %NULL when cancelled. */
GArray *
thaw_rows_job_run (const ThawRowsJob *job, GCancellable *cancellable, GError **error)
{
  return thaw_function_table_new (job->profile, job->threads, job->n_threads, cancellable, error);
}

ThawSearchJob *
thaw_search_job_new (ThawProfile *profile, const char *pattern, gboolean regex, GPtrArray *lanes)
{
  ThawSearchJob *job = g_new0 (ThawSearchJob, 1);

  job->profile = thaw_profile_ref (profile);
  job->pattern = g_strdup (pattern);
  job->regex = regex;
  job->lanes = g_ptr_array_ref (lanes);
  return job;
}

void
thaw_search_job_free (ThawSearchJob *job)
{
  thaw_profile_unref (job->profile);
  g_free (job->pattern);
  g_ptr_array_unref (job->lanes);
  g_free (job);
}

/* Greatest first; equal ones as they stand on the screen. */
static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const ThawMatch *left = a, *right = b;

  if (left->total != right->total)
    return left->total > right->total ? -1 : 1;
  if (left->lane != right->lane)
    return left->lane < right->lane ? -1 : 1;
  return left->node < right->node ? -1 : left->node > right->node;
}

/* Appends the matching boxes of @tree to @boxes. */
static void
collect_matches (const ThawProfile *profile,
                 const ThawTree *tree,
                 const guint8 *functions,
                 guint32 lane,
                 GArray *boxes)
{
  guint32 n_functions = thaw_profile_get_n_functions (profile);

  for (guint32 node = 1; node < tree->n_nodes; node++)
    {
      guint32 function = thaw_profile_frame_function (profile, tree->key, tree->frame[node]);
      if (function >= n_functions || !functions[function] || !(tree->total[node] > 0))
        continue;
      ThawMatch match = { .total = tree->total[node], .lane = lane, .node = node };
      g_array_append_val (boxes, match);
    }
}

/* Returns what matches; (transfer full), %NULL when cancelled or the pattern is no expression. */
ThawMatches *
thaw_search_job_run (const ThawSearchJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (ThawMatches) matches = g_new0 (ThawMatches, 1);

  matches->lanes = g_ptr_array_ref (job->lanes);
  matches->boxes = g_array_new (FALSE, FALSE, sizeof (ThawMatch));
  matches->functions = thaw_search_functions (job->profile, job->pattern, job->regex,
                                              &matches->n_functions, error);
  if (matches->functions == NULL)
    return NULL;

  for (guint i = 0; i < job->lanes->len; i++)
    {
      const ThawTree *tree = thaw_lane_get_tree (g_ptr_array_index (job->lanes, i));
      guint32 n_nodes;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      matches->total += thaw_search_total (job->profile, tree, matches->functions, &n_nodes);
      collect_matches (job->profile, tree, matches->functions, i, matches->boxes);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_array_sort (matches->boxes, compare_matches);
  return g_steal_pointer (&matches);
}

void
thaw_matches_free (ThawMatches *matches)
{
  g_free (matches->functions);
  g_clear_pointer (&matches->boxes, g_array_unref);
  g_clear_pointer (&matches->lanes, g_ptr_array_unref);
  g_free (matches);
}
