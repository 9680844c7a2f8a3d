/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A profile of two threads, and exporting into memory.
 */
#include "picture-fixture.h"

#include "tree-text.h"

GBytes *
test_export (const ThawExporter *exporter,
             const ThawProfile *profile,
             const ThawExportOptions *options)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (exporter->write (profile, options, out, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

ThawProfile *
test_two_threads (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  guint32 process = thaw_profile_builder_add_process (builder, 42, "app");
  const ThawThreadSpec specs[] = { { 1, "Busy", "main" }, { 2, "Lazy", "thread" } };
  ThawProfile *profile;

  test_feed (builder, thaw_profile_builder_add_thread (builder, process, &specs[1], &error),
             "run;wait 4\nrun 1\n");
  test_feed (builder, thaw_profile_builder_add_thread (builder, process, &specs[0], &error),
             "main;load;parse 6\nmain;load 1\nmain;show 3\n");
  profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}
