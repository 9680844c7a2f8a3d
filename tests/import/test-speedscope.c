/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The speedscope importer: fields in any order, what threads and lines mean, repairs and refusals
 * with their places, and hostile input.
 */
#include "import-check.h"

#include <math.h>
#include <string.h>

#define SCHEMA "\"$schema\":\"https://www.speedscope.app/file-format-schema.json\""
#define FRAMES                                                                                     \
  "\"shared\":{\"frames\":[{\"name\":\"a\",\"file\":\"x.py\",\"line\":3},{\"name\":\"b\"},"        \
  "{\"name\":\"c\",\"file\":\"x.py\",\"line\":7,\"col\":null},{\"name\":\"a\",\"file\":\"x.py\","  \
  "\"line\":5}]}"

/* One of each kind, with something of everything. */
static const char both_kinds[] =
    "{" SCHEMA ",\"profiles\":[{\"type\":\"sampled\",\"name\":\"Thread 12 \\\"MainThread\\\"\","
    "\"unit\":\"seconds\",\"startValue\":0.0,\"endValue\":9,\"samples\":[[0,1,2],[0,1,2],[0,1],"
    "[],[3, 1 , 2 ]],\"weights\":[0.01,0.01,0.5,1e-1,2]},{\"type\":\"evented\",\"name\":\"e\","
    "\"unit\":\"milliseconds\",\"startValue\":5,\"endValue\":9,\"events\":[{\"type\":\"O\","
    "\"frame\":1,\"at\":5},{\"at\":6,\"frame\":2,\"type\":\"O\"},{\"type\":\"C\",\"frame\":2,"
    "\"at\":8.5},{\"type\":\"C\",\"frame\":1,\"at\":9}]}]," FRAMES
    ",\"activeProfileIndex\":0,\"exporter\":\"py-spy@0.4.1\",\"name\":\"py-spy \\u00e9\"}";

/* The whole of a small sampled profile with members of the profile and the document in any order. */
static Content
arrange (GString *text, const char *const *document, const char *const *profile)
{
  g_string_assign (text, "{" SCHEMA);
  for (; *document != NULL; document++)
    {
      if (strcmp (*document, "profiles") != 0)
        {
          g_string_append_printf (text, ",%s", *document);
          continue;
        }
      g_string_append (text, ",\"profiles\":[{\"type\":\"sampled\"");
      for (const char *const *member = profile; *member != NULL; member++)
        g_string_append_printf (text, ",%s", *member);
      g_string_append (text, "}]");
    }
  g_string_append (text, "}");
  return (Content){ "x.json", text->str, text->len };
}

static void
test_any_order (void)
{
  static const char *const documents[][4] = {
    { FRAMES, "\"exporter\":\"py-spy@1\"", "profiles", NULL },
    { "profiles", FRAMES, "\"exporter\":\"py-spy@1\"", NULL },
    { "\"exporter\":\"py-spy@1\"", "profiles", FRAMES, NULL },
  };
  const char *name = "\"name\":\"Thread 7 \\\"MainThread\\\"\"", *unit = "\"unit\":\"seconds\"";
  const char *samples = "\"samples\":[[0,1],[0,1,2],[0,1,2],[3],[0,1]]";
  const char *weights = "\"weights\":[1,2,3,4,5]", *end = "\"endValue\":1,\"x\":[{\"y\":[]}]";
  const char *const profiles[][6] = {
    { name, unit, samples, weights, end, NULL }, { end, weights, samples, unit, name, NULL },
    { name, end, weights, unit, samples, NULL }, { samples, weights, name, unit, end, NULL },
    { name, samples, end, unit, weights, NULL },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (profiles); j++)
      {
        g_autoptr (ThawProfile) profile = check_open (arrange (text, documents[i], profiles[j]));
        test_assert_text (test_dump (profile, 0), "a@3;b 6\na@3;b;c@7 5\na@5 4\n");
        test_assert_text (test_dump_sequence (profile, 0),
                          "a@3;b 1\na@3;b;c@7 2\na@3;b;c@7 3\na@5 4\na@3;b 5\n");
        g_assert_cmpstr (thaw_profile_get_tool (profile), ==, "py-spy 1");
        g_assert_cmpstr (thaw_profile_get_title (profile), ==, "x.json");
        g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 15);
        g_assert_cmpint (thaw_profile_get_meaning (profile), ==, THAW_MEANING_CPU);
      }
}

static void
test_both_kinds (void)
{
  g_autoptr (ThawProfile) profile = check_open (CONTENT ("x.json", both_kinds));
  test_assert_text (check_dump (profile), "speedscope sampled seconds cpu\n"
                                          "= -1 “” 12 “MainThread” main\n"
                                          " 0.1\na@3;b 0.5\na@3;b;c@7 0.02\na@5;b;c@7 2\n"
                                          "= -1 “” -1 “e” \n"
                                          "b 0.0015 x1\nb;c@7 0.0025 x1\n");
  g_assert_true (isnan (thaw_profile_get_thread (profile, 0)->start));
  g_assert_cmpfloat_with_epsilon (thaw_profile_get_thread (profile, 1)->start, 0.005, 1e-15);
  check_chunks (CONTENT ("x.json", both_kinds), sizeof both_kinds);
}

/* Samplers tell the line that runs, tracers and Thaw the line where a function begins. */
static void
test_lines (void)
{
#define SAMPLED                                                                                    \
  "\"profiles\":[{\"type\":\"sampled\",\"name\":\"t\",\"unit\":\"none\",\"samples\":[[0],[3]],"    \
  "\"weights\":[1,2]}]"
  g_autoptr (ThawProfile)
      sampled = check_open (CONTENT ("x", "{" SCHEMA "," FRAMES "," SAMPLED "}"));
  test_assert_text (test_dump (sampled, 0), "a@3 1\na@5 2\n");
  /* Four frames, but only a in line 3 and in line 5 are one function. */
  g_assert_cmpuint (thaw_profile_get_n_functions (sampled), ==, 3);

  g_autoptr (ThawProfile) own = check_open (
      CONTENT ("x", "{" SCHEMA "," FRAMES "," SAMPLED ",\"exporter\":\"thaw 0.1.0\"}"));
  test_assert_text (test_dump (own, 0), "a#3 1\na#5 2\n");

  g_autoptr (ThawProfile) traced = check_open (CONTENT (
      "x", "{" SCHEMA "," FRAMES ",\"profiles\":[{\"type\":\"evented\",\"name\":\"t\",\"unit\":"
           "\"none\",\"events\":[{\"type\":\"O\",\"frame\":3,\"at\":0},{\"type\":\"C\",\"frame\":3,"
           "\"at\":2}]}]}"));
  test_assert_text (test_dump (traced, 0), "a#5 2 x1\n");
  g_assert_cmpint (thaw_profile_get_kind (traced), ==, THAW_KIND_TRACED);
}

/* What is known of the tools. */
static void
test_tools (void)
{
#define BY(exporter, profile)                                                                      \
  CONTENT ("x", "{" SCHEMA "," FRAMES ",\"profiles\":[" profile "],\"exporter\":\"" exporter "\""  \
                "}")
#define AN_EVENT                                                                                   \
  "{\"type\":\"evented\",\"name\":\"t\",\"unit\":\"seconds\",\"events\":[{\"type\":\"O\","         \
  "\"frame\":3,\"at\":0},{\"type\":\"C\",\"frame\":3,\"at\":2}]}"
  g_autoptr (ThawProfile) pyinstrument = check_open (BY ("pyinstrument", AN_EVENT));
  test_assert_text (check_dump (pyinstrument), "speedscope sampled seconds wall\n"
                                               "= -1 “” -1 “t” \na#5 2 x1\n");
  g_autoptr (ThawProfile) py_spy = check_open (
      BY ("py-spy@0.4.3", "{\"type\":\"sampled\",\"unit\":\"seconds\",\"samples\":[[0],[1]],"
                          "\"weights\":[1,1]}"));
  g_assert_cmpstr (thaw_profile_get_tool (py_spy), ==, "py-spy 0.4.3");
  g_assert_cmpint (thaw_profile_get_function (py_spy, 0)->kind, ==, THAW_FUNCTION_PYTHON);
}

/* A document with profiles of these names and a sample each. */
static void
test_threads (void)
{
#define NAMED(name)                                                                                \
  "{\"type\":\"sampled\",\"name\":\"" name "\",\"unit\":\"seconds\",\"samples\":[[1]],"            \
  "\"weights\":[1]}"
  g_autoptr (ThawProfile) profile = check_open (CONTENT (
      "x",
      "{" SCHEMA "," FRAMES
      ",\"profiles\":[" NAMED ("Process 10 Thread 0xFF \\\"MainThread\\\"") "," NAMED (
          "Process 11 "
          "Thread 255 "
          "\\\"\\\"") "," NAMED ("Process 10 Thread 6 \\\"Dummy-1\\\"") "," NAMED ("Thread 6 "
                                                                                   "\\\"x\\\"") "," NAMED ("same") "," NAMED ("same") "]}"));
  test_assert_text (check_dump (profile), "speedscope sampled seconds unknown\n"
                                          "= 10 “” 255 “MainThread” main\nb 1\n"
                                          "= 11 “” 255 “” \nb 1\n"
                                          "= 10 “” 6 “Dummy-1” foreign\nb 1\n"
                                          "= -1 “” 6 “x” \nb 1\n"
                                          "= -1 “” -1 “same” \nb 1\n"
                                          "= -1 “” -1 “same” \nb 1\n");
  g_assert_cmpuint (thaw_profile_get_n_processes (profile), ==, 3);
}

/* py-spy puts processes and the thread at the root of its stacks: they are no frames. */
static void
test_root_labels (void)
{
#define PYSPY(exporter)                                                                            \
  CONTENT ("x",                                                                                    \
           "{" SCHEMA                                                                              \
           ",\"profiles\":[{\"type\":\"sampled\",\"name\":\"Process 11 Thread 7 \\\"w\\\"\","      \
           "\"unit\":\"seconds\",\"samples\":[[0,1,2],[0,1,2,3],[0,1]],\"weights\":[1,2,4]}],"     \
           "\"shared\":{\"frames\":[{\"name\":\"process 10:\\\"python a.py\\\"\"},"                \
           "{\"name\":\"process 11:\\\"python \\\"b c\\\".py\\\"\"},{\"name\":\"thread (7): w\"}," \
           "{\"name\":\"run\",\"file\":\"b.py\",\"line\":3}]},\"exporter\":\"" exporter "\"}")
  g_autoptr (ThawProfile) profile = check_open (PYSPY ("py-spy@0.4.1"));
  test_assert_text (check_dump (profile), "speedscope sampled seconds cpu\n"
                                          "= 11 “python \"b c\".py” 7 “w” \n 5\nrun@3 2\n");
  /* A name that comes later. */
  g_autoptr (ThawProfile) late = check_open (CONTENT (
      "x",
      "{" SCHEMA ",\"profiles\":[{\"type\":\"sampled\",\"name\":\"Process 10 Thread 7 \\\"\\\"\","
      "\"unit\":\"seconds\",\"samples\":[[0,2],[1,2]],\"weights\":[1,2]}],\"shared\":{\"frames\":["
      "{\"name\":\"thread (7)\"},{\"name\":\"thread (7): MainThread\"},{\"name\":\"run\"}]},"
      "\"exporter\":\"py-spy@0.4.3\"}"));
  test_assert_text (check_dump (late), "speedscope sampled seconds cpu\n"
                                       "= 10 “” 7 “MainThread” main\nrun 3\n");
  /* Nobody else means them so. */
  g_autoptr (ThawProfile) other = check_open (PYSPY ("other"));
  g_assert_cmpuint (thaw_profile_get_n_functions (other), ==, 4);
}

/* A document with one evented profile. */
#define EVENTED(events)                                                                            \
  CONTENT ("x.json",                                                                               \
           "{" SCHEMA "," FRAMES ",\"profiles\":[{\"type\":\"evented\",\"name\":\"p\","            \
           "\"unit\":\"none\",\"startValue\":0,\"endValue\":100,\"events\":[" events "]}]}")
#define E(type, frame, at) "{\"type\":\"" type "\",\"frame\":" #frame ",\"at\":" #at "}"

static void
assert_repaired (Content content, const char *warning, const char *tree)
{
  g_autoptr (ThawProfile) profile = check_open (content);
  const char *const *warnings = thaw_profile_get_warnings (profile);
  g_assert_cmpuint (g_strv_length ((char **) warnings), ==, 1);
  g_assert_cmpstr (warnings[0], ==, warning);
  test_assert_text (test_dump (profile, 0), tree);
}

static void
test_repairs (void)
{
  assert_repaired (EVENTED (E ("O", 0, 0) "," E ("O", 1, 10)),
                   "2 frames of “p” were still open at the end", "a#3 10 x1\na#3;b 90 x1\n");
  assert_repaired (EVENTED (E ("O", 0, 0) "," E ("O", 1, 10) "," E ("C", 0, 30)),
                   "1 frame of “p” was closed by the end of its caller",
                   "a#3 10 x1\na#3;b 20 x1\n");
  assert_repaired (EVENTED (E ("C", 1, 0) "," E ("O", 0, 0) "," E ("C", 2, 5) "," E ("C", 0, 6)),
                   "2 events of “p” close frames that are not open", "a#3 6 x1\n");
  assert_repaired (EVENTED (E ("O", 0, 10) "," E ("O", 1, 5) "," E ("C", 1, 20) "," E ("C", 0, 30)),
                   "1 event of “p” goes back in time and was moved", "a#3 10 x1\na#3;b 10 x1\n");
}

static void
test_weights (void)
{
#define WEIGHED(rest)                                                                              \
  CONTENT ("x.json", "{" SCHEMA "," FRAMES ",\"profiles\":[{\"type\":\"sampled\",\"name\":\"p\","  \
                     "\"unit\":\"none\",\"samples\":[[1],[1],[2]]" rest "}]}")
  assert_repaired (WEIGHED (""), "The profile “p” has no weights; each sample counts 1",
                   "b 2\nc@7 1\n");
  assert_repaired (WEIGHED (",\"weights\":[-1,2,-3]"),
                   "2 negative weights of the profile “p” count as 0", "b 2\n");
  check_refused (WEIGHED (",\"weights\":[1,2]"), THAW_ERROR_CORRUPT, "3 samples, but 2 weights");
  check_refused (WEIGHED (",\"weights\":[1,2,3,4]"), THAW_ERROR_CORRUPT, "(at byte 314)");
  check_refused (WEIGHED (",\"weights\":[1,2,NaN]"), THAW_ERROR_CORRUPT, "a number");
  check_refused (WEIGHED (",\"weights\":[1,2,1e300]"), THAW_ERROR_CORRUPT, "larger than");
  check_refused (WEIGHED (",\"weights\":[1,2,\"3\"]"), THAW_ERROR_CORRUPT, "a number");
  check_refused (WEIGHED (",\"samples\":[]"), THAW_ERROR_CORRUPT, "twice");
  check_refused (WEIGHED (",\"events\":[]"), THAW_ERROR_CORRUPT, "both");
}

/* These stacks are refused at byte @at of them. */
static void
assert_stacks_refused (const char *stacks, const char *what, guint at)
{
  static const char before[] = "{" SCHEMA ",\"profiles\":[{\"type\":\"sampled\",\"samples\":[";
  g_autofree char *text = g_strdup_printf ("%s%s]}]," FRAMES "}", before, stacks);
  g_autofree char *place = g_strdup_printf ("%s (at byte %u)", what,
                                            (guint) sizeof before - 1 + at);
  check_refused ((Content){ "x.json", text, strlen (text) }, THAW_ERROR_CORRUPT, place);
}

static void
test_refusals (void)
{
  assert_stacks_refused ("[0,1],[4]", "Frame 4 is used, but the file lists only 4 frames", 7);
  assert_stacks_refused ("[99999999]", "99999999 is larger than any file has frames", 1);
  assert_stacks_refused ("[18446744073709551616]", "Expected the number of a frame", 1);
  assert_stacks_refused ("[0,]", "Expected the number of a frame", 3);
  assert_stacks_refused ("[0 1]", "Expected a comma or “]”", 3);
  assert_stacks_refused ("[-1]", "Expected the number of a frame", 1);
  assert_stacks_refused ("[0.5]", "Expected a comma or “]”", 2);
  assert_stacks_refused ("[[0]]", "Expected the number of a frame", 1);
  assert_stacks_refused ("[0],1", "Expected a stack", 4);
  assert_stacks_refused ("[0],", "Expected a value", 4);
  check_refused (EVENTED (E ("X", 0, 0)), THAW_ERROR_CORRUPT, "An event");
  check_refused (EVENTED (E ("O", 0.5, 0)), THAW_ERROR_CORRUPT, "An event");
  check_refused (EVENTED ("{\"type\":\"O\",\"frame\":1}"), THAW_ERROR_CORRUPT, "An event");
  check_refused (EVENTED (E ("O", 7, 0) "," E ("C", 7, 1)), THAW_ERROR_CORRUPT, "Frame 7");
  check_refused (CONTENT ("x", "{" SCHEMA ",\"profiles\":[]," FRAMES "}"), THAW_ERROR_EMPTY,
                 "no profile");
  check_refused (CONTENT ("x", "{" SCHEMA "," FRAMES "," FRAMES "}"), THAW_ERROR_CORRUPT, "twice");
  check_refused (CONTENT ("x", "{" SCHEMA "," FRAMES ",\"profiles\":[" NAMED (
                                   "a") ",{\"type\":"
                                        "\"sampled\",\"samples\":[],\"unit\":\"bytes\"}]}"),
                 THAW_ERROR_MISMATCH, "seconds and another bytes");
  check_refused (CONTENT ("x", "{" SCHEMA ",\"profiles\":[{\"samples\":[[0,1"),
                 THAW_ERROR_TRUNCATED, "The file ends");
}

static void
test_left_out (void)
{
  assert_repaired (
      CONTENT ("x", "{" SCHEMA "," FRAMES ",\"profiles\":[" NAMED (
                        "a") ",{\"name\":"
                             "\"m\",\"unit\":\"bytes\",\"samples\":[[9]],\"weights\":[1]}]}"),
      "The profile “m” counts bytes, not seconds, and was left out", "b 1\n");
}

static void
test_names (void)
{
  g_autoptr (ThawProfile) profile = check_open (CONTENT (
      "x", "\xef\xbb\xbf \n{" SCHEMA ",\"shared\":{\"frames\":[{},{\"name\":null,\"file\":null,"
           "\"line\":null},{\"name\":\"\\u00e9\\\"\",\"line\":-4},{\"name\":\"n\",\"line\":1e15}]},"
           "\"profiles\":[{\"type\":\"sampled\",\"name\":null,\"unit\":null,\"samples\":[[0],[1],"
           "[2],[3]],\"weights\":[1,1,1,1]}]} trailing"));
  test_assert_text (check_dump (profile), "speedscope sampled none unknown\n"
                                          "! Something follows the end of the JSON document\n"
                                          "= -1 “” -1 “” \n(anonymous) 2\né\" 1\nn 1\n");
}

/* Stacks that share beginnings in every way: the result is that of reading each by itself. */
static void
test_prefixes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (GString) json = g_string_new ("{" SCHEMA ",\"shared\":{\"frames\":[");
  for (guint i = 0; i < 1200; i++)
    g_string_append_printf (json, "%s{\"name\":\"f%u\"}", i > 0 ? "," : "", i);
  g_string_append (json, "]},\"profiles\":[{\"type\":\"sampled\",\"name\":\"p\",\"samples\":[");

  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  guint32 process = thaw_profile_builder_add_process (builder, -1, NULL);
  ThawThreadSpec spec = { .id = -1, .name = "p" };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, NULL);
  guint32 stack[40], depth = 0;
  for (guint i = 0; i < 1200; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i);
      ThawFrameSpec frame = { .name = name };
      thaw_profile_builder_define_frame (builder, i, &frame, NULL);
    }
  for (guint n = 0; n < 3000; n++)
    {
      guint32 keep = (guint32) g_rand_int_range (random, 0, (gint32) depth + 1);
      depth = (guint32) g_rand_int_range (random, (gint32) keep, 40);
      for (guint32 i = keep; i < depth; i++)
        stack[i] = (guint32) g_rand_int_range (random, 0, i % 3 == 0 ? 1200 : 12);
      g_string_append (json, n > 0 ? (n % 50 == 0 ? " ,\n[" : ",[") : "[");
      for (guint32 i = 0; i < depth; i++)
        g_string_append_printf (json, "%s%u", i > 0 ? (n % 70 == 0 ? ", " : ",") : "", stack[i]);
      g_string_append_c (json, ']');
      g_assert_true (thaw_thread_builder_add_stack (thread, stack, depth, 1, NULL));
    }
  g_string_append (json, "]}]}");

  GError *error = NULL;
  g_autoptr (ThawProfile) expected = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  g_autofree char *expected_tree = test_dump (expected, 0);
  Content content = { "x.json", json->str, json->len };
  for (gsize chunk = 0; chunk < 2000; chunk = chunk * 3 + 97)
    {
      g_autoptr (ThawProfile) profile = check_open_chunked (content, chunk);
      g_autofree char *tree = test_dump (profile, 0);
      g_assert_cmpstr (tree, ==, expected_tree);
      g_assert_cmpuint (thaw_profile_get_sequence (profile, 0)->n, ==, 3000);
    }
}

static void
test_deep (void)
{
  g_autoptr (GString) json = g_string_new ("{" SCHEMA "," FRAMES ",\"profiles\":[{\"samples\":[[0");
  for (guint i = 0; i < 300000; i++)
    g_string_append (json, ",1");
  g_string_append (json, "],[0]]}]}");
  g_autoptr (ThawProfile) profile = check_open ((Content){ "x", json->str, json->len });
  g_assert_cmpuint (thaw_tree_max_depth (thaw_profile_get_location_tree (profile, 0)), ==, 300001);

  g_string_assign (json, "{" SCHEMA "," FRAMES ",\"profiles\":[{\"samples\":[[0");
  for (guint i = 0; i < THAW_LIMIT_DEPTH; i++)
    g_string_append (json, ",1");
  g_string_append (json, "]]}]}");
  check_refused ((Content){ "x", json->str, json->len }, THAW_ERROR_LIMIT, "deeper than");

  g_string_assign (json, "{" SCHEMA ",\"x\":");
  for (guint i = 0; i < 1000000; i++)
    g_string_append (json, "{\"a\":");
  check_refused ((Content){ "x", json->str, json->len }, THAW_ERROR_LIMIT, "nested");
}

static void
test_hostile (void)
{
  check_truncations (CONTENT ("x.json", both_kinds));
  check_mutations (CONTENT ("x.json", both_kinds), 4000);
}

static void
test_corpus_hostile (void)
{
  g_autoptr (GBytes) bytes = check_corpus ("speedscope/jlfwong-speedscope__two-sampled."
                                           "speedscope.json");
  if (bytes == NULL)
    return;
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);
  check_truncations ((Content){ "x.json", data, len });
  check_chunks ((Content){ "x.json", data, len }, 100);
  check_mutations ((Content){ "x.json", data, len }, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/speedscope/any-order", test_any_order);
  g_test_add_func ("/speedscope/both-kinds", test_both_kinds);
  g_test_add_func ("/speedscope/lines", test_lines);
  g_test_add_func ("/speedscope/tools", test_tools);
  g_test_add_func ("/speedscope/threads", test_threads);
  g_test_add_func ("/speedscope/root-labels", test_root_labels);
  g_test_add_func ("/speedscope/repairs", test_repairs);
  g_test_add_func ("/speedscope/weights", test_weights);
  g_test_add_func ("/speedscope/refusals", test_refusals);
  g_test_add_func ("/speedscope/left-out", test_left_out);
  g_test_add_func ("/speedscope/names", test_names);
  g_test_add_func ("/speedscope/prefixes", test_prefixes);
  g_test_add_func ("/speedscope/deep", test_deep);
  g_test_add_func ("/speedscope/hostile", test_hostile);
  g_test_add_func ("/speedscope/corpus-hostile", test_corpus_hostile);
  return g_test_run ();
}
