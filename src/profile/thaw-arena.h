/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawArena: a call tree that grows one stack at a time.
 *
 * Nodes of 16 bytes stand in one block in the order of their first visit, so a parent always has a
 * lower number than its children; self values stand in a second block. A child is looked for in its
 * parent's list, where every hit moves to the front: programs mostly do what they did last. A parent
 * with more than THAW_ARENA_WIDE children gets them into a hash table of node numbers (the keys are
 * read from the nodes). The stack of the last sample is kept, so that only what differs from it is
 * walked. Frames are bare numbers here.
 */
#pragma once

#include "thaw-tree.h"

G_BEGIN_DECLS

#define THAW_ARENA_WIDE 16
/* Bit of first_child that says: the children of this node are in the hash table. Node numbers stay
 * below THAW_LIMIT_NODES and never reach it. */
#define THAW_ARENA_WIDE_BIT (1u << 31)

/* The links once nodes are numbered: size of the subtree, and the next free number in it. */
#define THAW_ARENA_SIZE(node) ((node).first_child)
#define THAW_ARENA_NEXT(node) ((node).next_sibling)

typedef struct
{
  guint32 parent;
  guint32 first_child;  /* 0 none; may carry THAW_ARENA_WIDE_BIT */
  guint32 next_sibling; /* 0 none */
  guint32 frame;
} ThawArenaNode;

typedef struct
{
  ThawArenaNode *nodes; /* node 0 is the root */
  double *self;         /* per node */
  double *calls;        /* per node; NULL unless counted */
  guint32 n_nodes;
  guint32 capacity;
  guint32 max_frame; /* greatest frame that is taken; G_MAXUINT32 unless set */
  guint64 *budget;   /* nodes that may still be reserved; shared by the arenas of a builder */

  guint32 *stack_node;  /* the current stack, root first: nodes … */
  guint32 *stack_frame; /* … and their frames */
  guint32 depth;
  guint32 stack_capacity;

  guint32 *hash;     /* children of wide nodes; 0 is an empty place */
  guint32 hash_size; /* a power of two, or 0 */
  guint32 hash_used;
} ThawArena;

void thaw_arena_init (ThawArena *arena, guint64 *budget);
void thaw_arena_clear (ThawArena *arena);
gboolean thaw_arena_count_calls (ThawArena *arena);
gboolean thaw_arena_reserve_stack (ThawArena *arena, guint32 depth);
guint32 thaw_arena_child_slow (ThawArena *arena, guint32 parent, guint32 frame);
/* In a frame map: such nodes go, and their children and time become their parent's. */
#define THAW_ARENA_ELIDED (G_MAXUINT32 - 1)
gboolean thaw_arena_merge_frames (ThawArena *arena, const guint32 *frame_map, guint32 **node_map);

void thaw_arena_number (ThawArena *arena);
void thaw_arena_write_links (const ThawArena *arena, ThawTree *tree);

/* The number in preorder of @node after thaw_arena_number(). */
static inline guint32
thaw_arena_number_of (const ThawArena *arena, guint32 node)
{
  return THAW_ARENA_NEXT (arena->nodes[node]) - THAW_ARENA_SIZE (arena->nodes[node]);
}

/* The child of @parent with @frame, made if there is none. THAW_NODE_NONE: out of budget or
 * memory, or @frame is too large.
 * May move the arena's blocks. */
static inline guint32
thaw_arena_child (ThawArena *arena, guint32 parent, guint32 frame)
{
  guint32 child = arena->nodes[parent].first_child & ~THAW_ARENA_WIDE_BIT;
  if (G_LIKELY (child != 0 && arena->nodes[child].frame == frame))
    return child;
  return thaw_arena_child_slow (arena, parent, frame);
}

G_END_DECLS
