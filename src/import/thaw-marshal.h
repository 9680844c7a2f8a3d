/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bounded reader of Python's marshal format: the plain data that pstats files are made of, as
 * written by Python 2.5 to 3.14. Dicts, tuples, lists, numbers and strings become values in one
 * compact arena. Compiled code is read over, since the pure-Python profiler puts some into its
 * files; nothing is ever executed.
 */
#pragma once

#include <glib.h>
#include "thaw-error.h"

G_BEGIN_DECLS

/* What a reader accepts at most; more gets THAW_ERROR_LIMIT. The depth is CPython's own. */
#define THAW_MARSHAL_LIMIT_BYTES ((1u << 28) - 1)
#define THAW_MARSHAL_LIMIT_VALUES (1u << 25)
#define THAW_MARSHAL_LIMIT_DEPTH 2000

typedef enum
{
  THAW_MARSHAL_NONE,
  THAW_MARSHAL_BOOL,
  THAW_MARSHAL_INT,   /* fits 64 bits */
  THAW_MARSHAL_FLOAT, /* a float, or an int that does not fit */
  THAW_MARSHAL_TEXT,  /* any string, of bytes or of text */
  THAW_MARSHAL_TUPLE,
  THAW_MARSHAL_LIST,
  THAW_MARSHAL_DICT,
  THAW_MARSHAL_CODE, /* see thaw_marshal_get_code_name() */
} ThawMarshalType;

/**
 * ThawMarshalValue:
 * @type: a #ThawMarshalType
 * @length: bytes of a text; items of a tuple or list; keys and values of a dict, that is, twice its
 *   pairs
 * @offset: byte of the input where the value starts
 * @integer: of a bool or int
 * @number: of a float
 * @text: of a text, in the input itself; not terminated, of no known encoding
 * @first: of a container, its first place in the arena's list of items
 */
typedef struct
{
  guint32 type : 4;
  guint32 length : 28;
  guint32 offset;
  union
  {
    gint64 integer;
    double number;
    const char *text;
    guint32 first;
  };
} ThawMarshalValue;

/**
 * ThawMarshal:
 * @root: number of the outermost value
 * @n_values: length of @values
 * @values: every value, each once; one that is referred to again keeps its number
 * @items: numbers of values, those of one container side by side
 * @end: one past the last byte that was read
 * @bytes: the input, which texts point into
 *
 * A parsed object; read-only.
 */
typedef struct
{
  guint32 root;
  guint32 n_values;
  ThawMarshalValue *values;
  guint32 *items;
  gsize end;
  GBytes *bytes;
} ThawMarshal;

ThawMarshal *thaw_marshal_parse (GBytes *bytes, GError **error);
void thaw_marshal_free (ThawMarshal *marshal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawMarshal, thaw_marshal_free)

guint32 thaw_marshal_get_item (const ThawMarshal *marshal, guint32 container, guint32 i);
guint32 thaw_marshal_get_code_name (const ThawMarshal *marshal, guint32 code);

G_END_DECLS
