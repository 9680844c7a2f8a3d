/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawRuler: ticks over a lane that say how much time a width is. In time order they are times on the
 * clock that the lanes share, otherwise lengths from the left edge of the view.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-zoom.h"

G_BEGIN_DECLS

#define THAW_TYPE_RULER (thaw_ruler_get_type ())
G_DECLARE_FINAL_TYPE (ThawRuler, thaw_ruler, THAW, RULER, GtkWidget)

void thaw_ruler_set_zoom (ThawRuler *self, ThawZoom *zoom, ThawUnit unit, gboolean is_clock);

/* The distance between ticks, 1, 2 or 5 × a power of ten, so that at most @n fit into @span. */
double thaw_ruler_step (double span, double n);

G_END_DECLS
