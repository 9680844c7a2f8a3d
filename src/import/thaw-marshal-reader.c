/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes to numbers and strings, never past the end. What a code means stands beside the function
 * that reads it; the format is that of Python/marshal.c in CPython.
 */
#include "thaw-marshal-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
truncated (const ThawMarshalReader *reader, GError **error)
{
  thaw_set_error (error, THAW_ERROR_TRUNCATED, THAW_AT_BYTE, reader->size,
                  _ ("The file ends in the middle of its data"));
  return FALSE;
}

gboolean
thaw_marshal_corrupt (const ThawMarshalReader *reader, gsize at, const char *what, GError **error)
{
  thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_BYTE, at, "%s", what);
  return FALSE;
}

/* Little-endian bytes as a number; the caller has checked that they are there. */
guint64
thaw_marshal_take (ThawMarshalReader *reader, guint n_bytes)
{
  guint64 number = 0;

  for (guint i = 0; i < n_bytes; i++)
    number |= (guint64) reader->data[reader->at + i] << (8 * i);
  reader->at += n_bytes;
  return number;
}

/* Whether @n more bytes are there; the error is set if not. */
gboolean
thaw_marshal_need (const ThawMarshalReader *reader, gsize n, GError **error)
{
  return n <= reader->size - reader->at || truncated (reader, error);
}

/* A length of @n_bytes bytes that is followed by at least that many bytes of data: every item of a
 * container takes one byte or more, so that a count can be refused before anything is allocated. */
gboolean
thaw_marshal_take_length (ThawMarshalReader *reader, guint n_bytes, guint32 *length, GError **error)
{
  gsize at = reader->at;

  if (!thaw_marshal_need (reader, n_bytes, error))
    return FALSE;
  *length = thaw_marshal_take (reader, n_bytes);
  if (n_bytes == 4 && *length > G_MAXINT32)
    return thaw_marshal_corrupt (reader, at, _ ("A length is below zero"), error);
  return thaw_marshal_need (reader, *length, error);
}

static gboolean
read_text (ThawMarshalReader *reader, guint length_bytes, ThawMarshalValue *value, GError **error)
{
  guint32 length;

  if (!thaw_marshal_take_length (reader, length_bytes, &length, error))
    return FALSE;
  value->type = THAW_MARSHAL_TEXT;
  value->length = length;
  value->text = (const char *) reader->data + reader->at;
  reader->at += length;
  return TRUE;
}

static gboolean
read_int (ThawMarshalReader *reader, guint n_bytes, ThawMarshalValue *value, GError **error)
{
  guint64 bits;

  if (!thaw_marshal_need (reader, n_bytes, error))
    return FALSE;
  bits = thaw_marshal_take (reader, n_bytes);
  value->type = THAW_MARSHAL_INT;
  value->integer = n_bytes == 4 ? (gint64) (gint32) bits : (gint64) bits;
  return TRUE;
}

/* 'l': a count of 15-bit digits, least significant first; the sign of the count is the sign. */
static gboolean
read_long (ThawMarshalReader *reader, ThawMarshalValue *value, GError **error)
{
  gsize at = reader->at;
  gint32 count;
  guint64 whole = 0;
  double number = 0.0, scale = 1.0;

  if (!thaw_marshal_need (reader, 4, error))
    return FALSE;
  count = (gint32) thaw_marshal_take (reader, 4);
  if (count == G_MININT32)
    return thaw_marshal_corrupt (reader, at, _ ("A number has an impossible length"), error);
  if (!thaw_marshal_need (reader, 2 * (gsize) ABS (count), error))
    return FALSE;

  for (gint32 i = 0; i < ABS (count); i++)
    {
      guint64 digit = thaw_marshal_take (reader, 2);

      if (digit > 0x7fff)
        return thaw_marshal_corrupt (reader, reader->at - 2, _ ("A digit of a number is too large"),
                                     error);
      if (i < 4)
        whole |= digit << (15 * i);
      if (digit != 0) /* else infinity × 0 */
        number += (double) digit * scale;
      scale *= 32768.0;
    }
  if (ABS (count) <= 4)
    {
      value->type = THAW_MARSHAL_INT;
      value->integer = count < 0 ? -(gint64) whole : (gint64) whole;
    }
  else
    {
      value->type = THAW_MARSHAL_FLOAT;
      value->number = count < 0 ? -number : number;
    }
  return TRUE;
}

static gboolean
read_binary_float (ThawMarshalReader *reader, ThawMarshalValue *value, GError **error)
{
  guint64 bits;

  if (!thaw_marshal_need (reader, 8, error))
    return FALSE;
  bits = thaw_marshal_take (reader, 8);
  value->type = THAW_MARSHAL_FLOAT;
  memcpy (&value->number, &bits, sizeof bits);
  return TRUE;
}

/* 'f', in marshal versions 0 and 1 (Python 2.4 and before, and by wish): repr() of the number. */
static gboolean
read_text_float (ThawMarshalReader *reader, ThawMarshalValue *value, GError **error)
{
  gsize at = reader->at;
  char text[256], *end;
  guint32 length;

  if (!thaw_marshal_take_length (reader, 1, &length, error))
    return FALSE;
  memcpy (text, reader->data + reader->at, length);
  text[length] = '\0';
  reader->at += length;
  value->type = THAW_MARSHAL_FLOAT;
  value->number = g_ascii_strtod (text, &end);
  if (length == 0 || *end != '\0')
    return thaw_marshal_corrupt (reader, at, _ ("A number is written wrongly"), error);
  return TRUE;
}

/* Anything that holds no other object. */
gboolean
thaw_marshal_read_scalar (ThawMarshalReader *reader,
                          char code,
                          ThawMarshalValue *value,
                          GError **error)
{
  switch (code)
    {
    case 'N':
    case 'S': /* StopIteration */
    case '.': /* Ellipsis */
      value->type = THAW_MARSHAL_NONE;
      return TRUE;
    case 'T':
    case 'F':
      value->type = THAW_MARSHAL_BOOL;
      value->integer = code == 'T';
      return TRUE;
    case 'i':
      return read_int (reader, 4, value, error);
    case 'I':
      return read_int (reader, 8, value, error);
    case 'l':
      return read_long (reader, value, error);
    case 'g':
      return read_binary_float (reader, value, error);
    case 'f':
      return read_text_float (reader, value, error);
    case 'x': /* complex numbers, which nobody asks for */
      return read_text (reader, 1, value, error) && read_text (reader, 1, value, error);
    case 'y':
      return read_binary_float (reader, value, error) && read_binary_float (reader, value, error);
    case 'z':
    case 'Z':
      return read_text (reader, 1, value, error);
    case 'a':
    case 'A':
    case 's':
    case 't':
    case 'u':
      return read_text (reader, 4, value, error);
    default:
      return thaw_marshal_corrupt (reader, reader->at - 1,
                                   _ ("Not the plain data that a profile is made of"), error);
    }
}
