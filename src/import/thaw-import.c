/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-import.h"

const ThawImporter *const *
thaw_importers (guint *n)
{
  return NULL;
}

char *
thaw_importers_describe (void)
{
  return NULL;
}

ThawProfile *
thaw_import_file (GFile *file, GCancellable *cancellable, ThawProgressFunc progress, gpointer data, GError **error)
{
  return NULL;
}

ThawProfile *
thaw_import_bytes (GBytes *bytes, const char *name, GCancellable *cancellable, GError **error)
{
  return NULL;
}

ThawProfile *
thaw_import_merged (GFile *const *files, guint n_files, GCancellable *cancellable, ThawProgressFunc progress, gpointer data, GError **error)
{
  return NULL;
}

GPtrArray *
thaw_import_expand (GFile *const *files, guint n_files, GCancellable *cancellable, GError **error)
{
  return NULL;
}

