/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawWindow: header, tabs and what is said in passing. The header follows the selected tab through
 * one binding group; the tab's own actions are the window's "page.…" while it is selected. Opening
 * and exporting have files of their own.
 */
#include "thaw-window-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-config.h"

G_DEFINE_FINAL_TYPE (ThawWindow, thaw_window, ADW_TYPE_APPLICATION_WINDOW)

#define TOAST_SECONDS 6

/* Tabs ------------------------------------------------------------------------------------------ */

ThawPage *
thaw_window_get_page (ThawWindow *self)
{
  AdwTabPage *tab;

  g_return_val_if_fail (THAW_IS_WINDOW (self), NULL);
  tab = adw_tab_view_get_selected_page (self->tabs);
  return tab != NULL ? THAW_PAGE (adw_tab_page_get_child (tab)) : NULL;
}

guint
thaw_window_get_n_pages (ThawWindow *self)
{
  g_return_val_if_fail (THAW_IS_WINDOW (self), 0);
  return (guint) adw_tab_view_get_n_pages (self->tabs);
}

void
thaw_window_update_actions (ThawWindow *self)
{
  static const char *const names[] = { "win.search", "win.export" };
  ThawPage *page = thaw_window_get_page (self);
  gboolean open = page != NULL && thaw_page_get_document (page) != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], open);
  gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), open);
  gtk_widget_set_sensitive (GTK_WIDGET (self->export_button), open);
}

/* "dashboard.prof – Thaw", where a taskbar shows it. */
static void
update_title (ThawWindow *self)
{
  ThawPage *page = thaw_window_get_page (self);
  g_autofree char *title = page != NULL ? g_strdup_printf ("%s – Thaw", thaw_page_get_title (page))
                                        : NULL;

  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : "Thaw");
}

static void
on_selected_page (ThawWindow *self)
{
  ThawPage *page = thaw_window_get_page (self);

  g_binding_group_set_source (self->page_bindings, page);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page",
                                  page != NULL ? thaw_page_get_actions (page) : NULL);
  if (page == NULL)
    {
      adw_window_title_set_title (self->title, "Thaw");
      adw_window_title_set_subtitle (self->title, "");
      gtk_toggle_button_set_active (self->search_button, FALSE);
    }
  gtk_stack_set_visible_child_name (self->stack, page != NULL ? "tabs" : "welcome");
  update_title (self);
  thaw_window_update_actions (self);
}

static void
on_page_attached (ThawWindow *self, AdwTabPage *tab, int position)
{
  GtkWidget *page = adw_tab_page_get_child (tab);

  g_object_bind_property (page, "title", tab, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property (page, "loading", tab, "loading", G_BINDING_SYNC_CREATE);
  g_object_bind_property (page, "subtitle", tab, "tooltip", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (page, "notify::document", G_CALLBACK (thaw_window_update_actions), self,
                           G_CONNECT_SWAPPED);
}

static void
on_page_detached (ThawWindow *self, AdwTabPage *tab, int position)
{
  g_signal_handlers_disconnect_by_func (adw_tab_page_get_child (tab), thaw_window_update_actions,
                                        self);
}

/* A tab was dragged out of the window. */
static AdwTabView *
on_create_window (ThawWindow *self)
{
  ThawWindow *other = thaw_window_new (gtk_window_get_application (GTK_WINDOW (self)),
                                       self->settings);

  gtk_window_present (GTK_WINDOW (other));
  return other->tabs;
}

/* Actions --------------------------------------------------------------------------------------- */

static void
close_tab (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawWindow *self = THAW_WINDOW (widget);
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tabs);

  if (tab != NULL)
    adw_tab_view_close_page (self->tabs, tab);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawPage *page = thaw_window_get_page (THAW_WINDOW (widget));

  if (page != NULL)
    thaw_page_start_search (page);
}

static void
tell (GtkWidget *widget, const char *name, GVariant *parameter)
{
  thaw_window_tell (THAW_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

void
thaw_window_tell (ThawWindow *self, const char *sentence)
{
  g_autofree char *safe = g_markup_escape_text (sentence, -1);
  AdwToast *toast;

  g_return_if_fail (THAW_IS_WINDOW (self));
  toast = adw_toast_new (safe);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Settings that the window itself shows are actions, for menus and keys. */
static void
add_setting_actions (ThawWindow *self)
{
  static const struct
  {
    const char *action;
    const char *property;
  } settings[] = {
    { "sidebar", "sidebar-visible" },
    { "functions", "functions-visible" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (GPropertyAction)
          action = g_property_action_new (settings[i].action, self->settings, settings[i].property);

      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
}

/* Object ---------------------------------------------------------------------------------------- */

/* Remembers the size for the next window. */
static gboolean
thaw_window_close_request (GtkWindow *window)
{
  ThawWindow *self = THAW_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_object_set (self->settings, "window-width", width, "window-height", height, "window-maximized",
                gtk_window_is_maximized (window), NULL);
  return GTK_WINDOW_CLASS (thaw_window_parent_class)->close_request (window);
}

static void
thaw_window_dispose (GObject *object)
{
  ThawWindow *self = THAW_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->dialog);
  g_clear_object (&self->page_bindings);
  g_clear_object (&self->recent);
  G_OBJECT_CLASS (thaw_window_parent_class)->dispose (object);
}

static void
thaw_window_finalize (GObject *object)
{
  ThawWindow *self = THAW_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (thaw_window_parent_class)->finalize (object);
}

static void
thaw_window_class_init (ThawWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = thaw_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = thaw_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = thaw_window_close_request;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/thawprofiler/Thaw/window/thaw-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ThawWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ThawWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ThawWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, ThawWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, ThawWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, ThawWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ThawWindow, tabs);
  gtk_widget_class_bind_template_child (widget_class, ThawWindow, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, ThawWindow, recent_rows);
  gtk_widget_class_bind_template_child (widget_class, ThawWindow, recent_group);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_page);
  gtk_widget_class_bind_template_callback (widget_class, on_page_attached);
  gtk_widget_class_bind_template_callback (widget_class, on_page_detached);
  gtk_widget_class_bind_template_callback (widget_class, on_create_window);
  gtk_widget_class_install_action (widget_class, "win.close-tab", NULL, close_tab);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.tell", "s", tell);
  thaw_window_open_class_init (widget_class);
  thaw_window_export_class_init (widget_class);
}

static void
thaw_window_init (ThawWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->recent = thaw_recent_new ();
  self->page_bindings = g_binding_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  g_binding_group_bind (self->page_bindings, "title", self->title, "title", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->page_bindings, "subtitle", self->title, "subtitle",
                        G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->page_bindings, "searching", self->search_button, "active",
                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  thaw_window_open_init (self);
  thaw_window_export_init (self);
  on_selected_page (self);
}

/**
 * thaw_window_new:
 *
 * Returns: (transfer none): a window without tabs, owned by GTK until it is closed
 */
ThawWindow *
thaw_window_new (GtkApplication *application, ThawSettings *settings)
{
  ThawWindow *self = g_object_new (THAW_TYPE_WINDOW, "application", application, NULL);

  self->settings = g_object_ref (settings);
  add_setting_actions (self);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               thaw_settings_get_number (settings, "window-width"),
                               thaw_settings_get_number (settings, "window-height"));
  if (thaw_settings_get_flag (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  return self;
}
