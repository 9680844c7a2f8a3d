/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A running application with one window, and a folder of its own, for tests of the window.
 */
#pragma once

#include "thaw-application.h"
#include "thaw-window.h"

typedef struct
{
  ThawApplication *application;
  ThawWindow *window;
  char *folder;
} AppFixture;

void app_fixture_set_up (AppFixture *fixture, gconstpointer data);
/* Closes the window and asserts that it and the application are finalized. */
void app_fixture_tear_down (AppFixture *fixture, gconstpointer data);

/* Writes @text to @name in the fixture's folder; (transfer full). */
GFile *app_fixture_write (AppFixture *fixture, const char *name, const char *text);
/* Writes and opens a file and waits until it is shown or refused; (transfer none). */
ThawPage *app_fixture_open (AppFixture *fixture, const char *name, const char *text);
/* Waits until the selected page has stopped loading; (transfer none). */
ThawPage *app_fixture_settle (AppFixture *fixture);
/* The first widget below @widget, itself included, of @type that is on show, or NULL. */
GtkWidget *app_find (GtkWidget *widget, GType type);

/* Runs the main loop until @condition holds. What never happens ends the program after a minute. */
#define app_wait(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint app_deadline = app_deadline_start (#condition);                                          \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (app_deadline);                                                                \
  }                                                                                                \
  G_STMT_END
guint app_deadline_start (const char *condition);

/* g_test_init and GTK with what every test needs. */
void app_test_init (int *argc, char ***argv);
