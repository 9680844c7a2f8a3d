/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pane hands the document on to its pages and keeps the table in step with it: rows, matches and
 * the selected function, both ways.
 */
#include "thaw-function-pane.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include "thaw-details.h"
#include "thaw-format.h"
#include "thaw-function-links.h"
#include "thaw-function-view.h"
#include "thaw-sandwich.h"

struct _ThawFunctionPane
{
  GtkWidget parent;
  GtkWidget *box;
  GtkStack *stack;
  AdwBin *table_bin;
  GtkToggleButton *only_matches;
  GtkLabel *count;
  GtkWidget *sandwich;
  GtkWidget *details;
  ThawFunctionView *table;

  ThawDocument *document;
  GSignalGroup *document_signals;
};

G_DEFINE_FINAL_TYPE (ThawFunctionPane, thaw_function_pane, GTK_TYPE_WIDGET)

enum
{
  PROP_DOCUMENT = 1,
  PROP_PAGE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* What is shown. --------------------------------------------------------------------------------- */

static void
update_count (ThawFunctionPane *self)
{
  ThawFunctionModel *model = thaw_function_view_get_model (self->table);
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (model));
  guint n = thaw_function_model_get_n_unfiltered (model);
  g_autofree char *all = thaw_format_count (n);
  g_autofree char *text = NULL;

  if (n_shown < n)
    {
      g_autofree char *shown = thaw_format_count (n_shown);

      /* Translators: "12 of 1 234 functions" */
      text = g_strdup_printf (ngettext ("%s of %s function", "%s of %s functions", n), shown, all);
    }
  else
    text = g_strdup_printf (ngettext ("%s function", "%s functions", n), all);
  gtk_label_set_text (self->count, n > 0 ? text : "");
  if (n > 0)
    thaw_function_view_set_placeholder (
        self->table, _ ("No function of the chosen threads matches the search."));
  else if (self->document != NULL && thaw_document_get_rows (self->document) != NULL)
    thaw_function_view_set_placeholder (self->table,
                                        _ ("Nothing was measured in the chosen threads."));
  else
    thaw_function_view_set_placeholder (self->table, NULL);
}

/* The table's own controls are there only beside it. */
static void
update_toolbar (ThawFunctionPane *self)
{
  gboolean is_table = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "functions");

  gtk_widget_set_visible (GTK_WIDGET (self->count), is_table);
  gtk_widget_set_visible (GTK_WIDGET (self->only_matches),
                          is_table && self->document != NULL &&
                              thaw_document_get_matches (self->document, NULL, NULL) != NULL);
}

static void
update_matches (ThawFunctionPane *self)
{
  const guint8 *matches = self->document != NULL
                              ? thaw_document_get_matches (self->document, NULL, NULL)
                              : NULL;

  update_toolbar (self);
  thaw_function_view_set_matches (self->table, matches,
                                  gtk_toggle_button_get_active (self->only_matches));
  update_count (self);
}

static void
on_selected_function (ThawFunctionPane *self)
{
  thaw_function_view_select (self->table, thaw_document_get_selected_function (self->document));
}

/* What remains of the selection stays, but a selected function that had no row may now have one. */
static void
on_rows (ThawFunctionPane *self)
{
  GtkSelectionModel *selection = thaw_function_view_get_selection (self->table);
  g_autoptr (GtkBitset) selected = NULL;

  thaw_function_view_set_rows (self->table, thaw_document_get_rows (self->document),
                               thaw_document_get_whole (self->document));
  update_count (self);
  selected = gtk_selection_model_get_selection (selection);
  if (gtk_bitset_is_empty (selected))
    on_selected_function (self);
}

static void
on_show_in_table (ThawFunctionPane *self, guint function)
{
  gtk_stack_set_visible_child_name (self->stack, "functions");
  if (thaw_function_model_find (thaw_function_view_get_model (self->table), function) == G_MAXUINT)
    gtk_toggle_button_set_active (self->only_matches, FALSE);
  thaw_document_select_function (self->document, function);
  thaw_function_view_select (self->table, function);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
on_show_sandwich (ThawFunctionPane *self, guint function)
{
  thaw_document_select_function (self->document, function);
  gtk_stack_set_visible_child_name (self->stack, "sandwich");
}

/* What the person does. -------------------------------------------------------------------------- */

static void
on_row_selected (ThawFunctionView *table, guint function, ThawFunctionPane *self)
{
  thaw_document_select_function (self->document, function);
}

static void
on_row_activated (ThawFunctionView *table, guint function, ThawFunctionPane *self)
{
  thaw_reveal_heaviest (self->document, function);
}

static void
on_page (ThawFunctionPane *self)
{
  update_toolbar (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAGE]);
}

/* Life. ------------------------------------------------------------------------------------------ */

static void
set_document (ThawFunctionPane *self, ThawDocument *document)
{
  if (self->document == document)
    return;
  g_signal_group_set_target (self->document_signals, document);
  g_set_object (&self->document, document);
  thaw_function_view_set_document (self->table, document);
  g_object_set (self->sandwich, "document", document, NULL);
  g_object_set (self->details, "document", document, NULL);
  if (document != NULL)
    on_rows (self);
  update_matches (self);
}

static void
thaw_function_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ThawFunctionPane *self = THAW_FUNCTION_PANE (object);

  if (id == PROP_DOCUMENT)
    g_value_set_object (value, self->document);
  else if (id == PROP_PAGE)
    g_value_set_string (value, gtk_stack_get_visible_child_name (self->stack));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
thaw_function_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ThawFunctionPane *self = THAW_FUNCTION_PANE (object);

  if (id == PROP_DOCUMENT)
    set_document (self, g_value_get_object (value));
  else if (id == PROP_PAGE)
    gtk_stack_set_visible_child_name (self->stack, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
thaw_function_pane_dispose (GObject *object)
{
  ThawFunctionPane *self = THAW_FUNCTION_PANE (object);

  if (self->document != NULL)
    set_document (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), THAW_TYPE_FUNCTION_PANE);
  G_OBJECT_CLASS (thaw_function_pane_parent_class)->dispose (object);
}

static void
thaw_function_pane_finalize (GObject *object)
{
  g_object_unref (THAW_FUNCTION_PANE (object)->document_signals);
  G_OBJECT_CLASS (thaw_function_pane_parent_class)->finalize (object);
}

static void
thaw_function_pane_class_init (ThawFunctionPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = thaw_function_pane_get_property;
  object_class->set_property = thaw_function_pane_set_property;
  object_class->dispose = thaw_function_pane_dispose;
  object_class->finalize = thaw_function_pane_finalize;
  props[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, THAW_TYPE_DOCUMENT,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_PAGE] = g_param_spec_string ("page", NULL, NULL, "functions",
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                              G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (ADW_TYPE_BIN);
  g_type_ensure (THAW_TYPE_SANDWICH);
  g_type_ensure (THAW_TYPE_DETAILS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/thawprofiler/Thaw/functions/thaw-function-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, ThawFunctionPane, box);
  gtk_widget_class_bind_template_child (widget_class, ThawFunctionPane, stack);
  gtk_widget_class_bind_template_child (widget_class, ThawFunctionPane, table_bin);
  gtk_widget_class_bind_template_child (widget_class, ThawFunctionPane, only_matches);
  gtk_widget_class_bind_template_child (widget_class, ThawFunctionPane, count);
  gtk_widget_class_bind_template_child (widget_class, ThawFunctionPane, sandwich);
  gtk_widget_class_bind_template_child (widget_class, ThawFunctionPane, details);
  gtk_widget_class_bind_template_callback (widget_class, update_matches);
}

static void
thaw_function_pane_init (ThawFunctionPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->table = THAW_FUNCTION_VIEW (thaw_function_view_new (THAW_VIEW_FUNCTIONS));
  g_signal_connect_object (self->table, "row-selected", G_CALLBACK (on_row_selected), self, 0);
  g_signal_connect_object (self->table, "row-activated", G_CALLBACK (on_row_activated), self, 0);
  adw_bin_set_child (self->table_bin, GTK_WIDGET (self->table));
  g_signal_connect_object (self->stack, "notify::visible-child-name", G_CALLBACK (on_page), self,
                           G_CONNECT_SWAPPED);

  self->document_signals = g_signal_group_new (THAW_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "rows-changed", G_CALLBACK (on_rows),
                                  self);
  g_signal_group_connect_swapped (self->document_signals, "matches-changed",
                                  G_CALLBACK (update_matches), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::selected-function",
                                  G_CALLBACK (on_selected_function), self);
  g_signal_group_connect_swapped (self->document_signals, "show-in-table",
                                  G_CALLBACK (on_show_in_table), self);
  g_signal_group_connect_swapped (self->document_signals, "show-sandwich",
                                  G_CALLBACK (on_show_sandwich), self);
}

GtkWidget *
thaw_function_pane_new (void)
{
  return g_object_new (THAW_TYPE_FUNCTION_PANE, NULL);
}

ThawFunctionView *
thaw_function_pane_get_table (ThawFunctionPane *self)
{
  g_return_val_if_fail (THAW_IS_FUNCTION_PANE (self), NULL);

  return self->table;
}
