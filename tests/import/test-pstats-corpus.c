/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every real pstats file of the corpus, against what the corpus' index says of it, and number by
 * number against what Python's own pstats module reads.
 */
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "thaw-import.h"

/* Path of the corpus' folder of pstats files; NULL, and the test skipped, where there is none. */
static char *
find_corpus (void)
{
  const char *corpus = g_getenv ("THAW_TEST_CORPUS");
  g_autofree char *path = corpus != NULL ? g_build_filename (corpus, "pstats", NULL) : NULL;

  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&path);
  g_test_skip ("no corpus of captures (THAW_TEST_CORPUS)");
  return NULL;
}

static ThawProfile *
import_path (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  ThawProfile *profile = thaw_import_file (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return profile;
}

/* Checks @profile against a line of the index: "… funcs=3; calls=3/3; total_tt=0.1 …". */
static void
check_against_index (const ThawProfile *profile, const char *line)
{
  const ThawEdges *edges = thaw_profile_get_edges (profile, 0);
  const char *functions = strstr (line, "funcs="), *calls = strstr (line, "calls="),
             *total = strstr (line, "total_tt=");
  guint64 n_calls = 0, n_primitive = 0;
  g_auto (GStrv) counts = NULL;

  g_assert_true (functions != NULL && calls != NULL && total != NULL);
  /* Those that differ by an address only are one here. */
  g_assert_cmpuint (edges->n_functions, <=, strtoul (functions + 6, NULL, 10));
  g_assert_cmpuint (edges->n_functions * 100, >, strtoul (functions + 6, NULL, 10) * 98);
  for (guint32 i = 0; i < edges->n_functions; i++)
    {
      n_calls += edges->functions[i].calls;
      n_primitive += edges->functions[i].primitive_calls;
    }
  g_assert_cmpuint (n_calls, ==, g_ascii_strtoull (calls + 6, NULL, 10));
  g_assert_cmpuint (n_primitive, ==, g_ascii_strtoull (strchr (calls, '/') + 1, NULL, 10));
  g_assert_cmpfloat_with_epsilon (thaw_profile_get_total (profile),
                                  g_ascii_strtod (total + 9, NULL), 0.00051);
}

static void
test_corpus_index (void)
{
  g_autofree char *folder = find_corpus ();
  g_autofree char *index = NULL, *content = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (folder == NULL)
    return;
  index = g_build_filename (folder, "..", "INDEX.tsv", NULL);
  if (!g_file_get_contents (index, &content, NULL, NULL))
    {
      g_test_skip ("the corpus has no index");
      return;
    }
  lines = g_strsplit (content, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, "pstats/"))
      {
        g_autofree char *name = g_strndup (*line, strcspn (*line, "\t"));
        g_autofree char *path = g_build_filename (folder, "..", name, NULL);
        g_autoptr (ThawProfile) profile = import_path (path);

        check_against_index (profile, *line);
        n++;
      }
  g_test_message ("%u files", n);
}

/* Prints what Python reads, in the words of dump_numbers(), with addresses out of names and equal
 * labels added up. */
static const char python_dump[] =
    "import sys, re, pstats\n"
    "stats = pstats.Stats(sys.argv[1]).stats\n"
    "def label(l):\n"
    "    name = re.sub(' at 0x[0-9a-fA-F]+', '', l[2])\n"
    "    builtin = l[1] == 0 and l[0] in ('~', '')\n"
    "    return '%s:%d:%s' % ('-' if builtin or l[:2] == ('profile', 0) else l[0], l[1], name)\n"
    "sums = {}\n"
    "def add(key, numbers):\n"
    "    sums[key] = [a + b for a, b in zip(sums.get(key, [0, 0, 0, 0]), numbers)]\n"
    "for l, (cc, nc, tt, ct, callers) in stats.items():\n"
    "    add(label(l), (nc, cc, tt, ct))\n"
    "    for c, e in callers.items():\n"
    "        if isinstance(e, tuple): add(label(c) + ' > ' + label(l), e)\n"
    "for key in sums: print('%s %d/%d %.8e %.8e' % ((key,) + tuple(sums[key])))\n";

static char *
label_of (const ThawProfile *profile, guint32 number)
{
  const ThawFunction *function = thaw_profile_get_function (profile, number);

  return g_strdup_printf ("%s:%u:%s", function->file != NULL ? function->file : "-", function->line,
                          function->name);
}

/* Every row and edge as a line, in a set. */
static GHashTable *
dump_numbers (const ThawProfile *profile)
{
  GHashTable *lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const ThawEdges *edges = thaw_profile_get_edges (profile, 0);

  for (guint32 i = 0; i < edges->n_functions; i++)
    {
      const ThawEdgeFunction *row = &edges->functions[i];
      g_autofree char *label = label_of (profile, row->function);

      g_hash_table_add (lines, g_strdup_printf ("%s %d/%d %.8e %.8e", label, (int) row->calls,
                                                (int) row->primitive_calls, row->self, row->total));
    }
  for (guint32 i = 0; i < edges->n_edges; i++)
    {
      const ThawEdge *edge = &edges->edges[i];
      g_autofree char *caller = label_of (profile, edges->functions[edge->caller].function);
      g_autofree char *callee = label_of (profile, edges->functions[edge->callee].function);

      g_hash_table_add (lines, g_strdup_printf ("%s > %s %d/%d %.8e %.8e", caller, callee,
                                                (int) edge->calls, (int) edge->primitive_calls,
                                                edge->self, edge->total));
    }
  return lines;
}

/* Compares every number with what Python itself reads, where there is a Python that can. */
static gboolean
check_against_python (const char *python, const char *path)
{
  const char *argv[] = { python, "-c", python_dump, path, NULL };
  g_autoptr (ThawProfile) profile = import_path (path);
  g_autoptr (GHashTable) ours = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) theirs = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, &output, NULL, &status, NULL) ||
      !g_spawn_check_wait_status (status, NULL))
    return FALSE;
  ours = dump_numbers (profile);
  theirs = g_strsplit_set (g_strchomp (output), "\n", -1);
  for (char **line = theirs; *line != NULL; line++)
    if (!g_hash_table_contains (ours, *line))
      g_test_fail_printf ("%s: Python reads %s", path, *line);
  if (strcmp (thaw_profile_get_tool (profile), "cProfile") == 0)
    g_assert_cmpuint (g_strv_length (theirs), ==, g_hash_table_size (ours));
  return TRUE;
}

static void
test_corpus_python (void)
{
  g_autofree char *folder = find_corpus ();
  g_autoptr (GDir) files = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  guint n = 0;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (check_against_python ("python3", path) || check_against_python ("python2.7", path))
        n++;
      else
        g_test_message ("no Python here that reads %s", name);
    }
  if (files != NULL)
    g_test_message ("%u files as Python reads them", n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pstats-corpus/index", test_corpus_index);
  g_test_add_func ("/pstats-corpus/python", test_corpus_python);
  return g_test_run ();
}
