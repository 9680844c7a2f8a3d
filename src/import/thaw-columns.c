/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables of columns in JSON; see the header. Numbers are kept as doubles, which is how the scanner
 * reads them: exact up to 2^53, which are 104 days in nanoseconds.
 */
#include "thaw-columns.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_ROWS (1u << 26)
#define MAX_WHOLE 0x1p62

gboolean
thaw_columns_read_whole (ThawJson *json, double *value)
{
  thaw_json_peek (json);
  guint64 at = thaw_json_offset (json, json->p);
  if (!thaw_json_number (json, value))
    return FALSE;
  if (floor (*value) == *value && fabs (*value) <= MAX_WHOLE)
    return TRUE;
  return thaw_json_fail (json, THAW_ERROR_CORRUPT, at, _ ("Expected a whole number"));
}

/* Appends the number at the scanner if it may stand in a column of @kind. */
static gboolean
read_number (ThawJson *json, ThawColumnKind kind, ThawColumn *column)
{
  thaw_json_peek (json);
  guint64 at = thaw_json_offset (json, json->p);
  double value, least = kind == THAW_COLUMN_INDEX || kind == THAW_COLUMN_COUNT ? 0 : -1;
  if (!thaw_columns_read_whole (json, &value))
    return FALSE;
  if (kind != THAW_COLUMN_TIME && value < least)
    return thaw_json_fail (json, THAW_ERROR_CORRUPT, at, _ ("The number %.0f is too small here"),
                           value);
  if (kind == THAW_COLUMN_PARENT && value >= column->items->len)
    return thaw_json_fail (json, THAW_ERROR_CORRUPT, at,
                           _ ("The parent %.0f does not stand before its child %u"), value,
                           column->items->len);
  if (value > column->max)
    {
      column->max = value;
      column->max_at = at;
    }
  g_array_append_val (column->items, value);
  return TRUE;
}

static gboolean
read_column (ThawJson *json, const ThawColumnSpec *spec, GStringChunk *strings, ThawColumn *column)
{
  if (column->items != NULL)
    return thaw_json_fail (json, THAW_ERROR_CORRUPT, thaw_json_offset (json, json->p),
                           _ ("The column “%s” is there twice"), spec->name);
  gboolean is_text = spec->kind == THAW_COLUMN_TEXT;
  column->items = g_array_new (FALSE, FALSE, is_text ? sizeof (const char *) : sizeof (double));
  column->max = -1;
  if (!thaw_json_begin (json, '['))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (json, ']', &first);)
    {
      if (column->items->len == MAX_ROWS)
        return thaw_json_fail (json, THAW_ERROR_LIMIT, thaw_json_offset (json, json->p),
                               _ ("There are more than %u entries in a column"), MAX_ROWS);
      if (!is_text)
        {
          if (!read_number (json, spec->kind, column))
            return FALSE;
          continue;
        }
      const char *text = thaw_json_string (json);
      if (text == NULL)
        return FALSE;
      text = g_string_chunk_insert_const (strings, text);
      g_array_append_val (column->items, text);
    }
  return json->error == NULL;
}

/* Whether all columns have one length; @at is the byte behind them. */
static gboolean
check_lengths (ThawJson *json,
               guint64 at,
               const ThawColumnSpec *specs,
               guint n,
               ThawColumns *columns)
{
  for (guint i = 0; i < n; i++)
    {
      const GArray *items = columns->columns[i].items;
      guint len = items != NULL ? items->len : 0;
      if (i == 0)
        columns->n_rows = len;
      if (len != columns->n_rows)
        return thaw_json_fail (json, THAW_ERROR_CORRUPT, at,
                               /* Translators: names of columns and their lengths. */
                               _ ("The columns “%s” and “%s” differ in length: %u and %u"),
                               specs[0].name, specs[i].name, columns->n_rows, len);
    }
  return TRUE;
}

gboolean
thaw_columns_read (ThawJson *json,
                   const ThawColumnSpec *specs,
                   guint n,
                   GStringChunk *strings,
                   ThawColumns *columns)
{
  thaw_columns_clear (columns);
  columns->read = TRUE;
  if (!thaw_json_begin (json, '{'))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (json, '}', &first);)
    {
      const char *key = thaw_json_key (json);
      guint i = 0;
      if (key == NULL)
        return FALSE;
      while (i < n && strcmp (key, specs[i].name) != 0)
        i++;
      if (i < n ? !read_column (json, &specs[i], strings, &columns->columns[i])
                : !thaw_json_skip (json))
        return FALSE;
    }
  return json->error == NULL &&
         check_lengths (json, thaw_json_offset (json, json->p), specs, n, columns);
}

void
thaw_columns_clear (ThawColumns *columns)
{
  for (guint i = 0; i < THAW_COLUMNS_MAX; i++)
    g_clear_pointer (&columns->columns[i].items, g_array_unref);
  *columns = (ThawColumns){ .n_rows = 0 };
}

gboolean
thaw_columns_check_index (ThawJson *json,
                          const ThawColumns *columns,
                          guint column,
                          guint limit,
                          const char *what)
{
  const ThawColumn *checked = &columns->columns[column];
  if (checked->items == NULL || checked->max < limit)
    return TRUE;
  return thaw_json_fail (json, THAW_ERROR_CORRUPT, checked->max_at,
                         /* Translators: a number, a list ("functions"), its length. */
                         _ ("The index %.0f is out of range: the list of %s has length %u"),
                         checked->max, what, limit);
}
