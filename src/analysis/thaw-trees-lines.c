/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines inside one box. A box of a function tree stands for all location nodes whose path has the
 * same functions; they are found by walking the location trees in preorder and skipping every subtree
 * that leaves the path, so that only nodes on the path and their children are looked at.
 */
#include "thaw-trees.h"

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

/* Adds @node of a location tree to the costs by line. */
static void
add_cost (GHashTable *costs, guint32 line, const ThawTree *tree, guint32 node)
{
  ThawLineCost *cost = g_hash_table_lookup (costs, GUINT_TO_POINTER (line));
  if (cost == NULL)
    {
      cost = g_new0 (ThawLineCost, 1);
      cost->line = line;
      g_hash_table_insert (costs, GUINT_TO_POINTER (line), cost);
    }
  cost->self += tree->self[node];
  cost->total += tree->total[node];
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
          add_cost (costs, location->line, tree, i);
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

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const ThawLineCost *x = a, *y = b;
  return (x->line > y->line) - (x->line < y->line);
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
 * Returns: (element-type ThawLineCost) (transfer full): sorted by line; empty when no line is known
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

  GArray *lines = g_array_new (FALSE, FALSE, sizeof (ThawLineCost));
  if (node == 0 || function_tree->frame[node] >= THAW_FRAME_FIRST_SPECIAL ||
      !thaw_profile_has_lines (profile))
    return lines;

  guint32 depth;
  g_autofree guint32 *path = path_of (function_tree, node, &depth);
  g_autoptr (GHashTable) costs = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < n_threads; i++)
    {
      const ThawTree *tree = thaw_profile_get_location_tree (profile, threads[i]);
      if (tree != NULL)
        collect (profile, tree, path, depth, costs);
    }

  GHashTableIter iter;
  gpointer cost;
  g_hash_table_iter_init (&iter, costs);
  while (g_hash_table_iter_next (&iter, NULL, &cost))
    if (((ThawLineCost *) cost)->line != 0)
      g_array_append_vals (lines, cost, 1);
  g_array_sort (lines, compare_lines);
  return lines;
}
