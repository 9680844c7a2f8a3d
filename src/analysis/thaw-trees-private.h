/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of thaw-trees share and nobody else needs.
 */
#pragma once

#include "thaw-trees.h"

G_BEGIN_DECLS

ThawTree *thaw_trees_by_function_mapped (const ThawProfile *profile,
                                         const ThawTree *tree,
                                         guint32 **node_map,
                                         GCancellable *cancellable,
                                         GError **error);
ThawTree *thaw_trees_in_time_order (const ThawProfile *profile,
                                    guint32 thread,
                                    ThawTreeKey key,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
