/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawLegend: what the colours of the graph mean, and the menu that chooses their meaning. Property
 * "document" (ThawDocument).
 */
#pragma once

#include <adwaita.h>
#include "thaw-document.h"

G_BEGIN_DECLS

#define THAW_TYPE_LEGEND (thaw_legend_get_type ())
G_DECLARE_FINAL_TYPE (ThawLegend, thaw_legend, THAW, LEGEND, GtkWidget)

G_END_DECLS
