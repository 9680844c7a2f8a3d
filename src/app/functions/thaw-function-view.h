/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawFunctionView: a table of functions of one document, used for the function table and for
 * callers and callees.
 *
 * It sorts by a click on a header, copies, has the context menu, and tells what is selected and
 * activated; what its rows are, its owner decides.
 *
 * Signals: "row-selected" (guint function): the person selected this one row; "row-activated"
 * (guint function): double click or Enter.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-document.h"
#include "thaw-function-model.h"

G_BEGIN_DECLS

/* What the rows are, which decides headers and their explanations. */
typedef enum
{
  THAW_VIEW_FUNCTIONS,
  THAW_VIEW_CALLERS,
  THAW_VIEW_CALLEES,
} ThawViewRole;

#define THAW_TYPE_FUNCTION_VIEW (thaw_function_view_get_type ())
G_DECLARE_FINAL_TYPE (ThawFunctionView, thaw_function_view, THAW, FUNCTION_VIEW, GtkWidget)

GtkWidget *thaw_function_view_new (ThawViewRole role);
/* @document: (nullable). Empties the view. */
void thaw_function_view_set_document (ThawFunctionView *self, ThawDocument *document);
/* @rows: (nullable) (element-type ThawFunctionRow); a reference is kept. @whole is what shares are
 * parts of. Order and filter stay, as do selection and scroll position as far as the rows still
 * exist. */
void thaw_function_view_set_rows (ThawFunctionView *self, GArray *rows, double whole);
/* What stands where the table would be while it has no rows; NULL: an empty table. */
void thaw_function_view_set_placeholder (ThawFunctionView *self, const char *text);
/* Greys the functions that do not match, or leaves them out when @only. */
void thaw_function_view_set_matches (ThawFunctionView *self, const guint8 *matches, gboolean only);
/* Selects the row of @function and scrolls to it; G_MAXUINT32 or no such row: selects nothing. */
void thaw_function_view_select (ThawFunctionView *self, guint32 function);
void thaw_function_view_sort (ThawFunctionView *self, ThawColumn column, gboolean descending);
/* The selected rows, or else all, as tab-separated lines with a header line; (transfer full). */
char *thaw_function_view_to_tsv (ThawFunctionView *self);

/* (transfer none) */
ThawFunctionModel *thaw_function_view_get_model (ThawFunctionView *self);
GtkSelectionModel *thaw_function_view_get_selection (ThawFunctionView *self);

G_END_DECLS
