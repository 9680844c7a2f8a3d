/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawInput: the bytes of one capture, as a stream that importers read in chunks.
 *
 * gzip and zstd are unwrapped on the way (nested up to twice), UTF-16 and byte order marks are left
 * to importers of text. Reading is chunked, never mapped: a file truncated underneath gives an
 * error, not a SIGBUS. The first bytes can be looked at before anything is consumed (sniffing).
 * Every read checks the cancellable and reports progress by compressed bytes consumed.
 */
#pragma once

#include <gio/gio.h>
#include "thaw-error.h"

G_BEGIN_DECLS

typedef struct _ThawInput ThawInput;

/* @fraction 0 … 1 of the input consumed, or -1 when its size is unknown. Called in the thread that
 * imports, at most every 30 ms. */
typedef void (*ThawProgressFunc) (double fraction, gpointer data);

ThawInput *thaw_input_new_for_file (GFile *file,
                                    GCancellable *cancellable,
                                    ThawProgressFunc progress,
                                    gpointer data,
                                    GError **error);
ThawInput *thaw_input_new_for_bytes (GBytes *bytes,
                                     const char *name,
                                     GCancellable *cancellable,
                                     ThawProgressFunc progress,
                                     gpointer data,
                                     GError **error);
void thaw_input_free (ThawInput *input);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawInput, thaw_input_free)

const char *thaw_input_get_name (ThawInput *input); /* display name of the file */
/* Ensures at least @want bytes of head are buffered (fewer only at the end of the input) and returns
 * them without consuming; @complete tells whether they are all there is. NULL with error. */
const guint8 *
thaw_input_peek (ThawInput *input, gsize want, gsize *len, gboolean *complete, GError **error);
/* Reads up to @len bytes. Returns 0 at the end, -1 with error. */
gssize thaw_input_read (ThawInput *input, void *buffer, gsize len, GError **error);
/* Offset of the next byte in the unwrapped stream. */
guint64 thaw_input_get_offset (ThawInput *input);
/* Everything that is left, for formats that must be read whole; THAW_ERROR_LIMIT over @limit. */
GBytes *thaw_input_read_all (ThawInput *input, gsize limit, GError **error);
GCancellable *thaw_input_get_cancellable (ThawInput *input);
/* No read gives more than @chunk bytes from now on; for trying chunk boundaries anywhere. */
void thaw_input_set_chunk (ThawInput *input, gsize chunk);

G_END_DECLS
