/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawPage: reads its files in the background and shows progress, the profile, or an error. Closing
 * the page cancels what it still reads. The progress bar looks at the importer's number ten times a
 * second; the loading page shows only once an import takes longer than a moment.
 */
#include "thaw-page-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-legend.h"
#include "thaw-thread-list.h"

enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_LOADING,
  PROP_DOCUMENT,
  PROP_SEARCHING,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (ThawPage, thaw_page, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

#define PROGRESS_INTERVAL_MS 100

static void
notify_all (ThawPage *self)
{
  for (guint i = PROP_TITLE; i <= PROP_DOCUMENT; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
stop_loading (ThawPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, thaw_progress_unref);
  g_clear_handle_id (&self->progress_source, g_source_remove);
}

static gboolean
on_progress (gpointer data)
{
  ThawPage *self = data;
  int permille = thaw_progress_get_permille (self->progress);

  if (self->document == NULL)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  if (permille < 0)
    gtk_progress_bar_pulse (self->progress_bar);
  else
    gtk_progress_bar_set_fraction (self->progress_bar, permille / 1000.0);
  return G_SOURCE_CONTINUE;
}

/* What to do about an error, as a second sentence; (transfer full) (nullable). */
static char *
advice_for (const GError *error)
{
  if (g_error_matches (error, THAW_ERROR, THAW_ERROR_UNKNOWN_FORMAT))
    return g_strdup (_ ("Any of these may also be compressed with gzip or zstd."));
  if (g_error_matches (error, THAW_ERROR, THAW_ERROR_TRUNCATED))
    return g_strdup (_ ("The program that wrote it may not have finished, or a copy was cut "
                        "short. Record again, or copy the file again."));
  if (g_error_matches (error, THAW_ERROR, THAW_ERROR_EMPTY))
    return g_strdup (_ ("Record for longer, or while the program is doing what you want to see."));
  if (g_error_matches (error, THAW_ERROR, THAW_ERROR_MISMATCH))
    return g_strdup (_ ("Open the files in separate tabs instead."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup (_ ("It may have been moved, renamed or deleted."));
  return NULL;
}

static void
show_error (ThawPage *self)
{
  g_autofree char *title = g_strdup_printf (_ ("“%s” Could Not Be Opened"), self->title);
  g_autofree char *advice = advice_for (self->error);
  g_autofree char *text = advice != NULL ? g_strconcat (self->error->message, "\n\n", advice, NULL)
                                         : g_strdup (self->error->message);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_text = g_markup_escape_text (text, -1);

  adw_status_page_set_title (self->error_page, safe_title);
  adw_status_page_set_description (self->error_page, safe_text);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

/* The load holds no reference on the page (@data: GWeakRef), so that closing the tab ends both. */
static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  GWeakRef *weak = data;
  g_autoptr (ThawPage) self = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;
  g_autoptr (ThawProfile) profile = thaw_load_finish (result, &error);
  g_autoptr (ThawDocument) document = NULL;

  g_weak_ref_clear (weak);
  g_free (weak);
  /* The page is closed, or a newer load has begun. */
  if (self == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  stop_loading (self);
  if (profile == NULL && self->document != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", error->message);
      notify_all (self);
      return;
    }
  g_clear_error (&self->error);
  if (profile == NULL)
    {
      self->error = g_steal_pointer (&error);
      show_error (self);
      notify_all (self);
      return;
    }
  document = thaw_document_new (profile, self->merged ? NULL : self->files->pdata[0]);
  g_set_object (&self->document, document);
  thaw_page_view_show (self, document);
  gtk_stack_set_visible_child_name (self->stack, "content");
  notify_all (self);
}

/**
 * thaw_page_reload:
 *
 * Reads the files (again). An older reading that is still under way is dropped.
 */
void
thaw_page_reload (ThawPage *self)
{
  GWeakRef *weak;

  g_return_if_fail (THAW_IS_PAGE (self));
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  stop_loading (self);
  self->cancellable = g_cancellable_new ();
  self->progress = thaw_progress_new ();
  if (self->document == NULL)
    gtk_stack_set_visible_child_name (self->stack, "wait");
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  self->progress_source = g_timeout_add (PROGRESS_INTERVAL_MS, on_progress, self);
  thaw_load_async ((GFile *const *) self->files->pdata, self->files->len, self->merged,
                   self->progress, self->cancellable, on_loaded, weak);
  notify_all (self);
}

static void
thaw_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ThawPage *self = THAW_PAGE (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      if (self->document != NULL)
        g_object_get_property (G_OBJECT (self->document), "subtitle", value);
      else if (self->error != NULL)
        g_value_set_string (value, _ ("Could not be opened"));
      else
        g_value_set_string (value, _ ("Opening…"));
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SEARCHING:
      g_value_set_boolean (value, self->searching);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
thaw_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ThawPage *self = THAW_PAGE (object);

  if (self->searching == g_value_get_boolean (value))
    return;
  self->searching = g_value_get_boolean (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
thaw_page_dispose (GObject *object)
{
  ThawPage *self = THAW_PAGE (object);

  stop_loading (self);
  thaw_page_view_dispose (self);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (thaw_page_parent_class)->dispose (object);
}

static void
thaw_page_finalize (GObject *object)
{
  ThawPage *self = THAW_PAGE (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->title);
  G_OBJECT_CLASS (thaw_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ThawPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, loading_title);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, sidebar_paned);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, threads);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, legend);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, functions_paned);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, graph_bin);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, search_bin);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, functions_bin);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, flame_button);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, icicle_button);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, time_button);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, by_line_button);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, merged_button);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, warnings_button);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, warnings_count);
  gtk_widget_class_bind_template_child (widget_class, ThawPage, warnings_box);
}

static void
thaw_page_class_init (ThawPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = thaw_page_get_property;
  object_class->set_property = thaw_page_set_property;
  object_class->dispose = thaw_page_dispose;
  object_class->finalize = thaw_page_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, THAW_TYPE_DOCUMENT,
                                                   flags);
  properties[PROP_SEARCHING] = g_param_spec_boolean ("searching", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                         G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (THAW_TYPE_THREAD_LIST);
  g_type_ensure (THAW_TYPE_LEGEND);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/thawprofiler/Thaw/window/thaw-page.ui");
  bind_children (widget_class);
}

static void
thaw_page_init (ThawPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Several files are named after the folder they share, when they do. */
static char *
title_for (GFile *const *files, guint n_files)
{
  g_autoptr (GFile) folder = g_file_get_parent (files[0]);
  g_autofree char *name = g_file_get_basename (files[0]);

  if (n_files == 1)
    return g_filename_display_name (name);
  for (guint i = 1; i < n_files && folder != NULL; i++)
    if (!g_file_has_prefix (files[i], folder))
      g_clear_object (&folder);
  if (folder != NULL)
    {
      g_autofree char *folder_name = g_file_get_basename (folder);

      return g_filename_display_name (folder_name);
    }
  return g_strdup_printf (ngettext ("%u file", "%u files", n_files), n_files);
}

/**
 * thaw_page_new:
 * @files: (array length=n_files): what to open
 * @merged: several files as one profile; otherwise @n_files is 1
 *
 * Returns: (transfer floating): a page that has begun to read
 */
GtkWidget *
thaw_page_new (ThawSettings *settings, GFile *const *files, guint n_files, gboolean merged)
{
  ThawPage *self = g_object_new (THAW_TYPE_PAGE, NULL);
  g_autofree char *opening = NULL;

  self->settings = g_object_ref (settings);
  self->merged = merged;
  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (self->files, g_object_ref (files[i]));
  self->title = title_for (files, n_files);
  opening = g_strdup_printf (_ ("Opening “%s”"), self->title);
  gtk_label_set_label (self->loading_title, opening);
  thaw_page_view_init (self);
  thaw_page_reload (self);
  return GTK_WIDGET (self);
}

const char *
thaw_page_get_title (ThawPage *self)
{
  g_return_val_if_fail (THAW_IS_PAGE (self), NULL);
  return self->title;
}

ThawDocument *
thaw_page_get_document (ThawPage *self)
{
  g_return_val_if_fail (THAW_IS_PAGE (self), NULL);
  return self->document;
}

gboolean
thaw_page_get_loading (ThawPage *self)
{
  g_return_val_if_fail (THAW_IS_PAGE (self), FALSE);
  return self->cancellable != NULL;
}

const GError *
thaw_page_get_error (ThawPage *self)
{
  g_return_val_if_fail (THAW_IS_PAGE (self), NULL);
  return self->error;
}

GActionGroup *
thaw_page_get_actions (ThawPage *self)
{
  g_return_val_if_fail (THAW_IS_PAGE (self), NULL);
  return G_ACTION_GROUP (self->actions);
}
