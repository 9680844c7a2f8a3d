/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An incremental JSON scanner over a sliding window.
 *
 * Tokens that the caller sees as a whole (strings, numbers) are made to lie in the window in one
 * piece: when one touches the window's end, its beginning is kept and more is read. Skipping keeps
 * nothing. Nesting is a bit per level in an array of fixed size, never the C stack. Strings are
 * unescaped in place, which never makes them longer.
 */
#include "thaw-json-scanner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* 256 KiB stay in the second-level cache between the kernel's copy and the scan. */
#define WINDOW_FIRST ((gsize) 256 << 10)
#define WINDOW_MAX ((gsize) 64 << 20)
#define MAX_NESTING 1024
#define MAX_NUMBER_BYTES 512
/* Sums over as many numbers as fit into a file stay finite. */
#define MAX_NUMBER 1e200

void
thaw_json_init (ThawJson *json, ThawInput *input)
{
  *json = (ThawJson){ .input = input, .size = WINDOW_FIRST };
  json->buffer = g_malloc0 (json->size + THAW_JSON_SLACK);
  json->p = json->end = json->buffer;
  json->base = thaw_input_get_offset (input);
}

void
thaw_json_clear (ThawJson *json)
{
  g_clear_error (&json->error);
  g_clear_pointer (&json->buffer, g_free);
}

guint64
thaw_json_offset (const ThawJson *json, const guint8 *at)
{
  return json->base + (guint64) (at - json->buffer);
}

gboolean
thaw_json_fail (ThawJson *json, ThawError code, guint64 offset, const char *format, ...)
{
  if (json->error == NULL)
    {
      va_list args;
      va_start (args, format);
      g_autofree char *text = g_strdup_vprintf (format, args);
      va_end (args);
      thaw_set_error (&json->error, code, THAW_AT_BYTE, offset, "%s", text);
    }
  return FALSE;
}

gboolean
thaw_json_fail_expected (ThawJson *json, const char *what)
{
  if (json->p == json->end && json->ended)
    return thaw_json_fail (json, THAW_ERROR_TRUNCATED, thaw_json_offset (json, json->p),
                           _ ("The file ends where %s was expected"), what);
  return thaw_json_fail (json, THAW_ERROR_CORRUPT, thaw_json_offset (json, json->p),
                         _ ("Expected %s"), what);
}

gboolean
thaw_json_refill (ThawJson *json)
{
  if (json->error != NULL || json->ended)
    return FALSE;

  guint8 *from = json->keep != NULL ? json->keep : json->p;
  gsize kept = (gsize) (json->end - from), ahead = (gsize) (json->p - from);
  if (kept > json->size / 2)
    {
      if (json->size >= WINDOW_MAX)
        return thaw_json_fail (json, THAW_ERROR_LIMIT, thaw_json_offset (json, from),
                               _ ("A single value is larger than Thaw accepts"));
      gsize offset = (gsize) (from - json->buffer);
      json->size *= 2;
      json->buffer = g_realloc (json->buffer, json->size + THAW_JSON_SLACK);
      from = json->buffer + offset;
    }
  json->base += (guint64) (from - json->buffer);
  memmove (json->buffer, from, kept);
  if (json->keep != NULL)
    json->keep = json->buffer;
  json->p = json->buffer + ahead;
  json->end = json->buffer + kept;

  gssize n = thaw_input_read (json->input, json->end, json->size - kept, &json->error);
  if (n > 0)
    json->end += n;
  else
    json->ended = TRUE;
  memset (json->end, 0, THAW_JSON_SLACK);
  return n > 0;
}

guint8
thaw_json_peek_slow (ThawJson *json)
{
  for (;;)
    {
      while (*json->p <= ' ' && json->p < json->end)
        {
          if (*json->p != ' ' && *json->p != '\n' && *json->p != '\t' && *json->p != '\r')
            return *json->p;
          json->p++;
        }
      if (json->p < json->end)
        return *json->p;
      if (!thaw_json_refill (json))
        return 0;
    }
}

gboolean
thaw_json_begin (ThawJson *json, char open)
{
  if (thaw_json_peek (json) != (guint8) open)
    return thaw_json_fail_expected (json, open == '{' ? _ ("an object") : _ ("an array"));
  json->p++;
  return TRUE;
}

gboolean
thaw_json_next (ThawJson *json, char close, gboolean *first)
{
  guint8 c = thaw_json_peek (json);
  if (json->error != NULL)
    return FALSE;
  if (c == (guint8) close)
    {
      json->p++;
      return FALSE;
    }
  if (*first)
    *first = FALSE;
  else if (c == ',')
    {
      json->p++;
      if (thaw_json_peek (json) == (guint8) close)
        return thaw_json_fail_expected (json, _ ("a value"));
    }
  else
    return thaw_json_fail_expected (json,
                                    close == '}' ? _ ("a comma or “}”") : _ ("a comma or “]”"));
  return json->error == NULL;
}

const char *
thaw_json_key (ThawJson *json)
{
  const char *key = NULL;
  if (thaw_json_peek (json) != '"')
    thaw_json_fail_expected (json, _ ("a name in quotes"));
  else if ((key = thaw_json_string (json)) != NULL)
    {
      json->keep = (guint8 *) key;
      guint8 c = thaw_json_peek (json);
      key = (const char *) json->keep;
      if (c == ':')
        json->p++;
      else
        {
          thaw_json_fail_expected (json, _ ("a colon"));
          key = NULL;
        }
    }
  json->keep = NULL;
  return key;
}

/* Value of four hexadecimal digits, -1 if they are not. */
static gint32
hex4 (const guint8 *digits)
{
  gint32 value = 0;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value ((char) digits[i]);
      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* Unescapes [from, end) in place and ends it with NUL. Returns NULL, or the wrong escape. */
static const guint8 *
unescape (guint8 *from, guint8 *end)
{
  static const char plain[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  guint8 *to = from;

  while (from < end)
    {
      if (*from != '\\')
        {
          *to++ = *from++;
          continue;
        }
      const guint8 *escape = from++;
      const char *found = from < end && *from != '\0' ? strchr (plain, *from) : NULL;
      if (found != NULL)
        {
          *to++ = (guint8) meant[found - plain];
          from++;
          continue;
        }
      gint32 code = end - from >= 5 && *from == 'u' ? hex4 (from + 1) : -1;
      if (code < 0)
        return escape;
      from += 5;
      gint32 low = code >> 10 == 0xd800 >> 10 && end - from >= 6 && from[0] == '\\' &&
                           from[1] == 'u'
                       ? hex4 (from + 2)
                       : -1;
      if (low >> 10 == 0xdc00 >> 10)
        {
          code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
          from += 6;
        }
      if (code == 0 || (code >= 0xd800 && code < 0xe000))
        code = 0xfffd;
      to += g_unichar_to_utf8 ((gunichar) code, (char *) to);
    }
  *to = '\0';
  return NULL;
}

const char *
thaw_json_string (ThawJson *json)
{
  if (thaw_json_peek (json) != '"')
    {
      thaw_json_fail_expected (json, _ ("a string"));
      return NULL;
    }
  json->keep = json->p++;
  gboolean escaped = FALSE;
  for (;;)
    {
      while (*json->p != '"' && *json->p != '\\' && json->p < json->end)
        json->p++;
      if (json->end - json->p < 2 && thaw_json_refill (json))
        continue;
      if (json->p < json->end && *json->p == '"')
        break;
      if (json->end - json->p < 2)
        {
          json->p = json->end;
          json->keep = NULL;
          thaw_json_fail_expected (json, _ ("the end of a string"));
          return NULL;
        }
      escaped = TRUE;
      json->p += 2;
    }
  guint8 *text = json->keep + 1, *close = json->p++;
  json->keep = NULL;
  const guint8 *wrong = NULL;
  if (escaped)
    wrong = unescape (text, close);
  else
    *close = '\0';
  if (wrong != NULL)
    {
      thaw_json_fail (json, THAW_ERROR_CORRUPT, thaw_json_offset (json, wrong),
                      _ ("A string holds an escape that JSON does not know"));
      return NULL;
    }
  return (const char *) text;
}

/* Advances over the digits at @p. */
static const guint8 *
digits_end (const guint8 *p)
{
  while ((guint8) (*p - '0') < 10)
    p++;
  return p;
}

/* The end of the number that starts at @p, by JSON's grammar; NULL if there is none. Needs a byte
 * that belongs to no number after it. */
static const guint8 *
number_end (const guint8 *p)
{
  const guint8 *start = *p == '-' ? p + 1 : p;
  p = digits_end (start);
  if (p == start)
    return NULL;
  if (*p == '.')
    {
      start = ++p;
      p = digits_end (p);
      if (p == start)
        return NULL;
    }
  if (*p == 'e' || *p == 'E')
    {
      start = ++p;
      if (*p == '+' || *p == '-')
        start = ++p;
      p = digits_end (p);
      if (p == start)
        return NULL;
    }
  return p;
}

/* The value of the number [p, end). Up to 15 digits and no exponent it is an integer below 2^53 over
 * a power of ten that is exact, and so is rounded once, as strtod would. */
static double
number_value (const guint8 *p, const guint8 *end)
{
  static const double powers[] = { 1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
  if (end - p <= 16)
    {
      guint64 mantissa = 0;
      const guint8 *point = NULL, *q = *p == '-' ? p + 1 : p;
      for (; q < end; q++)
        if (*q == '.')
          point = q;
        else if ((guint8) (*q - '0') < 10)
          mantissa = mantissa * 10 + (guint64) (*q - '0');
        else
          break;
      if (q == end && (point != NULL || end - p <= 15))
        {
          double value = (double) mantissa / powers[point != NULL ? end - point - 1 : 0];
          return *p == '-' ? -value : value;
        }
    }
  return g_ascii_strtod ((const char *) p, NULL);
}

/* Makes the number at @p lie in the window with a byte after it. Returns its end, NULL on
 * failure. */
static const guint8 *
whole_number (ThawJson *json)
{
  thaw_json_peek (json);
  while (json->end - json->p < MAX_NUMBER_BYTES && thaw_json_refill (json))
    ;
  const guint8 *end = json->error == NULL ? number_end (json->p) : NULL;
  if (end == NULL)
    thaw_json_fail_expected (json, _ ("a number"));
  else if (end == json->end && json->ended)
    {
      json->p = json->end;
      thaw_json_fail_expected (json, _ ("more of a number"));
      return NULL;
    }
  else if (end - json->p >= MAX_NUMBER_BYTES)
    {
      thaw_json_fail (json, THAW_ERROR_LIMIT, thaw_json_offset (json, json->p),
                      _ ("A number has too many digits"));
      return NULL;
    }
  return end;
}

gboolean
thaw_json_number (ThawJson *json, double *value)
{
  const guint8 *end = whole_number (json);
  if (end == NULL)
    return FALSE;
  *value = number_value (json->p, end);
  if (!(*value > -MAX_NUMBER && *value < MAX_NUMBER))
    return thaw_json_fail (json, THAW_ERROR_CORRUPT, thaw_json_offset (json, json->p),
                           _ ("A number is larger than anything that can be measured"));
  json->p = (guint8 *) end;
  return TRUE;
}

/* Skips a string whose quote is at @p; keeps nothing, so it may be of any length. */
static gboolean
skip_string (ThawJson *json)
{
  json->p++;
  for (;;)
    {
      while (*json->p != '"' && *json->p != '\\' && json->p < json->end)
        json->p++;
      if (json->end - json->p < 2 && thaw_json_refill (json))
        continue;
      if (json->p < json->end && *json->p == '"')
        {
          json->p++;
          return TRUE;
        }
      if (json->end - json->p < 2)
        {
          json->p = json->end;
          return thaw_json_fail_expected (json, _ ("the end of a string"));
        }
      json->p += 2;
    }
}

/* Skips true, false, null, a number or a string. */
static gboolean
skip_scalar (ThawJson *json)
{
  static const char *const words[] = { "true", "false", "null" };

  if (thaw_json_peek (json) == '"')
    return skip_string (json);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (*json->p == (guint8) words[i][0])
      {
        gsize len = strlen (words[i]);
        while ((gsize) (json->end - json->p) < len && thaw_json_refill (json))
          ;
        if (json->error == NULL && memcmp (json->p, words[i], len) == 0)
          {
            json->p += len;
            return TRUE;
          }
        return thaw_json_fail_expected (json, _ ("a value"));
      }
  if (*json->p != '-' && !g_ascii_isdigit (*json->p))
    return thaw_json_fail_expected (json, _ ("a value"));
  const guint8 *end = whole_number (json);
  if (end == NULL)
    return FALSE;
  json->p = (guint8 *) end;
  return TRUE;
}

/* Skips key and colon. */
static gboolean
skip_key (ThawJson *json)
{
  if (thaw_json_peek (json) != '"')
    return thaw_json_fail_expected (json, _ ("a name in quotes"));
  if (!skip_string (json))
    return FALSE;
  if (thaw_json_peek (json) != ':')
    return thaw_json_fail_expected (json, _ ("a colon"));
  json->p++;
  return TRUE;
}

gboolean
thaw_json_skip (ThawJson *json)
{
  char closes[MAX_NESTING];
  guint depth = 0;

  do
    {
      guint8 c = thaw_json_peek (json);
      gboolean first = TRUE;
      if (c == '{' || c == '[')
        {
          if (depth == MAX_NESTING)
            return thaw_json_fail (json, THAW_ERROR_LIMIT, thaw_json_offset (json, json->p),
                                   _ ("Values are nested deeper than %u levels"), MAX_NESTING);
          closes[depth++] = c == '{' ? '}' : ']';
          json->p++;
        }
      else
        {
          if (!skip_scalar (json))
            return FALSE;
          first = FALSE;
        }
      /* Up to the next value, closing what ends before it. */
      while (depth > 0 && !thaw_json_next (json, closes[depth - 1], &first))
        {
          if (json->error != NULL)
            return FALSE;
          depth--;
          first = FALSE;
        }
      if (depth > 0 && closes[depth - 1] == '}' && !skip_key (json))
        return FALSE;
    }
  while (depth > 0);
  return TRUE;
}
