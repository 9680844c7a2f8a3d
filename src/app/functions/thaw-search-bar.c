/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bar only writes the document's search and shows its result: matching is the document's work,
 * off the main thread. GtkSearchEntry waits until typing pauses before it tells of a change.
 */
#include "thaw-search-bar.h"

#include <glib/gi18n-lib.h>
#include "thaw-format.h"

struct _ThawSearchBar
{
  GtkWidget parent;
  GtkSearchBar *bar;
  GtkSearchEntry *entry;
  GtkToggleButton *regex;
  GtkWidget *previous;
  GtkWidget *next;
  GtkInscription *count; /* whatever it says, the bar keeps its places */

  ThawDocument *document;
  GSignalGroup *document_signals;
  GBindingGroup *document_bindings;
};

G_DEFINE_FINAL_TYPE (ThawSearchBar, thaw_search_bar, GTK_TYPE_WIDGET)

enum
{
  PROP_DOCUMENT = 1,
  PROP_SEARCH_MODE_ENABLED,
  PROP_KEY_CAPTURE_WIDGET,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* Results. --------------------------------------------------------------------------------------- */

/* "12 functions · 148 boxes · 31.4 %", and which box is the current one once there is one;
 * (transfer full). */
static char *
describe_matches (ThawSearchBar *self)
{
  guint32 n_functions;
  guint n_boxes;
  double total;
  gint64 current = thaw_document_get_match_position (self->document, &n_boxes);
  double shown = thaw_document_get_shown_total (self->document);
  g_autofree char *functions_count = NULL;
  g_autofree char *boxes_count = NULL;
  g_autofree char *functions = NULL;
  g_autofree char *boxes = NULL;
  g_autofree char *share = NULL;

  thaw_document_get_matches (self->document, &n_functions, &total);
  if (n_functions == 0)
    return g_strdup (_ ("No matches"));
  functions_count = thaw_format_count (n_functions);
  functions = g_strdup_printf (ngettext ("%s function", "%s functions", n_functions),
                               functions_count);
  boxes_count = thaw_format_count (n_boxes);
  if (current >= 0)
    {
      g_autofree char *position = thaw_format_count (current + 1);

      /* Translators: "box 3 of 148" */
      boxes = g_strdup_printf (_ ("box %s of %s"), position, boxes_count);
    }
  else
    boxes = g_strdup_printf (ngettext ("%s box", "%s boxes", n_boxes), boxes_count);
  share = thaw_format_share (shown > 0 ? total / shown : 0);
  /* Translators: functions, boxes and share of the time that match a search, such as
   * "12 functions · 148 boxes · 31.4 %" */
  return g_strdup_printf (_ ("%s · %s · %s"), functions, boxes, share);
}

/* The cause at the end of "Error while compiling … at char 5: missing closing parenthesis", for which
 * there is room; (transfer full). */
static char *
shorten_error (const char *error)
{
  const char *cause = g_strrstr (error, ": ");

  return g_strdup (cause != NULL && cause[2] != '\0' ? cause + 2 : error);
}

/* Shows what the document found, or why it could not look. */
static void
update_result (ThawSearchBar *self)
{
  const char *error = NULL;
  g_autofree char *text = NULL;
  guint n_boxes = 0;

  if (self->document != NULL)
    {
      error = thaw_document_get_search_error (self->document);
      if (error != NULL)
        text = shorten_error (error);
      else if (thaw_document_get_matches (self->document, NULL, NULL) != NULL)
        {
          text = describe_matches (self);
          thaw_document_get_match_position (self->document, &n_boxes);
        }
    }
  gtk_inscription_set_text (self->count, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count), error != NULL ? error : text);
  if (error != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->count), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->count), "dim-label");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->count), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
    }
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
      error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
  gtk_widget_set_sensitive (self->previous, n_boxes > 0);
  gtk_widget_set_sensitive (self->next, n_boxes > 0);
}

/* The document's search, set by somebody else or by us, is what the entry shows; a search that
 * comes from elsewhere opens the bar. */
static void
on_document_search (ThawSearchBar *self)
{
  g_autofree char *search = NULL;

  g_object_get (self->document, "search", &search, NULL);
  if (g_strcmp0 (search, gtk_editable_get_text (GTK_EDITABLE (self->entry))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), search != NULL ? search : "");
  if (search != NULL && *search != '\0')
    gtk_search_bar_set_search_mode (self->bar, TRUE);
  update_result (self);
}

/* What the person does. -------------------------------------------------------------------------- */

static void
push_search (ThawSearchBar *self, const char *text)
{
  g_autofree char *search = NULL;

  if (self->document == NULL)
    return;
  g_object_get (self->document, "search", &search, NULL);
  if (g_strcmp0 (search != NULL ? search : "", text) != 0)
    g_object_set (self->document, "search", text, NULL);
}

static void
on_search_changed (ThawSearchBar *self)
{
  push_search (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/* What was typed in the moment before Enter counts, too. */
static void
step (ThawSearchBar *self, int by)
{
  if (self->document == NULL)
    return;
  on_search_changed (self);
  thaw_document_step_match (self->document, by);
}

static void
on_next (ThawSearchBar *self)
{
  step (self, +1);
}

static void
on_previous (ThawSearchBar *self)
{
  step (self, -1);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (THAW_SEARCH_BAR (widget), +1);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (THAW_SEARCH_BAR (widget), -1);
}

/* GtkSearchBar empties its entry when it closes, but the entry would tell of that late. */
static void
on_search_mode (ThawSearchBar *self)
{
  if (!gtk_search_bar_get_search_mode (self->bar))
    push_search (self, "");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEARCH_MODE_ENABLED]);
}

void
thaw_search_bar_start (ThawSearchBar *self)
{
  g_return_if_fail (THAW_IS_SEARCH_BAR (self));

  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

/* Life. ------------------------------------------------------------------------------------------ */

static void
set_document (ThawSearchBar *self, ThawDocument *document)
{
  if (!g_set_object (&self->document, document))
    return;
  g_signal_group_set_target (self->document_signals, document);
  g_binding_group_set_source (self->document_bindings, document);
  if (document != NULL)
    {
      g_autofree char *search = NULL;

      g_object_get (document, "search", &search, NULL);
      gtk_search_bar_set_search_mode (self->bar, search != NULL && *search != '\0');
      on_document_search (self);
    }
  else
    update_result (self);
}

static void
thaw_search_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ThawSearchBar *self = THAW_SEARCH_BAR (object);

  switch (id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SEARCH_MODE_ENABLED:
      g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->bar));
      break;
    case PROP_KEY_CAPTURE_WIDGET:
      g_value_set_object (value, gtk_search_bar_get_key_capture_widget (self->bar));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
thaw_search_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ThawSearchBar *self = THAW_SEARCH_BAR (object);

  switch (id)
    {
    case PROP_DOCUMENT:
      set_document (self, g_value_get_object (value));
      break;
    case PROP_SEARCH_MODE_ENABLED:
      gtk_search_bar_set_search_mode (self->bar, g_value_get_boolean (value));
      break;
    case PROP_KEY_CAPTURE_WIDGET:
      gtk_search_bar_set_key_capture_widget (self->bar, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
thaw_search_bar_dispose (GObject *object)
{
  ThawSearchBar *self = THAW_SEARCH_BAR (object);

  set_document (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), THAW_TYPE_SEARCH_BAR);
  G_OBJECT_CLASS (thaw_search_bar_parent_class)->dispose (object);
}

static void
thaw_search_bar_finalize (GObject *object)
{
  ThawSearchBar *self = THAW_SEARCH_BAR (object);

  g_object_unref (self->document_signals);
  g_object_unref (self->document_bindings);
  G_OBJECT_CLASS (thaw_search_bar_parent_class)->finalize (object);
}

static void
thaw_search_bar_class_init (ThawSearchBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = thaw_search_bar_get_property;
  object_class->set_property = thaw_search_bar_set_property;
  object_class->dispose = thaw_search_bar_dispose;
  object_class->finalize = thaw_search_bar_finalize;
  props[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, THAW_TYPE_DOCUMENT,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SEARCH_MODE_ENABLED] = g_param_spec_boolean (
      "search-mode-enabled", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_KEY_CAPTURE_WIDGET] = g_param_spec_object ("key-capture-widget", NULL, NULL,
                                                        GTK_TYPE_WIDGET,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_install_action (widget_class, "search.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "search.previous", NULL, previous_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_SHIFT_MASK,
                                       "search.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_SHIFT_MASK,
                                       "search.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "search.next",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "search.previous", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/thawprofiler/Thaw/functions/thaw-search-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ThawSearchBar, bar);
  gtk_widget_class_bind_template_child (widget_class, ThawSearchBar, entry);
  gtk_widget_class_bind_template_child (widget_class, ThawSearchBar, regex);
  gtk_widget_class_bind_template_child (widget_class, ThawSearchBar, previous);
  gtk_widget_class_bind_template_child (widget_class, ThawSearchBar, next);
  gtk_widget_class_bind_template_child (widget_class, ThawSearchBar, count);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
}

static void
thaw_search_bar_init (ThawSearchBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, GTK_EDITABLE (self->entry));
  g_signal_connect_object (self->bar, "notify::search-mode-enabled", G_CALLBACK (on_search_mode),
                           self, G_CONNECT_SWAPPED);
  self->document_signals = g_signal_group_new (THAW_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "matches-changed",
                                  G_CALLBACK (update_result), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::search",
                                  G_CALLBACK (on_document_search), self);
  self->document_bindings = g_binding_group_new ();
  g_binding_group_bind (self->document_bindings, "search-regex", self->regex, "active",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  update_result (self);
}

GtkWidget *
thaw_search_bar_new (void)
{
  return g_object_new (THAW_TYPE_SEARCH_BAR, NULL);
}
