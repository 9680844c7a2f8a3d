/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long it takes to lay out a call tree of 5 million nodes, to paint 1600 × 900 of it at several
 * zooms, and to find the box under the pointer. CPU time; the median of several runs for what is
 * short. Each figure is also given as a ratio to a floor measured in the same run: sorting as many
 * numbers for the layout, clearing the surface for painting.
 */
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "thaw-painter.h"
#include "thaw-profile-builder.h"

#define N_FUNCTIONS 4000
#define MAX_DEPTH 60
#define RUNS 21

/* Bytes that malloc has handed out. */
static gsize
allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static ThawProfile *
make_profile (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  ThawThreadSpec spec = { 1, "main", "main" };
  guint32 process = thaw_profile_builder_add_process (builder, 1, "bench");
  ThawProfile *profile;

  if (thaw_profile_builder_add_thread (builder, process, &spec, &error) == NULL)
    g_error ("%s", error->message);
  for (guint32 i = 0; i < N_FUNCTIONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s_%u", i % 3 == 0 ? "load" : "recompute", i);
      g_autofree char *file = g_strdup_printf ("/usr/lib/python3.11/package%u/module.py", i % 90);
      ThawFrameSpec frame = { name, file, i + 1, 0, THAW_FUNCTION_PYTHON };

      thaw_profile_builder_add_frame (builder, &frame);
    }
  profile = thaw_profile_builder_finish (builder, &error);
  if (profile == NULL)
    g_error ("%s", error->message);
  return profile;
}

/* A walk over depths, down with a chance of 0.55, else up by a few: preorder as it comes. Weights are
 * spread over four orders of magnitude. */
static ThawTree *
make_tree (guint32 n)
{
  ThawTree *tree = thaw_tree_new (n, THAW_KEY_FUNCTION, 0);
  GRand *rand = g_rand_new_with_seed (7);
  guint32 open[MAX_DEPTH + 1] = { 0 };
  guint32 depth = 0;

  tree->frame[0] = THAW_FRAME_ROOT;
  tree->parent[0] = THAW_NODE_NONE;
  tree->self[0] = 0;
  for (guint32 i = 1; i < n; i++)
    {
      guint32 up = 0;

      if (depth == MAX_DEPTH || (depth > 2 && g_rand_double (rand) > 0.55))
        up = 1 + (guint32) g_rand_int_range (rand, 0, 4) * (guint32) g_rand_int_range (rand, 0, 2);
      for (depth++; up > 0 && depth > 2; up--)
        tree->subtree_end[open[--depth]] = i;
      open[depth] = i;
      tree->parent[i] = open[depth - 1];
      tree->frame[i] = (guint32) g_rand_int_range (rand, 0, N_FUNCTIONS);
      tree->self[i] = pow (10, g_rand_double_range (rand, -6, -2));
    }
  for (guint32 d = 0; d <= depth; d++)
    tree->subtree_end[open[d]] = n;
  g_rand_free (rand);
  thaw_tree_compute_totals (tree);
  return tree;
}

static int
compare_doubles (const void *a, const void *b)
{
  const double *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

static double
median (double *times, guint n)
{
  qsort (times, n, sizeof (double), compare_doubles);
  return times[n / 2];
}

/* Sorting all totals in one go: a sort any layout must do in some form. */
static double
floor_of_layout (const ThawTree *tree)
{
  double *totals = g_new (double, tree->n_nodes);
  double start;

  memcpy (totals, tree->total, tree->n_nodes * sizeof (double));
  start = cpu_ms ();
  qsort (totals, tree->n_nodes, sizeof (double), compare_doubles);
  start = cpu_ms () - start;
  g_free (totals);
  return start;
}

static double
floor_of_paint (cairo_surface_t *image)
{
  gsize size = (gsize) cairo_image_surface_get_stride (image) *
               (gsize) cairo_image_surface_get_height (image);
  double times[RUNS];

  for (guint i = 0; i < RUNS; i++)
    {
      double start = cpu_ms ();

      memset (cairo_image_surface_get_data (image), 255 - (int) i, size);
      times[i] = cpu_ms () - start;
    }
  return median (times, RUNS);
}

static void
bench_paint (ThawPainter *painter,
             ThawScene *scene,
             cairo_surface_t *image,
             double zoom,
             guint32 row,
             double floor_ms)
{
  double total = thaw_layout_get_total (scene->layout);
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ThawBox));
  double paint[RUNS], collect[RUNS], hit[RUNS];

  scene->view = (ThawView){ 0, total, 1600 };
  if (zoom > 1)
    thaw_view_fit (&scene->view, total, 0.301 * total, total / zoom);
  scene->scroll_px = row * scene->row_height_px;
  for (guint i = 0; i < RUNS; i++)
    {
      double start = cpu_ms ();

      thaw_painter_paint_image (painter, scene, image);
      paint[i] = cpu_ms () - start;
      start = cpu_ms ();
      g_array_set_size (boxes, 0);
      thaw_layout_collect (scene->layout, &scene->view, row, 40, boxes);
      collect[i] = cpu_ms () - start;
      start = cpu_ms ();
      for (guint k = 0; k < 1000; k++)
        thaw_layout_hit (scene->layout, row + k % 40, thaw_view_to_value (&scene->view, k * 1.6),
                         total / zoom / 1600);
      hit[i] = (cpu_ms () - start) / 1000;
    }
  printf ("zoom %8.0f × row %2u: paint %5.2f ms (%4.1f × clearing), collect %5.2f ms"
          " (%6u boxes), hit %.4f ms\n",
          zoom, row, median (paint, RUNS), median (paint, RUNS) / floor_ms, median (collect, RUNS),
          boxes->len, median (hit, RUNS));
}

int
main (int argc, char **argv)
{
  guint32 n = argc > 1 ? (guint32) strtoul (argv[1], NULL, 10) : 5000000;
  g_autoptr (ThawProfile) profile = make_profile ();
  g_autoptr (ThawTree) tree = make_tree (MAX (n, 2));
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 9");
  g_autoptr (ThawPainter) painter = thaw_painter_new (font, 1);
  g_autoptr (ThawPalette)
      palette = thaw_palette_new (profile, THAW_COLOUR_ORIGIN, THAW_THEME_LIGHT);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1600, 900);
  const struct
  {
    double zoom;
    guint32 row;
  } views[] = { { 1, 0 },    { 1, 20 },    { 3, 0 },      { 10, 5 },      { 30, 5 },
                { 100, 10 }, { 1000, 10 }, { 10000, 15 }, { 1000000, 15 } };
  g_autofree guint8 *matches = g_new0 (guint8, N_FUNCTIONS);
  ThawScene scene = {
    .profile = profile, .palette = palette, .row_height_px = THAW_ROW_HEIGHT_PX, .height_px = 900
  };
  double floor_ms = floor_of_layout (tree), layout_ms = cpu_ms ();
  gsize before = allocated ();
  g_autoptr (ThawLayout) layout = thaw_layout_new (profile, tree, THAW_ORDER_HEAVIEST, NULL, NULL);

  layout_ms = cpu_ms () - layout_ms;
  printf ("%u nodes, %u rows: sort, layout and levels of detail %.0f ms (%.2f × sorting %.0f ms), "
          "%.1f bytes a node\n",
          tree->n_nodes, thaw_layout_get_n_rows (layout), layout_ms, layout_ms / floor_ms, floor_ms,
          (double) (allocated () - before) / tree->n_nodes);
  scene.layout = layout;
  floor_ms = floor_of_paint (image);
  printf ("clearing the surface: %.2f ms\n", floor_ms);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    bench_paint (painter, &scene, image, views[i].zoom, views[i].row, floor_ms);
  for (guint f = 0; f < N_FUNCTIONS; f += 97)
    matches[f] = 1;
  scene.matches = matches;
  printf ("while searching:\n");
  for (guint i = 0; i < 4; i++)
    bench_paint (painter, &scene, image, views[i].zoom, views[i].row, floor_ms);
  if (argc > 2)
    cairo_surface_write_to_png (image, argv[2]);
  cairo_surface_destroy (image);
  return 0;
}
