/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The graph in a window, driven by real events (xdotool) and by the calls that they end in: zooming and
 * the way back, keyboard, menu, hover, lanes on one axis, depth, empty threads; and that every widget
 * goes away.
 */
#include <adwaita.h>
#include <gdk/x11/gdkx.h>
#include <math.h>
#include "thaw-graph-private.h"
#include "thaw-graph-view.h"
#include "thaw-lane-view.h"
#include "tree-text.h"
#include "thaw-ruler.h"

typedef struct
{
  const char *name;
  const char *stacks;
} Thread;

static ThawDocument *
make_document (const Thread *threads, guint n)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  guint32 process = thaw_profile_builder_add_process (builder, 1, "test");

  thaw_profile_builder_set_unit (builder, THAW_UNIT_SECONDS, THAW_MEANING_WALL);
  for (guint i = 0; i < n; i++)
    {
      ThawThreadSpec spec = { i + 1, threads[i].name, NULL };
      ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, &error);
      thaw_thread_builder_set_ordered (thread);
      test_feed (builder, thread, threads[i].stacks);
    }
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return thaw_document_new (profile, NULL);
}

static const Thread two[] = {
  { "MainThread", "main;load;parse 3\nmain;load 1\nmain;show;parse 2\nmain 4\n" },
  { "worker", "run;load;parse 5\nrun;wait 15\n" },
};

/* A window with a view of a document. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
  ThawDocument *document;
} Fixture;

static void
settle (ThawDocument *document)
{
  gint64 until = g_get_monotonic_time () + 300 * G_TIME_SPAN_MILLISECOND;

  while (thaw_document_get_busy (document))
    g_main_context_iteration (NULL, TRUE);
  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->document = make_document (two, G_N_ELEMENTS (two));
  fixture->view = thaw_graph_view_new ();
  fixture->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->view);
  thaw_graph_view_set_document (THAW_GRAPH_VIEW (fixture->view), fixture->document);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (fixture->document);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_ref (fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->view);
  g_assert_finalize_object (fixture->document);
}

/* The @nth widget of a type below @widget, in the order of the screen; none is an error. */
static GtkWidget *
find_widget (GtkWidget *widget, GType type, guint *nth)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (*nth)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type, nth);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static ThawGraph *
get_graph (Fixture *fixture, guint nth)
{
  GtkWidget *found = find_widget (fixture->view, THAW_TYPE_GRAPH, &nth);

  g_assert_nonnull (found);
  return THAW_GRAPH (found);
}

/* The first box of a function. */
static guint32
find_node (ThawGraph *graph, const char *name)
{
  const ThawTree *tree = thaw_lane_get_tree (graph->lane);
  ThawProfile *profile = thaw_document_get_profile (graph->document);

  for (guint32 node = 1; node < tree->n_nodes; node++)
    if (g_str_equal (thaw_profile_frame_name (profile, tree->key, tree->frame[node]), name))
      return node;
  g_assert_not_reached ();
}

/* Moves the real pointer over a box, then does @command there. FALSE where xdotool is absent. */
static gboolean
xdotool (Fixture *fixture, ThawGraph *graph, guint32 node, const char *command)
{
  g_autofree char *program = g_find_program_in_path ("xdotool");
  graphene_rect_t rect;
  graphene_point_t at;
  double x, y;

  if (program == NULL)
    {
      g_test_skip ("xdotool is not installed");
      return FALSE;
    }
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (fixture->window));
  gulong window = gdk_x11_surface_get_xid (surface);
  g_assert_true (thaw_graph_get_box_rect (graph, node, &rect));
  graphene_rect_get_center (&rect, &at);
  at.x = MIN (at.x, gtk_widget_get_width (GTK_WIDGET (graph)) - 10);
  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (graph), fixture->window, &at, &at));
  gtk_native_get_surface_transform (GTK_NATIVE (fixture->window), &x, &y);
  g_autofree char *line = g_strdup_printf (
      "%s windowfocus %lu mousemove --window %lu %d %d mousemove_relative 1 0 %s", program, window,
      window, (int) (at.x + x), (int) (at.y + y), command);
  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, NULL, NULL));
  settle (fixture->document);
  return TRUE;
}

static const char *
current_level (ThawGraph *graph)
{
  guint n = thaw_zoom_get_n_levels (graph->zoom);

  if (n == 0)
    return "";
  const ThawZoomLevel *level = thaw_zoom_get_level (graph->zoom, n - 1);
  const ThawTree *tree = thaw_lane_get_tree (level->lane);
  return thaw_profile_frame_name (thaw_document_get_profile (graph->document), tree->key,
                                  tree->frame[level->node]);
}

static void
test_levels (Fixture *fixture, gconstpointer data)
{
  ThawGraph *graph = get_graph (fixture, 0);
  ThawZoom *zoom = graph->zoom;

  g_assert_true (thaw_zoom_is_whole (zoom));
  g_assert_false (thaw_zoom_back (zoom));
  thaw_graph_activate_node (graph, find_node (graph, "main"));
  thaw_graph_activate_node (graph, find_node (graph, "load"));
  g_assert_cmpuint (thaw_zoom_get_n_levels (zoom), ==, 2);
  g_assert_cmpfloat_with_epsilon (thaw_zoom_get_view (zoom)->x1 - thaw_zoom_get_view (zoom)->x0, 4,
                                  1e-9);

  /* A box beside takes the place of "load", and stays under "main". */
  thaw_graph_activate_node (graph, find_node (graph, "show"));
  g_assert_cmpuint (thaw_zoom_get_n_levels (zoom), ==, 2);
  g_assert_cmpstr (current_level (graph), ==, "show");

  /* A free zoom is undone first, then the levels one by one. */
  thaw_zoom_by (zoom, 0.5, 4);
  g_assert_true (thaw_zoom_back (zoom));
  g_assert_cmpstr (current_level (graph), ==, "show");
  g_assert_cmpfloat_with_epsilon (thaw_zoom_get_view (zoom)->x1 - thaw_zoom_get_view (zoom)->x0, 2,
                                  1e-9);
  g_assert_true (thaw_zoom_back (zoom));
  g_assert_cmpstr (current_level (graph), ==, "main");
  g_assert_true (thaw_zoom_back (zoom));
  g_assert_true (thaw_zoom_is_whole (zoom));
  g_assert_false (thaw_zoom_back (zoom));

  /* An ancestor of what is zoomed into drops what is inside it. */
  thaw_graph_activate_node (graph, find_node (graph, "parse"));
  thaw_graph_activate_node (graph, find_node (graph, "load"));
  g_assert_cmpuint (thaw_zoom_get_n_levels (zoom), ==, 1);
  g_assert_true (thaw_zoom_reset (zoom));
  g_assert_false (thaw_zoom_reset (zoom));
}

static void
test_pointer (Fixture *fixture, gconstpointer data)
{
  ThawGraph *graph = get_graph (fixture, 0);
  guint32 load = find_node (graph, "load");
  double x, y;

  if (!xdotool (fixture, graph, load, ""))
    return;
  g_assert_cmpuint (thaw_graph_get_hover (graph, &x, &y), ==, load);
  xdotool (fixture, graph, load, "click 1");
  g_assert_cmpstr (current_level (graph), ==, "load");
  g_assert_cmpuint (thaw_document_get_selected_function (fixture->document), ==,
                    thaw_graph_function_of (graph, load));
  xdotool (fixture, graph, load, "key Escape");
  g_assert_true (thaw_zoom_is_whole (graph->zoom));

  /* Ctrl and the wheel zoom where the pointer is; Ctrl and a click only select. */
  xdotool (fixture, graph, find_node (graph, "show"),
           "keydown ctrl click 4 click 4 click 1 keyup ctrl");
  g_assert_cmpuint (thaw_zoom_get_n_levels (graph->zoom), ==, 0);
  g_assert_false (thaw_zoom_is_whole (graph->zoom));
  g_assert_cmpfloat_with_epsilon (thaw_zoom_get_view (graph->zoom)->x1 -
                                      thaw_zoom_get_view (graph->zoom)->x0,
                                  10 / 1.25 / 1.25, 1e-6);
  g_assert_cmpuint (thaw_graph_get_cursor (graph), ==, find_node (graph, "show"));

  /* Dragging pans and is no click. */
  double before = thaw_zoom_get_view (graph->zoom)->x0;
  xdotool (fixture, graph, find_node (graph, "show"),
           "mousedown 1 mousemove_relative 60 0 mousemove_relative 60 0 mouseup 1");
  g_assert_cmpfloat (thaw_zoom_get_view (graph->zoom)->x0, <, before);
  g_assert_cmpuint (thaw_zoom_get_n_levels (graph->zoom), ==, 0);
  xdotool (fixture, graph, find_node (graph, "main"), "key Home");
  g_assert_true (thaw_zoom_is_whole (graph->zoom));
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  ThawGraph *graph = get_graph (fixture, 0);
  guint32 main_node = find_node (graph, "main");

  gtk_widget_grab_focus (GTK_WIDGET (graph));
  if (!xdotool (fixture, graph, main_node, "key Down"))
    return;
  g_assert_cmpuint (graph->cursor, ==, main_node);
  xdotool (fixture, graph, main_node, "key Down Right");
  g_assert_cmpuint (graph->cursor, ==, find_node (graph, "show"));
  xdotool (fixture, graph, main_node, "key Left Return");
  g_assert_cmpstr (current_level (graph), ==, "load");
  xdotool (fixture, graph, main_node, "key BackSpace Up");
  g_assert_cmpuint (graph->cursor, ==, main_node);

  /* In a flame, up is towards the callees. */
  g_object_set (fixture->document, "flame", TRUE, NULL);
  settle (fixture->document);
  xdotool (fixture, graph, main_node, "key Up");
  g_assert_cmpuint (graph->cursor, ==, find_node (graph, "load"));
  xdotool (fixture, graph, main_node, "key shift+F10");
  g_assert_nonnull (graph->menu);
  g_assert_true (gtk_widget_get_visible (graph->menu));
  gtk_popover_popdown (GTK_POPOVER (graph->menu));
  settle (fixture->document);
}

static void
remember (guint *value, guint function)
{
  *value = function;
}

static void
test_menu (Fixture *fixture, gconstpointer data)
{
  ThawGraph *graph = get_graph (fixture, 0);
  guint32 show = find_node (graph, "show");
  guint in_table = 0, in_sandwich = 0;
  g_autofree char *search = NULL;

  if (!xdotool (fixture, graph, show, "click 3"))
    return;
  g_assert_true (gtk_widget_get_visible (graph->menu));
  g_assert_cmpuint (graph->cursor, ==, show);
  gtk_popover_popdown (GTK_POPOVER (graph->menu));
  g_signal_connect_swapped (fixture->document, "show-in-table", G_CALLBACK (remember), &in_table);
  g_signal_connect_swapped (fixture->document, "show-sandwich", G_CALLBACK (remember),
                            &in_sandwich);
  gtk_widget_activate_action (GTK_WIDGET (graph), "graph.show-in-table", NULL);
  gtk_widget_activate_action (GTK_WIDGET (graph), "graph.show-sandwich", NULL);
  gtk_widget_activate_action (GTK_WIDGET (graph), "graph.search", NULL);
  g_assert_cmpuint (in_table, ==, thaw_graph_function_of (graph, show));
  g_assert_cmpuint (in_sandwich, ==, in_table);
  g_object_get (fixture->document, "search", &search, NULL);
  g_assert_cmpstr (search, ==, "show");
  settle (fixture->document);
}

static void
test_lanes (Fixture *fixture, gconstpointer data)
{
  const guint32 both[] = { 0, 1 };
  graphene_rect_t main_rect, run_rect;

  thaw_document_set_threads (fixture->document, both, 2);
  settle (fixture->document);
  ThawGraph *first = get_graph (fixture, 0), *second = get_graph (fixture, 1);

  /* 10 s of one thread are half as wide as 20 s of the other. */
  g_assert_true (thaw_graph_get_box_rect (first, find_node (first, "main"), &main_rect));
  g_assert_true (thaw_graph_get_box_rect (second, find_node (second, "run"), &run_rect));
  g_assert_cmpfloat_with_epsilon (2 * main_rect.size.width, run_rect.size.width, 2);

  /* Each is zoomed by itself, and keeps its zoom when the boxes stand in another order. */
  g_assert_true (first->zoom != second->zoom);
  thaw_graph_activate_node (first, find_node (first, "show"));
  g_object_set (fixture->document, "order", THAW_ORDER_ALPHABETICAL, NULL);
  settle (fixture->document);
  g_assert_cmpstr (current_level (first), ==, "show");
  g_assert_true (thaw_zoom_is_whole (second->zoom));
  g_assert_cmpfloat_with_epsilon (
      thaw_zoom_get_view (first->zoom)->x1 - thaw_zoom_get_view (first->zoom)->x0, 2, 1e-9);

  /* On a clock they move together. */
  g_object_set (fixture->document, "time-order", TRUE, NULL);
  settle (fixture->document);
  g_assert_true (first->zoom == second->zoom);
  g_assert_true (thaw_zoom_is_whole (first->zoom));

  thaw_graph_view_reset_zoom (THAW_GRAPH_VIEW (fixture->view));
  thaw_document_set_threads (fixture->document, NULL, 0);
  settle (fixture->document);
  guint nth = 0;
  g_assert_null (find_widget (fixture->view, THAW_TYPE_GRAPH, &nth));
}

static void
test_reveal (Fixture *fixture, gconstpointer data)
{
  ThawGraph *graph = get_graph (fixture, 0);
  graphene_rect_t rect;

  thaw_graph_activate_node (graph, find_node (graph, "load"));
  g_assert_false (thaw_graph_get_box_rect (graph, find_node (graph, "show"), &rect));
  thaw_document_reveal (fixture->document, graph->lane, find_node (graph, "show"));
  settle (fixture->document);
  g_assert_true (thaw_graph_get_box_rect (graph, find_node (graph, "show"), &rect));
  g_assert_cmpfloat (rect.size.width, >, 100);
  g_assert_cmpuint (graph->cursor, ==, find_node (graph, "show"));
}

/* Deep stacks scroll, and begin at the root either way up. */
static void
test_depth (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  guint32 process = thaw_profile_builder_add_process (builder, 1, "test");
  ThawThreadSpec spec = { 1, "MainThread", "main" };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, &error);
  g_autofree guint32 *stack = g_new (guint32, 30000);
  Fixture fixture;

  for (guint i = 0; i < 30000; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i % 7);
      ThawFrameSpec frame = { name, "/app/code.py", 7, 0, THAW_FUNCTION_PYTHON };
      stack[i] = thaw_profile_builder_add_frame (builder, &frame);
    }
  thaw_thread_builder_add_stack (thread, stack, 30000, 1, &error);
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);

  set_up (&fixture, NULL);
  g_object_unref (fixture.document);
  fixture.document = thaw_document_new (profile, NULL);
  thaw_graph_view_set_document (THAW_GRAPH_VIEW (fixture.view), fixture.document);
  settle (fixture.document);
  ThawGraph *graph = get_graph (&fixture, 0);
  graphene_rect_t rect;

  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (graph)), <, 600);
  g_assert_true (thaw_graph_get_box_rect (graph, 1, &rect));
  g_assert_cmpfloat (rect.origin.y, ==, 0);
  thaw_graph_reveal (graph, 30000);
  g_assert_true (thaw_graph_get_box_rect (graph, 30000, &rect));
  g_assert_cmpfloat (rect.origin.y, <, 600);
  g_object_set (fixture.document, "flame", TRUE, NULL);
  settle (fixture.document);
  g_assert_true (thaw_graph_get_box_rect (graph, 1, &rect));
  g_assert_cmpfloat (rect.origin.y, >, 0);
  g_assert_cmpfloat (rect.origin.y, <, gtk_widget_get_height (GTK_WIDGET (graph)));
  tear_down (&fixture, NULL);
}

static void
test_empty (void)
{
  const Thread threads[] = { { "idle", "" }, { "busy", "a 1\n" } };
  const guint32 idle = 0;
  Fixture fixture;

  set_up (&fixture, NULL);
  g_object_unref (fixture.document);
  fixture.document = make_document (threads, G_N_ELEMENTS (threads));
  thaw_graph_view_set_document (THAW_GRAPH_VIEW (fixture.view), fixture.document);
  thaw_document_set_threads (fixture.document, &idle, 1);
  settle (fixture.document);
  ThawGraph *graph = get_graph (&fixture, 0);
  g_assert_true (thaw_graph_is_empty (graph));
  g_assert_cmpuint (thaw_graph_hit (graph, 5, 5), ==, THAW_NODE_NONE);
  thaw_graph_reveal (graph, 1);
  thaw_graph_activate_node (graph, 1);
  gtk_widget_activate_action (GTK_WIDGET (graph), "graph.menu", NULL);
  tear_down (&fixture, NULL);
}

static void
test_ruler (void)
{
  g_assert_cmpfloat_with_epsilon (thaw_ruler_step (10, 10), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (thaw_ruler_step (11, 10), 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (thaw_ruler_step (0.021, 10), 0.005, 1e-12);
  g_assert_cmpfloat_with_epsilon (thaw_ruler_step (51, 10), 10, 1e-12);
  g_assert_cmpfloat (thaw_ruler_step (0, 10), ==, 1);
  g_assert_cmpfloat (thaw_ruler_step (NAN, 10), ==, 1);
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
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  g_test_add_func ("/graph/ruler", test_ruler);
  ADD ("/graph/levels", test_levels);
  ADD ("/graph/pointer", test_pointer);
  ADD ("/graph/keys", test_keys);
  ADD ("/graph/menu", test_menu);
  ADD ("/graph/lanes", test_lanes);
  ADD ("/graph/reveal", test_reveal);
  g_test_add_func ("/graph/depth", test_depth);
  g_test_add_func ("/graph/empty", test_empty);
  return g_test_run ();
}
