/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where boxes are put: order, clamping, walking and hitting, on trees written as text.
 */
#include <math.h>

#include "random-tree.h"
#include "thaw-layout.h"
#include "tree-text.h"

/* Rows as text: "name x+width", boxes apart by " | ", rows by a newline. */
static char *
dump (const ThawProfile *profile, const ThawLayout *layout)
{
  ThawTree *tree = thaw_layout_get_tree (layout);
  GString *text = g_string_new (NULL);

  for (guint32 row = 0; row < thaw_layout_get_n_rows (layout); row++)
    {
      guint32 node = 0;

      /* The first box of the row is the one nearest to 0. */
      node = thaw_layout_hit (layout, row, 0, G_MAXDOUBLE);
      for (gboolean first = TRUE; node != THAW_NODE_NONE; first = FALSE)
        {
          guint32 its_row;
          double x, width;

          g_assert_true (thaw_layout_get_box (layout, node, &its_row, &x, &width));
          g_assert_cmpuint (its_row, ==, row);
          g_string_append_printf (text, "%s%s %g+%g", first ? "" : " | ",
                                  thaw_profile_frame_name (profile, tree->key, tree->frame[node]),
                                  x, width);
          node = thaw_layout_step (layout, node, THAW_STEP_NEXT);
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static char *
dump_text (const char *stacks, ThawOrder order)
{
  g_autoptr (ThawProfile) profile = test_profile (stacks);
  g_autoptr (ThawLayout) layout = thaw_layout_new (
      profile, thaw_profile_get_location_tree (profile, 0), order, NULL, NULL);

  return dump (profile, layout);
}

static void
test_heaviest (void)
{
  test_assert_text (dump_text ("main;b 1\n"
                               "main;a;x 2\n"
                               "main;c 4\n"
                               "main;a;y 3\n"
                               "main 1\n"
                               "idle 2\n",
                               THAW_ORDER_HEAVIEST),
                    "main 0+11 | idle 11+2\n"
                    "a 0+5 | c 5+4 | b 9+1\n"
                    "y 0+3 | x 3+2\n");
}

static void
test_equal_totals_go_by_name (void)
{
  test_assert_text (dump_text ("z 1\nb 1\na 1\nk 1\nc 1\n", THAW_ORDER_HEAVIEST),
                    "a 0+1 | b 1+1 | c 2+1 | k 3+1 | z 4+1\n");
  /* The same name in two places: by line of definition. */
  test_assert_text (dump_text ("f#9 1\nf#2;g 1\n", THAW_ORDER_HEAVIEST), "f 0+1 | f 1+1\ng 0+1\n");
}

static void
test_alphabetical (void)
{
  test_assert_text (dump_text ("b;q 1\nb;p 5\na 1\nc 7\n", THAW_ORDER_ALPHABETICAL),
                    "a 0+1 | b 1+6 | c 7+7\n"
                    "p 1+5 | q 6+1\n");
}

static void
test_tree_order (void)
{
  test_assert_text (dump_text ("b;q 1\nb;p 5\na 1\nc 7\n", THAW_ORDER_TREE),
                    "b 0+6 | a 6+1 | c 7+7\n"
                    "q 0+1 | p 1+5\n");
}

/* A wide node is sorted by another routine than a narrow one. */
static void
test_wide_node (void)
{
  g_autoptr (GString) stacks = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (stacks, "f%02u %u\n", (i * 37) % 100, 1 + (i * 37) % 100 / 50);
  for (guint i = 50; i < 100; i++)
    g_string_append_printf (expected, "%sf%02u %u+2", i == 50 ? "" : " | ", i, (i - 50) * 2);
  for (guint i = 0; i < 50; i++)
    g_string_append_printf (expected, " | f%02u %u+1", i, 100 + i);
  g_string_append_c (expected, '\n');
  test_assert_text (dump_text (stacks->str, THAW_ORDER_HEAVIEST), expected->str);
}

/* main (self 10 of 6 counted) with children that add up to more, one negative and one NaN. */
static void
test_bad_totals (void)
{
  g_autoptr (ThawProfile) profile = test_profile_of_functions (6);
  g_autoptr (ThawTree) tree = thaw_tree_new (7, THAW_KEY_FUNCTION, 0);
  const guint32 parents[] = { THAW_NODE_NONE, 0, 1, 1, 3, 1, 1 };
  const guint32 ends[] = { 7, 7, 3, 5, 5, 6, 7 };
  const double totals[] = { 10, 6, 5, -1, 3, 4, NAN };
  g_autoptr (ThawLayout) layout = NULL;

  for (guint32 i = 1; i < 7; i++)
    {
      tree->parent[i] = parents[i];
      tree->subtree_end[i] = ends[i];
      tree->frame[i] = i - 1;
    }
  for (guint32 i = 0; i < 7; i++)
    tree->total[i] = totals[i];
  for (ThawOrder order = THAW_ORDER_HEAVIEST; order <= THAW_ORDER_TREE; order++)
    {
      g_clear_pointer (&layout, thaw_layout_unref);
      layout = thaw_layout_new (profile, tree, order, NULL, NULL);
      test_assert_text (dump (profile, layout), "f0 0+6\nf1 0+5 | f4 5+1\n");
      g_assert_false (thaw_layout_get_box (layout, 3, NULL, NULL, NULL));
      g_assert_false (thaw_layout_get_box (layout, 4, NULL, NULL, NULL));
      g_assert_false (thaw_layout_get_box (layout, 6, NULL, NULL, NULL));
    }
  g_assert_cmpuint (thaw_layout_step (layout, 4, THAW_STEP_PARENT), ==, THAW_NODE_NONE);
}

/* a (1 … 6) with two calls of b in it, which are apart; a pause; c (8 … 10). */
static void
test_time_order (void)
{
  g_autoptr (ThawProfile) profile = test_profile_of_functions (3);
  g_autoptr (ThawTree) tree = thaw_tree_new (5, THAW_KEY_FUNCTION, 0);
  const guint32 parents[] = { THAW_NODE_NONE, 0, 1, 1, 0 };
  const guint32 ends[] = { 5, 4, 3, 4, 5 };
  const guint32 frames[] = { THAW_FRAME_ROOT, 0, 1, 1, 2 };
  const double self[] = { 0, 3, 1, 1, 2 };
  const double start[] = { 0, 1, 2, 4, 8 };
  g_autoptr (ThawLayout) layout = NULL;

  tree->start = g_memdup2 (start, sizeof start);
  for (guint32 i = 1; i < 5; i++)
    {
      tree->parent[i] = parents[i];
      tree->subtree_end[i] = ends[i];
      tree->frame[i] = frames[i];
      tree->self[i] = self[i];
    }
  thaw_tree_compute_totals (tree);
  layout = thaw_layout_new (profile, tree, THAW_ORDER_TREE, NULL, NULL);
  g_assert_cmpfloat (thaw_layout_get_total (layout), ==, 10);
  test_assert_text (dump (profile, layout), "f0 1+5 | f2 8+2\nf1 2+1 | f1 4+1\n");
  g_assert_cmpuint (thaw_layout_step (layout, 1, THAW_STEP_CHILD), ==, 2);
  g_assert_cmpuint (thaw_layout_step (layout, 4, THAW_STEP_CHILD), ==, THAW_NODE_NONE);
}

static void
test_empty (void)
{
  g_autoptr (ThawProfile) profile = test_profile_of_functions (1);
  g_autoptr (ThawTree) alone = thaw_tree_new (1, THAW_KEY_FUNCTION, 0);
  g_autoptr (ThawTree) weightless = test_deep_tree (3, 1, 0);
  g_autoptr (ThawTree) negative = test_deep_tree (3, 1, -5);
  ThawTree *trees[] = { alone, weightless, negative };
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ThawBox));
  const ThawView view = { 0, 1, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    {
      g_autoptr (ThawLayout)
          layout = thaw_layout_new (profile, trees[i], THAW_ORDER_HEAVIEST, NULL, NULL);

      g_assert_cmpfloat (thaw_layout_get_total (layout), ==, 0);
      g_assert_cmpuint (thaw_layout_get_n_rows (layout), ==, 0);
      g_assert_cmpuint (thaw_layout_hit (layout, 0, 0, 1), ==, THAW_NODE_NONE);
      g_assert_cmpuint (thaw_layout_step (layout, 0, THAW_STEP_CHILD), ==, THAW_NODE_NONE);
      thaw_layout_collect (layout, &view, 0, 100, boxes);
      g_assert_cmpuint (boxes->len, ==, 0);
    }
}

static void
test_walk (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("main;a;x 2\nmain;b;y 3\nmain;b;z 1\nidle 4\n");
  ThawTree *tree = thaw_profile_get_location_tree (profile, 0);
  g_autoptr (ThawLayout) layout = thaw_layout_new (profile, tree, THAW_ORDER_HEAVIEST, NULL, NULL);
  const struct
  {
    ThawStep step;
    const char *to;
  } steps[] = {
    { THAW_STEP_CHILD, "main" },  { THAW_STEP_CHILD, "b" },     { THAW_STEP_CHILD, "y" },
    { THAW_STEP_CHILD, NULL },    { THAW_STEP_NEXT, "z" },      { THAW_STEP_NEXT, "x" },
    { THAW_STEP_NEXT, NULL },     { THAW_STEP_PARENT, "a" },    { THAW_STEP_PREVIOUS, "b" },
    { THAW_STEP_PREVIOUS, NULL }, { THAW_STEP_PARENT, "main" }, { THAW_STEP_PARENT, NULL },
    { THAW_STEP_NEXT, "idle" },   { THAW_STEP_CHILD, NULL },
  };
  guint32 node = 0;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      guint32 next = thaw_layout_step (layout, node, steps[i].step);

      if (steps[i].to == NULL)
        {
          g_assert_cmpuint (next, ==, THAW_NODE_NONE);
          continue;
        }
      g_assert_cmpuint (next, !=, THAW_NODE_NONE);
      g_assert_cmpstr (thaw_profile_frame_name (profile, tree->key, tree->frame[next]), ==,
                       steps[i].to);
      node = next;
    }
  g_assert_cmpuint (thaw_layout_step (layout, 0, THAW_STEP_NEXT), ==, THAW_NODE_NONE);
  g_assert_cmpuint (thaw_layout_step (layout, 99, THAW_STEP_CHILD), ==, THAW_NODE_NONE);
}

static void
test_hit (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("a;x 4\na 2\nb;y 2\nb 2\n");
  ThawTree *tree = thaw_profile_get_location_tree (profile, 0);
  g_autoptr (ThawLayout) layout = thaw_layout_new (profile, tree, THAW_ORDER_HEAVIEST, NULL, NULL);
  /* Row 1: x 0+4, y 6+2. */
  const struct
  {
    guint32 row;
    double x, slop;
    const char *name;
  } hits[] = {
    { 0, 0, 0, "a" },     { 0, 5.9, 0, "a" },    { 0, 6, 0, "b" },     { 0, 10, 0, "b" },
    { 0, 10.1, 0, NULL }, { 0, 10.1, 1, "b" },   { 0, -1, 0.5, NULL }, { 0, -1, 1, "a" },
    { 1, 3.9, 0, "x" },   { 1, 4.5, 0.1, NULL }, { 1, 4.5, 0.5, "x" }, { 1, 5.6, 0.5, "y" },
    { 1, 5, 1, "x" },     { 1, 9, 0.5, NULL },   { 2, 1, 9, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (hits); i++)
    {
      guint32 node = thaw_layout_hit (layout, hits[i].row, hits[i].x, hits[i].slop);

      if (hits[i].name == NULL)
        g_assert_cmpuint (node, ==, THAW_NODE_NONE);
      else
        g_assert_cmpstr (thaw_profile_frame_name (profile, tree->key, tree->frame[node]), ==,
                         hits[i].name);
    }
}

static void
test_deep (void)
{
  g_autoptr (ThawProfile) profile = test_profile_of_functions (2);
  g_autoptr (ThawTree) tree = test_deep_tree (20000, 2, 7);
  g_autoptr (ThawLayout) layout = thaw_layout_new (profile, tree, THAW_ORDER_HEAVIEST, NULL, NULL);
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ThawBox));
  const ThawView view = { 0, 7, 100 };
  guint32 row;
  double x, width;

  g_assert_cmpuint (thaw_layout_get_n_rows (layout), ==, 20000);
  g_assert_true (thaw_layout_get_box (layout, 20000, &row, &x, &width));
  g_assert_cmpuint (row, ==, 19999);
  g_assert_cmpfloat (x, ==, 0);
  g_assert_cmpfloat (width, ==, 7);
  g_assert_cmpuint (thaw_layout_hit (layout, 12345, 3, 0), ==, 12346);
  thaw_layout_collect (layout, &view, 19990, 1000, boxes);
  g_assert_cmpuint (boxes->len, ==, 10);
  thaw_layout_collect (layout, &view, 5, G_MAXUINT32, boxes);
  g_assert_cmpuint (boxes->len, ==, 10 + 19995);
}

static void
test_cancelled (void)
{
  g_autoptr (ThawProfile) profile = test_profile_of_functions (5);
  g_autoptr (ThawTree) tree = test_random_tree (1000, 5, 20, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (ThawOrder order = THAW_ORDER_HEAVIEST; order <= THAW_ORDER_TREE; order++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (thaw_layout_new (profile, tree, order, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/heaviest", test_heaviest);
  g_test_add_func ("/layout/equal-totals-go-by-name", test_equal_totals_go_by_name);
  g_test_add_func ("/layout/alphabetical", test_alphabetical);
  g_test_add_func ("/layout/tree-order", test_tree_order);
  g_test_add_func ("/layout/wide-node", test_wide_node);
  g_test_add_func ("/layout/bad-totals", test_bad_totals);
  g_test_add_func ("/layout/time-order", test_time_order);
  g_test_add_func ("/layout/empty", test_empty);
  g_test_add_func ("/layout/walk", test_walk);
  g_test_add_func ("/layout/hit", test_hit);
  g_test_add_func ("/layout/deep", test_deep);
  g_test_add_func ("/layout/cancelled", test_cancelled);
  return g_test_run ();
}
