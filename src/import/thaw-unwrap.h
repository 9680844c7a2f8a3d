/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawUnwrap: one wrapper around a stream, gzip or zstd, taken off step by step. Who owns it hands it
 * wrapped bytes and takes what comes of them. Private to ThawInput.
 */
#pragma once

#include <gio/gio.h>
#include <zstd.h>

G_BEGIN_DECLS

/* Room for wrapped bytes. */
#define THAW_UNWRAP_BYTES ((gsize) 1 << 20)
/* How many bytes thaw_unwrap_init() looks at. */
#define THAW_UNWRAP_MAGIC_BYTES 4

/* One of @unzip and @zstd is set. */
typedef struct
{
  GConverter *unzip;
  ZSTD_DStream *zstd;
  guint8 *wrapped; /* THAW_UNWRAP_BYTES of room; [start, end) is not unwrapped yet */
  gsize start;
  gsize end;
  guint64 used;         /* wrapped bytes unwrapped so far */
  guint64 made;         /* bytes that came of them */
  gboolean below_ended; /* there are no more wrapped bytes than these */
  gboolean open;        /* inside a member or frame: the end would be too early */
} ThawUnwrap;

/* Makes a wrapper for content with this head, which becomes its first wrapped bytes. FALSE when the
 * head is that of no wrapper. */
gboolean thaw_unwrap_init (ThawUnwrap *unwrap, const guint8 *head, gsize len);
void thaw_unwrap_clear (ThawUnwrap *unwrap);
/* Unwraps up to @len bytes from the wrapped ones; 0 when more of those are needed, or at the end. -1
 * with THAW_ERROR_CORRUPT, or with THAW_ERROR_LIMIT when more comes of @taken bytes of a file than
 * any real capture holds. */
gssize
thaw_unwrap_step (ThawUnwrap *unwrap, guint8 *buffer, gsize len, guint64 taken, GError **error);

G_END_DECLS
