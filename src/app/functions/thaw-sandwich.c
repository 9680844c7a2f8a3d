/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Callers and callees are looked up in a worker thread, only while the page can be seen: what changes
 * before is noted, and made up for when it is shown. A newer request cancels the older one, whose
 * result is then dropped.
 */
#include "thaw-sandwich.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include "thaw-format.h"
#include "thaw-function-links.h"
#include "thaw-function-view.h"
#include "thaw-names.h"
#include "thaw-sandwich-graph.h"
#include "thaw-sandwich-job.h"

struct _ThawSandwich
{
  GtkWidget parent;
  GtkStack *stack;
  GtkLabel *name;
  GtkLabel *summary;
  GtkLabel *exactness;
  GtkSpinner *spinner;
  GtkToggleButton *show_graph;
  GtkStack *halves; /* tables or graph */
  ThawSandwichGraph *graph;
  AdwBin *callers_bin;
  AdwBin *callees_bin;
  ThawFunctionView *callers;
  ThawFunctionView *callees;

  ThawDocument *document;
  GSignalGroup *document_signals;
  GCancellable *cancellable; /* of the running look-up */
  ThawTree *tree;            /* (nullable): of the chosen threads, for the graphs */
  gboolean stale;
  guint32 function; /* in the middle, or about to be; THAW_FRAME_ROOT: none */
  GArray *history;  /* of guint32: functions walked through before it */
};

G_DEFINE_FINAL_TYPE (ThawSandwich, thaw_sandwich, GTK_TYPE_WIDGET)

enum
{
  PROP_DOCUMENT = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* Looking up. ------------------------------------------------------------------------------------ */

static void
run_lookup (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (thaw_sandwich_job_run (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
show_graph (ThawSandwich *self, ThawSandwichJob *job)
{
  g_clear_pointer (&self->tree, thaw_tree_unref);
  self->tree = job->tree != NULL ? thaw_tree_ref (job->tree) : NULL;
  if (job->callees_lane == NULL || thaw_lane_get_tree (job->callees_lane)->n_nodes == 1)
    {
      gtk_stack_set_visible_child_name (self->halves, "no-graph");
      return;
    }
  gtk_stack_set_visible_child_name (self->halves, "graph");
  thaw_sandwich_graph_set_lanes (self->graph, job->callers_lane, job->callees_lane);
  if (job->tree->reconstructed)
    {
      double shown = job->whole > 0 ? thaw_lane_get_total (job->callees_lane) / job->whole : 0;
      g_autofree char *share = thaw_format_share (MIN (shown, 1));
      g_autofree char *text = NULL;

      /* Translators: how much of a function's time is in the graph, such as "97.0 %" */
      text = g_strdup_printf (
          _ ("%s of its time drawn · exact where solid, estimated where hatched"), share);
      gtk_label_set_text (self->exactness, text);
    }
}

static void
on_lookup_done (GObject *source, GAsyncResult *result, gpointer data)
{
  ThawSandwich *self = THAW_SANDWICH (source);
  ThawSandwichJob *job = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  gtk_spinner_stop (self->spinner);
  thaw_function_view_set_placeholder (self->callers, _ ("No caller is known."));
  thaw_function_view_set_placeholder (self->callees, _ ("It calls nothing that was measured."));
  thaw_function_view_set_rows (self->callers, job->callers, job->whole);
  thaw_function_view_set_rows (self->callees, job->callees, job->whole);
  if (job->with_graphs)
    show_graph (self, job);
}

static void
show_headline (ThawSandwich *self)
{
  ThawProfile *profile = thaw_document_get_profile (self->document);
  const ThawFunctionRow *row = thaw_document_find_row (self->document, self->function);
  double shown = thaw_document_get_whole (self->document);
  const ThawFunction *function = thaw_profile_get_function (profile, self->function);
  g_autofree char *name = thaw_display_name (function);
  g_autofree char *place = thaw_place_of (function);
  g_autofree char *self_time = thaw_format_value (thaw_profile_get_unit (profile),
                                                  row != NULL ? row->self : 0);
  g_autofree char *total = thaw_format_value (thaw_profile_get_unit (profile),
                                              row != NULL ? row->total : 0);
  g_autofree char *share = thaw_format_share (row != NULL && shown > 0 ? row->total / shown : 0);
  g_autofree char *summary = NULL;

  gtk_label_set_text (self->name,
                      thaw_profile_frame_name (profile, THAW_KEY_FUNCTION, self->function));
  /* Translators: place, self time, total time, share of the total: "view.py:12 · self 0.5 s · total 2 s (18.0 %)" */
  summary = g_strdup_printf (_ ("%s · self %s · total %s (%s)"), place, self_time, total, share);
  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), gtk_label_get_text (self->name));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), summary);
  if (thaw_profile_get_kind (profile) == THAW_KIND_SAMPLED)
    gtk_label_set_text (self->exactness, _ ("from samples"));
  else
    gtk_label_set_text (self->exactness,
                        row == NULL || row->exact ? _ ("exact") : _ ("partly estimated"));
}

/* Starts over for the function in the middle and the chosen threads. */
static void
look_up (ThawSandwich *self)
{
  gboolean with_graphs = gtk_toggle_button_get_active (self->show_graph);
  g_autoptr (GTask) task = NULL;

  self->stale = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  if (self->document == NULL || self->function >= THAW_FRAME_FIRST_SPECIAL)
    {
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "sandwich");
  if (!with_graphs)
    gtk_stack_set_visible_child_name (self->halves, "tables");
  show_headline (self);
  gtk_spinner_start (self->spinner);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_lookup_done, NULL);
  g_task_set_task_data (
      task, thaw_sandwich_job_new (self->document, self->function, with_graphs, self->tree),
      (GDestroyNotify) thaw_sandwich_job_free);
  g_task_run_in_thread (task, run_lookup);
}

static void
invalidate (ThawSandwich *self)
{
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    look_up (self);
}

static void
on_rows_changed (ThawSandwich *self)
{
  g_clear_pointer (&self->tree, thaw_tree_unref);
  invalidate (self);
}

/* Walking. --------------------------------------------------------------------------------------- */

static void
set_function (ThawSandwich *self, guint32 function)
{
  if (function == self->function)
    return;
  if (self->function < THAW_FRAME_FIRST_SPECIAL)
    g_array_append_val (self->history, self->function);
  self->function = function;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sandwich.back", self->history->len > 0);
  invalidate (self);
}

/* Boxes of the sandwich's own graphs may be looked at without being put into its middle. */
static void
on_selected_function (ThawSandwich *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->graph)))
    set_function (self, thaw_document_get_selected_function (self->document));
}

static void
on_show_sandwich (ThawSandwich *self, guint function)
{
  set_function (self, function);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawSandwich *self = THAW_SANDWICH (widget);
  guint32 function;

  if (self->history->len == 0)
    return;
  function = g_array_index (self->history, guint32, self->history->len - 1);
  g_array_set_size (self->history, self->history->len - 1);
  self->function = function; /* so that going back is not itself remembered */
  thaw_document_select_function (self->document, function);
  gtk_widget_action_set_enabled (widget, "sandwich.back", self->history->len > 0);
  invalidate (self);
}

static void
on_row_activated (ThawFunctionView *view, guint function, ThawSandwich *self)
{
  if (function < thaw_profile_get_n_functions (thaw_document_get_profile (self->document)))
    thaw_document_select_function (self->document, function);
}

/* Life. ------------------------------------------------------------------------------------------ */

static void
set_document (ThawSandwich *self, ThawDocument *document)
{
  if (self->document == document)
    return;
  g_signal_group_set_target (self->document_signals, document);
  g_set_object (&self->document, document);
  thaw_function_view_set_document (self->callers, document);
  thaw_function_view_set_document (self->callees, document);
  thaw_sandwich_graph_set_document (self->graph, document);
  g_clear_pointer (&self->tree, thaw_tree_unref);
  g_array_set_size (self->history, 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sandwich.back", FALSE);
  self->function = document != NULL ? thaw_document_get_selected_function (document)
                                    : THAW_FRAME_ROOT;
  invalidate (self);
}

static void
thaw_sandwich_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    g_value_set_object (value, THAW_SANDWICH (object)->document);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
thaw_sandwich_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    set_document (THAW_SANDWICH (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
thaw_sandwich_map (GtkWidget *widget)
{
  ThawSandwich *self = THAW_SANDWICH (widget);

  GTK_WIDGET_CLASS (thaw_sandwich_parent_class)->map (widget);
  if (self->stale)
    look_up (self);
}

static void
thaw_sandwich_dispose (GObject *object)
{
  ThawSandwich *self = THAW_SANDWICH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->document != NULL)
    set_document (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), THAW_TYPE_SANDWICH);
  G_OBJECT_CLASS (thaw_sandwich_parent_class)->dispose (object);
}

static void
thaw_sandwich_finalize (GObject *object)
{
  ThawSandwich *self = THAW_SANDWICH (object);

  g_object_unref (self->document_signals);
  g_array_unref (self->history);
  G_OBJECT_CLASS (thaw_sandwich_parent_class)->finalize (object);
}

static void
thaw_sandwich_class_init (ThawSandwichClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = thaw_sandwich_get_property;
  object_class->set_property = thaw_sandwich_set_property;
  object_class->dispose = thaw_sandwich_dispose;
  object_class->finalize = thaw_sandwich_finalize;
  widget_class->map = thaw_sandwich_map;
  props[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, THAW_TYPE_DOCUMENT,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (ADW_TYPE_BIN);
  g_type_ensure (THAW_TYPE_SANDWICH_GRAPH);
  gtk_widget_class_install_action (widget_class, "sandwich.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "sandwich.back",
                                       NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/thawprofiler/Thaw/functions/thaw-sandwich.ui");
  gtk_widget_class_bind_template_child (widget_class, ThawSandwich, stack);
  gtk_widget_class_bind_template_child (widget_class, ThawSandwich, name);
  gtk_widget_class_bind_template_child (widget_class, ThawSandwich, summary);
  gtk_widget_class_bind_template_child (widget_class, ThawSandwich, exactness);
  gtk_widget_class_bind_template_child (widget_class, ThawSandwich, spinner);
  gtk_widget_class_bind_template_child (widget_class, ThawSandwich, show_graph);
  gtk_widget_class_bind_template_child (widget_class, ThawSandwich, halves);
  gtk_widget_class_bind_template_child (widget_class, ThawSandwich, graph);
  gtk_widget_class_bind_template_child (widget_class, ThawSandwich, callers_bin);
  gtk_widget_class_bind_template_child (widget_class, ThawSandwich, callees_bin);
  gtk_widget_class_bind_template_callback (widget_class, invalidate);
}

/* One half of the sandwich in its place. */
static ThawFunctionView *
add_view (ThawSandwich *self, AdwBin *bin, ThawViewRole role)
{
  GtkWidget *view = thaw_function_view_new (role);

  g_signal_connect_object (view, "row-activated", G_CALLBACK (on_row_activated), self, 0);
  thaw_function_view_sort (THAW_FUNCTION_VIEW (view), THAW_COLUMN_TOTAL, TRUE);
  adw_bin_set_child (bin, view);
  return THAW_FUNCTION_VIEW (view);
}

static void
thaw_sandwich_init (ThawSandwich *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->history = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->function = THAW_FRAME_ROOT;
  self->callers = add_view (self, self->callers_bin, THAW_VIEW_CALLERS);
  self->callees = add_view (self, self->callees_bin, THAW_VIEW_CALLEES);
  self->document_signals = g_signal_group_new (THAW_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "notify::selected-function",
                                  G_CALLBACK (on_selected_function), self);
  g_signal_group_connect_swapped (self->document_signals, "rows-changed",
                                  G_CALLBACK (on_rows_changed), self);
  g_signal_group_connect_swapped (self->document_signals, "show-sandwich",
                                  G_CALLBACK (on_show_sandwich), self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sandwich.back", FALSE);
}

ThawFunctionView *
thaw_sandwich_get_callers (ThawSandwich *self)
{
  g_return_val_if_fail (THAW_IS_SANDWICH (self), NULL);

  return self->callers;
}

ThawFunctionView *
thaw_sandwich_get_callees (ThawSandwich *self)
{
  g_return_val_if_fail (THAW_IS_SANDWICH (self), NULL);

  return self->callees;
}
