/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Door 3, functions and caller→callee edges. Rows are found by slot; edges are only collected here
 * and put in order, summed and resolved by finish, where slots have become functions.
 */
#include "thaw-profile-builder-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

void
thaw_edge_door_clear (ThawEdgeDoor *door)
{
  g_clear_pointer (&door->rows, g_array_unref);
  g_clear_pointer (&door->row_of, g_hash_table_unref);
  g_clear_pointer (&door->edges, g_array_unref);
}

/* Opens the door. */
static void
begin (ThawThreadBuilder *thread)
{
  ThawEdgeDoor *door = &thread->edges;
  thread->door = THAW_DOOR_EDGES;
  if (door->rows != NULL)
    return;
  door->rows = g_array_new (FALSE, FALSE, sizeof (ThawEdgeFunction));
  door->row_of = g_hash_table_new (NULL, NULL);
  door->edges = g_array_new (FALSE, FALSE, sizeof (ThawEdge));
}

/* The number of the row of @frame, which is made empty if it is new. */
static guint32
row_of (ThawEdgeDoor *door, guint32 frame)
{
  gpointer key = GUINT_TO_POINTER (frame);
  guint32 row = GPOINTER_TO_UINT (g_hash_table_lookup (door->row_of, key));
  if (row > 0)
    return row - 1;

  ThawEdgeFunction fresh = { .function = frame };
  g_array_append_val (door->rows, fresh);
  g_hash_table_insert (door->row_of, key, GUINT_TO_POINTER (door->rows->len));
  return door->rows->len - 1;
}

/* Whether a row's or an edge's numbers can be taken; sets the error otherwise. */
static gboolean
check (guint32 frame, guint32 other, double self, double total, GError **error)
{
  if (frame >= THAW_LIMIT_FRAMES || other >= THAW_LIMIT_FRAMES)
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                      _ ("A function's number is above %u"), THAW_LIMIT_FRAMES - 1);
      return FALSE;
    }
  if (!isfinite (self) || !isfinite (total))
    {
      thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_NOWHERE, 0,
                      _ ("A function's time is not a finite number"));
      return FALSE;
    }
  return TRUE;
}

/**
 * thaw_thread_builder_add_function:
 * @thread: a thread
 * @frame: slot of the function
 * @calls: all calls
 * @primitive_calls: calls that were not made through recursion
 * @self: time in the function itself, in the profile's unit
 * @total: time in it and what it called, in the profile's unit
 * @error: return location
 *
 * Returns: %FALSE with %THAW_ERROR_CORRUPT when a time is not finite, with %THAW_ERROR_LIMIT when
 *   @frame is too large a number
 */
gboolean
thaw_thread_builder_add_function (ThawThreadBuilder *thread,
                                  guint32 frame,
                                  guint64 calls,
                                  guint64 primitive_calls,
                                  double self,
                                  double total,
                                  GError **error)
{
  g_return_val_if_fail (thread != NULL, FALSE);
  g_return_val_if_fail (thread->door == THAW_DOOR_NONE || thread->door == THAW_DOOR_EDGES, FALSE);

  if (!check (frame, frame, self, total, error))
    return FALSE;
  begin (thread);
  guint32 number = row_of (&thread->edges, frame);
  ThawEdgeFunction *row = &g_array_index (thread->edges.rows, ThawEdgeFunction, number);
  row->calls = thaw_add_counts (row->calls, calls);
  row->primitive_calls = thaw_add_counts (row->primitive_calls, primitive_calls);
  row->self += self;
  row->total += total;
  return TRUE;
}

/**
 * thaw_thread_builder_add_edge:
 * @thread: a thread
 * @caller: slot of the calling function
 * @callee: slot of the called one
 * @calls: all calls of @callee by @caller
 * @primitive_calls: those of them that were not made through recursion
 * @self: the callee's own time in these calls, in the profile's unit
 * @total: the callee's time in these calls with what it called
 * @error: return location
 *
 * Returns: %FALSE with %THAW_ERROR_CORRUPT when a time is not finite, with %THAW_ERROR_LIMIT when a
 *   slot is too large a number
 */
gboolean
thaw_thread_builder_add_edge (ThawThreadBuilder *thread,
                              guint32 caller,
                              guint32 callee,
                              guint64 calls,
                              guint64 primitive_calls,
                              double self,
                              double total,
                              GError **error)
{
  g_return_val_if_fail (thread != NULL, FALSE);
  g_return_val_if_fail (thread->door == THAW_DOOR_NONE || thread->door == THAW_DOOR_EDGES, FALSE);

  if (!check (caller, callee, self, total, error))
    return FALSE;
  begin (thread);
  ThawEdge edge = { row_of (&thread->edges, caller),
                    row_of (&thread->edges, callee),
                    calls,
                    primitive_calls,
                    self,
                    total };
  g_array_append_val (thread->edges.edges, edge);
  return TRUE;
}
