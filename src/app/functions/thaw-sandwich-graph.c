/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The callers are a tree whose root is the function, drawn upwards like a flame; the callees one drawn
 * downwards. The graphs draw, scroll and listen by themselves; here they get their places, and a tip
 * that tells of the box under the pointer.
 */
#include "thaw-sandwich-graph.h"

#include <glib/gi18n-lib.h>
#include "thaw-format.h"
#include "thaw-graph.h"
#include "thaw-graph-tip.h"

enum
{
  CALLERS,
  CALLEES,
  N_HALVES,
};

struct _ThawSandwichGraph
{
  GtkWidget parent;
  GtkOverlay *overlay;
  GtkPaned *paned;
  GtkWidget *tip;
  ThawDocument *document;
  ThawGraphStyle *style;
  ThawGraph *graphs[N_HALVES]; /* owned by @paned; NULL without a document */
};

G_DEFINE_FINAL_TYPE (ThawSandwichGraph, thaw_sandwich_graph, GTK_TYPE_WIDGET)

/* What is to be said about a box: shares are parts of the function in the middle, and a caller's own
 * time is no part of it. */
static ThawBoxFacts *
make_facts (ThawSandwichGraph *self, ThawGraph *graph, guint32 node)
{
  const ThawProfile *profile = thaw_document_get_profile (self->document);
  ThawLane *lane = thaw_graph_get_lane (graph);
  const ThawTree *tree = thaw_lane_get_tree (lane);
  ThawBoxFacts *facts = thaw_box_facts_new (profile, lane, node, 0);
  const char *middle = thaw_profile_frame_name (profile, tree->key, tree->frame[1]);
  g_autofree char *value = thaw_format_value (thaw_profile_get_unit (profile), tree->total[node]);
  g_autofree char *share = thaw_format_share (tree->total[node] / tree->total[0]);

  g_free (facts->total);
  if (graph == self->graphs[CALLEES])
    {
      /* Translators: a time, and its share of a function: "total 5.7 ms · 42.4 % of parse" */
      facts->total = g_strdup_printf (_ ("total %s · %s of %s"), value, share, middle);
      return facts;
    }
  /* Translators: of the time of a function: "5.7 ms · 42.4 % of parse is called this way" */
  facts->total = g_strdup_printf (_ ("%s · %s of %s is called this way"), value, share, middle);
  g_clear_pointer (&facts->self, g_free);
  return facts;
}

static void
on_hover_changed (ThawSandwichGraph *self, ThawGraph *graph)
{
  graphene_point_t at;
  double x, y;
  guint32 node = thaw_graph_get_hover (graph, &x, &y);
  g_autoptr (ThawBoxFacts) facts = node != THAW_NODE_NONE ? make_facts (self, graph, node) : NULL;

  thaw_graph_tip_set_facts (THAW_GRAPH_TIP (self->tip), facts);
  if (gtk_widget_compute_point (GTK_WIDGET (graph), self->tip,
                                &GRAPHENE_POINT_INIT ((float) x, (float) y), &at))
    thaw_graph_tip_move (THAW_GRAPH_TIP (self->tip), at.x, at.y);
}

static void
update_colour_mode (ThawSandwichGraph *self)
{
  ThawColourMode mode;

  g_object_get (self->document, "colour-mode", &mode, NULL);
  thaw_graph_style_set_mode (self->style, mode);
}

/* One half with its scroll bar. */
static GtkWidget *
make_half (ThawSandwichGraph *self, guint half)
{
  GtkWidget *graph = thaw_graph_new (self->document, self->style);
  GtkWidget *bar = gtk_scrollbar_new (GTK_ORIENTATION_VERTICAL,
                                      thaw_graph_get_vadjustment (THAW_GRAPH (graph)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  thaw_graph_set_upwards (THAW_GRAPH (graph), half == CALLERS);
  thaw_graph_set_in_view (THAW_GRAPH (graph), TRUE);
  g_signal_connect_object (graph, "hover-changed", G_CALLBACK (on_hover_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (graph, TRUE);
  gtk_box_append (GTK_BOX (box), graph);
  gtk_box_append (GTK_BOX (box), bar);
  self->graphs[half] = THAW_GRAPH (graph);
  return box;
}

void
thaw_sandwich_graph_set_document (ThawSandwichGraph *self, ThawDocument *document)
{
  g_return_if_fail (THAW_IS_SANDWICH_GRAPH (self));

  if (self->document == document)
    return;
  thaw_graph_tip_set_facts (THAW_GRAPH_TIP (self->tip), NULL);
  gtk_paned_set_start_child (self->paned, NULL);
  gtk_paned_set_end_child (self->paned, NULL);
  self->graphs[CALLERS] = self->graphs[CALLEES] = NULL;
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  thaw_graph_style_set_profile (self->style,
                                document != NULL ? thaw_document_get_profile (document) : NULL);
  if (document == NULL)
    return;
  g_signal_connect_object (document, "notify::colour-mode", G_CALLBACK (update_colour_mode), self,
                           G_CONNECT_SWAPPED);
  update_colour_mode (self);
  gtk_paned_set_start_child (self->paned, make_half (self, CALLERS));
  gtk_paned_set_end_child (self->paned, make_half (self, CALLEES));
}

void
thaw_sandwich_graph_set_lanes (ThawSandwichGraph *self, ThawLane *callers, ThawLane *callees)
{
  ThawLane *lanes[N_HALVES] = { callers, callees };
  const char *const labels[N_HALVES] = { _ ("Graph of all callers"), _ ("Graph of all callees") };

  g_return_if_fail (THAW_IS_SANDWICH_GRAPH (self) && self->document != NULL);

  for (guint i = 0; i < N_HALVES; i++)
    {
      g_autoptr (ThawZoom) zoom = thaw_zoom_new (GTK_WIDGET (self));

      thaw_zoom_set_axis (zoom, thaw_lane_get_total (lanes[i]));
      thaw_graph_set_lane (self->graphs[i], lanes[i], zoom, 0);
      thaw_graph_scroll_to_root (self->graphs[i]);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->graphs[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, labels[i], -1);
    }
  /* The halves share the height by what they need, until somebody moves the seam. */
  g_object_set (self->paned, "position-set", FALSE, NULL);
}

static void
thaw_sandwich_graph_dispose (GObject *object)
{
  ThawSandwichGraph *self = THAW_SANDWICH_GRAPH (object);

  if (self->overlay != NULL)
    {
      thaw_sandwich_graph_set_document (self, NULL);
      gtk_widget_unparent (GTK_WIDGET (self->overlay));
      self->overlay = NULL;
    }
  g_clear_object (&self->style);
  G_OBJECT_CLASS (thaw_sandwich_graph_parent_class)->dispose (object);
}

static void
thaw_sandwich_graph_class_init (ThawSandwichGraphClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = thaw_sandwich_graph_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
thaw_sandwich_graph_init (ThawSandwichGraph *self)
{
  self->style = thaw_graph_style_new (GTK_WIDGET (self));
  self->paned = GTK_PANED (gtk_paned_new (GTK_ORIENTATION_VERTICAL));
  gtk_widget_add_css_class (GTK_WIDGET (self->paned), "sandwich");
  self->tip = thaw_graph_tip_new ();
  self->overlay = GTK_OVERLAY (gtk_overlay_new ());
  gtk_overlay_set_child (self->overlay, GTK_WIDGET (self->paned));
  gtk_overlay_add_overlay (self->overlay, self->tip);
  gtk_widget_set_parent (GTK_WIDGET (self->overlay), GTK_WIDGET (self));
}
