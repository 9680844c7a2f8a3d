/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawLabels: names in boxes, as glyphs of cairo. A name is shaped by Pango once and then cut by its
 * glyphs' positions; the labels of a picture are drawn in one batch a font and colour.
 */
#pragma once

#include <cairo.h>
#include <pango/pango.h>
#include "thaw-palette.h"

G_BEGIN_DECLS

typedef struct _ThawLabels ThawLabels;

/* @scale: device pixels a logical pixel; everything below is in device pixels. */
ThawLabels *thaw_labels_new (const PangoFontDescription *font, double scale);
void thaw_labels_free (ThawLabels *labels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawLabels, thaw_labels_free)

/* Forgets what was shaped when names are of another profile or another key than last time. */
void thaw_labels_set_names (ThawLabels *labels, const ThawProfile *profile, ThawTreeKey key);
/* Puts the name of @frame, with a ↻ before it when @folded, into the box; an ellipsis where it is too
 * narrow, nothing where not even that fits. */
void thaw_labels_add (ThawLabels *labels,
                      guint32 frame,
                      gboolean folded,
                      double x,
                      double y,
                      double width,
                      double height,
                      ThawRgb colour);
/* Draws what was added since the last time. */
void thaw_labels_draw (ThawLabels *labels, cairo_t *cr);

G_END_DECLS
