/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public face of reconstruction: thaw-flow.c balances the edges once, thaw-expand.c makes a
 * tree of them, as deep as asked. Neither recurses, both are linear in what they read and write.
 */
#include "thaw-reconstruct.h"

#include "thaw-expand.h"
#include "thaw-flow.h"

#include <math.h>

struct _ThawReconstruction
{
  ThawFlow *flow;
};

/**
 * thaw_reconstruction_new:
 * @profile: a profile
 * @thread: a thread of it that holds edges
 * @cancellable: (nullable): stops the work
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Prepares the edges of a thread. Values below zero count as zero; edges that contradict each other
 * are brought into balance, see thaw_reconstruction_get_imbalance().
 *
 * Returns: (transfer full) (nullable): the reconstruction
 */
ThawReconstruction *
thaw_reconstruction_new (const ThawProfile *profile,
                         guint32 thread,
                         GCancellable *cancellable,
                         GError **error)
{
  const ThawEdges *edges = thaw_profile_get_edges (profile, thread);
  ThawReconstruction *reconstruction;

  g_return_val_if_fail (edges != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  reconstruction = g_atomic_rc_box_new0 (ThawReconstruction);
  reconstruction->flow = thaw_flow_new (edges);
  return reconstruction;
}

ThawReconstruction *
thaw_reconstruction_ref (ThawReconstruction *reconstruction)
{
  g_return_val_if_fail (reconstruction != NULL, NULL);
  return g_atomic_rc_box_acquire (reconstruction);
}

static void
clear (gpointer data)
{
  ThawReconstruction *reconstruction = data;
  thaw_flow_free (reconstruction->flow);
}

void
thaw_reconstruction_unref (ThawReconstruction *reconstruction)
{
  g_return_if_fail (reconstruction != NULL);
  g_atomic_rc_box_release_full (reconstruction, clear);
}

/**
 * thaw_reconstruction_expand:
 * @reconstruction: what was prepared
 * @epsilon: a share of the thread's total, 0 … 1
 * @cancellable: (nullable): stops the work
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Makes the tree, keyed by function, down to nodes of @epsilon × the thread's total; what is
 * smaller becomes one THAW_FRAME_PRUNED child of its parent. Where that would be more than some two
 * million nodes, a greater threshold is taken. Self times add up to the file's own sum within 1e-9.
 *
 * Frames of functions that call each other in a circle are folded: of a run of them, the path keeps
 * the entry and the current one, both with %THAW_NODE_FOLDED. Time that no edge explains stands
 * under THAW_FRAME_UNATTRIBUTED. @calls are estimates in proportion to time. @lower and @upper are
 * bounds of the total that hold whatever the true tree was, as far as the file does not contradict
 * itself.
 *
 * Returns: (transfer full) (nullable): the tree
 */
ThawTree *
thaw_reconstruction_expand (const ThawReconstruction *reconstruction,
                            double epsilon,
                            GCancellable *cancellable,
                            GError **error)
{
  g_return_val_if_fail (reconstruction != NULL && epsilon >= 0.0, NULL);
  return thaw_expand (reconstruction->flow, epsilon, cancellable, error);
}

/**
 * thaw_reconstruction_get_imbalance:
 * @reconstruction: what was prepared
 *
 * How far the worst component is from the balance Σct(in) = Σtt + Σct(out), which every sound file
 * keeps, as a share of the thread's total.
 *
 * Returns: 0 for a perfect file; rounding alone gives some 1e-15
 */
double
thaw_reconstruction_get_imbalance (const ThawReconstruction *reconstruction)
{
  double worst = 0.0;

  g_return_val_if_fail (reconstruction != NULL, NAN);

  for (guint32 c = 0; c < reconstruction->flow->n_components; c++)
    worst = MAX (worst, reconstruction->flow->components[c].error);
  return reconstruction->flow->total > 0.0 ? worst / reconstruction->flow->total : 0.0;
}
