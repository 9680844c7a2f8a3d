/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of ThawFunctionView share: its columns and cells, its menu, and the widget itself.
 */
#pragma once

#include "thaw-cell.h"
#include "thaw-function-view.h"
#include "thaw-graph-style.h"

G_BEGIN_DECLS

struct _ThawFunctionView
{
  GtkWidget parent;
  ThawViewRole role;
  ThawDocument *document;
  GtkStack *stack; /* table or placeholder */
  GtkLabel *placeholder;
  GtkColumnView *table;
  GtkColumnViewColumn *columns[THAW_N_COLUMNS];
  GtkWidget *menu;

  ThawFunctionModel *model;
  GtkMultiSelection *selection;
  ThawGraphStyle *style;
  guint8 *matches;
  double whole;                    /* what shares are parts of */
  double greatest[THAW_N_COLUMNS]; /* of self and total, for the bars */
  GHashTable *cells;               /* bound cells, to fill again */

  gboolean narrow; /* too narrow for all columns */
  guint width_idle;
  ThawColumn sort_column;
  gboolean descending;
  guint probed; /* the column whose sorter the view asked first */
  gboolean updating;
};

/* Sorts the model, keeping what is selected in sight. */
void thaw_function_view_apply_sort (ThawFunctionView *self, ThawColumn column, gboolean descending);

/* Columns and cells: thaw-function-columns.c */
void thaw_function_view_add_columns (ThawFunctionView *self);
void thaw_function_view_refill (ThawFunctionView *self);
/* Which columns have anything to say for the document's profile. */
void thaw_function_view_show_columns (ThawFunctionView *self);
const char *thaw_function_view_column_title (ThawFunctionView *self, ThawColumn column);

/* Copying and the context menu: thaw-function-menu.c */
void thaw_function_view_install_actions (GtkWidgetClass *widget_class);
void thaw_function_view_add_menu (ThawFunctionView *self);
void thaw_function_view_update_actions (ThawFunctionView *self);

G_END_DECLS
