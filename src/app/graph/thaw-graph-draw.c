/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawing a lane's boxes. What can be seen is painted into an image surface once per change and kept as
 * one render node; hover, cursor and selection are a few nodes over it, so that moving the pointer
 * paints nothing anew.
 */
#include "thaw-graph-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* More outlines than that say nothing that dimming would not say better. */
#define MAX_OUTLINES 1500
#define CORNER_PX 2

/* Fills in everything that decides the picture. */
void
thaw_graph_make_scene (ThawGraph *self, ThawScene *scene)
{
  const ThawView *zoomed = thaw_zoom_get_view (self->zoom);

  *scene = (ThawScene){
    .profile = thaw_document_get_profile (self->document),
    .layout = thaw_lane_get_layout (self->lane),
    .palette = thaw_graph_style_get_palette (self->style),
    .view = { .x0 = zoomed->x0 - self->offset,
              .x1 = zoomed->x1 - self->offset,
              .width_px = gtk_widget_get_width (GTK_WIDGET (self)) },
    .flame = self->flame,
    .row_height_px = thaw_graph_style_get_row_height (self->style),
    .scroll_px = gtk_adjustment_get_value (self->vadjustment),
    .height_px = gtk_widget_get_height (GTK_WIDGET (self)),
    .matches = thaw_document_get_matches (self->document, NULL, NULL),
  };
}

void
thaw_graph_repaint (ThawGraph *self)
{
  g_clear_pointer (&self->base, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Collects the boxes that are on the picture, for outlines. */
static void
collect_boxes (ThawGraph *self, const ThawScene *scene)
{
  guint32 n_rows = thaw_layout_get_n_rows (scene->layout);
  gint64 top = thaw_scene_row_at (scene, 0),
         bottom = thaw_scene_row_at (scene, scene->height_px - 1);
  gint64 first = scene->flame ? bottom : top, last = scene->flame ? top : bottom;
  guint32 row0 = (guint32) MAX (first, 0);
  guint32 row1 = last < 0 ? n_rows : (guint32) last + 1;

  g_array_set_size (self->boxes, 0);
  thaw_layout_collect (scene->layout, &scene->view, row0, row1 - row0, self->boxes);
}

/* Paints what can be seen into a new surface and keeps it as a render node. */
static void
paint (ThawGraph *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  ThawScene scene;

  thaw_graph_make_scene (self, &scene);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale,
                                                       height * scale);
  thaw_painter_paint_image (thaw_graph_style_get_painter (self->style, scale), &scene, image);
  cairo_surface_set_device_scale (image, scale, scale);
  collect_boxes (self, &scene);

  self->base = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_t *cr = gsk_cairo_node_get_draw_context (self->base);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

/* Draws a frame of @width_px inside @rect. */
static void
outline (GtkSnapshot *snapshot, const graphene_rect_t *rect, float width_px, const GdkRGBA *colour)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, rect, CORNER_PX);
  gtk_snapshot_append_border (snapshot, &rounded,
                              (float[4]){ width_px, width_px, width_px, width_px },
                              (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
}

/* Outlines the boxes of the selected function among those that are painted, and underlines those too
 * narrow for an outline. */
static void
snapshot_selection (ThawGraph *self, GtkSnapshot *snapshot)
{
  guint32 selected = thaw_document_get_selected_function (self->document);
  GdkRGBA ink = thaw_graph_style_get_ink (self->style, 1);
  guint n_outlines = 0;

  if (selected == G_MAXUINT32)
    return;
  for (guint i = 0; i < self->boxes->len && n_outlines < MAX_OUTLINES; i++)
    {
      const ThawBox *box = &g_array_index (self->boxes, ThawBox, i);
      graphene_rect_t rect;

      if (thaw_graph_function_of (self, box->node) != selected ||
          !thaw_graph_get_box_rect (self, box->node, &rect))
        continue;
      n_outlines++;
      if (rect.size.width >= 8)
        {
          outline (snapshot, &rect, 2, &ink);
          continue;
        }
      /* Many narrow boxes in a row stay readable when each is only underlined. */
      graphene_rect_inset (&rect, 0, rect.size.height / 2 - 1.5f);
      graphene_rect_offset (&rect, 0, rect.size.height * 3);
      gtk_snapshot_append_color (snapshot, &ink, &rect);
    }
}

/* A dark and a light frame, which change neither the box's colour nor its text. */
static void
snapshot_hover (ThawGraph *self, GtkSnapshot *snapshot)
{
  const GdkRGBA light = { 1, 1, 1, 0.6f };
  GdkRGBA ink = thaw_graph_style_get_ink (self->style, 0.9);
  graphene_rect_t rect;

  if (!thaw_graph_get_box_rect (self, self->hovered, &rect))
    return;
  outline (snapshot, &rect, 1, &ink);
  graphene_rect_inset (&rect, 1, 1);
  if (rect.size.width > 2)
    outline (snapshot, &rect, 1, &light);
}

/* Draws the keyboard's ring around the current box, in two colours, so that it stands out on any box;
 * or around the graph, while the keyboard is in it and no box is current. */
static void
snapshot_cursor (ThawGraph *self, GtkSnapshot *snapshot)
{
  const GdkRGBA inner = { 1, 1, 1, 1 };
  const GdkRGBA outer = { 0.11f, 0.44f, 0.85f, 1 };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  graphene_rect_t rect;

  if (!self->cursor_shown || !thaw_graph_get_box_rect (self, self->cursor, &rect))
    {
      graphene_rect_init (&rect, 0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                          (float) gtk_widget_get_height (GTK_WIDGET (self)));
      if (gtk_widget_has_focus (GTK_WIDGET (self)) && GTK_IS_WINDOW (root) &&
          gtk_window_get_focus_visible (GTK_WINDOW (root)))
        outline (snapshot, &rect, 2, &outer);
      return;
    }
  graphene_rect_inset (&rect, -1, -1);
  outline (snapshot, &rect, 3, &outer);
  graphene_rect_inset (&rect, 3, 3);
  if (rect.size.width > 2)
    outline (snapshot, &rect, 1, &inner);
}

static void
snapshot_empty (ThawGraph *self, GtkSnapshot *snapshot)
{
  GdkRGBA ink = thaw_graph_style_get_ink (self->style, 0.55);
  g_autoptr (PangoLayout) text = gtk_widget_create_pango_layout (
      GTK_WIDGET (self), _ ("Nothing was recorded on this thread."));

  gtk_snapshot_append_layout (snapshot, text, &ink);
}

void
thaw_graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ThawGraph *self = THAW_GRAPH (widget);

  if (self->lane == NULL || !self->in_view || gtk_widget_get_width (widget) <= 0 ||
      gtk_widget_get_height (widget) <= 0)
    return;
  if (thaw_graph_is_empty (self))
    {
      snapshot_empty (self, snapshot);
      return;
    }
  if (self->base == NULL)
    paint (self);
  gtk_snapshot_append_node (snapshot, self->base);
  snapshot_selection (self, snapshot);
  snapshot_hover (self, snapshot);
  snapshot_cursor (self, snapshot);
}
