/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One total order of siblings: by total, greatest first (heaviest) or not at all (alphabetical), then
 * by shown name, file, line and frame number, then by node number (trees in time order repeat frames).
 * Names are compared once: every frame of the tree gets a rank, and nodes compare numbers.
 */
#include "thaw-order-private.h"

#include <stdlib.h>
#include <string.h>
#include "thaw-names.h"

/* Up to here insertion beats qsort. */
#define INSERTION_MAX 16

typedef struct
{
  double weight; /* total when heaviest comes first, 0 in alphabetical order */
  guint32 rank;
  guint32 node;
} Child;

struct _ThawSorter
{
  const ThawTree *tree;
  gboolean by_weight;
  guint32 n_frames;
  guint32 *rank;   /* per frame of the profile */
  Child *children; /* of one node, used again */
  gsize capacity;
};

typedef struct
{
  char *name;
  const char *file;
  guint32 line;         /* of the definition */
  guint32 running_line; /* 0 in trees keyed by function */
  guint32 frame;
} Named;

static int
compare_named (const void *a, const void *b)
{
  const Named *x = a, *y = b;
  int order = strcmp (x->name, y->name);

  if (order == 0)
    order = g_strcmp0 (x->file, y->file);
  if (order == 0)
    order = x->line < y->line ? -1 : x->line > y->line;
  if (order == 0)
    order = x->running_line < y->running_line ? -1 : x->running_line > y->running_line;
  return order != 0 ? order : (x->frame < y->frame ? -1 : x->frame > y->frame);
}

/* The frames that @tree uses, each once; (element-type Named) with names to be freed. */
static GArray *
frames_of (const ThawProfile *profile, const ThawTree *tree, guint32 n_frames)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (Named));
  g_autofree guint8 *seen = g_new0 (guint8, n_frames);

  for (guint32 i = 1; i < tree->n_nodes; i++)
    {
      guint32 frame = tree->frame[i];
      const ThawFunction *function;
      Named named;

      if (frame >= n_frames || seen[frame])
        continue;
      seen[frame] = TRUE;
      function = thaw_profile_get_function (
          profile, thaw_profile_frame_function (profile, tree->key, frame));
      named = (Named){ thaw_display_name (function), function->file, function->line, 0, frame };
      if (tree->key == THAW_KEY_LOCATION)
        named.running_line = thaw_profile_get_location (profile, frame)->line;
      g_array_append_val (frames, named);
    }
  return frames;
}

/* Numbers the frames of @tree in the order of their names, per frame of the profile; (transfer
 * full). */
static guint32 *
rank_frames (const ThawProfile *profile, const ThawTree *tree, guint32 n_frames)
{
  g_autoptr (GArray) frames = frames_of (profile, tree, n_frames);
  guint32 *rank = g_new0 (guint32, n_frames);

  g_array_sort (frames, compare_named);
  for (guint32 i = 0; i < frames->len; i++)
    {
      rank[g_array_index (frames, Named, i).frame] = i;
      g_free (g_array_index (frames, Named, i).name);
    }
  return rank;
}

ThawSorter *
thaw_sorter_new (const ThawProfile *profile, const ThawTree *tree, ThawOrder order)
{
  ThawSorter *sorter = g_new0 (ThawSorter, 1);

  sorter->tree = tree;
  sorter->by_weight = order == THAW_ORDER_HEAVIEST;
  sorter->n_frames = tree->key == THAW_KEY_FUNCTION ? thaw_profile_get_n_functions (profile)
                                                    : thaw_profile_get_n_locations (profile);
  sorter->rank = rank_frames (profile, tree, sorter->n_frames);
  sorter->capacity = 64;
  sorter->children = g_new (Child, sorter->capacity);
  return sorter;
}

void
thaw_sorter_free (ThawSorter *sorter)
{
  g_free (sorter->rank);
  g_free (sorter->children);
  g_free (sorter);
}

static inline int
compare_children (const void *a, const void *b)
{
  const Child *x = a, *y = b;

  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return x->node < y->node ? -1 : x->node > y->node;
}

static void
sort_children (Child *children, guint32 n)
{
  if (n > INSERTION_MAX)
    {
      qsort (children, n, sizeof (Child), compare_children);
      return;
    }
  for (guint32 i = 1; i < n; i++)
    {
      Child child = children[i];
      guint32 at = i;

      for (; at > 0 && compare_children (&child, &children[at - 1]) < 0; at--)
        children[at] = children[at - 1];
      children[at] = child;
    }
}

void
thaw_sorter_push_children (ThawSorter *sorter, guint32 node, ThawStack *stack)
{
  const ThawTree *tree = sorter->tree;
  guint32 end = tree->subtree_end[node];
  guint32 n = 0;

  for (guint32 c = node + 1; c < end; c = tree->subtree_end[c])
    {
      guint32 frame = tree->frame[c];

      if (n == sorter->capacity)
        {
          sorter->capacity *= 2;
          sorter->children = g_renew (Child, sorter->children, sorter->capacity);
        }
      /* Special frames (pruned and the like) come after all names. */
      sorter->children[n++] = (Child){ sorter->by_weight ? tree->total[c] : 0,
                                       frame < sorter->n_frames ? sorter->rank[frame] : frame, c };
    }
  sort_children (sorter->children, n);
  thaw_stack_reserve (stack, n);
  while (n > 0)
    stack->nodes[stack->n++] = sorter->children[--n].node;
}

void
thaw_stack_reserve (ThawStack *stack, guint32 n)
{
  if (stack->capacity - stack->n >= n)
    return;
  stack->capacity = MAX (stack->capacity * 2, stack->n + n + 64);
  stack->nodes = g_renew (guint32, stack->nodes, stack->capacity);
}

void
thaw_stack_clear (ThawStack *stack)
{
  g_clear_pointer (&stack->nodes, g_free);
}
