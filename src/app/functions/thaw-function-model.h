/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawFunctionModel: rows of functions as a GListModel, sorted by a column and filtered.
 *
 * The rows stay in the flat array they came in; sorting and filtering move 32-bit indices, and an
 * object is made only for a row that somebody asks for.
 */
#pragma once

#include <gio/gio.h>
#include "thaw-function-table.h"

G_BEGIN_DECLS

typedef enum
{
  THAW_COLUMN_NAME,
  THAW_COLUMN_PLACE,
  THAW_COLUMN_ORIGIN,
  THAW_COLUMN_CALLS,
  THAW_COLUMN_SELF,
  THAW_COLUMN_TOTAL,
  THAW_COLUMN_PER_CALL, /* total per call */
  THAW_N_COLUMNS,
} ThawColumn;

/* A row as an object. */
#define THAW_TYPE_FUNCTION_ITEM (thaw_function_item_get_type ())
G_DECLARE_FINAL_TYPE (ThawFunctionItem, thaw_function_item, THAW, FUNCTION_ITEM, GObject)
const ThawFunctionRow *thaw_function_item_get_row (ThawFunctionItem *item);

#define THAW_TYPE_FUNCTION_MODEL (thaw_function_model_get_type ())
G_DECLARE_FINAL_TYPE (ThawFunctionModel, thaw_function_model, THAW, FUNCTION_MODEL, GObject)

ThawFunctionModel *thaw_function_model_new (void);
/* @rows: (nullable) (element-type ThawFunctionRow): one row a function, in the order that decides
 * between equals; a reference is kept. Order and filter stay. */
void thaw_function_model_set_rows (ThawFunctionModel *self, ThawProfile *profile, GArray *rows);
/* NAN sorts last whichever way. */
void thaw_function_model_sort (ThawFunctionModel *self, ThawColumn column, gboolean descending);
/* @matches: (nullable) (transfer none): one byte a function of the profile; rows with 0 are left
 * out. Copied. */
void thaw_function_model_set_filter (ThawFunctionModel *self, const guint8 *matches);

/* (transfer none); valid until rows, order or filter change. */
const ThawFunctionRow *thaw_function_model_get_row (ThawFunctionModel *self, guint position);
/* Position of a function's row, GTK_INVALID_LIST_POSITION (G_MAXUINT) when it is not shown. */
guint thaw_function_model_find (ThawFunctionModel *self, guint32 function);
guint thaw_function_model_get_n_unfiltered (ThawFunctionModel *self);

/* Total per call, NAN without calls. */
double thaw_function_row_per_call (const ThawFunctionRow *row);
/* Name and place of a row's function for people, special frames included; (transfer full). */
char *thaw_function_row_name (const ThawProfile *profile, const ThawFunctionRow *row);
char *thaw_function_row_place (const ThawProfile *profile, const ThawFunctionRow *row);

G_END_DECLS
