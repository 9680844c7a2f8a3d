/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state of a tab, and when what is recomputed.
 *
 * There are three jobs: lanes (trees and layouts), rows (the function table) and search. Each has one
 * cancellable, which stands while the job runs; asking anew cancels it, and a result is taken only
 * if its cancellable is still the job's own. The tasks hold no reference on the document, so that
 * closing a tab never waits for them. Recently made lanes are kept, so that going back to a thread,
 * an order or a way of building costs nothing.
 */
#include "thaw-document-private.h"

#include "thaw-describe.h"
#include "thaw-document-jobs-private.h"

/* How many lanes are remembered beyond those shown, and how many nodes they may have together. */
#define MAX_RECENT_LANES 32
#define MAX_RECENT_NODES (4u << 20)
/* Finest share of a thread that a reconstruction is expanded to. */
#define MIN_EPSILON 1e-7

typedef enum
{
  JOB_LANES,
  JOB_ROWS,
  JOB_SEARCH,
  N_JOBS
} Job;

struct _ThawDocument
{
  GObject parent;

  ThawProfile *profile;
  GFile *file;
  char *title;
  char *subtitle;

  GArray *threads; /* of guint32 */
  gboolean merged;
  gboolean by_line;
  gboolean time_order;
  gboolean flame;
  ThawOrder order;
  ThawColourMode colour_mode;
  double epsilon;
  char *search;
  gboolean search_regex;
  guint32 selected_function;

  GPtrArray *lanes;
  GPtrArray *recent; /* of ThawLane, latest first */
  GArray *rows;
  ThawMatches *matches;
  gint64 match_position;
  char *search_error;

  GCancellable *jobs[N_JOBS];
};

enum
{
  PROP_BUSY = 1,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_MERGED,
  PROP_BY_LINE,
  PROP_ORDER,
  PROP_TIME_ORDER,
  PROP_FLAME,
  PROP_COLOUR_MODE,
  PROP_SEARCH,
  PROP_SEARCH_REGEX,
  PROP_SELECTED_FUNCTION,
  N_PROPS
};

enum
{
  THREADS_CHANGED,
  LANES_CHANGED,
  ROWS_CHANGED,
  MATCHES_CHANGED,
  FAILED,
  REVEAL_NODE,
  SHOW_IN_TABLE,
  SHOW_SANDWICH,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (ThawOrder,
                    thaw_order,
                    G_DEFINE_ENUM_VALUE (THAW_ORDER_HEAVIEST, "heaviest"),
                    G_DEFINE_ENUM_VALUE (THAW_ORDER_ALPHABETICAL, "alphabetical"),
                    G_DEFINE_ENUM_VALUE (THAW_ORDER_TREE, "tree"))
G_DEFINE_ENUM_TYPE (ThawColourMode,
                    thaw_colour_mode,
                    G_DEFINE_ENUM_VALUE (THAW_COLOUR_ORIGIN, "origin"),
                    G_DEFINE_ENUM_VALUE (THAW_COLOUR_PACKAGE, "package"),
                    G_DEFINE_ENUM_VALUE (THAW_COLOUR_SELF, "self"))
G_DEFINE_FINAL_TYPE (ThawDocument, thaw_document, G_TYPE_OBJECT)

/* Jobs. ------------------------------------------------------------------------------------------ */

/* Goes with a task in place of its document. */
typedef struct
{
  GWeakRef document;
  Job job;
} Ticket;

static void start_search (ThawDocument *self);

gboolean
thaw_document_get_busy (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), FALSE);
  for (guint i = 0; i < N_JOBS; i++)
    if (self->jobs[i] != NULL)
      return TRUE;
  return FALSE;
}

/* Makes @cancellable (nullable) the one of @job and cancels the one before. */
static void
set_job (ThawDocument *self, Job job, GCancellable *cancellable)
{
  gboolean was_busy = thaw_document_get_busy (self);

  if (self->jobs[job] != NULL)
    g_cancellable_cancel (self->jobs[job]);
  g_set_object (&self->jobs[job], cancellable);
  if (was_busy != thaw_document_get_busy (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
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
      g_signal_emit (self, signals[FAILED], 0, error->message);
      return;
    }
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  self->lanes = lanes;
  remember_lanes (self, lanes);
  g_signal_emit (self, signals[LANES_CHANGED], 0);
  start_search (self);
}

static void
take_rows (ThawDocument *self, GArray *rows, const GError *error)
{
  if (error != NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error->message);
      return;
    }
  g_clear_pointer (&self->rows, g_array_unref);
  self->rows = rows;
  g_signal_emit (self, signals[ROWS_CHANGED], 0);
}

static void
take_matches (ThawDocument *self, ThawMatches *matches, const GError *error)
{
  g_clear_pointer (&self->search_error, g_free);
  g_clear_pointer (&self->matches, thaw_matches_free);
  self->search_error = error != NULL ? g_strdup (error->message) : NULL;
  self->matches = matches;
  self->match_position = -1;
  g_signal_emit (self, signals[MATCHES_CHANGED], 0);
}

static void
on_job_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Ticket *ticket = data;
  GTask *task = G_TASK (result);
  g_autoptr (ThawDocument) self = g_weak_ref_get (&ticket->document);
  Job job = ticket->job;
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
    case JOB_LANES:
      take_lanes (self, value, error);
      break;
    case JOB_ROWS:
      take_rows (self, value, error);
      break;
    case JOB_SEARCH:
      take_matches (self, value, error);
      break;
    case N_JOBS:
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
           Job job,
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
static void
start_lanes (ThawDocument *self)
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
  start_job (self, JOB_LANES, job, (GDestroyNotify) thaw_lanes_job_free, run_lanes);
}

static void
start_rows (ThawDocument *self)
{
  const guint32 *threads = (const guint32 *) (gpointer) self->threads->data;
  ThawRowsJob *job = thaw_rows_job_new (self->profile, threads, self->threads->len);

  start_job (self, JOB_ROWS, job, (GDestroyNotify) thaw_rows_job_free, run_rows);
}

/* Asks for matches, or drops them when nothing is searched for. */
static void
start_search (ThawDocument *self)
{
  if (self->search[0] == '\0')
    {
      set_job (self, JOB_SEARCH, NULL);
      if (self->matches != NULL || self->search_error != NULL)
        take_matches (self, NULL, NULL);
      return;
    }
  ThawSearchJob *job = thaw_search_job_new (self->profile, self->search, self->search_regex,
                                            self->lanes);
  start_job (self, JOB_SEARCH, job, (GDestroyNotify) thaw_search_job_free, run_search);
}

/* Public. ---------------------------------------------------------------------------------------- */

/**
 * thaw_document_new:
 * @profile: what was opened; a reference is kept
 * @file: (nullable): where it came from, %NULL for merged profiles
 *
 * Makes a document that shows one thread, see thaw_document_default_thread(), and starts computing.
 *
 * Returns: (transfer full): a document
 */
ThawDocument *
thaw_document_new (ThawProfile *profile, GFile *file)
{
  g_return_val_if_fail (profile != NULL, NULL);
  ThawDocument *self = g_object_new (THAW_TYPE_DOCUMENT, NULL);

  self->profile = thaw_profile_ref (profile);
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->title = thaw_document_describe_file (file, profile);
  self->subtitle = thaw_profile_summary (profile);
  guint32 thread = thaw_document_default_thread (profile);
  thaw_document_set_threads (self, &thread, 1);
  return self;
}

ThawProfile *
thaw_document_get_profile (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  return self->profile;
}

GFile *
thaw_document_get_file (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  return self->file;
}

const guint32 *
thaw_document_get_threads (ThawDocument *self, guint *n)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  *n = self->threads->len;
  return (const guint32 *) (gpointer) self->threads->data;
}

/**
 * thaw_document_set_threads:
 * @self: a document
 * @threads: (array length=n): indices of the profile's threads, in the order of their lanes
 * @n: length of @threads; may be 0
 *
 * Chooses what is shown. Does nothing when it is chosen already.
 */
void
thaw_document_set_threads (ThawDocument *self, const guint32 *threads, guint n)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  for (guint i = 0; i < n; i++)
    g_return_if_fail (threads[i] < thaw_profile_get_n_threads (self->profile));

  if (n == self->threads->len && n > 0 &&
      memcmp (threads, self->threads->data, n * sizeof (guint32)) == 0)
    return;
  g_array_set_size (self->threads, 0);
  g_array_append_vals (self->threads, threads, n);
  g_signal_emit (self, signals[THREADS_CHANGED], 0);
  start_lanes (self);
  start_rows (self);
}

void
thaw_document_select_all_merged (ThawDocument *self)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  guint32 n = thaw_profile_get_n_threads (self->profile);
  g_autofree guint32 *threads = g_new (guint32, n);

  for (guint32 i = 0; i < n; i++)
    threads[i] = i;
  g_object_set (self, "merged", TRUE, NULL);
  thaw_document_set_threads (self, threads, n);
}

GPtrArray *
thaw_document_get_lanes (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  return self->lanes;
}

/* Where lanes begin and end on the axis they share: from 0, or in time order on the clock. */
double
thaw_document_get_axis (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), 0);
  double axis = 0;

  for (guint i = 0; i < self->lanes->len; i++)
    axis = MAX (axis, thaw_lane_get_total (g_ptr_array_index (self->lanes, i)));
  return axis;
}

double
thaw_document_get_shown_total (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), 0);
  double total = 0;

  for (guint i = 0; i < self->lanes->len; i++)
    total += thaw_lane_get_total (g_ptr_array_index (self->lanes, i));
  return total;
}

GArray *
thaw_document_get_rows (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  return self->rows;
}

const guint8 *
thaw_document_get_matches (ThawDocument *self, guint32 *n_functions_matched, double *total_matched)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  if (n_functions_matched != NULL)
    *n_functions_matched = self->matches != NULL ? self->matches->n_functions : 0;
  if (total_matched != NULL)
    *total_matched = self->matches != NULL ? self->matches->total : 0;
  return self->matches != NULL ? self->matches->functions : NULL;
}

const char *
thaw_document_get_search_error (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  return self->search_error;
}

/**
 * thaw_document_step_match:
 * @self: a document
 * @step: +1 for the next matching box, -1 for the one before
 *
 * Makes another matching box the current one, selects its function and asks for it to be shown.
 * Does nothing while there is no match, or while the matches are of lanes that are gone.
 */
void
thaw_document_step_match (ThawDocument *self, int step)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  if (self->matches == NULL || self->matches->boxes->len == 0 ||
      self->matches->lanes != self->lanes)
    return;

  gint64 n = self->matches->boxes->len;
  gint64 from = self->match_position < 0 && step < 0 ? 0 : self->match_position;
  self->match_position = ((from + step) % n + n) % n;

  ThawMatch match = g_array_index (self->matches->boxes, ThawMatch, self->match_position);
  g_autoptr (ThawLane) lane = g_object_ref (g_ptr_array_index (self->lanes, match.lane));
  const ThawTree *tree = thaw_lane_get_tree (lane);
  thaw_document_select_function (
      self, thaw_profile_frame_function (self->profile, tree->key, tree->frame[match.node]));
  g_signal_emit (self, signals[MATCHES_CHANGED], 0);
  thaw_document_reveal (self, lane, match.node);
}

gint64
thaw_document_get_match_position (ThawDocument *self, guint *n_boxes)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), -1);
  if (n_boxes != NULL)
    *n_boxes = self->matches != NULL ? self->matches->boxes->len : 0;
  return self->match_position;
}

guint32
thaw_document_get_selected_function (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), G_MAXUINT32);
  return self->selected_function;
}

/* @function: a function of the profile; anything else selects none. */
void
thaw_document_select_function (ThawDocument *self, guint32 function)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  if (function >= thaw_profile_get_n_functions (self->profile))
    function = G_MAXUINT32;
  if (function == self->selected_function)
    return;
  self->selected_function = function;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_FUNCTION]);
}

void
thaw_document_expand_pruned (ThawDocument *self)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  if (self->epsilon <= MIN_EPSILON)
    return;
  self->epsilon = MAX (self->epsilon / 10, MIN_EPSILON);
  start_lanes (self);
}

void
thaw_document_reveal (ThawDocument *self, ThawLane *lane, guint32 node)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self) && THAW_IS_LANE (lane));
  g_signal_emit (self, signals[REVEAL_NODE], 0, lane, node);
}

void
thaw_document_show_in_table (ThawDocument *self, guint32 function)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  thaw_document_select_function (self, function);
  g_signal_emit (self, signals[SHOW_IN_TABLE], 0, function);
}

void
thaw_document_show_sandwich (ThawDocument *self, guint32 function)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  thaw_document_select_function (self, function);
  g_signal_emit (self, signals[SHOW_SANDWICH], 0, function);
}

/* Object. ---------------------------------------------------------------------------------------- */

static void
thaw_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ThawDocument *self = THAW_DOCUMENT (object);

  switch (id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, thaw_document_get_busy (self));
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case PROP_MERGED:
      g_value_set_boolean (value, self->merged);
      break;
    case PROP_BY_LINE:
      g_value_set_boolean (value, self->by_line);
      break;
    case PROP_ORDER:
      g_value_set_enum (value, self->order);
      break;
    case PROP_TIME_ORDER:
      g_value_set_boolean (value, self->time_order);
      break;
    case PROP_FLAME:
      g_value_set_boolean (value, self->flame);
      break;
    case PROP_COLOUR_MODE:
      g_value_set_enum (value, self->colour_mode);
      break;
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_SEARCH_REGEX:
      g_value_set_boolean (value, self->search_regex);
      break;
    case PROP_SELECTED_FUNCTION:
      g_value_set_uint (value, self->selected_function);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* Sets a switch; TRUE when that changed it. */
static gboolean
change (ThawDocument *self, gboolean *field, gboolean value, GParamSpec *pspec)
{
  if (*field == value)
    return FALSE;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
  return TRUE;
}

static void
set_search (ThawDocument *self, const char *text)
{
  if (text == NULL)
    text = "";
  if (g_str_equal (self->search, text))
    return;
  g_free (self->search);
  self->search = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
  start_search (self);
}

/* Properties that decide the lanes; TRUE when @id is one. */
static gboolean
set_lane_property (ThawDocument *self, guint id, const GValue *value, GParamSpec *pspec)
{
  gboolean changed;

  switch (id)
    {
    case PROP_MERGED:
      changed = change (self, &self->merged, g_value_get_boolean (value), pspec) &&
                self->threads->len > 1;
      break;
    case PROP_BY_LINE:
      changed = change (self, &self->by_line, g_value_get_boolean (value), pspec);
      break;
    case PROP_TIME_ORDER:
      changed = change (self, &self->time_order, g_value_get_boolean (value), pspec);
      break;
    case PROP_ORDER:
      changed = self->order != (ThawOrder) g_value_get_enum (value);
      self->order = g_value_get_enum (value);
      if (changed)
        g_object_notify_by_pspec (G_OBJECT (self), pspec);
      break;
    default:
      return FALSE;
    }
  if (changed)
    start_lanes (self);
  return TRUE;
}

static void
thaw_document_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ThawDocument *self = THAW_DOCUMENT (object);

  if (set_lane_property (self, id, value, pspec))
    return;
  switch (id)
    {
    case PROP_FLAME:
      change (self, &self->flame, g_value_get_boolean (value), pspec);
      break;
    case PROP_COLOUR_MODE:
      if (self->colour_mode != (ThawColourMode) g_value_get_enum (value))
        {
          self->colour_mode = g_value_get_enum (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_SEARCH:
      set_search (self, g_value_get_string (value));
      break;
    case PROP_SEARCH_REGEX:
      if (change (self, &self->search_regex, g_value_get_boolean (value), pspec))
        start_search (self);
      break;
    case PROP_SELECTED_FUNCTION:
      thaw_document_select_function (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
thaw_document_dispose (GObject *object)
{
  ThawDocument *self = THAW_DOCUMENT (object);

  for (guint i = 0; i < N_JOBS; i++)
    {
      if (self->jobs[i] != NULL)
        g_cancellable_cancel (self->jobs[i]);
      g_clear_object (&self->jobs[i]);
    }
  G_OBJECT_CLASS (thaw_document_parent_class)->dispose (object);
}

static void
thaw_document_finalize (GObject *object)
{
  ThawDocument *self = THAW_DOCUMENT (object);

  g_clear_pointer (&self->matches, thaw_matches_free);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->recent, g_ptr_array_unref);
  g_clear_pointer (&self->threads, g_array_unref);
  g_clear_pointer (&self->profile, thaw_profile_unref);
  g_clear_object (&self->file);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->search);
  g_free (self->search_error);
  G_OBJECT_CLASS (thaw_document_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, readable);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, readable);
  properties[PROP_MERGED] = g_param_spec_boolean ("merged", NULL, NULL, FALSE, writable);
  properties[PROP_BY_LINE] = g_param_spec_boolean ("by-line", NULL, NULL, FALSE, writable);
  properties[PROP_ORDER] = g_param_spec_enum ("order", NULL, NULL, THAW_TYPE_ORDER,
                                              THAW_ORDER_HEAVIEST, writable);
  properties[PROP_TIME_ORDER] = g_param_spec_boolean ("time-order", NULL, NULL, FALSE, writable);
  properties[PROP_FLAME] = g_param_spec_boolean ("flame", NULL, NULL, FALSE, writable);
  properties[PROP_COLOUR_MODE] = g_param_spec_enum (
      "colour-mode", NULL, NULL, THAW_TYPE_COLOUR_MODE, THAW_COLOUR_ORIGIN, writable);
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", writable);
  properties[PROP_SEARCH_REGEX] = g_param_spec_boolean ("search-regex", NULL, NULL, FALSE,
                                                        writable);
  properties[PROP_SELECTED_FUNCTION] = g_param_spec_uint ("selected-function", NULL, NULL, 0,
                                                          G_MAXUINT32, G_MAXUINT32, writable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
install_signals (void)
{
  static const char *const plain[] = { "threads-changed", "lanes-changed", "rows-changed",
                                       "matches-changed" };
  static const char *const with_function[] = { "show-in-table", "show-sandwich" };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    signals[THREADS_CHANGED + i] = g_signal_new (plain[i], THAW_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (with_function); i++)
    signals[SHOW_IN_TABLE + i] = g_signal_new (with_function[i], THAW_TYPE_DOCUMENT,
                                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                               1, G_TYPE_UINT);
  signals[FAILED] = g_signal_new ("failed", THAW_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REVEAL_NODE] = g_signal_new ("reveal-node", THAW_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 2, THAW_TYPE_LANE,
                                       G_TYPE_UINT);
}

static void
thaw_document_class_init (ThawDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = thaw_document_get_property;
  object_class->set_property = thaw_document_set_property;
  object_class->dispose = thaw_document_dispose;
  object_class->finalize = thaw_document_finalize;
  install_properties (object_class);
  install_signals ();
}

static void
thaw_document_init (ThawDocument *self)
{
  self->threads = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->lanes = g_ptr_array_new_with_free_func (g_object_unref);
  self->recent = g_ptr_array_new_with_free_func (g_object_unref);
  self->search = g_strdup ("");
  self->selected_function = G_MAXUINT32;
  self->match_position = -1;
  self->epsilon = THAW_DEFAULT_EPSILON;
}
