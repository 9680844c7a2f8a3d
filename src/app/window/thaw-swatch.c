/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawSwatch: draws its colours as one rounded rectangle with equal parts.
 */
#include "thaw-swatch.h"

#define HEIGHT_PX 12
#define RADIUS_PX 3

struct _ThawSwatch
{
  GtkWidget parent_instance;
  ThawRgb *colours;
  guint n;
  int width_px;
};

G_DEFINE_FINAL_TYPE (ThawSwatch, thaw_swatch, GTK_TYPE_WIDGET)

static void
thaw_swatch_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? THAW_SWATCH (widget)->width_px
                                                                  : HEIGHT_PX;
}

static void
thaw_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ThawSwatch *self = THAW_SWATCH (widget);
  float width = (float) gtk_widget_get_width (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, HEIGHT_PX);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, RADIUS_PX);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  for (guint i = 0; i < self->n; i++)
    {
      const ThawRgb *rgb = &self->colours[i];
      GdkRGBA colour = { rgb->r, rgb->g, rgb->b, 1 };
      float x = width * (float) i / (float) self->n;
      graphene_rect_t part = GRAPHENE_RECT_INIT (x, 0, width / (float) self->n + 1, HEIGHT_PX);

      gtk_snapshot_append_color (snapshot, &colour, &part);
    }
  gtk_snapshot_pop (snapshot);
}

static void
thaw_swatch_finalize (GObject *object)
{
  g_free (THAW_SWATCH (object)->colours);
  G_OBJECT_CLASS (thaw_swatch_parent_class)->finalize (object);
}

static void
thaw_swatch_class_init (ThawSwatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = thaw_swatch_finalize;
  GTK_WIDGET_CLASS (klass)->measure = thaw_swatch_measure;
  GTK_WIDGET_CLASS (klass)->snapshot = thaw_swatch_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
thaw_swatch_init (ThawSwatch *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
thaw_swatch_new (const ThawRgb *colours, guint n, int width_px)
{
  ThawSwatch *self = g_object_new (THAW_TYPE_SWATCH, NULL);

  self->colours = g_memdup2 (colours, n * sizeof *colours);
  self->n = n;
  self->width_px = width_px;
  return GTK_WIDGET (self);
}
