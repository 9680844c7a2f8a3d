/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inside of the builder, shared by its files: thaw-profile-builder.c (what a capture says of
 * itself, processes, threads), thaw-frame-table.c (interning), thaw-thread-builder.c (stacks),
 * thaw-thread-events.c, thaw-thread-edges.c, thaw-profile-merge.c and thaw-profile-finish.c.
 */
#pragma once

#include "thaw-arena.h"
#include "thaw-frame-table-private.h"
#include "thaw-profile-builder.h"
#include "thaw-profile-private.h"

G_BEGIN_DECLS

/* What a thread was fed through so far. Stacks and events both fill the tree. */
typedef enum
{
  THAW_DOOR_NONE,
  THAW_DOOR_STACKS,
  THAW_DOOR_EVENTS,
  THAW_DOOR_EDGES
} ThawDoor;

/* A row or an edge of the third door; @function of a row is a frame's slot until finish. */
typedef struct
{
  GArray *rows;       /* of ThawEdgeFunction */
  GHashTable *row_of; /* slot → row + 1 */
  GArray *edges;      /* of ThawEdge */
} ThawEdgeDoor;

/* Samples in time order while they arrive. @values stays NULL as long as all weights are equal. */
typedef struct
{
  GArray *nodes;  /* of guint32: arena numbers */
  GArray *values; /* of double; nullable */
  GArray *keeps;  /* of guint32; nullable: only events know */
  double constant;
} ThawSequenceDoor;

struct _ThawThreadBuilder
{
  ThawProfileBuilder *owner;
  guint32 process;
  gint64 id;
  char *name;
  char *role;
  double start;
  ThawDoor door;
  guint64 n_samples;
  ThawArena arena;

  gboolean ordered;
  ThawSequenceDoor sequence;

  double last_at; /* events: time of the last one */
  guint32
      same_depth;   /* events: frames open without a break since the last sample of the sequence */
  gboolean entered; /* events: a frame was entered since that sample */

  ThawEdgeDoor edges;
};

typedef struct
{
  gint64 pid;
  char *name;
  guint32 parent;
  ThawProcessIdentity identity; /* its id is owned */
} ThawProcessBuilder;

struct _ThawProfileBuilder
{
  char *format;
  char *tool;
  char *title;
  ThawKind kind;
  ThawUnit unit;
  ThawMeaning meaning;
  gboolean has_unit;
  guint n_merged; /* profiles added so far */
  GPtrArray *warnings;
  GHashTable *warnings_seen; /* borrows the strings of @warnings */
  ThawFrameTable frames;
  GArray *processes;          /* of ThawProcessBuilder */
  GHashTable *process_by_key; /* char * → index + 1 */
  GPtrArray *threads;         /* of ThawThreadBuilder */
  GHashTable *thread_by_key;  /* char * → GArray of indices, in order of making */
  guint64 node_budget;
  GError *error; /* a failure that the call which met it could not return; finish reports it */
};

void thaw_edge_door_clear (ThawEdgeDoor *door);
void thaw_sequence_door_clear (ThawSequenceDoor *sequence);
gboolean thaw_sequence_door_add (ThawSequenceDoor *sequence, guint32 node, double value);

/* The threads made under a key so far, as indices; NULL when none. */
GArray *thaw_profile_builder_threads_of (ThawProfileBuilder *builder,
                                         guint32 process,
                                         const ThawThreadSpec *spec);
gboolean thaw_thread_builder_no_room (GError **error);
/* Sum of two counts; a count that would not fit stays at the greatest number. */
guint64 thaw_add_counts (guint64 a, guint64 b);
/* Lowers the node limit; for tests, which cannot fill the real one. */
void thaw_profile_builder_set_node_budget (ThawProfileBuilder *builder, guint64 n_nodes);

G_END_DECLS
