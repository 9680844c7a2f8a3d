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

/* Nodes still to be visited; the next one is the last. Zeroed at first. */
typedef struct
{
  guint32 *nodes;
  gsize n, capacity;
} ThawStack;

void thaw_stack_reserve (ThawStack *stack, guint32 n);
void thaw_stack_clear (ThawStack *stack);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ThawStack, thaw_stack_clear)

/* Pushes the children of @node so that the first of them is the next. */
void thaw_sorter_push_children (ThawSorter *sorter, guint32 node, ThawStack *stack);

G_END_DECLS
