/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Facts come from the document's row; the lines are looked up, and the source is read, in a worker
 * thread while the page can be seen. A newer request cancels the older one.
 */
#include "thaw-details.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include "thaw-cell.h"
#include "thaw-format.h"
#include "thaw-function-links.h"
#include "thaw-function-model.h"
#include "thaw-graph-style.h"
#include "thaw-line-table.h"
#include "thaw-origin.h"

typedef enum
{
  FACT_SELF,
  FACT_TOTAL,
  FACT_CALLS,
  FACT_PER_CALL,
  FACT_PACKAGE,
  N_FACTS,
} Fact;

static const char *const fact_titles[N_FACTS] = {
  [FACT_SELF] = N_ ("Self"),         [FACT_TOTAL] = N_ ("Total"),     [FACT_CALLS] = N_ ("Calls"),
  [FACT_PER_CALL] = N_ ("Per call"), [FACT_PACKAGE] = N_ ("Package"),
};

struct _ThawDetails
{
  GtkWidget parent;
  GtkStack *stack;
  GtkLabel *name;
  GtkLabel *place;
  AdwBin *chip_bin;
  GtkGrid *facts;
  GtkLabel *explanation;
  GtkStack *lines_stack;
  GtkLabel *no_lines;
  ThawLineTable *lines;
  GtkWidget *fact_labels[N_FACTS][2]; /* title and value */

  ThawGraphStyle *style;
  ThawDocument *document;
  GSignalGroup *document_signals;
  GCancellable *cancellable;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (ThawDetails, thaw_details, GTK_TYPE_WIDGET)

enum
{
  PROP_DOCUMENT = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* Lines. ----------------------------------------------------------------------------------------- */

typedef struct
{
  ThawProfile *profile;
  guint32 *threads;
  guint n_threads;
  guint32 function;
  GFile *file;
} Lookup;

static void
lookup_free (Lookup *lookup)
{
  thaw_profile_unref (lookup->profile);
  g_free (lookup->threads);
  g_clear_object (&lookup->file);
  g_free (lookup);
}

static void
run_lookup (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Lookup *lookup = data;
  GError *error = NULL;
  ThawLineReport *report = thaw_line_report_new (lookup->profile, lookup->threads,
                                                 lookup->n_threads, lookup->function, lookup->file,
                                                 cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) thaw_line_report_free);
  else
    g_task_return_error (task, error);
}

static void
on_lookup_done (GObject *source, GAsyncResult *result, gpointer data)
{
  ThawDetails *self = THAW_DETAILS (source);
  Lookup *lookup = g_task_get_task_data (G_TASK (result));
  ThawLineReport *report = g_task_propagate_pointer (G_TASK (result), NULL);
  const ThawFunction *function;

  if (report == NULL)
    return;
  if (report->rows->len == 0)
    {
      gtk_label_set_text (
          self->no_lines,
          thaw_profile_has_lines (lookup->profile)
              ? _ ("No line of this function was seen running.")
              : _ ("This capture does not tell which lines were running. Captures by "
                   "py-spy and austin do."));
      gtk_stack_set_visible_child_name (self->lines_stack, "none");
      thaw_line_report_free (report);
      return;
    }
  function = thaw_profile_get_function (lookup->profile, lookup->function);
  thaw_line_table_set (self->lines, report, thaw_profile_get_unit (lookup->profile),
                       thaw_document_get_whole (self->document),
                       thaw_palette_origin (thaw_origin_of (function), thaw_theme_now ()));
  gtk_stack_set_visible_child_name (self->lines_stack, "lines");
}

static void
look_up_lines (ThawDetails *self, guint32 function)
{
  Lookup *lookup = g_new0 (Lookup, 1);
  const guint32 *threads = thaw_document_get_threads (self->document, &lookup->n_threads);
  g_autoptr (GTask) task = NULL;

  lookup->profile = thaw_profile_ref (thaw_document_get_profile (self->document));
  lookup->threads = g_memdup2 (threads, lookup->n_threads * sizeof (guint32));
  lookup->function = function;
  lookup->file = thaw_function_source_file (self->document, function);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_lookup_done, NULL);
  g_task_set_task_data (task, lookup, (GDestroyNotify) lookup_free);
  g_task_run_in_thread (task, run_lookup);
}

/* Facts. ----------------------------------------------------------------------------------------- */

/* Shows a fact, or hides it when there is nothing to say; consumes @text. */
static void
set_fact (ThawDetails *self, Fact fact, char *text)
{
  for (guint i = 0; i < 2; i++)
    gtk_widget_set_visible (self->fact_labels[fact][i], text != NULL);
  gtk_label_set_text (GTK_LABEL (self->fact_labels[fact][1]), text != NULL ? text : "");
  g_free (text);
}

static char *
describe_time (ThawDetails *self, double value)
{
  double whole = thaw_document_get_whole (self->document);
  g_autofree char *exact = thaw_format_exact (
      thaw_profile_get_unit (thaw_document_get_profile (self->document)), value);
  g_autofree char *share = thaw_format_share (whole > 0 ? value / whole : 0);

  return g_strdup_printf (_ ("%s · %s"), exact, share);
}

static void
show_numbers (ThawDetails *self, const ThawFunctionRow *row)
{
  double per_call = thaw_function_row_per_call (row);
  ThawUnit unit = thaw_profile_get_unit (thaw_document_get_profile (self->document));
  g_autofree char *explanation = thaw_function_explain (self->document, row);

  set_fact (self, FACT_SELF, describe_time (self, row->self));
  set_fact (self, FACT_TOTAL, describe_time (self, row->total));
  set_fact (self, FACT_CALLS, isnan (row->calls) ? NULL : thaw_format_count (row->calls));
  set_fact (self, FACT_PER_CALL, isnan (per_call) ? NULL : thaw_format_value (unit, per_call));
  gtk_label_set_text (self->explanation, explanation);
}

static void
show_facts (ThawDetails *self, guint32 number)
{
  ThawProfile *profile = thaw_document_get_profile (self->document);
  const ThawFunction *function = thaw_profile_get_function (profile, number);
  const ThawFunctionRow *row = thaw_document_find_row (self->document, number);
  ThawOrigin origin = thaw_origin_of (function);
  g_autofree char *name = thaw_display_name (function);
  g_autofree char *place = NULL;

  if (function->file != NULL && function->line > 0)
    place = g_strdup_printf ("%s:%u", function->file, function->line);
  else
    place = function->file != NULL ? g_strdup (function->file) : thaw_place_of (function);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->place, place);
  gtk_widget_set_visible (GTK_WIDGET (self->place), *place != '\0');
  thaw_cell_set (THAW_CELL (adw_bin_get_child (self->chip_bin)),
                 &(ThawCellContent){ .text = thaw_origin_title (origin),
                                     .colour = thaw_palette_origin (origin, thaw_theme_now ()) });
  set_fact (self, FACT_PACKAGE, thaw_package_of (function));
  if (row != NULL)
    {
      show_numbers (self, row);
      return;
    }
  for (guint i = FACT_SELF; i <= FACT_PER_CALL; i++)
    set_fact (self, i, NULL);
  gtk_label_set_text (self->explanation, _ ("It did not run in the chosen threads."));
}

static void
update (ThawDetails *self)
{
  guint32 function = self->document != NULL ? thaw_document_get_selected_function (self->document)
                                            : G_MAXUINT32;

  self->stale = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->document == NULL ||
      function >= thaw_profile_get_n_functions (thaw_document_get_profile (self->document)))
    {
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "details");
  show_facts (self, function);
  look_up_lines (self, function);
}

static void
invalidate (ThawDetails *self)
{
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

/* What the page says in words, a line each. */
static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawDetails *self = THAW_DETAILS (widget);
  g_autoptr (GString) text = g_string_new (gtk_label_get_text (self->name));

  g_string_append_printf (text, "\n%s\n", gtk_label_get_text (self->place));
  for (guint i = 0; i < N_FACTS; i++)
    if (gtk_widget_get_visible (self->fact_labels[i][1]))
      g_string_append_printf (text, "%s\t%s\n",
                              gtk_label_get_text (GTK_LABEL (self->fact_labels[i][0])),
                              gtk_label_get_text (GTK_LABEL (self->fact_labels[i][1])));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

/* Life. ------------------------------------------------------------------------------------------ */

static void
set_document (ThawDetails *self, ThawDocument *document)
{
  if (self->document == document)
    return;
  g_signal_group_set_target (self->document_signals, document);
  g_set_object (&self->document, document);
  thaw_line_table_set (self->lines, NULL, THAW_UNIT_NONE, 0, (ThawRgb){ 0 });
  invalidate (self);
}

static void
thaw_details_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    g_value_set_object (value, THAW_DETAILS (object)->document);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
thaw_details_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    set_document (THAW_DETAILS (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
thaw_details_map (GtkWidget *widget)
{
  ThawDetails *self = THAW_DETAILS (widget);

  GTK_WIDGET_CLASS (thaw_details_parent_class)->map (widget);
  if (self->stale)
    update (self);
}

static void
thaw_details_dispose (GObject *object)
{
  ThawDetails *self = THAW_DETAILS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->document != NULL)
    set_document (self, NULL);
  g_clear_object (&self->style);
  gtk_widget_dispose_template (GTK_WIDGET (self), THAW_TYPE_DETAILS);
  G_OBJECT_CLASS (thaw_details_parent_class)->dispose (object);
}

static void
thaw_details_finalize (GObject *object)
{
  g_object_unref (THAW_DETAILS (object)->document_signals);
  G_OBJECT_CLASS (thaw_details_parent_class)->finalize (object);
}

static void
thaw_details_class_init (ThawDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = thaw_details_get_property;
  object_class->set_property = thaw_details_set_property;
  object_class->dispose = thaw_details_dispose;
  object_class->finalize = thaw_details_finalize;
  widget_class->map = thaw_details_map;
  props[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, THAW_TYPE_DOCUMENT,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_install_action (widget_class, "details.copy", NULL, copy_action);
  g_type_ensure (ADW_TYPE_BIN);
  g_type_ensure (THAW_TYPE_LINE_TABLE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/thawprofiler/Thaw/functions/thaw-details.ui");
  gtk_widget_class_bind_template_child (widget_class, ThawDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, ThawDetails, name);
  gtk_widget_class_bind_template_child (widget_class, ThawDetails, place);
  gtk_widget_class_bind_template_child (widget_class, ThawDetails, chip_bin);
  gtk_widget_class_bind_template_child (widget_class, ThawDetails, facts);
  gtk_widget_class_bind_template_child (widget_class, ThawDetails, explanation);
  gtk_widget_class_bind_template_child (widget_class, ThawDetails, lines_stack);
  gtk_widget_class_bind_template_child (widget_class, ThawDetails, no_lines);
  gtk_widget_class_bind_template_child (widget_class, ThawDetails, lines);
}

static void
thaw_details_init (ThawDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_bin_set_child (self->chip_bin, thaw_cell_new (THAW_CELL_CHIP));
  for (guint i = 0; i < N_FACTS; i++)
    {
      GtkWidget *title = gtk_label_new (_ (fact_titles[i]));
      GtkWidget *value = gtk_label_new (NULL);

      gtk_widget_add_css_class (title, "dim-label");
      gtk_widget_add_css_class (value, "numeric");
      gtk_label_set_xalign (GTK_LABEL (title), 0);
      gtk_label_set_xalign (GTK_LABEL (value), 0);
      gtk_grid_attach (self->facts, title, 0, (int) i, 1, 1);
      gtk_grid_attach (self->facts, value, 1, (int) i, 1, 1);
      self->fact_labels[i][0] = title;
      self->fact_labels[i][1] = value;
    }
  self->document_signals = g_signal_group_new (THAW_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "notify::selected-function",
                                  G_CALLBACK (invalidate), self);
  g_signal_group_connect_swapped (self->document_signals, "rows-changed", G_CALLBACK (invalidate),
                                  self);
  self->style = thaw_graph_style_new (GTK_WIDGET (self));
  g_signal_connect_object (self->style, "changed", G_CALLBACK (invalidate), self,
                           G_CONNECT_SWAPPED);
}
