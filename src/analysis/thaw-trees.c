/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-trees.h"

ThawTree *
thaw_trees_for_threads (const ThawProfile *profile, const guint32 *threads, guint n_threads, const ThawTreeOptions *options, GCancellable *cancellable, GError **error)
{
  return NULL;
}

ThawTree *
thaw_trees_by_function (const ThawProfile *profile, const ThawTree *tree, GCancellable *cancellable, GError **error)
{
  return NULL;
}

ThawTree *
thaw_trees_union (ThawTree *const *trees, guint n_trees, GCancellable *cancellable, GError **error)
{
  return NULL;
}

ThawTree *
thaw_trees_callees (const ThawTree *tree, guint32 frame, GCancellable *cancellable, GError **error)
{
  return NULL;
}

ThawTree *
thaw_trees_callers (const ThawTree *tree, guint32 frame, GCancellable *cancellable, GError **error)
{
  return NULL;
}

GArray *
thaw_trees_node_lines (const ThawProfile *profile, const guint32 *threads, guint n_threads, const ThawTree *function_tree, guint32 node)
{
  return NULL;
}

