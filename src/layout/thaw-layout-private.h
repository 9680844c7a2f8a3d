/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inside of a ThawLayout, shared by the file that builds one, the file that draws up its levels
 * of detail, and the file that reads it.
 */
#pragma once

#include "thaw-layout.h"

G_BEGIN_DECLS

/* One box, or a run of boxes that together are narrower than the resolution of its level. */
typedef struct
{
  double x;      /* left edge */
  float extent;  /* from the left edge of the first to the right edge of the last */
  float covered; /* sum of the widths */
  float widest;  /* width of the widest */
  guint32 node;  /* the widest */
  guint32 frame; /* of that node */
  guint32 count;
} ThawRun;

/* A row seen from further away: its boxes with those merged that are narrower than @resolution. */
typedef struct
{
  double resolution;
  guint32 n;
  ThawRun *runs;
} ThawLevel;

/* Levels of one wide row, coarsest first; each is four times finer than the one before. */
typedef struct
{
  guint n;
  ThawLevel *levels;
} ThawPyramid;

/* Boxes of row r are the elements [row_start[r], row_start[r] + row_n[r]) of @x, @end, @node
 * and @frame, disjoint and from left to right. @end and not the width is stored, so that neighbours and
 * ancestors share edges to the last bit. */
struct _ThawLayout
{
  gatomicrefcount refs;
  guint serial;
  ThawTree *tree;
  double total;
  guint32 n_rows;
  guint32 *row_start;
  guint32 *row_n;
  double *x;
  double *end;
  guint32 *node;
  guint32 *frame;  /* of the node; the tree's own column is far from box to box */
  guint32 *box_of; /* per node of the tree: its index in the columns above, or THAW_NODE_NONE */
  ThawPyramid *pyramids; /* per row; without levels for narrow rows */
};

/* Index of the first box of @row that ends right of @x; one past the row's last when none does. */
guint32 thaw_layout_first_ending_after (const ThawLayout *layout, guint32 row, double x);

gboolean thaw_layout_build_pyramids (ThawLayout *layout, GCancellable *cancellable, GError **error);
void thaw_layout_free_pyramids (ThawLayout *layout);

G_END_DECLS
