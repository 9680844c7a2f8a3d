/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawPage inside: loading in thaw-page.c, how the profile is looked at in thaw-page-view.c.
 */
#pragma once

#include "thaw-load.h"
#include "thaw-page.h"

G_BEGIN_DECLS

struct _ThawPage
{
  AdwBin parent_instance;
  ThawSettings *settings;
  GPtrArray *files; /* of GFile */
  gboolean merged;
  char *title;
  ThawDocument *document;
  gboolean searching;
  GError *error;

  ThawProgress *progress; /* of the load under way, else NULL */
  GCancellable *cancellable;
  guint progress_source;

  GSimpleActionGroup *actions;
  guint tick;
  int functions_room; /* height that the share was last applied to */

  GtkStack *stack;
  GtkLabel *loading_title;
  GtkProgressBar *progress_bar;
  AdwStatusPage *error_page;
  GtkPaned *sidebar_paned;
  GtkWidget *sidebar;
  GtkWidget *threads;
  GtkWidget *legend;
  GtkPaned *functions_paned;
  AdwBin *graph_bin;
  AdwBin *search_bin;
  AdwBin *functions_bin;
  GtkToggleButton *flame_button;
  GtkToggleButton *icicle_button;
  GtkWidget *time_button;
  GtkWidget *by_line_button;
  GtkWidget *merged_button;
  GtkMenuButton *warnings_button;
  AdwButtonContent *warnings_count;
  GtkBox *warnings_box;
};

/* Once, in init: actions, and panes that remember their sizes. */
void thaw_page_view_init (ThawPage *self);
/* Gives the widgets a document with the preferences of @self->settings applied. */
void thaw_page_view_show (ThawPage *self, ThawDocument *document);
void thaw_page_view_dispose (ThawPage *self);

G_END_DECLS
