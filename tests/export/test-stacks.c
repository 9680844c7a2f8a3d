/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Collapsed stacks, speedscope JSON, CSV and JSON, compared as text.
 */
#include "thaw-config.h"
#include "thaw-export.h"
#include "thaw-writer.h"
#include "tree-text.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* What exporter @id writes; (transfer full). */
static char *
export_with (const ThawProfile *profile, const char *id, const ThawExportOptions *options)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  GError *error = NULL;
  thaw_exporter_find (id)->write (profile, options, out, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (out, "", 1, NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
}

static ThawThreadBuilder *
add_thread (ThawProfileBuilder *builder,
            gint64 pid,
            const char *process,
            gint64 tid,
            const char *name)
{
  ThawThreadSpec spec = { .id = tid, .name = name };
  guint32 index = thaw_profile_builder_add_process (builder, pid, process);
  return thaw_profile_builder_new_thread (builder, index, &spec, NULL);
}

static void
test_table (void)
{
  guint n;
  const ThawExporter *const *all = thaw_exporters (&n);
  g_assert_cmpuint (n, ==, 7);
  for (guint i = 0; i < n; i++)
    g_assert_true (thaw_exporter_find (all[i]->id) == all[i]);
  g_assert_null (thaw_exporter_find ("xls"));
}

static void
test_numbers (void)
{
  const struct
  {
    double value;
    const char *plain;
    const char *json;
  } cases[] = {
    { 0, "0", "0" },
    { 12, "12", "12" },
    { -3, "-3", "-3" },
    { 31.23, "31.23", "31.23" },
    { 0.1, "0.1", "0.1" },
    { -0.05, "-0.05", "-0.05" },
    { 1.0 / 3, "0.3333333333333333", "0.3333333333333333" },
    { 0.1 + 0.2, "0.30000000000000004", "0.30000000000000004" },
    { 123456.75, "123456.75", "123456.75" },
    { 1e-7, "0.0000001", "1e-07" },
    { 1e15 + 0.5, "1000000000000000.5", "1000000000000000.5" },
    { 9007199254740993.0, "9007199254740992", "9007199254740992" },
    { DBL_MAX, NULL, "1.7976931348623157e+308" },
    { DBL_TRUE_MIN, NULL, "5e-324" },
    { NAN, NULL, "null" },
    { INFINITY, NULL, "null" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      if (cases[i].plain != NULL)
        {
          thaw_append_plain_number (text, cases[i].value);
          g_assert_cmpstr (text->str, ==, cases[i].plain);
        }
      g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
      ThawWriter writer;
      thaw_writer_init (&writer, out, NULL);
      thaw_writer_number (&writer, cases[i].value);
      g_assert_true (thaw_writer_finish (&writer, NULL));
      g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                       g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)),
                       cases[i].json, strlen (cases[i].json));
    }
}

/* Sorted by bytes, also where a name goes on with what sorts before “;” and “ ”. */
static void
test_collapsed_order (void)
{
  g_autoptr (ThawProfile) profile = test_profile (
      "b 1\na;x 2\na 5\na b 3\na b;c 4.5\na 5 1\na!;z 1\na:;z 1\na;;e 7\na;é 0.25");
  ThawExportOptions options = { 0 };
  test_assert_text (export_with (profile, "collapsed", &options),
                    "a 5\na 5 1\na b 3\na b;c 4.5\na!;z 1\na:;z 1\na;;e 7\na;x 2\na;é 0.25\nb 1\n");
}

static void
test_collapsed_frames (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadBuilder *thread = add_thread (builder, -1, NULL, -1, "t");
  const ThawFrameSpec specs[] = {
    { "f", "a.py", 10, 12, 0 },  { "f", "a.py", 10, 13, 0 }, { "g", "b.py", 0, 0, 0 },
    { "x;y\nz", NULL, 0, 0, 0 }, { "len", "~", 0, 0, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      guint32 slot = thaw_profile_builder_add_frame (builder, &specs[i]);
      g_assert_true (thaw_thread_builder_add_stack (thread, &slot, 1, 1, NULL));
    }
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  ThawExportOptions options = { 0 };
  test_assert_text (export_with (profile, "collapsed", &options),
                    "f (a.py:10) 2\ng (b.py) 1\nlen (~) 1\nx:y z 1\n");
  options.lines = TRUE;
  test_assert_text (export_with (profile, "collapsed", &options),
                    "f (a.py:12) 1\nf (a.py:13) 1\ng (b.py) 1\nlen (~) 1\nx:y z 1\n");
}

static void
test_collapsed_roots (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  test_feed (builder, add_thread (builder, 12, "app;1", 34, "Main"), "f 1");
  test_feed (builder, add_thread (builder, 13, "", 0x7f0011223344, ""), "f 2");
  test_feed (builder, add_thread (builder, -1, "w.prof", -1, "worker"), "f 4");
  test_feed (builder, add_thread (builder, -1, "w.prof", -1, "worker"), "f 8\nf;g 1");
  thaw_profile_builder_set_process_parent (builder, 1, 0);
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  ThawExportOptions options = { 0 };
  test_assert_text (export_with (profile, "collapsed", &options),
                    "process 12:\"app;1\";process 13:\"\";thread (0x7F0011223344);f 2\n"
                    "process 12:\"app;1\";thread (34): Main;f 1\n"
                    "w.prof;worker;f 12\nw.prof;worker;f;g 1\n");
  options.threads = (const guint32[]){ 2 };
  options.n_threads = 1;
  test_assert_text (export_with (profile, "collapsed", &options), "f 4\n");
}

#define HEAD(title)                                                                                \
  "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\","                           \
  "\"exporter\":\"thaw " THAW_VERSION "\",\"name\":\"" title                                       \
  "\",\"activeProfileIndex\":0,\"profiles\":["

static void
test_speedscope_samples (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadBuilder *ordered = add_thread (builder, 12, NULL, 34, "a \"b\"");
  thaw_profile_builder_set_unit (builder, THAW_UNIT_MILLISECONDS, THAW_MEANING_WALL);
  thaw_profile_builder_set_title (builder, "x\ty");
  thaw_thread_builder_set_ordered (ordered);
  thaw_thread_builder_set_start (ordered, 2);
  test_feed (builder, ordered, "f@3;g 1\nf@4 2\nf@3;g 1");
  test_feed (builder, add_thread (builder, -1, NULL, -1, "plain"), "h 0.5\nh;f@3 4\nh 0.5");
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  ThawExportOptions options = { 0 };
  test_assert_text (
      export_with (profile, "speedscope", &options),
      HEAD ("x\\u0009y") "\n"
                         "{\"type\":\"sampled\",\"name\":\"Process 12 Thread 34 \\\"a "
                         "\\\"b\\\"\\\"\",\"unit\":\"milliseconds\","
                         "\"startValue\":2,\"endValue\":6,\"samples\":[[0,1],[0],[0,1]],"
                         "\"weights\":[1,2,1]},\n"
                         "{\"type\":\"sampled\",\"name\":\"plain\",\"unit\":\"milliseconds\","
                         "\"startValue\":0,\"endValue\":5,\"samples\":[[2],[2,0]],\"weights\":[1,4]"
                         "}\n"
                         "],\"shared\":{\"frames\":[\n{\"name\":\"f\"},\n{\"name\":\"g\"},\n{"
                         "\"name\":\"h\"}\n]}}\n");
  options.lines = TRUE;
  options.threads = (const guint32[]){ 1 };
  options.n_threads = 1;
  test_assert_text (
      export_with (profile, "speedscope", &options),
      HEAD ("x\\u0009y") "\n"
                         "{\"type\":\"sampled\",\"name\":\"plain\",\"unit\":\"milliseconds\","
                         "\"startValue\":0,\"endValue\":5,\"samples\":[[0],[0,1]],\"weights\":[1,4]"
                         "}\n"
                         "],\"shared\":{\"frames\":[\n{\"name\":\"h\"},\n{\"name\":\"f\",\"line\":"
                         "3}\n]}}\n");
}

/* A trace goes out as the events that came in: calls in a row, calls of no length, gaps. */
static void
test_speedscope_events (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadBuilder *thread = add_thread (builder, -1, NULL, 7, "");
  guint32 f = test_frame (builder, "f"), g = test_frame (builder, "g#5");
  const struct
  {
    guint32 frame;
    gboolean enter;
    double at;
  } events[] = { { f, TRUE, 1 },  { g, TRUE, 1 },  { g, FALSE, 2 },  { g, TRUE, 2 },
                 { g, FALSE, 2 }, { f, FALSE, 3 }, { f, TRUE, 4.5 }, { f, FALSE, 5 } };
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    g_assert_true (events[i].enter
                       ? thaw_thread_builder_enter (thread, events[i].frame, events[i].at, NULL)
                       : thaw_thread_builder_leave (thread, events[i].frame, events[i].at, NULL));
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  ThawExportOptions options = { 0 };
#define EVENT(type, frame, at) "{\"type\":\"" type "\",\"frame\":" frame ",\"at\":" at "}"
  test_assert_text (
      export_with (profile, "speedscope", &options),
      HEAD (
          "") "\n"
              "{\"type\":\"evented\",\"name\":\"Thread "
              "7\",\"unit\":\"none\",\"startValue\":1,\"endValue\":5,"
              "\"events\":[" EVENT ("O", "0", "1") "," EVENT ("O", "1", "1") "," EVENT ("C", "1", "2") "," EVENT (
                  "O", "1",
                  "2") "," EVENT ("C", "1",
                                  "2") "," EVENT ("C", "0",
                                                  "3") "," EVENT ("O", "0",
                                                                  "4.5") "," EVENT ("C", "0",
                                                                                    "5") "]}\n"
                                                                                         "],"
                                                                                         "\"shared"
                                                                                         "\":{"
                                                                                         "\"frames"
                                                                                         "\":[\n{"
                                                                                         "\"name\":"
                                                                                         "\"f\"},"
                                                                                         "\n{"
                                                                                         "\"name\":"
                                                                                         "\"g\","
                                                                                         "\"line\":"
                                                                                         "5}\n]}}"
                                                                                         "\n");
}

/* A profile of edges with a name that needs quoting. */
static ThawProfile *
make_edges (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadBuilder *thread = add_thread (builder, -1, NULL, -1, "");
  ThawFrameSpec main = { "main", "a,b.py", 3, 0, 0 }, quoted = { "say \"hi\"", NULL, 0, 0, 0 };
  guint32 f = thaw_profile_builder_add_frame (builder, &main);
  guint32 g = thaw_profile_builder_add_frame (builder, &quoted);
  thaw_profile_builder_set_unit (builder, THAW_UNIT_SECONDS, THAW_MEANING_WALL);
  thaw_profile_builder_set_kind (builder, THAW_KIND_INSTRUMENTED);
  g_assert_true (thaw_thread_builder_add_function (thread, f, 1, 1, 0.25, 1, NULL));
  g_assert_true (thaw_thread_builder_add_function (thread, g, 3, 3, 0.75, 0.75, NULL));
  g_assert_true (thaw_thread_builder_add_edge (thread, f, g, 3, 3, 0.75, 0.75, NULL));
  return thaw_profile_builder_finish (builder, NULL);
}

static void
test_tables (void)
{
  g_autoptr (ThawProfile) edges = make_edges (), stacks = test_profile ("a;b 1");
  ThawExportOptions options = { 0 };
  test_assert_text (export_with (edges, "csv", &options),
                    "function,file,line,calls,self,total,exact\r\n"
                    "\"say \"\"hi\"\"\",,,3,0.75,0.75,true\r\n"
                    "main,\"a,b.py\",3,1,0.25,1,true\r\n");
  test_assert_text (
      export_with (edges, "json", &options),
      "{\"functions\": [\n"
      "  {\"name\": \"say \\\"hi\\\"\", \"file\": null, \"line\": 0, \"calls\": 3, \"self\": 0.75, "
      "\"total\": 0.75, \"exact\": true},\n"
      "  {\"name\": \"main\", \"file\": \"a,b.py\", \"line\": 3, \"calls\": 1, \"self\": 0.25, "
      "\"total\": 1, \"exact\": true}\n]}\n");
  test_assert_text (export_with (stacks, "csv", &options),
                    "function,file,line,calls,self,total,exact\r\n"
                    "b,,,,1,1,true\r\na,,,,0,1,true\r\n");
}

/* Reconstructed trees keep their total. */
static void
test_reconstructed (void)
{
  g_autoptr (ThawProfile) edges = make_edges ();
  ThawExportOptions options = { 0 };
  test_assert_text (export_with (edges, "collapsed", &options),
                    "main (a,b.py:3) 0.25\nmain (a,b.py:3);say \"hi\" 0.75\n");
}

/* Deep and wide at once: the order is right and nothing recurses. */
static void
test_large (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadBuilder *thread = add_thread (builder, -1, NULL, -1, "");
  guint32 depth = 20000;
  g_autofree guint32 *stack = g_new (guint32, depth);
  for (guint32 i = 0; i < depth; i++)
    stack[i] = test_frame (builder, i % 2 ? "a" : "b");
  g_assert_true (thaw_thread_builder_add_stack (thread, stack, depth, 1, NULL));
  for (guint32 i = 0; i < 3000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i * 7919 % 3000);
      guint32 slot = test_frame (builder, name);
      g_assert_true (thaw_thread_builder_add_stack (thread, &slot, 1, 1, NULL));
    }
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  ThawExportOptions options = { 0 };
  g_autofree char *text = export_with (profile, "collapsed", &options);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3002);
  for (guint i = 1; i < 3001; i++)
    g_assert_cmpint (strcmp (lines[i - 1], lines[i]), <, 0);
  g_autofree char *json = export_with (profile, "speedscope", &options);
  g_assert_true (g_str_has_suffix (json, "}\n]}}\n"));
}

/* A stream that takes no more after so many bytes. */
static void
test_write_error (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("a;b 1\nc 2");
  char small[8];
  const char *const ids[] = { "collapsed", "speedscope", "csv", "json" };
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GOutputStream) out = g_memory_output_stream_new (small, sizeof small, NULL, NULL);
      g_autoptr (GError) error = NULL;
      ThawExportOptions options = { 0 };
      g_assert_false (thaw_exporter_find (ids[i])->write (profile, &options, out, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/stacks/table", test_table);
  g_test_add_func ("/export/stacks/numbers", test_numbers);
  g_test_add_func ("/export/stacks/collapsed-order", test_collapsed_order);
  g_test_add_func ("/export/stacks/collapsed-frames", test_collapsed_frames);
  g_test_add_func ("/export/stacks/collapsed-roots", test_collapsed_roots);
  g_test_add_func ("/export/stacks/speedscope-samples", test_speedscope_samples);
  g_test_add_func ("/export/stacks/speedscope-events", test_speedscope_events);
  g_test_add_func ("/export/stacks/tables", test_tables);
  g_test_add_func ("/export/stacks/reconstructed", test_reconstructed);
  g_test_add_func ("/export/stacks/large", test_large);
  g_test_add_func ("/export/stacks/write-error", test_write_error);
  return g_test_run ();
}
