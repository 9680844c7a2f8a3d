/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Real captures: speedscope and collapsed files hold what a plain reading of them gives, path by
 * path, and files of every other format are refused with a reason. Skips without the corpus.
 */
#include "import-check.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Names of the files in a folder of the corpus, sorted; NULL skips. */
static GPtrArray *
list (const char *folder)
{
  g_autofree char *path = check_corpus_path (folder);
  if (path == NULL)
    return NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_assert_nonnull (dir);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* Adds to a path's weight. */
static void
add_path (GHashTable *paths, const char *path, double weight)
{
  double *known = g_hash_table_lookup (paths, path);
  if (known == NULL)
    {
      known = g_new0 (double, 1);
      g_hash_table_insert (paths, g_strdup (path), known);
    }
  *known += weight;
}

static GHashTable *
new_paths (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* A frame as py-spy's raw format writes it. */
static void
append_frame (GString *path, const ThawProfile *profile, guint32 location)
{
  const ThawLocation *at = thaw_profile_get_location (profile, location);
  const ThawFunction *function = thaw_profile_get_function (profile, at->function);
  guint32 line = at->line > 0 ? at->line : function->line;
  g_string_append (path, function->name);
  if (function->file != NULL && line > 0)
    g_string_append_printf (path, " (%s:%u)", function->file, line);
  else if (function->file != NULL)
    g_string_append_printf (path, " (%s)", function->file);
}

/* The self value of every path of a thread. */
static GHashTable *
paths_of (const ThawProfile *profile, guint32 thread)
{
  GHashTable *paths = new_paths ();
  const ThawTree *tree = thaw_profile_get_location_tree (profile, thread);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  test_check_tree (tree);
  for (guint32 node = 0; node < tree->n_nodes; node++)
    {
      GString *path = g_string_new (node > 0 ? names->pdata[tree->parent[node]] : "");
      if (node > 0)
        {
          if (tree->parent[node] > 0)
            g_string_append_c (path, ';');
          append_frame (path, profile, tree->frame[node]);
        }
      if (fabs (tree->self[node]) > 0)
        add_path (paths, path->str, tree->self[node]);
      g_ptr_array_add (names, g_string_free (path, FALSE));
    }
  return paths;
}

static void
assert_same_paths (GHashTable *actual, GHashTable *expected)
{
  GHashTableIter iter;
  gpointer path, weight;
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &path, &weight))
    {
      const double *found = g_hash_table_lookup (actual, path);
      if (found == NULL)
        g_error ("missing: %s", (const char *) path);
      if (fabs (*found - *(double *) weight) > 1e-9 * fabs (*found))
        g_error ("%g instead of %g: %s", *found, *(double *) weight, (const char *) path);
    }
  g_assert_cmpuint (g_hash_table_size (actual), ==, g_hash_table_size (expected));
}

/* The paths of a collapsed file, read as plainly as can be; says whether any line is austin's or has
 * two counts. */
static GHashTable *
read_collapsed (const char *text, gboolean *austin, gboolean *pairs)
{
  GHashTable *paths = new_paths ();
  g_autoptr (GRegex) line_form = g_regex_new ("^(.*)\\s([0-9.]+)\\s*$", 0, 0, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  *austin = g_regex_match_simple ("^P\\d+;T", text, G_REGEX_MULTILINE, 0);
  *pairs = g_regex_match_simple ("\\A(.* \\d+ \\d+\\n?)+\\s*\\z", text, 0, 0);
  for (char **line = lines; *line != NULL; line++)
    {
      g_autoptr (GMatchInfo) match = NULL;
      if (**line == '#' || !g_regex_match (line_form, *line, 0, &match))
        continue;
      g_autofree char *stack = g_match_info_fetch (match, 1);
      g_autofree char *count = g_match_info_fetch (match, 2);
      add_path (paths, stack, g_ascii_strtod (count, NULL));
    }
  return paths;
}

static void
test_collapsed (void)
{
  g_autoptr (GPtrArray) names = list ("collapsed");
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autoptr (GBytes) bytes = check_corpus (name);
      gsize len;
      const char *data = g_bytes_get_data (bytes, &len);
      g_autofree char *text = len > 2 && data[0] == '\xff'
                                  ? g_convert (data + 2, (gssize) len - 2, "UTF-8", "UTF-16LE",
                                               NULL, NULL, NULL)
                                  : g_strndup (data, len);
      gboolean austin, pairs;
      g_autoptr (GHashTable) expected = read_collapsed (text, &austin, &pairs);
      g_test_message ("%s", name);
      if (austin || pairs)
        {
          check_refused ((Content){ name, data, len }, THAW_ERROR_UNSUPPORTED,
                         austin ? "austin" : "two counts");
          continue;
        }
      g_autoptr (ThawProfile) profile = check_open ((Content){ name, data, len });
      g_assert_cmpuint (thaw_profile_get_n_threads (profile), ==, 1);
      g_autoptr (GHashTable) actual = paths_of (profile, 0);
      assert_same_paths (actual, expected);
    }
}

static JsonArray *
array_member (JsonObject *object, const char *name)
{
  return json_object_has_member (object, name) ? json_object_get_array_member (object, name) : NULL;
}

/* A stack of frame numbers as text. */
static char *
stack_text (JsonArray *frames, const guint *stack, guint depth)
{
  GString *path = g_string_new (NULL);
  for (guint i = 0; i < depth; i++)
    {
      JsonObject *frame = json_array_get_object_element (frames, stack[i]);
      g_string_append_printf (path, "%s%s", i > 0 ? ";" : "",
                              json_object_get_string_member (frame, "name"));
      gint64 line = json_object_get_int_member_with_default (frame, "line", 0);
      const char *file = json_object_get_string_member_with_default (frame, "file", NULL);
      if (file != NULL && line > 0)
        g_string_append_printf (path, " (%s:%d)", file, (int) line);
      else if (file != NULL)
        g_string_append_printf (path, " (%s)", file);
    }
  return g_string_free (path, FALSE);
}

/* The paths of a profile of a speedscope file, read by a library. */
static GHashTable *
read_speedscope (JsonObject *profile, JsonArray *frames)
{
  GHashTable *paths = new_paths ();
  JsonArray *samples = array_member (profile, "samples");
  JsonArray *weights = array_member (profile, "weights");
  JsonArray *events = array_member (profile, "events");
  guint stack[1024], depth = 0;
  double last = 0;

  for (guint i = 0; samples != NULL && i < json_array_get_length (samples); i++)
    {
      JsonArray *sample = json_array_get_array_element (samples, i);
      depth = json_array_get_length (sample);
      g_assert_cmpuint (depth, <, G_N_ELEMENTS (stack));
      for (guint j = 0; j < depth; j++)
        stack[j] = (guint) json_array_get_int_element (sample, j);
      g_autofree char *path = stack_text (frames, stack, depth);
      add_path (paths, path, json_array_get_double_element (weights, i));
    }
  for (guint i = 0; events != NULL && i <= json_array_get_length (events); i++)
    {
      gboolean end = i == json_array_get_length (events);
      JsonObject *event = end ? NULL : json_array_get_object_element (events, i);
      double at = end ? json_object_get_double_member (profile, "endValue")
                      : json_object_get_double_member (event, "at");
      g_autofree char *path = stack_text (frames, stack, depth);
      if (depth > 0 && at > last)
        add_path (paths, path, at - last);
      last = at;
      if (!end && strcmp (json_object_get_string_member (event, "type"), "O") == 0)
        stack[depth++] = (guint) json_object_get_int_member (event, "frame");
      else if (!end)
        depth--;
    }
  return paths;
}

static void
test_speedscope (void)
{
  g_autoptr (GPtrArray) names = list ("speedscope");
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autoptr (GBytes) bytes = check_corpus (names->pdata[i]);
      g_autoptr (JsonParser) parser = json_parser_new ();
      gsize len;
      const char *data = g_bytes_get_data (bytes, &len);
      g_test_message ("%s", (const char *) names->pdata[i]);
      g_assert_true (json_parser_load_from_data (parser, data, (gssize) len, NULL));
      JsonObject *root = json_node_get_object (json_parser_get_root (parser));
      JsonArray *profiles = json_object_get_array_member (root, "profiles");
      JsonArray *frames = json_object_get_array_member (
          json_object_get_object_member (root, "shared"), "frames");

      g_autoptr (ThawProfile) profile = check_open ((Content){ names->pdata[i], data, len });
      g_assert_cmpuint (thaw_profile_get_n_threads (profile), ==, json_array_get_length (profiles));
      for (guint j = 0; j < json_array_get_length (profiles); j++)
        {
          JsonObject *one = json_array_get_object_element (profiles, j);
          g_autoptr (GHashTable) expected = read_speedscope (one, frames);
          g_autoptr (GHashTable) actual = paths_of (profile, j);
          assert_same_paths (actual, expected);
          g_assert_cmpuint (thaw_profile_get_thread (profile, j)->n_samples, >=,
                            json_array_get_length (array_member (one, "samples") != NULL
                                                       ? array_member (one, "samples")
                                                       : array_member (one, "events")));
        }
    }
}

static void
test_foreign (void)
{
  static const char *const folders[] = { "austin",  "callgrind",    "chrome-trace",  "cpuprofile",
                                         "foreign", "gecko",        "mojo",          "perf-script",
                                         "pprof",   "pyinstrument", "svg-flamegraph" };
  guint n = 0, n_named = 0;
  for (gsize folder = 0; folder < G_N_ELEMENTS (folders); folder++)
    {
      g_autoptr (GPtrArray) names = list (folders[folder]);
      for (guint i = 0; names != NULL && i < names->len; i++)
        {
          g_autofree char *path = check_corpus_path (names->pdata[i]);
          g_autoptr (GFile) file = g_file_new_for_path (path);
          g_autoptr (GError) error = NULL;
          g_autoptr (ThawProfile) profile = thaw_import_file (file, NULL, NULL, NULL, &error);
          if (profile != NULL)
            g_error ("%s opens as %s", path, thaw_profile_get_format (profile));
          g_assert_cmpint ((int) error->domain, ==, (int) THAW_ERROR);
          n++;
          n_named += g_error_matches (error, THAW_ERROR, THAW_ERROR_UNSUPPORTED);
        }
    }
  g_test_message ("%u files refused, %u of them by name", n, n_named);
  g_assert_cmpuint (n_named, >=, n * 9 / 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-corpus/collapsed", test_collapsed);
  g_test_add_func ("/import-corpus/speedscope", test_speedscope);
  g_test_add_func ("/import-corpus/foreign", test_foreign);
  return g_test_run ();
}
