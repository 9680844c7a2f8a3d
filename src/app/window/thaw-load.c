/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening files in a GTask. Progress is one atomic number that the window looks at when it draws,
 * so that a fast import never floods the main loop with messages.
 */
#include "thaw-load.h"

#include <glib/gi18n-lib.h>
#include "thaw-import.h"

struct _ThawProgress
{
  gint permille; /* atomic */
};

typedef struct
{
  GFile **files;
  guint n_files;
  gboolean merged;
  ThawProgress *progress;
} ThawLoad;

ThawProgress *
thaw_progress_new (void)
{
  ThawProgress *progress = g_atomic_rc_box_new (ThawProgress);

  g_atomic_int_set (&progress->permille, -1);
  return progress;
}

ThawProgress *
thaw_progress_ref (ThawProgress *progress)
{
  return g_atomic_rc_box_acquire (progress);
}

void
thaw_progress_unref (ThawProgress *progress)
{
  g_atomic_rc_box_release (progress);
}

int
thaw_progress_get_permille (ThawProgress *progress)
{
  return g_atomic_int_get (&progress->permille);
}

static ThawLoad *
load_new (GFile *const *files, guint n_files)
{
  ThawLoad *load = g_new0 (ThawLoad, 1);

  load->files = g_new0 (GFile *, n_files);
  load->n_files = n_files;
  for (guint i = 0; i < n_files; i++)
    load->files[i] = g_object_ref (files[i]);
  return load;
}

static void
load_free (ThawLoad *load)
{
  for (guint i = 0; i < load->n_files; i++)
    g_object_unref (load->files[i]);
  g_free (load->files);
  g_clear_pointer (&load->progress, thaw_progress_unref);
  g_free (load);
}

static void
report (double fraction, gpointer data)
{
  ThawProgress *progress = data;

  g_atomic_int_set (&progress->permille, fraction < 0 ? -1 : (gint) (fraction * 1000));
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ThawLoad *load = data;
  GError *error = NULL;
  ThawProfile *profile;

  if (load->merged)
    profile = thaw_import_merged (load->files, load->n_files, cancellable, report, load->progress,
                                  &error);
  else
    profile = thaw_import_file (load->files[0], cancellable, report, load->progress, &error);

  if (profile != NULL)
    g_task_return_pointer (task, profile, (GDestroyNotify) thaw_profile_unref);
  else
    g_task_return_error (task, error);
}

/**
 * thaw_load_async:
 * @files: (array length=n_files): the files; one unless @merged
 * @merged: several files as one profile with the processes of each
 * @progress: written while the import runs
 */
void
thaw_load_async (GFile *const *files,
                 guint n_files,
                 gboolean merged,
                 ThawProgress *progress,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer data)
{
  g_autoptr (GTask) task = NULL;
  ThawLoad *load;

  g_return_if_fail (n_files > 0 && (merged || n_files == 1));
  load = load_new (files, n_files);
  load->merged = merged;
  load->progress = thaw_progress_ref (progress);
  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * thaw_load_finish:
 *
 * Returns: (transfer full): the profile, or %NULL with what the importer says
 */
ThawProfile *
thaw_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
expand_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ThawLoad *load = data;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < load->n_files; i++)
    {
      GFileType type = g_file_query_file_type (load->files[i], G_FILE_QUERY_INFO_NONE, cancellable);
      g_autoptr (GPtrArray) inside = NULL;
      GError *error = NULL;

      if (type != G_FILE_TYPE_DIRECTORY)
        {
          /* Even one that is not there: opening it tells why. */
          g_ptr_array_add (found, g_object_ref (load->files[i]));
          continue;
        }
      inside = thaw_import_expand (&load->files[i], 1, cancellable, &error);
      if (inside == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      for (guint k = 0; k < inside->len; k++)
        g_ptr_array_add (found, g_object_ref (inside->pdata[k]));
    }
  g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * thaw_expand_async:
 * @files: (array length=n_files): files and folders
 */
void
thaw_expand_async (GFile *const *files,
                   guint n_files,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_task_data (task, load_new (files, n_files), (GDestroyNotify) load_free);
  g_task_run_in_thread (task, expand_in_thread);
}

/**
 * thaw_expand_finish:
 *
 * Returns: (transfer full) (element-type GFile): may be empty; %NULL when a folder cannot be read
 */
GPtrArray *
thaw_expand_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
