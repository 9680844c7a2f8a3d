/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pointer, wheel and touch. A press that moves pans, one that does not is a click. The plain wheel
 * scrolls the rows and is left to the lanes' own scroll bar at their end; with Ctrl it zooms at the
 * pointer, with Shift it pans.
 */
#include "thaw-graph-private.h"

#include <math.h>

#define ZOOM_PER_NOTCH 1.25
#define ZOOM_PER_PX 1.004
#define SCROLL_PER_NOTCH_PX 69 /* three rows */
#define PAN_PER_NOTCH 0.08     /* share of the width */

static double
share_of_width (ThawGraph *self, double x)
{
  return x / MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
}

static void
on_motion (ThawGraph *self, double x, double y)
{
  self->pointer_inside = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  thaw_graph_update_hover (self);
}

static void
on_leave (ThawGraph *self)
{
  self->pointer_inside = FALSE;
  thaw_graph_update_hover (self);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, ThawGraph *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
      GTK_EVENT_CONTROLLER (controller));
  gboolean in_px = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_SURFACE;

  if (thaw_graph_is_empty (self))
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      thaw_zoom_by (self->zoom, share_of_width (self, self->pointer_x),
                    pow (in_px ? ZOOM_PER_PX : ZOOM_PER_NOTCH, -dy));
      return GDK_EVENT_STOP;
    }
  if ((state & GDK_SHIFT_MASK) != 0 && dx == 0)
    dx = dy;
  else if (fabs (dx) <= fabs (dy))
    return thaw_graph_scroll_by (self, in_px ? dy : dy * SCROLL_PER_NOTCH_PX);
  thaw_zoom_pan (self->zoom, in_px ? share_of_width (self, dx) : dx * PAN_PER_NOTCH);
  return GDK_EVENT_STOP;
}

static void
on_pinch_begin (ThawGraph *self)
{
  self->pinch_scale = 1;
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, ThawGraph *self)
{
  double x, y;

  if (!(scale > 0) || !gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    return;
  thaw_zoom_by (self->zoom, share_of_width (self, x), scale / self->pinch_scale);
  self->pinch_scale = scale;
}

/* The place of the present event in the surface, which does not move when the graph is scrolled. */
static gboolean
surface_place (GtkGestureDrag *gesture, double *x, double *y)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  return event != NULL && gdk_event_get_position (event, x, y);
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, ThawGraph *self)
{
  self->panning = FALSE;
  surface_place (gesture, &self->drag_x, &self->drag_y);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, ThawGraph *self)
{
  double x, y;

  if (!surface_place (gesture, &x, &y) || self->zoom == NULL)
    return;
  if (!self->panning)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy))
        return;
      self->panning = TRUE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      thaw_graph_update_hover (self);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
    }
  thaw_zoom_pan (self->zoom, share_of_width (self, self->drag_x - x));
  thaw_graph_scroll_by (self, self->drag_y - y);
  self->drag_x = x;
  self->drag_y = y;
}

/* Ends a pan, or does what a click does: zooms into the box, or with Ctrl only selects it. */
static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, ThawGraph *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
      GTK_EVENT_CONTROLLER (gesture));
  double x, y;

  if (self->panning)
    {
      self->panning = FALSE;
      gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
      thaw_graph_update_hover (self);
      return;
    }
  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  guint32 node = thaw_graph_hit (self, x, y);
  thaw_graph_set_cursor (self, node, FALSE);
  if (node == THAW_NODE_NONE)
    thaw_document_select_function (self->document, G_MAXUINT32);
  else if ((state & GDK_CONTROL_MASK) == 0)
    thaw_graph_activate_node (self, node);
}

static void
on_secondary_press (ThawGraph *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  thaw_graph_open_menu (self, x, y);
}

static void
on_long_press (ThawGraph *self, double x, double y)
{
  thaw_graph_open_menu (self, x, y);
}

static void
on_focus_changed (ThawGraph *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
add_pointer (ThawGraph *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_focus_changed), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_changed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

void
thaw_graph_add_controllers (ThawGraph *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  add_pointer (self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (secondary, "pressed", G_CALLBACK (on_secondary_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect_swapped (hold, "pressed", G_CALLBACK (on_long_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (hold));
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}
