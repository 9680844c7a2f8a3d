/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A marshalled object is one code byte, with 0x80 set when later objects may refer back to it, and
 * what belongs to that code. Containers are read with an explicit stack: the items of those still
 * open wait on one list and move to the arena when their container closes, so that the items of a
 * container always stand side by side.
 *
 * Two generations of back references exist: Python 3.4 and later number every flagged object ('r');
 * Python 2 numbers interned strings only ('t', then 'R'). An object that refers to itself from
 * inside is refused: plain data cannot need it.
 */
#include "thaw-marshal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FLAG_REF 0x80
#define OPEN G_MAXUINT32     /* in refs: a container that is still being read */
#define UNTIL_NULL G_MAXUINT /* remaining items of a dict */

typedef struct
{
  guint32 value;
  guint remaining;
  guint first_pending;
  guint ref; /* place in refs to fill, or OPEN for none */
} Container;

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize at;
  GArray *values;   /* of ThawMarshalValue */
  GArray *items;    /* of guint32 */
  GArray *pending;  /* of guint32: finished items of open containers */
  GArray *stack;    /* of Container */
  GArray *refs;     /* of guint32 */
  GArray *interned; /* of guint32 */
} Reader;

static gboolean
truncated (const Reader *reader, GError **error)
{
  thaw_set_error (error, THAW_ERROR_TRUNCATED, THAW_AT_BYTE, reader->size,
                  _ ("The file ends in the middle of its data"));
  return FALSE;
}

static gboolean
corrupt (const Reader *reader, gsize at, const char *what, GError **error)
{
  thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_BYTE, at, "%s", what);
  return FALSE;
}

/* Little-endian bytes as a number; the caller has checked that they are there. */
static guint64
take (Reader *reader, guint n_bytes)
{
  guint64 number = 0;

  for (guint i = 0; i < n_bytes; i++)
    number |= (guint64) reader->data[reader->at + i] << (8 * i);
  reader->at += n_bytes;
  return number;
}

/* Whether @n more bytes are there; the error is set if not. */
static gboolean
need (const Reader *reader, gsize n, GError **error)
{
  return n <= reader->size - reader->at || truncated (reader, error);
}

/* A length of @n_bytes bytes that is followed by at least that many bytes of data: every item of a
 * container takes one byte or more, so that a count can be refused before anything is allocated. */
static gboolean
take_length (Reader *reader, guint n_bytes, guint32 *length, GError **error)
{
  gsize at = reader->at;

  if (!need (reader, n_bytes, error))
    return FALSE;
  *length = take (reader, n_bytes);
  if (n_bytes == 4 && *length > G_MAXINT32)
    return corrupt (reader, at, _ ("A length is below zero"), error);
  return need (reader, *length, error);
}

static gboolean
read_text (Reader *reader, guint length_bytes, ThawMarshalValue *value, GError **error)
{
  guint32 length;

  if (!take_length (reader, length_bytes, &length, error))
    return FALSE;
  value->type = THAW_MARSHAL_TEXT;
  value->length = length;
  value->text = (const char *) reader->data + reader->at;
  reader->at += length;
  return TRUE;
}

static gboolean
read_int (Reader *reader, guint n_bytes, ThawMarshalValue *value, GError **error)
{
  guint64 bits;

  if (!need (reader, n_bytes, error))
    return FALSE;
  bits = take (reader, n_bytes);
  value->type = THAW_MARSHAL_INT;
  value->integer = n_bytes == 4 ? (gint64) (gint32) bits : (gint64) bits;
  return TRUE;
}

/* 'l': a count of 15-bit digits, least significant first; the sign of the count is the sign. */
static gboolean
read_long (Reader *reader, ThawMarshalValue *value, GError **error)
{
  gsize at = reader->at;
  gint32 count;
  guint64 whole = 0;
  double number = 0.0, scale = 1.0;

  if (!need (reader, 4, error))
    return FALSE;
  count = (gint32) take (reader, 4);
  if (count == G_MININT32)
    return corrupt (reader, at, _ ("A number has an impossible length"), error);
  if (!need (reader, 2 * (gsize) ABS (count), error))
    return FALSE;

  for (gint32 i = 0; i < ABS (count); i++)
    {
      guint64 digit = take (reader, 2);

      if (digit > 0x7fff)
        return corrupt (reader, reader->at - 2, _ ("A digit of a number is too large"), error);
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
read_binary_float (Reader *reader, ThawMarshalValue *value, GError **error)
{
  guint64 bits;

  if (!need (reader, 8, error))
    return FALSE;
  bits = take (reader, 8);
  value->type = THAW_MARSHAL_FLOAT;
  memcpy (&value->number, &bits, sizeof bits);
  return TRUE;
}

/* 'f', in marshal versions 0 and 1 (Python 2.4 and before, and by wish): repr() of the number. */
static gboolean
read_text_float (Reader *reader, ThawMarshalValue *value, GError **error)
{
  gsize at = reader->at;
  char text[256], *end;
  guint32 length;

  if (!take_length (reader, 1, &length, error))
    return FALSE;
  memcpy (text, reader->data + reader->at, length);
  text[length] = '\0';
  reader->at += length;
  value->type = THAW_MARSHAL_FLOAT;
  value->number = g_ascii_strtod (text, &end);
  if (length == 0 || *end != '\0')
    return corrupt (reader, at, _ ("A number is written wrongly"), error);
  return TRUE;
}

/* Opens a container; its value is complete only once all its items are. */
static gboolean
open_container (Reader *reader,
                ThawMarshalType type,
                guint remaining,
                gboolean flagged,
                ThawMarshalValue *value,
                GError **error)
{
  Container container = { reader->values->len, remaining, reader->pending->len, OPEN };
  const guint32 open = OPEN;

  if (reader->stack->len >= THAW_MARSHAL_LIMIT_DEPTH)
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_BYTE, reader->at,
                      _ ("The data is nested more than %d deep"), THAW_MARSHAL_LIMIT_DEPTH);
      return FALSE;
    }
  if (flagged)
    {
      container.ref = reader->refs->len;
      g_array_append_val (reader->refs, open);
    }
  g_array_append_val (reader->stack, container);
  value->type = type;
  return TRUE;
}

static gboolean
read_container (Reader *reader,
                char code,
                gboolean flagged,
                ThawMarshalValue *value,
                GError **error)
{
  guint32 n = 0;

  switch (code)
    {
    case '{':
      return open_container (reader, THAW_MARSHAL_DICT, UNTIL_NULL, flagged, value, error);
    case ')':
      return take_length (reader, 1, &n, error) &&
             open_container (reader, THAW_MARSHAL_TUPLE, n, flagged, value, error);
    case '(':
      return take_length (reader, 4, &n, error) &&
             open_container (reader, THAW_MARSHAL_TUPLE, n, flagged, value, error);
    default:
      return take_length (reader, 4, &n, error) &&
             open_container (reader, THAW_MARSHAL_LIST, n, flagged, value, error);
    }
}

/* Anything that holds no other object. */
static gboolean
read_scalar (Reader *reader, char code, ThawMarshalValue *value, GError **error)
{
  switch (code)
    {
    case 'N':
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
      return corrupt (reader, reader->at - 1, _ ("Not the plain data that a profile is made of"),
                      error);
    }
}

/* Resolves 'r' (among @table = refs) and 'R' (among interned strings) to a finished value. */
static gboolean
read_reference (Reader *reader, const GArray *table, guint32 *value, GError **error)
{
  gsize at = reader->at;
  guint64 number;

  if (!need (reader, 4, error))
    return FALSE;
  number = take (reader, 4);
  if (number >= table->len)
    return corrupt (reader, at, _ ("A reference points to nothing"), error);
  *value = g_array_index (table, guint32, number);
  if (*value == OPEN)
    return corrupt (reader, at, _ ("An object contains itself"), error);
  return TRUE;
}

/* Reads one object up to its first item. @finished is set to its number, or to OPEN when it is a
 * container that was opened. */
static gboolean
read_object (Reader *reader, guint8 byte, guint32 *finished, GError **error)
{
  const char code = byte & ~FLAG_REF;
  const gboolean flagged = (byte & FLAG_REF) != 0;
  const gboolean container = code != '\0' && strchr ("{()[", code) != NULL;
  ThawMarshalValue value = { .offset = reader->at - 1 };

  if (code == 'r')
    return read_reference (reader, reader->refs, finished, error);
  if (code == 'R')
    return read_reference (reader, reader->interned, finished, error);
  if (reader->values->len >= THAW_MARSHAL_LIMIT_VALUES)
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_BYTE, reader->at,
                      _ ("The file holds more than %u values"), THAW_MARSHAL_LIMIT_VALUES);
      return FALSE;
    }
  if (container ? !read_container (reader, code, flagged, &value, error)
                : !read_scalar (reader, code, &value, error))
    return FALSE;

  *finished = container ? OPEN : reader->values->len;
  g_array_append_val (reader->values, value);
  if (flagged && !container)
    g_array_append_val (reader->refs, *finished);
  if (code == 't')
    g_array_append_val (reader->interned, *finished);
  return TRUE;
}

/* Moves the items of the innermost container to the arena and returns its value. */
static guint32
close_container (Reader *reader)
{
  Container container = g_array_index (reader->stack, Container, reader->stack->len - 1);
  ThawMarshalValue *value = &g_array_index (reader->values, ThawMarshalValue, container.value);
  guint n = reader->pending->len - container.first_pending;

  value->length = n;
  value->first = reader->items->len;
  if (n > 0)
    g_array_append_vals (reader->items,
                         &g_array_index (reader->pending, guint32, container.first_pending), n);
  g_array_set_size (reader->pending, container.first_pending);
  g_array_set_size (reader->stack, reader->stack->len - 1);
  if (container.ref != OPEN)
    g_array_index (reader->refs, guint32, container.ref) = container.value;
  return container.value;
}

/* '0' ends the innermost dict, after a whole pair; nothing else may be NULL. */
static gboolean
end_dict (Reader *reader, guint32 *finished, GError **error)
{
  const Container *top = reader->stack->len > 0
                             ? &g_array_index (reader->stack, Container, reader->stack->len - 1)
                             : NULL;

  if (top == NULL || top->remaining != UNTIL_NULL ||
      (reader->pending->len - top->first_pending) % 2 != 0)
    return corrupt (reader, reader->at - 1, _ ("An object is missing"), error);
  *finished = close_container (reader);
  return TRUE;
}

/* Hands @finished to the innermost container, and closes every container that this completes.
 * Returns TRUE when the outermost object is complete. */
static gboolean
attach (Reader *reader, guint32 finished, guint32 *root)
{
  while (TRUE)
    {
      Container *top;

      if (finished != OPEN)
        {
          if (reader->stack->len == 0)
            {
              *root = finished;
              return TRUE;
            }
          g_array_append_val (reader->pending, finished);
        }
      top = &g_array_index (reader->stack, Container, reader->stack->len - 1);
      if (finished != OPEN && top->remaining != UNTIL_NULL)
        top->remaining--;
      if (top->remaining > 0)
        return FALSE;
      finished = close_container (reader);
    }
}

static gboolean
read_all (Reader *reader, guint32 *root, GError **error)
{
  guint32 finished;

  do
    {
      guint8 byte;

      if (!need (reader, 1, error))
        return FALSE;
      byte = reader->data[reader->at++];
      if (byte == '0' ? !end_dict (reader, &finished, error)
                      : !read_object (reader, byte, &finished, error))
        return FALSE;
    }
  while (!attach (reader, finished, root));
  return TRUE;
}

/**
 * thaw_marshal_parse:
 * @bytes: an input that starts with a marshalled object
 * @error: %THAW_ERROR_TRUNCATED, %THAW_ERROR_CORRUPT or %THAW_ERROR_LIMIT, with the byte
 *
 * Reads the first object of @bytes; what follows it is left alone.
 * Memory taken stays below 64 bytes per byte of input, and in practice near 6.
 *
 * Format: Python/marshal.c of CPython.
 *
 * Returns: (transfer full) (nullable): the object
 */
ThawMarshal *
thaw_marshal_parse (GBytes *bytes, GError **error)
{
  ThawMarshal *marshal = NULL;
  Reader reader = { 0 };
  guint32 root;

  g_return_val_if_fail (bytes != NULL, NULL);

  reader.data = g_bytes_get_data (bytes, &reader.size);
  if (reader.size > THAW_MARSHAL_LIMIT_BYTES)
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                      _ ("The file is larger than a Python profile can be"));
      return NULL;
    }
  reader.values = g_array_new (FALSE, FALSE, sizeof (ThawMarshalValue));
  reader.items = g_array_new (FALSE, FALSE, sizeof (guint32));
  reader.pending = g_array_new (FALSE, FALSE, sizeof (guint32));
  reader.stack = g_array_new (FALSE, FALSE, sizeof (Container));
  reader.refs = g_array_new (FALSE, FALSE, sizeof (guint32));
  reader.interned = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (read_all (&reader, &root, error))
    {
      marshal = g_new0 (ThawMarshal, 1);
      marshal->root = root;
      marshal->n_values = reader.values->len;
      marshal->values = (ThawMarshalValue *) g_array_free (g_steal_pointer (&reader.values), FALSE);
      marshal->items = (guint32 *) g_array_free (g_steal_pointer (&reader.items), FALSE);
      marshal->end = reader.at;
      marshal->bytes = g_bytes_ref (bytes);
    }
  g_clear_pointer (&reader.values, g_array_unref);
  g_clear_pointer (&reader.items, g_array_unref);
  g_array_unref (reader.pending);
  g_array_unref (reader.stack);
  g_array_unref (reader.refs);
  g_array_unref (reader.interned);
  return marshal;
}

void
thaw_marshal_free (ThawMarshal *marshal)
{
  if (marshal == NULL)
    return;
  g_bytes_unref (marshal->bytes);
  g_free (marshal->values);
  g_free (marshal->items);
  g_free (marshal);
}

/* The number of item @i of @container; in a dict, key k is item 2k and its value item 2k + 1. */
guint32
thaw_marshal_get_item (const ThawMarshal *marshal, guint32 container, guint32 i)
{
  g_return_val_if_fail (marshal != NULL && container < marshal->n_values, 0);

  const ThawMarshalValue *value = &marshal->values[container];
  g_return_val_if_fail (value->type >= THAW_MARSHAL_TUPLE && i < value->length, 0);
  return marshal->items[value->first + i];
}
