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

  /* The part of the widget that can be seen, and the part that is painted in @base. */
  double visible_y0, visible_y1;
  double painted_y0, painted_y1;
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
void thaw_graph_emit_drag_scroll (ThawGraph *self, double dy);
void thaw_graph_emit_reveal (ThawGraph *self, double y0, double y1);

/* thaw-graph-draw.c */
void thaw_graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void thaw_graph_make_scene (ThawGraph *self, ThawScene *scene);
double thaw_graph_get_top (ThawGraph *self, const ThawScene *scene);
void thaw_graph_repaint (ThawGraph *self);

/* thaw-graph-input.c */
void thaw_graph_add_controllers (ThawGraph *self);

/* thaw-graph-actions.c */
void thaw_graph_install_actions (GtkWidgetClass *klass);
void thaw_graph_open_menu (ThawGraph *self, double x, double y);
void thaw_graph_update_actions (ThawGraph *self);

G_END_DECLS
