/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of importers, sniffing, what is said of files that Thaw does not open, and several files
 * as one profile.
 */
#include "import-check.h"

#include "thaw-importers.h"

#include <glib/gstdio.h>
#include <string.h>

static const char speedscope[] =
    "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\"shared\":{\"frames\":"
    "[{\"name\":\"a\"}]},\"profiles\":[{\"type\":\"sampled\",\"name\":\"t\",\"unit\":\"seconds\","
    "\"samples\":[[0]],\"weights\":[2]}]}";

static void
test_table (void)
{
  guint n;
  const ThawImporter *const *importers = thaw_importers (&n);
  g_autofree char *formats = thaw_importers_describe ();
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpstr (formats, ==,
                   "Thaw captures, pstats (cProfile), speedscope JSON, collapsed stacks");
  for (guint i = 0; i < n; i++)
    {
      g_assert_nonnull (strstr (formats, importers[i]->title));
      g_assert_nonnull (importers[i]->suffixes[0]);
      /* Nobody wants nothing, or what nobody knows. */
      g_assert_cmpint (importers[i]->sniff ((const guint8 *) "", 0, TRUE), !=, THAW_SNIFF_YES);
      g_assert_cmpint (importers[i]->sniff ((const guint8 *) "\x7f"
                                                             "ELF\x02\x01",
                                            6, TRUE),
                       !=, THAW_SNIFF_YES);
    }
}

static void
test_content_decides (void)
{
  static const char *const names[] = { "x",     "x.prof", "x.txt", "x.json.gz", "x.speedscope.json",
                                       ".json", "" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ThawProfile)
          profile = check_open ((Content){ names[i], speedscope, sizeof speedscope - 1 });
      g_assert_cmpstr (thaw_profile_get_format (profile), ==, "speedscope");
      g_assert_cmpstr (thaw_profile_get_title (profile), ==, names[i]);
      g_autoptr (ThawProfile) lines = check_open (CONTENT (names[i], "a;b 1\n"));
      g_assert_cmpstr (thaw_profile_get_format (lines), ==, "collapsed");
    }
}

/* What tells speedscope stands far behind the beginning. */
static void
test_needs_more (void)
{
  g_autofree char *space = g_strnfill (200000, ' ');
  g_autofree char *late = g_strdup_printf ("{%s\"x\":\"%s\",%s", space, space, speedscope + 1);
  g_autoptr (ThawProfile) profile = check_open ((Content){ "x", late, strlen (late) });
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 2);
}

static void
assert_looks_like (const char *data, gsize len, const char *what)
{
  check_refused ((Content){ "x", data, len }, THAW_ERROR_UNSUPPORTED, what);
}

#define LOOKS_LIKE(text, what) assert_looks_like (text, sizeof (text) - 1, what)

static void
test_foreign (void)
{
  LOOKS_LIKE ("{\"traceEvents\":[]}", "a Chrome trace");
  LOOKS_LIKE ("[{\"ph\":\"B\",\"ts\":1}]", "a Chrome trace");
  LOOKS_LIKE ("{\"nodes\":[{\"callFrame\":{}}]}", "V8");
  LOOKS_LIKE ("{\"meta\":{\"processType\":0}}", "Firefox");
  LOOKS_LIKE ("{\"session\":{},\"frame_tree\":{}}", "pyinstrument");
  LOOKS_LIKE ("{\"a\":1}", "JSON");
  LOOKS_LIKE ("MOJ\x03\x01", "MOJO");
  LOOKS_LIKE ("# austin: 3.0\n# x: 1\n\nP1;T2;a:b:3 4\n", "austin");
  LOOKS_LIKE ("PERFILE2h\0\0", "perf record");
  LOOKS_LIKE ("\x80\x04\x95\x10", "never opens");
  LOOKS_LIKE ("\x89PNG\r\n", "PNG");
  LOOKS_LIKE ("\x7f"
              "ELF\x02\x01\x01",
              "ELF");
  LOOKS_LIKE ("PK\x03\x04\x14", "ZIP");
  LOOKS_LIKE ("<!DOCTYPE html>\n<html></html>", "a web page");
  LOOKS_LIKE ("<?xml version=\"1.0\"?>\n<svg></svg>", "SVG");
  LOOKS_LIKE ("events: Ir\nfl=a.c\nfn=main\n1 2\n", "callgrind");
  LOOKS_LIKE ("   ncalls  tottime  percall\n", "pstats");
  LOOKS_LIKE ("\x0a\x04\x08\x01\x10\x02\x0a\x04\x08\x03\x10\x04\x12\x02\x08\x01", "pprof");
  check_refused (CONTENT ("x", ""), THAW_ERROR_EMPTY, "empty");
  check_refused (CONTENT ("x", "hello"), THAW_ERROR_UNKNOWN_FORMAT,
                 "It opens: Thaw captures, pstats");
  check_refused (CONTENT ("x", "\0\1\2\3"), THAW_ERROR_UNKNOWN_FORMAT,
                 "It opens: Thaw captures, pstats");
}

/* A folder that holds these files; NULL content makes a folder. */
static GFile *
make_folder (const char *const *names, const char *const *contents)
{
  g_autofree char *path = g_dir_make_tmp ("thaw-import-XXXXXX", NULL);
  for (; *names != NULL; names++, contents++)
    {
      g_autofree char *file = g_build_filename (path, *names, NULL);
      if (*contents != NULL)
        g_assert_true (g_file_set_contents (file, *contents, -1, NULL));
      else
        g_assert_cmpint (g_mkdir (file, 0700), ==, 0);
    }
  return g_file_new_for_path (path);
}

static void
remove_folder (GFile *folder)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      folder, "standard::name", G_FILE_QUERY_INFO_NONE, NULL, NULL);
  GFile *child;
  while (g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
    g_assert_true (g_file_delete (child, NULL, NULL));
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

static void
test_expand (void)
{
  static const char *const names[] = { "w10.folded", "w2.folded", ".hidden", "sub", NULL };
  static const char *const contents[] = { "a 1", "b 2", "c 3", NULL };
  g_autoptr (GFile) folder = make_folder (names, contents);
  g_autoptr (GFile) lone = g_file_new_for_path ("/nowhere/x");
  GFile *files[] = { lone, folder };
  GError *error = NULL;
  g_autoptr (GPtrArray) found = thaw_import_expand (files, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_true (found->pdata[0] == lone);
  g_autofree char *first = g_file_get_basename (found->pdata[1]);
  g_autofree char *second = g_file_get_basename (found->pdata[2]);
  g_assert_cmpstr (first, ==, "w2.folded");
  g_assert_cmpstr (second, ==, "w10.folded");
  remove_folder (folder);

  static const char *const none[] = { NULL };
  g_autoptr (GFile) empty = make_folder (none, none);
  g_assert_null (thaw_import_expand (&empty, 1, NULL, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_EMPTY);
  g_clear_error (&error);
  remove_folder (empty);
}

static void
test_merged (void)
{
  static const char *const names[] = { "w1.folded", "w2.folded", "w3.bad", "w4.folded", NULL };
  static const char *const contents[] = { "main;a 1\nmain;b 2\n", "main;a 10\n", "no capture\n",
                                          "process 7:\"x\";main 5\n" };
  g_autoptr (GFile) folder = make_folder (names, contents);
  GError *error = NULL;
  g_autoptr (ThawProfile) profile = thaw_import_merged (&folder, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *title = g_file_get_basename (folder);
  g_assert_cmpstr (thaw_profile_get_title (profile), ==, title);
  g_assert_cmpstr (thaw_profile_get_format (profile), ==, "collapsed");
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 18);
  g_assert_cmpuint (thaw_profile_get_n_processes (profile), ==, 3);
  g_assert_cmpstr (thaw_profile_get_process (profile, 0)->name, ==, "w1.folded");
  g_assert_cmpstr (thaw_profile_get_process (profile, 1)->name, ==, "w2.folded");
  g_assert_cmpint (thaw_profile_get_process (profile, 2)->pid, ==, 7);
  test_assert_text (test_dump (profile, 0), "main;a 1\nmain;b 2\n");
  test_assert_text (test_dump (profile, 1), "main;a 10\n");
  const char *const *warnings = thaw_profile_get_warnings (profile);
  g_assert_true (g_str_has_prefix (warnings[0], "w3.bad: "));

  /* The same file twice is two processes, and a file by itself is just that. */
  g_autoptr (GFile) file = g_file_get_child (folder, "w1.folded");
  GFile *twice[] = { file, file };
  g_autoptr (ThawProfile) doubled = thaw_import_merged (twice, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (thaw_profile_get_title (doubled), ==, "2 files");
  g_assert_cmpuint (thaw_profile_get_n_processes (doubled), ==, 2);
  g_assert_cmpfloat (thaw_profile_get_total (doubled), ==, 6);
  g_autoptr (ThawProfile) single = thaw_import_merged (&file, 1, NULL, NULL, NULL, &error);
  g_assert_cmpstr (thaw_profile_get_title (single), ==, "w1.folded");

  g_autoptr (GFile) bad = g_file_get_child (folder, "w3.bad");
  GFile *both_bad[] = { bad, bad };
  g_assert_null (thaw_import_merged (both_bad, 2, NULL, NULL, NULL, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_UNKNOWN_FORMAT);
  g_assert_true (g_str_has_prefix (error->message, "w3.bad: "));
  g_clear_error (&error);
  remove_folder (folder);
}

static void
test_mismatch (void)
{
  static const char *const names[] = { "a.folded", "b.json", NULL };
  const char *const contents[] = { "main;a 1\n", speedscope };
  g_autoptr (GFile) folder = make_folder (names, contents);
  g_autoptr (GError) error = NULL;
  g_assert_null (thaw_import_merged (&folder, 1, NULL, NULL, NULL, &error));
  g_assert_error (error, THAW_ERROR, THAW_ERROR_MISMATCH);
  g_assert_true (g_str_has_prefix (error->message, "b.json: "));
  remove_folder (folder);
}

/* Told how far it is; cancels on the way if asked. */
typedef struct
{
  double last;
  guint n;
  GCancellable *cancellable;
} Watch;

static void
watch (double fraction, gpointer data)
{
  Watch *seen = data;
  g_assert_cmpfloat (fraction, >=, seen->last);
  g_assert_cmpfloat (fraction, <=, 1);
  seen->last = fraction;
  seen->n++;
  if (seen->cancellable != NULL)
    g_cancellable_cancel (seen->cancellable);
}

static void
test_progress_and_cancel (void)
{
  static const char *const names[] = { "a.folded", "b.folded", "c.folded", NULL };
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (text, "main;f%u;g 1\n", i % 1000);
  const char *const contents[] = { text->str, text->str, text->str };
  g_autoptr (GFile) folder = make_folder (names, contents);
  GError *error = NULL;

  Watch seen = { 0, 0, NULL };
  g_autoptr (ThawProfile) profile = thaw_import_merged (&folder, 1, NULL, watch, &seen, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (seen.n, >=, 3);
  g_assert_cmpfloat (seen.last, >, 0.6);

  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch cancels = { 0, 0, cancellable };
  g_assert_null (thaw_import_merged (&folder, 1, cancellable, watch, &cancels, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (cancels.n, ==, 1);
  g_clear_error (&error);

  g_autoptr (GFile) file = g_file_get_child (folder, "a.folded");
  g_assert_null (thaw_import_file (file, cancellable, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (thaw_import_file (folder, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);
  remove_folder (folder);
}

static void
test_bytes (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (speedscope, sizeof speedscope - 1);
  GError *error = NULL;
  g_autoptr (ThawProfile) profile = thaw_import_bytes (bytes, "from memory", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (thaw_profile_get_title (profile), ==, "from memory");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/table", test_table);
  g_test_add_func ("/import/content-decides", test_content_decides);
  g_test_add_func ("/import/needs-more", test_needs_more);
  g_test_add_func ("/import/foreign", test_foreign);
  g_test_add_func ("/import/expand", test_expand);
  g_test_add_func ("/import/merged", test_merged);
  g_test_add_func ("/import/mismatch", test_mismatch);
  g_test_add_func ("/import/progress-and-cancel", test_progress_and_cancel);
  g_test_add_func ("/import/bytes", test_bytes);
  return g_test_run ();
}
