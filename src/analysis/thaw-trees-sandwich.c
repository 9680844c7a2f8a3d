/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The two halves of a sandwich: everything that one function calls, and everything that calls it.
 * Both count *outermost* occurrences only: those with no other occurrence of the frame above them.
 * In preorder an occurrence is outermost when the subtree of the last outermost one is over.
 */
#include "thaw-trees.h"

#include "thaw-merge-private.h"

/* The next outermost occurrence of @frame at or after *@node, or FALSE. */
static gboolean
next_outermost (const ThawTree *tree, guint32 frame, guint32 *node)
{
  guint32 i = *node;
  while (i < tree->n_nodes && tree->frame[i] != frame)
    i++;
  *node = i;
  return i < tree->n_nodes;
}

static ThawTreeColumns
columns_of (const ThawTree *tree)
{
  return (tree->calls != NULL ? THAW_TREE_CALLS : 0) | (tree->flags != NULL ? THAW_TREE_BOUNDS : 0);
}

/**
 * thaw_trees_callees:
 * @tree: a tree
 * @frame: a frame number of its key
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Puts the subtrees of all outermost occurrences of @frame on top of each other. The result's root
 * has one child, @frame, whose total is the function's total time; the root alone when @frame does
 * not occur.
 *
 * Returns: (transfer full): the tree; %NULL with %G_IO_ERROR_CANCELLED or %THAW_ERROR_LIMIT
 */
ThawTree *
thaw_trees_callees (const ThawTree *tree, guint32 frame, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (tree != NULL, NULL);

  g_auto (ThawMerge) merge;
  thaw_merge_init (&merge);
  g_autofree guint32 *map = g_try_new (guint32, tree->n_nodes);
  if (map == NULL)
    {
      thaw_merge_set_limit_error (error);
      return NULL;
    }

  guint32 end = 0; /* of the outermost occurrence that is open */
  for (guint32 i = 0; i < tree->n_nodes; i++)
    {
      map[i] = THAW_NODE_NONE;
      if (!thaw_merge_tick (i, cancellable, error))
        return NULL;
      if (i >= end && tree->frame[i] != frame)
        continue;
      guint32 parent = i >= end ? 0 : map[tree->parent[i]];
      if (i >= end)
        end = tree->subtree_end[i];
      map[i] = thaw_arena_child (&merge.arena, parent, tree->frame[i]);
      if (map[i] == THAW_NODE_NONE)
        {
          thaw_merge_set_limit_error (error);
          return NULL;
        }
    }

  g_autoptr (ThawTree) callees = thaw_merge_lay_out (&merge, tree->key, columns_of (tree));
  thaw_merge_add (&merge, callees, tree, map);
  thaw_merge_finish (callees);
  return g_steal_pointer (&callees);
}

/* Gives the chain of callers above @node a place in the arena; returns the place of its end. */
static guint32
place_callers (ThawMerge *merge,
               const ThawTree *tree,
               guint32 node,
               GCancellable *cancellable,
               GError **error)
{
  guint32 place = 0;
  for (guint32 step = 1; node != 0; node = tree->parent[node], step++)
    {
      place = thaw_arena_child (&merge->arena, place, tree->frame[node]);
      if (place == THAW_NODE_NONE)
        {
          thaw_merge_set_limit_error (error);
          return THAW_NODE_NONE;
        }
      if (!thaw_merge_tick (step, cancellable, error))
        return THAW_NODE_NONE;
    }
  return place;
}

/* Adds an occurrence to the end of its chain of callers. */
static void
add_occurrence (ThawTree *callers, guint32 end, const ThawTree *tree, guint32 node)
{
  callers->self[end] += tree->total[node];
  if (callers->calls != NULL)
    callers->calls[end] += tree->calls[node];
  if (callers->flags != NULL)
    {
      callers->lower[end] += tree->lower[node];
      callers->upper[end] += tree->upper[node];
      callers->flags[end] |= tree->flags[node] & THAW_NODE_ESTIMATED;
    }
}

/* Hands what was added at the ends of chains on to every box on the way. */
static void
sum_chains (ThawTree *callers)
{
  for (guint32 i = callers->n_nodes - 1; i > 0; i--)
    {
      guint32 parent = callers->parent[i];
      if (callers->calls != NULL && parent != 0)
        callers->calls[parent] += callers->calls[i];
      if (callers->flags != NULL)
        {
          callers->lower[parent] += callers->lower[i];
          callers->upper[parent] += callers->upper[i];
          callers->flags[parent] |= callers->flags[i];
        }
    }
}

/**
 * thaw_trees_callers:
 * @tree: a tree
 * @frame: a frame number of its key
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * The inverted tree: root → @frame → its callers → their callers … The total of a box is the total
 * time of those outermost occurrences of @frame that were reached through exactly the callers from
 * @frame to the box; its self value is the part of it for which the chain ends there, in a frame
 * that nobody called. So totals are sums of children and self values as in any tree, and the root's
 * total is the function's total time. Calls are those of @frame that came through the box.
 *
 * Takes time in proportion to the summed depths of the occurrences.
 *
 * Returns: (transfer full): the tree; %NULL with %G_IO_ERROR_CANCELLED or %THAW_ERROR_LIMIT
 */
ThawTree *
thaw_trees_callers (const ThawTree *tree, guint32 frame, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (tree != NULL, NULL);

  g_auto (ThawMerge) merge;
  thaw_merge_init (&merge);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 node = 1; next_outermost (tree, frame, &node); node = tree->subtree_end[node])
    {
      guint32 end = place_callers (&merge, tree, node, cancellable, error);
      if (end == THAW_NODE_NONE)
        return NULL;
      g_array_append_val (found, node);
      g_array_append_val (ends, end);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }

  g_autoptr (ThawTree) callers = thaw_merge_lay_out (&merge, tree->key, columns_of (tree));
  for (guint i = 0; i < found->len; i++)
    {
      guint32 end = thaw_arena_number_of (&merge.arena, g_array_index (ends, guint32, i));
      add_occurrence (callers, end, tree, g_array_index (found, guint32, i));
    }
  sum_chains (callers);
  thaw_merge_finish (callers);
  return g_steal_pointer (&callers);
}
