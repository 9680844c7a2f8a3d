/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Door 1, stacks with weights: the loop that large captures spend their time in. A stack is walked
 * from the last frame that it shares with the stack before; see thaw-arena.h.
 */
#include "thaw-profile-builder-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Samples kept in time order; GArray counts in 32 bits. */
#define MAX_SEQUENCE (1u << 28)

void
thaw_sequence_door_clear (ThawSequenceDoor *sequence)
{
  g_clear_pointer (&sequence->nodes, g_array_unref);
  g_clear_pointer (&sequence->values, g_array_unref);
  g_clear_pointer (&sequence->keeps, g_array_unref);
}

/* Appends a sample. The first weight that differs from those before turns the constant into a
 * column. FALSE: too many samples. */
gboolean
thaw_sequence_door_add (ThawSequenceDoor *sequence, guint32 node, double value)
{
  if (sequence->nodes == NULL)
    {
      sequence->nodes = g_array_new (FALSE, FALSE, sizeof (guint32));
      sequence->constant = value;
    }
  guint n = sequence->nodes->len;
  if (n >= MAX_SEQUENCE)
    return FALSE;
  if (sequence->values == NULL && value != sequence->constant)
    {
      sequence->values = g_array_sized_new (FALSE, FALSE, sizeof (double), n + 1);
      for (guint i = 0; i < n; i++)
        g_array_append_val (sequence->values, sequence->constant);
    }
  g_array_append_val (sequence->nodes, node);
  if (sequence->values != NULL)
    g_array_append_val (sequence->values, value);
  return TRUE;
}

/* Sets the error for a tree that no longer fits; which limit it was is of no use to a person. */
gboolean
thaw_thread_builder_no_room (GError **error)
{
  thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                  _ ("The call tree is too large: more than %u nodes, or than there is memory for"),
                  THAW_LIMIT_NODES);
  return FALSE;
}

/* Sets the error for a stack that could not be walked, and says why. */
static void
fail_stack (const guint32 *frames, guint32 n, GError **error)
{
  for (guint32 i = 0; i < n; i++)
    if (frames[i] >= THAW_LIMIT_FRAMES)
      {
        thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                        _ ("A stack names a frame number above %u"), THAW_LIMIT_FRAMES - 1);
        return;
      }
  thaw_thread_builder_no_room (error);
}

/**
 * thaw_thread_builder_set_stack:
 * @thread: a thread
 * @keep: how many frames of the current stack stay; at most its depth
 * @frames: (array length=n): slots of the frames after those, root first
 * @n: length of @frames
 * @error: return location
 *
 * Makes the current stack its own first @keep frames followed by @frames.
 *
 * Returns: the node of the stack's leaf, 0 for an empty stack; %THAW_NODE_NONE with
 *   %THAW_ERROR_LIMIT when it is too deep, has too large frame numbers, or the tree is too large
 */
guint32
thaw_thread_builder_set_stack (ThawThreadBuilder *thread,
                               guint32 keep,
                               const guint32 *frames,
                               guint32 n,
                               GError **error)
{
  g_return_val_if_fail (thread != NULL && keep <= thread->arena.depth, THAW_NODE_NONE);
  g_return_val_if_fail (thread->door == THAW_DOOR_NONE || thread->door == THAW_DOOR_STACKS,
                        THAW_NODE_NONE);

  ThawArena *arena = &thread->arena;
  thread->door = THAW_DOOR_STACKS;
  if (n > THAW_LIMIT_DEPTH - keep)
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                      _ ("A stack is deeper than %u frames"), THAW_LIMIT_DEPTH);
      return THAW_NODE_NONE;
    }
  if (!thaw_arena_reserve_stack (arena, keep + n))
    {
      thaw_thread_builder_no_room (error);
      return THAW_NODE_NONE;
    }

  guint32 node = keep > 0 ? arena->stack_node[keep - 1] : 0;
  arena->depth = keep;
  for (guint32 i = 0; i < n; i++)
    {
      node = thaw_arena_child (arena, node, frames[i]);
      if (G_UNLIKELY (node == THAW_NODE_NONE))
        {
          fail_stack (frames, n, error);
          return THAW_NODE_NONE;
        }
      arena->stack_node[keep + i] = node;
      arena->stack_frame[keep + i] = frames[i];
    }
  arena->depth = keep + n;
  return node;
}

/**
 * thaw_thread_builder_add_sample:
 * @thread: a thread
 * @node: a node that thaw_thread_builder_set_stack() returned
 * @weight: in the profile's unit
 * @error: return location
 *
 * Adds @weight to the self value of @node and, if the thread is ordered, the sample to its sequence.
 *
 * Returns: %FALSE with %THAW_ERROR_CORRUPT when @weight is not finite, with %THAW_ERROR_LIMIT when
 *   there are too many samples to keep in order
 */
gboolean
thaw_thread_builder_add_sample (ThawThreadBuilder *thread,
                                guint32 node,
                                double weight,
                                GError **error)
{
  g_return_val_if_fail (thread != NULL && node < thread->arena.n_nodes, FALSE);
  g_return_val_if_fail (thread->door == THAW_DOOR_NONE || thread->door == THAW_DOOR_STACKS, FALSE);

  if (G_UNLIKELY (!isfinite (weight)))
    {
      thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_NOWHERE, 0,
                      _ ("A weight is not a finite number"));
      return FALSE;
    }
  thread->door = THAW_DOOR_STACKS;
  thread->arena.self[node] += weight;
  thread->n_samples++;
  if (thread->ordered && G_UNLIKELY (!thaw_sequence_door_add (&thread->sequence, node, weight)))
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                      _ ("There are more than %u samples in one thread"), MAX_SEQUENCE);
      return FALSE;
    }
  return TRUE;
}

/**
 * thaw_thread_builder_add_stack:
 * @thread: a thread
 * @frames: (array length=n): slots, root first
 * @n: length of @frames
 * @weight: in the profile's unit
 * @error: return location
 *
 * Adds one whole stack with its weight, starting from what it shares with the stack before.
 *
 * Returns: %FALSE with the errors of thaw_thread_builder_set_stack() and
 *   thaw_thread_builder_add_sample()
 */
gboolean
thaw_thread_builder_add_stack (ThawThreadBuilder *thread,
                               const guint32 *frames,
                               guint32 n,
                               double weight,
                               GError **error)
{
  g_return_val_if_fail (thread != NULL, FALSE);

  const guint32 *before = thread->arena.stack_frame;
  guint32 most = MIN (n, thread->arena.depth), keep = 0;
  while (keep < most && before[keep] == frames[keep])
    keep++;
  guint32 node = thaw_thread_builder_set_stack (thread, keep, frames + keep, n - keep, error);
  return node != THAW_NODE_NONE && thaw_thread_builder_add_sample (thread, node, weight, error);
}

/**
 * thaw_thread_builder_add_node:
 * @thread: a thread
 * @parent: 0 for the root, or a node that this function returned
 * @frame: slot of the node's frame
 * @calls: how often the frame was called there
 * @self: its own time there, in the profile's unit
 * @error: return location
 *
 * Adds a node of a call tree that counts calls. The same frame under the same parent adds up.
 *
 * Returns: the node; %THAW_NODE_NONE with %THAW_ERROR_CORRUPT when @self is not finite, with
 *   %THAW_ERROR_LIMIT when the tree is too large
 */
guint32
thaw_thread_builder_add_node (ThawThreadBuilder *thread,
                              guint32 parent,
                              guint32 frame,
                              guint64 calls,
                              double self,
                              GError **error)
{
  g_return_val_if_fail (thread != NULL && parent < thread->arena.n_nodes, THAW_NODE_NONE);
  g_return_val_if_fail (thread->door == THAW_DOOR_NONE || thread->door == THAW_DOOR_STACKS,
                        THAW_NODE_NONE);

  ThawArena *arena = &thread->arena;
  thread->door = THAW_DOOR_STACKS;
  if (!isfinite (self))
    {
      thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_NOWHERE, 0,
                      _ ("A weight is not a finite number"));
      return THAW_NODE_NONE;
    }
  guint32 node = thaw_arena_count_calls (arena) ? thaw_arena_child (arena, parent, frame)
                                                : THAW_NODE_NONE;
  if (node == THAW_NODE_NONE)
    {
      fail_stack (&frame, 1, error);
      return THAW_NODE_NONE;
    }
  arena->calls[node] += (double) calls;
  arena->self[node] += self;
  return node;
}

/**
 * thaw_thread_builder_set_ordered:
 * @thread: a thread without samples
 *
 * Has the samples that follow kept in their order, which is that of time.
 */
void
thaw_thread_builder_set_ordered (ThawThreadBuilder *thread)
{
  g_return_if_fail (thread != NULL && thread->n_samples == 0);
  thread->ordered = TRUE;
}
