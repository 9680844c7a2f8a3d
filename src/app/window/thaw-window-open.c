/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawWindow: all ways of opening lead to thaw_window_open(): the dialog, recent files, drops, the
 * command line and the file manager. Folders are looked into beside the main thread; when several
 * files come out, the person says whether they are tabs or one profile.
 */
#include "thaw-window-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-config.h"
#include "thaw-import.h"
#include "thaw-load.h"

#define N_RECENT_MENU 10
#define N_RECENT_ROWS 4
#define EXAMPLE "dashboard.speedscope.json.gz"

/* Pages ----------------------------------------------------------------------------------------- */

/* Remembers a file once it is open; one that cannot be opened is worth no place in the list. */
static void
on_document (ThawPage *page, GParamSpec *pspec, ThawRecent *recent)
{
  ThawDocument *document = thaw_page_get_document (page);

  if (document == NULL)
    return;
  thaw_recent_add (recent, thaw_document_get_file (document));
  g_signal_handlers_disconnect_by_func (page, on_document, recent);
}

static void
add_page (ThawWindow *self, GFile *const *files, guint n_files, gboolean merged)
{
  GtkWidget *page = thaw_page_new (self->settings, files, n_files, merged);
  AdwTabPage *tab = adw_tab_view_append (self->tabs, page);

  if (!merged)
    g_signal_connect_object (page, "notify::document", G_CALLBACK (on_document), self->recent, 0);
  adw_tab_view_set_selected_page (self->tabs, tab);
}

static void
open_now (ThawWindow *self, GPtrArray *files, ThawOpenHow how)
{
  if (how == THAW_OPEN_MERGED && files->len > 1)
    {
      add_page (self, (GFile *const *) files->pdata, files->len, TRUE);
      return;
    }
  for (guint i = 0; i < files->len; i++)
    add_page (self, (GFile *const *) &files->pdata[i], 1, FALSE);
}

/* The question ---------------------------------------------------------------------------------- */

static void
on_answer (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  ThawWindow *self = THAW_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));
  GPtrArray *files = g_object_get_data (G_OBJECT (dialog), "files");

  if (g_str_equal (response, "tabs"))
    open_now (self, files, THAW_OPEN_TABS);
  else if (g_str_equal (response, "merge"))
    open_now (self, files, THAW_OPEN_MERGED);
}

static void
ask (ThawWindow *self, GPtrArray *files)
{
  g_autofree char *heading = g_strdup_printf (
      ngettext ("Open %u File?", "Open %u Files?", files->len), files->len);
  g_autofree char *tabs = g_strdup_printf (ngettext ("%u _Tab", "%u _Tabs", files->len),
                                           files->len);
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), heading,
      _ ("Files of one program, such as its worker processes, are best seen as one profile with "
         "a process for each file."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "tabs",
                                    tabs, "merge", _ ("_One Profile"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "merge",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "merge");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "files", g_ptr_array_ref (files),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (on_answer), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Opening --------------------------------------------------------------------------------------- */

typedef struct
{
  ThawWindow *window;
  ThawOpenHow how;
} Opening;

static void
on_expanded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (ThawWindow) self = opening->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = thaw_expand_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (files == NULL)
    thaw_window_tell (self, error->message);
  else if (files->len == 0)
    thaw_window_tell (self, _ ("There are no files in this folder"));
  else if (files->len > 1 && opening->how == THAW_OPEN_ASK)
    ask (self, files);
  else
    open_now (self, files, opening->how);
}

/**
 * thaw_window_open:
 * @files: (array length=n_files): files and folders
 * @how: what several files become
 *
 * Opens files in new tabs. Returns at once; what cannot be opened is said in its tab.
 */
void
thaw_window_open (ThawWindow *self, GFile *const *files, guint n_files, ThawOpenHow how)
{
  Opening *opening;

  g_return_if_fail (THAW_IS_WINDOW (self));
  if (n_files == 0)
    return;
  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (self);
  opening->how = how;
  thaw_expand_async (files, n_files, self->cancellable, on_expanded, opening);
}

static void
open_list (ThawWindow *self, GSList *list)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *l = list; l != NULL; l = l->next)
    g_ptr_array_add (files, l->data);
  thaw_window_open (self, (GFile *const *) files->pdata, files->len, THAW_OPEN_ASK);
}

/* Dialog ---------------------------------------------------------------------------------------- */

static void
on_dialog_response (ThawWindow *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->dialog));
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
        g_ptr_array_add (files, g_list_model_get_item (chosen, i));
      thaw_window_open (self, (GFile *const *) files->pdata, files->len, THAW_OPEN_ASK);
    }
  g_clear_object (&self->dialog);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) profiles = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  guint n = 0;
  const ThawImporter *const *importers = thaw_importers (&n);

  gtk_file_filter_set_name (profiles, _ ("Profiles"));
  gtk_file_filter_set_name (all, _ ("All Files"));
  for (guint i = 0; i < n; i++)
    for (const char *const *suffix = importers[i]->suffixes; *suffix != NULL; suffix++)
      {
        g_autofree char *zipped = g_strconcat (*suffix, ".gz", NULL);
        g_autofree char *zstd = g_strconcat (*suffix, ".zst", NULL);

        gtk_file_filter_add_suffix (profiles, *suffix);
        gtk_file_filter_add_suffix (profiles, zipped);
        gtk_file_filter_add_suffix (profiles, zstd);
      }
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, profiles);
  gtk_file_chooser_add_filter (chooser, all);
}

static void
show_dialog (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawWindow *self = THAW_WINDOW (widget);
  ThawPage *page = thaw_window_get_page (self);
  ThawDocument *document = page != NULL ? thaw_page_get_document (page) : NULL;
  GFile *file = document != NULL ? thaw_document_get_file (document) : NULL;
  GtkFileChooserNative *native;

  if (self->dialog != NULL)
    return;
  native = gtk_file_chooser_native_new (_ ("Open Profiles"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  self->dialog = GTK_NATIVE_DIALOG (native);
  gtk_native_dialog_set_modal (self->dialog, TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (native), TRUE);
  add_filters (GTK_FILE_CHOOSER (native));
  if (file != NULL && g_file_is_native (file))
    {
      g_autoptr (GFile) folder = g_file_get_parent (file);

      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (native), folder, NULL);
    }
  g_signal_connect_object (native, "response", G_CALLBACK (on_dialog_response), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->dialog);
}

/* Recent files ---------------------------------------------------------------------------------- */

static void
open_recent (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  thaw_window_open (THAW_WINDOW (widget), &file, 1, THAW_OPEN_ASK);
}

static void
clear_recent (GtkWidget *widget, const char *name, GVariant *parameter)
{
  thaw_recent_clear (THAW_WINDOW (widget)->recent);
}

static char *
display_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name);
}

static void
update_recent_menu (ThawWindow *self, GPtrArray *files)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) list = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *uri = g_file_get_uri (files->pdata[i]);
      g_autofree char *name = display_name (files->pdata[i]);
      g_autofree char *folder = thaw_folder_of (files->pdata[i]);
      g_autofree char *label = g_strdup_printf ("%s (%s)", name, folder);
      g_auto (GStrv) parts = g_strsplit (label, "_", -1);
      g_autofree char *plain = g_strjoinv ("__", parts);
      g_autoptr (GMenuItem) item = g_menu_item_new (plain, NULL);

      g_menu_item_set_action_and_target (item, "win.open-recent", "s", uri);
      g_menu_append_item (list, item);
    }
  g_menu_append (rest, files->len > 0 ? _ ("_Clear Recent Files") : _ ("No Recent Files"),
                 files->len > 0 ? "win.clear-recent" : "win.no-recent");
  g_menu_append_section (menu, _ ("Recent Files"), G_MENU_MODEL (list));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  adw_split_button_set_menu_model (self->open_button, G_MENU_MODEL (menu));
}

static void
update_recent_rows (ThawWindow *self, GPtrArray *files)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->recent_rows))) != NULL)
    gtk_list_box_remove (self->recent_rows, child);
  for (guint i = 0; i < MIN (files->len, N_RECENT_ROWS); i++)
    {
      g_autofree char *uri = g_file_get_uri (files->pdata[i]);
      g_autofree char *name = display_name (files->pdata[i]);
      g_autofree char *folder = thaw_folder_of (files->pdata[i]);
      g_autofree char *title = g_markup_escape_text (name, -1);
      g_autofree char *subtitle = g_markup_escape_text (folder, -1);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
      adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "document-open-recent-symbolic");
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-recent");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);
      gtk_list_box_append (self->recent_rows, row);
    }
  gtk_widget_set_visible (self->recent_group, files->len > 0);
}

static void
update_recent (ThawWindow *self)
{
  g_autoptr (GPtrArray) files = thaw_recent_list (self->recent, N_RECENT_MENU);

  update_recent_menu (self, files);
  update_recent_rows (self, files);
}

/* Example --------------------------------------------------------------------------------------- */

/* Where the example is: installed, or where THAW_EXAMPLE says. */
static GFile *
find_example (void)
{
  const char *path = g_getenv ("THAW_EXAMPLE");

  return g_file_new_for_path (path != NULL ? path : THAW_DATA_DIR "/example/" EXAMPLE);
}

static void
open_example (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = find_example ();

  thaw_window_open (THAW_WINDOW (widget), &file, 1, THAW_OPEN_TABS);
}

static void
copy_text (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  thaw_window_tell (THAW_WINDOW (widget), _ ("Copied to the clipboard"));
}

/* Drops ----------------------------------------------------------------------------------------- */

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ThawWindow *self)
{
  GSList *files = g_value_get_boxed (value);

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->drop_hint), FALSE);
  open_list (self, files);
  return files != NULL;
}

static GdkDragAction
on_drop_enter (GtkDropTarget *target, double x, double y, ThawWindow *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->drop_hint), TRUE);
  return GDK_ACTION_COPY;
}

static void
on_drop_leave (GtkDropTarget *target, ThawWindow *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->drop_hint), FALSE);
}

void
thaw_window_open_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, show_dialog);
  gtk_widget_class_install_action (widget_class, "win.open-recent", "s", open_recent);
  gtk_widget_class_install_action (widget_class, "win.clear-recent", NULL, clear_recent);
  gtk_widget_class_install_action (widget_class, "win.open-example", NULL, open_example);
  gtk_widget_class_install_action (widget_class, "win.copy-text", "s", copy_text);
}

/* The arrow of a split button cannot be given a name in its template. */
static void
name_recent_button (ThawWindow *self)
{
  GtkWidget *arrow = gtk_widget_get_last_child (GTK_WIDGET (self->open_button));

  for (; arrow != NULL; arrow = gtk_widget_get_first_child (arrow))
    if (GTK_IS_MENU_BUTTON (arrow) || GTK_IS_TOGGLE_BUTTON (arrow))
      gtk_accessible_update_property (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Recent files"), -1);
}

void
thaw_window_open_init (ThawWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_autoptr (GFile) example = find_example ();

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  g_signal_connect (target, "enter", G_CALLBACK (on_drop_enter), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_drop_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (self->recent, "changed", G_CALLBACK (update_recent), self,
                           G_CONNECT_SWAPPED);
  update_recent (self);
  name_recent_button (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.open-example",
                                 g_file_query_exists (example, NULL));
}
