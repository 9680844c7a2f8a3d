/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawPage: how an open profile is looked at. Wires the toolbar and the "page.…" actions to the
 * document's properties and the panes to the settings; the graph, the list of threads and the
 * functions are given the document and look after themselves.
 */
#include "thaw-page-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-format.h"
#include "thaw-function-pane.h"
#include "thaw-graph-view.h"
#include "thaw-search-bar.h"

#define MIN_FUNCTIONS_SHARE 0.05
#define ZOOM_STEP 1.5

/* Actions --------------------------------------------------------------------------------------- */

static void
on_reload (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  thaw_page_reload (THAW_PAGE (data));
}

/* The three orders are two properties of the document: time order is a way of building the tree. */
static void
on_order (GSimpleAction *action, GVariant *state, gpointer data)
{
  ThawPage *self = data;
  const char *name = g_variant_get_string (state, NULL);

  if (self->document == NULL)
    return;
  if (g_str_equal (name, "time"))
    {
      if (thaw_profile_has_time_order (thaw_document_get_profile (self->document)))
        g_object_set (self->document, "time-order", TRUE, NULL);
    }
  else
    g_object_set (
        self->document, "time-order", FALSE, "order",
        g_str_equal (name, "alphabetical") ? THAW_ORDER_ALPHABETICAL : THAW_ORDER_HEAVIEST, NULL);
}

static void
on_order_notify (ThawPage *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "order");
  gboolean in_time = FALSE;
  ThawOrder order = THAW_ORDER_HEAVIEST;
  const char *name;

  g_object_get (self->document, "time-order", &in_time, "order", &order, NULL);
  name = in_time ? "time" : order == THAW_ORDER_ALPHABETICAL ? "alphabetical" : "heaviest";
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (name));
}

static ThawGraphView *
graph_of (ThawPage *self)
{
  return THAW_GRAPH_VIEW (adw_bin_get_child (self->graph_bin));
}

static void
on_zoom_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  thaw_graph_view_zoom_by (graph_of (data), ZOOM_STEP);
}

static void
on_zoom_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  thaw_graph_view_zoom_by (graph_of (data), 1 / ZOOM_STEP);
}

static void
on_zoom_reset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  thaw_graph_view_reset_zoom (graph_of (data));
}

/* Actions that are properties of @document, in place of those of an earlier one. */
static void
add_document_actions (ThawPage *self, ThawDocument *document)
{
  static const char *const names[] = { "flame", "by-line", "merged", "colour-mode" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPropertyAction) action = g_property_action_new (names[i], document, names[i]);

      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
}

/* Sizes of panes -------------------------------------------------------------------------------- */

/* Where the functions begin, by the share of the height that they are to have. */
static int
wanted_position (ThawPage *self)
{
  double share = 0;

  g_object_get (self->settings, "functions-share", &share, NULL);
  return (int) (gtk_widget_get_height (GTK_WIDGET (self->functions_paned)) * (1 - share));
}

static gboolean
apply_functions_share (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ThawPage *self = THAW_PAGE (data);

  self->tick = 0;
  self->functions_room = gtk_widget_get_height (GTK_WIDGET (self->functions_paned));
  gtk_paned_set_position (self->functions_paned, wanted_position (self));
  return G_SOURCE_REMOVE;
}

/* The height has changed, and not the person's mind: the share is kept. */
static void
on_functions_room (ThawPage *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->functions_paned),
                                               apply_functions_share, self, NULL);
}

/* The handle has moved: by hand, unless the height is another than it was or the place is the
 * wanted one. */
static void
on_functions_position (ThawPage *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->functions_paned));
  int position = gtk_paned_get_position (self->functions_paned);

  if (self->tick != 0 || height <= 0 || height != self->functions_room ||
      position == wanted_position (self) ||
      !gtk_widget_get_visible (GTK_WIDGET (self->functions_bin)))
    return;
  g_object_set (
      self->settings, "functions-share",
      CLAMP (1 - (double) position / height, MIN_FUNCTIONS_SHARE, 1 - MIN_FUNCTIONS_SHARE), NULL);
}

/* Warnings -------------------------------------------------------------------------------------- */

static void
show_warnings (ThawPage *self, const ThawProfile *profile)
{
  const char *const *warnings = thaw_profile_get_warnings (profile);
  guint n = warnings != NULL ? g_strv_length ((char **) warnings) : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%u warning", "%u warnings", n), n);
  g_autofree char *count = thaw_format_count (n);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->warnings_box))) != NULL)
    gtk_box_remove (self->warnings_box, child);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *label = gtk_label_new (warnings[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_box_append (self->warnings_box, label);
    }
  adw_button_content_set_label (self->warnings_count, count);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->warnings_button), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->warnings_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings_button), n > 0);
}

/* The document ---------------------------------------------------------------------------------- */

static void
on_threads_changed (ThawPage *self)
{
  guint n = 0;

  thaw_document_get_threads (self->document, &n);
  gtk_widget_set_visible (self->merged_button, n > 1);
}

/* The first graph is there: the arrow keys walk its boxes at once, unless the person is elsewhere. */
static void
on_first_lanes (ThawPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_signal_handlers_disconnect_by_func (self->document, on_first_lanes, self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && (focus == NULL || !GTK_IS_TEXT (focus)))
    gtk_widget_child_focus (GTK_WIDGET (self->graph_bin), GTK_DIR_TAB_FORWARD);
}

static void
on_failed (ThawPage *self, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", message);
}

static void
apply_preferences (ThawPage *self, ThawDocument *document)
{
  ThawOrder order = THAW_ORDER_HEAVIEST;
  ThawColourMode colours = THAW_COLOUR_ORIGIN;
  gboolean in_time;

  g_object_get (self->settings, "order", &order, "colour-mode", &colours, NULL);
  in_time = order == THAW_ORDER_TREE &&
            thaw_profile_has_time_order (thaw_document_get_profile (document));
  g_object_set (document, "flame", thaw_settings_get_flag (self->settings, "flame"), "colour-mode",
                colours, "order", order == THAW_ORDER_TREE ? THAW_ORDER_HEAVIEST : order,
                "time-order", in_time, NULL);
}

static void
show_abilities (ThawPage *self, const ThawProfile *profile)
{
  gboolean has_time = thaw_profile_has_time_order (profile);

  gtk_widget_set_sensitive (self->time_button, has_time);
  gtk_widget_set_tooltip_text (self->time_button,
                               has_time ? _ ("As things happened, one after the other")
                                        : _ ("This capture does not say when things happened"));
  gtk_widget_set_visible (self->by_line_button, thaw_profile_has_lines (profile));
}

void
thaw_page_view_show (ThawPage *self, ThawDocument *document)
{
  const ThawProfile *profile = thaw_document_get_profile (document);
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  GtkWidget *widgets[] = {
    self->threads,
    self->legend,
    adw_bin_get_child (self->graph_bin),
    adw_bin_get_child (self->search_bin),
    adw_bin_get_child (self->functions_bin),
  };

  apply_preferences (self, document);
  add_document_actions (self, document);
  g_object_bind_property (document, "flame", self->flame_button, "active", both);
  g_object_bind_property (document, "flame", self->icicle_button, "active",
                          both | G_BINDING_INVERT_BOOLEAN);
  g_signal_connect_object (document, "notify::order", G_CALLBACK (on_order_notify), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::time-order", G_CALLBACK (on_order_notify), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "threads-changed", G_CALLBACK (on_threads_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  on_order_notify (self);
  on_threads_changed (self);
  show_abilities (self, profile);
  show_warnings (self, profile);
  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++)
    g_object_set (widgets[i], "document", document, NULL);
  /* After the graph's own handler. */
  g_signal_connect_object (document, "lanes-changed", G_CALLBACK (on_first_lanes), self,
                           G_CONNECT_SWAPPED);
}

void
thaw_page_start_search (ThawPage *self)
{
  g_return_if_fail (THAW_IS_PAGE (self));
  if (self->document != NULL)
    thaw_search_bar_start (THAW_SEARCH_BAR (adw_bin_get_child (self->search_bin)));
}

static void
add_widgets (ThawPage *self)
{
  GtkWidget *search = thaw_search_bar_new ();
  GtkWidget *graph = thaw_graph_view_new ();

  adw_bin_set_child (self->graph_bin, graph);
  g_object_bind_property (self->settings, "row-height", graph, "row-height", G_BINDING_SYNC_CREATE);
  adw_bin_set_child (self->search_bin, search);
  adw_bin_set_child (self->functions_bin, thaw_function_pane_new ());
  g_object_bind_property (self, "searching", search, "search-mode-enabled",
                          G_BINDING_BIDIRECTIONAL);
}

void
thaw_page_view_init (ThawPage *self)
{
  static const GActionEntry entries[] = {
    { "reload", on_reload, NULL, NULL, NULL, { 0 } },
    { "order", NULL, "s", "'heaviest'", on_order, { 0 } },
    { "zoom-in", on_zoom_in, NULL, NULL, NULL, { 0 } },
    { "zoom-out", on_zoom_out, NULL, NULL, NULL, { 0 } },
    { "zoom-reset", on_zoom_reset, NULL, NULL, NULL, { 0 } },
  };
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  add_widgets (self);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", G_ACTION_GROUP (self->actions));

  g_object_bind_property (self->settings, "sidebar-visible", self->sidebar, "visible",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->settings, "functions-visible", self->functions_bin, "visible",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->settings, "sidebar-width", self->sidebar_paned, "position", both);
  g_signal_connect_swapped (self->functions_paned, "notify::max-position",
                            G_CALLBACK (on_functions_room), self);
  g_signal_connect_swapped (self->functions_paned, "notify::position",
                            G_CALLBACK (on_functions_position), self);
}

void
thaw_page_view_dispose (ThawPage *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->functions_paned), self->tick);
  self->tick = 0;
}
