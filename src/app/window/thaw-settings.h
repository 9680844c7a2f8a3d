/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawSettings: what the person prefers, as plain properties of one object.
 *
 * Where the GSettings schema is installed, the properties are bound to it and are remembered; where
 * it is not, they hold their defaults until the program ends. The object is made once by the
 * application and handed to whoever needs it.
 *
 * Properties (all read-write): "color-scheme" (AdwColorScheme), "flame" (b), "order"
 * (ThawOrder; "tree" stands for time order), "colour-mode" (ThawColourMode), "row-height" (i), "animations" (b),
 * "sidebar-visible" (b), "sidebar-width" (i), "functions-visible" (b), "functions-share" (d),
 * "window-width" (i), "window-height" (i), "window-maximized" (b).
 */
#pragma once

#include <adwaita.h>
#include "thaw-document.h"

G_BEGIN_DECLS

#define THAW_TYPE_SETTINGS (thaw_settings_get_type ())
G_DECLARE_FINAL_TYPE (ThawSettings, thaw_settings, THAW, SETTINGS, GObject)

ThawSettings *thaw_settings_new (void);
gboolean thaw_settings_get_flag (ThawSettings *self, const char *property);
int thaw_settings_get_number (ThawSettings *self, const char *property);

G_END_DECLS
