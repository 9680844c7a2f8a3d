/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Re-keying, union and the halves of a sandwich: small trees as text, random ones by their laws, deep
 * and large ones, cancelling.
 */
#include "thaw-trees.h"

#include <math.h>
#include <string.h>
#include "tree-text.h"

static const ThawTreeOptions by_function = { .key = THAW_KEY_FUNCTION };
static const ThawTreeOptions by_line = { .key = THAW_KEY_LOCATION };

/* Orders pointers to strings. */
static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The lines of @text in order of the alphabet; (transfer full). For trees that may differ in the order
 * of siblings. */
static char *
sort_lines (char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_free (text);
  GPtrArray *sorted = g_ptr_array_new ();
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      g_ptr_array_add (sorted, *line);
  g_ptr_array_sort (sorted, compare_lines);
  GString *joined = g_string_new (NULL);
  for (guint i = 0; i < sorted->len; i++)
    g_string_append_printf (joined, "%s\n", (char *) g_ptr_array_index (sorted, i));
  g_ptr_array_unref (sorted);
  return g_string_free (joined, FALSE);
}

/* A profile with one thread for each text. */
static ThawProfile *
profile_of_threads (const char *const *texts, guint n)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  guint32 process = thaw_profile_builder_add_process (builder, 1, "p");
  for (guint i = 0; i < n; i++)
    {
      ThawThreadSpec spec = { .id = i };
      test_feed (builder, thaw_profile_builder_add_thread (builder, process, &spec, NULL),
                 texts[i]);
    }
  g_autoptr (GError) error = NULL;
  ThawProfile *profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

/* The tree of threads 0 … @n - 1, checked. */
static ThawTree *
tree_of (const ThawProfile *profile, guint n, const ThawTreeOptions *options)
{
  guint32 threads[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
  g_autoptr (GError) error = NULL;
  ThawTree *tree = thaw_trees_for_threads (profile, threads, n, options, NULL, &error);
  g_assert_no_error (error);
  test_check_tree (tree);
  return tree;
}

static guint32
function_named (const ThawProfile *profile, const char *name)
{
  for (guint32 i = 0; i < thaw_profile_get_n_functions (profile); i++)
    if (strcmp (thaw_profile_get_function (profile, i)->name, name) == 0)
      return i;
  return THAW_FRAME_ROOT;
}

static void
test_lines_become_one_box (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("main@1;load@10;parse@20 3\n"
                                                  "main@1;load@11;parse@21 4\n"
                                                  "main@2;load@10 5\n"
                                                  "main@2;load@10;parse@20;parse@20 1\n");
  g_autoptr (ThawTree) functions = tree_of (profile, 1, &by_function);
  test_assert_text (test_dump_tree (profile, functions),
                    "main;load 5\nmain;load;parse 7\nmain;load;parse;parse 1\n");
  g_assert_cmpuint (functions->n_nodes, ==, 5);
  g_assert_cmpint (functions->key, ==, THAW_KEY_FUNCTION);

  g_autoptr (ThawTree) lines = tree_of (profile, 1, &by_line);
  g_assert_true (lines == thaw_profile_get_location_tree (profile, 0));
}

static void
test_one_function_defined_twice (void)
{
  /* Two functions of one name stay two boxes. */
  g_autoptr (ThawProfile) profile = test_profile ("main;f#1 3\nmain;f#9 4\nmain;f#1 1\n");
  g_autoptr (ThawTree) tree = tree_of (profile, 1, &by_function);
  test_assert_text (test_dump_tree (profile, tree), "main;f#1 4\nmain;f#9 4\n");
}

static void
test_threads_add_up (void)
{
  const char *texts[] = { "main;a 1\nmain;b 2\n", "main;b 4\nmain;c;b 8\n", "" };
  g_autoptr (ThawProfile) profile = profile_of_threads (texts, 3);
  g_autoptr (ThawTree) tree = tree_of (profile, 3, &by_function);
  test_assert_text (test_dump_tree (profile, tree), "main;a 1\nmain;b 6\nmain;c;b 8\n");
  g_autoptr (ThawTree) lines = tree_of (profile, 3, &by_line);
  test_assert_text (test_dump_tree (profile, lines), "main;a 1\nmain;b 6\nmain;c;b 8\n");
  g_assert_cmpint (lines->key, ==, THAW_KEY_LOCATION);

  g_autoptr (ThawTree) none = tree_of (profile, 0, &by_function);
  g_assert_cmpuint (none->n_nodes, ==, 1);
}

/* A tree of one chain of frames with the given totals and bounds. */
static ThawTree *
bounded_tree (guint32 frame, double self, float lower, float upper, ThawNodeFlags flags)
{
  ThawTree *tree = thaw_tree_new (2, THAW_KEY_FUNCTION, THAW_TREE_CALLS | THAW_TREE_BOUNDS);
  tree->frame[1] = frame;
  tree->subtree_end[1] = 2;
  tree->self[1] = self;
  tree->calls[1] = 2;
  tree->lower[0] = tree->lower[1] = lower;
  tree->upper[0] = tree->upper[1] = upper;
  tree->flags[1] = (guint8) flags;
  tree->reconstructed = TRUE;
  thaw_tree_compute_totals (tree);
  return tree;
}

static void
test_bounds_add_up (void)
{
  g_autoptr (ThawTree) a = bounded_tree (0, 4, 3, 6, THAW_NODE_ESTIMATED);
  g_autoptr (ThawTree) b = bounded_tree (0, 1, 1, 1, THAW_NODE_FOLDED);
  g_autoptr (ThawTree) exact = thaw_tree_new (2, THAW_KEY_FUNCTION, THAW_TREE_CALLS);
  exact->frame[1] = 0;
  exact->subtree_end[1] = 2;
  exact->self[1] = 10;
  exact->calls[1] = 1;
  thaw_tree_compute_totals (exact);

  ThawTree *trees[] = { a, b, exact };
  g_autoptr (ThawTree) all = thaw_trees_union (trees, 3, NULL, NULL);
  test_check_tree (all);
  g_assert_true (all->reconstructed);
  g_assert_cmpfloat (all->total[1], ==, 15);
  g_assert_cmpfloat (all->calls[1], ==, 5);
  g_assert_cmpfloat (all->lower[1], ==, 14);
  g_assert_cmpfloat (all->upper[1], ==, 17);
  g_assert_cmpint (all->flags[1], ==, THAW_NODE_ESTIMATED | THAW_NODE_FOLDED);

  ThawTree *certain[] = { b, exact };
  g_autoptr (ThawTree) sum = thaw_trees_union (certain, 2, NULL, NULL);
  g_assert_cmpfloat (sum->lower[1], ==, 11);
  g_assert_cmpfloat (sum->upper[1], ==, 11);
  g_assert_cmpint (sum->flags[1], ==, THAW_NODE_FOLDED);

  g_autoptr (ThawTree) callers = thaw_trees_callers (all, 0, NULL, NULL);
  test_check_tree (callers);
  g_assert_cmpfloat (callers->lower[1], ==, 14);
  g_assert_cmpfloat (callers->upper[1], ==, 17);
  g_assert_cmpfloat (callers->lower[0], ==, 14);
}

static void
test_calls_need_all_trees (void)
{
  g_autoptr (ThawTree) counted = bounded_tree (0, 4, 4, 4, 0);
  g_autoptr (ThawTree) uncounted = thaw_tree_new (2, THAW_KEY_FUNCTION, 0);
  uncounted->subtree_end[1] = 2;
  g_autoptr (ThawTree) empty = thaw_tree_new (1, THAW_KEY_FUNCTION, 0);
  ThawTree *mixed[] = { counted, uncounted }, *with_empty[] = { empty, counted };
  g_autoptr (ThawTree) first = thaw_trees_union (mixed, 2, NULL, NULL);
  g_assert_null (first->calls);
  g_autoptr (ThawTree) second = thaw_trees_union (with_empty, 2, NULL, NULL);
  g_assert_nonnull (second->calls);
}

static void
test_callees (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("main;f;g 1\nmain;h;f 2\nmain;h;f;f;g 4\n"
                                                  "main;h;f;k;f;g 8\nother 16\n");
  g_autoptr (ThawTree) tree = tree_of (profile, 1, &by_function);
  g_autoptr (ThawTree)
      callees = thaw_trees_callees (tree, function_named (profile, "f"), NULL, NULL);
  test_check_tree (callees);
  test_assert_text (test_dump_tree (profile, callees), "f 2\nf;g 1\nf;f;g 4\nf;k;f;g 8\n");
  g_assert_cmpfloat (callees->total[0], ==, 15);

  g_autoptr (ThawTree) nothing = thaw_trees_callees (tree, THAW_FRAME_PRUNED, NULL, NULL);
  g_assert_cmpuint (nothing->n_nodes, ==, 1);
}

static void
test_callers (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("main;f;g 1\nmain;h;f 2\nmain;h;f;f;g 4\n"
                                                  "main;h;f;k;f;g 8\nother;h;f 16\nf 32\n");
  g_autoptr (ThawTree) tree = tree_of (profile, 1, &by_function);
  g_autoptr (ThawTree)
      callers = thaw_trees_callers (tree, function_named (profile, "f"), NULL, NULL);
  test_check_tree (callers);
  test_assert_text (test_dump_tree (profile, callers),
                    "f 32\nf;main 1\nf;h;main 14\nf;h;other 16\n");
  g_assert_cmpfloat (callers->total[0], ==, 63);
}

static void
test_callers_count_calls (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1 };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (
      builder, thaw_profile_builder_add_process (builder, 1, NULL), &spec, NULL);
  guint32 a = test_frame (builder, "a"), b = test_frame (builder, "b"),
          f = test_frame (builder, "f");
  double at = 0;
  for (int i = 0; i < 3; i++)
    {
      guint32 caller = i < 2 ? a : b;
      g_assert_true (thaw_thread_builder_enter (thread, caller, at++, NULL));
      g_assert_true (thaw_thread_builder_enter (thread, f, at++, NULL));
      g_assert_true (thaw_thread_builder_leave (thread, f, at++, NULL));
      g_assert_true (thaw_thread_builder_leave (thread, caller, at++, NULL));
    }
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  g_autoptr (ThawTree) tree = tree_of (profile, 1, &by_function);
  g_autoptr (ThawTree)
      callers = thaw_trees_callers (tree, function_named (profile, "f"), NULL, NULL);
  test_assert_text (test_dump_tree (profile, callers), "f 0 x3\nf;a 2 x2\nf;b 1 x1\n");
  g_autoptr (ThawTree)
      callees = thaw_trees_callees (tree, function_named (profile, "f"), NULL, NULL);
  test_assert_text (test_dump_tree (profile, callees), "f 3 x3\n");
}

static void
test_lines_of_a_box (void)
{
  const char *texts[] = { "main@1;f@10;g@5 3\nmain@2;f@11 4\nmain@2;f@10 5\nf@99 7\n",
                          "main@3;f@10;f@12 1\nmain@3;f 2\n" };
  g_autoptr (ThawProfile) profile = profile_of_threads (texts, 2);
  g_autoptr (ThawTree) tree = tree_of (profile, 2, &by_function);
  guint32 threads[] = { 0, 1 };
  g_autoptr (GArray) lines = thaw_trees_node_lines (profile, threads, 2, tree, 2);
  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_cmpuint (g_array_index (lines, ThawLineCost, 0).line, ==, 0);
  g_assert_cmpfloat (g_array_index (lines, ThawLineCost, 0).self, ==, 2);
  const ThawLineCost *cost = &g_array_index (lines, ThawLineCost, 1);
  g_assert_cmpuint (cost[0].line, ==, 10);
  g_assert_cmpfloat (cost[0].self, ==, 5);
  g_assert_cmpfloat (cost[0].total, ==, 9);
  g_assert_cmpuint (cost[1].line, ==, 11);
  g_assert_cmpfloat (cost[1].self, ==, 4);

  g_autoptr (GArray) root = thaw_trees_node_lines (profile, threads, 2, tree, 0);
  g_assert_cmpuint (root->len, ==, 0);
}

static void
test_lines_of_a_function (void)
{
  const char *texts[] = { "main@1;f@10;f@11;g@5 3\nmain@2;f@11 4\nf@10 5\n", "f 7\ng@5 1\n" };
  g_autoptr (ThawProfile) profile = profile_of_threads (texts, 2);
  guint32 threads[] = { 0, 1 };
  g_autoptr (GArray) lines = thaw_trees_function_lines (profile, threads, 2,
                                                        function_named (profile, "f"), NULL, NULL);
  g_assert_cmpuint (lines->len, ==, 3);
  const ThawLineCost *cost = &g_array_index (lines, ThawLineCost, 0);
  g_assert_cmpuint (cost[0].line, ==, 0);
  g_assert_cmpfloat (cost[0].self, ==, 7);
  g_assert_cmpuint (cost[1].line, ==, 10);
  g_assert_cmpfloat (cost[1].self, ==, 5);
  g_assert_cmpfloat (cost[1].total, ==, 8);
  g_assert_cmpuint (cost[2].line, ==, 11);
  g_assert_cmpfloat (cost[2].self, ==, 4);
  g_assert_cmpfloat (cost[2].total, ==, 7);
}

/* Random stacks of few functions and lines, so that much of it is equal. */
static char *
random_stacks (GRand *rand, guint n)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    {
      guint depth = (guint) g_rand_int_range (rand, 1, 9);
      for (guint d = 0; d < depth; d++)
        g_string_append_printf (text, "%s%c@%d", d > 0 ? ";" : "",
                                'a' + g_rand_int_range (rand, 0, 4), g_rand_int_range (rand, 1, 4));
      g_string_append_printf (text, " %d\n", g_rand_int_range (rand, 1, 100));
    }
  return g_string_free (text, FALSE);
}

static void
test_random_laws (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);
  for (int round = 0; round < 60; round++)
    {
      g_autofree char *first = random_stacks (rand, 40), *second = random_stacks (rand, 40);
      const char *texts[] = { first, second };
      g_autoptr (ThawProfile) profile = profile_of_threads (texts, 2);
      guint32 zero = 0, one = 1;
      g_autoptr (ThawTree) a = thaw_trees_for_threads (profile, &zero, 1, &by_function, NULL, NULL);
      g_autoptr (ThawTree) b = thaw_trees_for_threads (profile, &one, 1, &by_function, NULL, NULL);
      ThawTree *ab[] = { a, b }, *ba[] = { b, a };
      g_autoptr (ThawTree) x = thaw_trees_union (ab, 2, NULL, NULL);
      g_autoptr (ThawTree) y = thaw_trees_union (ba, 2, NULL, NULL);
      g_autoptr (ThawTree) both = tree_of (profile, 2, &by_function);
      test_check_tree (x);
      g_autofree char *x_text = sort_lines (test_dump_tree (profile, x));
      g_autofree char *y_text = sort_lines (test_dump_tree (profile, y));
      g_autofree char *both_text = sort_lines (test_dump_tree (profile, both));
      g_assert_cmpstr (x_text, ==, y_text);
      g_assert_cmpstr (x_text, ==, both_text);
      g_assert_cmpfloat (x->total[0], ==, thaw_profile_get_total (profile));

      for (guint32 f = 0; f < thaw_profile_get_n_functions (profile); f++)
        {
          g_autoptr (ThawTree) callees = thaw_trees_callees (x, f, NULL, NULL);
          g_autoptr (ThawTree) callers = thaw_trees_callers (x, f, NULL, NULL);
          test_check_tree (callees);
          test_check_tree (callers);
          g_assert_cmpfloat (callees->total[0], ==, callers->total[0]);
          g_assert_cmpfloat (callers->total[1], ==, callers->total[0]);
        }
    }
}

/* One thread whose only stack is @depth frames of two functions in turn. */
static ThawProfile *
deep_profile (guint32 depth)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1 };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (
      builder, thaw_profile_builder_add_process (builder, 1, NULL), &spec, NULL);
  g_autofree guint32 *frames = g_new (guint32, depth);
  guint32 a = test_frame (builder, "a@1"), b = test_frame (builder, "b@2");
  for (guint32 i = 0; i < depth; i++)
    frames[i] = i % 2 == 0 ? a : b;
  thaw_thread_builder_set_ordered (thread);
  for (guint32 keep = 0; keep < 3; keep++)
    g_assert_true (thaw_thread_builder_add_stack (thread, frames, depth - keep, 1, NULL));
  ThawProfile *profile = thaw_profile_builder_finish (builder, NULL);
  g_assert_nonnull (profile);
  return profile;
}

static void
test_deep (void)
{
  const guint32 depth = 200000;
  g_autoptr (ThawProfile) profile = deep_profile (depth);
  g_autoptr (ThawTree) tree = tree_of (profile, 1, &by_function);
  g_assert_cmpuint (tree->n_nodes, ==, depth + 1);
  guint32 b = function_named (profile, "b");
  g_autoptr (ThawTree) callees = thaw_trees_callees (tree, b, NULL, NULL);
  g_assert_cmpuint (callees->n_nodes, ==, depth);
  g_autoptr (ThawTree) callers = thaw_trees_callers (tree, b, NULL, NULL);
  g_assert_cmpuint (callers->n_nodes, ==, 3);
  ThawTreeOptions timed = { .key = THAW_KEY_FUNCTION, .time_order = TRUE };
  g_autoptr (ThawTree) order = tree_of (profile, 1, &timed);
  g_assert_cmpuint (order->n_nodes, ==, depth + 1);
  guint32 thread = 0;
  g_autoptr (GArray) lines = thaw_trees_node_lines (profile, &thread, 1, tree, depth);
  g_assert_cmpuint (lines->len, ==, 1);
}

/* A tree of more than a million nodes: 1000 functions, each called by each. */
static void
test_wide (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1 };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (
      builder, thaw_profile_builder_add_process (builder, 1, NULL), &spec, NULL);
  guint32 slots[1000];
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u@%u", i / 2, i % 2 + 1);
      slots[i] = test_frame (builder, name);
    }
  for (guint i = 0; i < 1000; i++)
    for (guint j = 0; j < 1000; j++)
      {
        guint32 stack[] = { slots[i], slots[j] };
        g_assert_true (thaw_thread_builder_add_stack (thread, stack, 2, 1, NULL));
      }
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  g_autoptr (ThawTree) tree = tree_of (profile, 1, &by_function);
  g_assert_cmpuint (tree->n_nodes, ==, 1 + 500 + 500 * 500);
  g_assert_cmpfloat (tree->total[0], ==, 1e6);
}

static void
test_cancelling (void)
{
  g_autoptr (ThawProfile) profile = deep_profile (100);
  g_autoptr (ThawTree) tree = tree_of (profile, 1, &by_function);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  guint32 threads[] = { 0, 0 };
  ThawTreeOptions timed = { .key = THAW_KEY_FUNCTION, .time_order = TRUE };
  for (int i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;
      ThawTree *result = i == 0   ? thaw_trees_for_threads (profile, threads, 1, &by_function,
                                                            cancelled, &error)
                         : i == 1 ? thaw_trees_for_threads (profile, threads, 2, &by_function,
                                                            cancelled, &error)
                         : i == 2 ? thaw_trees_for_threads (profile, threads, 1, &timed, cancelled,
                                                            &error)
                         : i == 3 ? thaw_trees_callees (tree, 0, cancelled, &error)
                                  : thaw_trees_callers (tree, 0, cancelled, &error);
      g_assert_null (result);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trees/lines-become-one-box", test_lines_become_one_box);
  g_test_add_func ("/trees/one-function-defined-twice", test_one_function_defined_twice);
  g_test_add_func ("/trees/threads-add-up", test_threads_add_up);
  g_test_add_func ("/trees/bounds-add-up", test_bounds_add_up);
  g_test_add_func ("/trees/calls-need-all-trees", test_calls_need_all_trees);
  g_test_add_func ("/trees/callees", test_callees);
  g_test_add_func ("/trees/callers", test_callers);
  g_test_add_func ("/trees/callers-count-calls", test_callers_count_calls);
  g_test_add_func ("/trees/lines-of-a-box", test_lines_of_a_box);
  g_test_add_func ("/trees/lines-of-a-function", test_lines_of_a_function);
  g_test_add_func ("/trees/random-laws", test_random_laws);
  g_test_add_func ("/trees/deep", test_deep);
  g_test_add_func ("/trees/wide", test_wide);
  g_test_add_func ("/trees/cancelling", test_cancelling);
  return g_test_run ();
}
