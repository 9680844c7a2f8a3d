/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Searching functions and summing what matches.
 */
#include "thaw-search.h"

#include "thaw-trees.h"
#include "tree-text.h"

/* A thread: main → load → parse → Load; main → sleep. */
static ThawProfile *
make_profile (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1 };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (
      builder, thaw_profile_builder_add_process (builder, 1, NULL), &spec, NULL);
  static const ThawFrameSpec specs[] = {
    { "main", "C:\\work\\Dashboard.py", 1, 0, THAW_FUNCTION_PYTHON },
    { "load", "/x/json/decoder.py", 2, 0, THAW_FUNCTION_PYTHON },
    { "parse", "/x/json/decoder.py", 3, 0, THAW_FUNCTION_PYTHON },
    { "Load", NULL, 0, 0, THAW_FUNCTION_PYTHON },
    { "<built-in method time.sleep>", "~", 0, 0, THAW_FUNCTION_BUILTIN },
    { "größe", NULL, 0, 0, THAW_FUNCTION_PYTHON },
  };
  guint32 slot[G_N_ELEMENTS (specs)];
  for (gsize i = 0; i < G_N_ELEMENTS (specs); i++)
    slot[i] = thaw_profile_builder_add_frame (builder, &specs[i]);
  guint32 deep[] = { slot[0], slot[1], slot[2], slot[3] }, idle[] = { slot[0], slot[4] },
          last[] = { slot[5] };
  g_assert_true (thaw_thread_builder_add_stack (thread, deep, 4, 1, NULL));
  g_assert_true (thaw_thread_builder_add_stack (thread, deep, 2, 2, NULL));
  g_assert_true (thaw_thread_builder_add_stack (thread, idle, 2, 4, NULL));
  g_assert_true (thaw_thread_builder_add_stack (thread, last, 1, 8, NULL));
  ThawProfile *profile = thaw_profile_builder_finish (builder, NULL);
  g_assert_nonnull (profile);
  return profile;
}

static void
test_cases (void)
{
  static const struct
  {
    const char *pattern;
    gboolean regex;
    guint32 functions;
    guint32 boxes;
    double total;
  } cases[] = {
    { "load", FALSE, 2, 2, 3 },     { "Load", FALSE, 1, 1, 1 },
    { "LOAD", FALSE, 0, 0, 0 },     { "decoder.py", FALSE, 2, 2, 3 },
    { "json/dec", FALSE, 2, 2, 3 }, { "work/Dash", FALSE, 1, 1, 7 },
    { "work\\", FALSE, 1, 1, 7 },   { "time.sleep", FALSE, 1, 1, 4 },
    { "built-in", FALSE, 1, 1, 4 }, { "GRÖSSE", FALSE, 0, 0, 0 },
    { "größe", FALSE, 1, 1, 8 },    { "", FALSE, 0, 0, 0 },
    { "", TRUE, 0, 0, 0 },          { "^(load|parse)$", TRUE, 3, 3, 3 },
    { "^Load$", TRUE, 1, 1, 1 },    { "\\Aload", TRUE, 2, 2, 3 },
    { "lo.*d", TRUE, 2, 2, 3 },     { "(.", FALSE, 0, 0, 0 },
    { "a|ö", TRUE, 5, 5, 15 },
  };
  g_autoptr (ThawProfile) profile = make_profile ();
  guint32 thread = 0;
  ThawTreeOptions options = { .key = THAW_KEY_FUNCTION };
  g_autoptr (ThawTree) tree = thaw_trees_for_threads (profile, &thread, 1, &options, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].pattern);
      guint32 n_functions, n_boxes;
      g_autoptr (GError) error = NULL;
      g_autofree guint8 *matches = thaw_search_functions (profile, cases[i].pattern, cases[i].regex,
                                                          &n_functions, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_functions, ==, cases[i].functions);
      g_assert_cmpfloat (thaw_search_total (profile, tree, matches, &n_boxes), ==, cases[i].total);
      g_assert_cmpuint (n_boxes, ==, cases[i].boxes);
    }
}

static void
test_bad_expression (void)
{
  g_autoptr (ThawProfile) profile = make_profile ();
  g_autoptr (GError) error = NULL;
  guint32 n;
  g_assert_null (thaw_search_functions (profile, "(", TRUE, &n, &error));
  g_assert_true (error != NULL && error->domain == G_REGEX_ERROR);
}

/* An expression that backtracks for ever gives up instead. */
static void
test_evil_expression (void)
{
  g_autofree char *name = g_strnfill (60, 'a');
  g_autofree char *text = g_strconcat (name, "! 1\n", NULL);
  g_autoptr (ThawProfile) profile = test_profile (text);
  guint32 n;
  g_autofree guint8 *matches = thaw_search_functions (profile, "^(a+)+$", TRUE, &n, NULL);
  g_assert_nonnull (matches);
  g_assert_cmpuint (n, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/cases", test_cases);
  g_test_add_func ("/search/bad-expression", test_bad_expression);
  g_test_add_func ("/search/evil-expression", test_evil_expression);
  return g_test_run ();
}
