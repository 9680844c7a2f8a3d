/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trees in the order of time, from samples and from events.
 */
#include "thaw-trees.h"

#include <string.h>
#include "tree-text.h"

/* A thread fed with the samples of @text in order. */
static ThawProfile *
ordered_profile (const char *text)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1 };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (
      builder, thaw_profile_builder_add_process (builder, 1, NULL), &spec, NULL);
  thaw_thread_builder_set_ordered (thread);
  test_feed (builder, thread, text);
  g_autoptr (GError) error = NULL;
  ThawProfile *profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

/* A thread fed with events: "+a" enters a, "-" leaves, a number lets time pass. */
static ThawProfile *
traced_profile (const char *text)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1 };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (
      builder, thaw_profile_builder_add_process (builder, 1, NULL), &spec, NULL);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  double at = 0;
  for (char **word = words; *word != NULL; word++)
    {
      if (**word == '+')
        g_assert_true (
            thaw_thread_builder_enter (thread, test_frame (builder, *word + 1), at, NULL));
      else if (**word == '-')
        g_assert_true (thaw_thread_builder_leave (thread, G_MAXUINT32, at, NULL));
      else
        at += g_ascii_strtod (*word, NULL);
    }
  ThawProfile *profile = thaw_profile_builder_finish (builder, NULL);
  g_assert_nonnull (profile);
  return profile;
}

static ThawTree *
timed_tree (const ThawProfile *profile, ThawTreeKey key)
{
  ThawTreeOptions options = { .key = key, .time_order = TRUE };
  guint32 thread = 0;
  g_autoptr (GError) error = NULL;
  ThawTree *tree = thaw_trees_for_threads (profile, &thread, 1, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (tree->in_time_order);
  g_assert_cmpfloat (tree->total[0], ==, thaw_profile_get_thread (profile, 0)->total);
  return tree;
}

static void
test_samples (void)
{
  g_autoptr (ThawProfile) profile = ordered_profile ("main;a 1\nmain;a;b 2\nmain;c 3\nmain;a 4\n"
                                                     "main;a 5\nother 6\nmain;a 7\n");
  g_autoptr (ThawTree) tree = timed_tree (profile, THAW_KEY_FUNCTION);
  test_assert_text (test_dump_tree (profile, tree),
                    "main;a 1\nmain;a;b 2\nmain;c 3\nmain;a 9\nother 6\nmain;a 7\n");
  g_assert_cmpuint (tree->n_nodes, ==, 9);
  test_check_tree (tree);
}

static void
test_lines_are_one_box (void)
{
  g_autoptr (ThawProfile) profile = ordered_profile ("main@1;a@5 1\nmain@2;a@6 2\nmain@2;a@5 4\n");
  g_autoptr (ThawTree) functions = timed_tree (profile, THAW_KEY_FUNCTION);
  test_assert_text (test_dump_tree (profile, functions), "main;a 7\n");
  g_autoptr (ThawTree) lines = timed_tree (profile, THAW_KEY_LOCATION);
  test_assert_text (test_dump_tree (profile, lines), "main@1;a@5 1\nmain@2;a@6 2\nmain@2;a@5 4\n");
}

static void
test_empty_stacks_keep_their_time (void)
{
  g_autoptr (ThawProfile) profile = ordered_profile ("a 1\n 2\na 4\n");
  g_autoptr (ThawTree) tree = timed_tree (profile, THAW_KEY_FUNCTION);
  test_assert_text (test_dump_tree (profile, tree), " 2\na 1\na 4\n");
}

static void
test_events_know_activations (void)
{
  g_autoptr (ThawProfile) profile = traced_profile ("+m +f 2 - +f 3 - 1 +g +f - - - 5 +m 1 -");
  g_autoptr (ThawTree) tree = timed_tree (profile, THAW_KEY_FUNCTION);
  test_assert_text (test_dump_tree (profile, tree), "m 1 x1\nm;f 2 x1\nm;f 3 x1\nm;g 0 x1\n"
                                                    "m;g;f 0 x1\nm 1 x1\n");
}

static void
test_several_threads_are_merged (void)
{
  g_autoptr (ThawProfile) profile = ordered_profile ("a 1\nb 2\na 4\n");
  ThawTreeOptions options = { .key = THAW_KEY_FUNCTION, .time_order = TRUE };
  guint32 threads[] = { 0, 0 };
  g_autoptr (ThawTree) tree = thaw_trees_for_threads (profile, threads, 2, &options, NULL, NULL);
  g_assert_false (tree->in_time_order);
  test_assert_text (test_dump_tree (profile, tree), "a 10\nb 4\n");
}

/* Every sample is where it belongs: the boxes open at each moment are its stack, and their order is
 * that of the samples. */
static void
test_random_replay (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  for (int round = 0; round < 50; round++)
    {
      GString *text = g_string_new (NULL);
      for (int i = 0; i < 60; i++)
        {
          int depth = g_rand_int_range (rand, 1, 6);
          for (int d = 0; d < depth; d++)
            g_string_append_printf (text, "%s%c", d > 0 ? ";" : "",
                                    'a' + g_rand_int_range (rand, 0, 2));
          g_string_append (text, " 1\n");
        }
      g_autofree char *lines = g_string_free (text, FALSE);
      g_autoptr (ThawProfile) profile = ordered_profile (lines);
      g_autoptr (ThawTree) tree = timed_tree (profile, THAW_KEY_FUNCTION);
      test_check_tree (tree);

      /* Merging what time order took apart gives the plain tree's totals per function. */
      ThawTree *trees[] = { tree };
      ThawTreeOptions plain = { .key = THAW_KEY_FUNCTION };
      guint32 thread = 0;
      g_autoptr (ThawTree) merged = thaw_trees_union (trees, 1, NULL, NULL);
      g_autoptr (ThawTree)
          direct = thaw_trees_for_threads (profile, &thread, 1, &plain, NULL, NULL);
      g_autofree char *expected = test_dump_tree (profile, direct);
      test_assert_text (test_dump_tree (profile, merged), expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-order/samples", test_samples);
  g_test_add_func ("/time-order/lines-are-one-box", test_lines_are_one_box);
  g_test_add_func ("/time-order/empty-stacks", test_empty_stacks_keep_their_time);
  g_test_add_func ("/time-order/events-know-activations", test_events_know_activations);
  g_test_add_func ("/time-order/several-threads", test_several_threads_are_merged);
  g_test_add_func ("/time-order/random-replay", test_random_replay);
  return g_test_run ();
}
