/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pixels: the right colour in the middle of every box, gaps between boxes, paper elsewhere; the same
 * from both ways of painting.
 */
#include <math.h>

#include "random-tree.h"
#include "thaw-painter.h"
#include "tree-text.h"

#define WIDTH 400
#define HEIGHT 120

/* a 0+8 | c 8+2, then b 0+4 | (pruned) 4+2; 40 px a unit. */
typedef struct
{
  ThawProfile *profile;
  ThawTree *tree;
  ThawLayout *layout;
  ThawPalette *palette;
  ThawPainter *painter;
  ThawScene scene;
  double scale;
  cairo_surface_t *image;
} Fixture;

static ThawTree *
make_tree (void)
{
  ThawTree *tree = thaw_tree_new (5, THAW_KEY_FUNCTION, THAW_TREE_BOUNDS);
  const guint32 parents[] = { THAW_NODE_NONE, 0, 1, 1, 0 };
  const guint32 ends[] = { 5, 4, 3, 4, 5 };
  const double self[] = { 0, 2, 4, 2, 2 };
  const guint32 frames[] = { THAW_FRAME_ROOT, 0, 1, THAW_FRAME_PRUNED, 2 };

  for (guint32 i = 1; i < 5; i++)
    {
      tree->parent[i] = parents[i];
      tree->subtree_end[i] = ends[i];
      tree->self[i] = self[i];
      tree->frame[i] = frames[i];
    }
  thaw_tree_compute_totals (tree);
  return tree;
}

static void
set_up_at_scale (Fixture *f, double scale)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 9");

  f->profile = test_profile_of_functions (3);
  f->tree = make_tree ();
  f->layout = thaw_layout_new (f->profile, f->tree, THAW_ORDER_HEAVIEST, NULL, NULL);
  f->palette = thaw_palette_new (f->profile, THAW_COLOUR_ORIGIN, THAW_THEME_LIGHT);
  f->painter = thaw_painter_new (font, scale);
  f->scale = scale;
  f->scene = (ThawScene){ .profile = f->profile,
                          .layout = f->layout,
                          .palette = f->palette,
                          .view = { 0, 10, WIDTH },
                          .row_height_px = THAW_ROW_HEIGHT_PX,
                          .height_px = HEIGHT };
  f->image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (WIDTH * scale),
                                         (int) ceil (HEIGHT * scale));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  set_up_at_scale (f, 1);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  cairo_surface_destroy (f->image);
  thaw_painter_free (f->painter);
  thaw_palette_unref (f->palette);
  thaw_layout_unref (f->layout);
  thaw_tree_unref (f->tree);
  thaw_profile_unref (f->profile);
}

static guint32
pixel_of (ThawRgb c)
{
  return 0xff000000u | (guint32) lroundf (c.r * 255) << 16 | (guint32) lroundf (c.g * 255) << 8 |
         (guint32) lroundf (c.b * 255);
}

/* A pixel by logical position. */
static guint32
pixel_at (Fixture *f, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (f->image);
  int stride = cairo_image_surface_get_stride (f->image);

  cairo_surface_flush (f->image);
  return *(const guint32 *) (const void *) (data + (gsize) (y * f->scale) * (gsize) stride +
                                            (gsize) (x * f->scale) * 4);
}

static guint32
user_pixel (Fixture *f)
{
  return pixel_of (thaw_palette_colour (f->palette, THAW_KEY_FUNCTION, 0, 0));
}

static guint32
paper_pixel (Fixture *f)
{
  return pixel_of (thaw_palette_background (thaw_palette_get_theme (f->palette)));
}

/* Of all channels, the greatest difference. */
static int
difference (guint32 a, guint32 b)
{
  int greatest = 0;

  for (int shift = 0; shift < 32; shift += 8)
    greatest = MAX (greatest, ABS ((int) ((a >> shift) & 0xff) - (int) ((b >> shift) & 0xff)));
  return greatest;
}

static void
assert_boxes (Fixture *f, double row0, double row1)
{
  guint32 user = user_pixel (f), paper = paper_pixel (f);

  /* Right of the labels, in the middle of the row. */
  g_assert_cmphex (pixel_at (f, 300, row0 + 11), ==, user);
  g_assert_cmphex (pixel_at (f, 380, row0 + 11), ==, user);
  g_assert_cmphex (pixel_at (f, 140, row1 + 11), ==, user);
  /* Gaps of a pixel to the right and below. */
  g_assert_cmphex (pixel_at (f, 319, row0 + 11), ==, paper);
  g_assert_cmphex (pixel_at (f, 318, row0 + 11), ==, user);
  g_assert_cmphex (pixel_at (f, 320, row0 + 11), ==, user);
  g_assert_cmphex (pixel_at (f, 200, row0 + 22), ==, paper);
  g_assert_cmphex (pixel_at (f, 200, row0 + 21), ==, user);
  g_assert_cmphex (pixel_at (f, 200, row0 + 0), ==, user);
  /* Self time of a, and below everything. */
  g_assert_cmphex (pixel_at (f, 280, row1 + 11), ==, paper);
  g_assert_cmphex (pixel_at (f, 350, row1 + 11), ==, paper);
  /* Corners are round. */
  g_assert_cmphex (pixel_at (f, 0, row0), !=, user);
  g_assert_cmphex (pixel_at (f, 318, row0 + 21), !=, user);
  /* (pruned) is neither user code nor paper, and has a dashed edge. */
  g_assert_cmphex (pixel_at (f, 232, row1 + 11), !=, user);
  g_assert_cmphex (pixel_at (f, 232, row1 + 11), !=, paper);
  g_assert_cmphex (pixel_at (f, 162, row1), !=, pixel_at (f, 165, row1));
}

/* Paints over a surface that was full of something else, none of which may be left. */
static void
paint (Fixture *f)
{
  const guint32 stale = 0xffff00ff;
  gsize n = (gsize) cairo_image_surface_get_stride (f->image) / 4 *
            (gsize) cairo_image_surface_get_height (f->image);
  guint32 *pixels = (guint32 *) (void *) cairo_image_surface_get_data (f->image);

  for (gsize i = 0; i < n; i++)
    pixels[i] = stale;
  cairo_surface_mark_dirty (f->image);
  thaw_painter_paint_image (f->painter, &f->scene, f->image);
  for (gsize i = 0; i < n; i++)
    g_assert_cmphex (pixels[i], !=, stale);
}

static void
test_icicle (Fixture *f, gconstpointer data)
{
  paint (f);
  assert_boxes (f, 0, 23);
  g_assert_cmphex (pixel_at (f, 20, 60), ==, paper_pixel (f));
}

static void
test_flame (Fixture *f, gconstpointer data)
{
  f->scene.flame = TRUE;
  paint (f);
  assert_boxes (f, HEIGHT - 23, HEIGHT - 46);
  g_assert_cmphex (pixel_at (f, 20, 30), ==, paper_pixel (f));
}

static void
test_scrolled (Fixture *f, gconstpointer data)
{
  f->scene.scroll_px = 30;
  paint (f);
  g_assert_cmphex (pixel_at (f, 140, 4), ==, user_pixel (f));
  g_assert_cmphex (pixel_at (f, 140, 17), ==, paper_pixel (f));
  for (double scroll = 0; scroll < 60; scroll += 0.7)
    {
      f->scene.flame = !f->scene.flame;
      f->scene.scroll_px = scroll;
      paint (f);
    }
  f->scene.flame = FALSE;
  f->scene.scroll_px = 1e9;
  paint (f);
  g_assert_cmphex (pixel_at (f, 140, 4), ==, paper_pixel (f));
}

static void
test_zoomed (Fixture *f, gconstpointer data)
{
  /* The right quarter of a, b and all of c: c begins in the middle. */
  f->scene.view = (ThawView){ 6, 10, WIDTH };
  paint (f);
  g_assert_cmphex (pixel_at (f, 100, 11), ==, user_pixel (f));
  g_assert_cmphex (pixel_at (f, 199, 11), ==, paper_pixel (f));
  g_assert_cmphex (pixel_at (f, 201, 11), ==, user_pixel (f));
  /* No edge where the box goes on outside: no round corner, no gap. */
  g_assert_cmphex (pixel_at (f, 0, 1), ==, user_pixel (f));
  f->scene.view = (ThawView){ 0, 10, WIDTH };
}

/* A window that is just being made has no width yet. */
static void
test_no_width (Fixture *f, gconstpointer data)
{
  f->scene.view.width_px = 0;
  paint (f);
  g_assert_cmphex (pixel_at (f, 100, 11), ==, paper_pixel (f));
}

static void
test_labels_are_drawn (Fixture *f, gconstpointer data)
{
  guint32 user, text;
  guint n_text = 0;

  paint (f);
  user = user_pixel (f);
  text = pixel_of (thaw_palette_text (thaw_palette_colour (f->palette, THAW_KEY_FUNCTION, 0, 0)));
  for (int x = 4; x < 30; x++)
    for (int y = 3; y < 20; y++)
      n_text += difference (pixel_at (f, x, y), text) < 60;
  g_assert_cmpuint (n_text, >, 8);
  /* The label begins at the visible part of a box. */
  f->scene.view = (ThawView){ 4, 10, WIDTH };
  paint (f);
  n_text = 0;
  for (int x = 4; x < 30; x++)
    for (int y = 3; y < 20; y++)
      n_text += difference (pixel_at (f, x, y), user) > 60;
  g_assert_cmpuint (n_text, >, 8);
  /* Boxes under 24 px have none. */
  f->scene.view = (ThawView){ 0, 200, WIDTH };
  paint (f);
  for (int x = 2; x < 14; x++)
    g_assert_cmphex (pixel_at (f, x, 11), ==, user);
}

static void
test_estimated_is_hatched (Fixture *f, gconstpointer data)
{
  guint32 user = user_pixel (f);
  guint n_lines = 0;

  f->tree->flags[1] = THAW_NODE_ESTIMATED;
  paint (f);
  for (int x = 100; x < 300; x++)
    n_lines += pixel_at (f, x, 11) != user;
  g_assert_cmpuint (n_lines, >, 200 / 7);
  g_assert_cmpuint (n_lines, <, 100);
  for (int x = 324; x < 390; x++)
    if (x > 360) /* right of the label */
      g_assert_cmphex (pixel_at (f, x, 11), ==, user);
}

static void
test_matches_are_lit (Fixture *f, gconstpointer data)
{
  const guint8 matches[] = { 0, 1, 0 };
  guint32 user = user_pixel (f);

  f->scene.matches = matches;
  paint (f);
  g_assert_cmphex (pixel_at (f, 140, 34), ==, user);
  g_assert_cmphex (pixel_at (f, 300, 11), !=, user);
  g_assert_cmpint (difference (pixel_at (f, 300, 11), paper_pixel (f)), <,
                   difference (user, paper_pixel (f)) / 3);
  g_assert_cmphex (pixel_at (f, 300, 11), !=, paper_pixel (f));
}

static void
test_high_contrast_is_framed (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->palette, thaw_palette_unref);
  f->palette = thaw_palette_new (f->profile, THAW_COLOUR_ORIGIN, THAW_THEME_LIGHT_CONTRAST);
  f->scene.palette = f->palette;
  paint (f);
  g_assert_cmphex (pixel_at (f, 300, 11), ==, user_pixel (f));
  g_assert_cmpint (difference (pixel_at (f, 300, 0), 0xff000000), <, 40);
  g_assert_cmpint (difference (pixel_at (f, 318, 11), 0xff000000), <, 40);
}

static void
test_scales (void)
{
  const double scales[] = { 1.25, 1.5, 2, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      Fixture f;

      set_up_at_scale (&f, scales[i]);
      paint (&f);
      g_assert_cmphex (pixel_at (&f, 300, 11), ==, user_pixel (&f));
      g_assert_cmphex (pixel_at (&f, 380, 11), ==, user_pixel (&f));
      g_assert_cmphex (pixel_at (&f, 140, 34), ==, user_pixel (&f));
      g_assert_cmphex (pixel_at (&f, 280, 34), ==, paper_pixel (&f));
      g_assert_cmphex (pixel_at (&f, 200, 50), ==, paper_pixel (&f));
      tear_down (&f, NULL);
    }
}

/* Both ways give the same picture but for the edges, where one is smooth and the other snaps. */
static void
test_vector_looks_the_same (Fixture *f, gconstpointer data)
{
  cairo_surface_t *other = cairo_surface_create_similar_image (f->image, CAIRO_FORMAT_ARGB32, WIDTH,
                                                               HEIGHT);
  ThawRgb paper = thaw_palette_background (THAW_THEME_LIGHT);
  cairo_t *cr = cairo_create (other);
  cairo_surface_t *fast = f->image;
  guint n_different = 0;

  f->tree->flags[4] = THAW_NODE_ESTIMATED;
  paint (f);
  cairo_set_source_rgb (cr, paper.r, paper.g, paper.b);
  cairo_paint (cr);
  thaw_painter_paint_vector (f->painter, &f->scene, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        guint32 a = pixel_at (f, x, y), b;

        f->image = other;
        b = pixel_at (f, x, y);
        f->image = fast;
        n_different += difference (a, b) > 48;
      }
  g_assert_cmpuint (n_different, <, WIDTH * HEIGHT / 100);
  cairo_destroy (cr);
  cairo_surface_destroy (other);
}

/* Faint where little is covered, solid where much is. */
static void
test_thin_boxes (void)
{
  const guint32 n = 4000;
  g_autoptr (ThawProfile) profile = test_profile_of_functions (3);
  g_autoptr (ThawTree) tree = thaw_tree_new (2 * n + 1, THAW_KEY_FUNCTION, 0);
  g_autoptr (ThawLayout) layout = NULL;
  Fixture f;

  for (guint32 i = 1; i < 2 * n + 1; i += 2)
    {
      tree->subtree_end[i] = i + 2;
      tree->self[i] = 0.5;
      tree->parent[i + 1] = i;
      tree->subtree_end[i + 1] = i + 2;
      tree->self[i + 1] = 0.5;
    }
  thaw_tree_compute_totals (tree);
  layout = thaw_layout_new (profile, tree, THAW_ORDER_HEAVIEST, NULL, NULL);
  set_up_at_scale (&f, 1);
  f.scene.layout = layout;
  f.scene.view = (ThawView){ 0, n, WIDTH };
  paint (&f);
  for (int x = 20; x < WIDTH - 20; x++)
    {
      int whole = difference (user_pixel (&f), paper_pixel (&f));
      int upper = difference (pixel_at (&f, x, 11), paper_pixel (&f));
      int lower = difference (pixel_at (&f, x, 34), paper_pixel (&f));

      g_assert_cmpint (upper, >=, whole * 8 / 10);
      g_assert_cmpint (lower, <, whole * 8 / 10);
      g_assert_cmpint (lower, >=, whole * 2 / 10);
    }
  tear_down (&f, NULL);
}

static void
test_deep (void)
{
  g_autoptr (ThawTree) tree = test_deep_tree (20000, 3, 10);
  g_autoptr (ThawLayout) layout = NULL;
  Fixture f;

  set_up_at_scale (&f, 1);
  layout = thaw_layout_new (f.profile, tree, THAW_ORDER_HEAVIEST, NULL, NULL);
  f.scene.layout = layout;
  for (int flame = 0; flame < 2; flame++)
    {
      f.scene.flame = flame;
      for (double scroll = 0; scroll < 20000.0 * 23; scroll += 40000)
        {
          f.scene.scroll_px = scroll;
          paint (&f);
          for (int y = 0; y < HEIGHT; y += 7)
            g_assert_true (pixel_at (&f, 390, y) == user_pixel (&f) ||
                           pixel_at (&f, 390, y) == paper_pixel (&f));
          g_assert_true (pixel_at (&f, 390, 50) == user_pixel (&f) ||
                         pixel_at (&f, 390, 53) == user_pixel (&f));
        }
    }
  tear_down (&f, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/painter/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("icicle", test_icicle);
  ADD ("flame", test_flame);
  ADD ("scrolled", test_scrolled);
  ADD ("zoomed", test_zoomed);
  ADD ("no-width", test_no_width);
  ADD ("labels-are-drawn", test_labels_are_drawn);
  ADD ("estimated-is-hatched", test_estimated_is_hatched);
  ADD ("matches-are-lit", test_matches_are_lit);
  ADD ("high-contrast-is-framed", test_high_contrast_is_framed);
  ADD ("vector-looks-the-same", test_vector_looks_the_same);
#undef ADD
  g_test_add_func ("/painter/scales", test_scales);
  g_test_add_func ("/painter/thin-boxes", test_thin_boxes);
  g_test_add_func ("/painter/deep", test_deep);
  return g_test_run ();
}
