/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawWindow: exporting what is shown. Every exporter of the table is an item of the menu. Writing
 * runs in a GTask into a stream that replaces the file only when it is closed, so that a failure or
 * a full disk leaves what was there.
 */
#include "thaw-window-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-export.h"
#include "thaw-graph-style.h"

/* What one export needs, owned by its task. */
typedef struct
{
  const ThawExporter *exporter;
  ThawProfile *profile;
  GFile *file;
  guint32 *threads;
  ThawExportOptions options;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  thaw_profile_unref (export->profile);
  g_clear_object (&export->file);
  g_free (export->threads);
  g_free (export);
}

/* What the document shows now, as options; all threads of the capture unless @only_shown. */
static Export *
export_new (ThawDocument *document, const ThawExporter *exporter, gboolean only_shown)
{
  Export *export = g_new0 (Export, 1);
  ThawExportOptions *options = &export->options;
  guint n = 0;
  const guint32 *threads = thaw_document_get_threads (document, &n);

  export->exporter = exporter;
  export->profile = thaw_profile_ref (thaw_document_get_profile (document));
  if (only_shown)
    {
      export->threads = g_memdup2 (threads, n * sizeof *threads);
      options->threads = export->threads;
      options->n_threads = n;
    }
  g_object_get (document, "by-line", &options->lines, "merged", &options->merged, "flame",
                &options->flame, "time-order", &options->time_order, "order", &options->order,
                "colour-mode", &options->colour, NULL);
  options->theme = thaw_theme_now ();
  return export;
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *export = data;
  GError *error = NULL;
  g_autoptr (GFileOutputStream)
      out = g_file_replace (export->file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, &error);
  g_autoptr (GCancellable) give_up = g_cancellable_new ();

  if (out == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (export->exporter->write (export->profile, &export->options, G_OUTPUT_STREAM (out),
                               cancellable, &error) &&
      g_output_stream_close (G_OUTPUT_STREAM (out), cancellable, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  /* Closing with a cancelled cancellable drops the new file and keeps the old one. */
  g_cancellable_cancel (give_up);
  g_output_stream_close (G_OUTPUT_STREAM (out), give_up, NULL);
  g_task_return_error (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  ThawWindow *self = THAW_WINDOW (source);
  Export *export = g_task_get_task_data (G_TASK (result));
  g_autofree char *base = g_file_get_basename (export->file);
  g_autofree char *name = g_filename_display_name (base);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    sentence = g_strdup_printf (_ ("Saved “%s”"), name);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sentence = g_strdup_printf (_ ("“%s” could not be saved: %s"), name, error->message);
  if (sentence != NULL)
    thaw_window_tell (self, sentence);
}

/* Writes @export (taken) beside the main thread. */
static void
write_async (ThawWindow *self, Export *export)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_written, NULL);

  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, write_in_thread);
}

static void
on_save_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  ThawWindow *self = THAW_WINDOW (gtk_native_dialog_get_transient_for (dialog));
  Export *export = g_object_steal_data (G_OBJECT (dialog), "export");

  export->file = response == GTK_RESPONSE_ACCEPT
                     ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                     : NULL;
  if (export->file != NULL)
    write_async (self, export);
  else
    export_free (export);
  g_clear_object (&self->dialog);
}

/* "dashboard.svg" for "dashboard.speedscope.json.gz"; (transfer full). */
static char *
suggest_name (const char *title, const char *suffix)
{
  static const char *const endings[] = { ".gz",  ".zst",  ".json",   ".speedscope",
                                         ".txt", ".prof", ".pstats", ".collapsed" };
  g_autofree char *stem = g_strdelimit (g_strdup (title), "/", '-');

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (stem, endings[i]) && strlen (stem) > strlen (endings[i]))
      stem[strlen (stem) - strlen (endings[i])] = '\0';
  return g_strconcat (stem, ".", suffix, NULL);
}

static void
show_save_dialog (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ThawWindow *self = THAW_WINDOW (widget);
  ThawPage *page = thaw_window_get_page (self);
  ThawDocument *document = page != NULL ? thaw_page_get_document (page) : NULL;
  const ThawExporter *exporter = thaw_exporter_find (g_variant_get_string (parameter, NULL));
  GAction *only_shown = g_action_map_lookup_action (G_ACTION_MAP (self), "export-shown");
  g_autoptr (GVariant) state = g_action_get_state (only_shown);
  g_autofree char *name = NULL;
  GtkFileChooserNative *native;

  if (document == NULL || exporter == NULL || self->dialog != NULL)
    return;
  name = suggest_name (thaw_page_get_title (page), exporter->suffix);
  native = gtk_file_chooser_native_new (_ (exporter->title), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  self->dialog = GTK_NATIVE_DIALOG (native);
  gtk_native_dialog_set_modal (self->dialog, TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  g_object_set_data_full (G_OBJECT (native), "export",
                          export_new (document, exporter, g_variant_get_boolean (state)),
                          export_free);
  g_signal_connect (native, "response", G_CALLBACK (on_save_response), NULL);
  gtk_native_dialog_show (self->dialog);
}

void
thaw_window_export_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.export", "s", show_save_dialog);
}

/* Ctrl+E: the menu, from the keyboard. */
static void
on_export_menu (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkMenuButton *button = THAW_WINDOW (data)->export_button;

  if (gtk_widget_get_sensitive (GTK_WIDGET (button)))
    gtk_menu_button_popup (button);
}

void
thaw_window_export_init (ThawWindow *self)
{
  static const GActionEntry entries[] = {
    { "export-shown", NULL, NULL, "true", NULL, { 0 } },
    { "export-menu", on_export_menu, NULL, NULL, NULL, { 0 } },
  };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) formats = g_menu_new ();
  g_autoptr (GMenu) options = g_menu_new ();
  guint n = 0;
  const ThawExporter *const *exporters = thaw_exporters (&n);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (exporters[i]->title), NULL);

      g_menu_item_set_action_and_target (item, "win.export", "s", exporters[i]->id);
      g_menu_append_item (formats, item);
    }
  g_menu_append (options, _ ("_Only the Threads Shown"), "win.export-shown");
  g_menu_append_section (menu, _ ("Save As"), G_MENU_MODEL (formats));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (options));
  gtk_menu_button_set_menu_model (self->export_button, G_MENU_MODEL (menu));
}
