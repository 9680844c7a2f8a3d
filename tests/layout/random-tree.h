/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Call trees for tests that need many nodes rather than certain ones.
 */
#pragma once

#include "thaw-profile-builder.h"

G_BEGIN_DECLS

/* A profile whose functions are "f0", "f1" …; its thread is empty. (transfer full) */
ThawProfile *test_profile_of_functions (guint n_functions);
/* @n nodes down to @max_depth, from @seed; weights over six orders of magnitude. (transfer full) */
ThawTree *test_random_tree (guint32 n, guint32 n_functions, guint32 max_depth, guint32 seed);
/* One path of @depth frames that weighs @weight. (transfer full) */
ThawTree *test_deep_tree (guint32 depth, guint32 n_functions, double weight);

G_END_DECLS
