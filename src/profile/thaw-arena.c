/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The growing call tree: memory, the slow way to a child, and merging after frames got their final
 * numbers. See thaw-arena.h for the layout. Failing to get memory is an answer, not a crash:
 * what grows here grows with the input.
 */
#include "thaw-arena.h"

/* Prepares an arena that holds only its root. @budget is shared and outlives the arena. */
void
thaw_arena_init (ThawArena *arena, guint64 *budget)
{
  *arena = (ThawArena){ .budget = budget, .max_frame = G_MAXUINT32, .n_nodes = 1, .capacity = 1 };
  arena->nodes = g_new0 (ThawArenaNode, 1);
  arena->nodes[0] = (ThawArenaNode){ THAW_NODE_NONE, 0, 0, THAW_FRAME_ROOT };
  arena->self = g_new0 (double, 1);
}

/* Frees everything the arena holds. */
void
thaw_arena_clear (ThawArena *arena)
{
  g_clear_pointer (&arena->nodes, g_free);
  g_clear_pointer (&arena->self, g_free);
  g_clear_pointer (&arena->calls, g_free);
  g_clear_pointer (&arena->stack_node, g_free);
  g_clear_pointer (&arena->stack_frame, g_free);
  g_clear_pointer (&arena->hash, g_free);
}

/* Adds the column of call counts, all zero. FALSE: no memory. */
gboolean
thaw_arena_count_calls (ThawArena *arena)
{
  if (arena->calls == NULL)
    arena->calls = g_try_new0 (double, arena->capacity);
  return arena->calls != NULL;
}

/* Makes room for a stack of @depth frames. FALSE: no memory. */
gboolean
thaw_arena_reserve_stack (ThawArena *arena, guint32 depth)
{
  if (depth <= arena->stack_capacity)
    return TRUE;

  guint32 capacity = MAX (64, depth + depth / 2);
  guint32 *nodes = g_try_renew (guint32, arena->stack_node, capacity);
  if (nodes == NULL)
    return FALSE;
  arena->stack_node = nodes;
  guint32 *frames = g_try_renew (guint32, arena->stack_frame, capacity);
  if (frames == NULL)
    return FALSE;
  arena->stack_frame = frames;
  arena->stack_capacity = capacity;
  return TRUE;
}

/* Makes room for at least one node more, by half as much again, within the budget. */
static gboolean
grow (ThawArena *arena)
{
  guint64 more = MIN (MAX (arena->capacity / 2, 63), *arena->budget);
  if (more == 0)
    return FALSE;

  gsize capacity = arena->capacity + more;
  ThawArenaNode *nodes = g_try_renew (ThawArenaNode, arena->nodes, capacity);
  if (nodes == NULL)
    return FALSE;
  arena->nodes = nodes;
  double *self = g_try_renew (double, arena->self, capacity);
  if (self == NULL)
    return FALSE;
  arena->self = self;
  if (arena->calls != NULL)
    {
      double *calls = g_try_renew (double, arena->calls, capacity);
      if (calls == NULL)
        return FALSE;
      arena->calls = calls;
    }
  arena->capacity = (guint32) capacity;
  *arena->budget -= more;
  return TRUE;
}

/* Where to start looking for a child in the hash table. */
static inline guint32
hash_place (const ThawArena *arena, guint32 parent, guint32 frame)
{
  guint64 key = ((guint64) parent << 32 | frame) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return (guint32) (key >> 32) & (arena->hash_size - 1);
}

/* Puts @node into the hash table, which has a free place and not the node. */
static void
hash_put (ThawArena *arena, guint32 node)
{
  const ThawArenaNode *n = &arena->nodes[node];
  guint32 place = hash_place (arena, n->parent, n->frame);
  while (arena->hash[place] != 0)
    place = (place + 1) & (arena->hash_size - 1);
  arena->hash[place] = node;
  arena->hash_used++;
}

/* Makes room for @more entries with at least a third of the places free. FALSE: no memory. */
static gboolean
hash_reserve (ThawArena *arena, guint32 more)
{
  guint64 needed = ((guint64) arena->hash_used + more) * 3 / 2 + 1;
  if (needed <= arena->hash_size)
    return TRUE;

  guint32 old_size = arena->hash_size, size = MAX (old_size, 64);
  while (size < needed)
    size *= 2;
  guint32 *hash = g_try_new0 (guint32, size);
  if (hash == NULL)
    return FALSE;

  g_autofree guint32 *old = arena->hash;
  arena->hash = hash;
  arena->hash_size = size;
  arena->hash_used = 0;
  for (guint32 i = 0; i < old_size; i++)
    if (old[i] != 0)
      hash_put (arena, old[i]);
  return TRUE;
}

/* Adds a node as the first child of @parent; hashed as well when the parent is wide. */
static guint32
add_node (ThawArena *arena, guint32 parent, guint32 frame)
{
  if (frame > arena->max_frame || (arena->n_nodes == arena->capacity && !grow (arena)))
    return THAW_NODE_NONE;

  guint32 wide = arena->nodes[parent].first_child & THAW_ARENA_WIDE_BIT;
  if (wide != 0 && !hash_reserve (arena, 1))
    return THAW_NODE_NONE;

  guint32 node = arena->n_nodes++;
  guint32 next = arena->nodes[parent].first_child & ~THAW_ARENA_WIDE_BIT;
  arena->nodes[node] = (ThawArenaNode){ parent, 0, next, frame };
  arena->nodes[parent].first_child = node | wide;
  arena->self[node] = 0;
  if (arena->calls != NULL)
    arena->calls[node] = 0;
  if (wide != 0)
    hash_put (arena, node);
  return node;
}

/* The child of a wide node, found through the hash table or made. */
static guint32
wide_child (ThawArena *arena, guint32 parent, guint32 frame)
{
  guint32 place = hash_place (arena, parent, frame);
  for (guint32 node; (node = arena->hash[place]) != 0; place = (place + 1) & (arena->hash_size - 1))
    if (arena->nodes[node].frame == frame && arena->nodes[node].parent == parent)
      return node;
  return add_node (arena, parent, frame);
}

/* Puts all children of @parent into the hash table and marks it as wide. FALSE: no memory. */
static gboolean
make_wide (ThawArena *arena, guint32 parent)
{
  if (!hash_reserve (arena, THAW_ARENA_WIDE + 1))
    return FALSE;
  for (guint32 node = arena->nodes[parent].first_child; node != 0;
       node = arena->nodes[node].next_sibling)
    hash_put (arena, node);
  arena->nodes[parent].first_child |= THAW_ARENA_WIDE_BIT;
  return TRUE;
}

/* thaw_arena_child() when the child is not the first of its list: walks the list and moves a hit to
 * the front, or asks the hash table. */
guint32
thaw_arena_child_slow (ThawArena *arena, guint32 parent, guint32 frame)
{
  ThawArenaNode *nodes = arena->nodes;
  if (nodes[parent].first_child & THAW_ARENA_WIDE_BIT)
    return wide_child (arena, parent, frame);

  guint32 previous = 0, n = 0;
  for (guint32 node = nodes[parent].first_child; node != 0; node = nodes[node].next_sibling)
    {
      if (nodes[node].frame == frame)
        {
          if (previous != 0)
            {
              nodes[previous].next_sibling = nodes[node].next_sibling;
              nodes[node].next_sibling = nodes[parent].first_child;
              nodes[parent].first_child = node;
            }
          return node;
        }
      previous = node;
      n++;
    }
  if (n > THAW_ARENA_WIDE && !make_wide (arena, parent))
    return THAW_NODE_NONE;
  return add_node (arena, parent, frame);
}

/* Gives every node the frame @frame_map[frame], and makes one of siblings that become equal; those
 * that become THAW_ARENA_ELIDED go, and what they held becomes their parent's. Nodes are taken in
 * order, parents first, and written back to the same block: the new number of a node is never above
 * its old one. On return *node_map (transfer full) holds the new number per old one. The current stack
 * is forgotten. FALSE: no memory. */
gboolean
thaw_arena_merge_frames (ThawArena *arena, const guint32 *frame_map, guint32 **node_map)
{
  guint32 n_old = arena->n_nodes;
  guint32 *map = g_try_new (guint32, n_old);
  if (map == NULL)
    return FALSE;

  g_clear_pointer (&arena->hash, g_free);
  arena->hash_size = arena->hash_used = 0;
  arena->depth = 0;
  arena->nodes[0].first_child = 0;
  arena->n_nodes = 1;
  map[0] = 0;
  for (guint32 old = 1; old < n_old; old++)
    {
      guint32 parent = map[arena->nodes[old].parent];
      guint32 frame = frame_map[arena->nodes[old].frame];
      double self = arena->self[old];
      double calls = arena->calls != NULL ? arena->calls[old] : 0;
      if (frame == THAW_ARENA_ELIDED)
        {
          arena->self[parent] += self;
          map[old] = parent;
          continue;
        }
      guint32 node = thaw_arena_child (arena, parent, frame);
      if (node == THAW_NODE_NONE)
        {
          g_free (map);
          return FALSE;
        }
      arena->self[node] += self;
      if (arena->calls != NULL)
        arena->calls[node] += calls;
      map[old] = node;
    }
  *node_map = map;
  return TRUE;
}

/* Numbers the nodes in preorder: thaw_arena_number_of(). Siblings stand in the order of their first
 * visit, which is that of the arena. Parents have lower numbers than children, so sizes are one loop
 * backward and numbers one loop forward; both take the place of the links, which nothing needs any
 * more: nothing can be added afterwards. */
void
thaw_arena_number (ThawArena *arena)
{
  ThawArenaNode *nodes = arena->nodes;
  g_clear_pointer (&arena->hash, g_free);
  g_clear_pointer (&arena->stack_node, g_free);
  g_clear_pointer (&arena->stack_frame, g_free);

  for (guint32 node = 0; node < arena->n_nodes; node++)
    THAW_ARENA_SIZE (nodes[node]) = 1;
  for (guint32 node = arena->n_nodes - 1; node > 0; node--)
    THAW_ARENA_SIZE (nodes[nodes[node].parent]) += THAW_ARENA_SIZE (nodes[node]);

  THAW_ARENA_NEXT (nodes[0]) = 1;
  for (guint32 node = 1; node < arena->n_nodes; node++)
    {
      ThawArenaNode *parent = &nodes[nodes[node].parent];
      THAW_ARENA_NEXT (nodes[node]) = THAW_ARENA_NEXT (*parent) + 1;
      THAW_ARENA_NEXT (*parent) += THAW_ARENA_SIZE (nodes[node]);
    }
}

/* Writes frames, parents and ends of subtrees of a numbered arena into @tree, which has as many
 * nodes. */
void
thaw_arena_write_links (const ThawArena *arena, ThawTree *tree)
{
  for (guint32 node = 1; node < arena->n_nodes; node++)
    {
      guint32 number = thaw_arena_number_of (arena, node);
      tree->frame[number] = arena->nodes[node].frame;
      tree->parent[number] = thaw_arena_number_of (arena, arena->nodes[node].parent);
      tree->subtree_end[number] = THAW_ARENA_NEXT (arena->nodes[node]);
    }
}
