/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The model tells of every change as one over all rows, which a selection model answers by
 * forgetting; so the selected functions are noted before a change and selected again after it. The
 * scroll position GTK keeps by itself.
 */
#include "thaw-function-view-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-column-view.h"

/* Below this a table of all columns would have to be scrolled sideways. */
#define NARROW_PX 600

G_DEFINE_FINAL_TYPE (ThawFunctionView, thaw_function_view, GTK_TYPE_WIDGET)

enum
{
  ROW_SELECTED,
  ROW_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Selection and scrolling. ----------------------------------------------------------------------- */

/* The selected functions, which a change of the model must not lose. */
static GHashTable *
keep_selection (ThawFunctionView *self)
{
  g_autoptr (GtkBitset)
      selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GHashTable *functions = g_hash_table_new (NULL, NULL);
  GtkBitsetIter iter;
  guint position;

  for (gboolean valid = gtk_bitset_iter_init_first (&iter, selected, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    g_hash_table_add (
        functions,
        GUINT_TO_POINTER (thaw_function_model_get_row (self->model, position)->function));
  self->updating = TRUE;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  return functions;
}

/* Selects what is left of @functions, which it consumes; returns the position of the first, or
 * G_MAXUINT. */
static guint
restore_selection (ThawFunctionView *self, GHashTable *functions)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  for (guint i = 0; g_hash_table_size (functions) > 0 && i < n; i++)
    if (g_hash_table_contains (
            functions, GUINT_TO_POINTER (thaw_function_model_get_row (self->model, i)->function)))
      gtk_bitset_add (selected, i);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, selected);
  g_hash_table_unref (functions);
  self->updating = FALSE;
  thaw_function_view_update_actions (self);
  return gtk_bitset_is_empty (selected) ? G_MAXUINT : gtk_bitset_get_minimum (selected);
}

static void
on_selection_changed (GtkSelectionModel *selection,
                      guint position,
                      guint n_items,
                      ThawFunctionView *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  if (self->updating)
    return;
  selected = gtk_selection_model_get_selection (selection);
  thaw_function_view_update_actions (self);
  if (gtk_bitset_get_size (selected) == 1)
    g_signal_emit (
        self, signals[ROW_SELECTED], 0,
        thaw_function_model_get_row (self->model, gtk_bitset_get_minimum (selected))->function);
}

static void
on_activate (GtkColumnView *table, guint position, ThawFunctionView *self)
{
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    g_signal_emit (self, signals[ROW_ACTIVATED], 0,
                   thaw_function_model_get_row (self->model, position)->function);
}

/* A new order is read from its beginning. */
void
thaw_function_view_apply_sort (ThawFunctionView *self, ThawColumn column, gboolean descending)
{
  GHashTable *selected = keep_selection (self);

  self->descending = descending;
  thaw_function_model_sort (self->model, column, descending);
  restore_selection (self, selected);
  thaw_column_view_scroll_to (self->table, 0);
}

/* Life. ------------------------------------------------------------------------------------------ */

static void
thaw_function_view_dispose (GObject *object)
{
  ThawFunctionView *self = THAW_FUNCTION_VIEW (object);

  thaw_function_view_set_document (self, NULL);
  g_clear_handle_id (&self->width_idle, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;
  g_clear_object (&self->style);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (thaw_function_view_parent_class)->dispose (object);
}

static void
thaw_function_view_finalize (GObject *object)
{
  g_hash_table_unref (THAW_FUNCTION_VIEW (object)->cells);
  G_OBJECT_CLASS (thaw_function_view_parent_class)->finalize (object);
}

static gboolean
thaw_function_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (THAW_FUNCTION_VIEW (widget)->table));
}

static void
thaw_function_view_class_init (ThawFunctionViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = thaw_function_view_dispose;
  object_class->finalize = thaw_function_view_finalize;
  widget_class->grab_focus = thaw_function_view_grab_focus;
  signals[ROW_SELECTED] = g_signal_new ("row-selected", THAW_TYPE_FUNCTION_VIEW, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", THAW_TYPE_FUNCTION_VIEW,
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  thaw_function_view_install_actions (widget_class);
}

static void
thaw_function_view_init (ThawFunctionView *self)
{
  self->cells = g_hash_table_new (NULL, NULL);
  self->model = thaw_function_model_new ();
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_selection_changed),
                           self, 0);
  self->style = thaw_graph_style_new (GTK_WIDGET (self));
  g_signal_connect_object (self->style, "changed", G_CALLBACK (thaw_function_view_refill), self,
                           G_CONNECT_SWAPPED);
}

/* Columns may not come and go while sizes are given out, so that they do in a moment. */
static gboolean
on_width_known (gpointer data)
{
  ThawFunctionView *self = data;
  gboolean narrow = gtk_widget_get_width (GTK_WIDGET (self)) < NARROW_PX;

  self->width_idle = 0;
  if (self->narrow != narrow)
    {
      self->narrow = narrow;
      thaw_function_view_show_columns (self);
    }
  return G_SOURCE_REMOVE;
}

static void
on_width_changed (ThawFunctionView *self)
{
  if (self->width_idle == 0)
    self->width_idle = g_idle_add (on_width_known, self);
}

/* A table, or a word in its place. */
static void
on_items_changed (GListModel *model,
                  guint position,
                  guint removed,
                  guint added,
                  ThawFunctionView *self)
{
  gboolean empty = g_list_model_get_n_items (model) == 0 &&
                   *gtk_label_get_text (self->placeholder) != '\0';

  gtk_stack_set_visible_child_name (self->stack, empty ? "placeholder" : "table");
}

GtkWidget *
thaw_function_view_new (ThawViewRole role)
{
  ThawFunctionView *self = g_object_new (THAW_TYPE_FUNCTION_VIEW, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->role = role;
  self->table = GTK_COLUMN_VIEW (
      gtk_column_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection))));
  gtk_widget_add_css_class (GTK_WIDGET (self->table), "data-table");
  gtk_widget_add_css_class (GTK_WIDGET (self->table), "functions");
  g_signal_connect_object (self->table, "activate", G_CALLBACK (on_activate), self, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->table));

  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)),
                           "notify::page-size", G_CALLBACK (on_width_changed), self,
                           G_CONNECT_SWAPPED);

  self->placeholder = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->placeholder, TRUE);
  gtk_label_set_justify (self->placeholder, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->placeholder), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->placeholder), "view");
  gtk_widget_add_css_class (GTK_WIDGET (self->placeholder), "placeholder");

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, scroller, "table");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->placeholder), "placeholder");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_items_changed), self, 0);
  thaw_function_view_add_columns (self);
  thaw_column_view_set_label (self->table, role == THAW_VIEW_CALLERS   ? _ ("Callers")
                                           : role == THAW_VIEW_CALLEES ? _ ("Callees")
                                                                       : _ ("Functions"));
  thaw_function_view_add_menu (self);
  return GTK_WIDGET (self);
}

void
thaw_function_view_set_placeholder (ThawFunctionView *self, const char *text)
{
  g_return_if_fail (THAW_IS_FUNCTION_VIEW (self));

  gtk_label_set_text (self->placeholder, text != NULL ? text : "");
  on_items_changed (G_LIST_MODEL (self->model), 0, 0, 0, self);
}

static void
update_colour_mode (ThawFunctionView *self)
{
  ThawColourMode mode;

  g_object_get (self->document, "colour-mode", &mode, NULL);
  thaw_graph_style_set_mode (self->style, mode);
}

void
thaw_function_view_set_document (ThawFunctionView *self, ThawDocument *document)
{
  g_return_if_fail (THAW_IS_FUNCTION_VIEW (self));

  if (self->document == document)
    return;
  thaw_function_view_set_rows (self, NULL, 0);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_pointer (&self->matches, g_free);
  g_set_object (&self->document, document);
  thaw_graph_style_set_profile (self->style,
                                document != NULL ? thaw_document_get_profile (document) : NULL);
  if (document == NULL)
    return;
  g_signal_connect_object (document, "notify::colour-mode", G_CALLBACK (update_colour_mode), self,
                           G_CONNECT_SWAPPED);
  update_colour_mode (self);
  thaw_function_view_show_columns (self);
}

void
thaw_function_view_set_rows (ThawFunctionView *self, GArray *rows, double whole)
{
  GHashTable *selected;

  g_return_if_fail (THAW_IS_FUNCTION_VIEW (self));
  g_return_if_fail (rows == NULL || self->document != NULL);

  self->whole = whole;
  self->greatest[THAW_COLUMN_SELF] = self->greatest[THAW_COLUMN_TOTAL] = 0;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ThawFunctionRow *row = &g_array_index (rows, ThawFunctionRow, i);

      self->greatest[THAW_COLUMN_SELF] = MAX (self->greatest[THAW_COLUMN_SELF], row->self);
      self->greatest[THAW_COLUMN_TOTAL] = MAX (self->greatest[THAW_COLUMN_TOTAL], row->total);
    }
  selected = keep_selection (self);
  thaw_function_model_set_rows (
      self->model, self->document != NULL ? thaw_document_get_profile (self->document) : NULL,
      rows);
  restore_selection (self, selected);
}

void
thaw_function_view_set_matches (ThawFunctionView *self, const guint8 *matches, gboolean only)
{
  GHashTable *selected;
  guint position;
  guint n_before;

  g_return_if_fail (THAW_IS_FUNCTION_VIEW (self));
  g_return_if_fail (matches == NULL || self->document != NULL);

  g_clear_pointer (&self->matches, g_free);
  if (matches != NULL)
    self->matches = g_memdup2 (
        matches, thaw_profile_get_n_functions (thaw_document_get_profile (self->document)));
  n_before = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  selected = keep_selection (self);
  thaw_function_model_set_filter (self->model, only ? matches : NULL);
  position = restore_selection (self, selected);
  thaw_function_view_refill (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) != n_before)
    thaw_column_view_scroll_to (self->table, position != G_MAXUINT ? position : 0);
}

void
thaw_function_view_select (ThawFunctionView *self, guint32 function)
{
  guint position;

  g_return_if_fail (THAW_IS_FUNCTION_VIEW (self));

  position = thaw_function_model_find (self->model, function);
  self->updating = TRUE;
  if (position == G_MAXUINT)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  else
    {
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
      thaw_column_view_scroll_to (self->table, position);
    }
  self->updating = FALSE;
  thaw_function_view_update_actions (self);
}

ThawFunctionModel *
thaw_function_view_get_model (ThawFunctionView *self)
{
  g_return_val_if_fail (THAW_IS_FUNCTION_VIEW (self), NULL);

  return self->model;
}

GtkSelectionModel *
thaw_function_view_get_selection (ThawFunctionView *self)
{
  g_return_val_if_fail (THAW_IS_FUNCTION_VIEW (self), NULL);

  return GTK_SELECTION_MODEL (self->selection);
}
