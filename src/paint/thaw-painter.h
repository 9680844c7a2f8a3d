/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Layout + view + palette → pixels (or vector operations) on a cairo surface. No GTK.
 *
 * Two ways with one look: onto an ARGB32 image surface, where box fills are written straight into
 * the pixels and labels are drawn as batched glyph strings shaped once per name; and onto any
 * cairo_t (SVG, PDF), box by box. Hover and selection are not painted here: they are overlays.
 */
#pragma once

#include <cairo.h>
#include <pango/pango.h>
#include "thaw-layout.h"
#include "thaw-palette.h"

G_BEGIN_DECLS

#define THAW_ROW_HEIGHT_PX 23 /* default height of a row with its gap, in logical pixels */

/**
 * ThawScene:
 * @flame: root at the bottom (flame) instead of on top (icicle)
 * @row_height_px: logical pixels a row, gap included
 * @scroll_px: logical pixels scrolled down from the top of the graph
 * @height_px: logical height of the picture; in flame mode row 0 stands at the bottom of
 *   max (height_px, n_rows × row_height_px)
 * @matches: (nullable): one byte per function; others are dimmed when set
 *
 * Everything that decides a picture. @view.width_px is its logical width.
 */
typedef struct
{
  const ThawProfile *profile;
  const ThawLayout *layout;
  const ThawPalette *palette;
  ThawView view;
  gboolean flame;
  double row_height_px;
  double scroll_px;
  double height_px;
  const guint8 *matches;
} ThawScene;

typedef struct _ThawPainter ThawPainter; /* caches shaped names; one per thread of use */

ThawPainter *thaw_painter_new (const PangoFontDescription *font, double scale);
void thaw_painter_free (ThawPainter *painter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawPainter, thaw_painter_free)

/* Paints onto an ARGB32 image surface of ceil (width × scale) × ceil (height × scale) device pixels. */
void
thaw_painter_paint_image (ThawPainter *painter, const ThawScene *scene, cairo_surface_t *image);
/* Paints the same with cairo operations, in logical pixels, at the current origin of @cr. */
void thaw_painter_paint_vector (ThawPainter *painter, const ThawScene *scene, cairo_t *cr);

/* Geometry shared with hit tests: top of @row in the picture, and the row at @y_px (-1: none). */
double thaw_scene_row_top (const ThawScene *scene, guint32 row);
gint64 thaw_scene_row_at (const ThawScene *scene, double y_px);
double thaw_scene_full_height (const ThawScene *scene);

G_END_DECLS
