/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of the list of threads: their order, filter and folding, and the selection, which is the
 * document's. A row reads "> title|subtitle|busy time", indented under its process, ">" when it is
 * selected. No display is needed.
 */
#include <glib.h>

#include "thaw-profile-builder.h"
#include "thaw-thread-model.h"

/* One thread of a made-up capture: process and thread in words, and how long it worked. */
typedef struct
{
  gint64 pid;
  const char *process;
  gint64 id;
  const char *name;
  const char *role;
  double work;
  double wait;
} Spec;

static ThawProfile *
make_profile (const Spec *specs, guint n)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawFrameSpec work = { "work", "/src/work.py", 1, 0, THAW_FUNCTION_PYTHON };
  ThawFrameSpec wait = { "<built-in method time.sleep>", NULL, 0, 0, THAW_FUNCTION_BUILTIN };
  guint32 frames[] = { thaw_profile_builder_add_frame (builder, &work),
                       thaw_profile_builder_add_frame (builder, &wait) };
  GError *error = NULL;
  ThawProfile *profile;

  thaw_profile_builder_set_unit (builder, THAW_UNIT_SECONDS, THAW_MEANING_WALL);
  for (guint i = 0; i < n; i++)
    {
      guint32 process = thaw_profile_builder_add_process (builder, specs[i].pid, specs[i].process);
      ThawThreadSpec spec = { specs[i].id, specs[i].name, specs[i].role };
      ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, &error);

      g_assert_no_error (error);
      thaw_thread_builder_add_stack (thread, frames, 1, specs[i].work, &error);
      g_assert_no_error (error);
      if (specs[i].wait > 0)
        thaw_thread_builder_add_stack (thread, frames, 2, specs[i].wait, &error);
      g_assert_no_error (error);
    }
  profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

static char *
dump (ThawThreadModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (ThawThreadItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_string_append_printf (
          text, "%s%s%s|%s|%s\n",
          gtk_selection_model_is_selected (GTK_SELECTION_MODEL (model), i) ? "> " : "",
          thaw_thread_item_get_indented (item) ? "  " : "", thaw_thread_item_get_title (item),
          thaw_thread_item_get_subtitle (item), thaw_thread_item_get_time (item));
    }
  return g_string_free (text, FALSE);
}

#define assert_rows(model, expected)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *rows = dump (model);                                                          \
    g_assert_cmpstr (rows, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END

static void
on_items_changed (gboolean *seen)
{
  *seen = TRUE;
}

/* A model of @profile (taken) whose busy times have arrived. */
static ThawThreadModel *
make_model (ThawProfile *profile, ThawDocument **document)
{
  ThawThreadModel *model;
  gboolean seen = FALSE;

  *document = thaw_document_new (profile, NULL);
  thaw_profile_unref (profile);
  model = thaw_thread_model_new (*document);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (on_items_changed), &seen);
  while (!seen || thaw_document_get_busy (*document))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (model, &seen);
  return model;
}

static void
end (ThawThreadModel *model, ThawDocument *document)
{
  /* A worker lets go of its task, and so of the model, a moment after its result is here. */
  for (guint i = 0; i < 5000 && G_OBJECT (model)->ref_count > 1; i++)
    g_usleep (1000);
  g_assert_finalize_object (model);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (document);
}

static const Spec dashboard[] = {
  { 4120, "dashboard.py", 1, "MainThread", "gui", 6, 2 },
  { 4120, "dashboard.py", 2, "", "qthread", 3, 0 },
  { 4120, "dashboard.py", 3, "pool-10", "qthreadpool", 1, 20 },
  { 4127, "loader", 1, "MainThread", "main", 8, 0 },
  { 4127, "loader", 9, "pool-9", "", 4, 0 },
};

static void
test_order (void)
{
  ThawDocument *document;
  ThawThreadModel *model = make_model (make_profile (dashboard, G_N_ELEMENTS (dashboard)),
                                       &document);

  assert_rows (model, "All threads|5 threads merged|22.0 s\n"
                      "loader|pid 4127 · 2 threads|12.0 s\n"
                      "  MainThread|id 1 · main thread|8.00 s\n"
                      "  pool-9|id 9|4.00 s\n"
                      "dashboard.py|pid 4120 · 3 threads|10.0 s\n"
                      ">   MainThread|id 1 · Qt event loop|6.00 s\n"
                      "  Thread 2|QThread|3.00 s\n"
                      "  pool-10|id 3 · QThreadPool|1.00 s\n");
  thaw_thread_model_set_sort (model, THAW_THREAD_SORT_TOTAL);
  assert_rows (model, "All threads|5 threads merged|22.0 s\n"
                      "dashboard.py|pid 4120 · 3 threads|10.0 s\n"
                      "  pool-10|id 3 · QThreadPool|1.00 s\n"
                      ">   MainThread|id 1 · Qt event loop|6.00 s\n"
                      "  Thread 2|QThread|3.00 s\n"
                      "loader|pid 4127 · 2 threads|12.0 s\n"
                      "  MainThread|id 1 · main thread|8.00 s\n"
                      "  pool-9|id 9|4.00 s\n");
  thaw_thread_model_set_sort (model, THAW_THREAD_SORT_CAPTURE);
  thaw_thread_model_set_expanded (model, 0, FALSE);
  assert_rows (model, "All threads|5 threads merged|22.0 s\n"
                      "dashboard.py|pid 4120 · 3 threads|10.0 s\n"
                      "loader|pid 4127 · 2 threads|12.0 s\n"
                      "  MainThread|id 1 · main thread|8.00 s\n"
                      "  pool-9|id 9|4.00 s\n");
  end (model, document);
}

static void
test_filter (void)
{
  ThawDocument *document;
  ThawThreadModel *model = make_model (make_profile (dashboard, G_N_ELEMENTS (dashboard)),
                                       &document);

  thaw_thread_model_set_sort (model, THAW_THREAD_SORT_NAME);
  thaw_thread_model_set_filter (model, "POOL");
  assert_rows (model, "dashboard.py|pid 4120 · 3 threads|10.0 s\n"
                      "  pool-10|id 3 · QThreadPool|1.00 s\n"
                      "loader|pid 4127 · 2 threads|12.0 s\n"
                      "  pool-9|id 9|4.00 s\n");
  /* A process that matches keeps its threads; ids and roles match too. */
  thaw_thread_model_set_filter (model, "4127");
  assert_rows (model, "loader|pid 4127 · 2 threads|12.0 s\n"
                      "  MainThread|id 1 · main thread|8.00 s\n"
                      "  pool-9|id 9|4.00 s\n");
  thaw_thread_model_set_filter (model, "event loop");
  assert_rows (model, "dashboard.py|pid 4120 · 3 threads|10.0 s\n"
                      ">   MainThread|id 1 · Qt event loop|6.00 s\n");
  thaw_thread_model_set_filter (model, "nothing of the kind");
  assert_rows (model, "");
  thaw_thread_model_set_filter (model, "");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 8);
  end (model, document);
}

/* "0,2 merged": what the document shows. */
static char *
shown (ThawDocument *document)
{
  GString *text = g_string_new (NULL);
  gboolean merged;
  guint n = 0;
  const guint32 *threads = thaw_document_get_threads (document, &n);

  g_object_get (document, "merged", &merged, NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? "," : "", threads[i]);
  g_string_append (text, merged ? " merged" : "");
  return g_string_free (text, FALSE);
}

#define assert_shown(document, expected)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *text = shown (document);                                                      \
    g_assert_cmpstr (text, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END

/* Rows in capture order: 0 all, 1 dashboard, 2-4 its threads, 5 loader, 6-7 its threads. */
static void
test_selection (void)
{
  ThawDocument *document;
  ThawThreadModel *model = make_model (make_profile (dashboard, G_N_ELEMENTS (dashboard)),
                                       &document);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (model);
  const guint32 two[] = { 3, 4 };

  thaw_thread_model_set_sort (model, THAW_THREAD_SORT_CAPTURE);
  assert_shown (document, "0");
  gtk_selection_model_select_item (selection, 3, TRUE);
  assert_shown (document, "1");
  gtk_selection_model_select_item (selection, 6, FALSE);
  assert_shown (document, "1,3");
  /* A process alone is one graph; a range that runs over its row is the threads. */
  gtk_selection_model_select_item (selection, 1, TRUE);
  assert_shown (document, "0,1,2 merged");
  g_assert_true (gtk_selection_model_is_selected (selection, 1));
  g_assert_false (gtk_selection_model_is_selected (selection, 2));
  gtk_selection_model_select_range (selection, 4, 3, TRUE);
  assert_shown (document, "2,3");
  /* A process beside threads gives its threads. */
  gtk_selection_model_select_item (selection, 1, FALSE);
  assert_shown (document, "0,1,2,3");
  gtk_selection_model_select_item (selection, 0, TRUE);
  assert_shown (document, "0,1,2,3,4 merged");
  g_assert_true (gtk_selection_model_is_selected (selection, 0));
  g_assert_false (gtk_selection_model_is_selected (selection, 1));
  /* From all threads to one more means that one. */
  gtk_selection_model_select_item (selection, 4, FALSE);
  assert_shown (document, "2");
  /* Something is always shown. */
  gtk_selection_model_unselect_item (selection, 4);
  assert_shown (document, "2");
  /* The document decides as well. */
  thaw_document_set_threads (document, two, 2);
  g_assert_true (gtk_selection_model_is_selected (selection, 6));
  g_assert_true (gtk_selection_model_is_selected (selection, 7));
  g_object_set (document, "merged", TRUE, NULL);
  g_assert_true (gtk_selection_model_is_selected (selection, 5));
  g_assert_false (gtk_selection_model_is_selected (selection, 6));
  end (model, document);
}

/* What a filter hides stays shown until another choice is made. */
static void
test_filtered_selection (void)
{
  ThawDocument *document;
  ThawThreadModel *model = make_model (make_profile (dashboard, G_N_ELEMENTS (dashboard)),
                                       &document);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (model);

  thaw_thread_model_set_sort (model, THAW_THREAD_SORT_CAPTURE);
  thaw_thread_model_set_filter (model, "pool");
  assert_shown (document, "0");
  gtk_selection_model_select_item (selection, 1, FALSE); /* pool-10 */
  assert_shown (document, "0,2");
  gtk_selection_model_select_item (selection, 3, TRUE); /* pool-9 */
  assert_shown (document, "4");
  end (model, document);
}

static void
test_one_each (void)
{
  static const Spec workers[] = {
    { 71, "worker-1.prof", -1, "", "", 3, 0 },
    { -1, "worker-10.prof", -1, "", "", 2, 0 },
    { -1, "worker-9.prof", -1, "MainThread", "main", 1, 0 },
  };
  ThawDocument *document;
  ThawThreadModel *model = make_model (make_profile (workers, G_N_ELEMENTS (workers)), &document);

  thaw_thread_model_set_sort (model, THAW_THREAD_SORT_NAME);
  assert_rows (model, "All threads|3 threads merged|6.00 s\n"
                      "worker-1.prof|pid 71|3.00 s\n"
                      "> worker-9.prof|MainThread|1.00 s\n"
                      "worker-10.prof||2.00 s\n");
  thaw_thread_model_set_filter (model, "worker-1.");
  assert_rows (model, "worker-1.prof|pid 71|3.00 s\n");
  end (model, document);
}

static void
test_single (void)
{
  static const Spec alone[] = { { -1, "", 5, "", "", 3, 0 } };
  ThawDocument *document;
  ThawThreadModel *model = make_model (make_profile (alone, 1), &document);

  assert_rows (model, "> Thread 5||3.00 s\n");
  end (model, document);
}

/* Items exist only while somebody holds them, and a change of order says no more than it must. */
static void
on_change (ThawThreadModel *model, guint position, guint removed, guint added, guint *changed)
{
  *changed += MAX (removed, added);
}

static void
test_thousands (void)
{
  enum
  {
    N = 4000
  };
  g_autofree Spec *specs = g_new0 (Spec, N);
  ThawDocument *document;
  ThawThreadModel *model;
  ThawThreadItem *item;
  guint changed = 0;

  for (guint i = 0; i < N; i++)
    specs[i] = (Spec){ 100 + i / 100, "", i, "", "thread", 1 + i % 100, 0 };
  model = make_model (make_profile (specs, N), &document);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1 + N / 100 + N);
  item = g_list_model_get_item (G_LIST_MODEL (model), 2);
  g_assert_cmpstr (thaw_thread_item_get_title (item), ==, "Thread 99");
  g_assert_finalize_object (item);

  g_signal_connect (model, "items-changed", G_CALLBACK (on_change), &changed);
  thaw_thread_model_set_expanded (model, 0, FALSE);
  g_assert_cmpuint (changed, ==, 101);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1 + N / 100 + N - 100);
  end (model, document);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/order", test_order);
  g_test_add_func ("/threads/filter", test_filter);
  g_test_add_func ("/threads/selection", test_selection);
  g_test_add_func ("/threads/filtered-selection", test_filtered_selection);
  g_test_add_func ("/threads/one-each", test_one_each);
  g_test_add_func ("/threads/single", test_single);
  g_test_add_func ("/threads/thousands", test_thousands);
  return g_test_run ();
}
