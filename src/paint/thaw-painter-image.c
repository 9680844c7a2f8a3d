/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Painting straight into the pixels of an image surface.
 *
 * Boxes of a row share top and bottom, so one line of pixels is painted and copied down; then what
 * is not the same on every line is laid over the wider boxes: rounded corners, hatches, outlines.
 * Labels come last, in batches. A box of at least a pixel covers whole pixels from the nearest edge
 * to the nearest edge; less than a pixel tints its pixel by how much of it is covered.
 */
#include "thaw-painter-private.h"

#include <math.h>
#include <string.h>

#define FAINTEST 0.25f /* a box however thin stays this visible */
#define MAX_RADIUS 8

/* A line of pixels and where the row of boxes stands; device pixels throughout. */
typedef struct
{
  guint32 *pixels; /* top left of the image */
  gsize stride;    /* in pixels */
  int width, height;
  int top, bottom; /* of the row without its gap; may stick out of the image */
  int radius;
  int unit; /* a logical pixel, at least one device pixel: gaps, outlines */
  guint32 background;
  float corner[MAX_RADIUS][MAX_RADIUS]; /* share of a corner's pixel that is box */
} Canvas;

static guint32
to_pixel (ThawRgb c)
{
  return 0xff000000u | (guint32) (c.r * 255 + 0.5f) << 16 | (guint32) (c.g * 255 + 0.5f) << 8 |
         (guint32) (c.b * 255 + 0.5f);
}

/* @over laid over @under; both opaque. */
static guint32
blend (guint32 under, guint32 over, float alpha)
{
  guint32 a = (guint32) (alpha * 256 + 0.5f), b = 256 - a;
  guint32 red_blue = ((over & 0xff00ff) * a + (under & 0xff00ff) * b) >> 8;
  guint32 green = ((over & 0x00ff00) * a + (under & 0x00ff00) * b) >> 8;

  return 0xff000000u | (red_blue & 0xff00ff) | (green & 0x00ff00);
}

static void
fill_line (guint32 *line, int from, int to, guint32 pixel)
{
  for (int x = from; x < to; x++)
    line[x] = pixel;
}

/* Copies @line to the lines [first, last) of the image. */
static void
copy_line (Canvas *canvas, const guint32 *line, int first, int last)
{
  for (int y = first; y < last; y++)
    memcpy (canvas->pixels + (gsize) y * canvas->stride, line,
            (gsize) canvas->width * sizeof (guint32));
}

/* How much of each pixel of a top left corner lies inside the curve, by 4 × 4 points a pixel. */
static void
measure_corner (Canvas *canvas)
{
  int r = canvas->radius;

  for (int y = 0; y < r; y++)
    for (int x = 0; x < r; x++)
      {
        int inside = 0;

        for (int i = 0; i < 16; i++)
          {
            double dx = r - (x + (i % 4 + 0.5) / 4), dy = r - (y + (i / 4 + 0.5) / 4);

            inside += dx * dx + dy * dy <= (double) r * r;
          }
        canvas->corner[y][x] = (float) inside / 16;
      }
}

static void
set_pixel (Canvas *canvas, int x, int y, guint32 pixel, float alpha)
{
  guint32 *at;

  if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height)
    return;
  at = &canvas->pixels[(gsize) y * canvas->stride + (gsize) x];
  *at = alpha >= 1 ? pixel : blend (*at, pixel, alpha);
}

static void
draw_corners (Canvas *canvas, int left, int right)
{
  for (int y = 0; y < canvas->radius; y++)
    for (int x = 0; x < canvas->radius; x++)
      {
        float outside = 1 - canvas->corner[y][x];

        if (outside == 0)
          continue;
        set_pixel (canvas, left + x, canvas->top + y, canvas->background, outside);
        set_pixel (canvas, right - 1 - x, canvas->top + y, canvas->background, outside);
        set_pixel (canvas, left + x, canvas->bottom - 1 - y, canvas->background, outside);
        set_pixel (canvas, right - 1 - x, canvas->bottom - 1 - y, canvas->background, outside);
      }
}

/* Diagonals, seven logical pixels apart, that stand still against the box while it is moved. */
static void
draw_hatch (Canvas *canvas, int left, int right, guint32 pixel)
{
  int period = 7 * canvas->unit, thick = canvas->unit;
  int from = MAX (left, 0), to = MIN (right, canvas->width);

  for (int y = MAX (canvas->top, 0); y < MIN (canvas->bottom, canvas->height); y++)
    {
      guint32 *line = canvas->pixels + (gsize) y * canvas->stride;
      int phase = (from - left + y - canvas->top) % period;

      for (int x = from - phase; x < to; x += period)
        {
          for (int i = 0; i < thick; i++)
            if (x + i >= from && x + i < to)
              line[x + i] = pixel;
          if (x + thick >= from && x + thick < to)
            line[x + thick] = blend (line[x + thick], pixel, 0.5f);
        }
    }
}

/* A frame of one logical pixel, four on and three off when @dashed. */
static void
draw_frame (Canvas *canvas, int left, int right, guint32 pixel, gboolean dashed)
{
  int on = dashed ? 4 * canvas->unit : 1, period = dashed ? 7 * canvas->unit : 1;
  int from = MAX (left, 0), to = MIN (right, canvas->width);

  for (int i = 0; i < canvas->unit; i++)
    {
      for (int x = from; x < to; x++)
        if ((x - left) % period < on)
          {
            set_pixel (canvas, x, canvas->top + i, pixel, 1);
            set_pixel (canvas, x, canvas->bottom - 1 - i, pixel, 1);
          }
      for (int y = canvas->top; y < canvas->bottom; y++)
        if ((y - canvas->top) % period < on)
          {
            set_pixel (canvas, left + i, y, pixel, 1);
            set_pixel (canvas, right - 1 - i, y, pixel, 1);
          }
    }
}

/* The whole pixels a box covers, without the gap to its right, which boxes too thin for one lack.
 * FALSE when it is less than a pixel. */
static gboolean
snap (const Canvas *canvas, const ThawBox *box, int *left, int *right)
{
  *left = (int) lrintf (box->x_px);
  *right = (int) lrintf (box->x_px + box->width_px);
  if (box->width_px < 1 || *right <= *left)
    return FALSE;
  if (*right - *left >= 3 * canvas->unit)
    *right -= canvas->unit;
  return TRUE;
}

/* Puts a box into the line at @top that is copied down later. */
static void
paint_into_line (Canvas *canvas, guint32 *line, const ThawBox *box, const ThawLook *look)
{
  guint32 pixel = to_pixel (look->fill);
  int left, right;

  if (snap (canvas, box, &left, &right))
    {
      fill_line (line, MAX (left, 0), MIN (right, canvas->width), pixel);
      return;
    }
  left = (int) (box->x_px + box->width_px / 2);
  if (left >= 0 && left < canvas->width)
    line[left] = blend (line[left], pixel, CLAMP (box->cover * box->width_px, FAINTEST, 1));
}

/* What the copied lines cannot show. */
static void
decorate (Canvas *canvas, const ThawBox *box, const ThawLook *look)
{
  int left, right;

  if (box->width_px < 4 * canvas->unit || !snap (canvas, box, &left, &right))
    return;
  if (look->flags & THAW_LOOK_HATCHED)
    draw_hatch (canvas, left, right, to_pixel (thaw_look_hatch (look)));
  if (look->flags & THAW_LOOK_FRAMED)
    draw_frame (canvas, left, right, to_pixel (look->text), look->flags & THAW_LOOK_DASHED);
  else if (look->flags & THAW_LOOK_DASHED)
    draw_frame (canvas, left, right, to_pixel (thaw_rgb_mix (look->fill, look->text, 0.4f)), TRUE);
  if (right - left >= 2 * canvas->radius + canvas->unit &&
      canvas->bottom - canvas->top > 2 * canvas->radius)
    draw_corners (canvas, left, right);
}

static void
paint_row (ThawPainter *painter, const ThawScene *scene, Canvas *canvas, guint32 row, guint32 *line)
{
  int first = MAX (canvas->top, 0), last = MIN (canvas->bottom, canvas->height);

  fill_line (line, 0, canvas->width, canvas->background);
  copy_line (canvas, line, MAX (canvas->bottom, 0),
             MIN (canvas->bottom + canvas->unit, canvas->height));
  if (first >= last)
    return;
  thaw_painter_collect (painter, scene, row);
  for (guint i = 0; i < painter->boxes->len; i++)
    {
      const ThawBox *box = &g_array_index (painter->boxes, ThawBox, i);

      paint_into_line (canvas, line, box, &g_array_index (painter->looks, ThawLook, i));
    }
  copy_line (canvas, line, first, last);
  for (guint i = 0; i < painter->boxes->len; i++)
    {
      const ThawBox *box = &g_array_index (painter->boxes, ThawBox, i);
      const ThawLook *look = &g_array_index (painter->looks, ThawLook, i);

      decorate (canvas, box, look);
      thaw_painter_label (painter, scene, box, look, canvas->top, canvas->bottom - canvas->top);
    }
}

/* Labels onto the pixels, whatever device scale the surface says it has. */
static void
draw_labels (ThawPainter *painter, cairo_surface_t *image)
{
  cairo_t *cr = cairo_create (image);
  double x_scale, y_scale;

  cairo_surface_get_device_scale (image, &x_scale, &y_scale);
  cairo_scale (cr, 1 / x_scale, 1 / y_scale);
  thaw_labels_draw (painter->labels, cr);
  cairo_destroy (cr);
}

/**
 * thaw_painter_paint_image:
 * @image: an image surface of %CAIRO_FORMAT_ARGB32 or RGB24, all of which is painted over
 */
void
thaw_painter_paint_image (ThawPainter *painter, const ThawScene *scene, cairo_surface_t *image)
{
  Canvas canvas = { 0 };
  g_autofree guint32 *line = NULL;
  guint32 row0, row1;
  int first = G_MAXINT, last = 0; /* lines that rows cover */
  double scale = painter->scale;

  g_return_if_fail (cairo_surface_get_type (image) == CAIRO_SURFACE_TYPE_IMAGE);
  g_return_if_fail (cairo_image_surface_get_format (image) == CAIRO_FORMAT_ARGB32 ||
                    cairo_image_surface_get_format (image) == CAIRO_FORMAT_RGB24);
  g_return_if_fail (scene->row_height_px > 0);

  cairo_surface_flush (image);
  canvas.pixels = (guint32 *) (void *) cairo_image_surface_get_data (image);
  canvas.stride = (gsize) cairo_image_surface_get_stride (image) / sizeof (guint32);
  canvas.width = cairo_image_surface_get_width (image);
  canvas.height = cairo_image_surface_get_height (image);
  canvas.unit = MAX (1, (int) lround (scale));
  canvas.radius = MIN (2 * canvas.unit, MAX_RADIUS);
  canvas.background = to_pixel (thaw_palette_background (thaw_palette_get_theme (scene->palette)));
  if (canvas.pixels == NULL)
    return;
  measure_corner (&canvas);
  line = g_new (guint32, canvas.width);
  thaw_painter_begin (painter, scene);
  thaw_scene_visible_rows (scene, &row0, &row1);
  for (guint32 row = row0; row < row1; row++)
    {
      double top = thaw_scene_row_top (scene, row) * scale;

      canvas.top = (int) lround (top);
      canvas.bottom = (int) lround (top + scene->row_height_px * scale) - canvas.unit;
      first = MIN (first, canvas.top);
      last = MAX (last, canvas.bottom + canvas.unit);
      paint_row (painter, scene, &canvas, row, line);
    }
  fill_line (line, 0, canvas.width, canvas.background);
  copy_line (&canvas, line, 0, MIN (first, canvas.height));
  copy_line (&canvas, line, MAX (last, 0), canvas.height);
  cairo_surface_mark_dirty (image);
  draw_labels (painter, image);
}
