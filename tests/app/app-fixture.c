/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The application runs inside the test: it is registered, not run, and the tests turn its main loop.
 */
#include "app-fixture.h"

#include <glib/gstdio.h>

#define DEADLINE_S 60
#define TURN_MS 20

typedef struct
{
  const char *condition;
  gint64 end; /* monotonic, in microseconds */
} Deadline;

/* Conditions that no event announces are looked at every time this has run. */
static gboolean
on_turn (gpointer data)
{
  const Deadline *deadline = data;

  if (g_get_monotonic_time () > deadline->end)
    g_error ("waited in vain for: %s", deadline->condition);
  return G_SOURCE_CONTINUE;
}

guint
app_deadline_start (const char *condition)
{
  Deadline *deadline = g_new (Deadline, 1);

  deadline->condition = condition;
  deadline->end = g_get_monotonic_time () + DEADLINE_S * G_TIME_SPAN_SECOND;
  return g_timeout_add_full (G_PRIORITY_DEFAULT, TURN_MS, on_turn, deadline, g_free);
}

void
app_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  adw_init ();
}

void
app_fixture_set_up (AppFixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  fixture->folder = g_dir_make_tmp ("thaw-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->application = thaw_application_new (G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (fixture->application), NULL, &error);
  g_assert_no_error (error);
  fixture->window = g_object_ref (
      thaw_window_new (GTK_APPLICATION (fixture->application),
                       thaw_application_get_settings (fixture->application)));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
remove_folder (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      if (g_file_test (inside, G_FILE_TEST_IS_DIR))
        g_rmdir (inside);
      else
        g_unlink (inside);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (path);
}

void
app_fixture_tear_down (AppFixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_wait (G_OBJECT (fixture->window)->ref_count == 1);
  g_assert_finalize_object (fixture->window);
  g_application_quit (G_APPLICATION (fixture->application));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->application);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

GFile *
app_fixture_write (AppFixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  GError *error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

ThawPage *
app_fixture_settle (AppFixture *fixture)
{
  ThawPage *page;

  app_wait ((page = thaw_window_get_page (fixture->window)) != NULL &&
            !thaw_page_get_loading (page) &&
            (thaw_page_get_document (page) == NULL ||
             !thaw_document_get_busy (thaw_page_get_document (page))));
  return page;
}

ThawPage *
app_fixture_open (AppFixture *fixture, const char *name, const char *text)
{
  g_autoptr (GFile) file = app_fixture_write (fixture, name, text);
  guint n = thaw_window_get_n_pages (fixture->window);

  thaw_window_open (fixture->window, &file, 1, THAW_OPEN_ASK);
  app_wait (thaw_window_get_n_pages (fixture->window) == n + 1);
  return app_fixture_settle (fixture);
}

GtkWidget *
app_find (GtkWidget *widget, GType type)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = app_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}
