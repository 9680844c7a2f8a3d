/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawGraphStyle: how graphs look just now: theme, palette, font, row height, and the painter that
 * they share. Follows the system's colour scheme, contrast and font; "changed" tells when.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-painter.h"

G_BEGIN_DECLS

/* The theme of palettes for how the system wants to look now. */
ThawTheme thaw_theme_now (void);

#define THAW_TYPE_GRAPH_STYLE (thaw_graph_style_get_type ())
G_DECLARE_FINAL_TYPE (ThawGraphStyle, thaw_graph_style, THAW, GRAPH_STYLE, GObject)

/* @widget: whose font is used; not kept alive. */
ThawGraphStyle *thaw_graph_style_new (GtkWidget *widget);
/* What is to be coloured; NULL: nothing. */
void thaw_graph_style_set_profile (ThawGraphStyle *self, ThawProfile *profile);
void thaw_graph_style_set_mode (ThawGraphStyle *self, ThawColourMode mode);

ThawPalette *thaw_graph_style_get_palette (ThawGraphStyle *self); /* (nullable) */
double thaw_graph_style_get_row_height (ThawGraphStyle *self);
/* At the usual size of text; larger text makes rows higher. THAW_ROW_HEIGHT_PX unless set. */
void thaw_graph_style_set_row_height (ThawGraphStyle *self, double row_height_px);
ThawPainter *thaw_graph_style_get_painter (ThawGraphStyle *self, double scale);
/* A colour of text and outlines over the graph's background, with @alpha. */
GdkRGBA thaw_graph_style_get_ink (ThawGraphStyle *self, double alpha);

G_END_DECLS
