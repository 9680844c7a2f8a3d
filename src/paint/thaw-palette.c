/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-palette.h"

ThawPalette *
thaw_palette_new (const ThawProfile *profile, ThawColourMode mode, ThawTheme theme)
{
  return NULL;
}

ThawPalette *
thaw_palette_ref (ThawPalette *palette)
{
  return NULL;
}

void
thaw_palette_unref (ThawPalette *palette)
{
}

ThawColourMode
thaw_palette_get_mode (const ThawPalette *palette)
{
  return 0;
}

ThawTheme
thaw_palette_get_theme (const ThawPalette *palette)
{
  return 0;
}

ThawRgb
thaw_palette_colour (const ThawPalette *palette, ThawTreeKey key, guint32 frame, double self_share)
{
  return (ThawRgb){ 0 };
}

ThawRgb
thaw_palette_text (ThawRgb fill)
{
  return (ThawRgb){ 0 };
}

ThawRgb
thaw_palette_origin (ThawOrigin origin, ThawTheme theme)
{
  return (ThawRgb){ 0 };
}

ThawRgb
thaw_palette_background (ThawTheme theme)
{
  return (ThawRgb){ 0 };
}

