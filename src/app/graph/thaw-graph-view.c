/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-graph-view.h"

struct _ThawGraphView {
  GtkWidget parent;
  ThawDocument *document;
};
G_DEFINE_FINAL_TYPE (ThawGraphView, thaw_graph_view, GTK_TYPE_WIDGET)

GtkWidget *
thaw_graph_view_new (void)
{
  return g_object_new (THAW_TYPE_GRAPH_VIEW, NULL);
}

void
thaw_graph_view_set_document (ThawGraphView *self, ThawDocument *document)
{
  g_set_object (&self->document, document);
}

ThawDocument *
thaw_graph_view_get_document (ThawGraphView *self)
{
  return self->document;
}

void
thaw_graph_view_reset_zoom (ThawGraphView *self)
{
}

static void
thaw_graph_view_dispose (GObject *object)
{
  g_clear_object (&THAW_GRAPH_VIEW (object)->document);
  G_OBJECT_CLASS (thaw_graph_view_parent_class)->dispose (object);
}

static void
thaw_graph_view_class_init (ThawGraphViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = thaw_graph_view_dispose;
}

static void
thaw_graph_view_init (ThawGraphView *self)
{
}
