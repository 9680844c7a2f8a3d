/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From what a profile stores to the tree that a person wants to see. Everything here is a pure
 * function of immutable data, may run in any thread and can be cancelled.
 */
#pragma once

#include <gio/gio.h>
#include "thaw-profile.h"

G_BEGIN_DECLS

/**
 * ThawTreeOptions:
 * @key: one box per function, or per function and line
 * @time_order: boxes in the order of time, not merged across it; ignored (with plain order) for
 *   threads that have no sequence
 * @epsilon: reconstruction expands down to this share of the thread's total; 0 means
 *   THAW_DEFAULT_EPSILON
 */
typedef struct
{
  ThawTreeKey key;
  gboolean time_order;
  double epsilon;
} ThawTreeOptions;

#define THAW_DEFAULT_EPSILON 1e-4
/* More boxes than this are not laid out in time order; about 1 GB. */
#define THAW_TIME_ORDER_NODES (1u << 25)

/* The tree of one thread, or the merged tree of several; (transfer full). NULL only when cancelled
 * (G_IO_ERROR_CANCELLED) or over THAW_LIMIT_NODES. */
ThawTree *thaw_trees_for_threads (const ThawProfile *profile,
                                  const guint32 *threads,
                                  guint n_threads,
                                  const ThawTreeOptions *options,
                                  GCancellable *cancellable,
                                  GError **error);

/* Re-keys a location tree by function, merging siblings that become equal; (transfer full). */
ThawTree *thaw_trees_by_function (const ThawProfile *profile,
                                  const ThawTree *tree,
                                  GCancellable *cancellable,
                                  GError **error);
/* Union of trees with the same key: equal paths add up; (transfer full). */
ThawTree *
thaw_trees_union (ThawTree *const *trees, guint n_trees, GCancellable *cancellable, GError **error);

/* Sandwich: all callees below any occurrence of @frame as one tree whose only child of the root is
 * @frame (outermost occurrences only, so that recursion counts once); and all its callers, inverted:
 * root → @frame → caller → caller's caller …; (transfer full). */
ThawTree *
thaw_trees_callees (const ThawTree *tree, guint32 frame, GCancellable *cancellable, GError **error);
ThawTree *
thaw_trees_callers (const ThawTree *tree, guint32 frame, GCancellable *cancellable, GError **error);

/* A line of a function with what was spent on it. */
typedef struct
{
  guint32 line;
  double self;
  double total;
} ThawLineCost;
/* The lines inside one box: @node of the function tree that thaw_trees_for_threads() made for these
 * threads, found again in their location trees by path. Sorted by line; (element-type ThawLineCost)
 * (transfer full), empty when the capture has no lines. Line 0 is unknown. */
GArray *thaw_trees_node_lines (const ThawProfile *profile,
                               const guint32 *threads,
                               guint n_threads,
                               const ThawTree *function_tree,
                               guint32 node);
/* The lines of a function over all its call paths, in the same form. NULL only when cancelled. */
GArray *thaw_trees_function_lines (const ThawProfile *profile,
                                   const guint32 *threads,
                                   guint n_threads,
                                   guint32 function,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
