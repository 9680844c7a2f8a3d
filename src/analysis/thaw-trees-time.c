/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trees in the order of time. The samples of a thread are leaves of its merged tree, so the frames
 * that two samples share from the root are the path to their lowest common ancestor; whatever the
 * second sample has below it are new boxes. Walking up from both leaves costs as many steps as boxes
 * end and begin, which makes the whole walk linear in the size of the result. It is done twice: once
 * to count nodes, once to fill columns of exactly that length. Boxes begin in preorder.
 *
 * Where a capture knows activations (ThawSequence.keep), frames beyond those kept are new boxes even
 * if they are equal; stretches of theirs without any open frame are nobody's time, but they pass, so
 * that boxes begin when they began.
 */
#include "thaw-trees-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-merge-private.h"

/* A walk over the samples of a sequence. @tree is the merged tree, @leaf gives its node per node of
 * the sequence's own tree (NULL: the same). */
typedef struct
{
  const ThawTree *tree;
  const guint32 *leaf;
  const ThawSequence *sequence;
  guint32 *depth; /* per node of @tree */
  gsize next;     /* sample to come */
  guint32 node;   /* node of the last sample; 0 before the first */
} Walk;

static gboolean
walk_init (Walk *walk, const ThawTree *tree, const guint32 *leaf, const ThawSequence *sequence)
{
  *walk = (Walk){ .tree = tree, .leaf = leaf, .sequence = sequence };
  walk->depth = g_try_new (guint32, tree->n_nodes);
  if (walk->depth == NULL)
    return FALSE;
  walk->depth[0] = 0;
  for (guint32 i = 1; i < tree->n_nodes; i++)
    walk->depth[i] = walk->depth[tree->parent[i]] + 1;
  return TRUE;
}

static void
walk_clear (Walk *walk)
{
  g_free (walk->depth);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/* Goes to the next sample, if any, and tells how many frames from the root it has in common with the
 * last one. */
static gboolean
walk_next (Walk *walk, guint32 *kept)
{
  if (walk->next == walk->sequence->n)
    return FALSE;

  const guint32 *parent = walk->tree->parent;
  guint32 node = walk->sequence->node[walk->next];
  if (walk->leaf != NULL)
    node = walk->leaf[node];
  guint32 a = walk->node, b = node;
  while (walk->depth[a] > walk->depth[b])
    a = parent[a];
  while (walk->depth[b] > walk->depth[a])
    b = parent[b];
  while (a != b)
    {
      a = parent[a];
      b = parent[b];
    }
  *kept = walk->depth[a];
  if (walk->sequence->keep != NULL)
    *kept = MIN (*kept, walk->sequence->keep[walk->next]);
  walk->node = node;
  walk->next++;
  return TRUE;
}

/* How many nodes the tree in time order has; 0 with error when cancelled or too many. */
static guint32
count_nodes (Walk *walk, GCancellable *cancellable, GError **error)
{
  guint64 n = 1;
  guint32 kept;
  while (walk_next (walk, &kept))
    {
      n += walk->depth[walk->node] - kept;
      if (n > THAW_TIME_ORDER_NODES)
        {
          thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                          _ ("This thread has too many boxes to be shown in time order"));
          return 0;
        }
      if (!thaw_merge_tick ((guint32) walk->next, cancellable, error))
        return 0;
    }
  walk->next = 0;
  walk->node = 0;
  return (guint32) n;
}

/* Makes the boxes; @open has room for the deepest stack and the root. */
static gboolean
fill_nodes (Walk *walk, ThawTree *timed, guint32 *open, GCancellable *cancellable, GError **error)
{
  guint32 n = 1, depth = 0, kept;
  double clock = 0;
  open[0] = 0;
  while (walk_next (walk, &kept))
    {
      gsize sample = walk->next - 1;
      guint32 new_depth = walk->depth[walk->node];
      for (; depth > kept; depth--)
        timed->subtree_end[open[depth]] = n;
      /* The new boxes, deepest first, because that is the way up to the parents. */
      n += new_depth - kept;
      for (guint32 up = walk->node, at = n; new_depth > depth; up = walk->tree->parent[up])
        {
          timed->frame[--at] = walk->tree->frame[up];
          timed->parent[at] = at - 1;
          timed->start[at] = clock;
          if (timed->calls != NULL)
            timed->calls[at] = 1;
          open[new_depth--] = at;
          if (new_depth == depth)
            timed->parent[at] = open[depth];
        }
      depth = walk->depth[walk->node];
      double value = walk->sequence->value != NULL ? walk->sequence->value[sample]
                                                   : walk->sequence->constant;
      if (depth > 0 || walk->sequence->keep == NULL)
        timed->self[open[depth]] += value;
      clock += value;
      if (!thaw_merge_tick ((guint32) walk->next, cancellable, error))
        return FALSE;
    }
  for (; depth > 0; depth--)
    timed->subtree_end[open[depth]] = n;
  return TRUE;
}

/**
 * thaw_trees_in_time_order:
 * @profile: a profile
 * @thread: a thread of it that has a sequence
 * @key: one box a function, or a function and line
 *
 * Returns: (transfer full): the thread's boxes in the order of time; %NULL as for
 *   thaw_trees_for_threads()
 */
ThawTree *
thaw_trees_in_time_order (const ThawProfile *profile,
                          guint32 thread,
                          ThawTreeKey key,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (ThawTree) tree = thaw_tree_ref (thaw_profile_get_location_tree (profile, thread));
  g_autofree guint32 *leaf = NULL;
  gboolean calls = tree->calls != NULL;
  if (key == THAW_KEY_FUNCTION)
    {
      ThawTree *by_function = thaw_trees_by_function_mapped (profile, tree, &leaf, cancellable,
                                                             error);
      if (by_function == NULL)
        return NULL;
      thaw_tree_unref (tree);
      tree = by_function;
    }

  g_auto (Walk) walk;
  g_autofree guint32 *open = NULL;
  if (walk_init (&walk, tree, leaf, thaw_profile_get_sequence (profile, thread)))
    open = g_try_new (guint32, thaw_tree_max_depth (tree) + 1);
  if (open == NULL)
    {
      thaw_merge_set_limit_error (error);
      return NULL;
    }
  guint32 n = count_nodes (&walk, cancellable, error);
  if (n == 0)
    return NULL;
  g_autoptr (ThawTree)
      timed = thaw_tree_new (n, key, THAW_TREE_START | (calls ? THAW_TREE_CALLS : 0));
  timed->in_time_order = TRUE;
  if (!fill_nodes (&walk, timed, open, cancellable, error))
    return NULL;
  thaw_tree_compute_totals (timed);
  return g_steal_pointer (&timed);
}
