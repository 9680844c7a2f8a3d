/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scrolling the lanes past each other, which is not the scrolling of rows inside one: what can be seen is
 * told to the graphs, and the wheel stays with what it began to scroll.
 */
#include "thaw-graph-view-private.h"

/* Lanes so near to what can be seen are painted too. */
#define MARGIN_PX 200
/* The wheel stays with what it began to scroll, until it rests so long. */
#define SCROLL_LATCH_MS 350

static GtkAdjustment *
adjustment (ThawGraphView *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
}

/* Tells every graph whether it can be seen. */
void
thaw_graph_view_update_in_view (ThawGraphView *self)
{
  double y0 = gtk_adjustment_get_value (adjustment (self));
  double y1 = y0 + gtk_adjustment_get_page_size (adjustment (self));

  for (guint i = 0; i < self->views->len; i++)
    {
      ThawGraph *graph = thaw_lane_view_get_graph (g_ptr_array_index (self->views, i));
      graphene_rect_t bounds;

      if (gtk_widget_compute_bounds (GTK_WIDGET (graph), self->lanes, &bounds))
        thaw_graph_set_in_view (graph, bounds.origin.y < y1 + MARGIN_PX &&
                                           bounds.origin.y + bounds.size.height > y0 - MARGIN_PX);
    }
}

void
thaw_graph_view_reveal (ThawGraphView *self, double y0, double y1, ThawGraph *graph)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (graph), self->lanes, &bounds))
    gtk_adjustment_clamp_page (adjustment (self), bounds.origin.y + y0 - 40,
                               bounds.origin.y + y1 + 40);
}

/* Goes on scrolling the lanes while the wheel turns, though a lane that scrolls by itself comes under
 * the pointer. */
static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, ThawGraphView *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
      GTK_EVENT_CONTROLLER (controller));
  gint64 since = g_get_monotonic_time () - self->scrolled_at;

  if (since > SCROLL_LATCH_MS * G_TIME_SPAN_MILLISECOND || ABS (dx) > ABS (dy) ||
      (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL)
    dy *= gtk_adjustment_get_step_increment (adjustment (self));
  gtk_adjustment_set_value (adjustment (self), gtk_adjustment_get_value (adjustment (self)) + dy);
  return GDK_EVENT_STOP;
}

static void
on_scrolled (ThawGraphView *self)
{
  self->scrolled_at = g_get_monotonic_time ();
  thaw_graph_view_update_in_view (self);
}

void
thaw_graph_view_set_up_scrolling (ThawGraphView *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (self->scrolled, scroll);
  g_signal_connect_object (adjustment (self), "value-changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
}
