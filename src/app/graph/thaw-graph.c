/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The widget itself: its size, where its boxes are, and what is current in it.
 */
#include "thaw-graph-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include "thaw-box-facts.h"

/* Boxes count as hit so far beside them when they are thinner. */
#define SLOP_PX 1.5
#define EMPTY_HEIGHT_PX 28
/* Graphs with more rows may be given room for these only, and scroll then. */
#define MIN_ROWS 6
#define MAX_NATURAL_PX (1 << 24)
/* Boxes that go on beyond the view are cut so far outside it. */
#define CORNER_ROOM_PX 4.0

enum
{
  HOVER_CHANGED,
  REVEAL,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ThawGraph, thaw_graph, GTK_TYPE_WIDGET)

gboolean
thaw_graph_is_empty (ThawGraph *self)
{
  return self->lane == NULL || thaw_layout_get_n_rows (thaw_lane_get_layout (self->lane)) == 0 ||
         !(thaw_lane_get_total (self->lane) > 0);
}

/* The node at a place of the widget, or THAW_NODE_NONE. */
guint32
thaw_graph_hit (ThawGraph *self, double x, double y)
{
  ThawScene scene;

  if (thaw_graph_is_empty (self))
    return THAW_NODE_NONE;
  thaw_graph_make_scene (self, &scene);
  gint64 row = thaw_scene_row_at (&scene, y);
  if (row < 0 || !(scene.view.width_px > 0))
    return THAW_NODE_NONE;
  double slop = SLOP_PX * (scene.view.x1 - scene.view.x0) / scene.view.width_px;
  return thaw_layout_hit (scene.layout, (guint32) row, thaw_view_to_value (&scene.view, x), slop);
}

/* Where a box stands in the widget, at least a pixel wide; FALSE when it is outside the view. */
gboolean
thaw_graph_get_box_rect (ThawGraph *self, guint32 node, graphene_rect_t *rect)
{
  ThawScene scene;
  guint32 row;
  double x, width;

  if (node == THAW_NODE_NONE || thaw_graph_is_empty (self) ||
      !thaw_layout_get_box (thaw_lane_get_layout (self->lane), node, &row, &x, &width))
    return FALSE;
  thaw_graph_make_scene (self, &scene);
  double left = MAX (thaw_view_to_px (&scene.view, x), -CORNER_ROOM_PX);
  double right = MIN (thaw_view_to_px (&scene.view, x + width),
                      scene.view.width_px + CORNER_ROOM_PX);
  if (right <= 0 || left >= scene.view.width_px)
    return FALSE;
  left = round (left);
  right = MAX (round (right), left + 1);
  graphene_rect_init (rect, (float) left, (float) thaw_scene_row_top (&scene, row),
                      (float) (right - left), (float) (scene.row_height_px - 1));
  return TRUE;
}

/* The function of a box, G_MAXUINT32 and other special frames where it is none. */
guint32
thaw_graph_function_of (ThawGraph *self, guint32 node)
{
  const ThawTree *tree = thaw_lane_get_tree (self->lane);

  return thaw_profile_frame_function (thaw_document_get_profile (self->document), tree->key,
                                      tree->frame[node]);
}

/* Looks what is under the pointer now. */
void
thaw_graph_update_hover (ThawGraph *self)
{
  guint32 node = self->pointer_inside && !self->panning
                     ? thaw_graph_hit (self, self->pointer_x, self->pointer_y)
                     : THAW_NODE_NONE;

  if (node != self->hovered)
    {
      self->hovered = node;
      gtk_widget_queue_draw (GTK_WIDGET (self));
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                       node != THAW_NODE_NONE ? "pointer" : NULL);
    }
  g_signal_emit (self, signals[HOVER_CHANGED], 0);
}

/* Scrolls the rows; FALSE when they stand at that end already. */
gboolean
thaw_graph_scroll_by (ThawGraph *self, double dy)
{
  double before = gtk_adjustment_get_value (self->vadjustment);

  gtk_adjustment_set_value (self->vadjustment, before + dy);
  return gtk_adjustment_get_value (self->vadjustment) != before;
}

/* What is under the pointer moves away: it counts again when the pointer itself moves. */
static void
on_view_changed (ThawGraph *self)
{
  thaw_graph_repaint (self);
  self->pointer_inside = FALSE;
  if (self->hovered != THAW_NODE_NONE)
    thaw_graph_update_hover (self);
}

static void
on_style_changed (ThawGraph *self)
{
  thaw_graph_repaint (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
on_flame_changed (ThawGraph *self)
{
  g_object_get (self->document, "flame", &self->flame, NULL);
  thaw_graph_scroll_to_root (self);
  thaw_graph_repaint (self);
}

/**
 * thaw_graph_new:
 * @document: the document; a reference is kept
 * @style: looks; a reference is kept
 *
 * Returns: (transfer floating): an empty graph, see thaw_graph_set_lane()
 */
GtkWidget *
thaw_graph_new (ThawDocument *document, ThawGraphStyle *style)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (document) && THAW_IS_GRAPH_STYLE (style), NULL);
  ThawGraph *self = g_object_new (THAW_TYPE_GRAPH, NULL);

  self->document = g_object_ref (document);
  self->style = g_object_ref (style);
  on_flame_changed (self);
  g_signal_connect_object (style, "changed", G_CALLBACK (on_style_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::flame", G_CALLBACK (on_flame_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "matches-changed", G_CALLBACK (thaw_graph_repaint), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::selected-function",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
thaw_graph_set_lane (ThawGraph *self, ThawLane *lane, ThawZoom *zoom, double offset)
{
  g_return_if_fail (THAW_IS_GRAPH (self) && THAW_IS_LANE (lane) && THAW_IS_ZOOM (zoom));

  if (self->zoom != NULL)
    g_signal_handlers_disconnect_by_func (self->zoom, on_view_changed, self);
  g_set_object (&self->zoom, zoom);
  g_signal_connect_object (zoom, "changed", G_CALLBACK (on_view_changed), self, G_CONNECT_SWAPPED);
  self->offset = offset;
  if (g_set_object (&self->lane, lane))
    {
      self->hovered = THAW_NODE_NONE;
      thaw_graph_set_cursor (self, THAW_NODE_NONE, FALSE);
      g_autofree char *label = g_strdup_printf (_ ("Graph of %s"), thaw_lane_get_title (lane));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
    }
  thaw_graph_repaint (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
thaw_graph_set_upwards (ThawGraph *self, gboolean upwards)
{
  g_return_if_fail (THAW_IS_GRAPH (self));
  g_signal_handlers_disconnect_by_func (self->document, on_flame_changed, self);
  self->flame = upwards;
  thaw_graph_repaint (self);
}

ThawLane *
thaw_graph_get_lane (ThawGraph *self)
{
  g_return_val_if_fail (THAW_IS_GRAPH (self), NULL);
  return self->lane;
}

ThawZoom *
thaw_graph_get_zoom (ThawGraph *self)
{
  g_return_val_if_fail (THAW_IS_GRAPH (self), NULL);
  return self->zoom;
}

double
thaw_graph_get_offset (ThawGraph *self)
{
  g_return_val_if_fail (THAW_IS_GRAPH (self), 0);
  return self->offset;
}

GtkAdjustment *
thaw_graph_get_vadjustment (ThawGraph *self)
{
  g_return_val_if_fail (THAW_IS_GRAPH (self), NULL);
  return self->vadjustment;
}

void
thaw_graph_scroll_to_root (ThawGraph *self)
{
  g_return_if_fail (THAW_IS_GRAPH (self));
  gtk_adjustment_set_value (self->vadjustment,
                            self->flame ? gtk_adjustment_get_upper (self->vadjustment) : 0);
  self->to_root = TRUE;
}

void
thaw_graph_set_in_view (ThawGraph *self, gboolean in_view)
{
  g_return_if_fail (THAW_IS_GRAPH (self));
  if (self->in_view == in_view)
    return;
  self->in_view = in_view;
  thaw_graph_repaint (self);
}

guint32
thaw_graph_get_hover (ThawGraph *self, double *x_px, double *y_px)
{
  g_return_val_if_fail (THAW_IS_GRAPH (self), THAW_NODE_NONE);
  *x_px = self->pointer_x;
  *y_px = self->pointer_y;
  return self->hovered;
}

guint32
thaw_graph_get_cursor (ThawGraph *self)
{
  g_return_val_if_fail (THAW_IS_GRAPH (self), THAW_NODE_NONE);
  return self->cursor;
}

/* Makes @node (or THAW_NODE_NONE) the current box, says so to those who listen, and selects its
 * function. @show draws the ring around it. */
void
thaw_graph_set_cursor (ThawGraph *self, guint32 node, gboolean show)
{
  g_return_if_fail (THAW_IS_GRAPH (self));
  self->cursor = node;
  self->cursor_shown = show;
  thaw_graph_update_actions (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (node != THAW_NODE_NONE)
    {
      g_autoptr (ThawBoxFacts) facts = thaw_box_facts_new (
          thaw_document_get_profile (self->document), self->lane, node, 0);
      g_autofree char *text = thaw_box_facts_to_text (facts);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      text, -1);
      thaw_document_select_function (self->document, thaw_graph_function_of (self, node));
    }
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

void
thaw_graph_reveal (ThawGraph *self, guint32 node)
{
  g_return_if_fail (THAW_IS_GRAPH (self));
  guint32 row;
  double x, width;

  if (thaw_graph_is_empty (self) ||
      !thaw_layout_get_box (thaw_lane_get_layout (self->lane), node, &row, &x, &width))
    return;
  thaw_zoom_show (self->zoom, x + self->offset, width);
  thaw_graph_set_cursor (self, node, TRUE);

  ThawScene scene;
  thaw_graph_make_scene (self, &scene);
  double y = thaw_scene_row_top (&scene, row);
  double from = gtk_adjustment_get_value (self->vadjustment) + y;
  gtk_adjustment_clamp_page (self->vadjustment, from - scene.row_height_px,
                             from + 2 * scene.row_height_px);
  thaw_graph_make_scene (self, &scene);
  y = thaw_scene_row_top (&scene, row);
  g_signal_emit (self, signals[REVEAL], 0, y, y + scene.row_height_px);
}

void
thaw_graph_activate_node (ThawGraph *self, guint32 node)
{
  g_return_if_fail (THAW_IS_GRAPH (self));
  ThawZoomLevel level = { .lane = self->lane, .node = node };
  guint32 row;

  if (node == THAW_NODE_NONE || thaw_graph_is_empty (self))
    return;
  if (thaw_lane_get_tree (self->lane)->frame[node] == THAW_FRAME_PRUNED)
    {
      thaw_document_expand_pruned (self->document);
      return;
    }
  if (!thaw_layout_get_box (thaw_lane_get_layout (self->lane), node, &row, &level.x, &level.width))
    return;
  level.x += self->offset;
  thaw_zoom_enter (self->zoom, &level);
}

/* The height of all rows. */
static double
full_height (ThawGraph *self)
{
  if (thaw_graph_is_empty (self))
    return EMPTY_HEIGHT_PX;
  return thaw_graph_style_get_row_height (self->style) *
         thaw_layout_get_n_rows (thaw_lane_get_layout (self->lane));
}

static void
thaw_graph_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  ThawGraph *self = THAW_GRAPH (widget);
  double height = full_height (self);
  double least = MIN_ROWS * thaw_graph_style_get_row_height (self->style);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  *minimum = (int) MIN (height, least);
  *natural = (int) MIN (height, MAX_NATURAL_PX);
}

static void
thaw_graph_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ThawGraph *self = THAW_GRAPH (widget);

  double full = MAX (full_height (self), height);
  double value = gtk_adjustment_get_value (self->vadjustment);
  double below = gtk_adjustment_get_upper (self->vadjustment) - value -
                 gtk_adjustment_get_page_size (self->vadjustment);

  /* A flame is held by its bottom, an icicle by its top. */
  if (self->flame)
    value = full - height - (self->to_root ? 0 : below);
  else if (self->to_root)
    value = 0;
  self->to_root = FALSE;
  gtk_adjustment_configure (self->vadjustment, value, 0, full,
                            thaw_graph_style_get_row_height (self->style), height, height);
  g_clear_pointer (&self->base, gsk_render_node_unref);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
thaw_graph_dispose (GObject *object)
{
  ThawGraph *self = THAW_GRAPH (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->base, gsk_render_node_unref);
  g_clear_object (&self->vadjustment);
  g_clear_object (&self->zoom);
  g_clear_object (&self->lane);
  g_clear_object (&self->style);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (thaw_graph_parent_class)->dispose (object);
}

static void
thaw_graph_finalize (GObject *object)
{
  g_array_unref (THAW_GRAPH (object)->boxes);
  G_OBJECT_CLASS (thaw_graph_parent_class)->finalize (object);
}

static void
thaw_graph_class_init (ThawGraphClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const struct
  {
    const char *name;
    guint n_doubles;
  } names[] = { { "hover-changed", 0 }, { "reveal", 2 } };

  G_OBJECT_CLASS (klass)->dispose = thaw_graph_dispose;
  G_OBJECT_CLASS (klass)->finalize = thaw_graph_finalize;
  widget_class->measure = thaw_graph_measure;
  widget_class->size_allocate = thaw_graph_size_allocate;
  widget_class->snapshot = thaw_graph_snapshot;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i].name, THAW_TYPE_GRAPH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, names[i].n_doubles, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  thaw_graph_install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "thaw-graph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
thaw_graph_init (ThawGraph *self)
{
  self->boxes = g_array_new (FALSE, FALSE, sizeof (ThawBox));
  self->hovered = self->cursor = THAW_NODE_NONE;
  self->in_view = TRUE;
  self->vadjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_object (self->vadjustment, "value-changed", G_CALLBACK (on_view_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  thaw_graph_add_controllers (self);
}
