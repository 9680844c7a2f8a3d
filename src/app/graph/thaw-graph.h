/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawGraph: the boxes of one lane: drawn, hovered, clicked, walked with the keyboard.
 *
 * It is as high as its tree is deep and is meant to stand in something that scrolls; whoever owns it
 * tells which part can be seen, and only that is painted. Which part of the value axis it shows is
 * its zoom's affair.
 *
 * Signals:
 *  "hover-changed": another box, or another place, is under the pointer
 *  "cursor-changed": another box is the current one
 *  "reveal" (double y0_px, double y1_px): scroll so that this part can be seen
 *  "drag-scroll" (double dy_px): scroll down by so much
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
ThawLane *thaw_graph_get_lane (ThawGraph *self);
ThawZoom *thaw_graph_get_zoom (ThawGraph *self);
double thaw_graph_get_offset (ThawGraph *self);
void thaw_graph_set_visible_part (ThawGraph *self, double y0_px, double y1_px);

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
