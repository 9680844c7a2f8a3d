/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-reconstruct.h"

ThawReconstruction *
thaw_reconstruction_new (const ThawProfile *profile, guint32 thread, GCancellable *cancellable, GError **error)
{
  return NULL;
}

ThawReconstruction *
thaw_reconstruction_ref (ThawReconstruction *reconstruction)
{
  return NULL;
}

void
thaw_reconstruction_unref (ThawReconstruction *reconstruction)
{
}

ThawTree *
thaw_reconstruction_expand (const ThawReconstruction *reconstruction, double epsilon, GCancellable *cancellable, GError **error)
{
  return NULL;
}

double
thaw_reconstruction_get_imbalance (const ThawReconstruction *reconstruction)
{
  return 0;
}

