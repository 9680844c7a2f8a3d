/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawJson: reads JSON from a ThawInput as a stream, one token after another.
 *
 * A window of the input slides over the file; nothing is kept but what the caller asks to keep, so
 * memory does not grow with the file. There is no tree of values: the caller walks objects and
 * arrays in the order in which they come and skips what it does not know. The first failure is kept
 * and every later call fails at once. Bytes past the window's end are zero, so that inner loops may
 * look ahead up to THAW_JSON_SLACK bytes without a check. Private to this folder.
 *
 * |[
 *   thaw_json_begin (json, '{');
 *   for (gboolean first = TRUE; thaw_json_next (json, '}', &first);)
 *     if (g_strcmp0 (thaw_json_key (json), "name") == 0) …
 * ]|
 */
#pragma once

#include "thaw-input.h"

G_BEGIN_DECLS

#define THAW_JSON_SLACK 16

/* @p is the next byte, @end one past the last in the window, @keep the first byte that must stay in
 * it (%NULL: @p). Every call may move the window; only @p, @end and @keep follow it. */
typedef struct
{
  ThawInput *input;
  guint8 *buffer;
  gsize size;
  guint8 *p;
  guint8 *end;
  guint8 *keep;
  guint64 base; /* offset of buffer[0] in the input */
  gboolean ended;
  GError *error;
} ThawJson;

void thaw_json_init (ThawJson *json, ThawInput *input);
void thaw_json_clear (ThawJson *json);

/* Byte offset of @at, which is in the window. */
guint64 thaw_json_offset (const ThawJson *json, const guint8 *at);
/* Keeps the first failure; always FALSE, so that callers may return it. */
gboolean thaw_json_fail (ThawJson *json, ThawError code, guint64 offset, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* Fails at @p: with THAW_ERROR_TRUNCATED when the input ends there, else with THAW_ERROR_CORRUPT
 * and what was expected ("a number"). */
gboolean thaw_json_fail_expected (ThawJson *json, const char *what);

/* Slides the window and reads more; FALSE at the end of the input or on failure. */
gboolean thaw_json_refill (ThawJson *json);
/* Skips white space and returns the byte at @p; 0 at the end of the input or on failure. */
guint8 thaw_json_peek_slow (ThawJson *json);
static inline guint8
thaw_json_peek (ThawJson *json)
{
  return G_LIKELY (*json->p > ' ') ? *json->p : thaw_json_peek_slow (json);
}

/* Walking: the opening bracket; then, before each member, whether there is one (the closing bracket
 * is consumed with the answer FALSE, which failure gives, too). */
gboolean thaw_json_begin (ThawJson *json, char open);
gboolean thaw_json_next (ThawJson *json, char close, gboolean *first);
/* The key of a member and its colon. As thaw_json_string(). */
const char *thaw_json_key (ThawJson *json);

/* A string, unescaped, in the window: valid until the next call. Invalid UTF-8 is passed on. NULL on
 * failure. */
const char *thaw_json_string (ThawJson *json);
/* A number of reasonable size, never NaN or infinite. */
gboolean thaw_json_number (ThawJson *json, double *value);
/* Any value; checks its grammar. */
gboolean thaw_json_skip (ThawJson *json);

G_END_DECLS
