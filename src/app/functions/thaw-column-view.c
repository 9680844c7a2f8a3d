/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A column view's children are its header, whose children are the titles in the order of the columns,
 * and the list of rows, which scrolls by an action.
 */
#include "thaw-column-view.h"

/* The list of rows inside @view, NULL where a later GTK makes views otherwise. */
static GtkWidget *
find_list (GtkWidget *view)
{
  GtkWidget *child = gtk_widget_get_first_child (view);

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

void
thaw_column_view_set_label (GtkColumnView *view, const char *label)
{
  GtkWidget *list = find_list (GTK_WIDGET (view));

  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (list != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
}

/* Frames until new rows have been laid out: one lays them out, the next knows where they are. */
#define FRAMES_TO_WAIT 2

typedef struct
{
  guint position;
  guint frames;
} PendingScroll;

static const char pending_key[] = "thaw-pending-scroll";

/* Counts frames, then scrolls. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PendingScroll *pending = g_object_get_data (G_OBJECT (widget), pending_key);
  GtkWidget *child = find_list (widget);

  if (++pending->frames < FRAMES_TO_WAIT)
    return G_SOURCE_CONTINUE;
  if (child != NULL)
    gtk_widget_activate_action (child, "list.scroll-to-item", "u", pending->position);
  g_object_set_data (G_OBJECT (widget), pending_key, NULL);
  return G_SOURCE_REMOVE;
}

void
thaw_column_view_scroll_to (GtkColumnView *view, guint position)
{
  PendingScroll *pending = g_object_get_data (G_OBJECT (view), pending_key);

  if (pending == NULL)
    {
      pending = g_new0 (PendingScroll, 1);
      g_object_set_data_full (G_OBJECT (view), pending_key, pending, g_free);
      gtk_widget_add_tick_callback (GTK_WIDGET (view), on_frame, NULL, NULL);
    }
  pending->position = position;
  pending->frames = 0;
}

void
thaw_column_view_dress_header (GtkColumnView *view,
                               guint column,
                               const char *tooltip,
                               ThawCellKind kind)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  GtkWidget *content;

  for (; title != NULL && column > 0; column--)
    title = gtk_widget_get_next_sibling (title);
  if (title == NULL)
    return;
  gtk_widget_set_tooltip_text (title, tooltip);
  content = gtk_widget_get_first_child (title);
  if (content != NULL && (kind == THAW_CELL_NUMBER || kind == THAW_CELL_METER))
    gtk_widget_set_halign (content, GTK_ALIGN_END);
}
