/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The function pane over a document: selection in step both ways, search as a filter, what stays when
 * rows change, callers and callees, copying; and that every widget goes away.
 */
#include <adwaita.h>
#include <math.h>
#include "thaw-details.h"
#include "thaw-function-pane.h"
#include "thaw-profile-builder.h"
#include "thaw-sandwich-job.h"
#include "thaw-sandwich.h"

/* Adds "main;load;parse 3\n…" to a thread. */
static void
add_stacks (ThawProfileBuilder *builder, ThawThreadBuilder *thread, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      char *weight = strrchr (*line, ' ');
      g_auto (GStrv) names = NULL;
      guint32 slots[16];
      guint n = 0;
      g_autoptr (GError) error = NULL;

      *weight = '\0';
      names = g_strsplit (*line, ";", -1);
      for (; names[n] != NULL; n++)
        {
          ThawFrameSpec frame = { names[n], "/app/code.py", 10 + 10 * (guint) names[n][0], 0,
                                  THAW_FUNCTION_PYTHON };

          slots[n] = thaw_profile_builder_add_frame (builder, &frame);
        }
      thaw_thread_builder_add_stack (thread, slots, n, g_ascii_strtod (weight + 1, NULL), &error);
      g_assert_no_error (error);
    }
}

/* A document of two threads; (transfer full). */
static ThawDocument *
make_document (const char *first, const char *second)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  guint32 process = thaw_profile_builder_add_process (builder, 1, "test");
  ThawThreadSpec specs[] = { { 1, "MainThread", "main" }, { 2, "worker", "thread" } };
  g_autoptr (ThawProfile) profile = NULL;

  thaw_profile_builder_set_kind (builder, THAW_KIND_SAMPLED);
  thaw_profile_builder_set_unit (builder, THAW_UNIT_SAMPLES, THAW_MEANING_WALL);
  add_stacks (builder, thaw_profile_builder_add_thread (builder, process, &specs[0], &error),
              first);
  add_stacks (builder, thaw_profile_builder_add_thread (builder, process, &specs[1], &error),
              second);
  profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return thaw_document_new (profile, NULL);
}

#define FIRST "main;load;parse 3\nmain;load 1\nmain;show;parse 2\nmain 4\n"
#define SECOND "run;load;parse 5\nrun;wait 20\n"

static guint32
find_function (ThawDocument *document, const char *name)
{
  ThawProfile *profile = thaw_document_get_profile (document);

  for (guint32 i = 0; i < thaw_profile_get_n_functions (profile); i++)
    if (g_strcmp0 (thaw_profile_get_function (profile, i)->name, name) == 0)
      return i;
  g_assert_not_reached ();
}

static void
set_true (gboolean *flag)
{
  *flag = TRUE;
}

/* Runs the main loop until the document emits @signal. */
static void
wait_for (ThawDocument *document, const char *signal)
{
  gboolean done = FALSE;
  gulong handler = g_signal_connect_swapped (document, signal, G_CALLBACK (set_true), &done);

  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (document, handler);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Shows the first thread only, and waits until its rows are there. */
static void
choose_thread (ThawDocument *document, guint32 thread)
{
  thaw_document_set_threads (document, &thread, 1);
  wait_for (document, "rows-changed");
}

/* "parse load": the names of a view's rows, in order. */
static char *
names_of (ThawFunctionView *view, ThawDocument *document)
{
  ThawFunctionModel *model = thaw_function_view_get_model (view);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autofree char *name = thaw_function_row_name (thaw_document_get_profile (document),
                                                      thaw_function_model_get_row (model, i));

      g_string_append_printf (text, i > 0 ? " %s" : "%s", name);
    }
  return g_string_free (text, FALSE);
}

#define assert_names(view, document, expected)                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *names = names_of (view, document);                                            \
    g_assert_cmpstr (names, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

/* Position of the one selected row; G_MAXUINT when there is none. */
static guint
selected_row (ThawFunctionView *view)
{
  g_autoptr (GtkBitset)
      selected = gtk_selection_model_get_selection (thaw_function_view_get_selection (view));

  g_assert_cmpuint (gtk_bitset_get_size (selected), <=, 1);
  return gtk_bitset_is_empty (selected) ? G_MAXUINT : gtk_bitset_get_minimum (selected);
}

typedef struct
{
  ThawDocument *document;
  GtkWidget *window;
  ThawFunctionPane *pane;
  ThawFunctionView *table;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->document = make_document (FIRST, SECOND);
  choose_thread (fixture->document, 0);
  fixture->window = gtk_window_new ();
  fixture->pane = THAW_FUNCTION_PANE (g_object_ref_sink (thaw_function_pane_new ()));
  fixture->table = thaw_function_pane_get_table (fixture->pane);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->pane));
  g_object_set (fixture->pane, "document", fixture->document, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_assert_finalize_object (fixture->pane);
  g_assert_finalize_object (fixture->document);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  assert_names (fixture->table, fixture->document, "parse main load show");
  thaw_function_view_sort (fixture->table, THAW_COLUMN_TOTAL, TRUE);
  assert_names (fixture->table, fixture->document, "main parse load show");
  thaw_function_view_sort (fixture->table, THAW_COLUMN_NAME, FALSE);
  assert_names (fixture->table, fixture->document, "load main parse show");
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "function.sort", "u", THAW_COLUMN_NAME);
  assert_names (fixture->table, fixture->document, "show parse main load");
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "function.sort", "u", THAW_COLUMN_SELF);
  assert_names (fixture->table, fixture->document, "parse main load show");
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "function.sort", "u", THAW_COLUMN_NAME);
  choose_thread (fixture->document, 1);
  assert_names (fixture->table, fixture->document, "load parse run wait");
  g_object_set (fixture->pane, "document", NULL, NULL);
  assert_names (fixture->table, fixture->document, "");
}

static void
test_selection (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *selection = thaw_function_view_get_selection (fixture->table);
  guint32 parse = find_function (fixture->document, "parse");
  guint32 load = find_function (fixture->document, "load");

  g_assert_cmpuint (selected_row (fixture->table), ==, G_MAXUINT);
  gtk_selection_model_select_item (selection, 2, TRUE);
  g_assert_cmpuint (thaw_document_get_selected_function (fixture->document), ==, load);
  thaw_document_select_function (fixture->document, parse);
  g_assert_cmpuint (selected_row (fixture->table), ==, 0);

  /* It goes with its function when the order or the threads change … */
  thaw_function_view_sort (fixture->table, THAW_COLUMN_NAME, FALSE);
  g_assert_cmpuint (selected_row (fixture->table), ==, 2);
  choose_thread (fixture->document, 1);
  g_assert_cmpuint (selected_row (fixture->table), ==, 1);
  /* … and comes back with it. */
  thaw_document_select_function (fixture->document, find_function (fixture->document, "wait"));
  choose_thread (fixture->document, 0);
  g_assert_cmpuint (selected_row (fixture->table), ==, G_MAXUINT);
  choose_thread (fixture->document, 1);
  g_assert_cmpuint (selected_row (fixture->table), ==, 3);
  thaw_document_select_function (fixture->document, G_MAXUINT32);
  g_assert_cmpuint (selected_row (fixture->table), ==, G_MAXUINT);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  thaw_document_select_function (fixture->document, find_function (fixture->document, "main"));
  g_object_set (fixture->document, "search", "a", NULL);
  wait_for (fixture->document, "matches-changed");
  g_object_set (fixture->document, "search", "parse", NULL);
  wait_for (fixture->document, "matches-changed");
  assert_names (fixture->table, fixture->document, "parse");
  g_assert_cmpuint (selected_row (fixture->table), ==, G_MAXUINT);
  g_object_set (fixture->document, "search", "", NULL);
  settle ();
  assert_names (fixture->table, fixture->document, "parse main load show");
}

static void
test_show_in_table (Fixture *fixture, gconstpointer data)
{
  guint32 load = find_function (fixture->document, "load");
  g_autofree char *page = NULL;

  g_object_set (fixture->pane, "page", "details", NULL);
  g_object_set (fixture->document, "search", "parse", NULL);
  wait_for (fixture->document, "matches-changed");
  thaw_document_show_in_table (fixture->document, load);
  g_object_get (fixture->pane, "page", &page, NULL);
  g_assert_cmpstr (page, ==, "functions");
  /* The search would hide it: the row asked for is shown all the same. */
  assert_names (fixture->table, fixture->document, "parse main load show");
  g_assert_cmpuint (selected_row (fixture->table), ==, 2);
}

static void
test_reveal (Fixture *fixture, gconstpointer data)
{
  gboolean revealed = FALSE;

  if (thaw_document_get_lanes (fixture->document)->len == 0)
    wait_for (fixture->document, "lanes-changed");
  g_signal_connect_swapped (fixture->document, "reveal-node", G_CALLBACK (set_true), &revealed);
  g_signal_emit_by_name (fixture->table, "row-activated",
                         find_function (fixture->document, "load"));
  g_assert_true (revealed);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *all = thaw_function_view_to_tsv (fixture->table);
  g_autofree char *one = NULL;
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==,
                    6); /* header, four rows, and nothing after the last */
  g_assert_true (g_str_has_prefix (lines[1], "parse\t/app/code.py:1130\t"));
  g_assert_true (g_str_has_suffix (lines[1], "\t\t5\t5\t"));
  gtk_selection_model_select_item (thaw_function_view_get_selection (fixture->table), 1, TRUE);
  one = thaw_function_view_to_tsv (fixture->table);
  g_assert_nonnull (strstr (one, "\nmain\t"));
  g_assert_null (strstr (one, "\nparse\t"));
}

/* Lets look-ups of the sandwich come in until its callers read @expected. */
static void
wait_for_names (ThawFunctionView *view, ThawDocument *document, const char *expected)
{
  for (;;)
    {
      g_autofree char *names = names_of (view, document);

      if (g_str_equal (names, expected))
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_sandwich (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  ThawSandwich *sandwich = g_object_ref_sink (g_object_new (THAW_TYPE_SANDWICH, NULL));
  guint32 parse = find_function (fixture->document, "parse");
  guint32 load = find_function (fixture->document, "load");

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (sandwich));
  g_object_set (sandwich, "document", fixture->document, NULL);
  gtk_window_present (GTK_WINDOW (window));
  thaw_document_select_function (fixture->document, parse);
  wait_for_names (thaw_sandwich_get_callers (sandwich), fixture->document, "load show");
  g_assert_cmpfloat (thaw_function_model_get_row (
                         thaw_function_view_get_model (thaw_sandwich_get_callers (sandwich)), 0)
                         ->total,
                     ==, 3);

  /* Many requests in a row: only the last one's result is ever shown. */
  for (guint i = 0; i < 50; i++)
    {
      thaw_document_select_function (fixture->document, parse);
      thaw_document_select_function (fixture->document, load);
    }
  wait_for_names (thaw_sandwich_get_callees (sandwich), fixture->document, "parse");
  for (guint i = 0; i < 200; i++)
    {
      settle ();
      g_usleep (100);
    }
  assert_names (thaw_sandwich_get_callers (sandwich), fixture->document, "main");
  assert_names (thaw_sandwich_get_callees (sandwich), fixture->document, "parse");

  /* Walking, and back again. */
  g_signal_emit_by_name (thaw_sandwich_get_callers (sandwich), "row-activated",
                         find_function (fixture->document, "main"));
  g_assert_cmpuint (thaw_document_get_selected_function (fixture->document), ==,
                    find_function (fixture->document, "main"));
  wait_for_names (thaw_sandwich_get_callees (sandwich), fixture->document, "load show");
  gtk_widget_activate_action (GTK_WIDGET (sandwich), "sandwich.back", NULL);
  g_assert_cmpuint (thaw_document_get_selected_function (fixture->document), ==, load);

  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_object_set (sandwich, "document", NULL, NULL);
  while (G_OBJECT (sandwich)->ref_count > 1) /* cancelled look-ups still hold it */
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (sandwich);
}

/* "parse;load;main 3" and so on: the paths of a lane's tree down to its leaves, with their totals. */
static char *
paths_of (ThawLane *lane, ThawDocument *document)
{
  const ThawTree *tree = thaw_lane_get_tree (lane);
  GString *text = g_string_new (NULL);

  for (guint32 node = 1; node < tree->n_nodes; node++)
    {
      g_autoptr (GString) path = g_string_new (NULL);

      if (tree->subtree_end[node] > node + 1)
        continue;
      for (guint32 up = node; up != 0; up = tree->parent[up])
        {
          g_string_prepend (path, thaw_profile_frame_name (thaw_document_get_profile (document),
                                                           tree->key, tree->frame[up]));
          if (tree->parent[up] != 0)
            g_string_prepend_c (path, ';');
        }
      g_string_append_printf (text, "%s%s %g", text->len > 0 ? ", " : "", path->str,
                              tree->total[node]);
    }
  return g_string_free (text, FALSE);
}

/* The graphs of the sandwich over both threads: recursion and branches are the analysis's affair. */
static void
test_sandwich_graphs (Fixture *fixture, gconstpointer data)
{
  static const guint32 both[] = { 0, 1 };
  g_autofree char *callers = NULL;
  g_autofree char *callees = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  ThawSandwichJob *job;

  thaw_document_set_threads (fixture->document, both, 2);
  wait_for (fixture->document, "rows-changed");
  job = thaw_sandwich_job_new (fixture->document, find_function (fixture->document, "load"), TRUE,
                               NULL);
  g_assert_true (thaw_sandwich_job_run (job, NULL, &error));
  g_assert_cmpfloat (job->whole, ==, 9);
  callers = paths_of (job->callers_lane, fixture->document);
  callees = paths_of (job->callees_lane, fixture->document);
  g_assert_cmpstr (callers, ==, "load;main 4, load;run 5");
  g_assert_cmpstr (callees, ==, "load;parse 8");
  g_assert_cmpuint (job->callers->len, ==, 2);
  g_assert_cmpuint (job->callees->len, ==, 1);
  thaw_sandwich_job_free (job);

  g_cancellable_cancel (cancelled);
  job = thaw_sandwich_job_new (fixture->document, 0, TRUE, NULL);
  g_assert_false (thaw_sandwich_job_run (job, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  thaw_sandwich_job_free (job);
}

/* Every page is shown, with and without a function, and leaves nothing behind. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  static const char *const pages[] = { "sandwich", "details", "functions" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      thaw_document_select_function (fixture->document, G_MAXUINT32);
      g_object_set (fixture->pane, "page", pages[i], NULL);
      settle ();
      for (guint32 function = 0; function < 3; function++)
        {
          thaw_document_select_function (fixture->document, function);
          settle ();
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
#define ADD(name, function)                                                                        \
  g_test_add ("/functions/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("rows", test_rows);
  ADD ("selection", test_selection);
  ADD ("search", test_search);
  ADD ("show-in-table", test_show_in_table);
  ADD ("reveal", test_reveal);
  ADD ("copy", test_copy);
  ADD ("sandwich", test_sandwich);
  ADD ("sandwich-graphs", test_sandwich_graphs);
  ADD ("pages", test_pages);
  return g_test_run ();
}
