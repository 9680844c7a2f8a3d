/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trees from edges: small ones worked out by hand, truth that must lie within bounds, and the
 * promises that hold for every file, however wrong: self times add up to the file's, nothing is
 * negative, and nothing recurses.
 *
 * A tree is printed as a line per node: path, self, total, calls, and either "=" for exact or the
 * bounds; "*" marks folded frames.
 */
#include <gio/gio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "call-recorder.h"
#include "marshal-writer.h"
#include "thaw-components.h"
#include "thaw-import.h"
#include "thaw-profile-builder.h"
#include "thaw-reconstruct.h"
#include "tree-text.h"

static ThawTree *
expand (const ThawProfile *profile, double epsilon)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ThawReconstruction)
      reconstruction = thaw_reconstruction_new (profile, 0, NULL, &error);
  ThawTree *tree;

  g_assert_no_error (error);
  tree = thaw_reconstruction_expand (reconstruction, epsilon, NULL, &error);
  g_assert_no_error (error);
  return tree;
}

static double
imbalance (const ThawProfile *profile)
{
  g_autoptr (ThawReconstruction) reconstruction = thaw_reconstruction_new (profile, 0, NULL, NULL);

  return thaw_reconstruction_get_imbalance (reconstruction);
}

/* The path of each node of @tree as text. */
static GPtrArray *
path_texts (const ThawProfile *profile, const ThawTree *tree)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (paths, g_strdup (""));
  for (guint32 node = 1; node < tree->n_nodes; node++)
    {
      const char *above = paths->pdata[tree->parent[node]];

      g_ptr_array_add (paths,
                       g_strconcat (above, *above != '\0' ? ";" : "",
                                    thaw_profile_frame_name (profile, tree->key, tree->frame[node]),
                                    NULL));
    }
  return paths;
}

static char *
dump (const ThawProfile *profile, double epsilon)
{
  g_autoptr (ThawTree) tree = expand (profile, epsilon);
  g_autoptr (GPtrArray) paths = path_texts (profile, tree);
  GString *text = g_string_new (NULL);

  test_check_tree (tree);
  for (guint32 node = 1; node < tree->n_nodes; node++)
    {
      g_string_append_printf (text, "%s%s %.4g %.4g x%.4g", (char *) paths->pdata[node],
                              tree->flags[node] & THAW_NODE_FOLDED ? "*" : "", tree->self[node],
                              tree->total[node], tree->calls[node]);
      if (tree->flags[node] & THAW_NODE_ESTIMATED)
        g_string_append_printf (text, " %.4g..%.4g\n", (double) tree->lower[node],
                                (double) tree->upper[node]);
      else
        g_string_append (text, " =\n");
    }
  return g_string_free (text, FALSE);
}

#define assert_tree(edges, epsilon, expected)                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (ThawProfile) test_profile = profile_from_edges (edges);                             \
    test_assert_text (dump (test_profile, epsilon), expected);                                     \
  }                                                                                                \
  G_STMT_END

/* What must hold for every tree of every file. */
static void
check_promises (const ThawProfile *profile, double epsilon)
{
  const ThawEdges *edges = thaw_profile_get_edges (profile, 0);
  g_autoptr (ThawTree) tree = expand (profile, epsilon);
  double expected = 0.0, sum = 0.0, slack;

  for (guint32 i = 0; i < edges->n_functions; i++)
    expected += MAX (edges->functions[i].self, 0.0);
  slack = 1e-9 * expected;
  test_check_tree (tree);
  g_assert_true (tree->reconstructed);
  g_assert_cmpint (tree->key, ==, THAW_KEY_FUNCTION);
  for (guint32 node = 0; node < tree->n_nodes; node++)
    {
      g_assert_true (isfinite (tree->self[node]) && tree->self[node] >= 0.0);
      g_assert_true (isfinite (tree->calls[node]) && tree->calls[node] >= 0.0);
      g_assert_cmpfloat (tree->lower[node] * (1 - 1e-6), <=, tree->total[node] + slack);
      g_assert_cmpfloat (tree->upper[node] * (1 + 1e-6), >=, tree->total[node] - slack);
      sum += tree->self[node];
    }
  g_assert_cmpfloat (fabs (sum - expected), <=, slack);
  g_assert_cmpfloat (fabs (tree->total[0] - expected), <=, slack);
}

static void
test_exact (void)
{
  assert_tree ("main 1/1 1 10\na 2/2 3 9\nb 4/4 6 6\nmain>a 2/2 3 9\na>b 4/4 6 6\n", 0,
               "main 1 10 x1 =\nmain;a 3 9 x2 =\nmain;a;b 6 6 x4 =\n");
}

/* c is called by a and by b, and calls d: how much of d is a's is not known, but bounded. */
static void
test_estimated (void)
{
  assert_tree ("main 1/1 0 12\na 1/1 1 7\nb 1/1 1 5\nc 2/2 2 10\nd 8/8 8 8\n"
               "main>a 1/1 1 7\nmain>b 1/1 1 5\na>c 1/1 1 6\nb>c 1/1 1 4\nc>d 8/8 8 8\n",
               0,
               "main 0 12 x1 =\nmain;a 1 7 x1 =\nmain;a;c 1 6 x1 =\nmain;a;c;d 5 5 x5 =\n"
               "main;b 1 5 x1 =\nmain;b;c 1 4 x1 =\nmain;b;c;d 3 3 x3 =\n");
  assert_tree (
      "main 1/1 0 12\na 1/1 1 7\nb 1/1 1 5\nc 2/2 2 10\nd 4/4 4 4\ne 1/1 4 4\n"
      "main>a 1/1 1 7\nmain>b 1/1 1 5\na>c 1/1 1 6\nb>c 1/1 1 4\nc>d 4/4 4 4\nc>e 1/1 4 4\n",
      0,
      "main 0 12 x1 =\nmain;a 1 7 x1 =\nmain;a;c 1 6 x1 =\n"
      "main;a;c;d 2.5 2.5 x2.5 1..4\nmain;a;c;e 2.5 2.5 x0.625 1..4\n"
      "main;b 1 5 x1 =\nmain;b;c 1 4 x1 =\n"
      "main;b;c;d 1.5 1.5 x1.5 0..3\nmain;b;c;e 1.5 1.5 x0.375 0..3\n");
}

static void
test_recursion (void)
{
  /* fact calls itself: one folded frame that holds all of it. */
  assert_tree ("main 1/1 1 6\nfact 20000/1 4 5\nmul 19999/19999 1 1\n"
               "main>fact 1/1 0.5 5\nfact>fact 19999/1 3.5 4.5\nfact>mul 19999/19999 1 1\n",
               0, "main 1 6 x1 =\nmain;fact* 4 5 x2e+04 =\nmain;fact;mul 1 1 x2e+04 =\n");
  /* even and odd call each other: the entry and the current one are kept. */
  assert_tree ("main 1/1 1 7\neven 3/1 2 6\nodd 2/1 3 5\nabs 5/5 1 1\n"
               "main>even 1/1 1 6\neven>odd 2/1 3 5\nodd>even 2/1 1 3\nodd>abs 5/5 1 1\n",
               0,
               "main 1 7 x1 =\nmain;even* 2 6 x3 =\nmain;even;odd* 3 4 x2 =\n"
               "main;even;odd;abs 1 1 x5 =\n");
}

/* Every function has a caller, since the profiler ran inside of what it measured: more calls of f
 * than its callers made are calls from outside. */
static void
test_no_root (void)
{
  assert_tree ("f 2/1 1 9\ng 1/1 8 8\nf>g 1/1 8 8\ng>f 1/1 0.5 0.5\n", 0,
               "f* 1 9 x2 =\nf;g* 8 8 x1 =\n");
}

static void
test_pruned (void)
{
  const char *edges = "main 1/1 90 100\na 1/1 6 6\nb 2/2 3 3\nc 3/3 1 1\n"
                      "main>a 1/1 6 6\nmain>b 2/2 3 3\nmain>c 3/3 1 1\n";

  assert_tree (edges, 0.05, "main 90 100 x1 =\nmain;a 6 6 x1 =\nmain;(pruned) 4 4 x5 =\n");
  assert_tree (edges, 1e-4,
               "main 90 100 x1 =\nmain;a 6 6 x1 =\nmain;b 3 3 x2 =\nmain;c 1 1 x3 =\n");
  assert_tree (edges, 1, "main 90 100 x1 =\nmain;(pruned) 10 10 x6 =\n");
}

/* Two functions of one label: what the one whose row was lost had called remains, unexplained. */
static void
test_unattributed (void)
{
  assert_tree ("main 1/1 4 5\ntwin 1/1 1 1\ndeep 2/2 3 3\nmain>twin 1/1 1 1\ntwin>deep 2/2 3 3\n",
               0,
               "main 4 5 x1 =\nmain;twin 1 1 x1 0..4\n(unattributed) 0 3 x0 0..6\n"
               "(unattributed);twin 0 3 x0 0..6\n(unattributed);twin;deep 3 3 x2 0..6\n");
}

/* More comes in than can be spent: the callers' own times stay, the surplus was never there. */
static void
test_surplus (void)
{
  g_autoptr (ThawProfile)
      profile = profile_from_edges ("main 1/1 1 9\nf 1/1 2 8\nmain>f 1/1 2 8\n");
  g_autoptr (ThawTree) tree = expand (profile, 0);

  g_assert_cmpfloat (tree->total[0], ==, 3);
  g_assert_cmpfloat (tree->self[1], ==, 1);
  g_assert_cmpfloat (tree->self[2], ==, 2);
  g_assert_cmpfloat (imbalance (profile), >, 1.9);
}

/* The pure-Python profiler knows calls only: all but the whole is an estimate. */
static void
test_calls_only (void)
{
  assert_tree ("main 1/1 1 9\na 1/1 1 3\nb 1/1 1 5\nf 4/4 4 6\ng 2/2 2 2\n"
               "main>a 1/1 1 3\nmain>b 1/1 1 5\na>f 1/1 1 1.5\nb>f 3/3 3 4.5\nf>g 2/2 2 2\n",
               0,
               "main 1 9 x1 0..9\nmain;a 1 2.5 x1 0..9\nmain;a;f 1 1.5 x1 0..9\n"
               "main;a;f;g 0.5 0.5 x0.5 0..9\nmain;b 1 5.5 x1 0..9\nmain;b;f 3 4.5 x3 0..9\n"
               "main;b;f;g 1.5 1.5 x1.5 0..9\n");
}

static void
test_nothing (void)
{
  assert_tree ("a 1/1 0 0\nb 2/2 0 0\na>b 2/2 0 0\n", 0, "");
  assert_tree ("a 0/0 0 0\n", 1e-4, "");
  assert_tree ("a 1/1 -3 -3\nb 1/1 2 2\na>b 1/1 -1 2\n", 0, "a 0 2 x1 =\na;b 2 2 x1 =\n");
}

/* The same of played programs: nothing is left unattributed. */
static void
test_calls_only_at_large (void)
{
  for (guint32 seed = 0; seed < 20; seed++)
    {
      g_autoptr (CallRecorder) recorder = call_recorder_play (20, 2000, seed);
      g_autoptr (ThawProfile) measured = call_recorder_make_profile (recorder);
      const ThawEdges *edges = thaw_profile_get_edges (measured, 0);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (ThawProfile) profile = NULL;
      g_autofree char *tree = NULL;

      for (guint32 row = 0; row < edges->n_functions; row++)
        {
          const ThawEdgeFunction *function = &edges->functions[row];

          g_string_append_printf (text, "f%u 1 %d %.17g %.17g\n", row, (int) function->calls,
                                  function->self, function->total);
          for (guint32 i = 0; i < edges->n_edges; i++)
            if (edges->edges[i].callee == row)
              g_string_append_printf (text, "  f%u %d\n", edges->edges[i].caller,
                                      (int) edges->edges[i].calls);
        }
      bytes = pstats_from_text (text->str);
      profile = thaw_import_bytes (bytes, "calls.prof", NULL, NULL);
      check_promises (profile, 1e-4);
      tree = dump (profile, 1e-4);
      g_assert_null (strstr (tree, "(unattributed)"));
    }
}

static void
test_imbalance (void)
{
  g_autoptr (CallRecorder) recorder = call_recorder_play (20, 5000, 1);
  g_autoptr (ThawProfile) profile = call_recorder_make_profile (recorder);

  g_assert_cmpfloat (imbalance (profile), <, 1e-12);
}

/* Checks bounds against the truth, and returns the distance of the two over self times. */
static double
compare_with_truth (const CallRecorder *recorder)
{
  g_autoptr (ThawProfile) profile = call_recorder_make_profile (recorder);
  g_autoptr (GHashTable) truth = call_recorder_fold (recorder);
  g_autoptr (ThawTree) tree = expand (profile, 1e-7);
  g_autoptr (GPtrArray) paths = path_texts (profile, tree);
  g_autofree double *self = g_new0 (double, tree->n_nodes);
  double slack = 1e-6 * tree->total[0], distance = 0.0, found = 0.0;

  for (guint32 node = 1; node < tree->n_nodes; node++)
    {
      const double *total = g_hash_table_lookup (truth, paths->pdata[node]);

      if (tree->frame[node] >= THAW_FRAME_FIRST_SPECIAL)
        continue;
      g_assert_cmpfloat (tree->lower[node], <=, (total != NULL ? *total : 0.0) + slack);
      g_assert_cmpfloat (tree->upper[node], >=, (total != NULL ? *total : 0.0) - slack);
      self[node] += total != NULL ? *total : 0.0;
      if (tree->frame[tree->parent[node]] < THAW_FRAME_FIRST_SPECIAL)
        self[tree->parent[node]] -= total != NULL ? *total : 0.0;
    }
  for (guint32 node = 1; node < tree->n_nodes; node++)
    {
      distance += fabs (self[node] - tree->self[node]);
      found += self[node];
    }
  return (distance + (tree->total[0] - found)) / 2 / tree->total[0];
}

/* Programs large and small: bounds hold without exception, and estimates are close on the whole. */
static void
test_truth (void)
{
  double sum = 0.0, worst = 0.0;

  for (guint32 seed = 0; seed < 60; seed++)
    {
      g_autoptr (CallRecorder)
          recorder = call_recorder_play (8 + seed % 30, 300 << (seed % 5), seed);
      double distance = compare_with_truth (recorder);

      sum += distance;
      worst = MAX (worst, distance);
    }
  g_test_message ("mean distance %.4f, worst %.4f", sum / 60, worst);
  g_assert_cmpfloat (sum / 60, <, 0.06);
  g_assert_cmpfloat (worst, <, 0.5);
}

/* By function, self times and calls of all nodes add up to the file's, without pruning. */
static void
test_sums_by_function (void)
{
  for (guint32 seed = 0; seed < 10; seed++)
    {
      g_autoptr (CallRecorder) recorder = call_recorder_play (16, 2000, seed);
      g_autoptr (ThawProfile) profile = call_recorder_make_profile (recorder);
      const ThawEdges *edges = thaw_profile_get_edges (profile, 0);
      g_autoptr (ThawTree) tree = expand (profile, 0);

      for (guint32 i = 0; i < edges->n_functions; i++)
        {
          double self = 0.0, calls = 0.0;

          for (guint32 node = 1; node < tree->n_nodes; node++)
            if (tree->frame[node] == edges->functions[i].function)
              {
                self += tree->self[node];
                calls += tree->calls[node];
              }
          g_assert_cmpfloat_with_epsilon (self, edges->functions[i].self, 1e-9 * tree->total[0]);
          g_assert_cmpfloat_with_epsilon (calls, (double) edges->functions[i].calls, 1e-6 * calls);
        }
    }
}

/* Files that contradict themselves in every way keep the promises too. */
static void
test_nonsense (void)
{
  for (guint32 seed = 0; seed < 300; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (ThawProfile) profile = NULL;
      guint n = g_rand_int_range (rand, 1, 25), n_edges = g_rand_int_range (rand, 0, 80);

      for (guint i = 0; i < n + n_edges; i++)
        {
          double scale = pow (10, g_rand_double_range (rand, -6, 6));

          g_string_append_printf (text, "f%u", g_rand_int_range (rand, 0, n));
          if (i >= n)
            g_string_append_printf (text, ">f%u", g_rand_int_range (rand, 0, n));
          g_string_append_printf (text, " %d/%d %g %g\n", g_rand_int_range (rand, 0, 9),
                                  g_rand_int_range (rand, 0, 9),
                                  g_rand_double_range (rand, -0.2, 1) * scale,
                                  g_rand_double_range (rand, -0.2, 1) * scale);
        }
      profile = profile_from_edges (text->str);
      check_promises (profile, seed % 3 == 0 ? 0 : 1e-4);
    }
}

/* A profile of @n functions, each called by the one before; @back closes the chain to a circle. */
static ThawProfile *
make_chain (guint n, gboolean back)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "f%u %d/1 1 %u\n", i, back ? 2 : 1, n - i);
      if (i > 0)
        g_string_append_printf (text, "f%u>f%u %d/1 1 %u\n", i - 1, i, back ? 2 : 1, n - i);
    }
  if (back)
    g_string_append_printf (text, "f%u>f0 1/1 0 0\n", n - 1);
  return profile_from_edges (text->str);
}

static void
test_deep (void)
{
  g_autoptr (ThawProfile) chain = make_chain (20000, FALSE);
  g_autoptr (ThawProfile) circle = make_chain (20000, TRUE);
  g_autoptr (ThawTree) tree = expand (chain, 0);
  g_autoptr (ThawTree) folded = expand (circle, 0);

  check_promises (chain, 1e-4);
  check_promises (circle, 1e-4);
  g_assert_cmpuint (thaw_tree_max_depth (tree), ==, 20000);
  g_assert_cmpuint (thaw_tree_max_depth (folded), ==, 2);
}

/* A ladder, of which each rung doubles the number of paths: too many for any memory. */
static void
test_explosion (void)
{
  g_autoptr (GString) text = g_string_new ("a0 1/1 0 64\nb0 1/1 0 64\n");
  g_autoptr (ThawProfile) profile = NULL;

  for (guint i = 1; i <= 64; i++)
    for (guint k = 0; k < 2; k++)
      g_string_append_printf (text, "%c%u 2/2 %d 64\na%u>%c%u 1/1 %g 32\nb%u>%c%u 1/1 %g 32\n",
                              "ab"[k], i, i == 64 ? 64 : 0, i - 1, "ab"[k], i, i == 64 ? 32. : 0.,
                              i - 1, "ab"[k], i, i == 64 ? 32. : 0.);
  profile = profile_from_edges (text->str);
  check_promises (profile, 1e-7);
}

/* Components against a definition: two functions are of one if each reaches the other. */
static void
test_components (void)
{
  const guint32 out_start[] = { 0, 1, 3, 4, 4, 6, 7 };
  const guint32 targets[] = { 1, 2, 4, 1, 4, 3, 0 };
  guint32 component[6];

  g_assert_cmpuint (thaw_components_find (6, out_start, targets, component), ==, 5);
  g_assert_cmpuint (component[1], ==, component[2]);
  for (guint32 from = 0; from < 6; from++)
    for (guint32 i = out_start[from]; i < out_start[from + 1]; i++)
      g_assert_cmpuint (component[targets[i]], <=, component[from]);
}

static void
test_cancelled (void)
{
  g_autoptr (ThawProfile) profile = make_chain (20000, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ThawReconstruction)
      reconstruction = thaw_reconstruction_new (profile, 0, cancellable, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (reconstruction);
  g_cancellable_cancel (cancellable);
  g_assert_null (thaw_reconstruction_expand (reconstruction, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (thaw_reconstruction_new (profile, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_corpus (void)
{
  const char *corpus = g_getenv ("THAW_TEST_CORPUS");
  g_autofree char *folder = corpus != NULL ? g_build_filename (corpus, "pstats", NULL) : NULL;
  g_autoptr (GDir) files = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  if (files == NULL)
    g_test_skip ("no corpus of captures (THAW_TEST_CORPUS)");
  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);
      g_autoptr (ThawProfile) profile = thaw_import_file (file, NULL, NULL, NULL, NULL);

      g_assert_nonnull (profile);
      check_promises (profile, 1e-4);
      check_promises (profile, 1e-6);
      g_test_message ("%s: imbalance %.2g", name, imbalance (profile));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reconstruct/exact", test_exact);
  g_test_add_func ("/reconstruct/estimated", test_estimated);
  g_test_add_func ("/reconstruct/recursion", test_recursion);
  g_test_add_func ("/reconstruct/no-root", test_no_root);
  g_test_add_func ("/reconstruct/pruned", test_pruned);
  g_test_add_func ("/reconstruct/unattributed", test_unattributed);
  g_test_add_func ("/reconstruct/surplus", test_surplus);
  g_test_add_func ("/reconstruct/calls-only", test_calls_only);
  g_test_add_func ("/reconstruct/calls-only-at-large", test_calls_only_at_large);
  g_test_add_func ("/reconstruct/nothing", test_nothing);
  g_test_add_func ("/reconstruct/imbalance", test_imbalance);
  g_test_add_func ("/reconstruct/truth", test_truth);
  g_test_add_func ("/reconstruct/sums-by-function", test_sums_by_function);
  g_test_add_func ("/reconstruct/nonsense", test_nonsense);
  g_test_add_func ("/reconstruct/deep", test_deep);
  g_test_add_func ("/reconstruct/explosion", test_explosion);
  g_test_add_func ("/reconstruct/components", test_components);
  g_test_add_func ("/reconstruct/cancelled", test_cancelled);
  g_test_add_func ("/reconstruct/corpus", test_corpus);
  return g_test_run ();
}
