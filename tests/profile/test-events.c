/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Door 2, enter and leave events. A trace is text: "+main 0" enters, "-main 5" leaves, "- 5" leaves
 * whatever is innermost.
 */
#include "tree-text.h"

#include <math.h>

/* Feeds a trace, given as words "+f@time" and "-f@time"; stops at the first error. */
static gboolean
feed (ThawProfileBuilder *builder, ThawThreadBuilder *thread, const char *trace, GError **error)
{
  g_auto (GStrv) words = g_strsplit (trace, " ", -1);
  for (char **word = words; *word != NULL; word++)
    {
      g_auto (GStrv) parts = g_strsplit (*word + 1, "@", 2);
      double at = g_ascii_strtod (parts[1], NULL);
      guint32 frame = *parts[0] != '\0' ? test_frame (builder, parts[0]) : G_MAXUINT32;
      if (**word == '+' ? !thaw_thread_builder_enter (thread, frame, at, error)
                        : !thaw_thread_builder_leave (thread, frame, at, error))
        return FALSE;
    }
  return TRUE;
}

static ThawThreadBuilder *
new_thread (ThawProfileBuilder **builder)
{
  *builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1 };
  guint32 process = thaw_profile_builder_add_process (*builder, 1, NULL);
  return thaw_profile_builder_add_thread (*builder, process, &spec, NULL);
}

/* The profile of a trace that is fine. */
static ThawProfile *
traced (const char *trace)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  GError *error = NULL;
  feed (builder, thread, trace, &error);
  g_assert_no_error (error);
  ThawProfile *profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

static void
test_self_and_calls (void)
{
  g_autoptr (ThawProfile)
      profile = traced ("+main@10 +f@11 +g@13 -g@14 -f@14 +f@15 -f@16 -main@20");
  test_assert_text (test_dump (profile, 0), "main 6 x1\nmain;f 3 x2\nmain;f;g 1 x1\n");
  test_assert_text (test_dump_sequence (profile, 0),
                    "main 1 =0\nmain;f 2 =1\nmain;f;g 1 =2\nmain 1 =1\n"
                    "main;f 1 =1\nmain 4 =1\n");
  g_assert_cmpfloat (thaw_profile_get_thread (profile, 0)->start, ==, 10);
  g_assert_cmpuint (thaw_profile_get_thread (profile, 0)->n_samples, ==, 8);
  g_assert_true (thaw_profile_has_calls (profile));
  g_assert_true (thaw_profile_has_time_order (profile));
}

/* Two calls in a row stay two, also when no time passes between or in them. */
static void
test_same_activations (void)
{
  g_autoptr (ThawProfile) profile = traced ("+m@0 +f@0 -f@1 +f@1 -f@3 +f@3 -f@3 +f@3 -f@4 -m@4");
  test_assert_text (test_dump (profile, 0), "m 0 x1\nm;f 4 x4\n");
  test_assert_text (test_dump_sequence (profile, 0), "m;f 1 =0\nm;f 2 =1\nm;f 0 =1\nm;f 1 =1\n");
}

/* Time in which nothing is open is nobody's, but keeps its place in time. */
static void
test_gap (void)
{
  g_autoptr (ThawProfile) profile = traced ("+a@0 -a@1 +b@5 -@7");
  test_assert_text (test_dump (profile, 0), "a 1 x1\nb 2 x1\n");
  test_assert_text (test_dump_sequence (profile, 0), "a 1 =0\n 4 =0\nb 2 =0\n");
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 3);
}

static void
test_errors_change_nothing (void)
{
  const char *const bad[] = { "-main@6", "-@4", "+f@4", "+f@nan", "-f@inf", "+f@inf" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (ThawProfileBuilder) builder = NULL;
      ThawThreadBuilder *thread = new_thread (&builder);
      g_autoptr (GError) error = NULL;
      g_assert_true (feed (builder, thread, "+main@0 +f@5", NULL));
      g_assert_false (feed (builder, thread, bad[i], &error));
      g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
      g_assert_true (feed (builder, thread, "-f@7 -main@8", NULL));
      g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
      test_assert_text (test_dump (profile, 0), "main 6 x1\nmain;f 2 x1\n");
    }
}

static void
test_leave_nothing (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  g_autoptr (GError) error = NULL;
  g_assert_false (feed (builder, thread, "-f@1", &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
  g_assert_cmpuint (thaw_thread_builder_leave_all (thread, 1), ==, 0);
}

static void
test_times_too_far_apart (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  g_autoptr (GError) error = NULL;
  g_assert_true (thaw_thread_builder_enter (thread, 0, -G_MAXDOUBLE, NULL));
  g_assert_false (thaw_thread_builder_leave (thread, 0, G_MAXDOUBLE, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
}

static void
test_leave_all (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  g_assert_true (feed (builder, thread, "+a@0 +b@2", NULL));
  g_assert_cmpuint (thaw_thread_builder_leave_all (thread, 1), ==, 2);
  g_assert_true (feed (builder, thread, "+a@3", NULL));
  g_assert_cmpuint (thaw_thread_builder_leave_all (thread, 8), ==, 1);
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  test_assert_text (test_dump (profile, 0), "a 7 x2\na;b 0 x1\n");
  test_assert_text (test_dump_sequence (profile, 0), "a 2 =0\na;b 0 =1\n 1 =0\na 5 =0\n");
}

/* A frame that turns out to be a label goes; what is in it stays. */
static void
test_elided (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  const double at[] = { 0, 1, 2, 4 };
  const guint32 frames[] = { 0, 1, 1, 0 };
  for (guint i = 0; i < 4; i++)
    g_assert_true (i < 2 ? thaw_thread_builder_enter (thread, frames[i], at[i], NULL)
                         : thaw_thread_builder_leave (thread, frames[i], at[i], NULL));
  g_assert_true (thaw_profile_builder_define_frame (builder, 0, NULL, NULL));
  g_assert_true (
      thaw_profile_builder_define_frame (builder, 1, &(ThawFrameSpec){ .name = "f" }, NULL));
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  test_assert_text (test_dump (profile, 0), " 3 x0\nf 1 x1\n");
  test_assert_text (test_dump_sequence (profile, 0), " 1\nf 1\n 2\n");
}

/* A million deep is refused; the frames up to there are fine. */
static void
test_too_deep (void)
{
  g_autoptr (ThawProfileBuilder) builder = NULL;
  ThawThreadBuilder *thread = new_thread (&builder);
  guint32 f = test_frame (builder, "f");
  for (guint32 i = 0; i < THAW_LIMIT_DEPTH; i++)
    if (!thaw_thread_builder_enter (thread, f, 0, NULL))
      g_assert_not_reached ();
  g_autoptr (GError) error = NULL;
  g_assert_false (thaw_thread_builder_enter (thread, f, 1, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
  g_assert_cmpuint (thaw_thread_builder_leave_all (thread, 1), ==, THAW_LIMIT_DEPTH);
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  test_check_tree (thaw_profile_get_location_tree (profile, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/events/self-and-calls", test_self_and_calls);
  g_test_add_func ("/profile/events/same-activations", test_same_activations);
  g_test_add_func ("/profile/events/gap", test_gap);
  g_test_add_func ("/profile/events/errors-change-nothing", test_errors_change_nothing);
  g_test_add_func ("/profile/events/leave-nothing", test_leave_nothing);
  g_test_add_func ("/profile/events/times-too-far-apart", test_times_too_far_apart);
  g_test_add_func ("/profile/events/leave-all", test_leave_all);
  g_test_add_func ("/profile/events/elided", test_elided);
  g_test_add_func ("/profile/events/too-deep", test_too_deep);
  return g_test_run ();
}
