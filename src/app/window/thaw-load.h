/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening files in a thread beside the window: one file, or several as one profile.
 */
#pragma once

#include <gio/gio.h>
#include "thaw-profile.h"

G_BEGIN_DECLS

/* How far an import has come, written by its thread and read by the window: thousandths of the
 * input, or -1 while nobody knows. */
typedef struct _ThawProgress ThawProgress;

ThawProgress *thaw_progress_new (void);
ThawProgress *thaw_progress_ref (ThawProgress *progress);
void thaw_progress_unref (ThawProgress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawProgress, thaw_progress_unref)
int thaw_progress_get_permille (ThawProgress *progress);

void thaw_load_async (GFile *const *files,
                      guint n_files,
                      gboolean merged,
                      ThawProgress *progress,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data);
ThawProfile *thaw_load_finish (GAsyncResult *result, GError **error);

/* What a person meant by some files and folders: folders stand for the files in them. */
void thaw_expand_async (GFile *const *files,
                        guint n_files,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data);
GPtrArray *thaw_expand_finish (GAsyncResult *result, GError **error);

G_END_DECLS
