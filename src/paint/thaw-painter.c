/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of painting that do not depend on what is painted on: geometry of a scene, what a box
 * looks like, labels; and painting with cairo operations, box by box, for PDF and printing. The fast
 * way onto pixels is in thaw-painter-image.c.
 */
#include "thaw-painter-private.h"

#include <math.h>

#define DIMMED 0.78f      /* how far boxes that do not match fade into the background */
#define DIMMED_TEXT 0.55f /* how far their text fades into the box */
#define HATCH 0.26f
#define DIMMED_HATCH 0.10f
#define MAX_LIT_LAYOUTS 1024 /* more than lanes that are ever shown at once */
#define PADDING_PX 5         /* logical, left of a label; right of it a little less */

/**
 * thaw_painter_new:
 * @font: for labels; a size in points is taken at 96 dpi
 * @scale: device pixels a logical pixel; need not be whole
 */
ThawPainter *
thaw_painter_new (const PangoFontDescription *font, double scale)
{
  ThawPainter *painter;

  g_return_val_if_fail (font != NULL && scale > 0, NULL);

  painter = g_new0 (ThawPainter, 1);
  painter->scale = scale;
  painter->labels = thaw_labels_new (font, scale);
  painter->boxes = g_array_new (FALSE, FALSE, sizeof (ThawBox));
  painter->looks = g_array_new (FALSE, FALSE, sizeof (ThawLook));
  painter->lit_boxes = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  return painter;
}

void
thaw_painter_free (ThawPainter *painter)
{
  if (painter == NULL)
    return;
  thaw_labels_free (painter->labels);
  g_array_unref (painter->boxes);
  g_array_unref (painter->looks);
  g_hash_table_unref (painter->lit_boxes);
  g_clear_pointer (&painter->lit, g_bytes_unref);
  g_free (painter);
}

/* Where the bottom of row 0 stands in flame mode, in logical pixels of the unscrolled graph. */
static double
flame_bottom (const ThawScene *scene)
{
  return MAX (scene->height_px, thaw_scene_full_height (scene));
}

/**
 * thaw_scene_full_height:
 *
 * Returns: logical pixels that all rows need
 */
double
thaw_scene_full_height (const ThawScene *scene)
{
  return thaw_layout_get_n_rows (scene->layout) * scene->row_height_px;
}

/**
 * thaw_scene_row_top:
 *
 * Returns: the top of @row in logical pixels from the top of the picture, scrolling counted in
 */
double
thaw_scene_row_top (const ThawScene *scene, guint32 row)
{
  if (scene->flame)
    return flame_bottom (scene) - (row + 1.0) * scene->row_height_px - scene->scroll_px;
  return row * scene->row_height_px - scene->scroll_px;
}

/**
 * thaw_scene_row_at:
 * @y_px: logical pixels from the top of the picture
 *
 * Returns: the row there, or -1 where there is none
 */
gint64
thaw_scene_row_at (const ThawScene *scene, double y_px)
{
  double y = y_px + scene->scroll_px;
  double row = floor ((scene->flame ? flame_bottom (scene) - y : y) / scene->row_height_px);

  /* The edge between two rows belongs to the lower one, in either direction. */
  if (scene->flame &&
      thaw_scene_row_top (scene, 0) + scene->row_height_px - y_px == row * scene->row_height_px)
    row -= 1;
  return row >= 0 && row < thaw_layout_get_n_rows (scene->layout) ? (gint64) row : -1;
}

void
thaw_scene_visible_rows (const ThawScene *scene, guint32 *row0, guint32 *row1)
{
  double n = thaw_layout_get_n_rows (scene->layout);
  double first, last;

  if (scene->flame)
    {
      last = (flame_bottom (scene) - scene->scroll_px) / scene->row_height_px;
      first = last - scene->height_px / scene->row_height_px;
    }
  else
    {
      first = scene->scroll_px / scene->row_height_px;
      last = first + scene->height_px / scene->row_height_px;
    }
  *row0 = (guint32) CLAMP (floor (first), 0, n);
  *row1 = (guint32) CLAMP (ceil (last), *row0, n);
}

ThawRgb
thaw_look_hatch (const ThawLook *look)
{
  const ThawRgb black = { 0, 0, 0 }, white = { 1, 1, 1 };
  gboolean dark_text = thaw_palette_text (look->fill).r < 0.5f;

  return thaw_rgb_mix (look->fill, dark_text ? white : black,
                       look->flags & THAW_LOOK_DIMMED ? DIMMED_HATCH : HATCH);
}

static ThawLook
look_of (const ThawPainter *painter, const ThawScene *scene, const ThawBox *box, const guint8 *lit)
{
  const ThawTree *tree = thaw_layout_get_tree (scene->layout);
  guint32 frame = box->frame;
  ThawTheme theme = thaw_palette_get_theme (scene->palette);
  double share = 0;
  ThawLook look = { 0 };

  if (thaw_palette_get_mode (scene->palette) == THAW_COLOUR_SELF && tree->total[0] > 0)
    share = tree->self[box->node] / tree->total[0];
  look.fill = thaw_palette_colour (scene->palette, tree->key, frame, share);
  if (frame >= THAW_FRAME_FIRST_SPECIAL)
    look.flags |= THAW_LOOK_DASHED;
  else if (tree->flags != NULL && (tree->flags[box->node] & THAW_NODE_ESTIMATED))
    look.flags |= THAW_LOOK_HATCHED;
  if (theme == THAW_THEME_LIGHT_CONTRAST || theme == THAW_THEME_DARK_CONTRAST)
    look.flags |= THAW_LOOK_FRAMED;
  if (lit != NULL && (frame >= THAW_FRAME_FIRST_SPECIAL || !lit[frame]))
    {
      look.flags |= THAW_LOOK_DIMMED;
      look.fill = thaw_rgb_mix (look.fill, thaw_palette_background (theme), DIMMED);
    }
  if (box->width_px < THAW_MIN_LABEL_PX * painter->scale &&
      !(look.flags & (THAW_LOOK_DASHED | THAW_LOOK_FRAMED)))
    return look;
  look.text = thaw_palette_text (look.fill);
  if (look.flags & THAW_LOOK_DIMMED)
    look.text = thaw_rgb_mix (look.text, look.fill, DIMMED_TEXT);
  return look;
}

/* What the search lights, per frame; (transfer full) (nullable). */
static GBytes *
lit_frames (const ThawScene *scene, ThawTreeKey key)
{
  guint32 n = key == THAW_KEY_FUNCTION ? thaw_profile_get_n_functions (scene->profile)
                                       : thaw_profile_get_n_locations (scene->profile);
  guint8 *lit;

  if (scene->matches == NULL)
    return NULL;
  lit = g_new (guint8, n);
  for (guint32 frame = 0; frame < n; frame++)
    lit[frame] = scene->matches[thaw_profile_frame_function (scene->profile, key, frame)];
  return g_bytes_new_take (lit, n);
}

void
thaw_painter_begin (ThawPainter *painter, const ThawScene *scene)
{
  ThawTreeKey key = thaw_layout_get_tree (scene->layout)->key;
  g_autoptr (GBytes) lit = lit_frames (scene, key);
  gpointer serial = GUINT_TO_POINTER (thaw_layout_get_serial (scene->layout));

  thaw_labels_set_names (painter->labels, scene->profile, key);
  if (lit == NULL || painter->lit == NULL || !g_bytes_equal (lit, painter->lit) ||
      g_hash_table_size (painter->lit_boxes) > MAX_LIT_LAYOUTS)
    g_hash_table_remove_all (painter->lit_boxes);
  g_clear_pointer (&painter->lit, g_bytes_unref);
  painter->lit = g_steal_pointer (&lit);
  if (painter->lit != NULL && !g_hash_table_contains (painter->lit_boxes, serial))
    g_hash_table_insert (
        painter->lit_boxes, serial,
        thaw_layout_find_lit (scene->layout, g_bytes_get_data (painter->lit, NULL)));
}

void
thaw_painter_collect (ThawPainter *painter, const ThawScene *scene, guint32 row)
{
  ThawView view = scene->view;
  const guint8 *lit = painter->lit != NULL ? g_bytes_get_data (painter->lit, NULL) : NULL;
  const ThawBox *boxes;

  view.width_px *= painter->scale;
  g_array_set_size (painter->boxes, 0);
  thaw_layout_collect (scene->layout, &view, row, 1, painter->boxes);
  if (painter->lit != NULL)
    thaw_layout_prefer (
        scene->layout, &view,
        g_hash_table_lookup (painter->lit_boxes,
                             GUINT_TO_POINTER (thaw_layout_get_serial (scene->layout))),
        painter->boxes);
  g_array_set_size (painter->looks, painter->boxes->len);
  boxes = (const ThawBox *) painter->boxes->data;
  for (guint i = 0; i < painter->boxes->len; i++)
    g_array_index (painter->looks, ThawLook, i) = look_of (painter, scene, &boxes[i], lit);
}

void
thaw_painter_label (ThawPainter *painter,
                    const ThawScene *scene,
                    const ThawBox *box,
                    const ThawLook *look,
                    double y,
                    double height)
{
  const ThawTree *tree = thaw_layout_get_tree (scene->layout);
  double padding = PADDING_PX * painter->scale;
  double left = MAX (box->x_px, 0);
  double right = MIN (box->x_px + box->width_px, scene->view.width_px * painter->scale);
  gboolean folded = tree->flags != NULL && (tree->flags[box->node] & THAW_NODE_FOLDED);

  if (right - left < THAW_MIN_LABEL_PX * painter->scale)
    return;
  thaw_labels_add (painter->labels, box->frame, folded, left + padding, y,
                   right - left - 1.6 * padding, height, look->text);
}

static void
set_source (cairo_t *cr, ThawRgb colour, double alpha)
{
  cairo_set_source_rgba (cr, colour.r, colour.g, colour.b, alpha);
}

static void
rounded_rectangle (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

/* Diagonals from lower left to upper right over the current path, which is used up. */
static void
draw_hatch (cairo_t *cr, double x, double y, double width, double height, double scale)
{
  cairo_save (cr);
  cairo_clip (cr);
  cairo_set_line_width (cr, 1.5 * scale);
  for (double at = 0; at < width + height; at += 7 * scale)
    {
      cairo_move_to (cr, x + at - height, y + height);
      cairo_line_to (cr, x + at, y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* One box with cairo operations. */
static void
draw_box (ThawPainter *painter,
          cairo_t *cr,
          const ThawBox *box,
          const ThawLook *look,
          double y,
          double height)
{
  double scale = painter->scale;
  double gap = box->width_px > 3 * scale ? scale : 0;
  double width = box->width_px - gap;
  double radius = MIN (2 * scale, width / 2);
  const double dashes[] = { 4 * scale, 3 * scale };

  set_source (cr, look->fill, box->cover);
  if (box->width_px < 3 * scale)
    {
      cairo_rectangle (cr, box->x_px, y, width, height);
      cairo_fill (cr);
      return;
    }
  rounded_rectangle (cr, box->x_px, y, width, height, radius);
  cairo_fill_preserve (cr);
  if (look->flags & THAW_LOOK_HATCHED)
    {
      set_source (cr, thaw_look_hatch (look), 1);
      draw_hatch (cr, box->x_px, y, width, height, scale);
    }
  cairo_new_path (cr);
  if ((look->flags & (THAW_LOOK_DASHED | THAW_LOOK_FRAMED)) == 0 || width < 4 * scale)
    return;
  cairo_set_line_width (cr, scale);
  cairo_set_dash (cr, dashes, look->flags & THAW_LOOK_DASHED ? 2 : 0, 0);
  set_source (cr, thaw_rgb_mix (look->fill, look->text, look->flags & THAW_LOOK_FRAMED ? 1 : 0.4f),
              1);
  rounded_rectangle (cr, box->x_px + scale / 2, y + scale / 2, width - scale, height - scale,
                     radius);
  cairo_stroke (cr);
}

/**
 * thaw_painter_paint_vector:
 * @cr: paints a picture of view.width_px × height_px units at its origin, clipped to that
 *
 * Box by box with cairo operations; for surfaces that are not made of pixels.
 */
void
thaw_painter_paint_vector (ThawPainter *painter, const ThawScene *scene, cairo_t *cr)
{
  guint32 row0, row1;
  double scale = painter->scale;

  g_return_if_fail (scene->row_height_px > 0);

  thaw_painter_begin (painter, scene);
  thaw_scene_visible_rows (scene, &row0, &row1);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, scene->view.width_px, scene->height_px);
  cairo_clip (cr);
  cairo_scale (cr, 1 / scale, 1 / scale);
  for (guint32 row = row0; row < row1; row++)
    {
      double y = thaw_scene_row_top (scene, row) * scale;
      double height = (scene->row_height_px - 1) * scale;

      thaw_painter_collect (painter, scene, row);
      for (guint i = 0; i < painter->boxes->len; i++)
        {
          const ThawBox *box = &g_array_index (painter->boxes, ThawBox, i);
          const ThawLook *look = &g_array_index (painter->looks, ThawLook, i);

          draw_box (painter, cr, box, look, y, height);
          thaw_painter_label (painter, scene, box, look, y, height);
        }
    }
  thaw_labels_draw (painter->labels, cr);
  cairo_restore (cr);
}
