/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * View arithmetic: what stays where when zooming, and that nothing leaves [0, total].
 */
#include <math.h>

#include "thaw-layout.h"

#define assert_near(a, b, tolerance) g_assert_cmpfloat_with_epsilon (a, b, tolerance)

static void
assert_valid (const ThawView *view, double total)
{
  double span = view->x1 - view->x0;

  g_assert_cmpfloat (view->x0, >=, 0);
  g_assert_cmpfloat (view->x1, <=, total * (1 + 1e-15));
  g_assert_cmpfloat (span, >=, total * 0.999e-9);
}

static void
test_map (void)
{
  const ThawView view = { 10, 30, 400 };

  g_assert_cmpfloat (thaw_view_to_px (&view, 10), ==, 0);
  g_assert_cmpfloat (thaw_view_to_px (&view, 30), ==, 400);
  g_assert_cmpfloat (thaw_view_to_px (&view, 5), ==, -100);
  g_assert_cmpfloat (thaw_view_to_value (&view, 100), ==, 15);
  for (double px = -50; px < 500; px += 37)
    assert_near (thaw_view_to_px (&view, thaw_view_to_value (&view, px)), px, 1e-9);
}

static void
test_clamp (void)
{
  const struct
  {
    double x0, x1, total, want0, want1;
  } cases[] = {
    { 0, 10, 100, 0, 10 },     { -5, 5, 100, 0, 10 },          { 95, 105, 100, 90, 100 },
    { -20, 300, 100, 0, 100 }, { 40, 40, 100, 40, 40 + 1e-7 }, { 60, 20, 100, 60, 60 + 1e-7 },
    { NAN, 3, 100, 0, 100 },   { 3, INFINITY, 100, 0, 100 },   { 0, 10, 0, 0, 1 },
    { 0, 10, -3, 0, 1 },       { 0.2, 0.4, NAN, 0.2, 0.4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ThawView view = { cases[i].x0, cases[i].x1, 800 };

      thaw_view_clamp (&view, cases[i].total);
      assert_near (view.x0, cases[i].want0, 1e-12);
      assert_near (view.x1, cases[i].want1, 1e-12);
      g_assert_cmpfloat (view.width_px, ==, 800);
    }
}

static void
test_zoom_keeps_the_place (void)
{
  ThawView view = { 20, 60, 1000 };
  double at = thaw_view_to_value (&view, 250);

  thaw_view_zoom (&view, 100, 250, 4);
  assert_near (view.x1 - view.x0, 10, 1e-12);
  assert_near (thaw_view_to_px (&view, at), 250, 1e-9);
  thaw_view_zoom (&view, 100, 250, 0.25);
  assert_near (view.x0, 20, 1e-9);
  assert_near (view.x1, 60, 1e-9);
}

static void
test_zoom_has_limits (void)
{
  ThawView view = { 0, 100, 1000 };
  ThawView before;

  for (int i = 0; i < 200; i++)
    {
      thaw_view_zoom (&view, 100, 333, 1.5);
      assert_valid (&view, 100);
    }
  assert_near (view.x1 - view.x0, 1e-7, 1e-13);
  before = view;
  thaw_view_zoom (&view, 100, 900, 10);
  assert_near (view.x0, before.x0, 1e-12); /* no drift at the limit */
  for (int i = 0; i < 200; i++)
    {
      thaw_view_zoom (&view, 100, 333, 0.5);
      assert_valid (&view, 100);
    }
  g_assert_cmpfloat (view.x0, ==, 0);
  g_assert_cmpfloat (view.x1, ==, 100);
  thaw_view_zoom (&view, 100, 333, 0);
  thaw_view_zoom (&view, 100, 333, NAN);
  g_assert_cmpfloat (view.x1, ==, 100);
}

static void
test_pan (void)
{
  ThawView view = { 20, 40, 1000 };

  thaw_view_pan (&view, 100, 100);
  assert_near (view.x0, 22, 1e-12);
  assert_near (view.x1, 42, 1e-12);
  thaw_view_pan (&view, 100, -1e9);
  g_assert_cmpfloat (view.x0, ==, 0);
  assert_near (view.x1, 20, 1e-12);
  thaw_view_pan (&view, 100, 1e9);
  assert_near (view.x0, 80, 1e-12);
  assert_near (view.x1, 100, 1e-12);
  view.width_px = 0;
  thaw_view_pan (&view, 100, 5);
  assert_near (view.x0, 80, 1e-12);
}

static void
test_fit (void)
{
  ThawView view = { 0, 100, 1000 };

  thaw_view_fit (&view, 100, 30, 5);
  g_assert_cmpfloat (view.x0, ==, 30);
  g_assert_cmpfloat (view.x1, ==, 35);
  thaw_view_fit (&view, 100, 99, 5);
  assert_near (view.x0, 95, 1e-12);
  thaw_view_fit (&view, 100, 50, 0);
  assert_valid (&view, 100);
}

static void
test_mix (void)
{
  const ThawView a = { 0, 100, 1000 }, b = { 40, 41, 1000 }, c = { 10, 11, 1000 };
  ThawView view;
  double fixed;

  thaw_view_mix (&a, &b, 0, &view);
  g_assert_cmpfloat (view.x0, ==, 0);
  g_assert_cmpfloat (view.x1, ==, 100);
  thaw_view_mix (&a, &b, 1, &view);
  g_assert_cmpfloat (view.x0, ==, 40);
  g_assert_cmpfloat (view.x1, ==, 41);
  thaw_view_mix (&a, &b, 0.5, &view);
  assert_near (view.x1 - view.x0, 10, 1e-9);
  /* The point that both show at the same pixel never moves. */
  fixed = thaw_view_to_px (&a, 40 / 0.99);
  for (double t = 0; t <= 1; t += 0.1)
    {
      thaw_view_mix (&a, &b, t, &view);
      assert_near (thaw_view_to_px (&view, 40 / 0.99), fixed, 1e-6);
    }
  /* Equal spans: straight. */
  thaw_view_mix (&b, &c, 0.25, &view);
  assert_near (view.x0, 32.5, 1e-9);
  assert_near (view.x1, 33.5, 1e-9);
  thaw_view_mix (&a, &b, 7, &view);
  g_assert_cmpfloat (view.x0, ==, 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view/map", test_map);
  g_test_add_func ("/view/clamp", test_clamp);
  g_test_add_func ("/view/zoom-keeps-the-place", test_zoom_keeps_the_place);
  g_test_add_func ("/view/zoom-has-limits", test_zoom_has_limits);
  g_test_add_func ("/view/pan", test_pan);
  g_test_add_func ("/view/fit", test_fit);
  g_test_add_func ("/view/mix", test_mix);
  return g_test_run ();
}
