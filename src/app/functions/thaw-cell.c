/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A cell keeps one PangoLayout and draws fills with snapshot colour nodes. Sizes are counted in
 * widths of a digit of the current font, so that large fonts get wide columns.
 */
#include "thaw-cell.h"

#define SWATCH_PX 10
#define GAP_PX 6
#define BAR_HEIGHT_PX 10
#define BAR_MIN_PX 24
#define BAR_RADIUS_PX 2
#define CHIP_PADDING_PX 8
#define NOTE_DIGITS 8

struct _ThawCell
{
  GtkWidget parent;
  ThawCellKind kind;
  PangoLayout *layout;
  GObject *item;
  ThawRgb colour;
  char *note;
  double share;
  gboolean dim;
};

G_DEFINE_FINAL_TYPE (ThawCell, thaw_cell, GTK_TYPE_WIDGET)

/* Widths that a kind asks for, in digits. */
static const struct
{
  int min;
  int natural;
} digits[] = {
  [THAW_CELL_NAME] = { 11, 34 }, [THAW_CELL_TEXT] = { 6, 26 },  [THAW_CELL_CODE] = { 12, 40 },
  [THAW_CELL_CHIP] = { 4, 16 },  [THAW_CELL_NUMBER] = { 7, 8 }, [THAW_CELL_METER] = { 7, 26 },
};

/* Makes the layout when there is none; its font follows the widget's style. */
static PangoLayout *
ensure_layout (ThawCell *self)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (self->layout != NULL)
    return self->layout;
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_ellipsize (self->layout, self->kind == THAW_CELL_TEXT ? PANGO_ELLIPSIZE_START
                                                                         : PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  attributes = pango_attr_list_new ();
  if (self->kind == THAW_CELL_NUMBER || self->kind == THAW_CELL_METER)
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (self->kind == THAW_CELL_CHIP)
    pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  if (self->kind == THAW_CELL_CODE)
    pango_attr_list_insert (attributes, pango_attr_family_new ("monospace"));
  pango_layout_set_attributes (self->layout, attributes);
  return self->layout;
}

static void
thaw_cell_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  ThawCell *self = THAW_CELL (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (widget),
                                                         NULL, NULL);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      int digit = pango_font_metrics_get_approximate_digit_width (metrics);

      *minimum = PANGO_PIXELS_CEIL (digits[self->kind].min * digit);
      *natural = PANGO_PIXELS_CEIL (digits[self->kind].natural * digit);
    }
  else
    {
      *minimum = *natural = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics)) + 2;
    }
  pango_font_metrics_unref (metrics);
}

/* Appends a rounded rectangle; @x is given from the start edge and mirrored for right-to-left. */
static void
append_fill (ThawCell *self,
             GtkSnapshot *snapshot,
             double x,
             double y,
             double width,
             double height,
             double radius)
{
  GskRoundedRect rect;
  double full = gtk_widget_get_width (GTK_WIDGET (self));
  GdkRGBA rgba = { self->colour.r, self->colour.g, self->colour.b, self->dim ? 0.35f : 1.0f };

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = full - x - width;
  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT (x, y, width, height), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &rect);
  gtk_snapshot_append_color (snapshot, &rgba, &rect.bounds);
  gtk_snapshot_pop (snapshot);
}

/* Draws @layout in [x, x + width) from the start edge, or at the end of it when @at_end. */
static void
append_text (ThawCell *self,
             GtkSnapshot *snapshot,
             PangoLayout *layout,
             double x,
             double width,
             gboolean at_end,
             const GdkRGBA *rgba)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int text_width, text_height;

  pango_layout_set_width (layout, MAX (0, (int) width) * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  if (at_end)
    x += width - text_width;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - x - text_width;
  /* A wider layout would start right-to-left paragraphs at its own far end. */
  pango_layout_set_width (layout, text_width * PANGO_SCALE);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float) x, (gtk_widget_get_height (widget) - text_height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, rgba);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_chip (ThawCell *self, GtkSnapshot *snapshot)
{
  double full = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  PangoLayout *layout = ensure_layout (self);
  ThawRgb text = thaw_palette_text (self->colour);
  int text_width, text_height;
  double width, chip_height;

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  width = MIN (full, text_width + 2 * CHIP_PADDING_PX);
  chip_height = MIN (height, text_height + 2);
  append_fill (self, snapshot, 0, (height - chip_height) / 2, width, chip_height, chip_height / 2);
  append_text (self, snapshot, layout, CHIP_PADDING_PX, width - 2 * CHIP_PADDING_PX, FALSE,
               &(GdkRGBA){ text.r, text.g, text.b, self->dim ? 0.6f : 1.0f });
}

/* Draws a meter's bar, and its note where both have room. The column's width decides and not the
 * cell's number, as long as that fits, or the bars of one column would have different scales. */
static void
snapshot_bar (ThawCell *self, GtkSnapshot *snapshot, const GdkRGBA *rgba)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int number_width, text_width;
  double room, note_width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &number_width, NULL, NULL, NULL);
  pango_layout_set_width (ensure_layout (self), -1);
  pango_layout_get_pixel_size (ensure_layout (self), &text_width, NULL);
  number_width = MAX (number_width, text_width + GAP_PX);
  room = gtk_widget_get_width (widget) - number_width;
  note_width = (double) number_width * NOTE_DIGITS / digits[THAW_CELL_METER].min;
  if (self->note != NULL && room >= note_width + BAR_MIN_PX)
    {
      g_autoptr (PangoLayout) note = pango_layout_copy (ensure_layout (self));

      room -= note_width;
      pango_layout_set_text (note, self->note, -1);
      append_text (self, snapshot, note, room, note_width, TRUE,
                   &(GdkRGBA){ rgba->red, rgba->green, rgba->blue, rgba->alpha * 0.6f });
    }
  if (room >= BAR_MIN_PX && self->share > 0)
    append_fill (self, snapshot, 0, (gtk_widget_get_height (widget) - BAR_HEIGHT_PX) / 2,
                 MAX (1, room * MIN (1, self->share)), BAR_HEIGHT_PX, BAR_RADIUS_PX);
}

static void
thaw_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ThawCell *self = THAW_CELL (widget);
  gboolean is_number = self->kind == THAW_CELL_NUMBER || self->kind == THAW_CELL_METER;
  double start = 0;
  GdkRGBA rgba;

  if (*thaw_cell_get_text (self) == '\0')
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &rgba);
  if (self->dim)
    rgba.alpha *= 0.55f;
  if (self->kind == THAW_CELL_CHIP)
    {
      snapshot_chip (self, snapshot);
      return;
    }
  if (self->kind == THAW_CELL_NAME)
    {
      append_fill (self, snapshot, 0, (gtk_widget_get_height (widget) - SWATCH_PX) / 2, SWATCH_PX,
                   SWATCH_PX, 3);
      start = SWATCH_PX + GAP_PX;
    }
  else if (self->kind == THAW_CELL_METER)
    snapshot_bar (self, snapshot, &rgba);
  append_text (self, snapshot, ensure_layout (self), start, gtk_widget_get_width (widget) - start,
               is_number, &rgba);
}

/* A new font or text scale makes the layout anew. */
static void
thaw_cell_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ThawCell *self = THAW_CELL (widget);
  g_autofree char *text = g_strdup (thaw_cell_get_text (self));

  GTK_WIDGET_CLASS (thaw_cell_parent_class)->css_changed (widget, change);
  if (self->layout == NULL)
    return;
  g_clear_object (&self->layout);
  pango_layout_set_text (ensure_layout (self), text, -1);
}

static void
thaw_cell_dispose (GObject *object)
{
  ThawCell *self = THAW_CELL (object);

  g_clear_object (&self->layout);
  g_clear_object (&self->item);
  g_clear_pointer (&self->note, g_free);
  G_OBJECT_CLASS (thaw_cell_parent_class)->dispose (object);
}

static void
thaw_cell_class_init (ThawCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = thaw_cell_dispose;
  widget_class->measure = thaw_cell_measure;
  widget_class->snapshot = thaw_cell_snapshot;
  widget_class->css_changed = thaw_cell_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_widget_class_set_css_name (widget_class, "label");
}

static void
thaw_cell_init (ThawCell *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
thaw_cell_new (ThawCellKind kind)
{
  ThawCell *self = g_object_new (THAW_TYPE_CELL, NULL);

  self->kind = kind;
  return GTK_WIDGET (self);
}

void
thaw_cell_set (ThawCell *self, const ThawCellContent *content)
{
  g_return_if_fail (THAW_IS_CELL (self));

  pango_layout_set_text (ensure_layout (self), content->text, -1);
  g_free (self->note);
  self->note = g_strdup (content->note);
  self->colour = content->colour;
  self->share = content->share;
  self->dim = content->dim;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  content->text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
thaw_cell_get_text (ThawCell *self)
{
  g_return_val_if_fail (THAW_IS_CELL (self), "");

  return pango_layout_get_text (ensure_layout (self));
}

void
thaw_cell_set_item (ThawCell *self, GObject *item)
{
  g_return_if_fail (THAW_IS_CELL (self));

  g_set_object (&self->item, item);
}

GObject *
thaw_cell_get_item (ThawCell *self)
{
  g_return_val_if_fail (THAW_IS_CELL (self), NULL);

  return self->item;
}
