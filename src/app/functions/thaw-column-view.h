/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What GtkColumnView of GTK 4.8 has no calls for: scrolling to a row, explaining and aligning a
 * header. It works on the widgets the view is made of, and does nothing where they are not found.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-cell.h"

G_BEGIN_DECLS

/* What the table is called for those who do not see it. */
void thaw_column_view_set_label (GtkColumnView *view, const char *label);
/* Brings the row into view when rows that may just have changed are laid out; the last call wins. */
void thaw_column_view_scroll_to (GtkColumnView *view, guint position);
/* The title of a column of numbers is put over the numbers. */
void thaw_column_view_dress_header (GtkColumnView *view,
                                    guint column,
                                    const char *tooltip,
                                    ThawCellKind kind);

G_END_DECLS
