/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of ThawGraphView share.
 */
#pragma once

#include "thaw-graph-view.h"
#include "thaw-lane-view.h"

G_BEGIN_DECLS

struct _ThawGraphView
{
  GtkWidget parent;

  ThawDocument *document;
  ThawGraphStyle *style;
  GPtrArray *views; /* of ThawLaneView, owned by @lanes */
  gboolean is_clock;
  int row_height;

  GtkWidget *overlay;
  GtkWidget *stack;
  GtkWidget *scrolled;
  GtkWidget *lanes;
  GtkWidget *tip;

  gint64 scrolled_at; /* when the lanes were last scrolled, monotonic */
  guint spinner_timeout;
  guint lines_timeout;
  ThawGraph *tip_graph; /* whose box the tip tells of; never followed */
  guint32 tip_node;
};

/* thaw-graph-view-tip.c */
void thaw_graph_view_hover_changed (ThawGraphView *self, ThawGraph *graph);
void thaw_graph_view_hide_tip (ThawGraphView *self);

/* thaw-graph-view-scroll.c */
void thaw_graph_view_set_up_scrolling (ThawGraphView *self);
void thaw_graph_view_update_in_view (ThawGraphView *self);
void thaw_graph_view_reveal (ThawGraphView *self, double y0, double y1, ThawGraph *graph);

G_END_DECLS
