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
 *
 * A code object begins with some numbers, how many depends on the version of Python, which the file
 * does not tell. The next thing is the bytecode, a string; that is how it is found out.
 */
#include "thaw-marshal.h"

#include "thaw-marshal-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FLAG_REF 0x80
#define OPEN G_MAXUINT32 /* in refs: a container that is still being read */
#define MAX_BYTECODE (1u << 24)
#define UNTIL_NULL G_MAXUINT /* remaining items of a dict */

typedef struct
{
  guint32 value;
  guint remaining;
  guint first_pending;
  guint ref; /* place in refs to fill, or OPEN for none */
  gboolean is_code;
} Container;

typedef struct
{
  ThawMarshalReader input;
  GArray *values;   /* of ThawMarshalValue */
  GArray *items;    /* of guint32 */
  GArray *pending;  /* of guint32: finished items of open containers */
  GArray *stack;    /* of Container */
  GArray *refs;     /* of guint32 */
  GArray *interned; /* of guint32 */
} Reader;

/* Opens a container; its value is complete only once all its items are. */
static gboolean
open_container (Reader *reader,
                ThawMarshalType type,
                guint remaining,
                gboolean flagged,
                ThawMarshalValue *value,
                GError **error)
{
  Container container = { reader->values->len, remaining, reader->pending->len, OPEN,
                          type == THAW_MARSHAL_CODE };
  const guint32 open = OPEN;

  if (reader->stack->len >= THAW_MARSHAL_LIMIT_DEPTH)
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_BYTE, reader->input.at,
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

/* Whether a string of sensible length, or a reference, may begin at @at. */
static gboolean
looks_like_bytecode (const Reader *reader, gsize at)
{
  ThawMarshalReader probe = { reader->input.data, reader->input.size, at };
  guint8 code;
  guint64 number;

  if (probe.at > probe.size || probe.size - probe.at < 5)
    return FALSE;
  code = thaw_marshal_take (&probe, 1) & ~FLAG_REF;
  number = thaw_marshal_take (&probe, 4);
  return (code == 's' && number < MAX_BYTECODE) || (code == 'r' && number < reader->refs->len);
}

/* Skips the numbers that a code object begins with: 4 in Python 2, 6 in 3.8 to 3.10, else 5. In
 * this order, a number or bytecode is not taken for the beginning of a string. */
static gboolean
skip_code_numbers (Reader *reader, GError **error)
{
  static const gsize counts[] = { 5, 4, 6 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (looks_like_bytecode (reader, reader->input.at + 4 * counts[i]))
      {
        reader->input.at += 4 * counts[i];
        return TRUE;
      }
  return thaw_marshal_need (&reader->input, 4 * 6 + 5, error) &&
         thaw_marshal_corrupt (&reader->input, reader->input.at, _ ("Compiled code is unreadable"),
                               error);
}

/* Between its 8th object and the next, a code object has the number of its first line. There are 9
 * objects, or 10 since Python 3.11, where the 5th became a string. */
static gboolean
step_through_code (Reader *reader, Container *code, GError **error)
{
  guint n = reader->pending->len - code->first_pending;
  guint32 last = g_array_index (reader->pending, guint32, reader->pending->len - 1);

  if (n == 5 && g_array_index (reader->values, ThawMarshalValue, last).type == THAW_MARSHAL_TEXT)
    code->remaining++;
  if (n != 8)
    return TRUE;
  if (!thaw_marshal_need (&reader->input, 4, error))
    return FALSE;
  reader->input.at += 4;
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
      return thaw_marshal_take_length (&reader->input, 1, &n, error) &&
             open_container (reader, THAW_MARSHAL_TUPLE, n, flagged, value, error);
    case '(':
      return thaw_marshal_take_length (&reader->input, 4, &n, error) &&
             open_container (reader, THAW_MARSHAL_TUPLE, n, flagged, value, error);
    case ':': /* a slice */
      return open_container (reader, THAW_MARSHAL_TUPLE, 3, flagged, value, error);
    case 'c':
      return skip_code_numbers (reader, error) &&
             open_container (reader, THAW_MARSHAL_CODE, 9, flagged, value, error);
    default: /* lists and sets */
      return thaw_marshal_take_length (&reader->input, 4, &n, error) &&
             open_container (reader, THAW_MARSHAL_LIST, n, flagged, value, error);
    }
}

/* Resolves 'r' (among @table = refs) and 'R' (among interned strings) to a finished value. */
static gboolean
read_reference (Reader *reader, const GArray *table, guint32 *value, GError **error)
{
  gsize at = reader->input.at;
  guint64 number;

  if (!thaw_marshal_need (&reader->input, 4, error))
    return FALSE;
  number = thaw_marshal_take (&reader->input, 4);
  if (number >= table->len)
    return thaw_marshal_corrupt (&reader->input, at, _ ("A reference points to nothing"), error);
  *value = g_array_index (table, guint32, number);
  if (*value == OPEN)
    return thaw_marshal_corrupt (&reader->input, at, _ ("An object contains itself"), error);
  return TRUE;
}

/* Reads one object up to its first item. @finished is set to its number, or to OPEN when it is a
 * container that was opened. */
static gboolean
read_object (Reader *reader, guint8 byte, guint32 *finished, GError **error)
{
  const char code = byte & ~FLAG_REF;
  const gboolean flagged = (byte & FLAG_REF) != 0;
  const gboolean container = code != '\0' && strchr ("{()[<>:c", code) != NULL;
  ThawMarshalValue value = { .offset = reader->input.at - 1 };

  if (code == 'r')
    return read_reference (reader, reader->refs, finished, error);
  if (code == 'R')
    return read_reference (reader, reader->interned, finished, error);
  if (reader->values->len >= THAW_MARSHAL_LIMIT_VALUES)
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_BYTE, reader->input.at,
                      _ ("The file holds more than %u values"), THAW_MARSHAL_LIMIT_VALUES);
      return FALSE;
    }
  if (container ? !read_container (reader, code, flagged, &value, error)
                : !thaw_marshal_read_scalar (&reader->input, code, &value, error))
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
    return thaw_marshal_corrupt (&reader->input, reader->input.at - 1, _ ("An object is missing"),
                                 error);
  *finished = close_container (reader);
  return TRUE;
}

/* Hands @finished, an object or OPEN, to the innermost container, and closes every container that
 * this completes. @root is set once the outermost object is complete. */
static gboolean
attach (Reader *reader, guint32 finished, guint32 *root, GError **error)
{
  while (TRUE)
    {
      Container *top;

      if (finished != OPEN && reader->stack->len == 0)
        {
          *root = finished;
          return TRUE;
        }
      top = &g_array_index (reader->stack, Container, reader->stack->len - 1);
      if (finished != OPEN)
        {
          g_array_append_val (reader->pending, finished);
          if (top->remaining != UNTIL_NULL)
            top->remaining--;
          if (top->is_code && !step_through_code (reader, top, error))
            return FALSE;
        }
      if (top->remaining > 0)
        return TRUE;
      finished = close_container (reader);
    }
}

static gboolean
read_all (Reader *reader, guint32 *root, GError **error)
{
  guint32 finished;

  *root = OPEN;
  while (*root == OPEN)
    {
      guint8 byte;

      if (!thaw_marshal_need (&reader->input, 1, error))
        return FALSE;
      byte = thaw_marshal_take (&reader->input, 1);
      if (byte == '0' ? !end_dict (reader, &finished, error)
                      : !read_object (reader, byte, &finished, error))
        return FALSE;
      if (!attach (reader, finished, root, error))
        return FALSE;
    }
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

  reader.input.data = g_bytes_get_data (bytes, &reader.input.size);
  if (reader.input.size > THAW_MARSHAL_LIMIT_BYTES)
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
      marshal->end = reader.input.at;
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

/* The number of the name of a function or module, of its code. */
guint32
thaw_marshal_get_code_name (const ThawMarshal *marshal, guint32 code)
{
  g_return_val_if_fail (marshal != NULL && marshal->values[code].type == THAW_MARSHAL_CODE, 0);
  return thaw_marshal_get_item (marshal, code, marshal->values[code].length == 10 ? 6 : 7);
}
