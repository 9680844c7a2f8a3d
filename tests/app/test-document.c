/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawDocument without any widget: which thread it begins with, lanes and matches computed beside the
 * main thread, older results dropped, lanes reused, and a document that goes away while it computes.
 */
#include <math.h>
#include "thaw-box-facts.h"
#include "thaw-document-private.h"
#include "tree-text.h"

typedef struct
{
  const char *name;
  const char *role;
  const char *stacks; /* "main;load;parse 3\nmain 4" */
} Thread;

static ThawProfile *
make_profile (const Thread *threads, guint n)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  guint32 process = thaw_profile_builder_add_process (builder, 4120, "test");

  thaw_profile_builder_set_unit (builder, THAW_UNIT_SECONDS, THAW_MEANING_WALL);
  thaw_profile_builder_set_kind (builder, THAW_KIND_SAMPLED);
  for (guint i = 0; i < n; i++)
    {
      ThawThreadSpec spec = { i + 1, threads[i].name, threads[i].role };
      ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, &error);
      g_assert_no_error (error);
      test_feed (builder, thread, threads[i].stacks);
    }
  ThawProfile *profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

static const Thread three[] = {
  { "worker", "thread", "run;load;parse 5\nrun;wait 20\n" },
  { "MainThread", "main", "main;load;parse 3\nmain;load 1\nmain;show;parse 2\nmain 4\n" },
  { "pool", "thread", "run;load 1\n" },
};

static ThawDocument *
make_document (void)
{
  g_autoptr (ThawProfile) profile = make_profile (three, G_N_ELEMENTS (three));

  return thaw_document_new (profile, NULL);
}

static void
wait_until_idle (ThawDocument *document)
{
  while (thaw_document_get_busy (document))
    g_main_context_iteration (NULL, TRUE);
}

/* Lets tasks that nobody waits for any more come back. */
static void
drain (void)
{
  for (guint i = 0; i < 50; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
}

static void
count (guint *n)
{
  (*n)++;
}

/* A lane's tree as text: "main(load(parse) show(parse))" in the order of the layout's first rows. */
static char *
lane_text (ThawDocument *document, guint i)
{
  ThawLane *lane = g_ptr_array_index (thaw_document_get_lanes (document), i);
  const ThawTree *tree = thaw_lane_get_tree (lane);
  ThawLayout *layout = thaw_lane_get_layout (lane);
  GString *text = g_string_new (thaw_lane_get_title (lane));

  for (guint32 node = thaw_layout_step (layout, 0, THAW_STEP_CHILD); node != THAW_NODE_NONE;
       node = thaw_layout_step (layout, node, THAW_STEP_CHILD))
    g_string_append_printf (text, ";%s",
                            thaw_profile_frame_name (thaw_document_get_profile (document),
                                                     tree->key, tree->frame[node]));
  g_string_append_printf (text, " %g", tree->total[0]);
  return g_string_free (text, FALSE);
}

#define assert_lane(document, i, expected)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *text_ = lane_text (document, i);                                              \
    g_assert_cmpstr (text_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
assert_default (const Thread *threads, guint n, guint32 expected)
{
  g_autoptr (ThawProfile) profile = make_profile (threads, n);

  g_assert_cmpuint (thaw_document_default_thread (profile), ==, expected);
}

static void
test_default_thread (void)
{
  const Thread gui[] = { { "MainThread", "main", "a 9\n" },
                         { "x", "gui", "a 1\n" },
                         { "y", "thread", "a 50\n" } };
  const Thread idle_main[] = { { "MainThread", "main", "" },
                               { "x", "thread", "a 1\n" },
                               { "y", "thread", "a 2\n" } };
  const Thread named[] = { { "x", NULL, "a 9\n" }, { "MainThread", NULL, "a 1\n" } };
  const Thread mains[] = { { "MainThread", "main", "a 1\n" }, { "MainThread ", "main", "a 8\n" } };
  const Thread idle[] = { { "MainThread", "main", "a 1\n" }, { "MainThread ", "main", "a 80\n" } };
  const Thread empty[] = { { "x", NULL, "" }, { "y", NULL, "" } };

  assert_default (three, G_N_ELEMENTS (three), 1);
  assert_default (gui, G_N_ELEMENTS (gui), 1);
  assert_default (idle_main, G_N_ELEMENTS (idle_main), 2);
  assert_default (named, G_N_ELEMENTS (named), 1);
  assert_default (mains, G_N_ELEMENTS (mains), 0);
  assert_default (idle, G_N_ELEMENTS (idle), 1);
  assert_default (empty, G_N_ELEMENTS (empty), 0);
}

static void
test_lanes (void)
{
  ThawDocument *document = make_document ();
  const guint32 two[] = { 0, 1 };
  guint n;

  wait_until_idle (document);
  g_assert_cmpuint (thaw_document_get_lanes (document)->len, ==, 1);
  assert_lane (document, 0, "MainThread;main;load;parse 10");
  g_assert_cmpuint (thaw_document_get_rows (document)->len, ==, 4);

  thaw_document_set_threads (document, two, 2);
  wait_until_idle (document);
  g_assert_cmpuint (thaw_document_get_lanes (document)->len, ==, 2);
  assert_lane (document, 0, "worker;run;wait 25");
  assert_lane (document, 1, "MainThread;main;load;parse 10");
  g_assert_cmpfloat (thaw_document_get_shown_total (document), ==, 35);

  thaw_document_select_all_merged (document);
  wait_until_idle (document);
  thaw_document_get_threads (document, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (thaw_document_get_lanes (document)->len, ==, 1);
  assert_lane (document, 0, "All threads;run;wait 36");

  thaw_document_set_threads (document, NULL, 0);
  wait_until_idle (document);
  g_assert_cmpuint (thaw_document_get_lanes (document)->len, ==, 0);
  g_assert_cmpfloat (thaw_document_get_shown_total (document), ==, 0);
  g_assert_finalize_object (document);
}

static void
test_stale (void)
{
  ThawDocument *document = make_document ();
  guint n_lanes = 0, n_threads = 0;

  g_signal_connect_swapped (document, "lanes-changed", G_CALLBACK (count), &n_lanes);
  g_signal_connect_swapped (document, "threads-changed", G_CALLBACK (count), &n_threads);
  for (guint32 round = 0; round < 10; round++)
    for (guint32 thread = 0; thread < 3; thread++)
      thaw_document_set_threads (document, &thread, 1);
  g_assert_cmpuint (n_threads, ==, 30);
  g_assert_cmpuint (n_lanes, ==, 0);
  g_assert_true (thaw_document_get_busy (document));
  wait_until_idle (document);
  drain ();
  /* Only what was asked for last has come. */
  g_assert_cmpuint (n_lanes, ==, 1);
  assert_lane (document, 0, "pool;run;load 1");

  const guint32 last = 2;
  thaw_document_set_threads (document, &last, 1);
  g_assert_false (thaw_document_get_busy (document));
  g_assert_finalize_object (document);
}

static void
test_finalized_while_busy (void)
{
  ThawDocument *document = make_document ();

  g_object_set (document, "search", "load", NULL);
  g_assert_true (thaw_document_get_busy (document));
  g_assert_finalize_object (document);
  drain ();
}

static void
test_recent (void)
{
  g_autoptr (ThawDocument) document = make_document ();

  wait_until_idle (document);
  g_autoptr (ThawLane)
      first = g_object_ref (g_ptr_array_index (thaw_document_get_lanes (document), 0));
  g_object_set (document, "order", THAW_ORDER_ALPHABETICAL, NULL);
  wait_until_idle (document);
  ThawLane *sorted = g_ptr_array_index (thaw_document_get_lanes (document), 0);
  g_assert_true (sorted != first);
  g_assert_true (thaw_lane_get_tree (sorted) == thaw_lane_get_tree (first));
  g_object_set (document, "order", THAW_ORDER_HEAVIEST, NULL);
  wait_until_idle (document);
  g_assert_true (g_ptr_array_index (thaw_document_get_lanes (document), 0) == first);
}

typedef struct
{
  guint32 nodes[8];
  guint n;
} Revealed;

static void
on_reveal (ThawDocument *document, ThawLane *lane, guint node, Revealed *revealed)
{
  g_assert_true (lane == g_ptr_array_index (thaw_document_get_lanes (document), 0));
  revealed->nodes[revealed->n++] = node;
}

static void
test_search (void)
{
  g_autoptr (ThawDocument) document = make_document ();
  Revealed revealed = { .n = 0 };
  guint32 n_functions;
  guint n_boxes;
  double total;

  g_signal_connect (document, "reveal-node", G_CALLBACK (on_reveal), &revealed);
  g_object_set (document, "search", "parse", NULL);
  wait_until_idle (document);
  g_assert_nonnull (thaw_document_get_matches (document, &n_functions, &total));
  g_assert_cmpuint (n_functions, ==, 1);
  g_assert_cmpfloat (total, ==, 5);
  g_assert_cmpint (thaw_document_get_match_position (document, &n_boxes), ==, -1);
  g_assert_cmpuint (n_boxes, ==, 2);

  /* Greatest first, around both ends. */
  thaw_document_step_match (document, +1);
  thaw_document_step_match (document, +1);
  thaw_document_step_match (document, +1);
  thaw_document_step_match (document, -1);
  g_assert_cmpint (thaw_document_get_match_position (document, NULL), ==, 1);
  g_assert_cmpuint (revealed.n, ==, 4);
  const ThawTree *tree = thaw_lane_get_tree (
      g_ptr_array_index (thaw_document_get_lanes (document), 0));
  g_assert_cmpfloat (tree->total[revealed.nodes[0]], ==, 3);
  g_assert_cmpfloat (tree->total[revealed.nodes[1]], ==, 2);
  g_assert_cmpuint (revealed.nodes[2], ==, revealed.nodes[0]);
  g_assert_cmpuint (revealed.nodes[3], ==, revealed.nodes[1]);
  guint32 selected = thaw_document_get_selected_function (document);
  g_assert_cmpstr (thaw_profile_get_function (thaw_document_get_profile (document), selected)->name,
                   ==, "parse");

  /* Another thread: the same functions, another total. */
  const guint32 worker = 0;
  thaw_document_set_threads (document, &worker, 1);
  wait_until_idle (document);
  thaw_document_get_matches (document, NULL, &total);
  g_assert_cmpfloat (total, ==, 5);
  g_assert_cmpint (thaw_document_get_match_position (document, &n_boxes), ==, -1);
  g_assert_cmpuint (n_boxes, ==, 1);

  g_object_set (document, "search-regex", TRUE, "search", "par(", NULL);
  wait_until_idle (document);
  g_assert_null (thaw_document_get_matches (document, NULL, NULL));
  g_assert_nonnull (thaw_document_get_search_error (document));
  g_object_set (document, "search", "", NULL);
  g_assert_null (thaw_document_get_search_error (document));
  g_assert_false (thaw_document_get_busy (document));
  thaw_document_step_match (document, +1);
  g_assert_cmpuint (revealed.n, ==, 4);
}

static void
test_selection (void)
{
  g_autoptr (ThawDocument) document = make_document ();
  guint n_notified = 0;

  g_signal_connect_swapped (document, "notify::selected-function", G_CALLBACK (count), &n_notified);
  thaw_document_select_function (document, 1);
  thaw_document_select_function (document, 1);
  g_assert_cmpuint (n_notified, ==, 1);
  thaw_document_select_function (document, THAW_FRAME_PRUNED);
  g_assert_cmpuint (thaw_document_get_selected_function (document), ==, G_MAXUINT32);
  thaw_document_show_sandwich (document, 2);
  g_assert_cmpuint (thaw_document_get_selected_function (document), ==, 2);
}

/* Two functions of which one is called from the other, as cProfile has them. */
static ThawProfile *
make_edges (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  ThawFrameSpec frames[] = { { "main", "app.py", 1, 0, THAW_FUNCTION_PYTHON },
                             { "slow", "app.py", 9, 0, THAW_FUNCTION_PYTHON } };
  ThawThreadSpec spec = { 1, "MainThread", "gui" };
  guint32 process = thaw_profile_builder_add_process (builder, 1, "test");
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, &error);
  guint32 main_slot = thaw_profile_builder_add_frame (builder, &frames[0]);
  guint32 slow_slot = thaw_profile_builder_add_frame (builder, &frames[1]);

  thaw_profile_builder_set_unit (builder, THAW_UNIT_SECONDS, THAW_MEANING_WALL);
  thaw_profile_builder_set_kind (builder, THAW_KIND_INSTRUMENTED);
  thaw_thread_builder_add_function (thread, main_slot, 1, 1, 1, 5, &error);
  thaw_thread_builder_add_function (thread, slow_slot, 4, 4, 4, 4, &error);
  thaw_thread_builder_add_edge (thread, main_slot, slow_slot, 4, 4, 4, 4, &error);
  ThawProfile *profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

static void
test_expand_pruned (void)
{
  g_autoptr (ThawProfile) profile = make_edges ();
  g_autoptr (ThawDocument) document = thaw_document_new (profile, NULL);
  const ThawLaneSpec *spec;

  wait_until_idle (document);
  spec = thaw_lane_get_spec (g_ptr_array_index (thaw_document_get_lanes (document), 0));
  g_assert_cmpfloat (spec->options.epsilon, ==, THAW_DEFAULT_EPSILON);
  thaw_document_expand_pruned (document);
  wait_until_idle (document);
  spec = thaw_lane_get_spec (g_ptr_array_index (thaw_document_get_lanes (document), 0));
  g_assert_cmpfloat_with_epsilon (spec->options.epsilon, THAW_DEFAULT_EPSILON / 10, 1e-12);
  for (guint i = 0; i < 10; i++)
    thaw_document_expand_pruned (document);
  wait_until_idle (document);
  spec = thaw_lane_get_spec (g_ptr_array_index (thaw_document_get_lanes (document), 0));
  g_assert_cmpfloat (spec->options.epsilon, >, 0);
}

/* What a tooltip says of a box that blocks the window, and the stack that is copied. */
static void
test_facts (void)
{
  g_autoptr (ThawProfile) profile = make_edges ();
  g_autoptr (ThawDocument) document = thaw_document_new (profile, NULL);

  wait_until_idle (document);
  ThawLane *lane = g_ptr_array_index (thaw_document_get_lanes (document), 0);
  g_autoptr (ThawBoxFacts) facts = thaw_box_facts_new (profile, lane, 2, 4);
  g_assert_cmpstr (facts->name, ==, "slow");
  g_assert_cmpstr (facts->total, ==, "total 4.00 s · 80.0 % of thread · 100 % of view");
  g_assert_cmpstr (facts->self, ==, "self 4.00 s · 80.0 %");
  g_assert_cmpstr (facts->calls, ==, "4 calls · 1.00 s per call");
  g_assert_cmpstr (facts->estimate, ==, "exact");
  g_assert_cmpstr (facts->warning, ==, "over one frame of 16.7 ms per call");
  g_assert_null (facts->note);
  thaw_box_facts_add_lines (facts, profile, lane, 2);
  g_assert_cmpuint (facts->lines->len, ==, 0);

  g_autofree char *stack = thaw_box_stack_text (profile, thaw_lane_get_tree (lane), 2);
  g_assert_cmpstr (stack, ==, "main (app.py:1)\nslow (app.py:9)\n");
}

static void
test_find_path (void)
{
  g_autoptr (ThawDocument) document = make_document ();
  const guint32 two[] = { 0, 1 };

  thaw_document_set_threads (document, two, 2);
  wait_until_idle (document);
  ThawLane *worker = g_ptr_array_index (thaw_document_get_lanes (document), 0);
  ThawLane *gui = g_ptr_array_index (thaw_document_get_lanes (document), 1);
  for (guint32 node = 0; node < thaw_lane_get_tree (gui)->n_nodes; node++)
    g_assert_cmpuint (thaw_lane_find_path (gui, gui, node), ==, node);
  g_assert_cmpuint (thaw_lane_find_path (worker, gui, 0), ==, 0);
  g_assert_cmpuint (thaw_lane_find_path (worker, gui, 1), ==, THAW_NODE_NONE);
}

/* The boxes of the first lane with their places: "main 0-8;a 2-5;a 6-8". */
static char *
places_text (ThawDocument *document)
{
  ThawLane *lane = g_ptr_array_index (thaw_document_get_lanes (document), 0);
  const ThawTree *tree = thaw_lane_get_tree (lane);
  GString *text = g_string_new (NULL);

  for (guint32 node = 1; node < tree->n_nodes; node++)
    {
      guint32 row;
      double x, width;

      g_assert_true (thaw_layout_get_box (thaw_lane_get_layout (lane), node, &row, &x, &width));
      g_string_append_printf (text, "%s%s %g-%g", node > 1 ? ";" : "",
                              thaw_profile_frame_name (thaw_document_get_profile (document),
                                                       tree->key, tree->frame[node]),
                              x, x + width);
    }
  return g_string_free (text, FALSE);
}

/* In time order boxes stand where they began, with the pauses between them. */
static void
test_time_order (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  guint32 process = thaw_profile_builder_add_process (builder, 1, "test");
  ThawThreadSpec spec = { 1, "MainThread", "main" };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, &error);
  ThawThreadSpec traced = { 2, "traced", NULL };
  ThawThreadBuilder *events = thaw_profile_builder_add_thread (builder, process, &traced, &error);
  guint32 slots[2];

  for (guint i = 0; i < 2; i++)
    {
      ThawFrameSpec frame = { i == 0 ? "main" : "a", "/app/code.py", 7, 0, THAW_FUNCTION_PYTHON };
      slots[i] = thaw_profile_builder_add_frame (builder, &frame);
    }
  thaw_thread_builder_set_ordered (thread);
  thaw_thread_builder_add_stack (thread, slots, 1, 2, &error);
  thaw_thread_builder_add_stack (thread, slots, 2, 3, &error);
  thaw_thread_builder_add_stack (thread, slots, 1, 1, &error);
  thaw_thread_builder_add_stack (thread, slots, 2, 2, &error);
  thaw_thread_builder_enter (events, slots[0], 10, &error);
  thaw_thread_builder_leave (events, slots[0], 12, &error);
  thaw_thread_builder_enter (events, slots[1], 15, &error);
  thaw_thread_builder_leave (events, slots[1], 16, &error);
  g_assert_no_error (error);
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);

  g_autoptr (ThawDocument) document = thaw_document_new (profile, NULL);
  g_object_set (document, "time-order", TRUE, NULL);
  wait_until_idle (document);
  g_autofree char *samples = places_text (document);
  g_assert_cmpstr (samples, ==, "main 0-8;a 2-5;a 6-8");

  const guint32 second = 1;
  thaw_document_set_threads (document, &second, 1);
  wait_until_idle (document);
  g_autofree char *calls = places_text (document);
  g_assert_cmpstr (calls, ==, "main 0-2;a 5-6");
  g_assert_cmpfloat (
      thaw_lane_get_length (g_ptr_array_index (thaw_document_get_lanes (document), 0)), ==, 6);
  g_assert_cmpfloat (thaw_document_get_shown_total (document), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/default-thread", test_default_thread);
  g_test_add_func ("/document/lanes", test_lanes);
  g_test_add_func ("/document/stale", test_stale);
  g_test_add_func ("/document/finalized-while-busy", test_finalized_while_busy);
  g_test_add_func ("/document/recent", test_recent);
  g_test_add_func ("/document/time-order", test_time_order);
  g_test_add_func ("/document/search", test_search);
  g_test_add_func ("/document/selection", test_selection);
  g_test_add_func ("/document/expand-pruned", test_expand_pruned);
  g_test_add_func ("/document/facts", test_facts);
  g_test_add_func ("/document/find-path", test_find_path);
  return g_test_run ();
}
