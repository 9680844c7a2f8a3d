/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawTree: columns, totals, depths.
 */
#include "tree-text.h"

static void
test_root_only (void)
{
  g_autoptr (ThawTree) tree = thaw_tree_new (1, THAW_KEY_FUNCTION, 0);
  g_assert_null (tree->calls);
  g_assert_null (tree->lower);
  g_assert_cmpuint (thaw_tree_max_depth (tree), ==, 0);
  thaw_tree_compute_totals (tree);
  test_check_tree (tree);
}

static void
test_columns (void)
{
  g_autoptr (ThawTree)
      tree = thaw_tree_new (3, THAW_KEY_FUNCTION, THAW_TREE_CALLS | THAW_TREE_BOUNDS);
  g_assert_nonnull (tree->calls);
  g_assert_nonnull (tree->lower);
  g_assert_nonnull (tree->upper);
  g_assert_nonnull (tree->flags);
  ThawTree *second = thaw_tree_ref (tree);
  thaw_tree_unref (second);
  g_assert_cmpuint (tree->n_nodes, ==, 3);
}

static void
test_totals_and_depths (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("a;b;c 1\na;b 2\na;d 4\ne 8\na 16");
  const ThawTree *tree = thaw_profile_get_location_tree (profile, 0);
  test_check_tree (tree);
  g_assert_cmpuint (tree->n_nodes, ==, 6);
  g_assert_cmpfloat (tree->total[0], ==, 31);
  g_assert_cmpfloat (tree->total[1], ==, 23);
  g_assert_cmpuint (thaw_tree_max_depth (tree), ==, 3);
  g_assert_cmpuint (thaw_tree_depth (tree, 0), ==, 0);
  g_assert_cmpuint (thaw_tree_depth (tree, 3), ==, 3);
  g_assert_cmpuint (thaw_tree_depth (tree, 5), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/tree/root-only", test_root_only);
  g_test_add_func ("/profile/tree/columns", test_columns);
  g_test_add_func ("/profile/tree/totals-and-depths", test_totals_and_depths);
  return g_test_run ();
}
