/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawPicture: what a picture of a profile shows and where, before it is known whether it becomes
 * SVG, PNG or PDF: a title, a lane per thread (or one for all) on one value axis, and a legend. All
 * lengths are logical pixels.
 */
#pragma once

#include "thaw-export.h"

G_BEGIN_DECLS

#define THAW_PICTURE_FONT "Cantarell, Sans"
#define THAW_PICTURE_FONT_PX 12

/* One graph with its heading. */
typedef struct
{
  char *title;
  char *subtitle; /* may be "" */
  char *total;    /* "26.1 s" */
  ThawTree *tree;
  ThawLayout *layout;
  double heading_px; /* baseline of the heading */
  double top_px;     /* of the graph */
  double height_px;
} ThawPictureLane;

typedef struct
{
  ThawProfile *profile;
  ThawPalette *palette;
  char *title;
  char *subtitle;
  GPtrArray *lanes; /* ThawPictureLane */
  double axis;      /* value shown over the width of the graphs: the greatest total */
  gboolean flame;
  gboolean legend; /* of origins */
  double width_px;
  double height_px;
  double left_px; /* of all graphs */
  double graph_width_px;
  double legend_px; /* baseline */
} ThawPicture;

ThawPicture *thaw_picture_new (const ThawProfile *profile,
                               const ThawExportOptions *options,
                               GCancellable *cancellable,
                               GError **error);
void thaw_picture_free (ThawPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawPicture, thaw_picture_free)

/* What the painter needs to paint @height_px of a lane, from its root on. */
ThawScene
thaw_picture_scene (const ThawPicture *picture, const ThawPictureLane *lane, double height_px);
/* Colours of the words around the graphs. */
ThawRgb thaw_picture_ink (const ThawPicture *picture);
ThawRgb thaw_picture_faint_ink (const ThawPicture *picture);

G_END_DECLS
