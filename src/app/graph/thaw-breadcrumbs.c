/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of flat buttons, made anew whenever the levels of the zoom change. A deep path keeps its first
 * step and its last ones, with one "…" between, which goes to the step before those last.
 */
#include "thaw-breadcrumbs.h"

#include <glib/gi18n-lib.h>
#include "thaw-names.h"

#define MAX_LAST_STEPS 5
/* How many letters of a step there is always and at most room for. */
#define MIN_CHARS 7
#define MAX_CHARS 28

struct _ThawBreadcrumbs
{
  GtkWidget parent;

  ThawDocument *document;
  ThawLane *lane;
  ThawZoom *zoom;
};

G_DEFINE_FINAL_TYPE (ThawBreadcrumbs, thaw_breadcrumbs, GTK_TYPE_WIDGET)

static void
remove_all (ThawBreadcrumbs *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

/* Goes to the step whose node the button carries; node 0 is the thread. */
static void
on_clicked (ThawBreadcrumbs *self, GtkButton *button)
{
  guint32 node = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "node"));
  guint n_levels = thaw_zoom_get_n_levels (self->zoom);

  if (node == 0 || n_levels == 0)
    {
      thaw_zoom_reset (self->zoom);
      return;
    }
  const ThawZoomLevel *inner = thaw_zoom_get_level (self->zoom, n_levels - 1);
  g_autoptr (ThawLane) lane = g_object_ref (inner->lane);
  ThawLayout *layout = thaw_lane_get_layout (lane);
  ThawZoomLevel level = { .lane = lane, .node = node };
  guint32 row;
  double inner_x, inner_width;

  if (!thaw_layout_get_box (layout, inner->node, &row, &inner_x, &inner_width) ||
      !thaw_layout_get_box (layout, node, &row, &level.x, &level.width))
    return;
  level.x += inner->x - inner_x;
  thaw_zoom_enter (self->zoom, &level);
}

/* Appends a step; node 0 is the lane itself. */
static void
add_step (ThawBreadcrumbs *self, const char *text, const char *tooltip, guint32 node)
{
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new ();

  if (gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL)
    {
      GtkWidget *separator = gtk_label_new ("›");
      gtk_widget_add_css_class (separator, "dim-label");
      gtk_widget_set_parent (separator, GTK_WIDGET (self));
    }
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (text, -1), MIN_CHARS));
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focus_on_click (button, FALSE);
  if (node == 0)
    gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data (G_OBJECT (button), "node", GUINT_TO_POINTER (node));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
}

/* Adds the steps from the root to the box that is zoomed into. */
static void
add_path (ThawBreadcrumbs *self, const ThawZoomLevel *level)
{
  const ThawTree *tree = thaw_lane_get_tree (level->lane);
  const ThawProfile *profile = thaw_document_get_profile (self->document);
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 node = level->node; node != 0 && node != THAW_NODE_NONE; node = tree->parent[node])
    g_array_append_val (path, node);
  for (guint i = path->len; i-- > 0;)
    {
      guint32 node = g_array_index (path, guint32, i);
      g_autofree char *name = thaw_display_frame (profile, tree->key, tree->frame[node]);

      if (i == path->len - 1 || i < MAX_LAST_STEPS)
        add_step (self, name, name, node);
      else if (i == MAX_LAST_STEPS)
        add_step (self, "…", name, node);
    }
}

static void
rebuild (ThawBreadcrumbs *self)
{
  remove_all (self);
  if (self->zoom == NULL)
    return;
  guint n_levels = thaw_zoom_get_n_levels (self->zoom);
  const ThawZoomLevel *inner = n_levels > 0 ? thaw_zoom_get_level (self->zoom, n_levels - 1) : NULL;

  add_step (self, thaw_lane_get_title (self->lane), thaw_lane_get_title (self->lane), 0);
  if (inner != NULL && inner->lane == self->lane)
    add_path (self, inner);
}

void
thaw_breadcrumbs_set_zoom (ThawBreadcrumbs *self,
                           ThawDocument *document,
                           ThawLane *lane,
                           ThawZoom *zoom)
{
  g_return_if_fail (THAW_IS_BREADCRUMBS (self));
  if (self->zoom == zoom && self->lane == lane && self->document == document)
    return;
  if (self->zoom != NULL)
    g_signal_handlers_disconnect_by_func (self->zoom, rebuild, self);
  g_set_object (&self->document, document);
  g_set_object (&self->lane, lane);
  g_set_object (&self->zoom, zoom);
  if (zoom != NULL)
    g_signal_connect_object (zoom, "levels-changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
}

static void
thaw_breadcrumbs_dispose (GObject *object)
{
  ThawBreadcrumbs *self = THAW_BREADCRUMBS (object);

  remove_all (self);
  g_clear_object (&self->document);
  g_clear_object (&self->lane);
  g_clear_object (&self->zoom);
  G_OBJECT_CLASS (thaw_breadcrumbs_parent_class)->dispose (object);
}

static void
thaw_breadcrumbs_class_init (ThawBreadcrumbsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = thaw_breadcrumbs_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "thaw-breadcrumbs");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
thaw_breadcrumbs_init (ThawBreadcrumbs *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Path of the Zoom"), -1);
}
