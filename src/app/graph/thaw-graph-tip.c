/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The card's content is shaped once per box, as a column of Pango layouts and of bars for lines; moving
 * it only draws it at another place. It keeps clear of the pointer and inside the widget.
 */
#include "thaw-graph-tip.h"

#define PADDING_PX 12
#define SPACING_PX 4
#define RADIUS_PX 9
#define POINTER_GAP_PX 16
#define MAX_TEXT_PX 420
#define BAR_PX 96
#define BAR_HEIGHT_PX 7

/* One row of the card; with @value, a bar of @share stands between both texts. */
typedef struct
{
  PangoLayout *text;
  PangoLayout *value; /* (nullable) */
  double share;
  GdkRGBA colour;
} Row;

struct _ThawGraphTip
{
  GtkWidget parent;

  GArray *rows; /* of Row */
  int text_px;  /* width of the widest line name, for the bars to stand in a column */
  int width_px;
  int height_px;
  double x;
  double y;
};

G_DEFINE_FINAL_TYPE (ThawGraphTip, thaw_graph_tip, GTK_TYPE_WIDGET)

static const GdkRGBA colour_name = { 1, 1, 1, 1 };
static const GdkRGBA colour_text = { 0.93f, 0.93f, 0.93f, 1 };
static const GdkRGBA colour_dim = { 0.72f, 0.72f, 0.72f, 1 };
static const GdkRGBA colour_warning = { 1, 0.62f, 0.53f, 1 };
static const GdkRGBA colour_bar = { 0.96f, 0.6f, 0.3f, 1 };
static const GdkRGBA colour_trough = { 1, 1, 1, 0.16f };
static const GdkRGBA colour_card = { 0.13f, 0.13f, 0.14f, 0.97f };
static const GdkRGBA colour_edge = { 1, 1, 1, 0.16f };

static void
clear_row (gpointer data)
{
  Row *row = data;

  g_clear_object (&row->text);
  g_clear_object (&row->value);
}

static PangoLayout *
shape (ThawGraphTip *self, const char *text, double scale, gboolean bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > MAX_TEXT_PX)
    {
      pango_layout_set_width (layout, MAX_TEXT_PX * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (layout, -3);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
    }
  return layout;
}

static void
add_text (ThawGraphTip *self, const char *text, double scale, gboolean bold, const GdkRGBA *colour)
{
  if (text == NULL || text[0] == '\0')
    return;
  Row row = { .text = shape (self, text, scale, bold), .colour = *colour };
  g_array_append_val (self->rows, row);
}

static void
add_bar (ThawGraphTip *self, const ThawBoxLine *line)
{
  Row row = { .text = shape (self, line->line, 0.9, FALSE),
              .value = shape (self, line->value, 0.9, FALSE),
              .share = line->share,
              .colour = colour_dim };
  g_array_append_val (self->rows, row);
}

/* Works out how large the card is. */
static void
measure_card (ThawGraphTip *self)
{
  int widest = 0, height = 0;
  self->text_px = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      int width, row_height;

      pango_layout_get_pixel_size (row->text, &width, &row_height);
      height += row_height + (i > 0 ? SPACING_PX : 0);
      if (row->value == NULL)
        widest = MAX (widest, width);
      else
        self->text_px = MAX (self->text_px, width);
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      int width;

      if (row->value == NULL)
        continue;
      pango_layout_get_pixel_size (row->value, &width, NULL);
      widest = MAX (widest, self->text_px + BAR_PX + width + 4 * SPACING_PX);
    }
  self->width_px = widest + 2 * PADDING_PX;
  self->height_px = height + 2 * PADDING_PX;
}

void
thaw_graph_tip_set_facts (ThawGraphTip *self, const ThawBoxFacts *facts)
{
  g_return_if_fail (THAW_IS_GRAPH_TIP (self));
  if (facts == NULL && self->rows->len == 0)
    return;

  g_array_set_size (self->rows, 0);
  if (facts != NULL)
    {
      add_text (self, facts->name, 1.0, TRUE, &colour_name);
      add_text (self, facts->place, 0.9, FALSE, &colour_dim);
      add_text (self, facts->total, 1.0, FALSE, &colour_text);
      add_text (self, facts->self, 1.0, FALSE, &colour_text);
      add_text (self, facts->calls, 1.0, FALSE, &colour_text);
      add_text (self, facts->warning, 1.0, FALSE, &colour_warning);
      add_text (self, facts->estimate, 0.9, FALSE, &colour_dim);
      add_text (self, facts->note, 0.9, FALSE, &colour_dim);
      for (guint i = 0; i < facts->lines->len; i++)
        add_bar (self, &g_array_index (facts->lines, ThawBoxLine, i));
      measure_card (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
thaw_graph_tip_move (ThawGraphTip *self, double x, double y)
{
  g_return_if_fail (THAW_IS_GRAPH_TIP (self));
  if (self->x == x && self->y == y)
    return;
  self->x = x;
  self->y = y;
  if (self->rows->len > 0)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
thaw_graph_tip_new (void)
{
  return g_object_new (THAW_TYPE_GRAPH_TIP, NULL);
}

/* Draws a line's bar and value behind its name. */
static void
snapshot_bar (ThawGraphTip *self, GtkSnapshot *snapshot, const Row *row, int row_height)
{
  float x = (float) self->text_px + 2 * SPACING_PX;
  float y = (float) (row_height - BAR_HEIGHT_PX) / 2;
  graphene_rect_t bar = GRAPHENE_RECT_INIT (x, y, BAR_PX, BAR_HEIGHT_PX);
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, &bar, BAR_HEIGHT_PX / 2.f);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, &colour_trough, &bar);
  bar.size.width = (float) (BAR_PX * row->share);
  gtk_snapshot_append_color (snapshot, &colour_bar, &bar);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + BAR_PX + 2 * SPACING_PX, 0));
  gtk_snapshot_append_layout (snapshot, row->value, &colour_text);
  gtk_snapshot_restore (snapshot);
}

static void
thaw_graph_tip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ThawGraphTip *self = THAW_GRAPH_TIP (widget);
  double x = self->x + POINTER_GAP_PX, y = self->y + POINTER_GAP_PX;

  if (self->rows->len == 0)
    return;
  if (x + self->width_px > gtk_widget_get_width (widget))
    x = self->x - POINTER_GAP_PX - self->width_px;
  if (y + self->height_px > gtk_widget_get_height (widget))
    y = self->y - POINTER_GAP_PX - self->height_px;
  x = (int) CLAMP (x, 0, MAX (gtk_widget_get_width (widget) - self->width_px, 0));
  y = (int) CLAMP (y, 0, MAX (gtk_widget_get_height (widget) - self->height_px, 0));

  GskRoundedRect card;
  gsk_rounded_rect_init_from_rect (
      &card,
      &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) self->width_px, (float) self->height_px),
      RADIUS_PX);
  gtk_snapshot_push_rounded_clip (snapshot, &card);
  gtk_snapshot_append_color (snapshot, &colour_card, &card.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &card, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ colour_edge, colour_edge, colour_edge, colour_edge });

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) x + PADDING_PX, (float) y + PADDING_PX));
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      int height;

      pango_layout_get_pixel_size (row->text, NULL, &height);
      gtk_snapshot_append_layout (snapshot, row->text, &row->colour);
      if (row->value != NULL)
        snapshot_bar (self, snapshot, row, height);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) (height + SPACING_PX)));
    }
  gtk_snapshot_restore (snapshot);
}

static void
thaw_graph_tip_finalize (GObject *object)
{
  g_array_unref (THAW_GRAPH_TIP (object)->rows);
  G_OBJECT_CLASS (thaw_graph_tip_parent_class)->finalize (object);
}

static void
thaw_graph_tip_class_init (ThawGraphTipClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = thaw_graph_tip_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = thaw_graph_tip_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
thaw_graph_tip_init (ThawGraphTip *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}
