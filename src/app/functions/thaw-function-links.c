/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The heaviest box is found by one scan over the frame column of every lane's tree; between equals
 * the first in lane and tree order wins.
 */
#include "thaw-function-links.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include "thaw-format.h"

gboolean
thaw_reveal_heaviest (ThawDocument *document, guint32 function)
{
  const ThawProfile *profile;
  GPtrArray *lanes;
  ThawLane *best_lane = NULL;
  guint32 best_node = THAW_NODE_NONE;
  double best_total = -1;

  g_return_val_if_fail (THAW_IS_DOCUMENT (document), FALSE);

  profile = thaw_document_get_profile (document);
  lanes = thaw_document_get_lanes (document);
  for (guint i = 0; lanes != NULL && i < lanes->len; i++)
    {
      ThawLane *lane = g_ptr_array_index (lanes, i);
      const ThawTree *tree = thaw_lane_get_tree (lane);

      for (guint32 node = 1; node < tree->n_nodes; node++)
        if (tree->total[node] > best_total &&
            thaw_profile_frame_function (profile, tree->key, tree->frame[node]) == function)
          {
            best_lane = lane;
            best_node = node;
            best_total = tree->total[node];
          }
    }
  thaw_document_select_function (document, function);
  if (best_lane == NULL)
    return FALSE;
  thaw_document_reveal (document, best_lane, best_node);
  return TRUE;
}

const ThawFunctionRow *
thaw_document_find_row (ThawDocument *document, guint32 function)
{
  GArray *rows;

  g_return_val_if_fail (THAW_IS_DOCUMENT (document), NULL);

  rows = thaw_document_get_rows (document);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_array_index (rows, ThawFunctionRow, i).function == function)
      return &g_array_index (rows, ThawFunctionRow, i);
  return NULL;
}

double
thaw_document_get_whole (ThawDocument *document)
{
  const guint32 *threads;
  guint n_threads;
  double whole = 0;

  g_return_val_if_fail (THAW_IS_DOCUMENT (document), 0);

  threads = thaw_document_get_threads (document, &n_threads);
  for (guint i = 0; i < n_threads; i++)
    whole += thaw_profile_get_thread (thaw_document_get_profile (document), threads[i])->total;
  return whole;
}

char *
thaw_format_amount (ThawUnit unit, double value)
{
  return unit == THAW_UNIT_SAMPLES || isnan (value) ? thaw_format_count (value)
                                                    : thaw_format_value (unit, value);
}

GFile *
thaw_function_source_file (ThawDocument *document, guint32 function)
{
  ThawProfile *profile;
  const ThawFunction *info;
  GFile *capture;
  g_autoptr (GFile) folder = NULL;

  g_return_val_if_fail (THAW_IS_DOCUMENT (document), NULL);

  profile = thaw_document_get_profile (document);
  if (function >= thaw_profile_get_n_functions (profile))
    return NULL;
  info = thaw_profile_get_function (profile, function);
  if (info->file == NULL || *info->file == '\0' || info->kind == THAW_FUNCTION_BUILTIN)
    return NULL;
  if (g_path_is_absolute (info->file))
    return g_file_new_for_path (info->file);
  capture = thaw_document_get_file (document);
  folder = capture != NULL ? g_file_get_parent (capture) : NULL;
  return folder != NULL ? g_file_resolve_relative_path (folder, info->file) : NULL;
}

/* How many samples the chosen threads have, as far as the capture tells; 0 when it does not. */
static double
count_samples (ThawDocument *document)
{
  ThawProfile *profile = thaw_document_get_profile (document);
  guint n_threads;
  const guint32 *threads = thaw_document_get_threads (document, &n_threads);
  double n = 0;

  for (guint i = 0; i < n_threads; i++)
    {
      const ThawThread *thread = thaw_profile_get_thread (profile, threads[i]);

      if (thaw_profile_get_unit (profile) == THAW_UNIT_SAMPLES)
        n += thread->total;
      else if (thaw_profile_get_sequence (profile, threads[i]) != NULL)
        n += (double) thread->n_samples;
    }
  return n;
}

/* The uncertainty is that of a share p counted in n independent draws, two standard deviations:
 * 2 √(p (1 − p) / n); near 0 and 1 the "rule of three", 3 / n. */
static char *
explain_samples (ThawDocument *document, const ThawFunctionRow *row)
{
  double n = count_samples (document);
  double whole = thaw_document_get_whole (document);
  g_autofree char *count = NULL;
  g_autofree char *seen = NULL;
  g_autofree char *share = NULL;
  double p, error;

  if (n < 1 || whole <= 0)
    return g_strdup (_ (
        "From samples: what ran only between two of them is missing, and calls are not counted."));
  p = CLAMP (row->total / whole, 0, 1);
  error = MAX (2 * sqrt (p * (1 - p) / n), 3 / n);
  count = thaw_format_count (n);
  seen = thaw_format_count (round (p * n));
  share = thaw_format_share (MIN (error, 1));
  /* Translators: numbers of samples, then a share such as "1.2 %" */
  return g_strdup_printf (
      _ ("From samples: seen in about %s of %s, which makes its share of the whole right to within "
         "about %s. Calls are not counted."),
      seen, count, share);
}

char *
thaw_function_explain (ThawDocument *document, const ThawFunctionRow *row)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (row != NULL, NULL);

  switch (thaw_profile_get_kind (thaw_document_get_profile (document)))
    {
    case THAW_KIND_SAMPLED:
      return explain_samples (document, row);
    case THAW_KIND_TRACED:
      return g_strdup (_ ("Exact: the tracer saw every call begin and end. Tracing itself takes "
                          "time, most of all in "
                          "small functions that are called often."));
    default:
      if (!row->exact)
        return g_strdup (
            _ ("Partly estimated: the capture does not hold all that these numbers would need."));
      return g_strdup (
          _ ("Exact: the profiler timed every call. Its own cost is in the numbers, most of all in "
             "small "
             "functions that are called often. In the graph, hatched boxes are estimates."));
    }
}
