/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window from inside: opening, errors, cancelling, tabs, the question about several files, how
 * a profile is looked at, settings. Every test ends with the window and the application finalized.
 */
#include "app-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "thaw-config.h"
#include "thaw-graph-style.h"
#include "thaw-legend.h"
#include "thaw-preferences.h"
#include "thaw-recent.h"
#include "thaw-thread-list.h"

#define TWO_STACKS "main;load;parse 3\nmain;draw 2\n"

static void
test_empty (AppFixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (thaw_window_get_n_pages (fixture->window), ==, 0);
  g_assert_nonnull (app_find (GTK_WIDGET (fixture->window), ADW_TYPE_STATUS_PAGE));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Thaw");
  /* Nothing to search or export. */
  g_assert_false (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "page.reload", NULL));
}

static void
test_open (AppFixture *fixture, gconstpointer data)
{
  ThawPage *page = app_fixture_open (fixture, "two.txt", TWO_STACKS);
  ThawDocument *document = thaw_page_get_document (page);

  g_assert_nonnull (document);
  g_assert_null (thaw_page_get_error (page));
  g_assert_cmpfloat (thaw_profile_get_total (thaw_document_get_profile (document)), ==, 5);
  g_assert_cmpuint (thaw_document_get_lanes (document)->len, ==, 1);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "two.txt – Thaw");
  g_assert_nonnull (app_find (GTK_WIDGET (page), THAW_TYPE_THREAD_LIST));
  g_assert_nonnull (app_find (GTK_WIDGET (page), THAW_TYPE_LEGEND));
}

static void
test_error (AppFixture *fixture, gconstpointer data)
{
  ThawPage *good = app_fixture_open (fixture, "two.txt", TWO_STACKS);
  ThawPage *bad = app_fixture_open (fixture, "bad.bin", "\x01\x02\x03 nothing \x7f that we know");
  g_autoptr (GFile) mended = NULL;
  GtkWidget *status;

  g_assert_true (good != bad);
  g_assert_null (thaw_page_get_document (bad));
  g_assert_error (thaw_page_get_error (bad), THAW_ERROR, THAW_ERROR_UNKNOWN_FORMAT);
  status = app_find (GTK_WIDGET (bad), ADW_TYPE_STATUS_PAGE);
  g_assert_nonnull (status);
  g_assert_nonnull (strstr (adw_status_page_get_title (ADW_STATUS_PAGE (status)), "bad.bin"));
  /* It says why, and what would have been opened. */
  g_assert_nonnull (
      strstr (adw_status_page_get_description (ADW_STATUS_PAGE (status)), "speedscope"));
  /* What was open is still there. */
  g_assert_nonnull (thaw_page_get_document (good));

  /* Try Again, once the file is mended. */
  mended = app_fixture_write (fixture, "bad.bin", TWO_STACKS);
  gtk_widget_activate_action (GTK_WIDGET (bad), "page.reload", NULL);
  app_fixture_settle (fixture);
  g_assert_nonnull (thaw_page_get_document (bad));
  g_assert_null (thaw_page_get_error (bad));
}

/* A reload that fails keeps what is shown. */
static void
test_reload (AppFixture *fixture, gconstpointer data)
{
  ThawPage *page = app_fixture_open (fixture, "two.txt", TWO_STACKS);
  ThawDocument *document = thaw_page_get_document (page);
  g_autoptr (GFile) file = app_fixture_write (fixture, "two.txt", "\x01\x02\x03");

  thaw_page_reload (page);
  app_fixture_settle (fixture);
  g_assert_true (thaw_page_get_document (page) == document);

  g_clear_object (&file);
  file = app_fixture_write (fixture, "two.txt", "main;other 7\n");
  thaw_page_reload (page);
  app_fixture_settle (fixture);
  document = thaw_page_get_document (page);
  g_assert_cmpfloat (thaw_profile_get_total (thaw_document_get_profile (document)), ==, 7);
}

static void
test_missing (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/there/is/no/<such>&file.prof");
  ThawPage *page;

  thaw_window_open (fixture->window, &file, 1, THAW_OPEN_ASK);
  page = app_fixture_settle (fixture);
  g_assert_error (thaw_page_get_error (page), G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Feeds a pipe with samples for ever; ends when nobody reads any more. */
static gpointer
feed (gpointer path)
{
  int fd = open (path, O_WRONLY);

  g_assert_cmpint (fd, >=, 0);
  while (write (fd, "main;work 1\n", 12) > 0)
    g_usleep (200);
  close (fd);
  return NULL;
}

static void
test_cancel (AppFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "endless.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GThread *feeder;
  ThawPage *page;

  signal (SIGPIPE, SIG_IGN);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  feeder = g_thread_new ("feeder", feed, path);
  thaw_window_open (fixture->window, &file, 1, THAW_OPEN_ASK);
  /* The progress page shows a bar and a button. */
  app_wait ((page = thaw_window_get_page (fixture->window)) != NULL &&
            app_find (GTK_WIDGET (page), GTK_TYPE_PROGRESS_BAR) != NULL);
  g_assert_true (thaw_page_get_loading (page));
  g_assert_nonnull (app_find (GTK_WIDGET (page), GTK_TYPE_BUTTON));

  gtk_widget_activate_action (GTK_WIDGET (page), "win.close-tab", NULL);
  app_wait (thaw_window_get_n_pages (fixture->window) == 0);
  /* The importer let go of the pipe. */
  g_thread_join (feeder);
}

static void
test_tabs (AppFixture *fixture, gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  ThawPage *first = app_fixture_open (fixture, "one.txt", "a 1\n");
  ThawPage *second = app_fixture_open (fixture, "two.txt", "b 2\n");
  ThawPage *third = app_fixture_open (fixture, "three.txt", "c 3\n");

  g_object_add_weak_pointer (G_OBJECT (third), (gpointer *) &third);
  g_assert_cmpstr (gtk_window_get_title (window), ==, "three.txt – Thaw");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.close-tab", NULL);
  app_wait (third == NULL);
  g_assert_true (thaw_window_get_page (fixture->window) == second);
  g_assert_cmpstr (gtk_window_get_title (window), ==, "two.txt – Thaw");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.close-tab", NULL);
  g_assert_true (thaw_window_get_page (fixture->window) == first);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.close-tab", NULL);
  g_assert_cmpuint (thaw_window_get_n_pages (fixture->window), ==, 0);
  g_assert_cmpstr (gtk_window_get_title (window), ==, "Thaw");
}

/* The dialog that asks, when it is up. */
static AdwMessageDialog *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

static void
open_and_answer (AppFixture *fixture, GFile **files, guint n, const char *answer)
{
  AdwMessageDialog *question;

  thaw_window_open (fixture->window, files, n, THAW_OPEN_ASK);
  app_wait ((question = find_question ()) != NULL);
  adw_message_dialog_response (question, answer);
  gtk_window_close (GTK_WINDOW (question));
  app_wait (find_question () == NULL);
}

static void
test_question (AppFixture *fixture, gconstpointer data)
{
  GFile *files[] = { app_fixture_write (fixture, "worker-1.txt", "main;a 1\n"),
                     app_fixture_write (fixture, "worker-2.txt", "main;b 2\n") };
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autofree char *name = g_path_get_basename (fixture->folder);
  const ThawProfile *profile;
  ThawPage *page;

  open_and_answer (fixture, files, 2, "cancel");
  g_assert_cmpuint (thaw_window_get_n_pages (fixture->window), ==, 0);

  open_and_answer (fixture, files, 2, "tabs");
  app_wait (thaw_window_get_n_pages (fixture->window) == 2);

  /* A folder stands for its files, and lends the profile its name. */
  open_and_answer (fixture, &folder, 1, "merge");
  app_wait (thaw_window_get_n_pages (fixture->window) == 3);
  page = app_fixture_settle (fixture);
  g_assert_cmpstr (thaw_page_get_title (page), ==, name);
  profile = thaw_document_get_profile (thaw_page_get_document (page));
  g_assert_cmpuint (thaw_profile_get_n_processes (profile), ==, 2);
  g_assert_cmpfloat (thaw_profile_get_total (profile), ==, 3);

  /* Who says so beforehand is not asked. */
  thaw_window_open (fixture->window, files, 2, THAW_OPEN_MERGED);
  app_wait (thaw_window_get_n_pages (fixture->window) == 4);
  app_fixture_settle (fixture);
  g_object_unref (files[0]);
  g_object_unref (files[1]);
}

static void
test_folders (AppFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "empty", NULL);
  g_autoptr (GFile) empty = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr (GFile) file = NULL;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  thaw_window_open (fixture->window, &empty, 1, THAW_OPEN_ASK);
  /* A toast says that there is nothing. */
  app_wait (app_find (GTK_WIDGET (fixture->window), g_type_from_name ("AdwToastWidget")) != NULL);
  g_assert_cmpuint (thaw_window_get_n_pages (fixture->window), ==, 0);

  /* One file is nothing to ask about. */
  file = app_fixture_write (fixture, "one.txt", "a 1\n");
  thaw_window_open (fixture->window, &folder, 1, THAW_OPEN_ASK);
  app_wait (thaw_window_get_n_pages (fixture->window) == 1);
  g_assert_nonnull (thaw_page_get_document (app_fixture_settle (fixture)));
}

static gboolean
flag (gpointer object, const char *name)
{
  gboolean value;

  g_object_get (object, name, &value, NULL);
  return value;
}

static void
test_view (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  ThawPage *page = app_fixture_open (fixture, "two.txt", TWO_STACKS);
  ThawDocument *document = thaw_page_get_document (page);
  ThawColourMode colours;
  ThawOrder order;

  g_assert_false (flag (document, "flame"));
  g_assert_true (gtk_widget_activate_action (window, "page.flame", NULL));
  g_assert_true (flag (document, "flame"));
  g_assert_true (gtk_widget_activate_action (window, "page.order", "s", "alphabetical"));
  g_object_get (document, "order", &order, NULL);
  g_assert_cmpint (order, ==, THAW_ORDER_ALPHABETICAL);
  /* Without times there is no order of time. */
  gtk_widget_activate_action (window, "page.order", "s", "time");
  g_assert_false (flag (document, "time-order"));
  g_assert_true (gtk_widget_activate_action (window, "page.colour-mode", "s", "package"));
  g_object_get (document, "colour-mode", &colours, NULL);
  g_assert_cmpint (colours, ==, THAW_COLOUR_PACKAGE);
  g_assert_true (gtk_widget_activate_action (window, "page.colour-mode", "s", "self"));
  g_assert_true (gtk_widget_activate_action (window, "win.search", NULL));
  g_assert_true (flag (page, "searching"));
  app_fixture_settle (fixture);
}

static int
height_of_page (AppFixture *fixture)
{
  return gtk_widget_get_height (GTK_WIDGET (thaw_window_get_page (fixture->window)));
}

/* The part of the height that the functions take outlives another height; it changes by hand only. */
static void
test_panes (AppFixture *fixture, gconstpointer data)
{
  ThawSettings *settings = thaw_application_get_settings (fixture->application);
  double before = 0, after = 0;
  int height;

  app_fixture_open (fixture, "two.txt", TWO_STACKS);
  app_wait ((height = height_of_page (fixture)) > 0);
  g_object_get (settings, "functions-share", &before, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 520);
  app_wait (height_of_page (fixture) > 0 && height_of_page (fixture) < height);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, TRUE);
  g_object_get (settings, "functions-share", &after, NULL);
  g_assert_cmpfloat (after, ==, before);
}

/* Nothing in a capture makes the window wider than a small screen. */
static void
test_long_names (AppFixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strnfill (200, 'n');
  g_autofree char *file = g_strconcat (name, ".txt", NULL);
  g_autofree char *text = g_strdup_printf ("%s;%s%s%s 3\n", name, name, name, name);
  int minimum;

  app_fixture_open (fixture, file, text);
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 800);
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 600);
}

static guint
count_recent (ThawRecent *recent)
{
  g_autoptr (GPtrArray) files = thaw_recent_list (recent, 5);

  return files->len;
}

static void
test_recent (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (ThawRecent) recent = thaw_recent_new ();
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *folder = NULL;
  GFile *file;

  /* What cannot be opened is not remembered. */
  app_fixture_open (fixture, "bad.bin", "\x01\x02\x03 nothing \x7f that we know");
  app_fixture_open (fixture, "two.txt", TWO_STACKS);
  app_wait (count_recent (recent) > 0);
  g_assert_cmpuint (count_recent (recent), ==, 1);
  files = thaw_recent_list (recent, 5);
  file = thaw_document_get_file (thaw_page_get_document (thaw_window_get_page (fixture->window)));
  g_assert_true (g_file_equal (files->pdata[0], file));
  folder = thaw_folder_of (file);
  g_assert_cmpstr (folder, ==, fixture->folder);
  thaw_recent_clear (recent);
  g_assert_cmpuint (count_recent (recent), ==, 0);
}

static void
test_preferences (AppFixture *fixture, gconstpointer data)
{
  ThawSettings *settings = thaw_application_get_settings (fixture->application);
  ThawPreferences *preferences = g_object_ref (
      thaw_preferences_new (GTK_WINDOW (fixture->window), settings));
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_window_present (GTK_WINDOW (preferences));
  g_object_set (settings, "color-scheme", ADW_COLOR_SCHEME_FORCE_DARK, NULL);
  g_assert_true (adw_style_manager_get_dark (style));
  g_assert_cmpint (thaw_theme_now (), ==, THAW_THEME_DARK);
  g_object_set (settings, "color-scheme", ADW_COLOR_SCHEME_DEFAULT, "flame", TRUE, "order",
                THAW_ORDER_ALPHABETICAL, NULL);
  gtk_window_destroy (GTK_WINDOW (preferences));
  app_wait (G_OBJECT (preferences)->ref_count == 1);
  g_assert_finalize_object (preferences);

  /* New profiles start as is preferred. */
  g_assert_true (
      flag (thaw_page_get_document (app_fixture_open (fixture, "a.txt", "a 1\n")), "flame"));
  g_object_set (settings, "flame", FALSE, "order", THAW_ORDER_HEAVIEST, NULL);
}

/* Every property is a key with the same default; and nothing needs the schema. */
static void
test_settings (void)
{
  g_autofree GParamSpec **specs = NULL;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema)
      schema = source != NULL ? g_settings_schema_source_lookup (source, THAW_APP_ID, TRUE) : NULL;
  g_autoptr (ThawSettings) fresh = thaw_settings_new ();
  guint n = 0;

  specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (fresh), &n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (fresh), specs[i]->name, &value);
      g_test_message ("%s", specs[i]->name);
      g_assert_true (g_param_value_defaults (specs[i], &value));
      g_assert_true (schema == NULL || g_settings_schema_has_key (schema, specs[i]->name));
    }
  if (g_getenv ("GSETTINGS_SCHEMA_DIR") != NULL)
    g_assert_nonnull (schema);
  g_object_set (fresh, "row-height", 30, NULL);
  g_assert_cmpint (thaw_settings_get_number (fresh, "row-height"), ==, 30);
  g_object_set (fresh, "row-height", 23, NULL);
}

static void
test_settings_without_schema (void)
{
  if (!g_test_subprocess ())
    {
      g_autofree char *before = g_strdup (g_getenv ("GSETTINGS_SCHEMA_DIR"));

      g_unsetenv ("GSETTINGS_SCHEMA_DIR");
      g_test_trap_subprocess ("/window/settings", 0, G_TEST_SUBPROCESS_DEFAULT);
      if (before != NULL)
        g_setenv ("GSETTINGS_SCHEMA_DIR", before, TRUE);
      g_test_trap_assert_passed ();
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/window/" name, AppFixture, NULL, app_fixture_set_up, function,                     \
              app_fixture_tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  /* First, while nothing has changed a setting. */
  g_test_add_func ("/window/settings", test_settings);
  ADD ("empty", test_empty);
  ADD ("open", test_open);
  ADD ("error", test_error);
  ADD ("reload", test_reload);
  ADD ("missing", test_missing);
  ADD ("cancel", test_cancel);
  ADD ("tabs", test_tabs);
  ADD ("question", test_question);
  ADD ("folders", test_folders);
  ADD ("view", test_view);
  ADD ("panes", test_panes);
  ADD ("long-names", test_long_names);
  ADD ("recent", test_recent);
  ADD ("preferences", test_preferences);
  g_test_add_func ("/window/settings-without-schema", test_settings_without_schema);
  return g_test_run ();
}
