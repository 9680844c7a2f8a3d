/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that graphs have in common in looks, kept in one place so that a change of theme costs
 * one palette and one painter, however many lanes there are.
 */
#include "thaw-graph-style.h"

#include <adwaita.h>
#include <math.h>

/* Labels of boxes stand a little smaller than the text of the interface. */
#define LABEL_SIZE 0.87
/* A row of the usual height is at least so many times as high as its text. */
#define ROW_PER_TEXT 1.75

struct _ThawGraphStyle
{
  GObject parent;

  GtkWidget *widget; /* weak */
  ThawProfile *profile;
  ThawColourMode mode;
  ThawPalette *palette; /* made when asked for */
  ThawPainter *painter; /* made when asked for */
  double painter_scale;
  double row_height;    /* 0: to be worked out */
  double wanted_height; /* at the usual size of text */
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ThawGraphStyle, thaw_graph_style, G_TYPE_OBJECT)

static void
forget_palette (ThawGraphStyle *self)
{
  g_clear_pointer (&self->palette, thaw_palette_unref);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
forget_font (ThawGraphStyle *self)
{
  g_clear_pointer (&self->painter, thaw_painter_free);
  self->row_height = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The interface's font, with its size in pixels as this screen has it. */
static PangoFontDescription *
label_font (ThawGraphStyle *self, double *size_px)
{
  PangoContext *context = gtk_widget_get_pango_context (self->widget);
  PangoFontDescription *font = pango_font_description_copy (
      pango_context_get_font_description (context));
  double resolution = pango_cairo_context_get_resolution (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= (resolution > 0 ? resolution : 96) / 72;
  *size_px = (size > 0 ? size : 14.7) * LABEL_SIZE;
  pango_font_description_set_absolute_size (font, *size_px * PANGO_SCALE);
  return font;
}

/**
 * thaw_graph_style_new:
 * @widget: whose font is used; not kept alive
 *
 * Returns: (transfer full): a style that follows the system
 */
ThawGraphStyle *
thaw_graph_style_new (GtkWidget *widget)
{
  ThawGraphStyle *self = g_object_new (THAW_TYPE_GRAPH_STYLE, NULL);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkSettings *settings = gtk_widget_get_settings (widget);

  g_set_weak_pointer (&self->widget, widget);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (forget_palette), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (forget_palette), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::gtk-font-name", G_CALLBACK (forget_font), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (forget_font), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
thaw_graph_style_set_profile (ThawGraphStyle *self, ThawProfile *profile)
{
  g_return_if_fail (THAW_IS_GRAPH_STYLE (self));
  if (self->profile == profile)
    return;
  g_clear_pointer (&self->profile, thaw_profile_unref);
  self->profile = profile != NULL ? thaw_profile_ref (profile) : NULL;
  forget_palette (self);
}

void
thaw_graph_style_set_mode (ThawGraphStyle *self, ThawColourMode mode)
{
  g_return_if_fail (THAW_IS_GRAPH_STYLE (self));
  if (self->mode == mode)
    return;
  self->mode = mode;
  forget_palette (self);
}

ThawTheme
thaw_theme_now (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? THAW_THEME_DARK_CONTRAST : THAW_THEME_LIGHT_CONTRAST;
  return dark ? THAW_THEME_DARK : THAW_THEME_LIGHT;
}

ThawPalette *
thaw_graph_style_get_palette (ThawGraphStyle *self)
{
  g_return_val_if_fail (THAW_IS_GRAPH_STYLE (self), NULL);
  if (self->palette == NULL && self->profile != NULL)
    self->palette = thaw_palette_new (self->profile, self->mode, thaw_theme_now ());
  return self->palette;
}

double
thaw_graph_style_get_row_height (ThawGraphStyle *self)
{
  g_return_val_if_fail (THAW_IS_GRAPH_STYLE (self), THAW_ROW_HEIGHT_PX);
  if (self->row_height == 0)
    {
      double size_px;
      pango_font_description_free (label_font (self, &size_px));
      self->row_height = MAX (self->wanted_height, ceil (size_px * ROW_PER_TEXT *
                                                         self->wanted_height / THAW_ROW_HEIGHT_PX));
    }
  return self->row_height;
}

void
thaw_graph_style_set_row_height (ThawGraphStyle *self, double row_height_px)
{
  g_return_if_fail (THAW_IS_GRAPH_STYLE (self) && row_height_px > 0);
  if (self->wanted_height == row_height_px)
    return;
  self->wanted_height = row_height_px;
  forget_font (self);
}

ThawPainter *
thaw_graph_style_get_painter (ThawGraphStyle *self, double scale)
{
  g_return_val_if_fail (THAW_IS_GRAPH_STYLE (self), NULL);
  if (self->painter != NULL && self->painter_scale != scale)
    g_clear_pointer (&self->painter, thaw_painter_free);
  if (self->painter == NULL)
    {
      double size_px;
      g_autoptr (PangoFontDescription) font = label_font (self, &size_px);
      self->painter = thaw_painter_new (font, scale);
      self->painter_scale = scale;
    }
  return self->painter;
}

GdkRGBA
thaw_graph_style_get_ink (ThawGraphStyle *self, double alpha)
{
  ThawRgb ink = thaw_palette_text (thaw_palette_background (thaw_theme_now ()));

  return (GdkRGBA){ ink.r, ink.g, ink.b, (float) alpha };
}

static void
thaw_graph_style_finalize (GObject *object)
{
  ThawGraphStyle *self = THAW_GRAPH_STYLE (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_pointer (&self->profile, thaw_profile_unref);
  g_clear_pointer (&self->palette, thaw_palette_unref);
  g_clear_pointer (&self->painter, thaw_painter_free);
  G_OBJECT_CLASS (thaw_graph_style_parent_class)->finalize (object);
}

static void
thaw_graph_style_class_init (ThawGraphStyleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = thaw_graph_style_finalize;
  signals[CHANGED] = g_signal_new ("changed", THAW_TYPE_GRAPH_STYLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
thaw_graph_style_init (ThawGraphStyle *self)
{
  self->wanted_height = THAW_ROW_HEIGHT_PX;
}
