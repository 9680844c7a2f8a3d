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

struct _ThawPainter
{
  double scale;
  ThawLabels *labels;
  GArray *boxes; /* ThawBox of one row, used again */
};

typedef enum
{
  THAW_LOOK_HATCHED = 1 << 0, /* its total is an estimate */
  THAW_LOOK_DASHED = 1 << 1,  /* stands for no function: (pruned), (unattributed) */
  THAW_LOOK_FRAMED = 1 << 2,  /* high contrast: outlined in the colour of its text */
} ThawLookFlags;

typedef struct
{
  ThawRgb fill;
  ThawRgb text;
  ThawLookFlags flags;
} ThawLook;

/* The lines of a hatch, a fill away from the text's colour, so that the text stays as readable. */
ThawRgb thaw_look_hatch (const ThawLook *look);
ThawLook thaw_scene_look (const ThawScene *scene, const ThawBox *box);
/* First and one past the last row that shows. */
void thaw_scene_visible_rows (const ThawScene *scene, guint32 *row0, guint32 *row1);
/* The boxes of one row, in device pixels, in painter->boxes. */
void thaw_painter_collect (ThawPainter *painter, const ThawScene *scene, guint32 row);
/* Adds the label of a box that spans left … right and the row's height. */
void thaw_painter_label (ThawPainter *painter,
                         const ThawScene *scene,
                         const ThawBox *box,
                         const ThawLook *look,
                         double y,
                         double height);

G_END_DECLS
