/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A lane's heading follows the zoom; everything below it is the ruler's and the graph's own affair.
 */
#include "thaw-lane-view.h"

#include <glib/gi18n-lib.h>
#include "thaw-breadcrumbs.h"
#include "thaw-format.h"
#include "thaw-ruler.h"

struct _ThawLaneView
{
  GtkWidget parent;

  ThawDocument *document;
  ThawLane *lane;
  ThawZoom *zoom;

  GtkWidget *fold;
  GtkWidget *breadcrumbs;
  GtkWidget *subtitle;
  GtkWidget *estimated;
  GtkWidget *no_clock;
  GtkWidget *reset;
  GtkWidget *total;
  GtkWidget *ruler;
  GtkWidget *overlay;
  GtkWidget *scrollbar;
  GtkWidget *graph;
  guint scrollbar_idle;
};

G_DEFINE_FINAL_TYPE (ThawLaneView, thaw_lane_view, GTK_TYPE_WIDGET)

static void
on_fold_toggled (ThawLaneView *self)
{
  gboolean open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->fold));

  gtk_button_set_icon_name (GTK_BUTTON (self->fold),
                            open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_widget_set_visible (self->ruler, open);
  gtk_widget_set_visible (self->overlay, open);
}

static void
on_reset_clicked (ThawLaneView *self)
{
  thaw_zoom_reset (self->zoom);
  gtk_widget_grab_focus (self->graph);
}

static gboolean
update_scrollbar (gpointer data)
{
  ThawLaneView *self = data;
  GtkAdjustment *vadjustment = thaw_graph_get_vadjustment (THAW_GRAPH (self->graph));

  self->scrollbar_idle = 0;
  gtk_widget_set_visible (self->scrollbar, gtk_adjustment_get_upper (vadjustment) >
                                               gtk_adjustment_get_page_size (vadjustment));
  return G_SOURCE_REMOVE;
}

/* The range changes while sizes are worked out, when no other size may be asked for. */
static void
on_range_changed (ThawLaneView *self)
{
  if (self->scrollbar_idle == 0)
    self->scrollbar_idle = g_idle_add (update_scrollbar, self);
}

/* "26.1 s", or how much of it is shown. */
static void
on_zoom_changed (ThawLaneView *self)
{
  const ThawView *view = thaw_zoom_get_view (self->zoom);
  ThawUnit unit = thaw_profile_get_unit (thaw_document_get_profile (self->document));
  double length = thaw_lane_get_length (self->lane);
  double offset = thaw_graph_get_offset (THAW_GRAPH (self->graph));
  double shown = MIN (view->x1 - offset, length) - MAX (view->x0 - offset, 0);

  gtk_widget_set_visible (self->reset, !thaw_zoom_is_whole (self->zoom));
  /* The path needs the room. */
  gtk_label_set_label (GTK_LABEL (self->subtitle), thaw_zoom_get_n_levels (self->zoom) == 0
                                                       ? thaw_lane_get_subtitle (self->lane)
                                                       : "");
  if (shown >= length * (1 - 1e-6))
    {
      g_autofree char *total = thaw_format_value (unit, thaw_lane_get_total (self->lane));
      gtk_label_set_label (GTK_LABEL (self->total), total);
      return;
    }
  g_autofree char *all = thaw_format_value (unit, length);
  g_autofree char *part = thaw_format_value (unit, MAX (shown, 0));
  /* Translators: how much time of a thread is shown, how much it has, and which share that is. */
  g_autofree char *share = thaw_format_share (MAX (shown, 0) / length);
  g_autofree char *text = g_strdup_printf (_ ("%s of %s · %s"), part, all, share);
  gtk_label_set_label (GTK_LABEL (self->total), text);
}

GtkWidget *
thaw_lane_view_new (ThawDocument *document, ThawGraphStyle *style)
{
  ThawLaneView *self = g_object_new (THAW_TYPE_LANE_VIEW, NULL);

  self->document = g_object_ref (document);
  self->graph = thaw_graph_new (document, style);
  GtkAdjustment *vadjustment = thaw_graph_get_vadjustment (THAW_GRAPH (self->graph));
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->graph);
  gtk_scrollbar_set_adjustment (GTK_SCROLLBAR (self->scrollbar), vadjustment);
  g_signal_connect_object (vadjustment, "changed", G_CALLBACK (on_range_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
thaw_lane_view_set_lane (ThawLaneView *self,
                         ThawLane *lane,
                         ThawZoom *zoom,
                         double offset,
                         gboolean is_clock,
                         gboolean alone)
{
  g_return_if_fail (THAW_IS_LANE_VIEW (self) && THAW_IS_LANE (lane) && THAW_IS_ZOOM (zoom));
  const ThawProfile *profile = thaw_document_get_profile (self->document);
  ThawUnit unit = thaw_profile_get_unit (profile);

  if (self->zoom != NULL)
    g_signal_handlers_disconnect_by_func (self->zoom, on_zoom_changed, self);
  g_set_object (&self->lane, lane);
  g_set_object (&self->zoom, zoom);
  g_signal_connect_object (zoom, "changed", G_CALLBACK (on_zoom_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (zoom, "levels-changed", G_CALLBACK (on_zoom_changed), self,
                           G_CONNECT_SWAPPED);
  thaw_ruler_set_zoom (THAW_RULER (self->ruler), zoom, unit, is_clock);
  thaw_graph_set_lane (THAW_GRAPH (self->graph), lane, zoom, offset);

  thaw_breadcrumbs_set_zoom (THAW_BREADCRUMBS (self->breadcrumbs), self->document, lane, zoom);
  gtk_widget_set_tooltip_text (self->subtitle, thaw_lane_get_subtitle (lane));
  gtk_widget_set_visible (self->estimated, thaw_lane_get_tree (lane)->reconstructed);
  gtk_widget_set_visible (self->no_clock,
                          is_clock && thaw_profile_get_kind (profile) == THAW_KIND_SAMPLED);
  gtk_widget_set_visible (self->fold, !alone);
  if (alone)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->fold), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), alone);
  gtk_widget_set_vexpand (self->overlay, alone);
  on_zoom_changed (self);
}

ThawGraph *
thaw_lane_view_get_graph (ThawLaneView *self)
{
  g_return_val_if_fail (THAW_IS_LANE_VIEW (self), NULL);
  return THAW_GRAPH (self->graph);
}

/* Shows the graph if it was folded away. */
void
thaw_lane_view_unfold (ThawLaneView *self)
{
  g_return_if_fail (THAW_IS_LANE_VIEW (self));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->fold), TRUE);
}

static void
thaw_lane_view_dispose (GObject *object)
{
  ThawLaneView *self = THAW_LANE_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->scrollbar_idle, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), THAW_TYPE_LANE_VIEW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->zoom);
  g_clear_object (&self->lane);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (thaw_lane_view_parent_class)->dispose (object);
}

static void
thaw_lane_view_class_init (ThawLaneViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = thaw_lane_view_dispose;
  g_type_ensure (THAW_TYPE_BREADCRUMBS);
  g_type_ensure (THAW_TYPE_RULER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/thawprofiler/Thaw/graph/thaw-lane-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ThawLaneView, fold);
  gtk_widget_class_bind_template_child (widget_class, ThawLaneView, breadcrumbs);
  gtk_widget_class_bind_template_child (widget_class, ThawLaneView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, ThawLaneView, estimated);
  gtk_widget_class_bind_template_child (widget_class, ThawLaneView, no_clock);
  gtk_widget_class_bind_template_child (widget_class, ThawLaneView, reset);
  gtk_widget_class_bind_template_child (widget_class, ThawLaneView, total);
  gtk_widget_class_bind_template_child (widget_class, ThawLaneView, ruler);
  gtk_widget_class_bind_template_child (widget_class, ThawLaneView, overlay);
  gtk_widget_class_bind_template_child (widget_class, ThawLaneView, scrollbar);
  gtk_widget_class_bind_template_callback (widget_class, on_fold_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_clicked);
  gtk_widget_class_set_css_name (widget_class, "thaw-lane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
thaw_lane_view_init (ThawLaneView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
