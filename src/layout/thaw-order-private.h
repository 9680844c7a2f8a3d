/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawSorter: the children of a node in the order they are laid out in.
 */
#pragma once

#include "thaw-layout.h"

G_BEGIN_DECLS

typedef struct _ThawSorter ThawSorter;

ThawSorter *thaw_sorter_new (const ThawProfile *profile, const ThawTree *tree, ThawOrder order);
void thaw_sorter_free (ThawSorter *sorter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawSorter, thaw_sorter_free)

/* The children of @node, sorted; valid until the next call. */
const guint32 *thaw_sorter_children (ThawSorter *sorter, guint32 node, guint32 *n);

G_END_DECLS
