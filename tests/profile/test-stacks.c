/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Door 1, stacks with weights; and what all doors share: slots, functions, processes, threads,
 * warnings, limits, finishing.
 */
#include "thaw-profile-builder-private.h"
#include "tree-text.h"

#include <math.h>
#include <string.h>

/* A builder with one thread "main" of a nameless process. */
static ThawThreadBuilder *
new_thread (ThawProfileBuilder **builder)
{
  *builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = -1, .name = "main" };
  guint32 process = thaw_profile_builder_add_process (*builder, -1, NULL);
  return thaw_profile_builder_add_thread (*builder, process, &spec, NULL);
}

static ThawProfile *
finish (ThawProfileBuilder *builder)
{
  GError *error = NULL;
  ThawProfile *profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

static void
test_first_visit_order (void)
{
  g_autoptr (ThawProfile)
      profile = test_profile ("main;b 1\nmain;a;x 2\nmain;b;y 3\nmain;a 4\nother 5\nmain;b 6");
  test_assert_text (test_dump (profile, 0),
                    "main;b 7\nmain;b;y 3\nmain;a 4\nmain;a;x 2\nother 5\n");
  test_check_tree (thaw_profile_get_location_tree (profile, 0));
  g_assert_cmpfloat (thaw_profile_get_thread (profile, 0)->total, ==, 21);
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 21);
  g_assert_cmpuint (thaw_profile_get_thread (profile, 0)->n_samples, ==, 6);
  g_assert_true (isnan (thaw_profile_get_thread (profile, 0)->start));
  g_assert_null (thaw_profile_get_sequence (profile, 0));
  g_assert_null (thaw_profile_get_edges (profile, 0));
  g_assert_false (thaw_profile_has_calls (profile));
  g_assert_false (thaw_profile_has_lines (profile));
  g_assert_false (thaw_profile_has_time_order (profile));
}

static void
test_empty_stack_and_negative_weight (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  guint32 f = test_frame (builder, "f");
  g_assert_true (thaw_thread_builder_add_stack (thread, &f, 1, 5, NULL));
  g_assert_true (thaw_thread_builder_add_stack (thread, NULL, 0, 2, NULL));
  g_assert_true (thaw_thread_builder_add_stack (thread, &f, 1, -8, NULL));
  g_autoptr (ThawProfile) profile = finish (builder);
  test_assert_text (test_dump (profile, 0), " 2\nf -3\n");
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, -1);
}

/* Lines of one function are one function; the tree keeps them apart. */
static void
test_lines (void)
{
  g_autoptr (ThawProfile)
      profile = test_profile ("main@3;load@7 1\nmain@3;load@8 2\nmain@4;load@7 4");
  test_assert_text (test_dump (profile, 0), "main@3;load@7 1\nmain@3;load@8 2\nmain@4;load@7 4\n");
  g_assert_cmpuint (thaw_profile_get_n_functions (profile), ==, 2);
  g_assert_cmpuint (thaw_profile_get_n_locations (profile), ==, 4);
  g_assert_true (thaw_profile_has_lines (profile));
}

/* Name, file and first line make a function; kind does not, and the first one stays. */
static void
test_identity (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  new_thread (&builder);
  ThawFrameSpec spec = { "f", "a.py", 1, 0, THAW_FUNCTION_PYTHON };
  guint32 slot = thaw_profile_builder_add_frame (builder, &spec);
  spec.kind = THAW_FUNCTION_NATIVE;
  g_assert_cmpuint (thaw_profile_builder_add_frame (builder, &spec), ==, slot);
  spec.line = 4;
  g_assert_cmpuint (thaw_profile_builder_add_frame (builder, &spec), !=, slot);
  spec.first_line = 2;
  thaw_profile_builder_add_frame (builder, &spec);
  spec.file = "b.py";
  thaw_profile_builder_add_frame (builder, &spec);
  spec.file = NULL;
  thaw_profile_builder_add_frame (builder, &spec);
  spec.file = "";
  thaw_profile_builder_add_frame (builder, &spec);
  g_autoptr (ThawProfile) profile = finish (builder);
  g_assert_cmpuint (thaw_profile_get_n_functions (profile), ==, 4);
  g_assert_cmpint (thaw_profile_get_function (profile, 0)->kind, ==, THAW_FUNCTION_PYTHON);
  g_assert_cmpstr (thaw_profile_get_function (profile, 0)->file, ==, "a.py");
  g_assert_null (thaw_profile_get_function (profile, 3)->file);
}

/* Slots described after their use, two of them alike: siblings merge, in the sequence too. */
static void
test_late_slots (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  const guint32 stacks[][3] = { { 0, 1, 3 }, { 0, 2, 3 }, { 0, 1, 4 }, { 0, 2, 4 }, { 0, 2, 5 } };
  thaw_thread_builder_set_ordered (thread);
  for (guint i = 0; i < G_N_ELEMENTS (stacks); i++)
    g_assert_true (thaw_thread_builder_add_stack (thread, stacks[i], 3, 1 << i, NULL));

  const char *const names[] = { "main", "same", "same", "leaf", "end", "leaf" };
  for (guint32 i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ThawFrameSpec spec = { .name = names[i] };
      g_assert_true (thaw_profile_builder_define_frame (builder, i, &spec, NULL));
    }
  g_autoptr (ThawProfile) profile = finish (builder);
  test_assert_text (test_dump (profile, 0), "main;same;leaf 19\nmain;same;end 12\n");
  test_assert_text (test_dump_sequence (profile, 0),
                    "main;same;leaf 1\nmain;same;leaf 2\nmain;same;end 4\n"
                    "main;same;end 8\nmain;same;leaf 16\n");
  test_check_tree (thaw_profile_get_location_tree (profile, 0));
}

static void
test_undefined_slot (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  guint32 stack[] = { 0, 7 };
  ThawFrameSpec spec = { .name = "main" };
  g_autoptr (GError) error = NULL;
  g_assert_true (thaw_profile_builder_define_frame (builder, 0, &spec, NULL));
  g_assert_true (thaw_thread_builder_add_stack (thread, stack, 2, 1, NULL));
  g_assert_null (thaw_profile_builder_finish (builder, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "7"));
}

static void
test_keep (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  guint32 f[] = { test_frame (builder, "a"), test_frame (builder, "b"), test_frame (builder, "c") };
  guint32 abc = thaw_thread_builder_set_stack (thread, 0, f, 3, NULL);
  guint32 ab = thaw_thread_builder_set_stack (thread, 2, NULL, 0, NULL);
  guint32 aba = thaw_thread_builder_set_stack (thread, 2, f, 1, NULL);
  g_assert_cmpuint (thaw_thread_builder_set_stack (thread, 0, NULL, 0, NULL), ==, 0);
  g_assert_cmpuint (thaw_thread_builder_set_stack (thread, 0, f, 3, NULL), ==, abc);
  g_assert_true (thaw_thread_builder_add_sample (thread, abc, 1, NULL));
  g_assert_true (thaw_thread_builder_add_sample (thread, ab, 2, NULL));
  g_assert_true (thaw_thread_builder_add_sample (thread, aba, 4, NULL));
  g_autoptr (ThawProfile) profile = finish (builder);
  test_assert_text (test_dump (profile, 0), "a;b 2\na;b;c 1\na;b;a 4\n");
}

static void
test_sequence_constant (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  thaw_thread_builder_set_ordered (thread);
  test_feed (builder, thread, "a;b 0.5\na 0.5\na;b 0.5");
  g_autoptr (ThawProfile) profile = finish (builder);
  const ThawSequence *sequence = thaw_profile_get_sequence (profile, 0);
  g_assert_cmpuint (sequence->n, ==, 3);
  g_assert_null (sequence->value);
  g_assert_null (sequence->keep);
  g_assert_cmpfloat (sequence->constant, ==, 0.5);
  test_assert_text (test_dump_sequence (profile, 0), "a;b 0.5\na 0.5\na;b 0.5\n");
  g_assert_true (thaw_profile_has_time_order (profile));
}

static void
test_bad_weights (void)
{
  const double bad[] = { NAN, INFINITY, -INFINITY };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (ThawProfileBuilder) builder = NULL;
      ThawThreadBuilder *thread = new_thread (&builder);
      guint32 f = test_frame (builder, "f");
      g_autoptr (GError) error = NULL;
      g_assert_false (thaw_thread_builder_add_stack (thread, &f, 1, bad[i], &error));
      g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
    }
}

static void
test_overflowing_sum (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  guint32 f = test_frame (builder, "f");
  g_autoptr (GError) error = NULL;
  g_assert_true (thaw_thread_builder_add_stack (thread, &f, 1, G_MAXDOUBLE, NULL));
  g_assert_true (thaw_thread_builder_add_stack (thread, NULL, 0, G_MAXDOUBLE, NULL));
  g_assert_null (thaw_profile_builder_finish (builder, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
}

#define DEEP 200000

static void
test_deep_stack (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  g_autofree guint32 *frames = g_new (guint32, DEEP);
  guint32 f[] = { test_frame (builder, "f"), test_frame (builder, "g") };
  for (guint32 i = 0; i < DEEP; i++)
    frames[i] = f[i & 1];
  g_assert_true (thaw_thread_builder_add_stack (thread, frames, DEEP, 1, NULL));
  g_assert_true (thaw_thread_builder_add_stack (thread, frames, DEEP - 1, 1, NULL));
  g_autoptr (ThawProfile) profile = finish (builder);
  const ThawTree *tree = thaw_profile_get_location_tree (profile, 0);
  g_assert_cmpuint (tree->n_nodes, ==, DEEP + 1);
  g_assert_cmpuint (thaw_tree_max_depth (tree), ==, DEEP);
  g_assert_cmpfloat (tree->total[DEEP], ==, 1);
  g_assert_cmpfloat (tree->total[DEEP - 1], ==, 2);
  test_check_tree (tree);
}

#define WIDE 100000

/* Many children of one node, met in a scattered order, twice. */
static void
test_wide_node (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  for (guint32 i = 0; i < WIDE; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i);
      ThawFrameSpec spec = { .name = name };
      g_assert_true (thaw_profile_builder_define_frame (builder, i, &spec, NULL));
    }
  for (guint32 i = 0; i < 2 * WIDE; i++)
    {
      guint32 stack[] = { 0, (guint32) ((guint64) i * 48271 % WIDE), 1 };
      g_assert_true (thaw_thread_builder_add_stack (thread, stack, 2 + (i & 1), 1, NULL));
    }
  g_autoptr (ThawProfile) profile = finish (builder);
  const ThawTree *tree = thaw_profile_get_location_tree (profile, 0);
  test_check_tree (tree);
  g_assert_cmpuint (tree->n_nodes, ==, 2 + WIDE + WIDE / 2);
  g_assert_cmpfloat (tree->total[0], ==, 2 * WIDE);
  guint32 child = 2;
  for (guint32 i = 0; i < WIDE; i++, child = tree->subtree_end[child])
    {
      g_autofree char *name = g_strdup_printf ("f%u", (guint32) ((guint64) i * 48271 % WIDE));
      g_assert_cmpstr (thaw_profile_frame_name (profile, tree->key, tree->frame[child]), ==, name);
      g_assert_cmpfloat (tree->total[child], ==, 2);
    }
  g_assert_cmpuint (child, ==, tree->n_nodes);
}

static void
test_limits (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  g_autofree guint32 *frames = g_new0 (guint32, THAW_LIMIT_DEPTH + 1);
  g_autoptr (GError) error = NULL;
  g_assert_cmpuint (thaw_thread_builder_set_stack (thread, 0, frames, THAW_LIMIT_DEPTH + 1, &error),
                    ==, THAW_NODE_NONE);
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
  g_clear_error (&error);

  frames[1] = THAW_LIMIT_FRAMES;
  g_assert_false (thaw_thread_builder_add_stack (thread, frames, 2, 1, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
  g_clear_error (&error);
  frames[0] = G_MAXUINT32;
  g_assert_false (thaw_thread_builder_add_stack (thread, frames, 1, 1, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
  g_clear_error (&error);

  ThawFrameSpec spec = { .name = "f" };
  g_assert_false (thaw_profile_builder_define_frame (builder, THAW_LIMIT_FRAMES, &spec, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
  g_clear_error (&error);

  g_autofree char *name = g_strnfill (THAW_LIMIT_NAME_BYTES + 1, 'x');
  spec.name = name;
  g_assert_false (thaw_profile_builder_define_frame (builder, 0, &spec, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
  g_clear_error (&error);
  thaw_profile_builder_add_frame (builder, &spec);
  g_assert_null (thaw_profile_builder_finish (builder, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
}

/* The limit on nodes holds over all threads together. */
static void
test_node_limit (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *threads[2] = { new_thread (&builder), NULL };
  ThawThreadSpec spec = { .id = 2 };
  threads[1] = thaw_profile_builder_add_thread (builder, 0, &spec, NULL);
  thaw_profile_builder_set_node_budget (builder, 1000);
  guint32 made = 0;
  g_autoptr (GError) error = NULL;
  for (guint32 i = 0; i < 2000 && error == NULL; i++)
    if (thaw_thread_builder_set_stack (threads[i & 1], 0, &i, 1, &error) != THAW_NODE_NONE)
      made++;
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
  g_assert_cmpuint (made, >, 500);
  g_assert_cmpuint (made, <=, 1000);
}

static void
test_finish_empty (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  g_assert_null (thaw_profile_builder_finish (builder, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_EMPTY);

  g_autoptr (ThawProfileBuilder) second = NULL;
  new_thread (&second);
  g_autoptr (ThawProfile) profile = finish (second);
  g_assert_cmpuint (thaw_profile_get_n_threads (profile), ==, 1);
  g_assert_cmpuint (thaw_profile_get_location_tree (profile, 0)->n_nodes, ==, 1);
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 0);
  g_assert_cmpstr (thaw_profile_get_title (profile), ==, "");
  g_assert_null (thaw_profile_get_warnings (profile)[0]);
}

static void
test_processes_and_threads (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  guint32 p1 = thaw_profile_builder_add_process (builder, 10, NULL);
  guint32 p2 = thaw_profile_builder_add_process (builder, -1, "10");
  guint32 p3 = thaw_profile_builder_add_process (builder, 11, "worker");
  g_assert_cmpuint (thaw_profile_builder_add_process (builder, 10, "app"), ==, p1);
  g_assert_cmpuint (thaw_profile_builder_add_process (builder, 10, "other"), ==, p1);
  g_assert_cmpuint (thaw_profile_builder_add_process (builder, -1, "10"), ==, p2);
  g_assert_cmpuint (p1, !=, p2);
  thaw_profile_builder_set_process_parent (builder, p3, p1);
  thaw_profile_builder_set_process_parent (builder, p1, p3); /* a circle: not taken */
  thaw_profile_builder_set_process_parent (builder, p2, p2);

  ThawThreadSpec spec = { .id = 1, .name = "main", .role = "main" },
                 other = { .id = 1, .name = "renamed" };
  ThawThreadSpec named = { .id = -1, .name = "main" };
  ThawThreadBuilder *a = thaw_profile_builder_add_thread (builder, p1, &spec, NULL);
  g_assert_true (thaw_profile_builder_add_thread (builder, p1, &other, NULL) == a);
  g_assert_true (thaw_profile_builder_add_thread (builder, p3, &spec, NULL) != a);
  ThawThreadBuilder *b = thaw_profile_builder_add_thread (builder, p1, &named, NULL);
  g_assert_true (b != a);
  g_assert_true (thaw_profile_builder_add_thread (builder, p1, &named, NULL) == b);
  g_assert_true (thaw_profile_builder_new_thread (builder, p1, &named, NULL) != b);
  thaw_thread_builder_set_name (b, "MainThread");
  thaw_thread_builder_set_start (b, 12.5);

  g_autoptr (ThawProfile) profile = finish (builder);
  g_assert_cmpuint (thaw_profile_get_n_processes (profile), ==, 3);
  g_assert_cmpstr (thaw_profile_get_process (profile, p1)->name, ==, "app");
  g_assert_cmpint (thaw_profile_get_process (profile, p2)->pid, ==, -1);
  g_assert_cmpuint (thaw_profile_get_process (profile, p1)->parent, ==, THAW_PROCESS_NONE);
  g_assert_cmpuint (thaw_profile_get_process (profile, p2)->parent, ==, THAW_PROCESS_NONE);
  g_assert_cmpuint (thaw_profile_get_process (profile, p3)->parent, ==, p1);
  g_assert_cmpuint (thaw_profile_get_n_threads (profile), ==, 4);
  g_assert_cmpstr (thaw_profile_get_thread (profile, 0)->name, ==, "main");
  g_assert_cmpstr (thaw_profile_get_thread (profile, 0)->role, ==, "main");
  g_assert_cmpuint (thaw_profile_get_thread (profile, 1)->process, ==, p3);
  g_assert_cmpstr (thaw_profile_get_thread (profile, 2)->name, ==, "MainThread");
  g_assert_cmpfloat (thaw_profile_get_thread (profile, 2)->start, ==, 12.5);
  g_assert_cmpstr (thaw_profile_get_thread (profile, 3)->role, ==, "");
}

static void
test_description_and_text (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  thaw_profile_builder_set_format (builder, "pstats");
  thaw_profile_builder_set_tool (builder, "tool 1");
  thaw_profile_builder_set_title (builder, "a\xff.prof");
  thaw_profile_builder_set_kind (builder, THAW_KIND_TRACED);
  thaw_profile_builder_set_unit (builder, THAW_UNIT_MILLISECONDS, THAW_MEANING_CPU);
  thaw_profile_builder_warn (builder, "line %d", 3);
  thaw_profile_builder_warn (builder, "line %d", 4);
  thaw_profile_builder_warn (builder, "line %d", 3);
  ThawFrameSpec spec = { .name = "n\xc3\xa9\xe9", .file = "\xff" };
  guint32 slot = thaw_profile_builder_add_frame (builder, &spec);
  g_assert_true (thaw_thread_builder_add_stack (thread, &slot, 1, 1, NULL));

  g_autoptr (ThawProfile) profile = finish (builder);
  g_assert_cmpstr (thaw_profile_get_format (profile), ==, "pstats");
  g_assert_cmpstr (thaw_profile_get_tool (profile), ==, "tool 1");
  g_assert_cmpstr (thaw_profile_get_title (profile), ==, "a\357\277\275.prof");
  g_assert_cmpstr (thaw_kind_to_string (thaw_profile_get_kind (profile)), ==, "traced");
  g_assert_cmpstr (thaw_unit_to_string (thaw_profile_get_unit (profile)), ==, "milliseconds");
  g_assert_cmpstr (thaw_meaning_to_string (thaw_profile_get_meaning (profile)), ==, "cpu");
  g_assert_cmpfloat (thaw_unit_seconds (THAW_UNIT_BYTES), ==, 0);
  const char *const *warnings = thaw_profile_get_warnings (profile);
  g_assert_cmpstr (warnings[0], ==, "line 3");
  g_assert_cmpstr (warnings[1], ==, "line 4");
  g_assert_null (warnings[2]);
  g_assert_cmpstr (thaw_profile_get_function (profile, 0)->name, ==, "n\xc3\xa9\357\277\275");
  g_assert_cmpstr (thaw_profile_frame_name (profile, THAW_KEY_LOCATION, THAW_FRAME_PRUNED), ==,
                   "(pruned)");
}

/* A tree given node by node keeps its calls; the same frame under one parent adds up. */
static void
test_nodes (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1 };
  guint32 process = thaw_profile_builder_add_process (builder, 1, NULL);
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, NULL);
  guint32 f = test_frame (builder, "f"), g = test_frame (builder, "g");
  GError *error = NULL;

  guint32 first = thaw_thread_builder_add_node (thread, 0, f, 1, 2, &error);
  guint32 other = thaw_thread_builder_add_node (thread, 0, g, 3, 4, &error);
  thaw_thread_builder_add_node (thread, first, g, 5, 6, &error);
  thaw_thread_builder_add_node (thread, other, f, 7, 0.5, &error);
  g_assert_cmpuint (thaw_thread_builder_add_node (thread, 0, f, 8, 9, &error), ==, first);
  g_assert_no_error (error);
  g_assert_cmpuint (thaw_thread_builder_add_node (thread, 0, f, 1, NAN, &error), ==,
                    THAW_NODE_NONE);
  g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_cmpuint (thaw_thread_builder_add_node (thread, 0, THAW_LIMIT_FRAMES, 1, 1, &error), ==,
                    THAW_NODE_NONE);
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
  g_clear_error (&error);

  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  test_assert_text (test_dump (profile, 0), "f 11 x9\nf;g 6 x5\ng 4 x3\ng;f 0.5 x7\n");
  g_assert_true (thaw_profile_has_calls (profile));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/stacks/first-visit-order", test_first_visit_order);
  g_test_add_func ("/profile/stacks/empty-stack-and-negative-weight",
                   test_empty_stack_and_negative_weight);
  g_test_add_func ("/profile/stacks/lines", test_lines);
  g_test_add_func ("/profile/stacks/identity", test_identity);
  g_test_add_func ("/profile/stacks/late-slots", test_late_slots);
  g_test_add_func ("/profile/stacks/undefined-slot", test_undefined_slot);
  g_test_add_func ("/profile/stacks/keep", test_keep);
  g_test_add_func ("/profile/stacks/sequence-constant", test_sequence_constant);
  g_test_add_func ("/profile/stacks/bad-weights", test_bad_weights);
  g_test_add_func ("/profile/stacks/overflowing-sum", test_overflowing_sum);
  g_test_add_func ("/profile/stacks/deep-stack", test_deep_stack);
  g_test_add_func ("/profile/stacks/wide-node", test_wide_node);
  g_test_add_func ("/profile/stacks/limits", test_limits);
  g_test_add_func ("/profile/stacks/node-limit", test_node_limit);
  g_test_add_func ("/profile/stacks/finish-empty", test_finish_empty);
  g_test_add_func ("/profile/stacks/processes-and-threads", test_processes_and_threads);
  g_test_add_func ("/profile/stacks/description-and-text", test_description_and_text);
  g_test_add_func ("/stacks/nodes", test_nodes);
  return g_test_run ();
}
