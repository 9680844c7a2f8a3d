/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeps one lane view per lane of the document, and what they share: looks, scroll bar, tooltip.
 *
 * All lanes have the same value axis, so that widths may be compared between threads. In time order
 * they share one zoom too, as they lie on one clock; otherwise each lane has its own, because a box of
 * one thread says nothing about another. When lanes are made anew (another order, by line, pruned calls
 * worked out), a thread that stays keeps its zoom, found again by the path of functions.
 */
#include "thaw-graph-view-private.h"

#include <adwaita.h>
#include <math.h>
#include "thaw-graph-tip.h"

/* Waiting shorter than that is not worth a spinner. */
#define SPINNER_DELAY_MS 150

enum
{
  PROP_DOCUMENT = 1,
  PROP_ROW_HEIGHT,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ThawGraphView, thaw_graph_view, GTK_TYPE_WIDGET)

/* Lanes. ----------------------------------------------------------------------------------------- */

static void
add_view (ThawGraphView *self)
{
  GtkWidget *view = thaw_lane_view_new (self->document, self->style);
  ThawGraph *graph = thaw_lane_view_get_graph (THAW_LANE_VIEW (view));

  g_signal_connect_object (graph, "hover-changed", G_CALLBACK (thaw_graph_view_hover_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (graph, "reveal", G_CALLBACK (thaw_graph_view_reveal), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->lanes), view);
  g_ptr_array_add (self->views, view);
}

/* Makes as many views as there are lanes. */
static void
set_n_views (ThawGraphView *self, guint n)
{
  while (self->views->len > n)
    {
      gtk_box_remove (GTK_BOX (self->lanes), g_ptr_array_index (self->views, self->views->len - 1));
      g_ptr_array_set_size (self->views, self->views->len - 1);
    }
  while (self->views->len < n)
    add_view (self);
}

/* The zoom that the lanes of the same threads had until now; (transfer none) (nullable). */
static ThawZoom *
find_former_zoom (GPtrArray *former_lanes,
                  GPtrArray *former_zooms,
                  ThawLane *lane,
                  ThawLane **former)
{
  guint n_threads;
  const guint32 *threads = thaw_lane_get_threads (lane, &n_threads);

  for (guint i = 0; i < former_lanes->len; i++)
    {
      *former = g_ptr_array_index (former_lanes, i);
      if (thaw_lane_shows_same_threads (*former, threads, n_threads))
        return g_ptr_array_index (former_zooms, i);
    }
  return NULL;
}

/* Where each lane begins on the axis, and how long that is. */
static double
place_lanes (GPtrArray *lanes, gboolean is_clock, double *offsets)
{
  double first = INFINITY, axis = 0;

  for (guint i = 0; i < lanes->len; i++)
    first = MIN (first, thaw_lane_get_start (g_ptr_array_index (lanes, i)));
  for (guint i = 0; i < lanes->len; i++)
    {
      ThawLane *lane = g_ptr_array_index (lanes, i);
      offsets[i] = is_clock ? thaw_lane_get_start (lane) - first : 0;
      axis = MAX (axis, offsets[i] + thaw_lane_get_length (lane));
    }
  return axis;
}

static void
on_lanes_changed (ThawGraphView *self)
{
  GPtrArray *lanes = thaw_document_get_lanes (self->document);
  g_autoptr (GPtrArray) former_lanes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) former_zooms = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree double *offsets = g_new0 (double, MAX (lanes->len, 1));
  g_autoptr (ThawZoom) shared = NULL;
  gboolean was_clock = self->is_clock;

  thaw_graph_view_hide_tip (self);
  for (guint i = 0; i < self->views->len; i++)
    {
      ThawGraph *graph = thaw_lane_view_get_graph (g_ptr_array_index (self->views, i));
      g_ptr_array_add (former_lanes, g_object_ref (thaw_graph_get_lane (graph)));
      g_ptr_array_add (former_zooms, g_object_ref (thaw_graph_get_zoom (graph)));
    }
  self->is_clock = lanes->len > 0 &&
                   thaw_lane_get_spec (g_ptr_array_index (lanes, 0))->options.time_order;
  double axis = place_lanes (lanes, self->is_clock, offsets);
  if (self->is_clock)
    {
      shared = thaw_zoom_new (GTK_WIDGET (self));
      thaw_zoom_set_axis (shared, axis);
    }

  set_n_views (self, lanes->len);
  for (guint i = 0; i < lanes->len; i++)
    {
      ThawLane *lane = g_ptr_array_index (lanes, i), *former = NULL;
      g_autoptr (ThawZoom) zoom = shared != NULL ? g_object_ref (shared)
                                                 : thaw_zoom_new (GTK_WIDGET (self));
      ThawZoom *former_zoom = find_former_zoom (former_lanes, former_zooms, lane, &former);

      if (shared == NULL)
        thaw_zoom_set_axis (zoom, axis);
      if (former_zoom != NULL && was_clock == self->is_clock)
        thaw_zoom_copy_levels (zoom, lane, offsets[i], former_zoom, former);
      thaw_lane_view_set_lane (g_ptr_array_index (self->views, i), lane, zoom, offsets[i],
                               self->is_clock, lanes->len == 1);
      if (former_zoom == NULL)
        {
          thaw_lane_view_unfold (g_ptr_array_index (self->views, i));
          thaw_graph_scroll_to_root (thaw_lane_view_get_graph (g_ptr_array_index (self->views, i)));
        }
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), lanes->len > 0 ? "lanes" : "none");
}

static gboolean
on_spinner_due (gpointer data)
{
  ThawGraphView *self = data;

  self->spinner_timeout = 0;
  if (self->views->len == 0)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "computing");
  return G_SOURCE_REMOVE;
}

static void
on_busy_changed (ThawGraphView *self)
{
  gboolean busy = self->document != NULL && thaw_document_get_busy (self->document);

  if (busy && self->spinner_timeout == 0)
    self->spinner_timeout = g_timeout_add (SPINNER_DELAY_MS, on_spinner_due, self);
  else if (!busy)
    g_clear_handle_id (&self->spinner_timeout, g_source_remove);
}

static void
on_reveal_node (ThawGraphView *self, ThawLane *lane, guint node)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      ThawGraph *graph = thaw_lane_view_get_graph (g_ptr_array_index (self->views, i));
      if (thaw_graph_get_lane (graph) != lane)
        continue;
      thaw_lane_view_unfold (g_ptr_array_index (self->views, i));
      thaw_graph_reveal (graph, node);
    }
}

static void
on_colour_mode_changed (ThawGraphView *self)
{
  ThawColourMode mode;

  g_object_get (self->document, "colour-mode", &mode, NULL);
  thaw_graph_style_set_mode (self->style, mode);
}

/* Public. ---------------------------------------------------------------------------------------- */

GtkWidget *
thaw_graph_view_new (void)
{
  return g_object_new (THAW_TYPE_GRAPH_VIEW, NULL);
}

void
thaw_graph_view_set_document (ThawGraphView *self, ThawDocument *document)
{
  g_return_if_fail (THAW_IS_GRAPH_VIEW (self));
  if (self->document == document)
    return;

  thaw_graph_view_hide_tip (self);
  set_n_views (self, 0);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "blank");
  thaw_graph_style_set_profile (self->style,
                                document != NULL ? thaw_document_get_profile (document) : NULL);
  if (document != NULL)
    {
      const struct
      {
        const char *signal;
        GCallback callback;
      } watched[] = {
        { "lanes-changed", G_CALLBACK (on_lanes_changed) },
        { "notify::busy", G_CALLBACK (on_busy_changed) },
        { "notify::colour-mode", G_CALLBACK (on_colour_mode_changed) },
        { "reveal-node", G_CALLBACK (on_reveal_node) },
      };
      for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
        g_signal_connect_object (document, watched[i].signal, watched[i].callback, self,
                                 G_CONNECT_SWAPPED);
      on_colour_mode_changed (self);
      if (thaw_document_get_lanes (document)->len > 0 || !thaw_document_get_busy (document))
        on_lanes_changed (self);
    }
  on_busy_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

ThawDocument *
thaw_graph_view_get_document (ThawGraphView *self)
{
  g_return_val_if_fail (THAW_IS_GRAPH_VIEW (self), NULL);
  return self->document;
}

void
thaw_graph_view_reset_zoom (ThawGraphView *self)
{
  g_return_if_fail (THAW_IS_GRAPH_VIEW (self));
  for (guint i = 0; i < self->views->len; i++)
    thaw_zoom_reset (
        thaw_graph_get_zoom (thaw_lane_view_get_graph (g_ptr_array_index (self->views, i))));
}

void
thaw_graph_view_zoom_by (ThawGraphView *self, double factor)
{
  ThawZoom *before = NULL;

  g_return_if_fail (THAW_IS_GRAPH_VIEW (self));
  for (guint i = 0; i < self->views->len; i++)
    {
      ThawZoom *zoom = thaw_graph_get_zoom (
          thaw_lane_view_get_graph (g_ptr_array_index (self->views, i)));

      /* Lanes on one clock share theirs. */
      if (zoom != before)
        thaw_zoom_by (zoom, 0.5, factor);
      before = zoom;
    }
}

/* Object. ---------------------------------------------------------------------------------------- */

static void
thaw_graph_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    g_value_set_object (value, THAW_GRAPH_VIEW (object)->document);
  else if (id == PROP_ROW_HEIGHT)
    g_value_set_int (value, THAW_GRAPH_VIEW (object)->row_height);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
thaw_graph_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    thaw_graph_view_set_document (THAW_GRAPH_VIEW (object), g_value_get_object (value));
  else if (id == PROP_ROW_HEIGHT)
    {
      THAW_GRAPH_VIEW (object)->row_height = g_value_get_int (value);
      thaw_graph_style_set_row_height (THAW_GRAPH_VIEW (object)->style, g_value_get_int (value));
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
thaw_graph_view_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  gtk_widget_measure (THAW_GRAPH_VIEW (widget)->overlay, orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
thaw_graph_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ThawGraphView *self = THAW_GRAPH_VIEW (widget);

  gtk_widget_allocate (self->overlay, width, height, baseline, NULL);
  thaw_graph_view_update_in_view (self);
}

/* Draws the ground that boxes are painted on, so that it goes on around them. */
static void
thaw_graph_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ThawGraphView *self = THAW_GRAPH_VIEW (widget);
  ThawRgb ground = thaw_palette_background (thaw_theme_now ());

  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ ground.r, ground.g, ground.b, 1 },
                             &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                  (float) gtk_widget_get_height (widget)));
  gtk_widget_snapshot_child (widget, self->overlay, snapshot);
}

static void
thaw_graph_view_dispose (GObject *object)
{
  ThawGraphView *self = THAW_GRAPH_VIEW (object);

  if (self->stack != NULL)
    thaw_graph_view_set_document (self, NULL);
  g_clear_handle_id (&self->spinner_timeout, g_source_remove);
  g_clear_handle_id (&self->lines_timeout, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), THAW_TYPE_GRAPH_VIEW);
  g_clear_object (&self->style);
  G_OBJECT_CLASS (thaw_graph_view_parent_class)->dispose (object);
}

static void
thaw_graph_view_finalize (GObject *object)
{
  g_ptr_array_unref (THAW_GRAPH_VIEW (object)->views);
  G_OBJECT_CLASS (thaw_graph_view_parent_class)->finalize (object);
}

static void
add_css (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider,
                                       "/io/github/thawprofiler/Thaw/graph/thaw-graph.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
thaw_graph_view_class_init (ThawGraphViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = thaw_graph_view_get_property;
  object_class->set_property = thaw_graph_view_set_property;
  object_class->dispose = thaw_graph_view_dispose;
  object_class->finalize = thaw_graph_view_finalize;
  widget_class->measure = thaw_graph_view_measure;
  widget_class->size_allocate = thaw_graph_view_size_allocate;
  widget_class->snapshot = thaw_graph_view_snapshot;
  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, THAW_TYPE_DOCUMENT,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                       G_PARAM_STATIC_STRINGS);
  properties[PROP_ROW_HEIGHT] = g_param_spec_int ("row-height", NULL, NULL, 1, 1000,
                                                  THAW_ROW_HEIGHT_PX,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (THAW_TYPE_GRAPH_TIP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/thawprofiler/Thaw/graph/thaw-graph-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ThawGraphView, overlay);
  gtk_widget_class_bind_template_child (widget_class, ThawGraphView, stack);
  gtk_widget_class_bind_template_child (widget_class, ThawGraphView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, ThawGraphView, lanes);
  gtk_widget_class_bind_template_child (widget_class, ThawGraphView, tip);
  gtk_widget_class_set_css_name (widget_class, "thaw-graph-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  add_css ();
}

static void
thaw_graph_view_init (ThawGraphView *self)
{
  self->views = g_ptr_array_new ();
  self->tip_node = THAW_NODE_NONE;
  self->row_height = THAW_ROW_HEIGHT_PX;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->style = thaw_graph_style_new (GTK_WIDGET (self));
  g_signal_connect_object (self->style, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  thaw_graph_view_set_up_scrolling (self);
}
