/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawBreadcrumbs: the path of the box that is zoomed into: thread › main › exec › …; a click goes
 * back to that step.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-zoom.h"

G_BEGIN_DECLS

#define THAW_TYPE_BREADCRUMBS (thaw_breadcrumbs_get_type ())
G_DECLARE_FINAL_TYPE (ThawBreadcrumbs, thaw_breadcrumbs, THAW, BREADCRUMBS, GtkWidget)

/* Names @lane, and the path in it while @zoom is zoomed into one of its boxes. */
void thaw_breadcrumbs_set_zoom (ThawBreadcrumbs *self,
                                ThawDocument *document,
                                ThawLane *lane,
                                ThawZoom *zoom);

G_END_DECLS
