/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows per function and what passes between functions: small cases as text, random ones against a
 * naive count over paths.
 */
#include "thaw-function-table.h"

#include <math.h>
#include <string.h>
#include "tree-text.h"

static const char *
name_of (const ThawProfile *profile, guint32 function)
{
  return function == THAW_FRAME_ROOT ? "(outside)"
                                     : thaw_profile_get_function (profile, function)->name;
}

/* Rows as "name calls self total"; (transfer full). */
static char *
dump_rows (const ThawProfile *profile, guint n_threads)
{
  guint32 threads[] = { 0, 1, 2, 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = thaw_function_table_new (profile, threads, n_threads, NULL, &error);
  g_assert_no_error (error);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const ThawFunctionRow *row = &g_array_index (rows, ThawFunctionRow, i);
      g_string_append_printf (text, "%s %g %g %g%s\n", name_of (profile, row->function), row->calls,
                              row->self, row->total, row->exact ? "" : " ~");
    }
  return g_string_free (text, FALSE);
}

/* Callers or callees of the function called @name as "name calls self total"; (transfer full). */
static char *
dump_edges (const ThawProfile *profile, guint n_threads, const char *name, gboolean callers)
{
  guint32 threads[] = { 0, 1, 2, 3 }, function = 0;
  while (strcmp (thaw_profile_get_function (profile, function)->name, name) != 0)
    function++;
  g_autoptr (GArray) rows = callers ? thaw_function_callers (profile, threads, n_threads, function)
                                    : thaw_function_callees (profile, threads, n_threads, function);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const ThawEdgeRow *row = &g_array_index (rows, ThawEdgeRow, i);
      g_string_append_printf (text, "%s %g %g %g\n", name_of (profile, row->function), row->calls,
                              row->self, row->total);
    }
  return g_string_free (text, FALSE);
}

static void
test_tree_rows (void)
{
  g_autoptr (ThawProfile)
      profile = test_profile ("main@1;f@5;g 1\nmain@2;f@6 2\nmain@2;f@6;f@5;g 4\n"
                              "f@5;h;f@5 8\nidle 0\n");
  test_assert_text (dump_rows (profile, 1), "f nan 10 15\ng nan 5 5\nmain nan 0 7\nh nan 0 8\n"
                                            "idle nan 0 0\n");
  test_assert_text (dump_edges (profile, 1, "f", TRUE),
                    "h nan 8 8\n(outside) nan 0 8\nmain nan 2 7\nf nan 0 4\n");
  test_assert_text (dump_edges (profile, 1, "f", FALSE), "h nan 0 8\ng nan 5 5\nf nan 0 4\n");
  test_assert_text (dump_edges (profile, 1, "g", FALSE), "");
}

static void
test_traced_rows_count_calls (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1 };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (
      builder, thaw_profile_builder_add_process (builder, 1, NULL), &spec, NULL);
  guint32 m = test_frame (builder, "m"), f = test_frame (builder, "f");
  g_assert_true (thaw_thread_builder_enter (thread, m, 0, NULL));
  for (int i = 1; i < 8; i += 2)
    {
      g_assert_true (thaw_thread_builder_enter (thread, f, i, NULL));
      g_assert_true (thaw_thread_builder_leave (thread, f, i + 1, NULL));
    }
  thaw_thread_builder_leave_all (thread, 10);
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  test_assert_text (dump_rows (profile, 1), "m 1 6 10\nf 4 4 4\n");
  test_assert_text (dump_edges (profile, 1, "f", TRUE), "m 4 4 4\n");
}

/* A thread of edges beside a sampled one: main calls f and g, f calls itself and g. */
static void
test_edge_rows (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  guint32 process = thaw_profile_builder_add_process (builder, 1, NULL);
  ThawThreadSpec first = { .id = 1 }, second = { .id = 2 };
  ThawThreadBuilder *edges = thaw_profile_builder_add_thread (builder, process, &first, NULL);
  ThawThreadBuilder *stacks = thaw_profile_builder_add_thread (builder, process, &second, NULL);
  guint32 m = test_frame (builder, "m"), f = test_frame (builder, "f"),
          g = test_frame (builder, "g");
  g_assert_true (thaw_thread_builder_add_function (edges, m, 1, 1, 1, 10, NULL));
  g_assert_true (thaw_thread_builder_add_function (edges, f, 6, 2, 5, 8, NULL));
  g_assert_true (thaw_thread_builder_add_function (edges, g, 9, 9, 4, 4, NULL));
  g_assert_true (thaw_thread_builder_add_edge (edges, m, f, 2, 2, 3, 8, NULL));
  g_assert_true (thaw_thread_builder_add_edge (edges, f, f, 4, 0, 2, 5, NULL));
  g_assert_true (thaw_thread_builder_add_edge (edges, f, g, 8, 8, 3, 3, NULL));
  g_assert_true (thaw_thread_builder_add_edge (edges, m, g, 1, 1, 1, 1, NULL));
  test_feed (builder, stacks, "m;g 100\nh 50");
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);

  test_assert_text (dump_rows (profile, 1), "f 6 5 8\ng 9 4 4\nm 1 1 10\n");
  test_assert_text (dump_edges (profile, 1, "g", TRUE), "f 8 3 3\nm 1 1 1\n");
  test_assert_text (dump_edges (profile, 1, "f", FALSE), "f 4 2 5\ng 8 3 3\n");
  test_assert_text (dump_edges (profile, 1, "m", TRUE), "(outside) 1 1 10\n");
  /* Samples count no calls: what they touched is not counted any more. */
  test_assert_text (dump_rows (profile, 2), "g nan 104 104\nh nan 50 50\nf 6 5 8\nm nan 1 110\n");
  test_assert_text (dump_edges (profile, 2, "g", TRUE), "m nan 101 101\nf 8 3 3\n");
}

/* Of the stack "a;b;a": whether letter i is the first of its kind. */
static gboolean
is_outermost (const char *stack, gsize i)
{
  return memchr (stack, stack[i], i) == NULL;
}

/* Whether the pair before and at letter i is the first of its kind. */
static gboolean
is_outermost_pair (const char *stack, gsize i)
{
  for (gsize j = 1; j < i; j++)
    if (stack[j - 1] == stack[i - 1] && stack[j] == stack[i])
      return FALSE;
  return TRUE;
}

static void
test_random_against_paths (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (77);
  for (int round = 0; round < 100; round++)
    {
      double self[5] = { 0 }, total[5] = { 0 }, pair_self[5][5] = { 0 }, pair_total[5][5] = { 0 };
      GString *text = g_string_new (NULL);
      for (int i = 0; i < 50; i++)
        {
          char stack[8];
          gsize depth = (gsize) g_rand_int_range (rand, 1, 8);
          for (gsize d = 0; d < depth; d++)
            stack[d] = (char) ('a' + g_rand_int_range (rand, 0, 5));
          int weight = g_rand_int_range (rand, 1, 50);
          for (gsize d = 0; d < depth; d++)
            {
              g_string_append_printf (text, "%s%c@%d", d > 0 ? ";" : "", stack[d],
                                      g_rand_int_range (rand, 1, 3));
              if (is_outermost (stack, d))
                total[stack[d] - 'a'] += weight;
              if (d > 0 && is_outermost_pair (stack, d))
                pair_total[stack[d - 1] - 'a'][stack[d] - 'a'] += weight;
            }
          self[stack[depth - 1] - 'a'] += weight;
          if (depth > 1)
            pair_self[stack[depth - 2] - 'a'][stack[depth - 1] - 'a'] += weight;
          g_string_append_printf (text, " %d\n", weight);
        }
      g_autofree char *lines = g_string_free (text, FALSE);
      g_autoptr (ThawProfile) profile = test_profile (lines);
      guint32 thread = 0;
      g_autoptr (GArray) rows = thaw_function_table_new (profile, &thread, 1, NULL, NULL);
      for (guint i = 0; i < rows->len; i++)
        {
          const ThawFunctionRow *row = &g_array_index (rows, ThawFunctionRow, i);
          int caller = name_of (profile, row->function)[0] - 'a';
          g_assert_cmpfloat (row->self, ==, self[caller]);
          g_assert_cmpfloat (row->total, ==, total[caller]);
          g_assert_true (row->exact);

          g_autoptr (GArray) callees = thaw_function_callees (profile, &thread, 1, row->function);
          for (guint j = 0; j < callees->len; j++)
            {
              const ThawEdgeRow *edge = &g_array_index (callees, ThawEdgeRow, j);
              int callee = name_of (profile, edge->function)[0] - 'a';
              g_assert_cmpfloat (edge->self, ==, pair_self[caller][callee]);
              g_assert_cmpfloat (edge->total, ==, pair_total[caller][callee]);

              /* The same edge, seen from its other end. */
              g_autoptr (GArray)
                  callers = thaw_function_callers (profile, &thread, 1, edge->function);
              gboolean found = FALSE;
              for (guint k = 0; k < callers->len; k++)
                {
                  const ThawEdgeRow *back = &g_array_index (callers, ThawEdgeRow, k);
                  if (back->function != row->function)
                    continue;
                  found = TRUE;
                  g_assert_cmpfloat (back->self, ==, edge->self);
                  g_assert_cmpfloat (back->total, ==, edge->total);
                }
              g_assert_true (found);
            }
        }
    }
}

static void
test_cancelling (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("a;b 1\n");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  guint32 thread = 0;
  g_autoptr (GError) error = NULL;
  g_assert_null (thaw_function_table_new (profile, &thread, 1, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/function-table/tree-rows", test_tree_rows);
  g_test_add_func ("/function-table/traced-rows-count-calls", test_traced_rows_count_calls);
  g_test_add_func ("/function-table/edge-rows", test_edge_rows);
  g_test_add_func ("/function-table/random-against-paths", test_random_against_paths);
  g_test_add_func ("/function-table/cancelling", test_cancelling);
  return g_test_run ();
}
