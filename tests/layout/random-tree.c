/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A random tree is a walk over depths: one down, or some up and one down. That is preorder already.
 */
#include "random-tree.h"

#include <math.h>

ThawProfile *
test_profile_of_functions (guint n_functions)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  ThawThreadSpec thread = { 1, "main", "main" };
  ThawProfile *profile;

  thaw_profile_builder_add_thread (builder, thaw_profile_builder_add_process (builder, 1, "test"),
                                   &thread, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_functions; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i);
      ThawFrameSpec frame = { name, "/home/me/project/module.py", i + 1, 0, THAW_FUNCTION_PYTHON };

      g_assert_cmpuint (thaw_profile_builder_add_frame (builder, &frame), ==, i);
    }
  profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

ThawTree *
test_random_tree (guint32 n, guint32 n_functions, guint32 max_depth, guint32 seed)
{
  ThawTree *tree = thaw_tree_new (n, THAW_KEY_FUNCTION, 0);
  g_autofree guint32 *open = g_new0 (guint32, max_depth + 1);
  GRand *rand = g_rand_new_with_seed (seed);
  guint32 depth = 0;

  for (guint32 i = 1; i < n; i++)
    {
      guint32 up = 0;

      if (depth > 0 && (depth == max_depth || g_rand_double (rand) > 0.55))
        up = (guint32) g_rand_int_range (rand, 1, 4);
      for (; up > 0 && depth > 0; up--)
        tree->subtree_end[open[depth--]] = i;
      open[++depth] = i;
      tree->parent[i] = open[depth - 1];
      tree->frame[i] = (guint32) g_rand_int_range (rand, 0, (gint32) n_functions);
      tree->self[i] = pow (10, g_rand_double_range (rand, -6, 0));
    }
  for (; depth > 0; depth--)
    tree->subtree_end[open[depth]] = n;
  g_rand_free (rand);
  thaw_tree_compute_totals (tree);
  return tree;
}

ThawTree *
test_deep_tree (guint32 depth, guint32 n_functions, double weight)
{
  ThawTree *tree = thaw_tree_new (depth + 1, THAW_KEY_FUNCTION, 0);

  for (guint32 i = 1; i <= depth; i++)
    {
      tree->parent[i] = i - 1;
      tree->subtree_end[i] = depth + 1;
      tree->frame[i] = i % n_functions;
    }
  tree->self[depth] = weight;
  thaw_tree_compute_totals (tree);
  return tree;
}
