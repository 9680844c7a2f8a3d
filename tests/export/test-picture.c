/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures of all kinds: PNG and PDF are what they say, have the right size and show the graph; and
 * errors of the stream arrive.
 */
#include <math.h>
#include <string.h>

#include "picture-fixture.h"
#include "tree-text.h"

static const ThawExporter *const exporters[] = { &thaw_exporter_svg, &thaw_exporter_png,
                                                 &thaw_exporter_pdf };

static void
test_same_every_time (void)
{
  g_autoptr (ThawProfile) profile = test_two_threads ();
  const ThawExportOptions options = { .colour = THAW_COLOUR_PACKAGE };

  for (guint i = 0; i < 2; i++) /* PDF holds its time of making */
    {
      g_autoptr (GBytes) a = test_export (exporters[i], profile, &options);
      g_autoptr (GBytes) b = test_export (exporters[i], profile, &options);

      g_assert_true (g_bytes_equal (a, b));
    }
}

static cairo_status_t
read_bytes (void *closure, unsigned char *data, unsigned int length)
{
  GInputStream *stream = closure;

  return g_input_stream_read_all (stream, data, length, NULL, NULL, NULL) ? CAIRO_STATUS_SUCCESS
                                                                          : CAIRO_STATUS_READ_ERROR;
}

static cairo_surface_t *
png_of (const ThawProfile *profile, const ThawExportOptions *options)
{
  g_autoptr (GBytes) bytes = test_export (&thaw_exporter_png, profile, options);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  cairo_surface_t *png = cairo_image_surface_create_from_png_stream (read_bytes, stream);

  g_assert_cmpint (cairo_surface_status (png), ==, CAIRO_STATUS_SUCCESS);
  return png;
}

/* How many pixels of a PNG have the colour of @origin. */
static guint
count_pixels (cairo_surface_t *png, ThawOrigin origin, ThawTheme theme)
{
  ThawRgb c = thaw_palette_origin (origin, theme);
  guint32 wanted = (guint32) lroundf (c.r * 255) << 16 | (guint32) lroundf (c.g * 255) << 8 |
                   (guint32) lroundf (c.b * 255);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (png); y++)
    {
      const guint32 *line =
          (const guint32 *) (const void *) (cairo_image_surface_get_data (png) +
                                            (gsize) y *
                                                (gsize) cairo_image_surface_get_stride (png));

      for (int x = 0; x < cairo_image_surface_get_width (png); x++)
        n += (line[x] & 0xffffff) == wanted;
    }
  return n;
}

static void
test_png (void)
{
  g_autoptr (ThawProfile) profile = test_two_threads ();
  const ThawExportOptions options = { .width_px = 600, .theme = THAW_THEME_DARK };
  cairo_surface_t *png = png_of (profile, &options);
  ThawOrigin origin = thaw_origin_of (thaw_profile_get_function (profile, 0));

  g_assert_cmpint (cairo_image_surface_get_width (png), ==, 1200);
  /* Five rows, two headings, a title and a legend, all twice. */
  g_assert_cmpint (cairo_image_surface_get_height (png), >, 2 * 5 * 23 + 2 * 2 * 20);
  g_assert_cmpint (cairo_image_surface_get_height (png), <, 2 * 5 * 23 + 400);
  g_assert_cmpuint (count_pixels (png, origin, THAW_THEME_DARK), >, 1100 * 40);
  cairo_surface_destroy (png);
}

static void
test_pdf (void)
{
  g_autoptr (ThawProfile) profile = test_two_threads ();
  const ThawExportOptions options = { 0 };
  g_autoptr (GBytes) bytes = test_export (&thaw_exporter_pdf, profile, &options);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpuint (size, >, 2000);
  g_assert_true (memcmp (data, "%PDF-1.", 7) == 0);
  g_assert_nonnull (g_strrstr_len (data + size - 16, 16, "%%EOF"));
}

/* 20 000 frames deep is 460 000 pixels: over the limits of PNG and PDF. */
static void
test_deep (void)
{
  g_autoptr (GString) stack = g_string_new ("f0");
  g_autoptr (ThawProfile) profile = NULL;
  const ThawExportOptions flame = { .width_px = 300, .flame = TRUE };
  g_autoptr (GBytes) pdf = NULL;
  cairo_surface_t *png;

  for (guint i = 1; i < 20000; i++)
    g_string_append_printf (stack, ";f%u", i % 10);
  g_string_append (stack, " 5\n");
  profile = test_profile (stack->str);
  pdf = test_export (&thaw_exporter_pdf, profile, &flame);
  g_assert_cmpuint (g_bytes_get_size (pdf), >, 10000);
  png = png_of (profile, &flame);
  g_assert_cmpint (cairo_image_surface_get_height (png), <=, 32000);
  g_assert_cmpuint (
      count_pixels (png, thaw_origin_of (thaw_profile_get_function (profile, 0)), THAW_THEME_LIGHT),
      >, 200 * 20000);
  cairo_surface_destroy (png);
}

static void
test_nothing_to_show (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  const ThawThreadSpec thread = { 1, "idle", "" };
  g_autoptr (ThawProfile) profile = NULL;
  const ThawExportOptions options = { 0 };

  g_assert_nonnull (thaw_profile_builder_add_thread (
      builder, thaw_profile_builder_add_process (builder, 1, ""), &thread, NULL));
  profile = thaw_profile_builder_finish (builder, NULL);
  g_assert_nonnull (profile);
  for (guint i = 0; i < G_N_ELEMENTS (exporters); i++)
    {
      g_autoptr (GBytes) bytes = test_export (exporters[i], profile, &options);

      g_assert_cmpuint (g_bytes_get_size (bytes), >, 100);
    }
}

static void
test_full_disk (void)
{
  g_autoptr (ThawProfile) profile = test_two_threads ();
  const ThawExportOptions options = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (exporters); i++)
    {
      char room[64];
      g_autoptr (GOutputStream) out = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (exporters[i]->write (profile, &options, out, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (ThawProfile) profile = test_two_threads ();
  const ThawExportOptions options = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (exporters); i++)
    {
      g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
      g_autoptr (GError) error = NULL;

      g_assert_false (exporters[i]->write (profile, &options, out, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/same-every-time", test_same_every_time);
  g_test_add_func ("/picture/png", test_png);
  g_test_add_func ("/picture/pdf", test_pdf);
  g_test_add_func ("/picture/deep", test_deep);
  g_test_add_func ("/picture/nothing-to-show", test_nothing_to_show);
  g_test_add_func ("/picture/full-disk", test_full_disk);
  g_test_add_func ("/picture/cancelled", test_cancelled);
  return g_test_run ();
}
