/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks libadwaita; keeps nothing.
 */
#include "thaw-theme.h"

#include <adwaita.h>

ThawTheme
thaw_theme_current (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);

  if (adw_style_manager_get_high_contrast (style))
    return dark ? THAW_THEME_DARK_CONTRAST : THAW_THEME_LIGHT_CONTRAST;
  return dark ? THAW_THEME_DARK : THAW_THEME_LIGHT;
}
