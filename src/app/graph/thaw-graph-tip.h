/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawGraphTip: a card beside the pointer that tells about a box. It lies over the graphs as an overlay
 * as large as they are and draws itself where it is wanted, so that showing it moves no other widget,
 * and the pointer goes through it.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-box-facts.h"

G_BEGIN_DECLS

#define THAW_TYPE_GRAPH_TIP (thaw_graph_tip_get_type ())
G_DECLARE_FINAL_TYPE (ThawGraphTip, thaw_graph_tip, THAW, GRAPH_TIP, GtkWidget)

GtkWidget *thaw_graph_tip_new (void);
/* @facts: (nullable): what to tell; NULL hides the card. Copied as needed. */
void thaw_graph_tip_set_facts (ThawGraphTip *self, const ThawBoxFacts *facts);
/* Where the pointer is, in the tip's own coordinates. */
void thaw_graph_tip_move (ThawGraphTip *self, double x, double y);

G_END_DECLS
