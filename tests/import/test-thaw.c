/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The importer of Thaw's own captures: fields in any order, names and roles, states of one process,
 * trees with calls, refusals with their places, and hostile input.
 */
#include "import-check.h"

#include <math.h>
#include <string.h>

#define HEAD                                                                                       \
  "{\"format\":\"thaw-capture\",\"version\":1,\"writer\":\"recorder 1.0\",\"processes\":["
#define TAIL "]}"
#define FILES "\"files\":[\"x.py\",\"~\"]"
#define FUNCTIONS                                                                                  \
  "\"functions\":{\"name\":[\"f\",\"<built-in method time.sleep>\",\"run\"],"                      \
  "\"qualname\":[\"A.f\",\"<built-in method time.sleep>\",\"\"],\"file\":[0,1,-1],"                \
  "\"line\":[3,0,7]}"
#define ROWS                                                                                       \
  "\"rows\":{\"function\":[0,1],\"calls\":[5,2],\"recursive\":[1,0],"                              \
  "\"total_ns\":[3000000000,1000000000],\"self_ns\":[2000000000,1000000000]}"
#define EDGES                                                                                      \
  "\"edges\":{\"caller\":[0,0],\"callee\":[0,1],\"calls\":[1,2],\"recursive\":[1,0],"              \
  "\"total_ns\":[500000000,1000000000],\"self_ns\":[250000000,1000000000]}"
#define THREAD(extra, data) "{\"native_id\":12,\"name\":\"MainThread\"," extra data "}"
#define PROCESS(extra, threads)                                                                    \
  "{\"id\":\"h:1:1\",\"pid\":1,\"name\":\"app.py\"," extra FILES "," FUNCTIONS                     \
  ",\"threads\":[" threads "]}"

static const char dump_of_rows[] =
    "A.f 5/4 2 3\n<built-in method time.sleep> 2/2 1 1\nA.f>A.f 1/0 0.25 0.5\n"
    "A.f><built-in method time.sleep> 2/2 1 1\n";

/* Everything at once: two processes, the child first, and its parent as a checkpoint and as final;
 * rows, a tree, fields that nobody knows. */
static const char everything[] = HEAD
    "{\"id\":\"h:2:2\",\"parent\":\"h:1:1\",\"host\":\"h\",\"pid\":2,\"name\":\"worker\","
    "\"backend\":\"native\",\"clock\":{\"unix_ns\":2000,\"monotonic_ns\":7000000000,"
    "\"end_ns\":5,\"x\":[1]},\"final\":false,\"notes\":[\"half \\u00e9\"]," FILES "," FUNCTIONS
    ",\"threads\":[{\"native_id\":2,\"role\":\"main\",\"start_ns\":500000000,"
    "\"tree\":{\"parent\":[-1,0,0,-1],\"function\":[0,1,-1,1],\"calls\":[1,2,3,4],"
    "\"total_ns\":[9,4,1,8],\"self_ns\":[4000000000,3000000000,1000000000,8000000000]},"
    "\"stalls\":{\"start_ns\":[1]}}]},"
    "{\"id\":\"h:1:1\",\"parent\":null,\"pid\":1,\"name\":\"app.py\",\"backend\":\"cprofile\","
    "\"clock\":{\"unix_ns\":1000,\"monotonic_ns\":6000000000,\"end_ns\":4},\"final\":true,"
    "\"new\":{\"deep\":[[]]}," FILES "," FUNCTIONS ",\"threads\":[" //
    THREAD (
        "\"role\":\"gui\",",
        ROWS
        "," EDGES) ",{\"native_id\":13,\"name\":\"\",\"class\":"
                   "\"QThread\",\"role\":\"qthread\",\"qt_name\":\"decoder\",\"daemon\":false," ROWS
                   "," EDGES "}]},"
                   "{\"id\":\"h:1:1\",\"pid\":1,\"clock\":{\"end_ns\":9},\"final\":false," FILES
                   "," FUNCTIONS ",\"threads\":[]}" TAIL;

static Content
content (const char *text)
{
  return (Content){ "x.thaw", text, strlen (text) };
}

static void
test_everything (void)
{
  g_autoptr (ThawProfile) profile = check_open (content (everything));

  test_assert_text (
      check_dump (profile),
      "thaw instrumented seconds wall\n"
      "! worker (2): half é\n"
      "! worker (2) was still running when it was last written: what it did later, and calls that "
      "were open then, are missing.\n"
      "= 1 “app.py” 12 “MainThread” gui\n"
      "A.f 5/4 2 3\n<built-in method time.sleep> 2/2 1 1\nA.f>A.f 1/0 0.25 0.5\n"
      "A.f><built-in method time.sleep> 2/2 1 1\n"
      "= 1 “app.py” 13 “decoder” qthread\n"
      "A.f 5/4 2 3\n<built-in method time.sleep> 2/2 1 1\nA.f>A.f 1/0 0.25 0.5\n"
      "A.f><built-in method time.sleep> 2/2 1 1\n"
      "= 2 “worker” 2 “” main\n"
      "A.f#3 4 x1\nA.f#3;<built-in method time.sleep> 3 x2\nA.f#3;(remainder) 1 x3\n"
      "<built-in method time.sleep> 8 x4\n");
  g_assert_cmpstr (thaw_profile_get_tool (profile), ==, "recorder 1.0");
  g_assert_cmpuint (thaw_profile_get_n_processes (profile), ==, 2);
  g_assert_cmpuint (thaw_profile_get_process (profile, 0)->parent, ==, THAW_PROCESS_NONE);
  g_assert_cmpuint (thaw_profile_get_process (profile, 1)->parent, ==, 0);
  g_assert_cmpfloat (thaw_profile_get_thread (profile, 2)->start, ==, 7.5);
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 22);
  g_assert_true (thaw_profile_has_calls (profile));
}

static void
test_any_order (void)
{
  static const char *const members[] = { "\"id\":\"h:1:1\"",
                                         "\"pid\":1",
                                         "\"name\":\"app.py\"",
                                         FILES,
                                         FUNCTIONS,
                                         "\"threads\":[" THREAD ("", EDGES "," ROWS) "]" };
  for (guint first = 0; first < G_N_ELEMENTS (members); first++)
    for (int step = 1; step <= 5; step += 4) /* onwards and backwards */
      {
        g_autoptr (GString) text = g_string_new (HEAD);
        for (guint i = 0; i < G_N_ELEMENTS (members); i++)
          g_string_append_printf (text, "%s%s", i > 0 ? "," : "{",
                                  members[(first + i * (guint) step) % G_N_ELEMENTS (members)]);
        g_string_append (text, "}" TAIL);
        g_autoptr (ThawProfile) profile = check_open (content (text->str));
        test_assert_text (test_dump_edges (profile, 0), dump_of_rows);
        g_assert_cmpstr (thaw_profile_get_process (profile, 0)->name, ==, "app.py");
      }
}

static void
test_functions (void)
{
  g_autoptr (ThawProfile) profile = check_open (content (
      HEAD PROCESS ("", THREAD ("", "\"tree\":{\"parent\":[-1,0,1],\"function\":[0,1,2],\"calls\":"
                                    "[1,1,1],\"total_ns\":[3,2,1],\"self_ns\":[1,1,1]}")) TAIL));
  const ThawFunction *f = thaw_profile_get_function (profile, 0);
  const ThawFunction *sleeps = thaw_profile_get_function (profile, 1);
  const ThawFunction *run = thaw_profile_get_function (profile, 2);

  g_assert_cmpstr (f->name, ==, "A.f");
  g_assert_cmpstr (f->file, ==, "x.py");
  g_assert_cmpuint (f->line, ==, 3);
  g_assert_cmpint (f->kind, ==, THAW_FUNCTION_PYTHON);
  g_assert_null (sleeps->file);
  g_assert_cmpint (sleeps->kind, ==, THAW_FUNCTION_BUILTIN);
  g_assert_cmpstr (run->name, ==, "run");
  g_assert_null (run->file);
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 3 * 1e-9);
}

/* Threads whose numbers were given out again stay apart; what Python invents is no name. */
static void
test_threads (void)
{
  g_autoptr (ThawProfile) profile = check_open (content (HEAD PROCESS (
      "", THREAD ("", ROWS) "," THREAD (
              "", ROWS) ",{\"native_id\":3,\"name\":"
                        "\"Dummy-4\",\"class\":\"_DummyThread\",\"qt_name\":\"saver\"}") TAIL));
  g_assert_cmpuint (thaw_profile_get_n_threads (profile), ==, 3);
  g_assert_cmpfloat (thaw_profile_get_thread (profile, 0)->total, ==, 3);
  g_assert_cmpfloat (thaw_profile_get_thread (profile, 1)->total, ==, 3);
  g_assert_cmpstr (thaw_profile_get_thread (profile, 2)->name, ==, "saver");
  g_assert_cmpfloat (thaw_profile_get_thread (profile, 2)->total, ==, 0);
}

/* Of the states of a process the final one counts, or else the last, wherever it stands. */
static void
test_states (void)
{
  static const char *const states[] = {
    "{\"id\":\"a\",\"pid\":1,\"name\":\"early\",\"clock\":{\"end_ns\":5},\"final\":false}",
    "{\"id\":\"a\",\"pid\":1,\"name\":\"late\",\"clock\":{\"end_ns\":9},\"final\":false}",
    "{\"id\":\"a\",\"pid\":1,\"name\":\"final\",\"clock\":{\"end_ns\":7},\"final\":true}",
  };
  /* A process without threads needs another that has one. */
  const char *other = "{\"id\":\"b\",\"pid\":2,\"threads\":[{}]}";
  for (guint a = 0; a < 3; a++)
    for (guint b = 0; b < 3; b++)
      {
        g_autofree char *text = g_strdup_printf (HEAD "%s,%s,%s" TAIL, states[a], other, states[b]);
        g_autoptr (ThawProfile) profile = check_open (content (text));
        static const char *const names[] = { "early", "late", "final" };
        g_assert_cmpuint (thaw_profile_get_n_processes (profile), ==, 2);
        g_assert_cmpstr (thaw_profile_get_process (profile, 0)->name, ==, names[MAX (a, b)]);
      }
}

/* The same over several files: states of one process never add up, and other processes stay. */
static void
test_merged_states (void)
{
#define STATE(end, final, ns)                                                                      \
  HEAD PROCESS ("\"clock\":{\"end_ns\":" end "},\"final\":" final ",",                             \
                THREAD ("", "\"rows\":{\"function\":[0],\"calls\":[1],\"recursive\":[0],"          \
                            "\"total_ns\":[" ns "],\"self_ns\":[" ns "]}")) TAIL
  static const char *const files[] = { STATE ("5", "false", "1000000000"),
                                       STATE ("9", "false", "2000000000"),
                                       STATE ("7", "true", "3000000000") };
  g_autofree char *other = g_strdup (files[0]);
  memcpy (strstr (other, "h:1:1"), "h:4:4", 5);
  memcpy (strstr (other, "\"pid\":1"), "\"pid\":4", 7);
  g_autoptr (ThawProfile) fourth = check_open (content (other));

  for (guint a = 0; a < 3; a++)
    for (guint b = 0; b < 3; b++)
      {
        g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
        g_autoptr (ThawProfile) first = check_open (content (files[a]));
        g_autoptr (ThawProfile) second = check_open (content (files[b]));
        GError *error = NULL;
        thaw_profile_builder_add_profile (builder, first, &error);
        thaw_profile_builder_add_profile (builder, fourth, &error);
        thaw_profile_builder_add_profile (builder, second, &error);
        g_autoptr (ThawProfile) sum = thaw_profile_builder_finish (builder, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (thaw_profile_get_n_threads (sum), ==, 2);
        g_assert_cmpfloat (thaw_profile_get_thread (sum, 0)->total, ==, 1 + MAX (a, b));
        g_assert_cmpfloat (thaw_profile_get_thread (sum, 1)->total, ==, 1);
        g_assert_cmpuint (thaw_profile_get_edges (sum, 0)->functions[0].calls, ==, 1);

        /* A merged profile still knows whose it is. */
        g_autoptr (ThawProfileBuilder) again = thaw_profile_builder_new ();
        thaw_profile_builder_add_profile (again, sum, &error);
        thaw_profile_builder_add_profile (again, first, &error);
        g_autoptr (ThawProfile) same = thaw_profile_builder_finish (again, &error);
        g_assert_no_error (error);
        g_assert_cmpfloat (thaw_profile_get_total (same), ==, thaw_profile_get_total (sum));
      }
}

static void
test_repairs (void)
{
  g_autoptr (ThawProfile) profile = check_open (content (
      HEAD PROCESS ("", THREAD ("", "\"rows\":{\"function\":[0],\"calls\":[1],\"recursive\":[3],"
                                    "\"total_ns\":[-1],\"self_ns\":[-4]}")) TAIL " x"));
  test_assert_text (test_dump_edges (profile, 0), "A.f 1/0 0 0\n");
  const char *const *warnings = thaw_profile_get_warnings (profile);
  g_assert_cmpuint (g_strv_length ((char **) warnings), ==, 2);
  g_assert_nonnull (strstr (warnings[0], "follows the end"));
  g_assert_nonnull (strstr (warnings[1], "2 times were below zero"));
}

/* A refusal that names the byte where @mark stands in the text. */
static void
refused_at (const char *text, ThawError code, const char *part, const char *mark)
{
  g_autofree char *byte = g_strdup_printf ("byte %u", (guint) (strstr (text, mark) - text));
  check_refused (content (text), code, part);
  check_refused (content (text), code, byte);
}

static void
test_refusals (void)
{
#define IN_ROWS(columns) HEAD PROCESS ("", THREAD ("", "\"rows\":{" columns "}")) TAIL
#define IN_TREE(columns) HEAD PROCESS ("", THREAD ("", "\"tree\":{" columns "}")) TAIL
  static const char newer[] = "{\"format\":\"thaw-capture\",\"version\":27,\"processes\":[]}";

  refused_at (newer, THAW_ERROR_UNSUPPORTED, "27", "27");
  check_refused (content (newer), THAW_ERROR_UNSUPPORTED, "version 1");
  check_refused (content (HEAD TAIL), THAW_ERROR_EMPTY, "no process");
  check_refused (content ("{\"format\":\"thaw-capture\",\"version\":1}"), THAW_ERROR_EMPTY, "no");
  refused_at (HEAD "{\"pid\":1}" TAIL, THAW_ERROR_CORRUPT, "“id”", "{\"pid");
  refused_at (HEAD "{\"id\":\"a\"}" TAIL, THAW_ERROR_CORRUPT, "“pid”", "{\"id");
  refused_at (IN_ROWS ("\"function\":[0,77]"), THAW_ERROR_CORRUPT, "differ in length: 2 and 0",
              "}]}]}");
  refused_at (IN_ROWS ("\"function\":[77],\"calls\":[1],\"recursive\":[0],\"total_ns\":[1],"
                       "\"self_ns\":[1]"),
              THAW_ERROR_CORRUPT, "out of range", "77");
  refused_at (IN_ROWS ("\"function\":[-1]"), THAW_ERROR_CORRUPT, "too small", "-1]}}]");
  refused_at (IN_ROWS ("\"calls\":[-5]"), THAW_ERROR_CORRUPT, "too small", "-5");
  refused_at (IN_ROWS ("\"calls\":[\"six\"]"), THAW_ERROR_CORRUPT, "a number", "\"six\"");
  refused_at (IN_ROWS ("\"calls\":[NaN]"), THAW_ERROR_CORRUPT, "a number", "NaN");
  refused_at (IN_ROWS ("\"calls\":[1.5]"), THAW_ERROR_CORRUPT, "whole number", "1.5");
  refused_at (IN_ROWS ("\"calls\":[8e99]"), THAW_ERROR_CORRUPT, "whole number", "8e99");
  check_refused (content (IN_ROWS ("\"calls\":[1],\"calls\":[1]")), THAW_ERROR_CORRUPT, "twice");
  refused_at (IN_TREE ("\"parent\":[-1,6]"), THAW_ERROR_CORRUPT, "before its child 1", "6]}}]");
  check_refused (content (IN_TREE ("\"parent\":[0]")), THAW_ERROR_CORRUPT, "before its child 0");
  check_refused (content (HEAD PROCESS ("", THREAD ("", ROWS ",\"tree\":{}")) TAIL),
                 THAW_ERROR_CORRUPT, "both");
  check_refused (content (HEAD "{\"id\":\"a\",\"pid\":1,\"functions\":{\"name\":[\"f\"],"
                               "\"qualname\":[\"f\"],\"file\":[4],\"line\":[1]}}" TAIL),
                 THAW_ERROR_CORRUPT, "files has length 0");
  check_refused (content (HEAD "{\"id\":\"a\",\"pid\":1}" TAIL), THAW_ERROR_EMPTY, "");
}

/* The content is known by its first member only, and needs no suffix. */
static void
test_sniff (void)
{
  g_autoptr (ThawProfile) profile = check_open (CONTENT (
      "data.json", " { \"format\" :\n\"thaw-capture\",\"processes\":[{\"pid\":1,\"id\":\"a\","
                   "\"threads\":[{}]}]}"));
  g_assert_cmpstr (thaw_profile_get_format (profile), ==, "thaw");
  check_refused (CONTENT ("x.thaw", "{\"format\":\"thaw-captures\"}"), THAW_ERROR_UNSUPPORTED, "");
  check_refused (CONTENT ("x.thaw", "{\"form"), THAW_ERROR_UNSUPPORTED, "");
}

/* A tree that is one long path, deeper than any stack of C. */
static void
test_deep (void)
{
  const guint n = 100000;
  g_autoptr (GString) parents = g_string_new ("-1"), zeros = g_string_new ("0");
  for (guint i = 1; i < n; i++)
    {
      g_string_append_printf (parents, ",%u", i - 1);
      g_string_append (zeros, ",0");
    }
  g_autofree char *tree = g_strdup_printf ("\"tree\":{\"parent\":[%s],\"function\":[%s],\"calls\":["
                                           "%s],\"total_ns\":[%s],\"self_ns\":[%s]}",
                                           parents->str, zeros->str, zeros->str, zeros->str,
                                           zeros->str);
  g_autofree char *text = g_strdup_printf (HEAD PROCESS ("", THREAD ("", "%s")) TAIL, tree);
  g_autoptr (ThawProfile) profile = check_open (content (text));
  ThawTree *located = thaw_profile_get_location_tree (profile, 0);
  g_assert_cmpuint (thaw_tree_max_depth (located), ==, n);
}

static void
test_hostile (void)
{
  check_truncations (content (everything));
  check_chunks (content (everything), 17);
  check_mutations (content (everything), 20000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thaw/everything", test_everything);
  g_test_add_func ("/thaw/any-order", test_any_order);
  g_test_add_func ("/thaw/functions", test_functions);
  g_test_add_func ("/thaw/threads", test_threads);
  g_test_add_func ("/thaw/states", test_states);
  g_test_add_func ("/thaw/merged-states", test_merged_states);
  g_test_add_func ("/thaw/repairs", test_repairs);
  g_test_add_func ("/thaw/refusals", test_refusals);
  g_test_add_func ("/thaw/sniff", test_sniff);
  g_test_add_func ("/thaw/deep", test_deep);
  g_test_add_func ("/thaw/hostile", test_hostile);
  return g_test_run ();
}
