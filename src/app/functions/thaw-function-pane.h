/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawFunctionPane: what stands beneath the graph. Three pages that show the document's functions
 * as rows, the callers and callees of the selected one, and its details.
 *
 * Property: "document" (ThawDocument, nullable), "page" (s): "functions", "sandwich" or "details".
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-document.h"
#include "thaw-function-view.h"

G_BEGIN_DECLS

#define THAW_TYPE_FUNCTION_PANE (thaw_function_pane_get_type ())
G_DECLARE_FINAL_TYPE (ThawFunctionPane, thaw_function_pane, THAW, FUNCTION_PANE, GtkWidget)

GtkWidget *thaw_function_pane_new (void);
/* The table of the first page; (transfer none). */
ThawFunctionView *thaw_function_pane_get_table (ThawFunctionPane *self);

G_END_DECLS
