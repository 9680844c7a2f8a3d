/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One graph's content. Making one is the slow part (a tree, then a layout) and is done in a worker
 * thread; afterwards nothing in it changes, so that any thread may read it and drop it.
 */
#include "thaw-lane.h"

#include <math.h>
#include "thaw-describe.h"

struct _ThawLane
{
  GObject parent;

  ThawProfile *profile;
  guint32 *threads;
  guint n_threads;
  ThawLaneSpec spec;
  ThawTree *tree;
  ThawLayout *layout;
  double start;
  char *title;
  char *subtitle;
};

G_DEFINE_FINAL_TYPE (ThawLane, thaw_lane, G_TYPE_OBJECT)

/* When the earliest of the lane's threads began, in the profile's unit; 0 when not known. */
static double
earliest_start (const ThawProfile *profile, const guint32 *threads, guint n_threads)
{
  double start = INFINITY;

  for (guint i = 0; i < n_threads; i++)
    start = fmin (start, thaw_profile_get_thread (profile, threads[i])->start);
  return isfinite (start) ? start : 0;
}

/**
 * thaw_lane_new:
 * @profile: the profile; a reference is kept
 * @threads: (array length=n_threads): indices of its threads, at least one
 * @n_threads: length of @threads
 * @spec: how to build and lay out
 * @known_tree: (nullable): a tree that was already built for the same threads and options
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Builds a lane. Takes long for large captures; may be called in any thread.
 *
 * Returns: (transfer full) (nullable): %NULL when cancelled or over THAW_LIMIT_NODES
 */
ThawLane *
thaw_lane_new (ThawProfile *profile,
               const guint32 *threads,
               guint n_threads,
               const ThawLaneSpec *spec,
               ThawTree *known_tree,
               GCancellable *cancellable,
               GError **error)
{
  g_return_val_if_fail (profile != NULL && n_threads > 0, NULL);

  g_autoptr (ThawTree) tree = known_tree != NULL
                                  ? thaw_tree_ref (known_tree)
                                  : thaw_trees_for_threads (profile, threads, n_threads,
                                                            &spec->options, cancellable, error);
  if (tree == NULL)
    return NULL;
  g_autoptr (ThawLayout) layout = thaw_layout_new (profile, tree, spec->order, cancellable, error);
  if (layout == NULL)
    return NULL;

  ThawLane *self = g_object_new (THAW_TYPE_LANE, NULL);
  self->profile = thaw_profile_ref (profile);
  self->threads = g_memdup2 (threads, n_threads * sizeof (guint32));
  self->n_threads = n_threads;
  self->spec = *spec;
  self->tree = g_steal_pointer (&tree);
  self->layout = g_steal_pointer (&layout);
  self->start = earliest_start (profile, threads, n_threads);
  self->title = thaw_threads_title (profile, threads, n_threads);
  self->subtitle = thaw_threads_subtitle (profile, threads, n_threads);
  return self;
}

const guint32 *
thaw_lane_get_threads (ThawLane *lane, guint *n)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  *n = lane->n_threads;
  return lane->threads;
}

const ThawLaneSpec *
thaw_lane_get_spec (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  return &lane->spec;
}

const char *
thaw_lane_get_title (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  return lane->title;
}

const char *
thaw_lane_get_subtitle (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  return lane->subtitle;
}

ThawTree *
thaw_lane_get_tree (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  return lane->tree;
}

ThawLayout *
thaw_lane_get_layout (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  return lane->layout;
}

/* The value of the whole lane, in the profile's unit. */
double
thaw_lane_get_total (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), 0);
  return lane->tree->total[0];
}

/* How far the lane reaches on the value axis: its total, and in time order also the pauses. */
double
thaw_lane_get_length (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), 0);
  return thaw_layout_get_total (lane->layout);
}

/* When the lane's first sample was taken, on the capture's clock; 0 when not known. */
double
thaw_lane_get_start (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), 0);
  return lane->start;
}

gboolean
thaw_lane_shows_same_threads (ThawLane *lane, const guint32 *threads, guint n_threads)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), FALSE);
  return lane->n_threads == n_threads &&
         memcmp (lane->threads, threads, n_threads * sizeof (guint32)) == 0;
}

/* The child of @parent in @tree whose function is @function, the first of them; or THAW_NODE_NONE. */
static guint32
find_child (const ThawProfile *profile, const ThawTree *tree, guint32 parent, guint32 function)
{
  guint32 end = tree->subtree_end[parent];

  for (guint32 child = parent + 1; child < end; child = tree->subtree_end[child])
    if (thaw_profile_frame_function (profile, tree->key, tree->frame[child]) == function)
      return child;
  return THAW_NODE_NONE;
}

/**
 * thaw_lane_find_path:
 * @lane: where to look
 * @other: another lane of the same profile
 * @node: a node of @other
 *
 * Finds the node of @lane that is reached through the same functions as @node is in @other.
 *
 * Returns: a node of @lane, or %THAW_NODE_NONE
 */
guint32
thaw_lane_find_path (ThawLane *lane, ThawLane *other, guint32 node)
{
  g_return_val_if_fail (THAW_IS_LANE (lane) && THAW_IS_LANE (other), THAW_NODE_NONE);
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint32));
  const ThawTree *from = other->tree;
  guint32 found = 0;

  for (; node != THAW_NODE_NONE && node != 0; node = from->parent[node])
    {
      guint32 function = thaw_profile_frame_function (lane->profile, from->key, from->frame[node]);
      g_array_append_val (path, function);
    }
  for (guint i = path->len; i-- > 0 && found != THAW_NODE_NONE;)
    found = find_child (lane->profile, lane->tree, found, g_array_index (path, guint32, i));
  return found;
}

static void
thaw_lane_finalize (GObject *object)
{
  ThawLane *self = THAW_LANE (object);

  g_clear_pointer (&self->layout, thaw_layout_unref);
  g_clear_pointer (&self->tree, thaw_tree_unref);
  g_clear_pointer (&self->profile, thaw_profile_unref);
  g_free (self->threads);
  g_free (self->title);
  g_free (self->subtitle);
  G_OBJECT_CLASS (thaw_lane_parent_class)->finalize (object);
}

static void
thaw_lane_class_init (ThawLaneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = thaw_lane_finalize;
}

static void
thaw_lane_init (ThawLane *self)
{
}
