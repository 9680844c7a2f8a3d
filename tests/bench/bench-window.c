/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the graph costs on the screen: from the start of the program to the first picture, while the
 * pointer moves over boxes, while the view is panned and zoomed, each as CPU time of the whole process
 * per frame, at 1600 × 900 or what the display has. The floor is a frame in which nothing has changed
 * but one pixel. Needs a display; says so and ends well without one.
 */
#include <adwaita.h>
#include <math.h>

#include "bench-stacks.h"
#include "thaw-graph-private.h"
#include "thaw-graph-view.h"
#include "thaw-profile-builder.h"

#define N_SAMPLES 200000
#define N_FRAMES 60

static ThawProfile *
make_profile (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autofree BenchStacks *stacks = bench_stacks_new (0);
  g_autoptr (GError) error = NULL;
  ThawThreadSpec spec = { 1, "MainThread", "main" };
  guint32 process = thaw_profile_builder_add_process (builder, 1, "bench");
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, &error);

  for (guint32 i = 0; i < BENCH_FUNCTIONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s_%u", i % 3 == 0 ? "load" : "recompute", i);
      g_autofree char *file = g_strdup_printf ("/usr/lib/python3.11/package%u/module.py", i % 90);
      ThawFrameSpec frame = { name, file, i + 1, 0, THAW_FUNCTION_PYTHON };

      thaw_profile_builder_add_frame (builder, &frame);
    }
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      guint32 depth;
      const guint32 *stack = bench_stacks_next (stacks, &depth);

      if (!thaw_thread_builder_add_stack (thread, stack, depth, 0.01, &error))
        g_error ("%s", error->message);
    }
  ThawProfile *profile = thaw_profile_builder_finish (builder, &error);
  if (profile == NULL)
    g_error ("%s", error->message);
  return profile;
}

static ThawGraph *
find_graph (GtkWidget *widget)
{
  if (THAW_IS_GRAPH (widget))
    return THAW_GRAPH (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      ThawGraph *found = find_graph (child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
set_true (gboolean *painted)
{
  *painted = TRUE;
}

/* Runs the main loop until the next frame is on the screen. */
static void
wait_for_frame (GtkWidget *window)
{
  GdkFrameClock *clock = gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (window)));
  gboolean painted = FALSE;
  gulong id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (set_true), &painted);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
}

/* The widget's motion controller, to be told of a pointer that is not there. */
static GtkEventController *
find_motion (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        return controller;
    }
  g_assert_not_reached ();
}

typedef void (*Change) (ThawGraph *graph, guint i);

static void
change_nothing (ThawGraph *graph, guint i)
{
  thaw_graph_set_cursor (graph, THAW_NODE_NONE, FALSE);
}

/* Another box, and so another tooltip, in each frame. */
static void
change_hover (ThawGraph *graph, guint i)
{
  double x = 40 + i * 15;
  double y = 12 + THAW_ROW_HEIGHT_PX * (i % 12);

  g_signal_emit_by_name (find_motion (GTK_WIDGET (graph)), "motion", x, y);
}

static void
change_pan (ThawGraph *graph, guint i)
{
  thaw_zoom_pan (graph->zoom, i % 20 < 10 ? 0.01 : -0.01);
}

static void
change_zoom (ThawGraph *graph, guint i)
{
  thaw_zoom_by (graph->zoom, 0.4, i % 40 < 20 ? 1.15 : 1 / 1.15);
}

static double
measure (GtkWidget *window, ThawGraph *graph, Change change)
{
  double start = bench_cpu_seconds ();

  for (guint i = 0; i < N_FRAMES; i++)
    {
      change (graph, i);
      wait_for_frame (window);
    }
  return (bench_cpu_seconds () - start) / N_FRAMES * 1e3;
}

/* Painting alone, without what GTK and the display do with it. */
static double
measure_paint (ThawGraph *graph)
{
  double start = bench_cpu_seconds ();

  for (guint i = 0; i < N_FRAMES; i++)
    {
      change_zoom (graph, i);
      g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
      thaw_graph_snapshot (GTK_WIDGET (graph), snapshot);
    }
  return (bench_cpu_seconds () - start) / N_FRAMES * 1e3;
}

/* Hit test, tooltip and the few nodes of a hover frame, without what GTK does with them. */
static double
measure_hover (ThawGraph *graph)
{
  double start = bench_cpu_seconds ();

  for (guint i = 0; i < N_FRAMES; i++)
    {
      change_hover (graph, i);
      g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
      thaw_graph_snapshot (GTK_WIDGET (graph), snapshot);
    }
  return (bench_cpu_seconds () - start) / N_FRAMES * 1e3;
}

int
main (void)
{
  if (!gtk_init_check ())
    {
      g_print ("no display: skipped\n");
      return 0;
    }
  adw_init ();
  double started = bench_cpu_seconds ();
  g_autoptr (ThawProfile) profile = make_profile ();
  double made = bench_cpu_seconds ();
  g_autoptr (ThawDocument) document = thaw_document_new (profile, NULL);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = thaw_graph_view_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1600, 900);
  gtk_window_set_child (GTK_WINDOW (window), view);
  thaw_graph_view_set_document (THAW_GRAPH_VIEW (view), document);
  gtk_window_present (GTK_WINDOW (window));
  while (thaw_document_get_busy (document))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (window);
  double shown = bench_cpu_seconds ();
  for (guint i = 0; i < 10; i++)
    wait_for_frame (window);

  ThawGraph *graph = find_graph (view);
  double floor_ms = measure (window, graph, change_nothing);
  double hover_ms = measure (window, graph, change_hover);
  double hover_own_ms = measure_hover (graph);
  double pan_ms = measure (window, graph, change_pan);
  double zoom_ms = measure (window, graph, change_zoom);
  double paint_ms = measure_paint (graph);

  g_print ("graph of %d × %d, %u boxes in the tree; CPU time of the whole process\n",
           gtk_widget_get_width (GTK_WIDGET (graph)), gtk_widget_get_height (GTK_WIDGET (graph)),
           thaw_lane_get_tree (graph->lane)->n_nodes);
  g_print ("  GTK ready to first picture of a profile  %7.1f ms\n", (shown - made) * 1e3);
  g_print ("  start of the program to GTK ready        %7.1f ms\n", started * 1e3);
  g_print ("  frame in which nothing changes           %7.2f ms\n", floor_ms);
  g_print (
      "  frame with another box under the pointer %7.2f ms  %5.2f × floor, %.2f ms of it ours\n",
      hover_ms, hover_ms / floor_ms, hover_own_ms);
  g_print ("  frame of a pan                           %7.2f ms  %5.2f × floor\n", pan_ms,
           pan_ms / floor_ms);
  g_print ("  frame of a zoom                          %7.2f ms  %5.2f × floor, %.2f ms of it "
           "painting\n",
           zoom_ms, zoom_ms / floor_ms, paint_ms);
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
