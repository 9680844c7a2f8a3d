/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be done with the current box, as actions: for keys, for the context menu, and for anybody
 * who activates "graph.…" on the widget.
 */
#include "thaw-graph-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-box-facts.h"

#define ZOOM_PER_KEY 1.5

static void
enter_box (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawGraph *self = THAW_GRAPH (widget);

  thaw_graph_activate_node (self, self->cursor);
}

static void
copy_name (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawGraph *self = THAW_GRAPH (widget);

  if (self->cursor == THAW_NODE_NONE)
    return;
  const ThawTree *tree = thaw_lane_get_tree (self->lane);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          thaw_profile_frame_name (thaw_document_get_profile (self->document),
                                                   tree->key, tree->frame[self->cursor]));
}

static void
copy_stack (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawGraph *self = THAW_GRAPH (widget);

  if (self->cursor == THAW_NODE_NONE)
    return;
  g_autofree char *text = thaw_box_stack_text (thaw_document_get_profile (self->document),
                                               thaw_lane_get_tree (self->lane), self->cursor);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
search_name (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawGraph *self = THAW_GRAPH (widget);

  if (self->cursor == THAW_NODE_NONE)
    return;
  const ThawTree *tree = thaw_lane_get_tree (self->lane);
  g_object_set (self->document, "search-regex", FALSE, "search",
                thaw_profile_frame_name (thaw_document_get_profile (self->document), tree->key,
                                         tree->frame[self->cursor]),
                NULL);
}

/* The function of the current box; FALSE when it stands for none. */
static gboolean
current_function (ThawGraph *self, guint32 *function)
{
  if (self->cursor == THAW_NODE_NONE)
    return FALSE;
  *function = thaw_graph_function_of (self, self->cursor);
  return *function < THAW_FRAME_FIRST_SPECIAL;
}

static void
show_in_table (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawGraph *self = THAW_GRAPH (widget);
  guint32 function;

  if (current_function (self, &function))
    thaw_document_show_in_table (self->document, function);
}

static void
show_sandwich (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawGraph *self = THAW_GRAPH (widget);
  guint32 function;

  if (current_function (self, &function))
    thaw_document_show_sandwich (self->document, function);
}

static void
expand_pruned (GtkWidget *widget, const char *name, GVariant *parameter)
{
  thaw_document_expand_pruned (THAW_GRAPH (widget)->document);
}

static void
reset_zoom (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawGraph *self = THAW_GRAPH (widget);

  if (self->zoom != NULL)
    thaw_zoom_reset (self->zoom);
}

static void
open_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawGraph *self = THAW_GRAPH (widget);
  graphene_rect_t rect;

  if (thaw_graph_get_box_rect (self, self->cursor, &rect))
    thaw_graph_open_menu (self, rect.origin.x + MIN (rect.size.width / 2, 60),
                          rect.origin.y + rect.size.height / 2);
}

/* Keys. ------------------------------------------------------------------------------------------ */

/* Goes back one zoom; lets the key pass when there is nothing to go back to. */
static gboolean
on_back (GtkWidget *widget, GVariant *args, gpointer data)
{
  ThawGraph *self = THAW_GRAPH (widget);

  if (self->zoom == NULL || !thaw_zoom_back (self->zoom))
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* Zooms in (1) or out (-1) around the current box, or the middle. */
static gboolean
on_zoom_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  ThawGraph *self = THAW_GRAPH (widget);
  graphene_rect_t rect;
  double at = 0.5;

  if (thaw_graph_is_empty (self))
    return GDK_EVENT_PROPAGATE;
  if (thaw_graph_get_box_rect (self, self->cursor, &rect))
    at = CLAMP ((rect.origin.x + rect.size.width / 2) / gtk_widget_get_width (widget), 0, 1);
  thaw_zoom_by (self->zoom, at, g_variant_get_int32 (args) > 0 ? ZOOM_PER_KEY : 1 / ZOOM_PER_KEY);
  return GDK_EVENT_STOP;
}

/* The walk begins at the box that is zoomed into, else at the first of the first row. */
static guint32
first_cursor (ThawGraph *self)
{
  guint n_levels = thaw_zoom_get_n_levels (self->zoom);

  if (n_levels > 0 && thaw_zoom_get_level (self->zoom, n_levels - 1)->lane == self->lane)
    return thaw_zoom_get_level (self->zoom, n_levels - 1)->node;
  return thaw_layout_step (thaw_lane_get_layout (self->lane), 0, THAW_STEP_CHILD);
}

/* Walks the boxes: the argument is a GDK arrow key. */
static gboolean
on_arrow (GtkWidget *widget, GVariant *args, gpointer data)
{
  ThawGraph *self = THAW_GRAPH (widget);
  int key = g_variant_get_int32 (args);
  guint32 node = THAW_NODE_NONE;

  if (thaw_graph_is_empty (self))
    return GDK_EVENT_PROPAGATE;
  if (self->cursor == THAW_NODE_NONE)
    node = first_cursor (self);
  else
    {
      ThawStep step = THAW_STEP_NEXT;
      if (key == GDK_KEY_Left)
        step = THAW_STEP_PREVIOUS;
      else if (key == GDK_KEY_Up || key == GDK_KEY_Down)
        step = (key == GDK_KEY_Up) == self->flame ? THAW_STEP_CHILD : THAW_STEP_PARENT;
      node = thaw_layout_step (thaw_lane_get_layout (self->lane), self->cursor, step);
      if (node == THAW_NODE_NONE)
        node = self->cursor;
    }
  thaw_graph_reveal (self, node);
  return GDK_EVENT_STOP;
}

static gboolean
on_page_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  ThawGraph *self = THAW_GRAPH (widget);

  return thaw_graph_scroll_by (self,
                               g_variant_get_int32 (args) * 0.9 * gtk_widget_get_height (widget));
}

static void
bind_both (GtkWidgetClass *klass, guint key, guint keypad_key, GtkShortcutFunc func, int argument)
{
  gtk_widget_class_add_binding (klass, key, 0, func, "i", argument);
  gtk_widget_class_add_binding (klass, keypad_key, 0, func, "i", argument);
}

void
thaw_graph_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "graph.enter", NULL, enter_box);
  gtk_widget_class_install_action (klass, "graph.reset-zoom", NULL, reset_zoom);
  gtk_widget_class_install_action (klass, "graph.copy-name", NULL, copy_name);
  gtk_widget_class_install_action (klass, "graph.copy-stack", NULL, copy_stack);
  gtk_widget_class_install_action (klass, "graph.search", NULL, search_name);
  gtk_widget_class_install_action (klass, "graph.show-in-table", NULL, show_in_table);
  gtk_widget_class_install_action (klass, "graph.show-sandwich", NULL, show_sandwich);
  gtk_widget_class_install_action (klass, "graph.expand-pruned", NULL, expand_pruned);
  gtk_widget_class_install_action (klass, "graph.menu", NULL, open_menu);

  bind_both (klass, GDK_KEY_Left, GDK_KEY_KP_Left, on_arrow, GDK_KEY_Left);
  bind_both (klass, GDK_KEY_Right, GDK_KEY_KP_Right, on_arrow, GDK_KEY_Right);
  bind_both (klass, GDK_KEY_Up, GDK_KEY_KP_Up, on_arrow, GDK_KEY_Up);
  bind_both (klass, GDK_KEY_Down, GDK_KEY_KP_Down, on_arrow, GDK_KEY_Down);
  bind_both (klass, GDK_KEY_plus, GDK_KEY_KP_Add, on_zoom_key, 1);
  bind_both (klass, GDK_KEY_equal, GDK_KEY_ZoomIn, on_zoom_key, 1);
  bind_both (klass, GDK_KEY_minus, GDK_KEY_KP_Subtract, on_zoom_key, -1);
  bind_both (klass, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, on_page_key, 1);
  bind_both (klass, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, on_page_key, -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, on_back, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_BackSpace, 0, on_back, NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Enter, 0, "graph.enter", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Return, 0, "graph.enter", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Home, 0, "graph.reset-zoom", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Menu, 0, "graph.menu", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F10, GDK_SHIFT_MASK, "graph.menu", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_c, GDK_CONTROL_MASK, "graph.copy-name", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "graph.copy-stack", NULL);
}

/* Menu. ------------------------------------------------------------------------------------------ */

static GMenuModel *
make_menu (ThawGraph *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) zoom = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) show = g_menu_new ();

  if (self->cursor != THAW_NODE_NONE &&
      thaw_lane_get_tree (self->lane)->frame[self->cursor] == THAW_FRAME_PRUNED)
    g_menu_append (zoom, _ ("_Work Out Pruned Calls"), "graph.expand-pruned");
  else
    g_menu_append (zoom, _ ("_Zoom In"), "graph.enter");
  g_menu_append (zoom, _ ("_Reset Zoom"), "graph.reset-zoom");
  g_menu_append (copy, _ ("Copy _Name"), "graph.copy-name");
  g_menu_append (copy, _ ("Copy _Stack"), "graph.copy-stack");
  g_menu_append (show, _ ("Search for _This"), "graph.search");
  g_menu_append (show, _ ("Show in _Table"), "graph.show-in-table");
  g_menu_append (show, _ ("Show All _Callers and Callees"), "graph.show-sandwich");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (zoom));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (show));
  return G_MENU_MODEL (menu);
}

/* Switches the actions off that the current box does not allow. */
void
thaw_graph_update_actions (ThawGraph *self)
{
  static const char *const of_box[] = { "graph.enter", "graph.copy-name", "graph.copy-stack",
                                        "graph.menu" };
  static const char *const of_function[] = { "graph.search", "graph.show-in-table",
                                             "graph.show-sandwich" };
  guint32 function;
  gboolean has_function = current_function (self, &function);

  for (gsize i = 0; i < G_N_ELEMENTS (of_box); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_box[i], self->cursor != THAW_NODE_NONE);
  for (gsize i = 0; i < G_N_ELEMENTS (of_function); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_function[i], has_function);
}

/* Opens the menu about the box at a place, which becomes the current one. */
void
thaw_graph_open_menu (ThawGraph *self, double x, double y)
{
  if (thaw_graph_is_empty (self))
    return;
  thaw_graph_set_cursor (self, thaw_graph_hit (self, x, y), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "graph.reset-zoom",
                                 !thaw_zoom_is_whole (self->zoom));

  g_autoptr (GMenuModel) model = make_menu (self);
  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
