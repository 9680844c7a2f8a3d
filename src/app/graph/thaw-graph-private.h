/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of ThawGraph share.
 */
#pragma once

#include "thaw-graph.h"

G_BEGIN_DECLS

struct _ThawGraph
{
  GtkWidget parent;

  ThawDocument *document;
  ThawGraphStyle *style;
  ThawLane *lane;
  ThawZoom *zoom;
  double offset;
  gboolean flame; /* as the document has it */

  GtkAdjustment *vadjustment; /* over the height of all rows */
  gboolean in_view;
  gboolean to_root;    /* scroll to the root when next allocated */
  GskRenderNode *base; /* (nullable): to be painted */
  GArray *boxes;       /* of ThawBox: what is painted */

  guint32 hovered;
  double pointer_x, pointer_y;
  gboolean pointer_inside;
  guint32 cursor;
  gboolean cursor_shown;

  GtkWidget *menu; /* (nullable) */
  gboolean panning;
  double drag_x, drag_y; /* last place of a drag, in the surface */
  double pinch_scale;
};

/* thaw-graph.c */
guint32 thaw_graph_hit (ThawGraph *self, double x, double y);
gboolean thaw_graph_get_box_rect (ThawGraph *self, guint32 node, graphene_rect_t *rect);
gboolean thaw_graph_is_empty (ThawGraph *self);
void thaw_graph_update_hover (ThawGraph *self);
guint32 thaw_graph_function_of (ThawGraph *self, guint32 node);
gboolean thaw_graph_scroll_by (ThawGraph *self, double dy);

/* thaw-graph-draw.c */
void thaw_graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void thaw_graph_make_scene (ThawGraph *self, ThawScene *scene);
void thaw_graph_repaint (ThawGraph *self);

/* thaw-graph-input.c */
void thaw_graph_add_controllers (ThawGraph *self);

/* thaw-graph-actions.c */
void thaw_graph_install_actions (GtkWidgetClass *klass);
void thaw_graph_open_menu (ThawGraph *self, double x, double y);
void thaw_graph_update_actions (ThawGraph *self);

G_END_DECLS
