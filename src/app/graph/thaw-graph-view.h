/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawGraphView: the lanes of a document, one flame or icicle graph a lane, under one scroll bar, each with
 * its breadcrumbs, and a tooltip over all. Give it a document and place; it needs nothing else.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-document.h"

G_BEGIN_DECLS

#define THAW_TYPE_GRAPH_VIEW (thaw_graph_view_get_type ())
G_DECLARE_FINAL_TYPE (ThawGraphView, thaw_graph_view, THAW, GRAPH_VIEW, GtkWidget)

GtkWidget *thaw_graph_view_new (void);
/* Properties: "document", NULL empties the view; "row-height" (i), in pixels at the usual size of
 * text. */
void thaw_graph_view_set_document (ThawGraphView *self, ThawDocument *document);
ThawDocument *thaw_graph_view_get_document (ThawGraphView *self);
/* Whole lanes again; what View › Reset Zoom does. */
void thaw_graph_view_reset_zoom (ThawGraphView *self);
/* Zooms every lane by @factor around its middle. */
void thaw_graph_view_zoom_by (ThawGraphView *self, double factor);

G_END_DECLS
