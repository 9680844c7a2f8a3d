/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawLayout: a call tree as rows of boxes in value space.
 *
 * Three spaces: *value space* (x in the profile's unit, 0 … total; depth 0 is the children of the
 * tree's root), *view space* (x_px 0 … width_px, y in rows), and the screen, which is the painter's.
 * A layout holds, per depth, the left edges, widths and nodes of its boxes sorted by x, with a
 * level-of-detail pyramid over wide rows, so that collecting what is visible costs the number of
 * pixels and not the number of nodes. Immutable; usable from any thread. No cairo.
 */
#pragma once

#include <gio/gio.h>
#include "thaw-profile.h"

G_BEGIN_DECLS

typedef enum
{
  THAW_ORDER_HEAVIEST,     /* by total, greatest first */
  THAW_ORDER_ALPHABETICAL, /* by name, then file */
  THAW_ORDER_TREE,         /* as the tree has them; trees in time order: where they began */
} ThawOrder;

typedef struct _ThawLayout ThawLayout;

/* Lays @tree (a reference is kept) out. NULL only when cancelled. */
ThawLayout *thaw_layout_new (const ThawProfile *profile,
                             ThawTree *tree,
                             ThawOrder order,
                             GCancellable *cancellable,
                             GError **error);
ThawLayout *thaw_layout_ref (ThawLayout *layout);
void thaw_layout_unref (ThawLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawLayout, thaw_layout_unref)

ThawTree *thaw_layout_get_tree (const ThawLayout *layout); /* (transfer none) */
/* The length of value space: the tree's total; with boxes in time, until the last one ends. */
double thaw_layout_get_total (const ThawLayout *layout);
guint32 thaw_layout_get_n_rows (const ThawLayout *layout);
/* Where a node lies in value space; FALSE for node 0 and nodes without width. */
gboolean thaw_layout_get_box (const ThawLayout *layout,
                              guint32 node,
                              guint32 *row,
                              double *x,
                              double *width);

/**
 * ThawBox:
 * @x_px: left edge, clipped to -2
 * @width_px: clipped so that the right edge is at most the view's width_px + 2
 * @cover: share of the width that is covered by boxes; 1 unless several were merged
 * @row: the depth
 * @node: the node; the widest of those merged
 * @frame: the frame of @node, saved from a far look into the tree
 * @n_merged: more than 1 when several boxes, together at most a pixel wide, are drawn as one
 *
 * A visible box in view space.
 */
typedef struct
{
  float x_px;
  float width_px;
  float cover;
  guint32 row;
  guint32 node;
  guint32 frame;
  guint32 n_merged;
} ThawBox;

/* The part of value space that is shown: [x0, x1) of value over width_px pixels. */
typedef struct
{
  double x0;
  double x1;
  double width_px;
} ThawView;

/* Appends the boxes of rows [row0, row0 + n_rows) inside @view to @boxes (element-type ThawBox),
 * row by row, left to right. */
void thaw_layout_collect (const ThawLayout *layout,
                          const ThawView *view,
                          guint32 row0,
                          guint32 n_rows,
                          GArray *boxes);
/* The boxes whose frame is @lit (a byte per frame number), for thaw_layout_prefer(), which makes each
 * of @boxes that stands for several stand for a lit one, where there is one. */
GArray *thaw_layout_find_lit (const ThawLayout *layout, const guint8 *lit);
void thaw_layout_prefer (const ThawLayout *layout,
                         const ThawView *view,
                         const GArray *lit,
                         GArray *boxes);
/* A number that no other layout of this process ever has. */
guint thaw_layout_get_serial (const ThawLayout *layout);
/* The node at value @x in @row, or THAW_NODE_NONE. Between boxes thinner than @slop (value space)
 * the nearest counts. */
guint32 thaw_layout_hit (const ThawLayout *layout, guint32 row, double x, double slop);

/* Walking for the keyboard; THAW_NODE_NONE where there is nothing. Neighbours are in laid-out order. */
typedef enum
{
  THAW_STEP_PARENT,
  THAW_STEP_CHILD,
  THAW_STEP_PREVIOUS,
  THAW_STEP_NEXT
} ThawStep;
guint32 thaw_layout_step (const ThawLayout *layout, guint32 node, ThawStep step);

/* View arithmetic: all clamp to [0, total] and to a smallest span of total × 1e-9. */
void thaw_view_clamp (ThawView *view, double total);
void
thaw_view_zoom (ThawView *view, double total, double at_px, double factor); /* factor > 1: closer */
void thaw_view_pan (ThawView *view, double total, double by_px);
void thaw_view_fit (ThawView *view, double total, double x, double width);
/* Between two views at @t 0 … 1, geometric in span so that zooming feels even. */
void thaw_view_mix (const ThawView *from, const ThawView *to, double t, ThawView *result);
double thaw_view_to_px (const ThawView *view, double x);
double thaw_view_to_value (const ThawView *view, double x_px);

G_END_DECLS
