/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawRecent: a view of GtkRecentManager that keeps to the files that this program has opened.
 */
#include "thaw-recent.h"

struct _ThawRecent
{
  GObject parent_instance;
  GtkRecentManager *manager;
};

G_DEFINE_FINAL_TYPE (ThawRecent, thaw_recent, G_TYPE_OBJECT)

#define APP_NAME "Thaw"

static void
on_changed (ThawRecent *self)
{
  g_signal_emit_by_name (self, "changed");
}

static void
thaw_recent_class_init (ThawRecentClass *klass)
{
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
thaw_recent_init (ThawRecent *self)
{
  self->manager = gtk_recent_manager_get_default ();
  g_signal_connect_object (self->manager, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
}

ThawRecent *
thaw_recent_new (void)
{
  return g_object_new (THAW_TYPE_RECENT, NULL);
}

void
thaw_recent_add (ThawRecent *self, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentData data = {
    .mime_type = (char *) "application/octet-stream",
    .app_name = (char *) APP_NAME,
    .app_exec = (char *) "thaw %u",
    .is_private = FALSE,
  };

  g_return_if_fail (THAW_IS_RECENT (self));
  if (!g_file_has_uri_scheme (file, "resource"))
    gtk_recent_manager_add_full (self->manager, uri, &data);
}

static gboolean
is_ours (GtkRecentInfo *info)
{
  return gtk_recent_info_has_application (info, APP_NAME) && gtk_recent_info_exists (info);
}

void
thaw_recent_clear (ThawRecent *self)
{
  GList *items = gtk_recent_manager_get_items (self->manager);

  for (GList *l = items; l != NULL; l = l->next)
    if (gtk_recent_info_has_application (l->data, APP_NAME))
      gtk_recent_manager_remove_item (self->manager, gtk_recent_info_get_uri (l->data), NULL);
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
}

static int
compare_visits (gconstpointer a, gconstpointer b)
{
  GDateTime *left = gtk_recent_info_get_modified ((GtkRecentInfo *) a);
  GDateTime *right = gtk_recent_info_get_modified ((GtkRecentInfo *) b);

  return g_date_time_compare (right, left);
}

GPtrArray *
thaw_recent_list (ThawRecent *self, guint max)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  GList *items = g_list_sort (gtk_recent_manager_get_items (self->manager), compare_visits);

  for (GList *l = items; l != NULL && files->len < max; l = l->next)
    if (is_ours (l->data))
      g_ptr_array_add (files, g_file_new_for_uri (gtk_recent_info_get_uri (l->data)));
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  return files;
}

char *
thaw_folder_of (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *path = folder != NULL ? g_file_get_path (folder) : NULL;
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (path == NULL)
    return folder != NULL ? g_file_get_uri (folder) : g_strdup ("");
  if (g_str_has_prefix (path, home) && (path[length] == '/' || path[length] == '\0'))
    {
      g_autofree char *rest = g_filename_display_name (path + length);
      return g_strconcat ("~", rest, NULL);
    }
  return g_filename_display_name (path);
}
