/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pstats edges → call tree. The method: strongly connected components by an iterative Tarjan,
 * a flow of time that balances, proportional sharing, folded cycles, expansion down to a threshold,
 * and hard bounds on every node (see ARCHITECTURE.md, "Reconstruction").
 */
#pragma once

#include <gio/gio.h>
#include "thaw-profile.h"

G_BEGIN_DECLS

/* A thread's edges, prepared once, expanded as often as wanted. Immutable after creation; usable
 * from any thread. */
typedef struct _ThawReconstruction ThawReconstruction;

ThawReconstruction *thaw_reconstruction_new (const ThawProfile *profile,
                                             guint32 thread,
                                             GCancellable *cancellable,
                                             GError **error);
ThawReconstruction *thaw_reconstruction_ref (ThawReconstruction *reconstruction);
void thaw_reconstruction_unref (ThawReconstruction *reconstruction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawReconstruction, thaw_reconstruction_unref)

ThawTree *thaw_reconstruction_expand (const ThawReconstruction *reconstruction,
                                      double epsilon,
                                      GCancellable *cancellable,
                                      GError **error);
double thaw_reconstruction_get_imbalance (const ThawReconstruction *reconstruction);

G_END_DECLS
