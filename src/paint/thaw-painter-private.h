/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the two ways of painting share: the visible boxes of a scene, and what each looks like. All
 * lengths are in device pixels.
 */
#pragma once

#include "thaw-labels-private.h"
#include "thaw-painter.h"

G_BEGIN_DECLS

#define THAW_MIN_LABEL_PX 24 /* logical; narrower boxes have no label */

typedef enum
{
  THAW_LOOK_HATCHED = 1 << 0, /* its total is an estimate */
  THAW_LOOK_DASHED = 1 << 1,  /* stands for no function: (pruned), (unattributed) */
  THAW_LOOK_FRAMED = 1 << 2,  /* high contrast: outlined in the colour of its text */
  THAW_LOOK_DIMMED = 1 << 3,  /* does not match the search */
} ThawLookFlags;

typedef struct
{
  ThawRgb fill;
  ThawRgb text; /* set for boxes wide enough for a label, and framed or dashed ones */
  ThawLookFlags flags;
} ThawLook;

struct _ThawPainter
{
  double scale;
  ThawLabels *labels;
  GArray *boxes;         /* ThawBox of one row, used again */
  GArray *looks;         /* ThawLook of each */
  GBytes *lit;           /* while searching: a byte per frame of the tree; else NULL */
  GHashTable *lit_boxes; /* serial of a layout → what thaw_layout_find_lit() found for it */
};

/* The lines of a hatch, a fill away from the text's colour, so that the text stays as readable. */
ThawRgb thaw_look_hatch (const ThawLook *look);
/* First and one past the last row that shows. */
void thaw_scene_visible_rows (const ThawScene *scene, guint32 *row0, guint32 *row1);
/* Before the first row of a picture. */
void thaw_painter_begin (ThawPainter *painter, const ThawScene *scene);
/* Puts the boxes of one row, in device pixels, into @painter, and how each looks. */
void thaw_painter_collect (ThawPainter *painter, const ThawScene *scene, guint32 row);
/* Adds the label of a box, if it is wide enough. */
void thaw_painter_label (ThawPainter *painter,
                         const ThawScene *scene,
                         const ThawBox *box,
                         const ThawLook *look,
                         double y,
                         double height);

G_END_DECLS
