/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colours, made once per function. The tables below were searched by a program for the greatest
 * smallest distance (in OKLab, seen with normal, protanopic and deuteranopic eyes), with lightness
 * varied as much as hue; tests/paint/test-palette.c holds them to it. Packages take a colour by a
 * hash of their name, so that a package looks the same in every capture; two may share one.
 */
#include "thaw-palette.h"

#include <math.h>
#include "thaw-names.h"

#define N_PACKAGE_COLOURS 12
#define N_RAMP 5

typedef guint32 Hex; /* 0xRRGGBB */

typedef struct
{
  Hex background;
  Hex special; /* (pruned), (unattributed) */
  Hex origin[THAW_N_ORIGINS];
  Hex package[N_PACKAGE_COLOURS];
  Hex ramp[N_RAMP]; /* own time, none to all */
} Colours;

/* Packages: light fills for dark text, and a darker set. */
#define LIGHT_PACKAGES                                                                             \
  0xd9923a, 0x7fd0ee, 0x4cb084, 0xf0e36c, 0x7d80ea, 0xee84a6, 0xa9a4ea, 0xecd5a4, 0xaecb72,        \
      0x8782ba, 0xf3b8c6, 0xad7650
#define DARK_PACKAGES                                                                              \
  0xd15f17, 0x4599bd, 0x33757f, 0xefd949, 0x3648ba, 0xaa3e41, 0x7369d7, 0x7c8a6c, 0x88b82a,        \
      0x4f4a7c, 0xdfa8a4, 0x633040

static const Colours colours[] = {
  [THAW_THEME_LIGHT] = {
    .background = 0xfafafa,
    .special = 0xececec,
    .origin = { 0xe87a2a, 0xdcb167, 0xd9d1c3, 0x98a0ad, 0x9ecbf7 },
    .package = { LIGHT_PACKAGES },
    .ramp = { 0xf3ead3, 0xf8cf86, 0xf4a545, 0xe3742d, 0xbb3f1f },
  },
  [THAW_THEME_DARK] = {
    .background = 0x1e1e1e,
    .special = 0x333333,
    .origin = { 0xea8630, 0xa2742f, 0x6f685e, 0x434c60, 0x5f9bd6 },
    .package = { DARK_PACKAGES },
    .ramp = { 0x3a3550, 0x6b3a5e, 0xa8433f, 0xe07b2a, 0xfbd24e },
  },
  [THAW_THEME_LIGHT_CONTRAST] = {
    .background = 0xffffff,
    .special = 0xffffff,
    .origin = { 0xf18836, 0xe6c272, 0xebe3d3, 0xa4acba, 0x93c9fd },
    .package = { LIGHT_PACKAGES },
    .ramp = { 0xffffff, 0xfbe0a0, 0xf8bc52, 0xf28f35, 0xe8793a },
  },
  [THAW_THEME_DARK_CONTRAST] = {
    .background = 0x000000,
    .special = 0x1a1a1a,
    .origin = { 0xff9633, 0x9a6a1c, 0x565047, 0x28314a, 0x7db8f2 },
    .package = { DARK_PACKAGES },
    .ramp = { 0x1c1830, 0x55264a, 0x8e2f2c, 0xf08a30, 0xffdc5c },
  },
};

struct _ThawPalette
{
  gatomicrefcount refs;
  ThawProfile *profile;
  ThawColourMode mode;
  ThawTheme theme;
  guint32 n_functions;
  ThawRgb *functions; /* NULL in own-time mode */
};

static ThawRgb
rgb (Hex hex)
{
  return (ThawRgb){ (float) (hex >> 16) / 255, (float) ((hex >> 8) & 0xff) / 255,
                    (float) (hex & 0xff) / 255 };
}

/* FNV-1a, spread: the low bits of short names alone would crowd. The factor was searched so that
 * packages often seen together (numpy and json, PySide6 and threading) seldom share a colour. */
static guint32
hash (const char *text)
{
  guint32 h = 2166136261u;

  for (; *text != '\0'; text++)
    h = (h ^ (guint8) *text) * 16777619u;
  return (h * 0xe3bba437u) >> 16;
}

static ThawRgb
colour_of_function (const Colours *c, ThawColourMode mode, const ThawFunction *function)
{
  g_autofree char *package = NULL;

  if (mode == THAW_COLOUR_ORIGIN)
    return rgb (c->origin[thaw_origin_of (function)]);
  package = thaw_package_of (function);
  return rgb (c->package[hash (package) % N_PACKAGE_COLOURS]);
}

/**
 * thaw_palette_new:
 * @profile: a reference is kept
 *
 * Returns: (transfer full): the colours of all functions of @profile
 */
ThawPalette *
thaw_palette_new (const ThawProfile *profile, ThawColourMode mode, ThawTheme theme)
{
  ThawPalette *palette;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (theme < G_N_ELEMENTS (colours), NULL);

  palette = g_new0 (ThawPalette, 1);
  g_atomic_ref_count_init (&palette->refs);
  palette->profile = thaw_profile_ref ((ThawProfile *) profile);
  palette->mode = mode;
  palette->theme = theme;
  palette->n_functions = thaw_profile_get_n_functions (profile);
  if (mode == THAW_COLOUR_SELF)
    return palette;
  palette->functions = g_new (ThawRgb, palette->n_functions);
  for (guint32 f = 0; f < palette->n_functions; f++)
    palette->functions[f] = colour_of_function (&colours[theme], mode,
                                                thaw_profile_get_function (profile, f));
  return palette;
}

ThawPalette *
thaw_palette_ref (ThawPalette *palette)
{
  g_return_val_if_fail (palette != NULL, NULL);
  g_atomic_ref_count_inc (&palette->refs);
  return palette;
}

void
thaw_palette_unref (ThawPalette *palette)
{
  g_return_if_fail (palette != NULL);
  if (!g_atomic_ref_count_dec (&palette->refs))
    return;
  thaw_profile_unref (palette->profile);
  g_free (palette->functions);
  g_free (palette);
}

ThawColourMode
thaw_palette_get_mode (const ThawPalette *palette)
{
  return palette->mode;
}

ThawTheme
thaw_palette_get_theme (const ThawPalette *palette)
{
  return palette->theme;
}

/* Own time spans orders of magnitude: 0.1 % of the total and less is the first colour of the ramp,
 * 100 % the last, logarithmic between. */
static ThawRgb
colour_of_share (const Colours *c, double share)
{
  double t = share > 0.001 ? MIN (1, log10 (share * 1000) / 3) : 0;
  double at = t * (N_RAMP - 1);
  int i = MIN ((int) at, N_RAMP - 2);

  return thaw_rgb_mix (rgb (c->ramp[i]), rgb (c->ramp[i + 1]), (float) (at - i));
}

/**
 * thaw_palette_colour:
 * @key: what @frame indexes
 * @self_share: own time of the node / total of its tree, 0 … 1; looked at in own-time mode only
 *
 * Returns: the fill of a node's box; special frames are a neutral grey
 */
ThawRgb
thaw_palette_colour (const ThawPalette *palette, ThawTreeKey key, guint32 frame, double self_share)
{
  const Colours *c = &colours[palette->theme];
  guint32 function;

  if (frame >= THAW_FRAME_FIRST_SPECIAL)
    return rgb (c->special);
  if (palette->mode == THAW_COLOUR_SELF)
    return colour_of_share (c, self_share);
  function = thaw_profile_frame_function (palette->profile, key, frame);
  return function < palette->n_functions ? palette->functions[function] : rgb (c->special);
}

/**
 * thaw_rgb_mix:
 *
 * Returns: @a at @t 0, @b at 1, mixed in sRGB as a screen would blend them
 */
ThawRgb
thaw_rgb_mix (ThawRgb a, ThawRgb b, float t)
{
  return (ThawRgb){ a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t };
}

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/* Relative luminance of WCAG 2.1, 0 … 1. */
static double
luminance (ThawRgb c)
{
  return 0.2126 * linear (c.r) + 0.7152 * linear (c.g) + 0.0722 * linear (c.b);
}

/**
 * thaw_rgb_contrast:
 *
 * Returns: the contrast ratio of WCAG 2.1, 1 … 21
 */
double
thaw_rgb_contrast (ThawRgb a, ThawRgb b)
{
  double x = luminance (a), y = luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

/**
 * thaw_palette_text:
 *
 * Returns: a soft black or white where that is enough, else pure black or white, one of which always
 *   has a contrast of 4.58 or more
 */
ThawRgb
thaw_palette_text (ThawRgb fill)
{
  const ThawRgb soft_black = { 0.09f, 0.09f, 0.11f }, soft_white = { 0.97f, 0.97f, 0.97f };
  const double black_luminance = 0.009, white_luminance = 0.930; /* of the soft ones */
  double y = luminance (fill);

  /* Equal contrast with black and white: (y + 0.05) / 0.05 = 1.05 / (y + 0.05). */
  if (y > 0.1791)
    return (y + 0.05) / (black_luminance + 0.05) >= 4.6 ? soft_black : (ThawRgb){ 0, 0, 0 };
  return (white_luminance + 0.05) / (y + 0.05) >= 4.6 ? soft_white : (ThawRgb){ 1, 1, 1 };
}

ThawRgb
thaw_palette_origin (ThawOrigin origin, ThawTheme theme)
{
  g_return_val_if_fail (origin < THAW_N_ORIGINS && theme < G_N_ELEMENTS (colours), (ThawRgb){ 0 });
  return rgb (colours[theme].origin[origin]);
}

ThawRgb
thaw_palette_background (ThawTheme theme)
{
  g_return_val_if_fail (theme < G_N_ELEMENTS (colours), (ThawRgb){ 0 });
  return rgb (colours[theme].background);
}
