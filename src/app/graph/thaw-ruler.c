/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ticks at round values. A text that would run over the right edge is left out.
 */
#include "thaw-ruler.h"

#include <math.h>
#include "thaw-format.h"

#define TICK_PX 5
#define TEXT_GAP_PX 4
#define TICK_DISTANCE_PX 110

struct _ThawRuler
{
  GtkWidget parent;

  ThawZoom *zoom;
  ThawUnit unit;
  gboolean is_clock;
};

G_DEFINE_FINAL_TYPE (ThawRuler, thaw_ruler, GTK_TYPE_WIDGET)

double
thaw_ruler_step (double span, double n)
{
  if (!(span > 0) || !(n > 0) || !isfinite (span / n))
    return 1;
  double least = span / n;
  double power = pow (10, floor (log10 (least)));

  for (guint i = 0; i < 3; i++)
    {
      static const double steps[] = { 1, 2, 5 };
      if (steps[i] * power >= least * (1 - 1e-9))
        return steps[i] * power;
    }
  return 10 * power;
}

void
thaw_ruler_set_zoom (ThawRuler *self, ThawZoom *zoom, ThawUnit unit, gboolean is_clock)
{
  g_return_if_fail (THAW_IS_RULER (self) && THAW_IS_ZOOM (zoom));

  if (self->zoom != NULL)
    g_signal_handlers_disconnect_by_func (self->zoom, gtk_widget_queue_draw, self);
  g_set_object (&self->zoom, zoom);
  g_signal_connect_object (zoom, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  self->unit = unit;
  self->is_clock = is_clock;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static PangoLayout *
shape (ThawRuler *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.77));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static void
thaw_ruler_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ThawRuler *self = THAW_RULER (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GdkRGBA ink, line;

  if (self->zoom == NULL || !(thaw_zoom_get_axis (self->zoom) > 0) || width <= 0)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  line = ink;
  ink.alpha *= 0.6f;
  line.alpha *= 0.22f;

  ThawView view = *thaw_zoom_get_view (self->zoom);
  double span = view.x1 - view.x0;
  double origin = self->is_clock ? 0 : view.x0;
  double step = thaw_ruler_step (span, MAX (width / (double) TICK_DISTANCE_PX, 1));
  /* Neighbours would read the same with the three digits that are enough elsewhere. */
  gboolean fine = step < 0.01 * (view.x1 - origin);
  view.width_px = width;
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (0, (float) height - 1, (float) width, 1));
  for (double at = ceil ((view.x0 - origin) / step) * step; at <= view.x1 - origin; at += step)
    {
      float x = (float) floor (thaw_view_to_px (&view, origin + at));
      double shown = fabs (at) < step / 2 ? 0 : at;
      g_autofree char *value = fine ? thaw_format_exact (self->unit, shown)
                                    : thaw_format_value (self->unit, shown);
      g_autoptr (PangoLayout) text = shape (self, value);
      int text_width, text_height;

      gtk_snapshot_append_color (snapshot, &line,
                                 &GRAPHENE_RECT_INIT (x, (float) height - TICK_PX, 1, TICK_PX));
      pango_layout_get_pixel_size (text, &text_width, &text_height);
      if (x + TEXT_GAP_PX + text_width > width)
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (
          snapshot, &GRAPHENE_POINT_INIT (x + TEXT_GAP_PX, (float) (height - 2 - text_height)));
      gtk_snapshot_append_layout (snapshot, text, &ink);
      gtk_snapshot_restore (snapshot);
    }
}

static void
thaw_ruler_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      g_autoptr (PangoLayout) text = shape (THAW_RULER (widget), "0");
      pango_layout_get_pixel_size (text, NULL, natural);
      *minimum = *natural += 3;
    }
}

static void
thaw_ruler_dispose (GObject *object)
{
  g_clear_object (&THAW_RULER (object)->zoom);
  G_OBJECT_CLASS (thaw_ruler_parent_class)->dispose (object);
}

static void
thaw_ruler_class_init (ThawRulerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = thaw_ruler_dispose;
  widget_class->measure = thaw_ruler_measure;
  widget_class->snapshot = thaw_ruler_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
thaw_ruler_init (ThawRuler *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}
