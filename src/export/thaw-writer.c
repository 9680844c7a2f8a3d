/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Buffered text output with numbers that read back as they were.
 */
#include "thaw-writer.h"

#include <math.h>
#include <string.h>

#define FLUSH_AT (64 * 1024)

void
thaw_writer_init (ThawWriter *writer, GOutputStream *stream, GCancellable *cancellable)
{
  *writer = (ThawWriter){ .stream = stream, .cancellable = cancellable };
  writer->buffer = g_string_sized_new (FLUSH_AT + 4096);
}

/* Hands the buffer to the stream; after a failure it only empties it. */
static void
flush (ThawWriter *writer)
{
  if (writer->error == NULL)
    g_output_stream_write_all (writer->stream, writer->buffer->str, writer->buffer->len, NULL,
                               writer->cancellable, &writer->error);
  g_string_truncate (writer->buffer, 0);
}

gboolean
thaw_writer_finish (ThawWriter *writer, GError **error)
{
  flush (writer);
  g_string_free (writer->buffer, TRUE);
  if (writer->error == NULL)
    return TRUE;
  g_propagate_error (error, writer->error);
  return FALSE;
}

/* Called after each piece. */
static inline void
flush_if_full (ThawWriter *writer)
{
  if (writer->buffer->len >= FLUSH_AT)
    flush (writer);
}

void
thaw_writer_text (ThawWriter *writer, const char *text)
{
  g_string_append (writer->buffer, text);
  flush_if_full (writer);
}

void
thaw_writer_integer (ThawWriter *writer, guint64 value)
{
  char digits[24];
  gsize at = sizeof digits;
  do
    digits[--at] = (char) ('0' + value % 10);
  while ((value /= 10) > 0);
  g_string_append_len (writer->buffer, digits + at, (gssize) (sizeof digits - at));
  flush_if_full (writer);
}

/* Writes @value with as few significant digits as bring it back, "%.*e". 17 always do. */
static void
shortest (double value, char *text, int size)
{
  for (int digits = 0; digits < 17; digits++)
    {
      char format[8];
      g_snprintf (format, sizeof format, "%%.%de", digits);
      g_ascii_formatd (text, size, format, value);
      if (!(fabs (g_ascii_strtod (text, NULL) - value) > 0))
        return;
    }
}

/* Whether @value is a whole number that a double tells from its neighbours. */
static gboolean
is_whole (double value)
{
  return fabs (value) < 9007199254740992.0 && !(fabs (value - trunc (value)) > 0);
}

void
thaw_append_plain_number (GString *text, double value)
{
  char number[40];
  if (is_whole (value) || fabs (value) >= 9007199254740992.0)
    {
      g_string_append (text, g_ascii_formatd (number, sizeof number, "%.0f", value));
      return;
    }
  shortest (value, number, sizeof number);

  /* "-d.ddde-xx": put the point where the exponent says. */
  const char *mark = strchr (number, 'e');
  int exponent = (int) g_ascii_strtoll (mark + 1, NULL, 10);
  if (*number == '-')
    g_string_append_c (text, '-');
  if (exponent < 0)
    g_string_append (text, "0.");
  for (int i = -1; i > exponent; i--)
    g_string_append_c (text, '0');
  int place = exponent < 0 ? -1 : exponent;
  for (const char *p = number; p < mark; p++)
    if (g_ascii_isdigit (*p))
      {
        g_string_append_c (text, *p);
        if (place-- == 0)
          g_string_append_c (text, '.');
      }
}

void
thaw_writer_number (ThawWriter *writer, double value)
{
  char number[40];
  if (!isfinite (value))
    g_string_append (writer->buffer, "null");
  else if (is_whole (value))
    g_string_append (writer->buffer, g_ascii_formatd (number, sizeof number, "%.0f", value));
  else if (fabs (value) >= 1e-5 && fabs (value) < 1e16)
    thaw_append_plain_number (writer->buffer, value);
  else
    {
      shortest (value, number, sizeof number);
      g_string_append (writer->buffer, number);
    }
  flush_if_full (writer);
}

void
thaw_writer_json (ThawWriter *writer, const char *text)
{
  GString *buffer = writer->buffer;
  g_string_append_c (buffer, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      guint8 c = (guint8) *p;
      if (c == '"' || c == '\\')
        g_string_append_printf (buffer, "\\%c", c);
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (buffer, "\\u%04x", c);
      else
        g_string_append_c (buffer, (char) c);
    }
  g_string_append_c (buffer, '"');
  flush_if_full (writer);
}
