/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The columns of ThawFunctionView: what they are called, what their cells say, and sorting by them.
 *
 * GtkColumnView sorts by handing a sorter for objects to a GtkSortListModel. Here the model sorts
 * flat numbers itself, so the columns' sorters only serve to make headers clickable: comparing two
 * probe objects through the view's sorter tells which column is asked first and which way round.
 */
#include "thaw-function-view-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-column-view.h"
#include "thaw-format.h"
#include "thaw-function-links.h"
#include "thaw-origin.h"

typedef struct
{
  ThawCellKind kind;
  const char *title;
  const char *tooltip[THAW_VIEW_CALLEES + 1];
} ColumnSpec;

static const ColumnSpec specs[THAW_N_COLUMNS] = {
  [THAW_COLUMN_NAME] = { THAW_CELL_NAME,
                         N_ ("Function"),
                         { N_ ("The function, with its colour in the graph"),
                           N_ ("Functions that call the selected one"),
                           N_ ("Functions that the selected one calls") } },
  [THAW_COLUMN_PLACE] = { THAW_CELL_TEXT,
                          N_ ("Where"),
                          { N_ ("File and first line of the definition"),
                            N_ ("File and first line of the definition"),
                            N_ ("File and first line of the definition") } },
  [THAW_COLUMN_ORIGIN] = { THAW_CELL_CHIP,
                           N_ ("Origin"),
                           { N_ ("Whose code it is, or that it waits"),
                             N_ ("Whose code it is, or that it waits"),
                             N_ ("Whose code it is, or that it waits") } },
  [THAW_COLUMN_CALLS] = { THAW_CELL_NUMBER,
                          N_ ("Calls"),
                          { N_ ("How often it was called, recursive calls included"),
                            N_ ("How often the selected function was called from here"),
                            N_ ("How often the selected function called it") } },
  [THAW_COLUMN_SELF] = { THAW_CELL_METER,
                         N_ ("Self"),
                         { N_ ("Spent in the function itself, without what it calls"),
                           N_ ("Spent in the selected function itself when called from here"),
                           N_ ("Spent in it itself when called by the selected function") } },
  [THAW_COLUMN_TOTAL] = { THAW_CELL_METER,
                          N_ ("Total"),
                          { N_ ("Spent in the function and all that it calls; recursion counts "
                                "once"),
                            N_ ("Spent in the selected function and all that it calls, when called "
                                "from here"),
                            N_ ("Spent in it and all that it calls, when called by the selected "
                                "function") } },
  [THAW_COLUMN_PER_CALL] = { THAW_CELL_NUMBER,
                             N_ ("Per call"),
                             { N_ ("Total divided by calls"), N_ ("Total divided by calls"),
                               N_ ("Total divided by calls") } },
};

const char *
thaw_function_view_column_title (ThawFunctionView *self, ThawColumn column)
{
  if (column == THAW_COLUMN_NAME && self->role == THAW_VIEW_CALLERS)
    return _ ("Caller");
  if (column == THAW_COLUMN_NAME && self->role == THAW_VIEW_CALLEES)
    return _ ("Callee");
  return _ (specs[column].title);
}

/* Cells. ----------------------------------------------------------------------------------------- */

static gboolean
is_real (ThawFunctionView *self, const ThawFunctionRow *row)
{
  return row->function < thaw_profile_get_n_functions (thaw_document_get_profile (self->document));
}

static ThawRgb
colour_of (ThawFunctionView *self, const ThawFunctionRow *row)
{
  return thaw_palette_colour (thaw_graph_style_get_palette (self->style), THAW_KEY_FUNCTION,
                              row->function, row->total > 0 ? row->self / row->total : 0);
}

static void
fill_cell (ThawFunctionView *self, ThawCell *cell, ThawColumn column)
{
  const ThawFunctionRow *row = thaw_function_item_get_row (
      THAW_FUNCTION_ITEM (thaw_cell_get_item (cell)));
  const ThawProfile *profile = thaw_document_get_profile (self->document);
  ThawCellContent content = { "" };
  g_autofree char *text = NULL;
  g_autofree char *note = NULL;

  content.colour = colour_of (self, row);
  content.dim = self->matches != NULL && !(is_real (self, row) && self->matches[row->function]);
  switch (column)
    {
    case THAW_COLUMN_NAME:
      text = thaw_function_row_name (profile, row);
      break;
    case THAW_COLUMN_PLACE:
      text = thaw_function_row_place (profile, row);
      break;
    case THAW_COLUMN_ORIGIN:
      if (is_real (self, row))
        {
          ThawOrigin origin = thaw_origin_of (thaw_profile_get_function (profile, row->function));

          text = g_strdup (thaw_origin_title (origin));
          content.colour = thaw_palette_origin (origin, thaw_theme_now ());
        }
      break;
    case THAW_COLUMN_SELF:
    case THAW_COLUMN_TOTAL:
      {
        double value = column == THAW_COLUMN_SELF ? row->self : row->total;

        content.share = self->greatest[column] > 0 ? value / self->greatest[column] : 0;
        content.note = note = self->whole > 0 ? thaw_format_share (value / self->whole) : NULL;
        text = thaw_format_amount (thaw_profile_get_unit (profile), value);
      }
      break;
    case THAW_COLUMN_CALLS:
      text = thaw_format_count (row->calls);
      break;
    default:
      text = thaw_format_amount (thaw_profile_get_unit (profile), thaw_function_row_per_call (row));
      break;
    }
  content.text = text != NULL ? text : "";
  thaw_cell_set (cell, &content);
}

static ThawColumn
column_of (gpointer cell)
{
  return GPOINTER_TO_UINT (g_object_get_data (cell, "thaw-column"));
}

/* What a cell has no room for: the whole name and path, or the number to more digits. */
static gboolean
on_query_tooltip (GtkWidget *widget,
                  int x,
                  int y,
                  gboolean keyboard,
                  GtkTooltip *tooltip,
                  ThawFunctionView *self)
{
  ThawCell *cell = THAW_CELL (widget);
  ThawColumn column = column_of (cell);
  const ThawProfile *profile = self->document != NULL ? thaw_document_get_profile (self->document)
                                                      : NULL;
  const ThawFunctionRow *row;
  g_autofree char *text = NULL;

  if (profile == NULL || thaw_cell_get_item (cell) == NULL)
    return FALSE;
  row = thaw_function_item_get_row (THAW_FUNCTION_ITEM (thaw_cell_get_item (cell)));
  if (column == THAW_COLUMN_SELF || column == THAW_COLUMN_TOTAL)
    {
      double value = column == THAW_COLUMN_SELF ? row->self : row->total;
      g_autofree char *exact = thaw_format_exact (thaw_profile_get_unit (profile), value);
      g_autofree char *share = thaw_format_share (self->whole > 0 ? value / self->whole : 0);

      /* Translators: a time and its share of the whole: "1.234567 s · 12.4 %" */
      text = g_strdup_printf (_ ("%s · %s"), exact, share);
    }
  else if (is_real (self, row) && (column == THAW_COLUMN_NAME || column == THAW_COLUMN_PLACE))
    {
      const ThawFunction *function = thaw_profile_get_function (profile, row->function);

      text = function->file != NULL && function->line > 0
                 ? g_strdup_printf ("%s\n%s:%u", function->name, function->file, function->line)
                 : g_strdup_printf ("%s\n%s", function->name,
                                    function->file != NULL ? function->file : "");
      g_strchomp (text);
    }
  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, ThawFunctionView *self)
{
  ThawColumn column = column_of (factory);
  GtkWidget *cell = thaw_cell_new (specs[column].kind);

  g_object_set_data (G_OBJECT (cell), "thaw-column", GUINT_TO_POINTER (column));
  gtk_widget_set_has_tooltip (cell, TRUE);
  g_signal_connect_object (cell, "query-tooltip", G_CALLBACK (on_query_tooltip), self, 0);
  gtk_list_item_set_child (list_item, cell);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, ThawFunctionView *self)
{
  ThawCell *cell = THAW_CELL (gtk_list_item_get_child (list_item));

  thaw_cell_set_item (cell, gtk_list_item_get_item (list_item));
  fill_cell (self, cell, column_of (cell));
  g_hash_table_add (self->cells, cell);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, ThawFunctionView *self)
{
  ThawCell *cell = THAW_CELL (gtk_list_item_get_child (list_item));

  g_hash_table_remove (self->cells, cell);
  thaw_cell_set_item (cell, NULL);
}

void
thaw_function_view_refill (ThawFunctionView *self)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    fill_cell (self, cell, column_of (cell));
}

/* Sorting. --------------------------------------------------------------------------------------- */

/* A column's sorter, which is only ever asked about the two probes. */
static int
compare_probes (gconstpointer a, gconstpointer b, gpointer data)
{
  GObject *sorter = data;
  ThawFunctionView *self = g_object_get_data (sorter, "thaw-view");

  if (self->probed == THAW_N_COLUMNS)
    self->probed = column_of (sorter);
  return a == (gconstpointer) self ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;
}

/* A header was clicked. Numbers are wanted greatest first, so that a column of them starts that way. */
static void
on_sorter_changed (GtkSorter *sorter, GtkSorterChange change, ThawFunctionView *self)
{
  gboolean descending;

  self->probed = THAW_N_COLUMNS;
  descending = gtk_sorter_compare (sorter, self, self->table) == GTK_ORDERING_LARGER;
  if (self->probed == THAW_N_COLUMNS)
    return;
  if (self->probed != self->sort_column)
    {
      self->sort_column = self->probed;
      if (self->probed >= THAW_COLUMN_CALLS && !descending)
        {
          thaw_function_view_sort (self, self->probed, TRUE);
          return;
        }
    }
  thaw_function_view_apply_sort (self, self->probed, descending);
}

void
thaw_function_view_sort (ThawFunctionView *self, ThawColumn column, gboolean descending)
{
  g_return_if_fail (THAW_IS_FUNCTION_VIEW (self));
  g_return_if_fail (column < THAW_N_COLUMNS);

  self->sort_column = column; /* else a first sort by numbers would turn to descending */
  gtk_column_view_sort_by_column (self->table, NULL,
                                  GTK_SORT_ASCENDING); /* takes the old arrow away */
  gtk_column_view_sort_by_column (self->table, self->columns[column],
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

void
thaw_function_view_show_columns (ThawFunctionView *self)
{
  gboolean has_calls = self->document != NULL &&
                       thaw_profile_has_calls (thaw_document_get_profile (self->document));

  /* Where there is little room, colour alone tells the origin. */
  gtk_column_view_column_set_visible (self->columns[THAW_COLUMN_ORIGIN],
                                      self->role == THAW_VIEW_FUNCTIONS && !self->narrow);
  gtk_column_view_column_set_visible (self->columns[THAW_COLUMN_CALLS], has_calls);
  gtk_column_view_column_set_visible (self->columns[THAW_COLUMN_PER_CALL], has_calls);
  for (guint i = THAW_COLUMN_SELF; i <= THAW_COLUMN_TOTAL; i++)
    {
      g_autofree char *title = NULL;

      if (self->document != NULL &&
          thaw_profile_get_unit (thaw_document_get_profile (self->document)) == THAW_UNIT_SAMPLES)
        /* Translators: the title of a column and its unit: "Self (samples)" */
        title = g_strdup_printf (_ ("%s (samples)"), thaw_function_view_column_title (self, i));
      gtk_column_view_column_set_title (
          self->columns[i], title != NULL ? title : thaw_function_view_column_title (self, i));
    }
}

/* Left to right. Callers and callees stand in narrow tables, where the time must not be out of sight. */
static const ThawColumn wide_order[THAW_N_COLUMNS] = {
  THAW_COLUMN_NAME, THAW_COLUMN_PLACE, THAW_COLUMN_ORIGIN,   THAW_COLUMN_CALLS,
  THAW_COLUMN_SELF, THAW_COLUMN_TOTAL, THAW_COLUMN_PER_CALL,
};
static const ThawColumn narrow_order[THAW_N_COLUMNS] = {
  THAW_COLUMN_NAME,     THAW_COLUMN_TOTAL, THAW_COLUMN_SELF,   THAW_COLUMN_CALLS,
  THAW_COLUMN_PER_CALL, THAW_COLUMN_PLACE, THAW_COLUMN_ORIGIN,
};

void
thaw_function_view_add_columns (ThawFunctionView *self)
{
  for (guint at = 0; at < THAW_N_COLUMNS; at++)
    {
      ThawColumn i = self->role == THAW_VIEW_FUNCTIONS ? wide_order[at] : narrow_order[at];
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column;
      GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (NULL, NULL, NULL));

      g_object_set_data (G_OBJECT (factory), "thaw-column", GUINT_TO_POINTER (i));
      g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
      g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
      g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
      g_object_set_data (G_OBJECT (sorter), "thaw-column", GUINT_TO_POINTER (i));
      g_object_set_data (G_OBJECT (sorter), "thaw-view", self);
      gtk_custom_sorter_set_sort_func (GTK_CUSTOM_SORTER (sorter), compare_probes, sorter, NULL);

      column = gtk_column_view_column_new (thaw_function_view_column_title (self, i), factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, specs[i].kind == THAW_CELL_NAME ||
                                                     specs[i].kind == THAW_CELL_TEXT);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_append_column (self->table, column);
      thaw_column_view_dress_header (self->table, at, _ (specs[i].tooltip[self->role]),
                                     specs[i].kind);
      self->columns[i] = column;
      g_object_unref (sorter);
      g_object_unref (column);
    }
  gtk_column_view_sort_by_column (self->table, self->columns[THAW_COLUMN_SELF],
                                  GTK_SORT_DESCENDING);
  self->sort_column = THAW_COLUMN_SELF;
  self->descending = TRUE;
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (on_sorter_changed), self, 0);
}
