/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawWindow inside: tabs in thaw-window.c, opening in thaw-window-open.c, exporting in
 * thaw-window-export.c.
 */
#pragma once

#include "thaw-recent.h"
#include "thaw-window.h"

G_BEGIN_DECLS

struct _ThawWindow
{
  AdwApplicationWindow parent_instance;
  ThawSettings *settings;
  ThawRecent *recent;
  GBindingGroup *page_bindings;
  GtkNativeDialog *dialog; /* the file dialog that is open */
  GCancellable *cancellable;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  AdwSplitButton *open_button;
  GtkToggleButton *search_button;
  GtkMenuButton *export_button;
  GtkStack *stack;
  AdwTabView *tabs;
  GtkWidget *drop_hint;
  GtkListBox *recent_rows;
  GtkWidget *recent_group;
};

/* Actions of opening; drop target and recent files. */
void thaw_window_open_class_init (GtkWidgetClass *widget_class);
void thaw_window_open_init (ThawWindow *self);

/* Action and menu of exporting. */
void thaw_window_export_class_init (GtkWidgetClass *widget_class);
void thaw_window_export_init (ThawWindow *self);

/* Whether a profile is on show decides which actions make sense. */
void thaw_window_update_actions (ThawWindow *self);

G_END_DECLS
