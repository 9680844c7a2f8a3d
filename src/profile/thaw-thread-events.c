/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Door 2, enter and leave events. The time between two events belongs to the frame that is open
 * innermost: self times are exact. Each such stretch is also a sample of the thread's sequence, with
 * the number of frames from the root that have stayed open since the sample before, so that two calls
 * of one function in a row remain two. Stretches in which nothing is open become samples of node 0 in
 * the sequence; they are nobody's time and stay out of the tree.
 */
#include "thaw-profile-builder-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Opens the door at the first event; FALSE with error when memory is short. */
static gboolean
begin (ThawThreadBuilder *thread, double at, GError **error)
{
  thread->door = THAW_DOOR_EVENTS;
  thread->ordered = TRUE;
  thread->last_at = at;
  if (isnan (thread->start))
    thread->start = at;
  if (!thaw_arena_count_calls (&thread->arena))
    return thaw_thread_builder_no_room (error);
  if (thread->sequence.keeps == NULL)
    thread->sequence.keeps = g_array_new (FALSE, FALSE, sizeof (guint32));
  return TRUE;
}

/* Whether @at can follow the last event; sets the error otherwise. */
static gboolean
check_time (ThawThreadBuilder *thread, double at, GError **error)
{
  if (!isfinite (at) || !isfinite (at - thread->last_at))
    {
      thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_NOWHERE, 0,
                      _ ("An event's time is not a finite number"));
      return FALSE;
    }
  if (thread->door == THAW_DOOR_EVENTS && at < thread->last_at)
    {
      thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_NOWHERE, 0,
                      _ ("Time runs backwards: an event at %.17g follows one at %.17g"), at,
                      thread->last_at);
      return FALSE;
    }
  return TRUE;
}

/* Gives the time up to @at to the innermost frame. A frame that was entered and takes no time at all
 * still becomes a sample when @leaving, or its call would be lost to the sequence. */
static gboolean
pass_time (ThawThreadBuilder *thread, double at, gboolean leaving, GError **error)
{
  ThawArena *arena = &thread->arena;
  double passed = at - thread->last_at;
  guint32 node = arena->depth > 0 ? arena->stack_node[arena->depth - 1] : 0;

  thread->last_at = at;
  if (!(passed > 0) && !(leaving && thread->entered))
    return TRUE;
  if (node != 0)
    arena->self[node] += passed;
  if (!thaw_sequence_door_add (&thread->sequence, node, passed))
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                      _ ("There are too many events in one thread"));
      return FALSE;
    }
  g_array_append_val (thread->sequence.keeps, thread->same_depth);
  thread->same_depth = arena->depth;
  thread->entered = FALSE;
  return TRUE;
}

/**
 * thaw_thread_builder_enter:
 * @thread: a thread
 * @frame: slot of the frame that begins
 * @at: time, in the profile's unit; not before the last event
 * @error: return location
 *
 * Returns: %FALSE with %THAW_ERROR_CORRUPT when @at is not finite or runs backwards (nothing has
 *   changed then, and other events may follow), with %THAW_ERROR_LIMIT over a limit
 */
gboolean
thaw_thread_builder_enter (ThawThreadBuilder *thread, guint32 frame, double at, GError **error)
{
  g_return_val_if_fail (thread != NULL, FALSE);
  g_return_val_if_fail (thread->door == THAW_DOOR_NONE || thread->door == THAW_DOOR_EVENTS, FALSE);

  ThawArena *arena = &thread->arena;
  if (!check_time (thread, at, error))
    return FALSE;
  if (arena->depth >= THAW_LIMIT_DEPTH || frame >= THAW_LIMIT_FRAMES)
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                      _ ("An event is deeper than %u frames or names a frame number above %u"),
                      THAW_LIMIT_DEPTH, THAW_LIMIT_FRAMES - 1);
      return FALSE;
    }
  if (thread->door == THAW_DOOR_NONE && !begin (thread, at, error))
    return FALSE;
  if (!pass_time (thread, at, FALSE, error))
    return FALSE;
  if (!thaw_arena_reserve_stack (arena, arena->depth + 1))
    return thaw_thread_builder_no_room (error);

  guint32 parent = arena->depth > 0 ? arena->stack_node[arena->depth - 1] : 0;
  guint32 node = thaw_arena_child (arena, parent, frame);
  if (node == THAW_NODE_NONE)
    return thaw_thread_builder_no_room (error);
  arena->stack_node[arena->depth] = node;
  arena->stack_frame[arena->depth] = frame;
  arena->depth++;
  arena->calls[node] += 1;
  thread->entered = TRUE;
  thread->n_samples++;
  return TRUE;
}

/**
 * thaw_thread_builder_leave:
 * @thread: a thread
 * @frame: slot of the frame that ends, or %G_MAXUINT32 for whatever is innermost
 * @at: time, in the profile's unit; not before the last event
 * @error: return location
 *
 * Returns: %FALSE with %THAW_ERROR_CORRUPT when no frame is open, another one is innermost, or @at is
 *   not finite or runs backwards; nothing has changed then, and other events may follow
 */
gboolean
thaw_thread_builder_leave (ThawThreadBuilder *thread, guint32 frame, double at, GError **error)
{
  g_return_val_if_fail (thread != NULL, FALSE);
  g_return_val_if_fail (thread->door == THAW_DOOR_NONE || thread->door == THAW_DOOR_EVENTS, FALSE);

  ThawArena *arena = &thread->arena;
  if (arena->depth == 0)
    {
      thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_NOWHERE, 0,
                      _ ("A frame ends, but none is open"));
      return FALSE;
    }
  guint32 open = arena->stack_frame[arena->depth - 1];
  if (frame != G_MAXUINT32 && frame != open)
    {
      thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_NOWHERE, 0,
                      _ ("Frame %u ends, but frame %u is the innermost open one"), frame, open);
      return FALSE;
    }
  if (!check_time (thread, at, error) || !pass_time (thread, at, TRUE, error))
    return FALSE;
  arena->depth--;
  thread->same_depth = MIN (thread->same_depth, arena->depth);
  thread->n_samples++;
  return TRUE;
}

/**
 * thaw_thread_builder_leave_all:
 * @thread: a thread
 * @at: time, in the profile's unit; the last event's time if it is before that
 *
 * Returns: how many frames were open
 */
guint32
thaw_thread_builder_leave_all (ThawThreadBuilder *thread, double at)
{
  g_return_val_if_fail (thread != NULL, 0);

  guint32 open = thread->door == THAW_DOOR_EVENTS ? thread->arena.depth : 0;
  if (!(isfinite (at) && at >= thread->last_at))
    at = thread->last_at;
  for (guint32 i = 0; i < open; i++)
    if (!thaw_thread_builder_leave (thread, G_MAXUINT32, at, NULL))
      return i;
  return open;
}
