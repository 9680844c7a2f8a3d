/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawGraph: the boxes of one lane: drawn, hovered, clicked, walked with the keyboard.
 *
 * Its natural height shows all rows; when it gets less, it scrolls by itself, over its adjustment.
 * Which part of the value axis it shows is its zoom's affair.
 *
 * Signals:
 *  "hover-changed": another box, or another place, is under the pointer
 *  "reveal" (double y0_px, double y1_px): this part of the widget should be seen
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-graph-style.h"
#include "thaw-zoom.h"

G_BEGIN_DECLS

#define THAW_TYPE_GRAPH (thaw_graph_get_type ())
G_DECLARE_FINAL_TYPE (ThawGraph, thaw_graph, THAW, GRAPH, GtkWidget)

GtkWidget *thaw_graph_new (ThawDocument *document, ThawGraphStyle *style);
/* @offset: where the lane's value 0 stands on the zoom's axis. */
void thaw_graph_set_lane (ThawGraph *self, ThawLane *lane, ThawZoom *zoom, double offset);
/* From now on the root is at the bottom, or on top, whatever the document says. */
void thaw_graph_set_upwards (ThawGraph *self, gboolean upwards);
ThawLane *thaw_graph_get_lane (ThawGraph *self);
ThawZoom *thaw_graph_get_zoom (ThawGraph *self);
double thaw_graph_get_offset (ThawGraph *self);
/* How the rows are scrolled, for a scroll bar. */
GtkAdjustment *thaw_graph_get_vadjustment (ThawGraph *self);
/* Scrolls to the root: to the top of an icicle, the bottom of a flame. */
void thaw_graph_scroll_to_root (ThawGraph *self);
/* A graph that cannot be seen paints nothing. */
void thaw_graph_set_in_view (ThawGraph *self, gboolean in_view);

/* The box under the pointer and the pointer's place; THAW_NODE_NONE where there is none. */
guint32 thaw_graph_get_hover (ThawGraph *self, double *x_px, double *y_px);
/* The current box: what the keyboard walks and the menu is about. */
guint32 thaw_graph_get_cursor (ThawGraph *self);
void thaw_graph_set_cursor (ThawGraph *self, guint32 node, gboolean show);
/* Zooms to and scrolls to a box, and makes it the current one. */
void thaw_graph_reveal (ThawGraph *self, guint32 node);
/* What a click on a box does. */
void thaw_graph_activate_node (ThawGraph *self, guint32 node);

G_END_DECLS
