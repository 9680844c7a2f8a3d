/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Interning. A function is known by (name, file, first line), where name and file are compared by
 * address once they are interned; a location by (function, running line). The keys of the two hash
 * tables are the array elements' numbers, looked up through a probe that stands in as a number of its
 * own, so that a function costs its array element and one table entry.
 *
 * Tables are GHashTables of small keys: captures have thousands of functions, where stacks have
 * millions of nodes.
 */
#include "thaw-frame-table-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Keys are packed by value into one 128-bit record, owned by the hash table. */
typedef struct
{
  guint64 a;
  guint64 b;
} Key;

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;
  guint64 mixed = (key->a ^ (key->b << 31 | key->b >> 33)) *
                  G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return (guint) (mixed >> 32);
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;
  return x->a == y->a && x->b == y->b;
}

/* Prepares an empty table. */
void
thaw_frame_table_init (ThawFrameTable *table)
{
  table->strings = g_string_chunk_new (16 * 1024);
  table->string_ids = g_hash_table_new (g_str_hash, g_str_equal);
  table->functions = g_array_new (FALSE, FALSE, sizeof (ThawFunction));
  table->function_of = g_hash_table_new_full (key_hash, key_equal, g_free, NULL);
  table->locations = g_array_new (FALSE, FALSE, sizeof (ThawLocation));
  table->location_of = g_hash_table_new_full (key_hash, key_equal, g_free, NULL);
  table->slots = g_array_new (FALSE, FALSE, sizeof (guint32));
  table->slot_of_location = g_array_new (FALSE, FALSE, sizeof (guint32));
  table->has_lines = FALSE;
}

/* Frees what the table still owns; finish has taken strings, functions and locations. */
void
thaw_frame_table_clear (ThawFrameTable *table)
{
  g_clear_pointer (&table->string_ids, g_hash_table_unref);
  g_clear_pointer (&table->function_of, g_hash_table_unref);
  g_clear_pointer (&table->location_of, g_hash_table_unref);
  g_clear_pointer (&table->functions, g_array_unref);
  g_clear_pointer (&table->locations, g_array_unref);
  g_clear_pointer (&table->slots, g_array_unref);
  g_clear_pointer (&table->slot_of_location, g_array_unref);
  g_clear_pointer (&table->strings, g_string_chunk_free);
}

/* The one copy of @text, as valid UTF-8, and its number from 1. */
static const char *
intern (ThawFrameTable *table, const char *text, guint64 *id)
{
  gpointer key, value;
  g_autofree char *valid = NULL;
  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  if (!g_hash_table_lookup_extended (table->string_ids, text, &key, &value))
    {
      key = g_string_chunk_insert (table->strings, text);
      value = GUINT_TO_POINTER (g_hash_table_size (table->string_ids) + 1);
      g_hash_table_insert (table->string_ids, key, value);
    }
  *id = GPOINTER_TO_UINT (value);
  return key;
}

/* The one copy of @text, as valid UTF-8; lives as long as the profile. */
const char *
thaw_frame_table_intern (ThawFrameTable *table, const char *text)
{
  guint64 id;
  return intern (table, text, &id);
}

/* The number stored under @key, or @fresh, which is then stored. */
static guint32
lookup_or_add (GHashTable *numbers, Key key, guint32 fresh)
{
  gpointer value;
  if (g_hash_table_lookup_extended (numbers, &key, NULL, &value))
    return GPOINTER_TO_UINT (value);
  g_hash_table_insert (numbers, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (fresh));
  return fresh;
}

/* The location of @spec, interned. */
static guint32
location_of (ThawFrameTable *table, const ThawFrameSpec *spec)
{
  guint64 name_id, file_id = 0;
  const char *name = intern (table, spec->name != NULL ? spec->name : "", &name_id);
  const char *file = spec->file != NULL && *spec->file != '\0'
                         ? intern (table, spec->file, &file_id)
                         : NULL;

  Key key = { name_id << 32 | file_id, spec->first_line };
  guint32 function = lookup_or_add (table->function_of, key, table->functions->len);
  if (function == table->functions->len)
    {
      ThawFunction fresh = { name, file, spec->first_line, spec->kind };
      g_array_append_val (table->functions, fresh);
    }

  key = (Key){ function, spec->line };
  guint32 location = lookup_or_add (table->location_of, key, table->locations->len);
  if (location == table->locations->len)
    {
      ThawLocation fresh = { function, spec->line };
      guint32 none = THAW_SLOT_UNDEFINED;
      g_array_append_val (table->locations, fresh);
      g_array_append_val (table->slot_of_location, none);
      table->has_lines |= spec->line > 0;
    }
  return location;
}

/* Whether a frame's texts are within the limit; sets the error otherwise. */
static gboolean
check_texts (const ThawFrameSpec *spec, GError **error)
{
  if ((spec->name != NULL &&
       strnlen (spec->name, THAW_LIMIT_NAME_BYTES + 1) > THAW_LIMIT_NAME_BYTES) ||
      (spec->file != NULL &&
       strnlen (spec->file, THAW_LIMIT_NAME_BYTES + 1) > THAW_LIMIT_NAME_BYTES))
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                      _ ("A function's name is longer than %u bytes"), THAW_LIMIT_NAME_BYTES);
      return FALSE;
    }
  return TRUE;
}

/* Sets the error for a slot that is out of bounds. */
static gboolean
fail_frames (GError **error)
{
  thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                  _ ("There are more than %u different frames"), THAW_LIMIT_FRAMES);
  return FALSE;
}

/* Interns @spec and gives it a slot after all others, the same one for equal specs. */
gboolean
thaw_frame_table_add (ThawFrameTable *table,
                      const ThawFrameSpec *spec,
                      guint32 *slot,
                      GError **error)
{
  if (!check_texts (spec, error))
    return FALSE;
  if (table->slots->len >= THAW_LIMIT_FRAMES)
    return fail_frames (error);

  guint32 location = location_of (table, spec);
  guint32 *known = &g_array_index (table->slot_of_location, guint32, location);
  if (*known == THAW_SLOT_UNDEFINED)
    {
      *known = table->slots->len;
      g_array_append_val (table->slots, location);
    }
  *slot = *known;
  return TRUE;
}

/* Gives slot @slot the location of @spec, or elides it when @spec is NULL; the last definition wins. */
gboolean
thaw_frame_table_define (ThawFrameTable *table,
                         guint32 slot,
                         const ThawFrameSpec *spec,
                         GError **error)
{
  if (spec != NULL && !check_texts (spec, error))
    return FALSE;
  if (slot >= THAW_LIMIT_FRAMES)
    return fail_frames (error);

  guint32 location = spec != NULL ? location_of (table, spec) : THAW_SLOT_ELIDED;
  guint32 none = THAW_SLOT_UNDEFINED;
  while (table->slots->len <= slot)
    g_array_append_val (table->slots, none);
  g_array_index (table->slots, guint32, slot) = location;
  return TRUE;
}
