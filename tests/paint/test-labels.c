/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Labels: never outside their box, cut where they must be, whatever the script. What is drawn is
 * looked at on a recording surface, which knows the extents of its ink.
 */
#include <math.h>
#include <string.h>

#include "thaw-labels-private.h"
#include "tree-text.h"

static const char *const names[] = {
  "main",
  "QApplication.exec",
  "a_rather_long_function_name_that_goes_on_and_on",
  "日本語の関数",
  "mixed 日本 and ünïcödé",
  "e\u0301e\u0301e\u0301e\u0301 combining",
  "مرحبا بالعالم وداعا",
  "latin ثم عربي latin",
  "😀😀😀 emoji",
  "<lambda>",
};

typedef struct
{
  ThawProfile *profile;
  ThawLabels *labels;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 9");
  ThawThreadSpec thread = { 1, "main", "main" };

  thaw_profile_builder_add_thread (builder, thaw_profile_builder_add_process (builder, 1, ""),
                                   &thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ThawFrameSpec frame = { names[i], "/p/a.py", 1, 0, THAW_FUNCTION_PYTHON };

      thaw_profile_builder_add_frame (builder, &frame);
    }
  f->profile = thaw_profile_builder_finish (builder, NULL);
  f->labels = thaw_labels_new (font, 1);
  thaw_labels_set_names (f->labels, f->profile, THAW_KEY_FUNCTION);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  thaw_labels_free (f->labels);
  thaw_profile_unref (f->profile);
}

/* Draws one label at 100, 50 in a box of the given width; its ink. */
static cairo_rectangle_t
ink_of (Fixture *f, guint32 frame, gboolean folded, double width)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  cairo_rectangle_t ink;

  thaw_labels_add (f->labels, frame, folded, 100, 50, width, 22, (ThawRgb){ 0, 0, 0 });
  thaw_labels_draw (f->labels, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_recording_surface_ink_extents (surface, &ink.x, &ink.y, &ink.width, &ink.height);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return ink;
}

static void
test_stays_inside (Fixture *f, gconstpointer data)
{
  for (guint32 frame = 0; frame < G_N_ELEMENTS (names); frame++)
    {
      double widest = 0;

      for (double width = 0; width < 400; width += 3)
        {
          cairo_rectangle_t ink = ink_of (f, frame, FALSE, width);

          widest = MAX (widest, ink.width);
          if (ink.width == 0)
            continue;
          /* Side bearings may stick out by a pixel. */
          g_assert_cmpfloat (ink.x, >=, 98);
          g_assert_cmpfloat (ink.x + ink.width, <=, 100 + width + 2);
          g_assert_cmpfloat (ink.y, >=, 48);
          g_assert_cmpfloat (ink.y + ink.height, <=, 74);
        }
      g_assert_cmpfloat (widest, >, 20);
    }
}

static void
test_cut_names_end_in_an_ellipsis (Fixture *f, gconstpointer data)
{
  cairo_rectangle_t whole = ink_of (f, 2, FALSE, 1000);
  cairo_rectangle_t cut = ink_of (f, 2, FALSE, whole.width * 0.6);

  g_assert_cmpfloat (cut.width, <, whole.width * 0.6 + 2);
  g_assert_cmpfloat (cut.width, >, whole.width * 0.4);
  /* Nothing but an ellipsis would say nothing. */
  g_assert_cmpfloat (ink_of (f, 2, FALSE, 8).width, ==, 0);
  g_assert_cmpfloat (ink_of (f, 2, FALSE, 0).width, ==, 0);
  g_assert_cmpfloat (ink_of (f, 2, FALSE, -5).width, ==, 0);
}

static void
test_folded_has_a_badge (Fixture *f, gconstpointer data)
{
  double plain = ink_of (f, 0, FALSE, 500).width;
  double folded = ink_of (f, 0, TRUE, 500).width;

  g_assert_cmpfloat (folded, >, plain + 6);
  g_assert_cmpfloat (ink_of (f, 0, FALSE, 500).width, ==, plain);
}

static void
test_special_frames_have_names (Fixture *f, gconstpointer data)
{
  g_assert_cmpfloat (ink_of (f, THAW_FRAME_PRUNED, FALSE, 500).width, >, 20);
  g_assert_cmpfloat (ink_of (f, THAW_FRAME_UNATTRIBUTED, FALSE, 500).width, >, 40);
}

/* Names change with the profile, though numbers are the same. */
static void
test_another_profile (Fixture *f, gconstpointer data)
{
  double before = ink_of (f, 0, FALSE, 500).width;
  g_autoptr (ThawProfile) other = test_profile ("something_much_longer_than_main 1\n");

  thaw_labels_set_names (f->labels, other, THAW_KEY_FUNCTION);
  g_assert_cmpfloat (ink_of (f, 0, FALSE, 500).width, >, before * 2);
}

static void
test_very_long_name (void)
{
  g_autofree char *name = g_malloc (100001);
  g_autofree char *stacks = NULL;
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 9");
  Fixture f = { 0 };

  memset (name, 'x', 100000);
  name[100000] = '\0';
  stacks = g_strdup_printf ("%s 1\n", name);
  f.profile = test_profile (stacks);
  f.labels = thaw_labels_new (font, 1.5);
  thaw_labels_set_names (f.labels, f.profile, THAW_KEY_FUNCTION);
  g_assert_cmpfloat (ink_of (&f, 0, FALSE, 3000).width, <=, 3002);
  g_assert_cmpfloat (ink_of (&f, 0, FALSE, 3000).width, >, 2900);
  tear_down (&f, NULL);
}

static void
test_scale (void)
{
  g_autoptr (PangoFontDescription) points = pango_font_description_from_string ("Sans 9");
  g_autoptr (PangoFontDescription) pixels = pango_font_description_from_string ("Sans 12px");
  double widths[4];
  guint n = 0;

  for (double scale = 1; scale <= 2; scale++)
    for (guint i = 0; i < 2; i++)
      {
        Fixture f = { test_profile ("some_function_name 1\n"),
                      thaw_labels_new (i == 0 ? points : pixels, scale) };

        thaw_labels_set_names (f.labels, f.profile, THAW_KEY_FUNCTION);
        widths[n++] = ink_of (&f, 0, FALSE, 1000).width;
        tear_down (&f, NULL);
      }
  /* 9 pt are 12 px; twice the scale is twice the width. */
  g_assert_cmpfloat_with_epsilon (widths[0], widths[1], 2);
  g_assert_cmpfloat_with_epsilon (widths[2], 2 * widths[0], widths[0] * 0.15);
  g_assert_cmpfloat_with_epsilon (widths[3], 2 * widths[1], widths[1] * 0.15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/labels/stays-inside", Fixture, NULL, set_up, test_stays_inside, tear_down);
  g_test_add ("/labels/cut-names-end-in-an-ellipsis", Fixture, NULL, set_up,
              test_cut_names_end_in_an_ellipsis, tear_down);
  g_test_add ("/labels/folded-has-a-badge", Fixture, NULL, set_up, test_folded_has_a_badge,
              tear_down);
  g_test_add ("/labels/special-frames-have-names", Fixture, NULL, set_up,
              test_special_frames_have_names, tear_down);
  g_test_add ("/labels/another-profile", Fixture, NULL, set_up, test_another_profile, tear_down);
  g_test_add_func ("/labels/very-long-name", test_very_long_name);
  g_test_add_func ("/labels/scale", test_scale);
  return g_test_run ();
}
