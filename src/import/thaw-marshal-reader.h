/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads those marshalled objects that hold no other: numbers, strings, None. Private to this
 * folder.
 */
#pragma once

#include "thaw-marshal.h"

G_BEGIN_DECLS

/* @data to @size, read up to @at. */
typedef struct
{
  const guint8 *data;
  gsize size;
  gsize at;
} ThawMarshalReader;

gboolean
thaw_marshal_corrupt (const ThawMarshalReader *reader, gsize at, const char *what, GError **error);
gboolean thaw_marshal_need (const ThawMarshalReader *reader, gsize n, GError **error);
guint64 thaw_marshal_take (ThawMarshalReader *reader, guint n_bytes);
gboolean thaw_marshal_take_length (ThawMarshalReader *reader,
                                   guint n_bytes,
                                   guint32 *length,
                                   GError **error);
gboolean thaw_marshal_read_scalar (ThawMarshalReader *reader,
                                   char code,
                                   ThawMarshalValue *value,
                                   GError **error);

G_END_DECLS
