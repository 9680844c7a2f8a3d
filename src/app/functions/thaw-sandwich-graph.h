/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawSandwichGraph: a function in the middle, all paths that lead to it above, all that it calls
 * below. Two graphs of one width, each with its own zoom and scroll bar.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-document.h"

G_BEGIN_DECLS

#define THAW_TYPE_SANDWICH_GRAPH (thaw_sandwich_graph_get_type ())
G_DECLARE_FINAL_TYPE (ThawSandwichGraph, thaw_sandwich_graph, THAW, SANDWICH_GRAPH, GtkWidget)

/* @document: (nullable): NULL empties the graphs. */
void thaw_sandwich_graph_set_document (ThawSandwichGraph *self, ThawDocument *document);
/* Shows these, whole and with their common function in sight. */
void thaw_sandwich_graph_set_lanes (ThawSandwichGraph *self, ThawLane *callers, ThawLane *callees);

G_END_DECLS
