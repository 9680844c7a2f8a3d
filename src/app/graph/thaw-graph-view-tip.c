/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tooltip of all lanes: tells of the box under the pointer at once, and of the lines in it, which
 * take looking up, when the pointer rests.
 */
#include "thaw-graph-view-private.h"

#include "thaw-box-facts.h"
#include "thaw-graph-tip.h"

/* The pointer rests so long on a box before its lines are looked up. */
#define LINES_DELAY_MS 120

/* What shares "of view" refer to: the box that is zoomed into, 0 for none. */
static double
zoomed_total (ThawGraph *graph)
{
  ThawZoom *zoom = thaw_graph_get_zoom (graph);
  guint n_levels = thaw_zoom_get_n_levels (zoom);

  return n_levels > 0 ? thaw_zoom_get_level (zoom, n_levels - 1)->width : 0;
}

void
thaw_graph_view_hide_tip (ThawGraphView *self)
{
  g_clear_handle_id (&self->lines_timeout, g_source_remove);
  self->tip_graph = NULL;
  self->tip_node = THAW_NODE_NONE;
  thaw_graph_tip_set_facts (THAW_GRAPH_TIP (self->tip), NULL);
}

static void
show_facts (ThawGraphView *self, gboolean with_lines)
{
  const ThawProfile *profile = thaw_document_get_profile (self->document);
  ThawLane *lane = thaw_graph_get_lane (self->tip_graph);
  g_autoptr (ThawBoxFacts)
      facts = thaw_box_facts_new (profile, lane, self->tip_node, zoomed_total (self->tip_graph));

  if (with_lines)
    thaw_box_facts_add_lines (facts, profile, lane, self->tip_node);
  thaw_graph_tip_set_facts (THAW_GRAPH_TIP (self->tip), facts);
}

static gboolean
on_pointer_rests (gpointer data)
{
  ThawGraphView *self = data;

  self->lines_timeout = 0;
  show_facts (self, TRUE);
  return G_SOURCE_REMOVE;
}

void
thaw_graph_view_hover_changed (ThawGraphView *self, ThawGraph *graph)
{
  graphene_point_t at;
  double x, y;
  guint32 node = thaw_graph_get_hover (graph, &x, &y);

  if (node == THAW_NODE_NONE)
    {
      if (self->tip_graph == graph)
        thaw_graph_view_hide_tip (self);
      return;
    }
  if (self->tip_graph != graph || self->tip_node != node)
    {
      self->tip_graph = graph;
      self->tip_node = node;
      show_facts (self, FALSE);
      g_clear_handle_id (&self->lines_timeout, g_source_remove);
      if (thaw_profile_has_lines (thaw_document_get_profile (self->document)))
        self->lines_timeout = g_timeout_add (LINES_DELAY_MS, on_pointer_rests, self);
    }
  if (gtk_widget_compute_point (GTK_WIDGET (graph), self->tip,
                                &GRAPHENE_POINT_INIT ((float) x, (float) y), &at))
    thaw_graph_tip_move (THAW_GRAPH_TIP (self->tip), at.x, at.y);
}
