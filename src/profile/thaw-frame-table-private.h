/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawFrameTable: strings, functions and locations, each stored once, and the slots through which
 * importers name them.
 */
#pragma once

#include "thaw-arena.h"
#include "thaw-profile-builder.h"

G_BEGIN_DECLS

#define THAW_SLOT_UNDEFINED G_MAXUINT32
#define THAW_SLOT_ELIDED THAW_ARENA_ELIDED

typedef struct
{
  GStringChunk *strings;
  GHashTable *string_ids; /* interned text → its number */
  GArray *functions;      /* of ThawFunction */
  GHashTable *function_of;
  GArray *locations; /* of ThawLocation */
  GHashTable *location_of;
  GArray *slots;            /* of guint32: slot → location, or one of the two above */
  GArray *slot_of_location; /* of guint32: location → the slot that add_frame gave it */
  gboolean has_lines;
} ThawFrameTable;

void thaw_frame_table_init (ThawFrameTable *table);
void thaw_frame_table_clear (ThawFrameTable *table);
const char *thaw_frame_table_intern (ThawFrameTable *table, const char *text);
gboolean thaw_frame_table_add (ThawFrameTable *table,
                               const ThawFrameSpec *spec,
                               guint32 *slot,
                               GError **error);
gboolean thaw_frame_table_define (ThawFrameTable *table,
                                  guint32 slot,
                                  const ThawFrameSpec *spec,
                                  GError **error);

G_END_DECLS
