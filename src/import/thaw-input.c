/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-input.h"

ThawInput *
thaw_input_new_for_file (GFile *file, GCancellable *cancellable, ThawProgressFunc progress, gpointer data, GError **error)
{
  return NULL;
}

ThawInput *
thaw_input_new_for_bytes (GBytes *bytes, const char *name, GCancellable *cancellable, ThawProgressFunc progress, gpointer data, GError **error)
{
  return NULL;
}

void
thaw_input_free (ThawInput *input)
{
}

const char *
thaw_input_get_name (ThawInput *input)
{
  return NULL;
}

const guint8 *
thaw_input_peek (ThawInput *input, gsize want, gsize *len, gboolean *complete, GError **error)
{
  return NULL;
}

gssize
thaw_input_read (ThawInput *input, void *buffer, gsize len, GError **error)
{
  return 0;
}

guint64
thaw_input_get_offset (ThawInput *input)
{
  return 0;
}

GBytes *
thaw_input_read_all (ThawInput *input, gsize limit, GError **error)
{
  return NULL;
}

GCancellable *
thaw_input_get_cancellable (ThawInput *input)
{
  return NULL;
}

