/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading lines through a window that slides over the input. UTF-16 is decoded chunk by chunk into
 * the same window; half a character at the end of a chunk waits for the next.
 */
#include "thaw-lines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WINDOW_FIRST ((gsize) 256 << 10)
#define MAX_LINE_BYTES ((gsize) 64 << 20)
#define RAW_BYTES ((gsize) 64 << 10)

gboolean
thaw_lines_init (ThawLines *lines, ThawInput *input, GError **error)
{
  gsize len, mark = 0;
  gboolean complete;
  *lines = (ThawLines){ .input = input };
  const guint8 *head = thaw_input_peek (input, 4, &len, &complete, error);
  if (head == NULL)
    return FALSE;

  if (len >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    mark = 3;
  else if (len >= 2 && head[0] == 0xff && head[1] == 0xfe)
    {
      mark = 2;
      lines->encoding = THAW_TEXT_UTF16_LE;
    }
  else if (len >= 2 && head[0] == 0xfe && head[1] == 0xff)
    {
      mark = 2;
      lines->encoding = THAW_TEXT_UTF16_BE;
    }
  else if (len >= 4 && head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0)
    lines->encoding = THAW_TEXT_UTF16_LE;
  else if (len >= 4 && head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0)
    lines->encoding = THAW_TEXT_UTF16_BE;

  lines->size = WINDOW_FIRST;
  lines->buffer = g_malloc (lines->size + 1);
  if (lines->encoding != THAW_TEXT_UTF8)
    lines->raw = g_malloc (RAW_BYTES);
  while (mark > 0)
    {
      guint8 ignored[3];
      gssize n = thaw_input_read (input, ignored, mark, error);
      if (n <= 0)
        return FALSE;
      mark -= (gsize) n;
    }
  return TRUE;
}

void
thaw_lines_clear (ThawLines *lines)
{
  g_clear_pointer (&lines->buffer, g_free);
  g_clear_pointer (&lines->raw, g_free);
}

static guint32
unit_at (const ThawLines *lines, gsize i)
{
  const guint8 *p = lines->raw + i;
  return lines->encoding == THAW_TEXT_UTF16_LE ? p[0] | (guint32) p[1] << 8
                                               : p[1] | (guint32) p[0] << 8;
}

/* Decodes what raw holds into the window, which has room for it. Keeps half a character for the next
 * chunk unless @last; half a pair becomes U+FFFD. */
static void
decode (ThawLines *lines, gboolean last)
{
  gsize i = 0;
  while (i + 2 <= lines->raw_len)
    {
      guint32 unit = unit_at (lines, i), low = 0;
      gsize used = 2;
      if (unit >= 0xd800 && unit < 0xdc00)
        {
          if (i + 4 > lines->raw_len && !last)
            break;
          if (i + 4 <= lines->raw_len)
            low = unit_at (lines, i + 2);
          if (low >= 0xdc00 && low < 0xe000)
            {
              unit = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
              used = 4;
            }
        }
      if (unit >= 0xd800 && unit < 0xe000)
        unit = 0xfffd;
      lines->end += (gsize) g_unichar_to_utf8 (unit, lines->buffer + lines->end);
      i += used;
    }
  lines->raw_len -= i;
  memmove (lines->raw, lines->raw + i, lines->raw_len);
}

/* Reads more into the window, which has room for 2 * RAW_BYTES. FALSE on failure. */
static gboolean
read_more (ThawLines *lines, GError **error)
{
  gboolean utf8 = lines->encoding == THAW_TEXT_UTF8;
  gssize n = utf8 ? thaw_input_read (lines->input, lines->buffer + lines->end,
                                     lines->size - lines->end, error)
                  : thaw_input_read (lines->input, lines->raw + lines->raw_len,
                                     RAW_BYTES - lines->raw_len, error);
  if (n < 0)
    return FALSE;
  lines->ended = n == 0;
  if (utf8)
    lines->end += (gsize) n;
  else
    {
      lines->raw_len += (gsize) n;
      decode (lines, lines->ended);
    }
  return TRUE;
}

/* Makes room in the window, moving what is left to its start. */
static gboolean
make_room (ThawLines *lines, GError **error)
{
  gsize left = lines->end - lines->start;
  if (left > MAX_LINE_BYTES)
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_LINE, lines->number + 1,
                      _ ("The line is longer than Thaw accepts"));
      return FALSE;
    }
  if (lines->start > 0)
    {
      memmove (lines->buffer, lines->buffer + lines->start, left);
      lines->start = 0;
      lines->end = left;
    }
  if (lines->size - left < 2 * RAW_BYTES)
    {
      lines->size *= 2;
      lines->buffer = g_realloc (lines->buffer, lines->size + 1);
    }
  return TRUE;
}

char *
thaw_lines_next (ThawLines *lines, gsize *len, GError **error)
{
  gsize seen = 0;
  char *line_end;
  for (;;)
    {
      line_end = memchr (lines->buffer + lines->start + seen, '\n',
                         lines->end - lines->start - seen);
      if (line_end != NULL || lines->ended)
        break;
      seen = lines->end - lines->start;
      if (!make_room (lines, error) || !read_more (lines, error))
        return NULL;
    }
  if (line_end == NULL && lines->start == lines->end)
    return NULL;

  char *line = lines->buffer + lines->start;
  if (line_end == NULL)
    {
      line_end = lines->buffer + lines->end;
      lines->start = lines->end;
    }
  else
    lines->start += (gsize) (line_end + 1 - line);
  if (line_end > line && line_end[-1] == '\r')
    line_end--;
  *line_end = '\0';
  *len = (gsize) (line_end - line);
  lines->number++;
  return line;
}
