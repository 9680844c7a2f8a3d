/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawSwatch: a small rectangle of a colour, or of a scale of colours.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-palette.h"

G_BEGIN_DECLS

#define THAW_TYPE_SWATCH (thaw_swatch_get_type ())
G_DECLARE_FINAL_TYPE (ThawSwatch, thaw_swatch, THAW, SWATCH, GtkWidget)

/* @colours: (array length=n): drawn side by side; copied. Returns a floating reference. */
GtkWidget *thaw_swatch_new (const ThawRgb *colours, guint n, int width_px);

G_END_DECLS
