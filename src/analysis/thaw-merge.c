/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The merge engine behind every tree that analysis makes. An arena (see thaw-arena.h) finds equal paths
 * and numbers them in preorder, siblings in the order in which they were first met.
 */
#include "thaw-merge-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-error.h"
#include "thaw-profile-builder.h"

/* Prepares an engine with an empty arena. */
void
thaw_merge_init (ThawMerge *merge)
{
  *merge = (ThawMerge){ .budget = THAW_LIMIT_NODES };
  thaw_arena_init (&merge->arena, &merge->budget);
}

/* Frees everything the engine holds. The budget is part of the engine: it must not be moved. */
void
thaw_merge_clear (ThawMerge *merge)
{
  thaw_arena_clear (&merge->arena);
}

/* For loops over nodes: asks now and then whether to stop. FALSE with error when cancelled. */
gboolean
thaw_merge_tick (guint32 i, GCancellable *cancellable, GError **error)
{
  return (i & 0xffff) != 0 || !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Says that a tree would have more nodes than Thaw accepts. */
void
thaw_merge_set_limit_error (GError **error)
{
  thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                  _ ("The call tree is too large to be shown"));
}

/* Gives every node of @tree a place in the arena, under the place of its parent. @frame_map
 * (nullable) gives the new frame per frame; special frames stay. Returns the place per node
 * (transfer full), NULL with error when cancelled or too large. */
guint32 *
thaw_merge_place (ThawMerge *merge,
                  const ThawTree *tree,
                  const guint32 *frame_map,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree guint32 *map = g_try_new (guint32, tree->n_nodes);
  if (map == NULL)
    {
      thaw_merge_set_limit_error (error);
      return NULL;
    }

  map[0] = 0;
  for (guint32 i = 1; i < tree->n_nodes; i++)
    {
      guint32 frame = tree->frame[i];
      if (frame_map != NULL && frame < THAW_FRAME_FIRST_SPECIAL)
        frame = frame_map[frame];
      map[i] = thaw_arena_child (&merge->arena, map[tree->parent[i]], frame);
      if (map[i] == THAW_NODE_NONE)
        {
          thaw_merge_set_limit_error (error);
          return NULL;
        }
      if (!thaw_merge_tick (i, cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&map);
}

/* Makes the tree of the arena, all numbers zero. Nothing can be placed afterwards. */
ThawTree *
thaw_merge_lay_out (ThawMerge *merge, ThawTreeKey key, ThawTreeColumns columns)
{
  ThawTree *tree = thaw_tree_new (merge->arena.n_nodes, key, columns);
  thaw_arena_number (&merge->arena);
  thaw_arena_write_links (&merge->arena, tree);
  return tree;
}

/* Adds the numbers of @tree to @into through @map (places; THAW_NODE_NONE: left out). A tree without
 * bounds is exact: its totals are its bounds. */
void
thaw_merge_add (const ThawMerge *merge, ThawTree *into, const ThawTree *tree, const guint32 *map)
{
  for (guint32 i = 0; i < tree->n_nodes; i++)
    {
      if (map[i] == THAW_NODE_NONE)
        continue;
      guint32 at = thaw_arena_number_of (&merge->arena, map[i]);
      into->self[at] += tree->self[i];
      if (into->calls != NULL && tree->calls != NULL)
        into->calls[at] += tree->calls[i];
      if (into->flags != NULL)
        {
          into->lower[at] += tree->lower != NULL ? tree->lower[i] : (float) tree->total[i];
          into->upper[at] += tree->upper != NULL ? tree->upper[i] : (float) tree->total[i];
          into->flags[at] |= tree->flags != NULL ? tree->flags[i] : 0;
        }
    }
}

/* Computes totals, and mends what rounding to float did to the bounds: they hold the total, and are
 * equal to it where nothing is estimated. */
void
thaw_merge_finish (ThawTree *tree)
{
  thaw_tree_compute_totals (tree);
  if (tree->flags == NULL)
    return;
  tree->reconstructed = TRUE;
  for (guint32 i = 0; i < tree->n_nodes; i++)
    {
      float total = (float) tree->total[i];
      gboolean estimated = (tree->flags[i] & THAW_NODE_ESTIMATED) != 0;
      tree->lower[i] = estimated ? MIN (tree->lower[i], total) : total;
      tree->upper[i] = estimated ? MAX (tree->upper[i], total) : total;
    }
}
