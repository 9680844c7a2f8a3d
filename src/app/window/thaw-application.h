/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawApplication: one process for all windows: command line, file manager, settings, keys.
 */
#pragma once

#include <adwaita.h>
#include "thaw-settings.h"

G_BEGIN_DECLS

#define THAW_TYPE_APPLICATION (thaw_application_get_type ())
G_DECLARE_FINAL_TYPE (ThawApplication, thaw_application, THAW, APPLICATION, AdwApplication)

/* @flags: added to the application's own; G_APPLICATION_NON_UNIQUE in tests. */
ThawApplication *thaw_application_new (GApplicationFlags flags);
ThawSettings *thaw_application_get_settings (ThawApplication *self); /* (transfer none) */

G_END_DECLS
