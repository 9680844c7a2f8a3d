/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gzip by GIO's converter, zstd by its library; members and frames that follow one another are one
 * content, as for the tools themselves. What a stream may unwrap to is limited by the bytes read.
 */
#include "thaw-unwrap.h"

#include "thaw-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A stream may always unwrap to FREE_BYTES; beyond, only to MAX_RATIO times what was read (deflate
 * cannot reach more; repeated idle samples can under zstd), and never to MAX_BYTES. */
#define FREE_BYTES ((guint64) 1 << 30)
#define MAX_RATIO 1100
#define MAX_BYTES ((guint64) 1 << 38)

gboolean
thaw_unwrap_init (ThawUnwrap *unwrap, const guint8 *head, gsize len)
{
  static const guint8 gzip_magic[] = { 0x1f, 0x8b, 0x08 };
  static const guint8 zstd_magic[] = { 0x28, 0xb5, 0x2f, 0xfd };

  *unwrap = (ThawUnwrap){ 0 };
  if (len >= sizeof gzip_magic && memcmp (head, gzip_magic, sizeof gzip_magic) == 0)
    unwrap->unzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  else if (len >= sizeof zstd_magic && memcmp (head, zstd_magic, sizeof zstd_magic) == 0)
    unwrap->zstd = ZSTD_createDStream ();
  else
    return FALSE;
  unwrap->wrapped = g_malloc (THAW_UNWRAP_BYTES);
  unwrap->end = MIN (len, THAW_UNWRAP_BYTES);
  memcpy (unwrap->wrapped, head, unwrap->end);
  return TRUE;
}

void
thaw_unwrap_clear (ThawUnwrap *unwrap)
{
  g_clear_object (&unwrap->unzip);
  ZSTD_freeDStream (unwrap->zstd);
  g_clear_pointer (&unwrap->wrapped, g_free);
}

/* One step of gzip from the wrapped bytes into @buffer. Members may follow one another;
 * anything else after a member is padding and ends the content. Returns bytes made, -1 with error. */
static gssize
unzip_step (ThawUnwrap *unwrap, guint8 *buffer, gsize len, GError **error)
{
  if (!unwrap->open)
    {
      if (unwrap->used > 0 && unwrap->wrapped[unwrap->start] != 0x1f)
        {
          unwrap->start = unwrap->end = 0;
          unwrap->below_ended = TRUE;
          return 0;
        }
      g_converter_reset (unwrap->unzip);
      unwrap->open = TRUE;
    }

  gsize n_read = 0, n_written = 0;
  g_autoptr (GError) problem = NULL;
  GConverterResult result = g_converter_convert (
      unwrap->unzip, unwrap->wrapped + unwrap->start, unwrap->end - unwrap->start, buffer, len,
      G_CONVERTER_NO_FLAGS, &n_read, &n_written, &problem);
  if (result == G_CONVERTER_ERROR)
    {
      if (unwrap->start == unwrap->end &&
          g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        return 0;
      thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_BYTE, unwrap->used,
                      _ ("The gzip data is damaged"));
      return -1;
    }
  unwrap->start += n_read;
  unwrap->used += n_read;
  if (result == G_CONVERTER_FINISHED)
    unwrap->open = FALSE;
  return (gssize) n_written;
}

/* One step of zstd; frames may follow one another. Returns bytes made, -1 with error. */
static gssize
unzstd_step (ThawUnwrap *unwrap, guint8 *buffer, gsize len, GError **error)
{
  ZSTD_inBuffer in = { unwrap->wrapped + unwrap->start, unwrap->end - unwrap->start, 0 };
  ZSTD_outBuffer out = { buffer, len, 0 };
  gsize hint = ZSTD_decompressStream (unwrap->zstd, &out, &in);

  if (ZSTD_isError (hint))
    {
      thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_BYTE, unwrap->used,
                      /* Translators: %s is the library's own untranslated reason. */
                      _ ("The zstd data is damaged: %s"), ZSTD_getErrorName (hint));
      return -1;
    }
  unwrap->start += in.pos;
  unwrap->used += in.pos;
  unwrap->open = hint != 0;
  return (gssize) out.pos;
}

/* FALSE when a few bytes unwrap to more than anything real does. */
static gboolean
check_ratio (const ThawUnwrap *unwrap, guint64 taken, GError **error)
{
  if (unwrap->made <= FREE_BYTES ||
      (unwrap->made <= MAX_BYTES && unwrap->made / MAX_RATIO <= taken))
    return TRUE;
  g_autofree char *size = g_format_size (unwrap->made);
  thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_BYTE, unwrap->used,
                  _ ("The compressed data unwraps to more than %s, which no real capture does"),
                  size);
  return FALSE;
}

gssize
thaw_unwrap_step (ThawUnwrap *unwrap, guint8 *buffer, gsize len, guint64 taken, GError **error)
{
  gssize made = unwrap->zstd != NULL ? unzstd_step (unwrap, buffer, len, error)
                                     : unzip_step (unwrap, buffer, len, error);
  if (made <= 0)
    return made;
  unwrap->made += (guint64) made;
  return check_ratio (unwrap, taken, error) ? made : -1;
}
