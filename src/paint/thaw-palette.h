/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colours of boxes: by package, by origin or by self time, for dark, light and high contrast, chosen
 * to stay apart for colour-blind eyes and to keep their text readable (contrast ≥ 4.5).
 */
#pragma once

#include "thaw-profile.h"
#include "thaw-origin.h"

G_BEGIN_DECLS

typedef enum
{
  THAW_COLOUR_ORIGIN,
  THAW_COLOUR_PACKAGE,
  THAW_COLOUR_SELF
} ThawColourMode;
typedef enum
{
  THAW_THEME_LIGHT,
  THAW_THEME_DARK,
  THAW_THEME_LIGHT_CONTRAST,
  THAW_THEME_DARK_CONTRAST
} ThawTheme;

typedef struct
{
  float r, g, b;
} ThawRgb; /* 0 … 1, sRGB */

typedef struct _ThawPalette ThawPalette;

/* One colour per function, stable by hash of package or name; immutable. */
ThawPalette *thaw_palette_new (const ThawProfile *profile, ThawColourMode mode, ThawTheme theme);
ThawPalette *thaw_palette_ref (ThawPalette *palette);
void thaw_palette_unref (ThawPalette *palette);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawPalette, thaw_palette_unref)

ThawColourMode thaw_palette_get_mode (const ThawPalette *palette);
ThawTheme thaw_palette_get_theme (const ThawPalette *palette);
/* Colour of a node of a tree of this profile; @self_share (self / total of tree) matters in SELF mode. */
ThawRgb
thaw_palette_colour (const ThawPalette *palette, ThawTreeKey key, guint32 frame, double self_share);
/* Mixing and the contrast ratio of WCAG 2.1. */
ThawRgb thaw_rgb_mix (ThawRgb a, ThawRgb b, float t);
double thaw_rgb_contrast (ThawRgb a, ThawRgb b);
/* Text colour with enough contrast (>= 4.5) on @fill. */
ThawRgb thaw_palette_text (ThawRgb fill);
/* Legend colour of an origin. */
ThawRgb thaw_palette_origin (ThawOrigin origin, ThawTheme theme);
ThawRgb thaw_palette_background (ThawTheme theme);

G_END_DECLS
