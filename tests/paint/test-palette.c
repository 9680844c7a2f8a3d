/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colours held to numbers: text contrast on every fill, and distance between colours as normal,
 * protanopic and deuteranopic eyes see them. The matrices are those of Machado, Oliveira and
 * Fernandes (2009), severity 1, in linear light; distance is 100 × Euclid in OKLab (Ottosson, 2020).
 */
#include <math.h>

#include "thaw-palette.h"
#include "tree-text.h"

#define MIN_CONTRAST 4.5
#define MIN_ORIGIN_DISTANCE 8.0
#define MIN_PACKAGE_DISTANCE 5.0

typedef struct
{
  double v[3];
} Vec;

static const double eyes[3][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 },
    { 0.114503, 0.786281, 0.099216 },
    { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 },
    { 0.280085, 0.672501, 0.047413 },
    { -0.011820, 0.042940, 0.968881 } },
};

static Vec
multiply (const double m[3][3], Vec a)
{
  Vec b = { { 0 } };

  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      b.v[i] += m[i][j] * a.v[j];
  return b;
}

/* What an eye sees, in OKLab. */
static Vec
see (ThawRgb colour, int eye)
{
  static const double to_lms[3][3] = { { 0.4122214708, 0.5363325363, 0.0514459929 },
                                       { 0.2119034982, 0.6806995451, 0.1073969566 },
                                       { 0.0883024619, 0.2817188376, 0.6299787005 } };
  static const double to_lab[3][3] = { { 0.2104542553, 0.7936177850, -0.0040720468 },
                                       { 1.9779984951, -2.4285922050, 0.4505937099 },
                                       { 0.0259040371, 0.7827717662, -0.8086757660 } };
  Vec c = { { colour.r, colour.g, colour.b } };

  for (int i = 0; i < 3; i++)
    c.v[i] = c.v[i] <= 0.04045 ? c.v[i] / 12.92 : pow ((c.v[i] + 0.055) / 1.055, 2.4);
  c = multiply (eyes[eye], c);
  for (int i = 0; i < 3; i++)
    c.v[i] = CLAMP (c.v[i], 0, 1);
  c = multiply (to_lms, c);
  for (int i = 0; i < 3; i++)
    c.v[i] = cbrt (c.v[i]);
  return multiply (to_lab, c);
}

/* The smallest distance over all eyes. */
static double
distance (ThawRgb a, ThawRgb b)
{
  double smallest = INFINITY;

  for (int eye = 0; eye < 3; eye++)
    {
      Vec x = see (a, eye), y = see (b, eye);

      smallest = MIN (smallest, 100 * sqrt (pow (x.v[0] - y.v[0], 2) + pow (x.v[1] - y.v[1], 2) +
                                            pow (x.v[2] - y.v[2], 2)));
    }
  return smallest;
}

/* 600 functions of 200 packages, and some of every origin. */
static ThawProfile *
make_profile (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  ThawThreadSpec thread = { 1, "main", "main" };
  ThawProfile *profile;

  thaw_profile_builder_add_thread (builder, thaw_profile_builder_add_process (builder, 1, ""),
                                   &thread, &error);
  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *file = g_strdup_printf ("/usr/lib/python3/site-packages/package%u/a.py",
                                               i % 200);
      g_autofree char *name = g_strdup_printf ("f%u", i);
      ThawFrameSpec frame = { name, file, 1, 0, THAW_FUNCTION_PYTHON };

      thaw_profile_builder_add_frame (builder, &frame);
    }
  profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

static gboolean
equal (ThawRgb a, ThawRgb b)
{
  return a.r == b.r && a.g == b.g && a.b == b.b;
}

/* All different colours of the functions of a profile; (element-type ThawRgb). */
static GArray *
colours_of (const ThawProfile *profile, const ThawPalette *palette)
{
  GArray *colours = g_array_new (FALSE, FALSE, sizeof (ThawRgb));

  for (guint32 f = 0; f < thaw_profile_get_n_functions (profile); f++)
    {
      ThawRgb colour = thaw_palette_colour (palette, THAW_KEY_FUNCTION, f, 0);
      gboolean known = FALSE;

      for (guint i = 0; i < colours->len; i++)
        known |= equal (g_array_index (colours, ThawRgb, i), colour);
      if (!known)
        g_array_append_val (colours, colour);
    }
  return colours;
}

static void
assert_readable (ThawRgb fill, double wanted)
{
  g_assert_cmpfloat (thaw_rgb_contrast (fill, thaw_palette_text (fill)), >=, wanted);
}

static void
test_contrast_ratio (void)
{
  const ThawRgb black = { 0, 0, 0 }, white = { 1, 1, 1 }, grey = { 0.466f, 0.466f, 0.466f };

  g_assert_cmpfloat_with_epsilon (thaw_rgb_contrast (black, white), 21, 1e-6);
  g_assert_cmpfloat_with_epsilon (thaw_rgb_contrast (white, black), 21, 1e-6);
  g_assert_cmpfloat_with_epsilon (thaw_rgb_contrast (grey, white), 4.5, 0.05);
  g_assert_cmpfloat_with_epsilon (thaw_rgb_contrast (grey, grey), 1, 1e-9);
}

static void
test_text_is_readable_on_anything (void)
{
  for (int r = 0; r <= 255; r += 5)
    for (int g = 0; g <= 255; g += 5)
      for (int b = 0; b <= 255; b += 5)
        assert_readable ((ThawRgb){ r / 255.f, g / 255.f, b / 255.f }, MIN_CONTRAST);
}

static void
test_themes (void)
{
  g_autoptr (ThawProfile) profile = make_profile ();

  for (ThawTheme theme = THAW_THEME_LIGHT; theme <= THAW_THEME_DARK_CONTRAST; theme++)
    {
      gboolean contrast = theme >= THAW_THEME_LIGHT_CONTRAST;
      double wanted = contrast ? 7 : MIN_CONTRAST;

      assert_readable (thaw_palette_background (theme), 12);
      for (ThawOrigin origin = 0; origin < THAW_N_ORIGINS; origin++)
        {
          /* Third-party brown lies between black and white. */
          assert_readable (thaw_palette_origin (origin, theme),
                           origin == THAW_ORIGIN_THIRD_PARTY ? MIN_CONTRAST : wanted);
          for (ThawOrigin other = 0; other < origin; other++)
            g_assert_cmpfloat (
                distance (thaw_palette_origin (origin, theme), thaw_palette_origin (other, theme)),
                >=, MIN_ORIGIN_DISTANCE);
          /* A box can be told from the paper, by its frame in high contrast. */
          if (!contrast)
            g_assert_cmpfloat (
                distance (thaw_palette_origin (origin, theme), thaw_palette_background (theme)), >=,
                10);
        }
    }
}

static void
test_packages (void)
{
  g_autoptr (ThawProfile) profile = make_profile ();

  for (ThawTheme theme = THAW_THEME_LIGHT; theme <= THAW_THEME_DARK_CONTRAST; theme++)
    {
      g_autoptr (ThawPalette) palette = thaw_palette_new (profile, THAW_COLOUR_PACKAGE, theme);
      g_autoptr (GArray) colours = colours_of (profile, palette);

      g_assert_cmpuint (colours->len, >=, 10);
      for (guint i = 0; i < colours->len; i++)
        {
          assert_readable (g_array_index (colours, ThawRgb, i), MIN_CONTRAST);
          for (guint j = 0; j < i; j++)
            g_assert_cmpfloat (
                distance (g_array_index (colours, ThawRgb, i), g_array_index (colours, ThawRgb, j)),
                >=, MIN_PACKAGE_DISTANCE);
        }
      /* Functions of one package share its colour. */
      for (guint32 f = 0; f < 200; f++)
        g_assert_true (equal (thaw_palette_colour (palette, THAW_KEY_FUNCTION, f, 0),
                              thaw_palette_colour (palette, THAW_KEY_FUNCTION, f + 400, 0)));
    }
}

static void
test_packages_are_stable (void)
{
  g_autoptr (ThawProfile) a = test_profile ("zebra;json 1\n");
  g_autoptr (ThawProfile) b = test_profile ("json;other;zebra 1\nmore 2\n");
  g_autoptr (ThawPalette) pa = thaw_palette_new (a, THAW_COLOUR_PACKAGE, THAW_THEME_LIGHT);
  g_autoptr (ThawPalette) pb = thaw_palette_new (b, THAW_COLOUR_PACKAGE, THAW_THEME_LIGHT);

  for (guint32 f = 0; f < thaw_profile_get_n_functions (a); f++)
    for (guint32 g = 0; g < thaw_profile_get_n_functions (b); g++)
      if (g_str_equal (thaw_profile_get_function (a, f)->name,
                       thaw_profile_get_function (b, g)->name))
        g_assert_true (equal (thaw_palette_colour (pa, THAW_KEY_FUNCTION, f, 0),
                              thaw_palette_colour (pb, THAW_KEY_FUNCTION, g, 0)));
}

static void
test_own_time (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("a 1\n");

  for (ThawTheme theme = THAW_THEME_LIGHT; theme <= THAW_THEME_DARK_CONTRAST; theme++)
    {
      g_autoptr (ThawPalette) palette = thaw_palette_new (profile, THAW_COLOUR_SELF, theme);
      ThawRgb paper = thaw_palette_background (theme);
      double before = -1;

      /* The more own time, the farther from the first colour; text stays readable in between. */
      for (double share = 0.001; share <= 1; share *= 1.25)
        {
          ThawRgb fill = thaw_palette_colour (palette, THAW_KEY_FUNCTION, 0, share);
          double away = distance (fill, thaw_palette_colour (palette, THAW_KEY_FUNCTION, 0, 0));

          assert_readable (fill, MIN_CONTRAST);
          g_assert_cmpfloat (away, >=, before - 0.5);
          before = MAX (before, away);
        }
      g_assert_cmpfloat (before, >=, 25);
      g_assert_cmpfloat (distance (thaw_palette_colour (palette, THAW_KEY_FUNCTION, 0, 1), paper),
                         >=, 25);
      g_assert_true (equal (thaw_palette_colour (palette, THAW_KEY_FUNCTION, 0, 7),
                            thaw_palette_colour (palette, THAW_KEY_FUNCTION, 0, 1)));
    }
}

static void
test_special_frames_are_neutral (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("a 1\n");

  for (ThawTheme theme = THAW_THEME_LIGHT; theme <= THAW_THEME_DARK_CONTRAST; theme++)
    for (ThawColourMode mode = THAW_COLOUR_ORIGIN; mode <= THAW_COLOUR_SELF; mode++)
      {
        g_autoptr (ThawPalette) palette = thaw_palette_new (profile, mode, theme);
        ThawRgb fill = thaw_palette_colour (palette, THAW_KEY_FUNCTION, THAW_FRAME_PRUNED, 0.5);

        g_assert_cmpfloat (fill.r, ==, fill.g);
        g_assert_cmpfloat (fill.g, ==, fill.b);
        assert_readable (fill, 7);
        g_assert_cmpint (thaw_palette_get_mode (palette), ==, mode);
        g_assert_cmpint (thaw_palette_get_theme (palette), ==, theme);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/contrast-ratio", test_contrast_ratio);
  g_test_add_func ("/palette/text-is-readable-on-anything", test_text_is_readable_on_anything);
  g_test_add_func ("/palette/themes", test_themes);
  g_test_add_func ("/palette/packages", test_packages);
  g_test_add_func ("/palette/packages-are-stable", test_packages_are_stable);
  g_test_add_func ("/palette/own-time", test_own_time);
  g_test_add_func ("/palette/special-frames-are-neutral", test_special_frames_are_neutral);
  return g_test_run ();
}
