/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When a document computes what, beside the main thread.
 *
 * There are three jobs: lanes (trees and layouts), rows (the function table) and search. Each has one
 * cancellable, which stands while the job runs; asking anew cancels it, and a result is taken only
 * if its cancellable is still the job's own. The tasks hold no reference on the document, so that
 * closing a tab never waits for them. Recently made lanes are kept, so that going back to a thread,
 * an order or a way of building costs nothing.
 */
#include "thaw-document-private.h"

/* How many lanes are remembered beyond those shown, and how many nodes they may have together. */
#define MAX_RECENT_LANES 32
#define MAX_RECENT_NODES (4u << 20)

/* Goes with a task in place of its document. */
typedef struct
{
  GWeakRef document;
  ThawJob job;
} Ticket;

/* Makes @cancellable (nullable) the one of @job and cancels the one before. */
static void
set_job (ThawDocument *self, ThawJob job, GCancellable *cancellable)
{
  gboolean was_busy = thaw_document_get_busy (self);

  if (self->jobs[job] != NULL)
    g_cancellable_cancel (self->jobs[job]);
  g_set_object (&self->jobs[job], cancellable);
  if (was_busy != thaw_document_get_busy (self))
    g_object_notify (G_OBJECT (self), "busy");
}

/* Keeps @lanes at the front of the recent ones, and drops the oldest. Lanes that are shown anyway
 * count too, which keeps the bound simple. */
static void
remember_lanes (ThawDocument *self, GPtrArray *lanes)
{
  g_autoptr (GPtrArray) recent = g_ptr_array_new_with_free_func (g_object_unref);
  guint64 n_nodes = 0;

  for (guint i = 0; i < lanes->len + self->recent->len; i++)
    {
      gboolean is_new = i < lanes->len;
      ThawLane *lane = is_new ? g_ptr_array_index (lanes, i)
                              : g_ptr_array_index (self->recent, i - lanes->len);

      if (!is_new && g_ptr_array_find (lanes, lane, NULL))
        continue;
      n_nodes += thaw_lane_get_tree (lane)->n_nodes;
      if (recent->len >= MAX_RECENT_LANES || n_nodes > MAX_RECENT_NODES)
        break;
      g_ptr_array_add (recent, g_object_ref (lane));
    }
  g_ptr_array_unref (self->recent);
  self->recent = g_steal_pointer (&recent);
}

static void
take_lanes (ThawDocument *self, GPtrArray *lanes, const GError *error)
{
  if (error != NULL)
    {
      g_signal_emit_by_name (self, "failed", error->message);
      return;
    }
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  self->lanes = lanes;
  remember_lanes (self, lanes);
  g_signal_emit_by_name (self, "lanes-changed");
  thaw_document_start_search (self);
}

static void
take_rows (ThawDocument *self, GArray *rows, const GError *error)
{
  if (error != NULL)
    {
      g_signal_emit_by_name (self, "failed", error->message);
      return;
    }
  g_clear_pointer (&self->rows, g_array_unref);
  self->rows = rows;
  g_signal_emit_by_name (self, "rows-changed");
}

static void
take_matches (ThawDocument *self, ThawMatches *matches, const GError *error)
{
  g_clear_pointer (&self->search_error, g_free);
  g_clear_pointer (&self->matches, thaw_matches_free);
  self->search_error = error != NULL ? g_strdup (error->message) : NULL;
  self->matches = matches;
  self->match_position = -1;
  g_signal_emit_by_name (self, "matches-changed");
}

static void
on_job_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Ticket *ticket = data;
  GTask *task = G_TASK (result);
  g_autoptr (ThawDocument) self = g_weak_ref_get (&ticket->document);
  ThawJob job = ticket->job;
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (&ticket->document);
  g_free (ticket);
  /* A newer request, or none any more: the task frees its own result. */
  if (self == NULL || self->jobs[job] != g_task_get_cancellable (task))
    return;

  gpointer value = g_task_propagate_pointer (task, &error);
  set_job (self, job, NULL);
  switch (job)
    {
    case THAW_JOB_LANES:
      take_lanes (self, value, error);
      break;
    case THAW_JOB_ROWS:
      take_rows (self, value, error);
      break;
    case THAW_JOB_SEARCH:
      take_matches (self, value, error);
      break;
    case THAW_N_JOBS:
      g_assert_not_reached ();
    }
}

static void
run_lanes (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *lanes = thaw_lanes_job_run (data, cancellable, &error);

  if (lanes != NULL)
    g_task_return_pointer (task, lanes, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
run_rows (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GArray *rows = thaw_rows_job_run (data, cancellable, &error);

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
run_search (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  ThawMatches *matches = thaw_search_job_run (data, cancellable, &error);

  if (matches != NULL)
    g_task_return_pointer (task, matches, (GDestroyNotify) thaw_matches_free);
  else
    g_task_return_error (task, error);
}

/* Runs @func over @input (taken) in a worker, in place of any earlier run of @job. */
static void
start_job (ThawDocument *self,
           ThawJob job,
           gpointer input,
           GDestroyNotify free_input,
           GTaskThreadFunc func)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Ticket *ticket = g_new0 (Ticket, 1);

  g_weak_ref_init (&ticket->document, self);
  ticket->job = job;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_job_done, ticket);
  g_task_set_task_data (task, input, free_input);
  set_job (self, job, cancellable);
  g_task_run_in_thread (task, func);
}

/* What is known already about the lane that is asked for: itself, or its tree. */
static ThawLane *
find_known (ThawDocument *self,
            const guint32 *threads,
            guint n_threads,
            const ThawLaneSpec *spec,
            ThawTree **tree)
{
  *tree = NULL;
  for (guint i = 0; i < self->recent->len; i++)
    {
      ThawLane *lane = g_ptr_array_index (self->recent, i);
      const ThawLaneSpec *other = thaw_lane_get_spec (lane);

      if (!thaw_lane_shows_same_threads (lane, threads, n_threads) ||
          other->options.key != spec->options.key ||
          other->options.time_order != spec->options.time_order ||
          other->options.epsilon != spec->options.epsilon)
        continue;
      if (other->order == spec->order)
        return lane;
      *tree = thaw_lane_get_tree (lane);
    }
  return NULL;
}

/* Asks for the lanes of the present state. */
void
thaw_document_start_lanes (ThawDocument *self)
{
  gboolean in_time = self->time_order && thaw_profile_has_time_order (self->profile);
  ThawLaneSpec spec = {
    .options = { .key = self->by_line ? THAW_KEY_LOCATION : THAW_KEY_FUNCTION,
                 .time_order = in_time,
                 .epsilon = self->epsilon },
    .order = in_time ? THAW_ORDER_TREE : self->order,
  };
  const guint32 *threads = (const guint32 *) (gpointer) self->threads->data;
  guint step = self->merged ? MAX (self->threads->len, 1) : 1;
  ThawLanesJob *job = thaw_lanes_job_new (self->profile, &spec);

  for (guint i = 0; i < self->threads->len; i += step)
    {
      ThawTree *tree;
      ThawLane *known = find_known (self, threads + i, step, &spec, &tree);
      thaw_lanes_job_add (job, threads + i, step, known, tree);
    }
  start_job (self, THAW_JOB_LANES, job, (GDestroyNotify) thaw_lanes_job_free, run_lanes);
}

void
thaw_document_start_rows (ThawDocument *self)
{
  const guint32 *threads = (const guint32 *) (gpointer) self->threads->data;
  ThawRowsJob *job = thaw_rows_job_new (self->profile, threads, self->threads->len);

  start_job (self, THAW_JOB_ROWS, job, (GDestroyNotify) thaw_rows_job_free, run_rows);
}

/* Asks for matches, or drops them when nothing is searched for. */
void
thaw_document_start_search (ThawDocument *self)
{
  if (self->search[0] == '\0')
    {
      set_job (self, THAW_JOB_SEARCH, NULL);
      if (self->matches != NULL || self->search_error != NULL)
        take_matches (self, NULL, NULL);
      return;
    }
  ThawSearchJob *job = thaw_search_job_new (self->profile, self->search, self->search_regex,
                                            self->lanes);
  start_job (self, THAW_JOB_SEARCH, job, (GDestroyNotify) thaw_search_job_free, run_search);
}
