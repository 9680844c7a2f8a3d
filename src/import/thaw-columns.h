/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables in JSON that are written as an object of columns, {"name": ["f", "g"], "line": [3, 0]}: the
 * entries at one index belong together. Columns may come in any order and those that are not known
 * are skipped. Every value is checked as it is read, so that what is wrong is named with its byte; an
 * index is checked against its table with thaw_columns_check_index(), once that one is known. Private
 * to this folder.
 */
#pragma once

#include "thaw-json-scanner.h"

G_BEGIN_DECLS

#define THAW_COLUMNS_MAX 6

typedef enum
{
  THAW_COLUMN_TEXT,
  THAW_COLUMN_INDEX,         /* into another table */
  THAW_COLUMN_INDEX_OR_NONE, /* the same, or -1 */
  THAW_COLUMN_PARENT,        /* of an earlier row of the same table, or -1 */
  THAW_COLUMN_COUNT,         /* a whole number, not below zero */
  THAW_COLUMN_TIME,          /* a whole number; clocks may run backwards */
} ThawColumnKind;

typedef struct
{
  const char *name;
  ThawColumnKind kind;
} ThawColumnSpec;

/* @items: of const char * or of double. @max: the greatest number, -1 when there is none … */
typedef struct
{
  GArray *items;
  double max;
  guint64 max_at; /* … and the byte where it stands */
} ThawColumn;

typedef struct
{
  ThawColumn columns[THAW_COLUMNS_MAX];
  guint n_rows;
  gboolean read;
} ThawColumns;

/* Reads a table whose columns are @specs[0 … n-1]; texts are kept in @strings. All must have one
 * length. @columns is all zero, or is given back what it holds. */
gboolean thaw_columns_read (ThawJson *json,
                            const ThawColumnSpec *specs,
                            guint n,
                            GStringChunk *strings,
                            ThawColumns *columns);
void thaw_columns_clear (ThawColumns *columns);
/* Fails unless every number of @column is below @limit, the length of the list of @what. */
gboolean thaw_columns_check_index (ThawJson *json,
                                   const ThawColumns *columns,
                                   guint column,
                                   guint limit,
                                   const char *what);
/* A whole number that a double holds well enough to count and to point with. */
gboolean thaw_columns_read_whole (ThawJson *json, double *value);

static inline double
thaw_columns_number (const ThawColumns *columns, guint column, guint row)
{
  return g_array_index (columns->columns[column].items, double, row);
}

static inline const char *
thaw_columns_text (const ThawColumns *columns, guint column, guint row)
{
  return g_array_index (columns->columns[column].items, const char *, row);
}

G_END_DECLS
