/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines inside one box, and inside one function. A box of a function tree stands for all location
 * nodes whose path has the same functions; they are found by walking the location trees in preorder
 * and skipping every subtree that leaves the path, so that only nodes on the path and their children
 * are looked at. A function's lines take one pass over each tree.
 */
#include "thaw-trees.h"

#include "thaw-merge-private.h"

/* The functions from the root to @node, root left out; (transfer full), *depth is their number. */
static guint32 *
path_of (const ThawTree *tree, guint32 node, guint32 *depth)
{
  *depth = thaw_tree_depth (tree, node);
  guint32 *path = g_new (guint32, *depth + 1);
  for (guint32 i = *depth; i > 0; node = tree->parent[node])
    path[--i] = tree->frame[node];
  return path;
}

/* A line's cost while it is summed. @open_until is the end of the subtree of the line's last node that
 * counted, in the tree at hand. */
typedef struct
{
  ThawLineCost cost;
  guint32 open_until;
} OpenCost;

/* Costs by line: a table from lines to OpenCost. */
static GHashTable *
costs_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

/* Adds @node, running @line. Its total counts when no node of the same line lies above it. */
static void
costs_add (GHashTable *costs, guint32 line, const ThawTree *tree, guint32 node)
{
  OpenCost *open = g_hash_table_lookup (costs, GUINT_TO_POINTER (line));
  if (open == NULL)
    {
      open = g_new0 (OpenCost, 1);
      open->cost.line = line;
      g_hash_table_insert (costs, GUINT_TO_POINTER (line), open);
    }
  open->cost.self += tree->self[node];
  if (node < open->open_until)
    return;
  open->cost.total += tree->total[node];
  open->open_until = tree->subtree_end[node];
}

/* Forgets which lines are open, before another tree. */
static void
costs_close (GHashTable *costs)
{
  GHashTableIter iter;
  gpointer open;
  g_hash_table_iter_init (&iter, costs);
  while (g_hash_table_iter_next (&iter, NULL, &open))
    ((OpenCost *) open)->open_until = 0;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const ThawLineCost *x = a, *y = b;
  return (x->line > y->line) - (x->line < y->line);
}

/* The costs in the order of lines; (transfer full). */
static GArray *
costs_sorted (GHashTable *costs)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (ThawLineCost));
  GHashTableIter iter;
  gpointer open;
  g_hash_table_iter_init (&iter, costs);
  while (g_hash_table_iter_next (&iter, NULL, &open))
    g_array_append_val (lines, ((OpenCost *) open)->cost);
  g_array_sort (lines, compare_lines);
  return lines;
}

/* Adds all nodes of @tree whose functions are @path. */
static void
collect (const ThawProfile *profile,
         const ThawTree *tree,
         const guint32 *path,
         guint32 depth,
         GHashTable *costs)
{
  /* Ends of the subtrees that are open, one a level; on the path all the way. */
  g_autofree guint32 *end = g_new (guint32, depth + 1);
  guint32 level = 0;
  end[0] = tree->n_nodes;
  for (guint32 i = 1; i < tree->n_nodes;)
    {
      while (i >= end[level])
        level--;
      const ThawLocation *location = thaw_profile_get_location (profile, tree->frame[i]);
      if (location->function != path[level])
        {
          i = tree->subtree_end[i];
        }
      else if (level + 1 == depth)
        {
          costs_add (costs, location->line, tree, i);
          i = tree->subtree_end[i];
        }
      else
        {
          level++;
          end[level] = tree->subtree_end[i];
          i++;
        }
    }
}

/**
 * thaw_trees_node_lines:
 * @profile: a profile
 * @threads: (array length=n_threads): the threads that @function_tree was made from
 * @n_threads: how many
 * @function_tree: a tree keyed by function
 * @node: a node of it
 *
 * What each line of one box took, over the whole capture: in a tree in time order the box stands for
 * all boxes of its path. Self times are those of the line itself, totals include what it called.
 *
 * Returns: (element-type ThawLineCost) (transfer full): sorted by line, 0 where it is not known; empty
 *   when the capture has no lines
 */
GArray *
thaw_trees_node_lines (const ThawProfile *profile,
                       const guint32 *threads,
                       guint n_threads,
                       const ThawTree *function_tree,
                       guint32 node)
{
  g_return_val_if_fail (profile != NULL && function_tree != NULL, NULL);
  g_return_val_if_fail (function_tree->key == THAW_KEY_FUNCTION, NULL);
  g_return_val_if_fail (node < function_tree->n_nodes, NULL);

  g_autoptr (GHashTable) costs = costs_new ();
  if (node == 0 || function_tree->frame[node] >= THAW_FRAME_FIRST_SPECIAL ||
      !thaw_profile_has_lines (profile))
    return costs_sorted (costs);

  guint32 depth;
  g_autofree guint32 *path = path_of (function_tree, node, &depth);
  for (guint i = 0; i < n_threads; i++)
    {
      const ThawTree *tree = thaw_profile_get_location_tree (profile, threads[i]);
      if (tree != NULL)
        collect (profile, tree, path, depth, costs);
      costs_close (costs);
    }
  return costs_sorted (costs);
}

/* Adds what one thread's tree spent in @function. */
static gboolean
collect_function (const ThawProfile *profile,
                  const ThawTree *tree,
                  guint32 function,
                  GHashTable *costs,
                  GCancellable *cancellable,
                  GError **error)
{
  for (guint32 i = 1; i < tree->n_nodes; i++)
    {
      if (!thaw_merge_tick (i, cancellable, error))
        return FALSE;
      const ThawLocation *location = thaw_profile_get_location (profile, tree->frame[i]);
      if (location->function == function)
        costs_add (costs, location->line, tree, i);
    }
  costs_close (costs);
  return TRUE;
}

/**
 * thaw_trees_function_lines:
 * @profile: a profile
 * @threads: (array length=n_threads): indices of threads
 * @n_threads: how many
 * @function: a function of the profile
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * What each line of a function took over all call paths. A line's total is the time in which it was
 * running or waiting for what it called; a line that is reached again from itself counts once. Self
 * times sum to the function's self time.
 *
 * Returns: (element-type ThawLineCost) (transfer full): sorted by line, 0 where it is not known; empty
 *   when the capture has no lines; %NULL with %G_IO_ERROR_CANCELLED
 */
GArray *
thaw_trees_function_lines (const ThawProfile *profile,
                           const guint32 *threads,
                           guint n_threads,
                           guint32 function,
                           GCancellable *cancellable,
                           GError **error)
{
  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (threads != NULL || n_threads == 0, NULL);

  g_autoptr (GHashTable) costs = costs_new ();
  for (guint i = 0; thaw_profile_has_lines (profile) && i < n_threads; i++)
    {
      const ThawTree *tree = thaw_profile_get_location_tree (profile, threads[i]);
      if (tree != NULL && !collect_function (profile, tree, function, costs, cancellable, error))
        return NULL;
    }
  return costs_sorted (costs);
}
