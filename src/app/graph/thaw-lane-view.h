/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawLaneView: one lane with its heading: what thread it is, what is to be known of it, how much time
 * is shown; a ruler; and the graph.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-graph.h"

G_BEGIN_DECLS

#define THAW_TYPE_LANE_VIEW (thaw_lane_view_get_type ())
G_DECLARE_FINAL_TYPE (ThawLaneView, thaw_lane_view, THAW, LANE_VIEW, GtkWidget)

GtkWidget *thaw_lane_view_new (ThawDocument *document, ThawGraphStyle *style);
/* @is_clock: the zoom's axis is the time of a clock. @alone: there is no other lane. */
void thaw_lane_view_set_lane (ThawLaneView *self,
                              ThawLane *lane,
                              ThawZoom *zoom,
                              double offset,
                              gboolean is_clock,
                              gboolean alone);
ThawGraph *thaw_lane_view_get_graph (ThawLaneView *self);
void thaw_lane_view_unfold (ThawLaneView *self);

G_END_DECLS
