/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawWindow: a window with a tab for each open profile.
 */
#pragma once

#include <adwaita.h>
#include "thaw-page.h"
#include "thaw-settings.h"

G_BEGIN_DECLS

#define THAW_TYPE_WINDOW (thaw_window_get_type ())
G_DECLARE_FINAL_TYPE (ThawWindow, thaw_window, THAW, WINDOW, AdwApplicationWindow)

/* What several files become. */
typedef enum
{
  THAW_OPEN_ASK,    /* ask whether tabs or one profile */
  THAW_OPEN_TABS,   /* a tab each */
  THAW_OPEN_MERGED, /* one profile with the processes of each */
} ThawOpenHow;

ThawWindow *thaw_window_new (GtkApplication *application, ThawSettings *settings);
void thaw_window_open (ThawWindow *self, GFile *const *files, guint n_files, ThawOpenHow how);
ThawPage *thaw_window_get_page (ThawWindow *self); /* selected; (nullable) (transfer none) */
guint thaw_window_get_n_pages (ThawWindow *self);
/* Says a sentence at the bottom of the window for some seconds. */
void thaw_window_tell (ThawWindow *self, const char *sentence);

G_END_DECLS
