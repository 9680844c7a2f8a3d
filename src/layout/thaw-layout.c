/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lays a tree out: sorts the children of every node, walks depth first in that order with a stack of
 * node numbers, and appends each box to its row, so that rows come out sorted by x. Children start at
 * their parent's left edge (in time order, where they began) and are cut off at its right edge; what
 * has no width (totals of zero, less than zero, or lost in rounding) gets no box, and neither has
 * anything below it.
 *
 * 28 bytes a node, plus the levels of detail (thaw-layout-levels.c). Does not look at the view.
 */
#include "thaw-layout-private.h"

#include <string.h>
#include "thaw-order-private.h"

/* Nodes between two looks at the cancellable. */
#define CANCEL_STRIDE 0xffff

/* Counts layouts; wraps after 2^32. */
static int last_serial;

/* Counts the nodes of each depth and leaves the depth of every node in @box_of, where the walk
 * replaces it by the node's box. */
static void
measure_rows (ThawLayout *layout)
{
  const ThawTree *tree = layout->tree;
  guint32 *depth = layout->box_of;
  guint32 deepest = 0, start = 0;

  for (guint32 i = 1; i < tree->n_nodes; i++)
    {
      depth[i] = tree->parent[i] == 0 ? 0 : depth[tree->parent[i]] + 1;
      deepest = MAX (deepest, depth[i]);
    }
  layout->n_rows = tree->n_nodes > 1 ? deepest + 1 : 0;
  layout->row_start = g_new0 (guint32, layout->n_rows + 1);
  layout->row_n = g_new0 (guint32, layout->n_rows + 1);
  for (guint32 i = 1; i < tree->n_nodes; i++)
    layout->row_start[depth[i]]++;
  for (guint32 r = 0; r < layout->n_rows; r++)
    {
      guint32 n = layout->row_start[r];

      layout->row_start[r] = start;
      start += n;
    }
}

/* The walk's state: per depth, where the next box may begin and where its parent ends; and where each
 * node began, when boxes stand in time. */
typedef struct
{
  ThawLayout *layout;
  const double *start; /* (nullable) */
  double *next_x;
  double *limit;
} Walk;

/* Takes @node and all below it out of the picture. */
static void
skip (Walk *walk, guint32 node)
{
  guint32 *box_of = walk->layout->box_of;

  for (guint32 i = node; i < walk->layout->tree->subtree_end[node]; i++)
    box_of[i] = THAW_NODE_NONE;
}

/* Appends the box of @node to its row; FALSE, and nothing appended, when it has no width. */
static gboolean
place (Walk *walk, guint32 node)
{
  ThawLayout *layout = walk->layout;
  guint32 depth = layout->box_of[node];
  double next_x = walk->next_x[depth];
  double x = walk->start != NULL ? MAX (next_x, walk->start[node]) : next_x;
  double end = MIN (x + layout->tree->total[node], walk->limit[depth]);
  guint32 box;

  if (!(end > x))
    {
      skip (walk, node);
      return FALSE;
    }
  box = layout->row_start[depth] + layout->row_n[depth]++;
  layout->x[box] = x;
  layout->end[box] = end;
  layout->node[box] = node;
  layout->frame[box] = layout->tree->frame[node];
  layout->box_of[node] = box;
  walk->next_x[depth] = end;
  walk->next_x[depth + 1] = x;
  walk->limit[depth + 1] = end;
  return TRUE;
}

/* Places all nodes as the tree has them: preorder is the order of the walk. */
static gboolean
walk_in_tree_order (Walk *walk, GCancellable *cancellable, GError **error)
{
  const ThawTree *tree = walk->layout->tree;
  guint32 next_look = 0;

  for (guint32 i = 1; i < tree->n_nodes;)
    {
      i = place (walk, i) ? i + 1 : tree->subtree_end[i];
      if (i < next_look)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      next_look = i + CANCEL_STRIDE;
    }
  return TRUE;
}

/* Places all nodes, the children of each in the order of @sorter. */
static gboolean
walk_sorted (Walk *walk, ThawSorter *sorter, GCancellable *cancellable, GError **error)
{
  g_auto (ThawStack) stack = { 0 };
  guint32 n_seen = 0;

  thaw_sorter_push_children (sorter, 0, &stack);
  while (stack.n > 0)
    {
      guint32 node = stack.nodes[--stack.n];

      if ((n_seen++ & CANCEL_STRIDE) == 0 &&
          g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (place (walk, node))
        thaw_sorter_push_children (sorter, node, &stack);
    }
  return TRUE;
}

static gboolean
fill_rows (ThawLayout *layout,
           const ThawProfile *profile,
           ThawOrder order,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree double *next_x = g_new0 (double, layout->n_rows + 1);
  g_autofree double *limit = g_new0 (double, layout->n_rows + 1);
  g_autoptr (ThawSorter) sorter = NULL;
  Walk walk = { .layout = layout, .next_x = next_x, .limit = limit };

  layout->box_of[0] = THAW_NODE_NONE;
  limit[0] = layout->total;
  if (order == THAW_ORDER_TREE)
    {
      walk.start = layout->tree->start;
      return walk_in_tree_order (&walk, cancellable, error);
    }
  sorter = thaw_sorter_new (profile, layout->tree, order);
  return walk_sorted (&walk, sorter, cancellable, error);
}

/* The length of value space: the tree's total, or until the last box ends where pauses between boxes
 * are no part of the total. */
static double
measure_length (const ThawTree *tree, ThawOrder order)
{
  double length = tree->total[0];

  if (order == THAW_ORDER_TREE && tree->start != NULL)
    for (guint32 i = 1; i < tree->n_nodes; i = tree->subtree_end[i])
      length = MAX (length, tree->start[i] + tree->total[i]);
  return length > 0 ? length : 0;
}

/* Rows at the bottom that got no box at all are no rows. */
static void
drop_empty_rows (ThawLayout *layout)
{
  while (layout->n_rows > 0 && layout->row_n[layout->n_rows - 1] == 0)
    layout->n_rows--;
}

/**
 * thaw_layout_new:
 * @profile: the profile that @tree is of; gives the names to sort by
 * @tree: a reference is kept
 * @order: how siblings stand
 * @cancellable: (nullable): looked at every 65 536 nodes
 * @error: set to %G_IO_ERROR_CANCELLED, nothing else
 *
 * Returns: (transfer full): the layout, %NULL only when cancelled
 */
ThawLayout *
thaw_layout_new (const ThawProfile *profile,
                 ThawTree *tree,
                 ThawOrder order,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (ThawLayout) layout = NULL;
  gsize n;

  g_return_val_if_fail (profile != NULL && tree != NULL, NULL);

  n = tree->n_nodes;
  layout = g_new0 (ThawLayout, 1);
  g_atomic_ref_count_init (&layout->refs);
  layout->serial = (guint) g_atomic_int_add (&last_serial, 1);
  layout->tree = thaw_tree_ref (tree);
  layout->total = measure_length (tree, order);
  layout->x = g_new (double, n);
  layout->end = g_new (double, n);
  layout->node = g_new (guint32, n);
  layout->frame = g_new (guint32, n);
  layout->box_of = g_new (guint32, n);
  measure_rows (layout);
  if (!fill_rows (layout, profile, order, cancellable, error))
    return NULL;
  drop_empty_rows (layout);
  if (!thaw_layout_build_pyramids (layout, cancellable, error))
    return NULL;
  return g_steal_pointer (&layout);
}

ThawLayout *
thaw_layout_ref (ThawLayout *layout)
{
  g_return_val_if_fail (layout != NULL, NULL);
  g_atomic_ref_count_inc (&layout->refs);
  return layout;
}

void
thaw_layout_unref (ThawLayout *layout)
{
  g_return_if_fail (layout != NULL);
  if (!g_atomic_ref_count_dec (&layout->refs))
    return;
  thaw_layout_free_pyramids (layout);
  g_clear_pointer (&layout->tree, thaw_tree_unref);
  g_free (layout->row_start);
  g_free (layout->row_n);
  g_free (layout->x);
  g_free (layout->end);
  g_free (layout->node);
  g_free (layout->frame);
  g_free (layout->box_of);
  g_free (layout);
}

ThawTree *
thaw_layout_get_tree (const ThawLayout *layout)
{
  return layout->tree;
}

guint
thaw_layout_get_serial (const ThawLayout *layout)
{
  return layout->serial;
}

double
thaw_layout_get_total (const ThawLayout *layout)
{
  return layout->total;
}

guint32
thaw_layout_get_n_rows (const ThawLayout *layout)
{
  return layout->n_rows;
}

/* The row of a box: the last one that starts at or before it and is not empty. */
static guint32
row_of (const ThawLayout *layout, guint32 box)
{
  guint32 low = 0, high = layout->n_rows;

  while (high - low > 1)
    {
      guint32 middle = low + (high - low) / 2;

      if (layout->row_start[middle] <= box)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * thaw_layout_get_box:
 * @row: (out) (optional): the depth, 0 for children of the root
 * @x: (out) (optional): left edge, in the profile's unit
 * @width: (out) (optional): width, in the profile's unit; at most the node's total
 *
 * Returns: %FALSE for node 0 and for nodes without width
 */
gboolean
thaw_layout_get_box (const ThawLayout *layout, guint32 node, guint32 *row, double *x, double *width)
{
  guint32 box;

  g_return_val_if_fail (node < layout->tree->n_nodes, FALSE);
  box = layout->box_of[node];
  if (box == THAW_NODE_NONE)
    return FALSE;
  if (row != NULL)
    *row = row_of (layout, box);
  if (x != NULL)
    *x = layout->x[box];
  if (width != NULL)
    *width = layout->end[box] - layout->x[box];
  return TRUE;
}

guint32
thaw_layout_first_ending_after (const ThawLayout *layout, guint32 row, double x)
{
  guint32 low = layout->row_start[row], high = low + layout->row_n[row];

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (layout->end[middle] > x)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/**
 * thaw_layout_hit:
 * @x: in the profile's unit
 * @slop: how far from @x a box may be and still count, in the profile's unit; usually the value of
 *   one pixel, so that a hairline can be hit
 *
 * Returns: the node whose box of @row holds @x, else the nearest within @slop, else %THAW_NODE_NONE
 */
guint32
thaw_layout_hit (const ThawLayout *layout, guint32 row, double x, double slop)
{
  guint32 first, box, end;
  double left, right;

  if (row >= layout->n_rows)
    return THAW_NODE_NONE;
  first = layout->row_start[row];
  end = first + layout->row_n[row];
  box = thaw_layout_first_ending_after (layout, row, x);
  if (box < end && layout->x[box] <= x)
    return layout->node[box];
  left = box > first ? x - layout->end[box - 1] : G_MAXDOUBLE;
  right = box < end ? layout->x[box] - x : G_MAXDOUBLE;
  if (MIN (left, right) > slop)
    return THAW_NODE_NONE;
  return left <= right ? layout->node[box - 1] : layout->node[box];
}

/* The leftmost child of @node that has a box: the first box below to end right of @node's left edge,
 * if it is its. */
static guint32
first_child (const ThawLayout *layout, guint32 node)
{
  guint32 row = 0, box;
  double x = 0;

  if (node != 0)
    {
      if (!thaw_layout_get_box (layout, node, &row, &x, NULL))
        return THAW_NODE_NONE;
      row++;
    }
  if (row >= layout->n_rows)
    return THAW_NODE_NONE;
  box = thaw_layout_first_ending_after (layout, row, x);
  if (box == layout->row_start[row] + layout->row_n[row])
    return THAW_NODE_NONE;
  return layout->tree->parent[layout->node[box]] == node ? layout->node[box] : THAW_NODE_NONE;
}

/**
 * thaw_layout_step:
 * @node: where to walk from; 0 stands above the first row
 *
 * The parent, the leftmost child, or the neighbour in the same row (a sibling or a cousin).
 *
 * Returns: a node with a box, or %THAW_NODE_NONE
 */
guint32
thaw_layout_step (const ThawLayout *layout, guint32 node, ThawStep step)
{
  guint32 box, row, parent;

  if (node >= layout->tree->n_nodes)
    return THAW_NODE_NONE;
  if (step == THAW_STEP_CHILD)
    return first_child (layout, node);
  if (!thaw_layout_get_box (layout, node, &row, NULL, NULL))
    return THAW_NODE_NONE;
  box = layout->box_of[node];
  switch (step)
    {
    case THAW_STEP_PARENT:
      parent = layout->tree->parent[node];
      return parent == 0 ? THAW_NODE_NONE : parent;
    case THAW_STEP_PREVIOUS:
      return box > layout->row_start[row] ? layout->node[box - 1] : THAW_NODE_NONE;
    case THAW_STEP_NEXT:
      return box + 1 < layout->row_start[row] + layout->row_n[row] ? layout->node[box + 1]
                                                                   : THAW_NODE_NONE;
    case THAW_STEP_CHILD:
    default:
      return THAW_NODE_NONE;
    }
}
