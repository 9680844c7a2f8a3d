/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows to pixels and back, in icicle and flame, scrolled and not.
 */
#include "thaw-painter.h"
#include "tree-text.h"

typedef struct
{
  ThawProfile *profile;
  ThawLayout *layout;
  ThawScene scene;
} Fixture;

/* Three rows of 20 pixels. */
static void
set_up (Fixture *f, gconstpointer data)
{
  f->profile = test_profile ("a;b;c 1\n");
  f->layout = thaw_layout_new (f->profile, thaw_profile_get_location_tree (f->profile, 0),
                               THAW_ORDER_HEAVIEST, NULL, NULL);
  f->scene = (ThawScene){ .profile = f->profile,
                          .layout = f->layout,
                          .view = { 0, 1, 100 },
                          .row_height_px = 20,
                          .height_px = 100 };
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  thaw_layout_unref (f->layout);
  thaw_profile_unref (f->profile);
}

static void
assert_rows (const ThawScene *scene, const double *tops)
{
  g_assert_cmpfloat (thaw_scene_full_height (scene), ==, 60);
  for (guint32 row = 0; row < 3; row++)
    {
      g_assert_cmpfloat (thaw_scene_row_top (scene, row), ==, tops[row]);
      g_assert_cmpint (thaw_scene_row_at (scene, tops[row]), ==, row);
      g_assert_cmpint (thaw_scene_row_at (scene, tops[row] + 0.01), ==, row);
      g_assert_cmpint (thaw_scene_row_at (scene, tops[row] + 19.9), ==, row);
    }
  g_assert_cmpint (thaw_scene_row_at (scene, MIN (tops[0], tops[2]) - 0.1), ==, -1);
  g_assert_cmpint (thaw_scene_row_at (scene, MAX (tops[0], tops[2]) + 20), ==, -1);
}

static void
test_icicle (Fixture *f, gconstpointer data)
{
  assert_rows (&f->scene, (const double[]){ 0, 20, 40 });
  f->scene.height_px = 30;
  f->scene.scroll_px = 25;
  assert_rows (&f->scene, (const double[]){ -25, -5, 15 });
}

static void
test_flame (Fixture *f, gconstpointer data)
{
  f->scene.flame = TRUE;
  /* The root stands at the bottom of a window that is higher than the graph … */
  assert_rows (&f->scene, (const double[]){ 80, 60, 40 });
  /* … and at the bottom of a graph that is higher than the window. */
  f->scene.height_px = 30;
  assert_rows (&f->scene, (const double[]){ 40, 20, 0 });
  f->scene.scroll_px = 30;
  assert_rows (&f->scene, (const double[]){ 10, -10, -30 });
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/scene/icicle", Fixture, NULL, set_up, test_icicle, tear_down);
  g_test_add ("/scene/flame", Fixture, NULL, set_up, test_flame, tear_down);
  return g_test_run ();
}
