/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-layout.h"

ThawLayout *
thaw_layout_new (const ThawProfile *profile, ThawTree *tree, ThawOrder order, GCancellable *cancellable, GError **error)
{
  return NULL;
}

ThawLayout *
thaw_layout_ref (ThawLayout *layout)
{
  return NULL;
}

void
thaw_layout_unref (ThawLayout *layout)
{
}

ThawTree *
thaw_layout_get_tree (const ThawLayout *layout)
{
  return NULL;
}

double
thaw_layout_get_total (const ThawLayout *layout)
{
  return 0;
}

guint32
thaw_layout_get_n_rows (const ThawLayout *layout)
{
  return 0;
}

gboolean
thaw_layout_get_box (const ThawLayout *layout, guint32 node, guint32 *row, double *x, double *width)
{
  return 0;
}

void
thaw_layout_collect (const ThawLayout *layout, const ThawView *view, guint32 row0, guint32 n_rows, GArray *boxes)
{
}

guint32
thaw_layout_hit (const ThawLayout *layout, guint32 row, double x, double slop)
{
  return 0;
}

guint32
thaw_layout_step (const ThawLayout *layout, guint32 node, ThawStep step)
{
  return 0;
}

