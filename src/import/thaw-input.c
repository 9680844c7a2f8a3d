/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A capture's bytes as a stream, compressed wrappers taken off.
 *
 * Layer 0 is the file; every further layer unwraps gzip or zstd from the one below and keeps the
 * wrapped bytes that it has not used yet. What the first bytes of the topmost layer look like decides
 * whether one more layer is put on it, up to two. `head` holds bytes read from the topmost layer that
 * nobody has consumed (sniffing). Text encodings are not this file's concern.
 */
#include "thaw-input.h"

#include "thaw-unwrap.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK ((gsize) 1 << 20)
#define MAX_LAYERS 3
#define PROGRESS_INTERVAL_US 30000

struct _ThawInput
{
  char *name;
  GInputStream *stream;
  GCancellable *cancellable;
  ThawProgressFunc progress;
  gpointer progress_data;
  gint64 progress_at_us; /* when progress was told last */
  guint64 size;          /* of the file; 0 when unknown */
  guint64 taken;         /* bytes read from the file */
  gsize chunk;
  ThawUnwrap layers[MAX_LAYERS]; /* layers[0] is unused: the file itself */
  guint top;
  guint8 *head;
  gsize head_start;
  gsize head_end;
  gsize head_size;
  gboolean ended; /* the topmost layer gives no more */
  guint64 offset;
};

/* Tells how much of the file was read, if the last time is long enough ago. */
static void
tell_progress (ThawInput *input)
{
  if (input->progress == NULL)
    return;
  gint64 now_us = g_get_monotonic_time ();
  if (input->progress_at_us != 0 && now_us - input->progress_at_us < PROGRESS_INTERVAL_US)
    return;
  input->progress_at_us = now_us;
  double fraction = input->size > 0 ? MIN ((double) input->taken / (double) input->size, 1.0)
                                    : -1.0;
  input->progress (fraction, input->progress_data);
}

static gssize
read_stream (ThawInput *input, guint8 *buffer, gsize len, GError **error)
{
  gssize n = g_input_stream_read (input->stream, buffer, MIN (len, input->chunk),
                                  input->cancellable, error);
  if (n > 0)
    {
      input->taken += (guint64) n;
      tell_progress (input);
    }
  return n;
}

/* Reads up to @len bytes of layer @level; 0 only at its end, -1 with error. Calls itself at most
 * MAX_LAYERS deep. */
static gssize
read_layer (ThawInput *input, guint level, guint8 *buffer, gsize len, GError **error)
{
  if (level == 0)
    return read_stream (input, buffer, len, error);

  ThawUnwrap *layer = &input->layers[level];
  for (;;)
    {
      if (layer->start == layer->end && !layer->below_ended)
        {
          gssize n = read_layer (input, level - 1, layer->wrapped, THAW_UNWRAP_BYTES, error);
          if (n < 0)
            return -1;
          layer->start = 0;
          layer->end = (gsize) n;
          layer->below_ended = n == 0;
        }
      if (layer->start == layer->end && layer->below_ended && !layer->open)
        return 0;

      /* Also without new wrapped bytes: what did not fit the buffer before may still come. */
      gboolean last = layer->start == layer->end && layer->below_ended;
      gssize made = thaw_unwrap_step (layer, buffer, len, input->taken, error);
      if (made != 0)
        return made;
      if (last)
        {
          thaw_set_error (error, THAW_ERROR_TRUNCATED, THAW_AT_BYTE, layer->used,
                          _ ("The compressed data ends too early"));
          return -1;
        }
    }
}

/* Reads the topmost layer, the one the input shows to the outside. */
static gssize
read_top (ThawInput *input, guint8 *buffer, gsize len, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (input->cancellable, error))
    return -1;
  if (input->ended || len == 0)
    return 0;
  gssize n = read_layer (input, input->top, buffer, MIN (len, input->chunk), error);
  input->ended = n == 0;
  return n;
}

/* Fills the head up to @want bytes or the end of the input. */
static gboolean
fill_head (ThawInput *input, gsize want, GError **error)
{
  if (input->head_start > 0)
    {
      memmove (input->head, input->head + input->head_start, input->head_end - input->head_start);
      input->head_end -= input->head_start;
      input->head_start = 0;
    }
  if (want > input->head_size)
    {
      input->head = g_realloc (input->head, want);
      input->head_size = want;
    }
  while (input->head_end < want && !input->ended)
    {
      gssize n = read_top (input, input->head + input->head_end, want - input->head_end, error);
      if (n < 0)
        return FALSE;
      input->head_end += (gsize) n;
    }
  return TRUE;
}

/* Puts unwrapping layers on the input as long as its first bytes ask for it and there may be more. */
static gboolean
put_layers (ThawInput *input, GError **error)
{
  for (;;)
    {
      if (!fill_head (input, THAW_UNWRAP_MAGIC_BYTES, error))
        return FALSE;
      if (input->top + 1 == MAX_LAYERS ||
          !thaw_unwrap_init (&input->layers[input->top + 1], input->head, input->head_end))
        return TRUE;
      input->layers[++input->top].below_ended = input->ended;
      input->head_end = 0;
      input->ended = FALSE;
    }
}

/* Takes over @stream and @name. */
static ThawInput *
new_for_stream (GInputStream *stream,
                char *name,
                guint64 size,
                GCancellable *cancellable,
                ThawProgressFunc progress,
                gpointer data,
                GError **error)
{
  g_autoptr (ThawInput) input = g_new0 (ThawInput, 1);
  input->stream = stream;
  input->name = name;
  input->size = size;
  input->chunk = CHUNK;
  g_set_object (&input->cancellable, cancellable);
  input->progress = progress;
  input->progress_data = data;
  return put_layers (input, error) ? g_steal_pointer (&input) : NULL;
}

/* Words why @file could not be opened: a sandbox hides files that exist. */
static void
explain_open_error (GFile *file, GError **error)
{
  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                           _ ("This is a folder, not a capture"));
    }
  else if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) &&
           g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      const char *id = g_getenv ("FLATPAK_ID");
      g_autofree char *reason = g_strdup ((*error)->message);
      g_clear_error (error);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   /* Translators: the first %s is the system's reason, the second an app id. */
                   _ ("%s. Thaw runs in a Flatpak sandbox and sees only the files that it is "
                      "handed: choose the file with Open…, start Thaw with “flatpak run "
                      "--file-forwarding”, or allow reading your home folder with “flatpak "
                      "override --user --filesystem=home:ro %s”"),
                   reason, id != NULL ? id : "io.github.thawprofiler.Thaw");
    }
}

/**
 * thaw_input_new_for_file:
 * @file: what to read
 * @cancellable: (nullable): checked in every read
 * @progress: (nullable): told how much of the file is read
 * @data: for @progress
 * @error: #GIOErrorEnum when it cannot be opened or read, #ThawError when its wrapper is damaged
 *
 * Opens a file and takes off the compression that its first bytes show.
 *
 * Returns: (transfer full) (nullable): the input
 */
ThawInput *
thaw_input_new_for_file (GFile *file,
                         GCancellable *cancellable,
                         ThawProgressFunc progress,
                         gpointer data,
                         GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  GError *problem = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &problem);
  if (stream == NULL)
    {
      explain_open_error (file, &problem);
      g_propagate_error (error, problem);
      return NULL;
    }
  /* A pipe has no size, and that is no error. */
  g_autoptr (GFileInfo) info = g_file_input_stream_query_info (
      stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, NULL);
  guint64 size = info != NULL
                     ? g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_STANDARD_SIZE)
                     : 0;
  g_autofree char *base = g_file_get_basename (file);

  return new_for_stream (G_INPUT_STREAM (g_steal_pointer (&stream)),
                         g_filename_display_name (base != NULL ? base : "?"), size, cancellable,
                         progress, data, error);
}

/**
 * thaw_input_new_for_bytes:
 * @bytes: the content
 * @name: what to call it
 * @cancellable: (nullable): checked in every read
 * @progress: (nullable): told how much is read
 * @data: for @progress
 * @error: #ThawError when the wrapper is damaged
 *
 * Like thaw_input_new_for_file(), for content in memory.
 *
 * Returns: (transfer full) (nullable): the input
 */
ThawInput *
thaw_input_new_for_bytes (GBytes *bytes,
                          const char *name,
                          GCancellable *cancellable,
                          ThawProgressFunc progress,
                          gpointer data,
                          GError **error)
{
  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  return new_for_stream (g_memory_input_stream_new_from_bytes (bytes), g_strdup (name),
                         g_bytes_get_size (bytes), cancellable, progress, data, error);
}

void
thaw_input_free (ThawInput *input)
{
  if (input == NULL)
    return;
  for (guint i = 1; i <= input->top; i++)
    thaw_unwrap_clear (&input->layers[i]);
  g_clear_object (&input->stream);
  g_clear_object (&input->cancellable);
  g_free (input->head);
  g_free (input->name);
  g_free (input);
}

const char *
thaw_input_get_name (ThawInput *input)
{
  g_return_val_if_fail (input != NULL, NULL);
  return input->name;
}

/**
 * thaw_input_peek:
 * @input: an input
 * @want: how many bytes to look at
 * @len: (out): how many there are, at least @want unless the input ends before
 * @complete: (out): whether the input ends after them
 * @error: as for thaw_input_read()
 *
 * Looks at the next bytes without consuming them.
 *
 * Returns: (transfer none) (nullable): the bytes, valid until the next call on @input; %NULL only
 *   with @error
 */
const guint8 *
thaw_input_peek (ThawInput *input, gsize want, gsize *len, gboolean *complete, GError **error)
{
  g_return_val_if_fail (input != NULL && len != NULL && complete != NULL, NULL);

  if (!fill_head (input, want, error))
    return NULL;
  *len = input->head_end;
  *complete = input->ended;
  return input->head;
}

/**
 * thaw_input_read:
 * @input: an input
 * @buffer: where to put @len bytes at most
 * @len: size of @buffer
 * @error: %G_IO_ERROR_CANCELLED and other reasons not to read; THAW_ERROR_CORRUPT,
 *   THAW_ERROR_TRUNCATED and THAW_ERROR_LIMIT for compressed data, at a byte of the compressed data
 *
 * Consumes the next bytes.
 *
 * Returns: how many, 0 at the end of the input, -1 with @error
 */
gssize
thaw_input_read (ThawInput *input, void *buffer, gsize len, GError **error)
{
  g_return_val_if_fail (input != NULL && buffer != NULL, -1);

  gssize n;
  if (input->head_start < input->head_end)
    {
      n = (gssize) MIN (MIN (len, input->chunk), input->head_end - input->head_start);
      memcpy (buffer, input->head + input->head_start, (gsize) n);
      input->head_start += (gsize) n;
    }
  else
    n = read_top (input, buffer, len, error);
  if (n > 0)
    input->offset += (guint64) n;
  return n;
}

guint64
thaw_input_get_offset (ThawInput *input)
{
  g_return_val_if_fail (input != NULL, 0);
  return input->offset;
}

/**
 * thaw_input_read_all:
 * @input: an input
 * @limit: how many bytes at most
 * @error: THAW_ERROR_LIMIT when there is more; else as for thaw_input_read()
 *
 * Consumes everything that is left.
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *
thaw_input_read_all (ThawInput *input, gsize limit, GError **error)
{
  g_return_val_if_fail (input != NULL, NULL);

  g_autofree guint8 *data = NULL;
  gsize len = 0, size = 0;
  for (;;)
    {
      if (len == size)
        {
          size = MAX (size * 2, (gsize) 64 << 10);
          data = g_realloc (data, size);
        }
      gssize n = thaw_input_read (input, data + len, size - len, error);
      if (n < 0)
        return NULL;
      if (n == 0)
        return g_bytes_new_take (g_steal_pointer (&data), len);
      len += (gsize) n;
      if (len > limit)
        {
          g_autofree char *most = g_format_size (limit);
          thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                          _ ("The capture is larger than %s, the most that Thaw reads of this "
                             "format"),
                          most);
          return NULL;
        }
    }
}

GCancellable *
thaw_input_get_cancellable (ThawInput *input)
{
  g_return_val_if_fail (input != NULL, NULL);
  return input->cancellable;
}

void
thaw_input_set_chunk (ThawInput *input, gsize chunk)
{
  g_return_if_fail (input != NULL && chunk > 0);
  input->chunk = MIN (chunk, CHUNK);
}
