/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The search bar over a document: what is typed becomes its search and what others search for is
 * shown; the result in words, bad expressions, stepping, closing; and that the bar goes away.
 */
#include <adwaita.h>
#include "thaw-profile-builder.h"
#include "thaw-search-bar.h"

/* main calls load, which calls parse; main calls parse too; (transfer full). */
static ThawDocument *
make_document (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  guint32 process = thaw_profile_builder_add_process (builder, 1, "test");
  ThawThreadSpec spec = { 1, "MainThread", "main" };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, &error);
  static const char *const names[] = { "main", "load", "parse_all" };
  guint32 slots[G_N_ELEMENTS (names)];
  g_autoptr (ThawProfile) profile = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ThawFrameSpec frame = { names[i], "/app/code.py", 10 * (i + 1), 0, THAW_FUNCTION_PYTHON };

      slots[i] = thaw_profile_builder_add_frame (builder, &frame);
    }
  g_assert_true (thaw_thread_builder_add_stack (thread, slots, 3, 3, &error));
  g_assert_true (
      thaw_thread_builder_add_stack (thread, (guint32[]){ slots[0], slots[2] }, 2, 1, &error));
  profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return thaw_document_new (profile, NULL);
}

typedef struct
{
  ThawDocument *document;
  GtkWidget *window;
  ThawSearchBar *bar;
  GtkWidget *entry;
  GtkWidget *count;
  GtkWidget *regex;
} Fixture;

/* The first widget of a type below @widget whose buildable name is @name. */
static GtkWidget *
find_child (GtkWidget *widget, const char *name)
{
  GtkWidget *found = NULL;

  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_child (child, name);
  return found;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->document = make_document ();
  while (thaw_document_get_lanes (fixture->document)->len == 0)
    g_main_context_iteration (NULL, TRUE);
  fixture->window = gtk_window_new ();
  fixture->bar = THAW_SEARCH_BAR (g_object_ref_sink (thaw_search_bar_new ()));
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->bar));
  g_object_set (fixture->bar, "document", fixture->document, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->entry = find_child (GTK_WIDGET (fixture->bar), "entry");
  fixture->count = find_child (GTK_WIDGET (fixture->bar), "count");
  fixture->regex = find_child (GTK_WIDGET (fixture->bar), "regex");
  settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_assert_finalize_object (fixture->bar);
  while (thaw_document_get_busy (fixture->document))
    g_main_context_iteration (NULL, TRUE);
  settle ();
  g_assert_finalize_object (fixture->document);
}

/* Types as a person does, and waits until the bar says @expected. */
static void
type_and_expect (Fixture *fixture, const char *text, const char *expected)
{
  gtk_editable_set_text (GTK_EDITABLE (fixture->entry), text);
  while (g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (fixture->count)), expected) != 0)
    g_main_context_iteration (NULL, TRUE);
}

static char *
get_search (Fixture *fixture)
{
  char *search;

  g_object_get (fixture->document, "search", &search, NULL);
  return search;
}

static gboolean
is_shown (Fixture *fixture)
{
  gboolean shown;

  g_object_get (fixture->bar, "search-mode-enabled", &shown, NULL);
  return shown;
}

static void
test_result (Fixture *fixture, gconstpointer data)
{
  g_autofree char *search = NULL;

  g_assert_false (is_shown (fixture));
  thaw_search_bar_start (fixture->bar);
  g_assert_true (is_shown (fixture));
  type_and_expect (fixture, "load", "1 function · 1 box · 75.0 %");
  type_and_expect (fixture, "parse", "1 function · 2 boxes · 100 %");
  search = get_search (fixture);
  g_assert_cmpstr (search, ==, "parse");
  type_and_expect (fixture, "nothing at all", "No matches");
  g_assert_false (gtk_widget_get_sensitive (find_child (GTK_WIDGET (fixture->bar), "next")));
  type_and_expect (fixture, "", "");
}

static void
test_steps (Fixture *fixture, gconstpointer data)
{
  thaw_search_bar_start (fixture->bar);
  type_and_expect (fixture, "parse", "1 function · 2 boxes · 100 %");
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_cmpstr (gtk_inscription_get_text (GTK_INSCRIPTION (fixture->count)), ==,
                   "1 function · box 1 of 2 · 100 %");
  gtk_widget_activate_action (fixture->entry, "search.next", NULL);
  g_assert_cmpstr (gtk_inscription_get_text (GTK_INSCRIPTION (fixture->count)), ==,
                   "1 function · box 2 of 2 · 100 %");
  gtk_widget_activate_action (fixture->entry, "search.previous", NULL);
  g_assert_cmpstr (gtk_inscription_get_text (GTK_INSCRIPTION (fixture->count)), ==,
                   "1 function · box 1 of 2 · 100 %");
}

static void
test_expression (Fixture *fixture, gconstpointer data)
{
  thaw_search_bar_start (fixture->bar);
  type_and_expect (fixture, "^(main|load)$", "No matches");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (fixture->regex), TRUE);
  type_and_expect (fixture, "^(main|load)$", "2 functions · 2 boxes · 100 %");
  g_assert_false (gtk_widget_has_css_class (fixture->entry, "error"));

  gtk_editable_set_text (GTK_EDITABLE (fixture->entry), "load(");
  while (thaw_document_get_search_error (fixture->document) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_has_css_class (fixture->entry, "error"));
  g_assert_true (g_str_has_suffix (thaw_document_get_search_error (fixture->document),
                                   gtk_inscription_get_text (GTK_INSCRIPTION (fixture->count))));
  type_and_expect (fixture, "load", "1 function · 1 box · 75.0 %");
  g_assert_false (gtk_widget_has_css_class (fixture->entry, "error"));
}

static void
test_from_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *search = NULL;

  g_object_set (fixture->document, "search", "load", NULL);
  g_assert_true (is_shown (fixture));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==, "load");

  g_object_set (fixture->bar, "search-mode-enabled", FALSE, NULL);
  search = get_search (fixture);
  g_assert_cmpstr (search, ==, "");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==, "");
  g_assert_cmpstr (gtk_inscription_get_text (GTK_INSCRIPTION (fixture->count)), ==, "");
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
#define ADD(name, function) g_test_add ("/search/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("result", test_result);
  ADD ("steps", test_steps);
  ADD ("expression", test_expression);
  ADD ("from-elsewhere", test_from_elsewhere);
  return g_test_run ();
}
