/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The palette's theme for what the desktop shows now.
 */
#pragma once

#include "thaw-palette.h"

G_BEGIN_DECLS

/* Changes with AdwStyleManager's "dark" and "high-contrast". */
ThawTheme thaw_theme_current (void);

G_END_DECLS
