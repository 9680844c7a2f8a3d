/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one error domain of Thaw: what is wrong with an input, and where.
 * A message reads "<what is wrong> (at byte 1234)" or "(at line 12)"; the place is put into the
 * message by thaw_set_error(), so that nothing downstream has to carry it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define THAW_ERROR (thaw_error_quark ())
GQuark thaw_error_quark (void);

/**
 * ThawError:
 * @THAW_ERROR_UNKNOWN_FORMAT: no importer knows the content
 * @THAW_ERROR_CORRUPT: the content breaks its format's own rules
 * @THAW_ERROR_TRUNCATED: the content ends too early
 * @THAW_ERROR_UNSUPPORTED: a known format or version that Thaw does not read
 * @THAW_ERROR_LIMIT: larger or deeper than Thaw accepts
 * @THAW_ERROR_EMPTY: well-formed, but holds nothing to show
 * @THAW_ERROR_MISMATCH: profiles that cannot be put together (seconds and bytes, say)
 */
typedef enum
{
  THAW_ERROR_UNKNOWN_FORMAT,
  THAW_ERROR_CORRUPT,
  THAW_ERROR_TRUNCATED,
  THAW_ERROR_UNSUPPORTED,
  THAW_ERROR_LIMIT,
  THAW_ERROR_EMPTY,
  THAW_ERROR_MISMATCH,
} ThawError;

/* The unit of a place in an input. */
typedef enum
{
  THAW_AT_NOWHERE,
  THAW_AT_BYTE,
  THAW_AT_LINE
} ThawPlace;

void thaw_set_error (GError **error,
                     ThawError code,
                     ThawPlace place,
                     guint64 position,
                     const char *format,
                     ...) G_GNUC_PRINTF (5, 6);

G_END_DECLS
