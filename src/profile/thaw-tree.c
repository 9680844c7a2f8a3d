/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Memory and the few computations that every ThawTree shares. Columns are separate zeroed blocks:
 * large ones are fresh pages, which cost no memory until they are written, so that a maker may drop
 * its own working memory column by column while it fills a tree.
 */
#include "thaw-tree.h"

typedef struct
{
  ThawTree tree; /* first, so that the pointers are the same */
  gatomicrefcount ref_count;
} TreeBlock;

/**
 * thaw_tree_new:
 * @n_nodes: number of nodes, the root included; at least 1
 * @key: what frame numbers index
 * @columns: which optional columns to make
 *
 * Makes a tree whose columns are all zero, for its maker to fill. Node 0 is already the root: it has
 * %THAW_FRAME_ROOT and no parent.
 *
 * Returns: (transfer full): the tree
 */
ThawTree *
thaw_tree_new (guint32 n_nodes, ThawTreeKey key, ThawTreeColumns columns)
{
  g_return_val_if_fail (n_nodes >= 1, NULL);

  TreeBlock *block = g_new0 (TreeBlock, 1);
  ThawTree *tree = &block->tree;
  g_atomic_ref_count_init (&block->ref_count);
  tree->n_nodes = n_nodes;
  tree->key = key;
  tree->frame = g_new0 (guint32, n_nodes);
  tree->parent = g_new0 (guint32, n_nodes);
  tree->subtree_end = g_new0 (guint32, n_nodes);
  tree->self = g_new0 (double, n_nodes);
  tree->total = g_new0 (double, n_nodes);
  if (columns & THAW_TREE_CALLS)
    tree->calls = g_new0 (double, n_nodes);
  if (columns & THAW_TREE_BOUNDS)
    {
      tree->lower = g_new0 (float, n_nodes);
      tree->upper = g_new0 (float, n_nodes);
      tree->flags = g_new0 (guint8, n_nodes);
    }
  if (columns & THAW_TREE_START)
    tree->start = g_new0 (double, n_nodes);
  tree->frame[0] = THAW_FRAME_ROOT;
  tree->parent[0] = THAW_NODE_NONE;
  tree->subtree_end[0] = n_nodes;
  return tree;
}

/**
 * thaw_tree_ref:
 * @tree: a tree
 *
 * Returns: (transfer full): @tree, with one reference more
 */
ThawTree *
thaw_tree_ref (ThawTree *tree)
{
  g_return_val_if_fail (tree != NULL, NULL);

  g_atomic_ref_count_inc (&((TreeBlock *) tree)->ref_count);
  return tree;
}

/**
 * thaw_tree_unref:
 * @tree: (transfer full): a tree
 *
 * Gives up a reference; the last one frees the tree.
 */
void
thaw_tree_unref (ThawTree *tree)
{
  g_return_if_fail (tree != NULL);

  if (!g_atomic_ref_count_dec (&((TreeBlock *) tree)->ref_count))
    return;
  g_free (tree->frame);
  g_free (tree->parent);
  g_free (tree->subtree_end);
  g_free (tree->self);
  g_free (tree->total);
  g_free (tree->calls);
  g_free (tree->lower);
  g_free (tree->upper);
  g_free (tree->flags);
  g_free (tree->start);
  g_free ((TreeBlock *) tree);
}

/**
 * thaw_tree_compute_totals:
 * @tree: a tree whose parents and self values are filled
 *
 * Sets every total to the node's self value plus its children's totals. In preorder a parent comes
 * before its children, so one loop from the end is enough.
 */
void
thaw_tree_compute_totals (ThawTree *tree)
{
  g_return_if_fail (tree != NULL);

  for (guint32 node = 0; node < tree->n_nodes; node++)
    tree->total[node] = tree->self[node];
  for (guint32 node = tree->n_nodes - 1; node > 0; node--)
    tree->total[tree->parent[node]] += tree->total[node];
}

/**
 * thaw_tree_depth:
 * @tree: a tree
 * @node: a node of it
 *
 * Returns: the number of frames from the root to @node; 0 for the root
 */
guint32
thaw_tree_depth (const ThawTree *tree, guint32 node)
{
  g_return_val_if_fail (tree != NULL && node < tree->n_nodes, 0);

  guint32 depth = 0;
  for (; node > 0; node = tree->parent[node])
    depth++;
  return depth;
}

/**
 * thaw_tree_max_depth:
 * @tree: a tree
 *
 * One walk in preorder. The depth is followed by the parents: the next node is either a child of the
 * one before or a child of one of its ancestors.
 *
 * Returns: the greatest depth of any node; 0 for a tree of the root only
 */
guint32
thaw_tree_max_depth (const ThawTree *tree)
{
  g_return_val_if_fail (tree != NULL, 0);

  guint32 deepest = 0, depth = 0;
  for (guint32 node = 1; node < tree->n_nodes; node++)
    {
      for (guint32 at = node - 1; at != tree->parent[node]; at = tree->parent[at])
        depth--;
      depth++;
      deepest = MAX (deepest, depth);
    }
  return deepest;
}
