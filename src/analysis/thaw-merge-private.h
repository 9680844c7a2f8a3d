/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Merging call trees: many nodes of old trees become one node of a new tree.
 *
 * Merging goes in two steps. First every old node that counts is given a place in an arena, where
 * equal paths meet; the caller does this, because each kind of merging walks differently, and keeps
 * the place of each node in a map. Then thaw_merge_lay_out() turns the arena into an empty tree in
 * preorder, and thaw_merge_add() adds the numbers of a tree through its map.
 */
#pragma once

#include <gio/gio.h>
#include "thaw-arena.h"
#include "thaw-tree.h"

G_BEGIN_DECLS

typedef struct
{
  ThawArena arena;
  guint64 budget;
} ThawMerge;

void thaw_merge_init (ThawMerge *merge);
void thaw_merge_clear (ThawMerge *merge);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ThawMerge, thaw_merge_clear)

gboolean thaw_merge_tick (guint32 i, GCancellable *cancellable, GError **error);
void thaw_merge_set_limit_error (GError **error);
guint32 *thaw_merge_place (ThawMerge *merge,
                           const ThawTree *tree,
                           const guint32 *frame_map,
                           GCancellable *cancellable,
                           GError **error);
ThawTree *thaw_merge_lay_out (ThawMerge *merge, ThawTreeKey key, ThawTreeColumns columns);
void
thaw_merge_add (const ThawMerge *merge, ThawTree *into, const ThawTree *tree, const guint32 *map);
void thaw_merge_finish (ThawTree *tree);

G_END_DECLS
