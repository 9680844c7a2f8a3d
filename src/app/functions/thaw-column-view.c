/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A column view's children are its header, whose children are the titles in the order of the columns,
 * and the list of rows, which scrolls by an action.
 */
#include "thaw-column-view.h"

/* Frames until new rows have been laid out: one lays them out, the next knows where they are. */
#define FRAMES_TO_WAIT 2

typedef struct
{
  guint position;
  guint frames;
} PendingScroll;

static const char pending_key[] = "thaw-pending-scroll";

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PendingScroll *pending = g_object_get_data (G_OBJECT (widget), pending_key);
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (++pending->frames < FRAMES_TO_WAIT)
    return G_SOURCE_CONTINUE;
  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
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
