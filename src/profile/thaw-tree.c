/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-tree.h"

ThawTree *
thaw_tree_new (guint32 n_nodes, ThawTreeKey key, ThawTreeColumns columns)
{
  return NULL;
}

ThawTree *
thaw_tree_ref (ThawTree *tree)
{
  return NULL;
}

void
thaw_tree_unref (ThawTree *tree)
{
}

void
thaw_tree_compute_totals (ThawTree *tree)
{
}

guint32
thaw_tree_depth (const ThawTree *tree, guint32 node)
{
  return 0;
}

guint32
thaw_tree_max_depth (const ThawTree *tree)
{
  return 0;
}

