/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PNG and PDF: the graphs by the painter, the words around them by Pango. Both formats end
 * somewhere (32 767 pixels, 14 400 points); a picture that is taller is cut off there and says so.
 */
#include "thaw-export-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>
#include "thaw-picture-private.h"

#define PNG_SCALE 2
#define PNG_MAX_SIDE 32000
#define PNG_MAX_PIXELS 80e6 /* 320 MB of memory */
#define PDF_MAX_PX 19200    /* 14 400 points of 1/72 inch, a pixel being 1/96 inch */
#define CUT_NOTE_PX 26

/* A stream that cairo writes to. */
typedef struct
{
  GOutputStream *out;
  GCancellable *cancellable;
  GError **error;
} Target;

static cairo_status_t
write_to_target (void *closure, const unsigned char *data, unsigned int length)
{
  Target *target = closure;

  return g_output_stream_write_all (target->out, data, length, NULL, target->cancellable,
                                    target->error)
             ? CAIRO_STATUS_SUCCESS
             : CAIRO_STATUS_WRITE_ERROR;
}

/* Turns a status of cairo into a GError, unless the stream has set one. */
static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  if (status != CAIRO_STATUS_WRITE_ERROR)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The picture cannot be drawn: %s"),
                 cairo_status_to_string (status));
  return FALSE;
}

static void
set_source (cairo_t *cr, ThawRgb colour)
{
  cairo_set_source_rgb (cr, colour.r, colour.g, colour.b);
}

/* One line of words, @x and @baseline its left end, or its right end when @to_left; returns where it
 * ends. No wider than @max_px. */
static double
draw_words (cairo_t *cr,
            const char *text,
            double x,
            double baseline,
            double max_px,
            double size_px,
            gboolean bold,
            gboolean to_left,
            ThawRgb ink)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (THAW_PICTURE_FONT);
  int width;

  pango_font_description_set_absolute_size (font, size_px * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (MAX (max_px, 0) * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (to_left)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  set_source (cr, ink);
  cairo_move_to (cr, to_left ? x - MAX (max_px, 0) : x,
                 baseline - pango_layout_get_baseline (layout) / (double) PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
  return x + width;
}

static void
draw_heading (const ThawPicture *picture, cairo_t *cr, const ThawPictureLane *lane)
{
  double right = picture->left_px + picture->graph_width_px;
  double x = draw_words (cr, lane->title, picture->left_px, lane->heading_px,
                         picture->graph_width_px * 0.5, 13, TRUE, FALSE,
                         thaw_picture_ink (picture));

  draw_words (cr, lane->subtitle, x + 10, lane->heading_px, right - x - 120, 11, FALSE, FALSE,
              thaw_picture_faint_ink (picture));
  draw_words (cr, lane->total, right, lane->heading_px, 100, 11, FALSE, TRUE,
              thaw_picture_faint_ink (picture));
}

static void
draw_legend (const ThawPicture *picture, cairo_t *cr)
{
  ThawTheme theme = thaw_palette_get_theme (picture->palette);
  double x = picture->left_px;

  for (guint origin = 0; origin < THAW_N_ORIGINS; origin++)
    {
      set_source (cr, thaw_palette_origin (origin, theme));
      cairo_rectangle (cr, x, picture->legend_px - 10, 12, 12);
      cairo_fill (cr);
      x = draw_words (cr, thaw_origin_title (origin), x + 18, picture->legend_px, 300, 11, FALSE,
                      FALSE, thaw_picture_faint_ink (picture)) +
          20;
    }
}

/* Everything but the graphs, as far as @height_px. */
static void
draw_surroundings (const ThawPicture *picture, cairo_t *cr, double height_px)
{
  set_source (cr, thaw_palette_background (thaw_palette_get_theme (picture->palette)));
  cairo_paint (cr);
  draw_words (cr, picture->title, picture->left_px, 24, picture->graph_width_px, 16, TRUE, FALSE,
              thaw_picture_ink (picture));
  draw_words (cr, picture->subtitle, picture->left_px, 43, picture->graph_width_px, 11, FALSE,
              FALSE, thaw_picture_faint_ink (picture));
  for (guint i = 0; i < picture->lanes->len; i++)
    {
      const ThawPictureLane *lane = g_ptr_array_index (picture->lanes, i);

      if (lane->top_px < height_px)
        draw_heading (picture, cr, lane);
    }
  if (picture->legend && picture->legend_px < height_px)
    draw_legend (picture, cr);
}

/* The last line of a picture that ends before its content. */
static void
draw_cut_note (const ThawPicture *picture, cairo_t *cr, double height_px)
{
  set_source (cr, thaw_palette_background (thaw_palette_get_theme (picture->palette)));
  cairo_rectangle (cr, 0, height_px - CUT_NOTE_PX, picture->width_px, CUT_NOTE_PX);
  cairo_fill (cr);
  draw_words (cr,
              _ ("Cut off here: the graph is taller than this format allows. SVG has no limit."),
              picture->left_px, height_px - 8, picture->graph_width_px, 12, TRUE, FALSE,
              thaw_picture_ink (picture));
}

static PangoFontDescription *
label_font (void)
{
  PangoFontDescription *font = pango_font_description_from_string (THAW_PICTURE_FONT);

  pango_font_description_set_absolute_size (font, THAW_PICTURE_FONT_PX * PANGO_SCALE);
  return font;
}

/* Paints a lane into its part of @image, through a second surface on the same pixels. */
static void
paint_lane (const ThawPicture *picture,
            const ThawPictureLane *lane,
            ThawPainter *painter,
            double scale,
            cairo_surface_t *image)
{
  ThawScene scene;
  int stride = cairo_image_surface_get_stride (image);
  int x = (int) lround (picture->left_px * scale), y = (int) lround (lane->top_px * scale);
  int width = (int) lround (picture->graph_width_px * scale);
  int height = MIN ((int) lround (lane->height_px * scale),
                    cairo_image_surface_get_height (image) - y);
  cairo_surface_t *part;

  if (height <= 0)
    return;
  scene = thaw_picture_scene (picture, lane, MIN (lane->height_px, height / scale));
  cairo_surface_flush (image);
  part = cairo_image_surface_create_for_data (cairo_image_surface_get_data (image) +
                                                  (gsize) y * (gsize) stride + (gsize) x * 4,
                                              CAIRO_FORMAT_ARGB32, width, height, stride);
  thaw_painter_paint_image (painter, &scene, part);
  cairo_surface_destroy (part);
  cairo_surface_mark_dirty (image);
}

static gboolean
write_png (const ThawProfile *profile,
           const ThawExportOptions *options,
           GOutputStream *out,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (ThawPicture) picture = thaw_picture_new (profile, options, cancellable, error);
  g_autoptr (PangoFontDescription) font = label_font ();
  g_autoptr (ThawPainter) painter = NULL;
  Target target = { out, cancellable, error };
  double scale = PNG_SCALE, height;
  cairo_surface_t *image;
  cairo_t *cr;
  gboolean written;

  if (picture == NULL)
    return FALSE;
  if (picture->height_px * scale > PNG_MAX_SIDE ||
      picture->height_px * picture->width_px * scale * scale > PNG_MAX_PIXELS)
    scale = 1;
  height = MIN (MIN (picture->height_px, PNG_MAX_SIDE), floor (PNG_MAX_PIXELS / picture->width_px));
  painter = thaw_painter_new (font, scale);
  image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (picture->width_px * scale),
                                      (int) ceil (height * scale));
  cr = cairo_create (image);
  cairo_scale (cr, scale, scale);
  draw_surroundings (picture, cr, height);
  for (guint i = 0; i < picture->lanes->len && cairo_status (cr) == CAIRO_STATUS_SUCCESS; i++)
    paint_lane (picture, g_ptr_array_index (picture->lanes, i), painter, scale, image);
  if (height < picture->height_px)
    draw_cut_note (picture, cr, height);
  written = check_status (cairo_status (cr), error) &&
            check_status (cairo_surface_write_to_png_stream (image, write_to_target, &target),
                          error);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
  return written;
}

static gboolean
write_pdf (const ThawProfile *profile,
           const ThawExportOptions *options,
           GOutputStream *out,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (ThawPicture) picture = thaw_picture_new (profile, options, cancellable, error);
  g_autoptr (PangoFontDescription) font = label_font ();
  g_autoptr (ThawPainter) painter = thaw_painter_new (font, 1);
  Target target = { out, cancellable, error };
  cairo_surface_t *pdf;
  cairo_t *cr;
  double height;
  gboolean written;

  if (picture == NULL)
    return FALSE;
  height = MIN (picture->height_px, PDF_MAX_PX);
  pdf = cairo_pdf_surface_create_for_stream (write_to_target, &target, picture->width_px * 0.75,
                                             height * 0.75);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_TITLE, picture->title);
  cr = cairo_create (pdf);
  cairo_scale (cr, 0.75, 0.75);
  draw_surroundings (picture, cr, height);
  for (guint i = 0; i < picture->lanes->len; i++)
    {
      const ThawPictureLane *lane = g_ptr_array_index (picture->lanes, i);
      ThawScene scene = thaw_picture_scene (picture, lane,
                                            MIN (lane->height_px, height - lane->top_px));

      if (lane->top_px >= height)
        break;
      cairo_save (cr);
      cairo_translate (cr, picture->left_px, lane->top_px);
      thaw_painter_paint_vector (painter, &scene, cr);
      cairo_restore (cr);
    }
  if (height < picture->height_px)
    draw_cut_note (picture, cr, height);
  written = check_status (cairo_status (cr), error);
  cairo_destroy (cr);
  cairo_surface_finish (pdf);
  written = written && check_status (cairo_surface_status (pdf), error);
  cairo_surface_destroy (pdf);
  return written;
}

const ThawExporter thaw_exporter_png = {
  .id = "png",
  .title = N_ ("Picture (PNG)"),
  .suffix = "png",
  .mime = "image/png",
  .write = write_png,
};

const ThawExporter thaw_exporter_pdf = {
  .id = "pdf",
  .title = N_ ("Picture for printing (PDF)"),
  .suffix = "pdf",
  .mime = "application/pdf",
  .write = write_pdf,
};
