/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A column view over one object a line: a function has few, so that they are all made at once.
 */
#include "thaw-line-table.h"

#include <glib/gi18n-lib.h>
#include "thaw-cell.h"
#include "thaw-column-view.h"
#include "thaw-format.h"
#include "thaw-function-links.h"
#include "thaw-trees.h"

#define THAW_TYPE_LINE_ITEM (thaw_line_item_get_type ())
G_DECLARE_FINAL_TYPE (ThawLineItem, thaw_line_item, THAW, LINE_ITEM, GObject)

struct _ThawLineItem
{
  GObject parent;
  guint index; /* into the report */
};

G_DEFINE_FINAL_TYPE (ThawLineItem, thaw_line_item, G_TYPE_OBJECT)

static void
thaw_line_item_class_init (ThawLineItemClass *klass)
{
}

static void
thaw_line_item_init (ThawLineItem *item)
{
}

enum
{
  COLUMN_LINE,
  COLUMN_SOURCE,
  COLUMN_SELF,
  COLUMN_TOTAL,
  N_COLUMNS,
};

static const struct
{
  ThawCellKind kind;
  const char *title;
  const char *tooltip;
} specs[N_COLUMNS] = {
  [COLUMN_LINE] = { THAW_CELL_NUMBER, N_ ("Line"), N_ ("Line that was running") },
  [COLUMN_SOURCE] = { THAW_CELL_CODE, N_ ("Source"),
                      N_ ("The file as it is now on this computer") },
  [COLUMN_SELF] = { THAW_CELL_METER, N_ ("Self"), N_ ("Spent on this line itself") },
  [COLUMN_TOTAL] = { THAW_CELL_METER, N_ ("Total"),
                     N_ ("Spent on this line and in what it calls") },
};

struct _ThawLineTable
{
  GtkWidget parent;
  GtkWidget *scroller;
  GtkColumnView *table;
  GtkColumnViewColumn *columns[N_COLUMNS];
  GListStore *items;
  ThawLineReport *report;
  ThawUnit unit;
  ThawRgb colour;
  double whole;
  double greatest_self;
  double greatest_total;
};

G_DEFINE_FINAL_TYPE (ThawLineTable, thaw_line_table, GTK_TYPE_WIDGET)

static void
fill_meter (ThawLineTable *self, ThawCell *cell, double value, double greatest)
{
  g_autofree char *text = value > 0 ? thaw_format_amount (self->unit, value) : g_strdup ("");
  g_autofree char *note = self->whole > 0 ? thaw_format_share (value / self->whole) : NULL;

  thaw_cell_set (cell, &(ThawCellContent){ .text = text,
                                           .note = note,
                                           .colour = self->colour,
                                           .share = greatest > 0 ? value / greatest : 0 });
}

static guint
column_of (gpointer factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (factory, "thaw-column"));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, ThawLineTable *self)
{
  gtk_list_item_set_child (list_item, thaw_cell_new (specs[column_of (factory)].kind));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, ThawLineTable *self)
{
  ThawCell *cell = THAW_CELL (gtk_list_item_get_child (list_item));
  guint index = THAW_LINE_ITEM (gtk_list_item_get_item (list_item))->index;
  const ThawLineCost *cost = &g_array_index (self->report->rows, ThawLineCost, index);
  g_autofree char *number = NULL;
  const char *source;

  switch (column_of (factory))
    {
    case COLUMN_LINE:
      number = cost->line > 0 ? g_strdup_printf ("%u", cost->line) : g_strdup ("?");
      thaw_cell_set (cell, &(ThawCellContent){ .text = number, .dim = !(cost->total > 0) });
      break;
    case COLUMN_SOURCE:
      source = self->report->texts != NULL ? g_ptr_array_index (self->report->texts, index) : NULL;
      thaw_cell_set (cell, &(ThawCellContent){ .text = source != NULL ? source : "",
                                               .dim = !(cost->total > 0) });
      break;
    case COLUMN_SELF:
      fill_meter (self, cell, cost->self, self->greatest_self);
      break;
    default:
      fill_meter (self, cell, cost->total, self->greatest_total);
      break;
    }
}

void
thaw_line_table_set (ThawLineTable *self,
                     ThawLineReport *report,
                     ThawUnit unit,
                     double whole,
                     ThawRgb colour)
{
  guint heaviest = 0;

  g_return_if_fail (THAW_IS_LINE_TABLE (self));

  g_list_store_remove_all (self->items);
  g_clear_pointer (&self->report, thaw_line_report_free);
  self->report = report;
  self->unit = unit;
  self->whole = whole;
  self->colour = colour;
  self->greatest_self = self->greatest_total = 0;
  if (report == NULL)
    return;
  for (guint i = 0; i < report->rows->len; i++)
    {
      const ThawLineCost *cost = &g_array_index (report->rows, ThawLineCost, i);

      if (cost->total > self->greatest_total)
        heaviest = i;
      self->greatest_self = MAX (self->greatest_self, cost->self);
      self->greatest_total = MAX (self->greatest_total, cost->total);
    }
  gtk_column_view_column_set_visible (self->columns[COLUMN_SOURCE], report->texts != NULL);
  for (guint i = COLUMN_SELF; i <= COLUMN_TOTAL; i++)
    gtk_column_view_column_set_expand (self->columns[i], report->texts == NULL);
  for (guint i = 0; i < report->rows->len; i++)
    {
      g_autoptr (ThawLineItem) item = g_object_new (THAW_TYPE_LINE_ITEM, NULL);

      item->index = i;
      g_list_store_append (self->items, item);
    }
  thaw_column_view_scroll_to (self->table, heaviest);
}

static void
thaw_line_table_dispose (GObject *object)
{
  ThawLineTable *self = THAW_LINE_TABLE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->items);
  g_clear_pointer (&self->report, thaw_line_report_free);
  G_OBJECT_CLASS (thaw_line_table_parent_class)->dispose (object);
}

static void
thaw_line_table_class_init (ThawLineTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = thaw_line_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
thaw_line_table_init (ThawLineTable *self)
{
  self->items = g_list_store_new (THAW_TYPE_LINE_ITEM);
  self->table = GTK_COLUMN_VIEW (gtk_column_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->items))))));
  gtk_widget_add_css_class (GTK_WIDGET (self->table), "data-table");
  gtk_widget_add_css_class (GTK_WIDGET (self->table), "functions");
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

      g_object_set_data (G_OBJECT (factory), "thaw-column", GUINT_TO_POINTER (i));
      g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
      g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
      self->columns[i] = gtk_column_view_column_new (_ (specs[i].title), factory);
      gtk_column_view_column_set_expand (self->columns[i], i == COLUMN_SOURCE);
      gtk_column_view_append_column (self->table, self->columns[i]);
      thaw_column_view_dress_header (self->table, i, _ (specs[i].tooltip), specs[i].kind);
      g_object_unref (self->columns[i]);
    }
  thaw_column_view_set_label (self->table, _ ("Lines"));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->table));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
thaw_line_table_new (void)
{
  return g_object_new (THAW_TYPE_LINE_TABLE, NULL);
}
