/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-painter.h"

ThawPainter *
thaw_painter_new (const PangoFontDescription *font, double scale)
{
  return NULL;
}

void
thaw_painter_free (ThawPainter *painter)
{
}

void
thaw_painter_paint_image (ThawPainter *painter, const ThawScene *scene, cairo_surface_t *image)
{
}

void
thaw_painter_paint_vector (ThawPainter *painter, const ThawScene *scene, cairo_t *cr)
{
}

double
thaw_scene_row_top (const ThawScene *scene, guint32 row)
{
  return 0;
}

gint64
thaw_scene_row_at (const ThawScene *scene, double y_px)
{
  return 0;
}

double
thaw_scene_full_height (const ThawScene *scene)
{
  return 0;
}

