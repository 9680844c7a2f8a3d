/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawThreadList: a GtkListView over ThawThreadModel, with a filter and a menu for the order.
 * Rows exist only for what is on screen. Left and Right fold and unfold the process that has the
 * keyboard focus, Enter does both.
 */
#include "thaw-thread-list.h"

#include <glib/gi18n-lib.h>
#include "thaw-thread-model.h"
#include "thaw-thread-row.h"

struct _ThawThreadList
{
  GtkWidget parent_instance;
  ThawDocument *document;
  ThawThreadModel *model;
  GSimpleActionGroup *actions;

  GtkWidget *box;
  GtkWidget *tools;
  GtkEditable *filter;
  GtkStack *stack;
  GtkListView *list;
};

enum
{
  PROP_DOCUMENT = 1,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (ThawThreadList, thaw_thread_list, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* Filtering a handful of threads is no help. */
#define FEW_THREADS 6

static void
on_items_changed (ThawThreadList *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "none" : "list");
}

static void
set_document (ThawThreadList *self, ThawDocument *document)
{
  guint32 n;

  if (!g_set_object (&self->document, document))
    return;
  gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->model);
  if (document == NULL)
    return;
  self->model = thaw_thread_model_new (document);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->model));
  n = thaw_profile_get_n_threads (thaw_document_get_profile (document));
  gtk_widget_set_visible (self->tools, n > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->filter), n > FEW_THREADS);
  on_items_changed (self);
}

static void
on_filter_changed (ThawThreadList *self)
{
  if (self->model != NULL)
    thaw_thread_model_set_filter (self->model, gtk_editable_get_text (self->filter));
}

static void
on_stop_filter (ThawThreadList *self)
{
  gtk_editable_set_text (self->filter, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_activate (ThawThreadList *self, guint position)
{
  g_autoptr (ThawThreadItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (item != NULL && thaw_thread_item_get_kind (item) == THAW_THREAD_ROW_PROCESS)
    thaw_thread_model_set_expanded (self->model, thaw_thread_item_get_index (item),
                                    !thaw_thread_item_get_expanded (item));
}

static void
toggle_process (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawThreadList *self = THAW_THREAD_LIST (widget);
  guint32 process = g_variant_get_uint32 (parameter);

  thaw_thread_model_set_expanded (self->model, process,
                                  !thaw_thread_model_get_expanded (self->model, process));
}

/* Folds or unfolds (@args: b) the process whose row has the focus. */
static gboolean
fold_focused (GtkWidget *widget, GVariant *args, gpointer data)
{
  ThawThreadList *self = THAW_THREAD_LIST (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;
  ThawThreadItem *item;

  if (!THAW_IS_THREAD_ROW (row))
    return FALSE;
  item = thaw_thread_row_get_item (THAW_THREAD_ROW (row));
  if (item == NULL || thaw_thread_item_get_kind (item) != THAW_THREAD_ROW_PROCESS)
    return FALSE;
  thaw_thread_model_set_expanded (self->model, thaw_thread_item_get_index (item),
                                  g_variant_get_boolean (args));
  return TRUE;
}

static void
on_sort (GSimpleAction *action, GVariant *state, gpointer data)
{
  ThawThreadList *self = data;
  const char *name = g_variant_get_string (state, NULL);
  static const char *const names[] = { "busy", "total", "name", "capture" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]) && self->model != NULL)
      {
        thaw_thread_model_set_sort (self->model, (ThawThreadSort) i);
        g_simple_action_set_state (action, state);
      }
}

static void
thaw_thread_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, THAW_THREAD_LIST (object)->document);
}

static void
thaw_thread_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_document (THAW_THREAD_LIST (object), g_value_get_object (value));
}

static void
thaw_thread_list_dispose (GObject *object)
{
  ThawThreadList *self = THAW_THREAD_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->document);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (thaw_thread_list_parent_class)->dispose (object);
}

static void
thaw_thread_list_class_init (ThawThreadListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = thaw_thread_list_get_property;
  object_class->set_property = thaw_thread_list_set_property;
  object_class->dispose = thaw_thread_list_dispose;
  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, THAW_TYPE_DOCUMENT,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (THAW_TYPE_THREAD_ROW);
  g_type_ensure (THAW_TYPE_THREAD_ITEM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/thawprofiler/Thaw/threads/thaw-thread-list.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadList, box);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadList, tools);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadList, filter);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadList, stack);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadList, list);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_install_action (widget_class, "threads.toggle-process", "u", toggle_process);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, fold_focused, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, fold_focused, "b", TRUE);
}

static void
thaw_thread_list_init (ThawThreadList *self)
{
  static const GActionEntry entries[] = {
    { "sort", NULL, "s", "'busy'", on_sort, { 0 } },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "thread-order",
                                  G_ACTION_GROUP (self->actions));
}

/**
 * thaw_thread_list_new:
 *
 * Returns: (transfer floating): an empty list; set its "document"
 */
GtkWidget *
thaw_thread_list_new (void)
{
  return g_object_new (THAW_TYPE_THREAD_LIST, NULL);
}
