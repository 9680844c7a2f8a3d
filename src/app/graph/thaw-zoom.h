/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawZoom: which part of the value axis is shown, how it got there, and the way back.
 *
 * A zoom has *levels*, the boxes that were zoomed into: each lies inside the one before. Zooming into
 * a box drops the levels that do not contain it. Wheel and drag move the view freely without making
 * a level; going back first returns to the level that was left so, then to the level above.
 * One zoom serves a lane, or all lanes where they share a clock. It moves by an animation, which the
 * system's settings may switch off. Signals: "changed" whenever the view moves, "levels-changed".
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-document.h"

G_BEGIN_DECLS

#define THAW_TYPE_ZOOM (thaw_zoom_get_type ())
G_DECLARE_FINAL_TYPE (ThawZoom, thaw_zoom, THAW, ZOOM, GObject)

/* A box that was zoomed into; @x and @width in value space of the axis. */
typedef struct
{
  ThawLane *lane;
  guint32 node;
  double x;
  double width;
} ThawZoomLevel;

/* @widget: whose frame clock moves the animations; not kept alive. */
ThawZoom *thaw_zoom_new (GtkWidget *widget);
void thaw_zoom_set_axis (ThawZoom *self, double axis);
double thaw_zoom_get_axis (ThawZoom *self);

/* The view over a width of 1; take @x0 and @x1 from it. */
const ThawView *thaw_zoom_get_view (ThawZoom *self);
gboolean thaw_zoom_is_whole (ThawZoom *self);
guint thaw_zoom_get_n_levels (ThawZoom *self);
const ThawZoomLevel *thaw_zoom_get_level (ThawZoom *self, guint i);

void thaw_zoom_enter (ThawZoom *self, const ThawZoomLevel *level);
void thaw_zoom_copy_levels (ThawZoom *self,
                            ThawLane *lane,
                            double offset,
                            ThawZoom *from,
                            ThawLane *former);
void thaw_zoom_show (ThawZoom *self, double x, double width);
gboolean thaw_zoom_back (ThawZoom *self);
gboolean thaw_zoom_reset (ThawZoom *self);
void thaw_zoom_by (ThawZoom *self, double at, double factor);
void thaw_zoom_pan (ThawZoom *self, double share);

G_END_DECLS
