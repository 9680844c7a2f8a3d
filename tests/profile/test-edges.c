/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Door 3, functions and caller→callee edges.
 */
#include "tree-text.h"

#include <math.h>
#include <string.h>

static ThawThreadBuilder *
new_thread (ThawProfileBuilder **builder)
{
  *builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = -1 };
  guint32 process = thaw_profile_builder_add_process (*builder, -1, NULL);
  return thaw_profile_builder_add_thread (*builder, process, &spec, NULL);
}

static void
test_rows_and_edges (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  guint32 c = test_frame (builder, "c"), a = test_frame (builder, "a"),
          b = test_frame (builder, "b");
  g_assert_true (thaw_thread_builder_add_function (thread, a, 1, 1, 1, 7, NULL));
  g_assert_true (thaw_thread_builder_add_edge (thread, b, c, 2, 2, 0.5, 0.5, NULL));
  g_assert_true (thaw_thread_builder_add_edge (thread, a, c, 1, 1, 0.25, 0.25, NULL));
  g_assert_true (thaw_thread_builder_add_edge (thread, a, b, 3, 2, 2, 6, NULL));
  g_assert_true (thaw_thread_builder_add_edge (thread, b, c, 1, 1, 0.25, 0.25, NULL));
  g_assert_true (thaw_thread_builder_add_function (thread, c, 4, 4, 1, 1, NULL));
  g_assert_true (thaw_thread_builder_add_function (thread, a, 1, 0, 2, 2, NULL));
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  test_assert_text (test_dump_edges (profile, 0),
                    "a 2/1 3 9\nb 0/0 0 0\nc 4/4 1 1\n"
                    "a>b 3/2 2 6\na>c 1/1 0.25 0.25\nb>c 3/3 0.75 0.75\n");
  g_assert_cmpfloat (thaw_profile_get_thread (profile, 0)->total, ==, 4);
  g_assert_null (thaw_profile_get_location_tree (profile, 0));
  g_assert_null (thaw_profile_get_sequence (profile, 0));
  g_assert_true (thaw_profile_has_calls (profile));
}

/* Two slots of one function: rows and edges add up. */
static void
test_equal_functions (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  guint32 main = test_frame (builder, "main"), f1 = test_frame (builder, "f@1"),
          f2 = test_frame (builder, "f@2");
  g_assert_true (thaw_thread_builder_add_function (thread, f1, 1, 1, 1, 1, NULL));
  g_assert_true (thaw_thread_builder_add_function (thread, main, 1, 1, 0, 5, NULL));
  g_assert_true (thaw_thread_builder_add_function (thread, f2, 3, 2, 4, 4, NULL));
  g_assert_true (thaw_thread_builder_add_edge (thread, main, f2, 2, 2, 4, 4, NULL));
  g_assert_true (thaw_thread_builder_add_edge (thread, f1, f2, 1, 0, 0, 0, NULL));
  g_assert_true (thaw_thread_builder_add_edge (thread, main, f1, 1, 1, 1, 1, NULL));
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  test_assert_text (test_dump_edges (profile, 0),
                    "f 4/3 5 5\nmain 1/1 0 5\nf>f 1/0 0 0\nmain>f 3/3 5 5\n");
}

/* 0.1 a million times and one large value: plain summation would be off in the tenth digit. */
static void
test_sum_is_exact (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  double sign[] = { 1e16, 1, -1e16, 1 };
  for (guint i = 0; i < G_N_ELEMENTS (sign); i++)
    {
      const char name[] = { (char) ('a' + i), '\0' };
      g_assert_true (thaw_thread_builder_add_function (thread, test_frame (builder, name), 1, 1,
                                                       sign[i], 0, NULL));
    }
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 2);
}

static void
test_counts_do_not_wrap (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  guint32 f = test_frame (builder, "f");
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (thaw_thread_builder_add_function (thread, f, G_MAXUINT64, 1, 0, 0, NULL));
      g_assert_true (thaw_thread_builder_add_edge (thread, f, f, G_MAXUINT64 - 1, 2, 0, 0, NULL));
    }
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  const ThawEdges *edges = thaw_profile_get_edges (profile, 0);
  g_assert_cmpuint (edges->functions[0].calls, ==, G_MAXUINT64);
  g_assert_cmpuint (edges->edges[0].calls, ==, G_MAXUINT64);
  g_assert_cmpuint (edges->edges[0].primitive_calls, ==, 4);
}

static void
test_errors (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  g_autoptr (GError) error = NULL;
  g_assert_false (thaw_thread_builder_add_function (thread, 0, 1, 1, NAN, 1, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (thaw_thread_builder_add_edge (thread, 0, 0, 1, 1, 1, INFINITY, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (thaw_thread_builder_add_edge (thread, 0, THAW_LIMIT_FRAMES, 1, 1, 1, 1, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
  g_clear_error (&error);

  g_assert_true (thaw_thread_builder_add_function (thread, 5, 1, 1, 1, 1, NULL));
  g_assert_null (thaw_profile_builder_finish (builder, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "5"));
}

static void
test_overflowing_sums (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ThawProfileBuilder) builder = NULL;
      ThawThreadBuilder *thread = new_thread (&builder);
      guint32 f = test_frame (builder, "f");
      g_autoptr (GError) error = NULL;
      for (guint j = 0; j < 2; j++)
        g_assert_true (thaw_thread_builder_add_edge (thread, f, f, 1, 1, i ? 1 : G_MAXDOUBLE,
                                                     i ? G_MAXDOUBLE : 1, NULL));
      g_assert_null (thaw_profile_builder_finish (builder, &error));
      g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/edges/rows-and-edges", test_rows_and_edges);
  g_test_add_func ("/profile/edges/equal-functions", test_equal_functions);
  g_test_add_func ("/profile/edges/sum-is-exact", test_sum_is_exact);
  g_test_add_func ("/profile/edges/counts-do-not-wrap", test_counts_do_not_wrap);
  g_test_add_func ("/profile/edges/errors", test_errors);
  g_test_add_func ("/profile/edges/overflowing-sums", test_overflowing_sums);
  return g_test_run ();
}
