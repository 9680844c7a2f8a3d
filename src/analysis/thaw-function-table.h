/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row per function over some threads: self, total and calls. From trees by outermost
 * occurrences (recursion counts once), from edge profiles by the file's own exact numbers.
 */
#pragma once

#include <gio/gio.h>
#include "thaw-profile.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 function;
  double calls; /* NAN when the capture counts none */
  double self;
  double total;
  gboolean exact; /* FALSE when any of the numbers is estimated */
} ThawFunctionRow;

/* Rows with any call or weight, sorted by self, greatest first, then by function number;
 * (element-type ThawFunctionRow) (transfer full). NULL only when cancelled. */
GArray *thaw_function_table_new (const ThawProfile *profile,
                                 const guint32 *threads,
                                 guint n_threads,
                                 GCancellable *cancellable,
                                 GError **error);

/* A direct caller or callee of a function: the other end, and what passes over the edge. */
typedef struct
{
  guint32 function; /* THAW_FRAME_ROOT: called from outside */
  double calls;     /* NAN when not counted */
  double self;      /* callee's self time over this edge */
  double total;     /* callee's total time over this edge */
} ThawEdgeRow;

/* Direct callers / callees of @function, greatest total first; (element-type ThawEdgeRow)
 * (transfer full). */
GArray *thaw_function_callers (const ThawProfile *profile,
                               const guint32 *threads,
                               guint n_threads,
                               guint32 function);
GArray *thaw_function_callees (const ThawProfile *profile,
                               const guint32 *threads,
                               guint n_threads,
                               guint32 function);

G_END_DECLS
