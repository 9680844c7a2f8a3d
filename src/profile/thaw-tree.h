/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawTree: an immutable calling-context tree in flat columns, in preorder.
 *
 * Node 0 is the root of the thread and stands for no frame; every other node is a frame called
 * from the frame of its parent. A node's subtree is the index range [node, subtree_end[node]), so
 * its first child is node + 1 (if node + 1 < subtree_end[node]) and the next sibling of a child c
 * is subtree_end[c]. Children stand in the order of the tree's maker: first visit, or time.
 * One tree never holds two siblings of one frame, except trees in time order (`in_time_order`).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define THAW_NODE_NONE G_MAXUINT32

/* Frame numbers that stand for no function of the profile; all are >= THAW_FRAME_FIRST_SPECIAL. */
#define THAW_FRAME_ROOT G_MAXUINT32               /* node 0 */
#define THAW_FRAME_PRUNED (G_MAXUINT32 - 1)       /* "(pruned)": too small to have been expanded */
#define THAW_FRAME_UNATTRIBUTED (G_MAXUINT32 - 2) /* "(unattributed)": time no edge explains */
#define THAW_FRAME_FIRST_SPECIAL (G_MAXUINT32 - 15)

/* What the numbers in ThawTree.frame index. */
typedef enum
{
  THAW_KEY_FUNCTION, /* functions of the profile: thaw_profile_get_function() */
  THAW_KEY_LOCATION, /* function and running line: thaw_profile_get_location() */
} ThawTreeKey;

/* Flags of a node, in ThawTree.flags. */
typedef enum
{
  THAW_NODE_ESTIMATED = 1 << 0, /* lower < upper bound: the total is an estimate */
  THAW_NODE_FOLDED = 1 << 1,    /* stands for a folded recursion cycle (shown with ↻) */
} ThawNodeFlags;

/**
 * ThawTree:
 * @n_nodes: length of every column, at least 1
 * @key: what @frame indexes
 * @in_time_order: siblings stand in time order and may repeat a frame
 * @reconstructed: made from caller→callee edges; @lower, @upper and @flags are then set
 * @frame: per node; THAW_FRAME_ROOT for node 0
 * @parent: per node; THAW_NODE_NONE for node 0
 * @subtree_end: per node, one past the last descendant
 * @self: per node, in the profile's unit; time in the frame itself
 * @total: per node, in the profile's unit; self plus all descendants
 * @calls: (nullable): per node, number of calls; %NULL when the capture counts none. Whole numbers
 *   unless @reconstructed
 * @lower: (nullable): per node, hard lower bound of @total
 * @upper: (nullable): per node, hard upper bound of @total
 * @flags: (nullable): per node, #ThawNodeFlags
 * @start: (nullable): per node of a tree in time order, when it began, counted from the thread's first
 *   sample; in the profile's unit
 *
 * Read-only for everyone but its maker. 36 bytes a node with calls, 28 without.
 */
typedef struct
{
  guint32 n_nodes;
  ThawTreeKey key;
  gboolean in_time_order;
  gboolean reconstructed;
  guint32 *frame;
  guint32 *parent;
  guint32 *subtree_end;
  double *self;
  double *total;
  double *calls;
  float *lower;
  float *upper;
  guint8 *flags;
  double *start;
} ThawTree;

/* What optional columns thaw_tree_new() makes. */
typedef enum
{
  THAW_TREE_CALLS = 1 << 0,
  THAW_TREE_BOUNDS = 1 << 1, /* lower, upper and flags */
  THAW_TREE_START = 1 << 2,
} ThawTreeColumns;

ThawTree *thaw_tree_new (guint32 n_nodes, ThawTreeKey key, ThawTreeColumns columns);
ThawTree *thaw_tree_ref (ThawTree *tree);
void thaw_tree_unref (ThawTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawTree, thaw_tree_unref)

void thaw_tree_compute_totals (ThawTree *tree);
guint32 thaw_tree_depth (const ThawTree *tree, guint32 node);
guint32 thaw_tree_max_depth (const ThawTree *tree);

G_END_DECLS
