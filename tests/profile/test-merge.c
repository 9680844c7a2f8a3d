/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Adding profiles to profiles.
 */
#include "tree-text.h"

#include <math.h>

/* What the profiles of a test differ in. */
typedef struct
{
  const char *title;
  gint64 pid;
  gint64 tid;
  ThawUnit unit;
  gboolean ordered;
  const char *text;
} Spec;

static ThawProfile *
make (const Spec *spec)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec thread_spec = { .id = spec->tid, .name = "main" };
  guint32 process = thaw_profile_builder_add_process (builder, spec->pid, NULL);
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &thread_spec,
                                                               NULL);
  thaw_profile_builder_set_title (builder, spec->title);
  thaw_profile_builder_set_format (builder, "collapsed");
  thaw_profile_builder_set_unit (builder, spec->unit, THAW_MEANING_WALL);
  if (spec->ordered)
    thaw_thread_builder_set_ordered (thread);
  test_feed (builder, thread, spec->text);
  return thaw_profile_builder_finish (builder, NULL);
}

/* The sum of profiles, in order; (transfer full). */
static ThawProfile *
merge (ThawProfile *const *profiles, guint n)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  GError *error = NULL;
  for (guint i = 0; i < n; i++)
    {
      thaw_profile_builder_add_profile (builder, profiles[i], &error);
      g_assert_no_error (error);
    }
  ThawProfile *profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

/* All threads of a profile as text. */
static char *
dump_all (const ThawProfile *profile)
{
  GString *text = g_string_new (NULL);
  for (guint32 i = 0; i < thaw_profile_get_n_threads (profile); i++)
    {
      const ThawThread *thread = thaw_profile_get_thread (profile, i);
      const ThawProcess *process = thaw_profile_get_process (profile, thread->process);
      g_autofree char *tree = thaw_profile_get_edges (profile, i) != NULL
                                  ? test_dump_edges (profile, i)
                                  : test_dump (profile, i);
      g_string_append_printf (text, "[%d %s/%d %s]\n%s", (int) process->pid, process->name,
                              (int) thread->id, thread->name, tree);
    }
  return g_string_free (text, FALSE);
}

static void
test_same_and_other_threads (void)
{
  g_autoptr (ThawProfile)
      a = make (&(Spec){ "a", 1, 1, THAW_UNIT_SAMPLES, FALSE, "m;f 1\nm@3;g 2" });
  g_autoptr (ThawProfile) b = make (&(Spec){ "b", 1, 1, THAW_UNIT_SAMPLES, FALSE, "m;g 4\nm;f 8" });
  g_autoptr (ThawProfile) c = make (&(Spec){ "c", 1, 2, THAW_UNIT_SAMPLES, FALSE, "m;f 16" });
  g_autoptr (ThawProfile) d = make (&(Spec){ "d", 2, 1, THAW_UNIT_SAMPLES, FALSE, "m;f 32" });
  ThawProfile *all[] = { a, b, c, d };
  g_autoptr (ThawProfile) sum = merge (all, 4);
  test_assert_text (dump_all (sum), "[1 /1 main]\nm;f 9\nm;g 4\nm@3;g 2\n[1 /2 main]\nm;f 16\n"
                                    "[2 /1 main]\nm;f 32\n");
  g_assert_cmpfloat (thaw_profile_get_total (sum), ==, 63);
  g_assert_cmpstr (thaw_profile_get_format (sum), ==, "collapsed");
  g_assert_cmpuint (thaw_profile_get_n_functions (sum), ==, 3);
}

/* Processes without pid are kept apart and named after their files. */
static void
test_no_pid (void)
{
  g_autoptr (ThawProfile) a = make (&(Spec){ "w.prof", -1, -1, THAW_UNIT_SECONDS, FALSE, "f 1" });
  g_autoptr (ThawProfile) b = make (&(Spec){ "v.prof", -1, -1, THAW_UNIT_SECONDS, FALSE, "f 2" });
  ThawProfile *all[] = { a, b, a };
  g_autoptr (ThawProfile) sum = merge (all, 3);
  test_assert_text (dump_all (sum), "[-1 w.prof/-1 main]\nf 1\n[-1 v.prof/-1 main]\nf 2\n"
                                    "[-1 w.prof (2)/-1 main]\nf 1\n");
}

static void
test_associative (void)
{
  g_autoptr (ThawProfile) a = make (&(Spec){ "a", 1, 1, THAW_UNIT_SAMPLES, TRUE, "m;f 1\nm;g 2" });
  g_autoptr (ThawProfile)
      b = make (&(Spec){ "b", 1, 1, THAW_UNIT_SAMPLES, TRUE, "m;g 4\nx 8\nm;f;k 1" });
  g_autoptr (ThawProfile) c = make (&(Spec){ "c", -1, 1, THAW_UNIT_SAMPLES, TRUE, "x 1\nm;f 16" });
  g_autoptr (ThawProfile) ab = merge ((ThawProfile *[]){ a, b }, 2);
  g_autoptr (ThawProfile) bc = merge ((ThawProfile *[]){ b, c }, 2);
  g_autoptr (ThawProfile) left = merge ((ThawProfile *[]){ ab, c }, 2);
  g_autoptr (ThawProfile) right = merge ((ThawProfile *[]){ a, bc }, 2);
  g_autofree char *expected = dump_all (left), *sequence = test_dump_sequence (left, 0);
  test_assert_text (dump_all (right), expected);
  test_assert_text (test_dump_sequence (right, 0), sequence);
  g_assert_cmpstr (sequence, ==, "m;f 1\nm;g 2\nm;g 4\nx 8\nm;f;k 1\n");
}

static void
test_units (void)
{
  g_autoptr (ThawProfile) ms = make (&(Spec){ "a", 1, 1, THAW_UNIT_MILLISECONDS, TRUE, "f 1500" });
  g_autoptr (ThawProfile)
      us = make (&(Spec){ "b", 1, 1, THAW_UNIT_MICROSECONDS, TRUE, "f 500000" });
  g_autoptr (ThawProfile) s = make (&(Spec){ "c", 1, 1, THAW_UNIT_SECONDS, TRUE, "f 2" });
  g_autoptr (ThawProfile) bytes = make (&(Spec){ "d", 1, 1, THAW_UNIT_BYTES, FALSE, "f 2" });
  g_autoptr (ThawProfile) same = merge ((ThawProfile *[]){ ms, ms }, 2);
  g_assert_cmpint (thaw_profile_get_unit (same), ==, THAW_UNIT_MILLISECONDS);
  g_autoptr (ThawProfile) sum = merge ((ThawProfile *[]){ ms, us, s }, 3);
  g_assert_cmpint (thaw_profile_get_unit (sum), ==, THAW_UNIT_SECONDS);
  test_assert_text (dump_all (sum), "[1 /1 main]\nf 4\n");
  test_assert_text (test_dump_sequence (sum, 0), "f 1.5\nf 0.5\nf 2\n");

  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  g_assert_true (thaw_profile_builder_add_profile (builder, bytes, NULL));
  g_assert_false (thaw_profile_builder_add_profile (builder, s, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_MISMATCH);
}

/* A sequence that would hold only a part of a thread is dropped. */
static void
test_partial_sequence (void)
{
  g_autoptr (ThawProfile) a = make (&(Spec){ "a", 1, 1, THAW_UNIT_SAMPLES, TRUE, "f 1" });
  g_autoptr (ThawProfile) b = make (&(Spec){ "b", 1, 1, THAW_UNIT_SAMPLES, FALSE, "f 2" });
  g_autoptr (ThawProfile) ab = merge ((ThawProfile *[]){ a, b }, 2);
  g_autoptr (ThawProfile) ba = merge ((ThawProfile *[]){ b, a }, 2);
  g_assert_null (thaw_profile_get_sequence (ab, 0));
  g_assert_null (thaw_profile_get_sequence (ba, 0));
}

static ThawProfile *
make_edges (const char *title)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1, .name = "main" };
  guint32 process = thaw_profile_builder_add_process (builder, 1, NULL);
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, NULL);
  guint32 f = test_frame (builder, "f#3"), g = test_frame (builder, "g");
  thaw_profile_builder_set_title (builder, title);
  thaw_profile_builder_set_kind (builder, THAW_KIND_INSTRUMENTED);
  thaw_profile_builder_set_unit (builder, THAW_UNIT_SECONDS, THAW_MEANING_WALL);
  thaw_profile_builder_warn (builder, "odd");
  g_assert_true (thaw_thread_builder_add_function (thread, f, 1, 1, 1, 3, NULL));
  g_assert_true (thaw_thread_builder_add_function (thread, g, 2, 2, 2, 2, NULL));
  g_assert_true (thaw_thread_builder_add_edge (thread, f, g, 2, 2, 2, 2, NULL));
  return thaw_profile_builder_finish (builder, NULL);
}

/* Edges add to edges; a tree under the same key is another thread; differing kinds are warned of. */
static void
test_edges_and_kinds (void)
{
  g_autoptr (ThawProfile) a = make_edges ("a"), b = make_edges ("");
  g_autoptr (ThawProfile)
      tree = make (&(Spec){ "t", 1, 1, THAW_UNIT_MILLISECONDS, FALSE, "f 500" });
  g_autoptr (ThawProfile) sum = merge ((ThawProfile *[]){ a, tree, b }, 3);
  test_assert_text (dump_all (sum),
                    "[1 /1 main]\nf 2/2 2 6\ng 4/4 4 4\nf>g 4/4 4 4\n[1 /1 main]\nf 0.5\n");
  const char *const *warnings = thaw_profile_get_warnings (sum);
  g_assert_cmpstr (warnings[0], ==, "a: odd");
  g_assert_nonnull (warnings[1]);
  g_assert_cmpstr (warnings[2], ==, "odd");
  g_assert_null (warnings[3]);
  g_assert_cmpint (thaw_profile_get_kind (sum), ==, THAW_KIND_INSTRUMENTED);
  g_assert_cmpstr (thaw_profile_get_format (sum), ==, "mixed");
}

/* Threads that share a key within one profile stay apart, and add up pairwise between two. */
static void
test_threads_of_one_key (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = -1, .name = "t" };
  guint32 process = thaw_profile_builder_add_process (builder, 1, NULL);
  test_feed (builder, thaw_profile_builder_new_thread (builder, process, &spec, NULL), "f 1");
  test_feed (builder, thaw_profile_builder_new_thread (builder, process, &spec, NULL), "g 2");
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  g_autoptr (ThawProfile) sum = merge ((ThawProfile *[]){ profile, profile }, 2);
  test_assert_text (dump_all (sum), "[1 /-1 t]\nf 2\n[1 /-1 t]\ng 4\n");
}

/* Calls, activations and gaps of traces survive; a start is kept and scaled. */
static void
test_traces (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1, .name = "t" };
  guint32 process = thaw_profile_builder_add_process (builder, 1, NULL);
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, NULL);
  guint32 f = test_frame (builder, "f");
  thaw_profile_builder_set_unit (builder, THAW_UNIT_MILLISECONDS, THAW_MEANING_WALL);
  for (double at = 1000; at < 5000; at += 2000)
    {
      g_assert_true (thaw_thread_builder_enter (thread, f, at, NULL));
      g_assert_true (thaw_thread_builder_leave (thread, f, at + 1000, NULL));
    }
  g_autoptr (ThawProfile) ms = thaw_profile_builder_finish (builder, NULL);
  g_autoptr (ThawProfile) s = make (&(Spec){ "s", 1, 2, THAW_UNIT_SECONDS, FALSE, "f 2" });
  g_autoptr (ThawProfile) sum = merge ((ThawProfile *[]){ s, ms, ms }, 3);
  test_assert_text (test_dump (sum, 1), "f 4 x4\n");
  test_assert_text (test_dump_sequence (sum, 1), "f 1 =0\n 1 =0\nf 1 =0\nf 1 =0\n 1 =0\nf 1 =0\n");
  g_assert_cmpfloat (thaw_profile_get_thread (sum, 1)->start, ==, 1);
  g_assert_cmpuint (thaw_profile_get_thread (sum, 1)->n_samples, ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/merge/same-and-other-threads", test_same_and_other_threads);
  g_test_add_func ("/profile/merge/no-pid", test_no_pid);
  g_test_add_func ("/profile/merge/associative", test_associative);
  g_test_add_func ("/profile/merge/units", test_units);
  g_test_add_func ("/profile/merge/partial-sequence", test_partial_sequence);
  g_test_add_func ("/profile/merge/edges-and-kinds", test_edges_and_kinds);
  g_test_add_func ("/profile/merge/threads-of-one-key", test_threads_of_one_key);
  g_test_add_func ("/profile/merge/traces", test_traces);
  return g_test_run ();
}
