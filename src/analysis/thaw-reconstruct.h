/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pstats edges → call tree. The method: strongly connected components by an iterative Tarjan,
 * iterative proportional fitting inside each, folded cycles, lazy expansion down to a threshold, and
 * hard bounds on every node (see ARCHITECTURE.md, "Reconstruction").
 */
#pragma once

#include <gio/gio.h>
#include "thaw-profile.h"

G_BEGIN_DECLS

/* A thread's edges, prepared once (components, fitted matrices), expanded as often as wanted.
 * Immutable after creation; usable from any thread. */
typedef struct _ThawReconstruction ThawReconstruction;

ThawReconstruction *thaw_reconstruction_new (const ThawProfile *profile, guint32 thread,
                                             GCancellable *cancellable, GError **error);
ThawReconstruction *thaw_reconstruction_ref (ThawReconstruction *reconstruction);
void thaw_reconstruction_unref (ThawReconstruction *reconstruction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawReconstruction, thaw_reconstruction_unref)

/* Expands the tree, keyed by function, down to nodes of @epsilon × the thread's total; smaller ones
 * become one THAW_FRAME_PRUNED child. Node totals sum to the file's total tt within 1e-9 (relative).
 * THAW_ERROR_LIMIT over THAW_LIMIT_NODES. */
ThawTree *thaw_reconstruction_expand (const ThawReconstruction *reconstruction, double epsilon,
                                      GCancellable *cancellable, GError **error);

/* Relative error of the worst component balance Σct(in) = Σtt + Σct(out): 0 is a perfect file. */
double thaw_reconstruction_get_imbalance (const ThawReconstruction *reconstruction);

G_END_DECLS
