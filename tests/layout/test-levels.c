/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Collecting what a view shows, against all boxes one by one: on trees with rows wide enough for
 * levels of detail, at random views.
 */
#include <math.h>

#include "random-tree.h"
#include "thaw-layout.h"

/* A box as the layout tells it by get_box(), in pixels of the view. */
typedef struct
{
  double left, right;
  guint32 node;
} Plain;

static int
compare_plain (gconstpointer a, gconstpointer b)
{
  const Plain *x = a, *y = b;

  return x->left < y->left ? -1 : x->left > y->left;
}

/* Boxes of @row that touch the view, left to right; (element-type Plain). */
static GArray *
plain_row (const ThawLayout *layout, const ThawView *view, guint32 row)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (Plain));
  ThawTree *tree = thaw_layout_get_tree (layout);

  for (guint32 node = 1; node < tree->n_nodes; node++)
    {
      guint32 its_row;
      double x, width;

      if (!thaw_layout_get_box (layout, node, &its_row, &x, &width) || its_row != row ||
          x + width <= view->x0 || x >= view->x1)
        continue;
      Plain plain = { thaw_view_to_px (view, x), thaw_view_to_px (view, x + width), node };
      g_array_append_val (boxes, plain);
    }
  g_array_sort (boxes, compare_plain);
  return boxes;
}

/* What one collected box says, against the n_merged next boxes one by one. */
static void
check_box (const ThawBox *box, const ThawView *view, const Plain *plain)
{
  double left = box->x_px, right = box->x_px + box->width_px, covered = 0, widest = 0;
  double its_width = 0;

  for (guint i = 0; i < box->n_merged; i++)
    {
      double width = plain[i].right - plain[i].left;

      covered += width;
      widest = MAX (widest, width);
      if (plain[i].node == box->node)
        its_width = width;
      g_assert_cmpfloat (MAX (plain[i].left, -2), >=, left - 1e-2);
      g_assert_cmpfloat (MIN (plain[i].right, view->width_px + 2), <=, right + 1e-2);
    }
  g_assert_cmpfloat (its_width, >=, widest * (1 - 1e-5));
  if (box->n_merged == 1)
    {
      g_assert_cmpfloat_with_epsilon (left, MAX (plain[0].left, -2), 1e-2);
      g_assert_cmpfloat_with_epsilon (right, MIN (plain[0].right, view->width_px + 2), 1e-2);
      g_assert_cmpfloat (box->cover, ==, 1);
    }
  else
    {
      g_assert_cmpfloat (box->width_px, <=, 1 + 1e-3);
      g_assert_cmpfloat_with_epsilon (
          box->cover, covered / (plain[box->n_merged - 1].right - plain[0].left), 1e-3);
    }
}

static void
check_row (const ThawLayout *layout, const ThawView *view, guint32 row)
{
  g_autoptr (GArray) plain = plain_row (layout, view, row);
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ThawBox));
  ThawTree *tree = thaw_layout_get_tree (layout);
  guint at = 0;
  double end = -INFINITY;

  thaw_layout_collect (layout, view, row, 1, boxes);
  g_assert_cmpuint (boxes->len, <=, 2 * view->width_px + 3);
  for (guint i = 0; i < boxes->len; i++)
    {
      const ThawBox *box = &g_array_index (boxes, ThawBox, i);

      g_assert_cmpuint (box->row, ==, row);
      g_assert_cmpuint (box->frame, ==, tree->frame[box->node]);
      g_assert_cmpfloat (box->x_px, >=, end - 1e-2);
      g_assert_cmpfloat (box->x_px, >=, -2);
      end = box->x_px + box->width_px;
      g_assert_cmpfloat (end, <=, view->width_px + 2.001);
      /* A run over the left edge may hold boxes outside the view. */
      if (i == 0 && box->n_merged > 1 && box->x_px < 0)
        while (at < plain->len && g_array_index (plain, Plain, at).right <= end + 1e-6)
          at++;
      else if (i + 1 == boxes->len && box->n_merged > 1 && end > view->width_px)
        at = plain->len;
      else
        {
          g_assert_cmpuint (at + box->n_merged, <=, plain->len);
          check_box (box, view, &g_array_index (plain, Plain, at));
          at += box->n_merged;
        }
    }
  g_assert_cmpuint (at, ==, plain->len);
}

static void
test_against_brute_force (void)
{
  g_autoptr (ThawProfile) profile = test_profile_of_functions (50);

  for (guint32 seed = 1; seed <= 4; seed++)
    {
      g_autoptr (ThawTree) tree = test_random_tree (seed == 4 ? 500 : 60000, 50, 4 + seed, seed);
      g_autoptr (ThawLayout)
          layout = thaw_layout_new (profile, tree, THAW_ORDER_HEAVIEST, NULL, NULL);
      GRand *rand = g_rand_new_with_seed (seed);
      double total = thaw_layout_get_total (layout);

      for (guint i = 0; i < 24; i++)
        {
          double zoom = pow (10, i < 4 ? 0 : g_rand_double_range (rand, 0, 6));
          ThawView view = { 0, 0, g_rand_int_range (rand, 50, 2000) };

          thaw_view_fit (&view, total, g_rand_double_range (rand, 0, total), total / zoom);
          check_row (
              layout, &view,
              (guint32) g_rand_int_range (rand, 0, (gint32) thaw_layout_get_n_rows (layout)));
        }
      g_rand_free (rand);
    }
}

/* 100 000 boxes that crowd in a millionth of the row, which is where the view looks. */
static void
test_crowded (void)
{
  const guint32 n = 100000;
  g_autoptr (ThawProfile) profile = test_profile_of_functions (3);
  g_autoptr (ThawTree) tree = thaw_tree_new (n + 2, THAW_KEY_FUNCTION, 0);
  g_autoptr (ThawLayout) layout = NULL;
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ThawBox));
  ThawView view = { 0, 0, 1000 };
  guint64 merged = 0;

  for (guint32 i = 1; i < n + 2; i++)
    {
      tree->subtree_end[i] = i + 1;
      tree->self[i] = i == 1 ? 1 : 1e-6 / n;
      tree->frame[i] = i % 3;
    }
  thaw_tree_compute_totals (tree);
  layout = thaw_layout_new (profile, tree, THAW_ORDER_HEAVIEST, NULL, NULL);
  thaw_view_fit (&view, tree->total[0], 1, 1e-6);
  thaw_layout_collect (layout, &view, 0, 1, boxes);
  g_assert_cmpuint (boxes->len, >=, 999);
  g_assert_cmpuint (boxes->len, <=, 2003);
  for (guint i = 0; i < boxes->len; i++)
    merged += g_array_index (boxes, ThawBox, i).n_merged;
  g_assert_cmpuint (merged, >=, n - 200);
  g_assert_cmpuint (merged, <=, n + 1);
  /* From afar all of them are one hairline beside the wide box. */
  thaw_view_fit (&view, tree->total[0], 0, tree->total[0]);
  g_array_set_size (boxes, 0);
  thaw_layout_collect (layout, &view, 0, 1, boxes);
  g_assert_cmpuint (boxes->len, ==, 2);
  g_assert_cmpuint (g_array_index (boxes, ThawBox, 1).n_merged, ==, n);
}

/* One lit box among 20 000 thinner than a pixel shows, and nothing else is changed. */
static void
test_prefer (void)
{
  const guint32 n = 20000;
  g_autoptr (ThawProfile) profile = test_profile_of_functions (4);
  g_autoptr (ThawTree) tree = thaw_tree_new (n + 1, THAW_KEY_FUNCTION, 0);
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (ThawBox));
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (ThawBox));
  const guint8 lit[] = { 0, 0, 0, 1 };

  for (guint32 i = 1; i <= n; i++)
    {
      tree->subtree_end[i] = i + 1;
      tree->self[i] = i % 5 + 1;
      tree->frame[i] = i % 3;
    }
  for (guint32 it = 17; it <= n; it += 3331)
    {
      g_autoptr (ThawLayout) layout = NULL;
      g_autoptr (GArray) lit_boxes = NULL;
      ThawView view = { 0, 0, 700 };
      guint n_changed = 0;

      tree->frame[it] = 3;
      thaw_tree_compute_totals (tree);
      layout = thaw_layout_new (profile, tree, THAW_ORDER_TREE, NULL, NULL);
      thaw_view_fit (&view, tree->total[0], 0, tree->total[0]);
      g_array_set_size (before, 0);
      g_array_set_size (after, 0);
      thaw_layout_collect (layout, &view, 0, 1, before);
      thaw_layout_collect (layout, &view, 0, 1, after);
      lit_boxes = thaw_layout_find_lit (layout, lit);
      g_assert_cmpuint (lit_boxes->len, ==, 1);
      thaw_layout_prefer (layout, &view, lit_boxes, after);
      for (guint i = 0; i < after->len; i++)
        {
          const ThawBox *a = &g_array_index (before, ThawBox, i);
          const ThawBox *b = &g_array_index (after, ThawBox, i);

          if (b->frame != 3)
            {
              g_assert_cmpuint (a->node, ==, b->node);
              continue;
            }
          g_assert_cmpuint (b->node, ==, it);
          n_changed++;
        }
      g_assert_cmpuint (n_changed, ==, 1);
      tree->frame[it] = 0;
    }
}

/* Boxes a hundredth of a pixel wide and a tenth apart: seen as faint, not as solid. */
static void
test_sparse_runs_are_faint (void)
{
  const guint32 n = 20000;
  g_autoptr (ThawProfile) profile = test_profile_of_functions (3);
  g_autoptr (ThawTree) tree = thaw_tree_new (2 * n + 1, THAW_KEY_FUNCTION, 0);
  g_autoptr (ThawLayout) layout = NULL;
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ThawBox));
  ThawView view = { 0, n, n / 10.0 };

  for (guint32 i = 1; i < 2 * n + 1; i += 2)
    {
      tree->subtree_end[i] = i + 2;
      tree->self[i] = 0.9;
      tree->parent[i + 1] = i;
      tree->subtree_end[i + 1] = i + 2;
      tree->self[i + 1] = 0.1;
    }
  thaw_tree_compute_totals (tree);
  layout = thaw_layout_new (profile, tree, THAW_ORDER_HEAVIEST, NULL, NULL);
  thaw_layout_collect (layout, &view, 1, 1, boxes);
  g_assert_cmpuint (boxes->len, >=, n / 10);
  for (guint i = 0; i < boxes->len; i++)
    g_assert_cmpfloat (g_array_index (boxes, ThawBox, i).cover, <, 0.2);
}

static void
test_hit_against_brute_force (void)
{
  g_autoptr (ThawProfile) profile = test_profile_of_functions (50);
  g_autoptr (ThawTree) tree = test_random_tree (3000, 50, 6, 11);
  g_autoptr (ThawLayout) layout = thaw_layout_new (profile, tree, THAW_ORDER_HEAVIEST, NULL, NULL);
  double total = thaw_layout_get_total (layout);
  GRand *rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 300; i++)
    {
      guint32 row = (guint32) g_rand_int_range (rand, 0, 6);
      double at = g_rand_double_range (rand, -0.05 * total, 1.05 * total);
      double slop = i % 2 == 0 ? 0 : total / 1000;
      double nearest = INFINITY;
      guint32 hit = thaw_layout_hit (layout, row, at, slop);
      guint32 its_row;
      double x, width;

      for (guint32 node = 1; node < tree->n_nodes; node++)
        if (thaw_layout_get_box (layout, node, &its_row, &x, &width) && its_row == row)
          nearest = MIN (nearest, MAX (MAX (x - at, at - (x + width)), 0));
      if (hit == THAW_NODE_NONE)
        {
          g_assert_cmpfloat (nearest, >, slop * (1 - 1e-9));
          continue;
        }
      g_assert_true (thaw_layout_get_box (layout, hit, &its_row, &x, &width));
      g_assert_cmpuint (its_row, ==, row);
      g_assert_cmpfloat_with_epsilon (MAX (MAX (x - at, at - (x + width)), 0), nearest,
                                      total * 1e-12);
    }
  g_rand_free (rand);
}

/* Children lie within their parents, beside each other. */
static void
test_nesting (void)
{
  g_autoptr (ThawProfile) profile = test_profile_of_functions (50);
  g_autoptr (ThawTree) tree = test_random_tree (20000, 50, 40, 3);

  for (ThawOrder order = THAW_ORDER_HEAVIEST; order <= THAW_ORDER_TREE; order++)
    {
      g_autoptr (ThawLayout) layout = thaw_layout_new (profile, tree, order, NULL, NULL);

      for (guint32 node = 1; node < tree->n_nodes; node++)
        {
          guint32 row, above, left;
          double x, width, outer_x, outer_width, left_x, left_width;

          if (!thaw_layout_get_box (layout, node, &row, &x, &width))
            continue;
          g_assert_cmpuint (row, ==, thaw_tree_depth (tree, node) - 1);
          left = thaw_layout_step (layout, node, THAW_STEP_PREVIOUS);
          if (left != THAW_NODE_NONE)
            {
              g_assert_true (thaw_layout_get_box (layout, left, NULL, &left_x, &left_width));
              g_assert_cmpfloat (left_x + left_width, <=, x + 1e-12);
              if (order == THAW_ORDER_HEAVIEST && tree->parent[left] == tree->parent[node])
                g_assert_cmpfloat (tree->total[left], >=, tree->total[node]);
            }
          if (row == 0)
            continue;
          g_assert_true (
              thaw_layout_get_box (layout, tree->parent[node], &above, &outer_x, &outer_width));
          g_assert_cmpuint (above, ==, row - 1);
          g_assert_cmpfloat (x, >=, outer_x);
          g_assert_cmpfloat (x + width, <=, outer_x + outer_width + 1e-12);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/levels/against-brute-force", test_against_brute_force);
  g_test_add_func ("/levels/crowded", test_crowded);
  g_test_add_func ("/levels/prefer", test_prefer);
  g_test_add_func ("/levels/sparse-runs-are-faint", test_sparse_runs_are_faint);
  g_test_add_func ("/levels/hit-against-brute-force", test_hit_against_brute_force);
  g_test_add_func ("/levels/nesting", test_nesting);
  return g_test_run ();
}
