/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A column view's children are its header, whose children are the titles in the order of the columns,
 * and the list of rows, which scrolls by an action.
 */
#include "thaw-column-view.h"

void
thaw_column_view_scroll_to (GtkColumnView *view, guint position)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  if (child != NULL)
    gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
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
