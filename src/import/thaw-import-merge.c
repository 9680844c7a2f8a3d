/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Several captures as one profile of several processes, and the files that folders stand for.
 *
 * Each file is opened by itself and added to one builder under a title that is its own, so that a
 * folder of per-worker files becomes one process each. A file that cannot be read is a warning as
 * long as another can.
 */
#include "thaw-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The progress of one file of several, passed on as progress of all. */
typedef struct
{
  guint index;
  guint n;
  ThawProgressFunc progress;
  gpointer data;
} Part;

static void
part_progress (double fraction, gpointer data)
{
  const Part *part = data;
  part->progress ((part->index + MAX (fraction, 0.0)) / part->n, part->data);
}

typedef struct
{
  GFile *file;
  char *key; /* sorts "worker-2" before "worker-10" */
  char *name;
} Entry;

static void
entry_free (Entry *entry)
{
  g_clear_object (&entry->file);
  g_free (entry->key);
  g_free (entry->name);
  g_free (entry);
}

static int
entry_compare (gconstpointer a, gconstpointer b)
{
  const Entry *x = *(Entry *const *) a, *y = *(Entry *const *) b;
  int order = strcmp (x->key, y->key);
  return order != 0 ? order : strcmp (x->name, y->name);
}

/* Adds the visible regular files of @folder to @found, sorted by name. */
static gboolean
expand_folder (GFile *folder, GPtrArray *found, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      folder,
      G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME
                                     "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                     "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN,
      G_FILE_QUERY_INFO_NONE, cancellable, error);
  if (children == NULL)
    return FALSE;

  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  for (;;)
    {
      GFileInfo *info;
      GFile *child;
      if (!g_file_enumerator_iterate (children, &info, &child, cancellable, error))
        return FALSE;
      if (info == NULL)
        break;
      if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR ||
          g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN))
        continue;
      Entry *entry = g_new0 (Entry, 1);
      entry->file = g_object_ref (child);
      entry->name = g_strdup (g_file_info_get_name (info));
      entry->key = g_utf8_collate_key_for_filename (g_file_info_get_display_name (info), -1);
      g_ptr_array_add (entries, entry);
    }
  g_ptr_array_sort (entries, entry_compare);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (found, g_object_ref (((Entry *) entries->pdata[i])->file));
  return TRUE;
}

/**
 * thaw_import_expand:
 * @files: (array length=n_files): files and folders
 * @n_files: how many
 * @cancellable: (nullable): stops the listing
 * @error: THAW_ERROR_EMPTY when a folder holds no file; why a folder cannot be listed
 *
 * Replaces folders by the visible regular files directly in them, sorted by name.
 *
 * Returns: (transfer full) (element-type GFile) (nullable): the files
 */
GPtrArray *
thaw_import_expand (GFile *const *files, guint n_files, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (files != NULL || n_files == 0, NULL);

  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_files; i++)
    {
      if (g_file_query_file_type (files[i], G_FILE_QUERY_INFO_NONE, cancellable) !=
          G_FILE_TYPE_DIRECTORY)
        {
          g_ptr_array_add (found, g_object_ref (files[i]));
          continue;
        }
      guint before = found->len;
      if (!expand_folder (files[i], found, cancellable, error))
        return NULL;
      if (found->len == before)
        {
          g_autofree char *path = g_file_get_parse_name (files[i]);
          thaw_set_error (error, THAW_ERROR_EMPTY, THAW_AT_NOWHERE, 0,
                          _ ("The folder %s holds no files"), path);
          return NULL;
        }
    }
  return g_steal_pointer (&found);
}

static char *
display_basename (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  return g_filename_display_name (base != NULL ? base : "?");
}

/* A title of its own for each file: its name; with its folder's name, or with a number, where the
 * same is there already. */
static GPtrArray *
make_titles (const GPtrArray *files)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *titles = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *name = display_basename (files->pdata[i]);
      g_autofree char *title = g_strdup (name);
      g_autoptr (GFile) folder = g_file_get_parent (files->pdata[i]);
      if (g_hash_table_contains (seen, title) && folder != NULL)
        {
          g_autofree char *folder_name = display_basename (folder);
          g_free (title);
          title = g_strdup_printf ("%s/%s", folder_name, name);
        }
      for (guint again = 2; g_hash_table_contains (seen, title); again++)
        {
          g_free (title);
          title = g_strdup_printf ("%s (%u)", name, again);
        }
      g_hash_table_add (seen, title);
      g_ptr_array_add (titles, g_steal_pointer (&title));
    }
  return titles;
}

/* Loads file number part->index. */
static ThawProfile *
load_part (GFile *file, const char *title, GCancellable *cancellable, Part *part, GError **error)
{
  g_autoptr (ThawInput) input = thaw_input_new_for_file (
      file, cancellable, part->progress != NULL ? part_progress : NULL, part, error);
  return input != NULL ? thaw_import_input (input, title, error) : NULL;
}

/* The name of the only folder asked for, else how many files there are. */
static char *
merged_title (GFile *const *files, guint n_files, guint n_parts)
{
  if (n_files == 1)
    return display_basename (files[0]);
  return g_strdup_printf (ngettext ("%u file", "%u files", n_parts), n_parts);
}

/* Loads every file into @builder. Counts in @n_loaded. FALSE only when nothing can be saved. */
static gboolean
load_parts (const GPtrArray *files,
            ThawProfileBuilder *builder,
            GCancellable *cancellable,
            Part *part,
            guint *n_loaded,
            GError **error)
{
  g_autoptr (GPtrArray) titles = make_titles (files);
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < files->len; i++)
    {
      const char *title = titles->pdata[i];
      g_autoptr (GError) problem = NULL;
      part->index = i;
      g_autoptr (ThawProfile)
          profile = load_part (files->pdata[i], title, cancellable, part, &problem);
      if (profile == NULL)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          thaw_profile_builder_warn (builder, "%s: %s", title, problem->message);
          g_prefix_error (&problem, "%s: ", title);
          if (first == NULL)
            first = g_steal_pointer (&problem);
          continue;
        }
      if (!thaw_profile_builder_add_profile (builder, profile, error))
        {
          g_prefix_error (error, "%s: ", title);
          return FALSE;
        }
      (*n_loaded)++;
    }
  if (*n_loaded == 0)
    g_propagate_error (error, g_steal_pointer (&first));
  return *n_loaded > 0;
}

/**
 * thaw_import_merged:
 * @files: (array length=n_files): files and folders
 * @n_files: how many
 * @cancellable: (nullable): stops the reading
 * @progress: (nullable): told how far all of it is, in the calling thread
 * @data: for @progress
 * @error: what is wrong with the first file when none can be read; THAW_ERROR_MISMATCH when two
 *   cannot be added (seconds and bytes)
 *
 * Opens several captures as one profile with the processes of each. A single file gives just its
 * own profile.
 *
 * Returns: (transfer full) (nullable): the profile
 */
ThawProfile *
thaw_import_merged (GFile *const *files,
                    guint n_files,
                    GCancellable *cancellable,
                    ThawProgressFunc progress,
                    gpointer data,
                    GError **error)
{
  g_return_val_if_fail (files != NULL && n_files > 0, NULL);

  g_autoptr (GPtrArray) parts = thaw_import_expand (files, n_files, cancellable, error);
  if (parts == NULL)
    return NULL;
  if (parts->len == 1)
    return thaw_import_file (parts->pdata[0], cancellable, progress, data, error);

  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autofree char *title = merged_title (files, n_files, parts->len);
  thaw_profile_builder_set_title (builder, title);
  Part part = { .n = parts->len, .progress = progress, .data = data };
  guint n_loaded = 0;
  if (!load_parts (parts, builder, cancellable, &part, &n_loaded, error))
    return NULL;
  return thaw_profile_builder_finish (builder, error);
}
