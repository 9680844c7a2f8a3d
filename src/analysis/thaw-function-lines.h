/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where inside a function the time went: its lines over all call paths of some threads.
 */
#pragma once

#include "thaw-trees.h"

G_BEGIN_DECLS

/* The lines of @function that were running in these threads, sorted by line. A line's total is the time
 * during which it was running or waiting for what it called; a line that recurs inside itself counts
 * once. Self values sum to the function's self. Threads without running lines give nothing; line 0 is
 * "unknown". (element-type ThawLineCost) (transfer full). NULL only when cancelled. */
GArray *thaw_function_lines (const ThawProfile *profile,
                             const guint32 *threads,
                             guint n_threads,
                             guint32 function,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
