/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawPreferences: the window where ThawSettings are changed. Changes act at once.
 */
#pragma once

#include <adwaita.h>
#include "thaw-settings.h"

G_BEGIN_DECLS

#define THAW_TYPE_PREFERENCES (thaw_preferences_get_type ())
G_DECLARE_FINAL_TYPE (ThawPreferences, thaw_preferences, THAW, PREFERENCES, AdwPreferencesWindow)

/* @parent: (nullable). Returns (transfer none): owned by GTK until closed. */
ThawPreferences *thaw_preferences_new (GtkWindow *parent, ThawSettings *settings);

G_END_DECLS
