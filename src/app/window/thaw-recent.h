/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawRecent: the profiles opened lately, as the desktop's list of recent files knows them.
 * Signal "changed".
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define THAW_TYPE_RECENT (thaw_recent_get_type ())
G_DECLARE_FINAL_TYPE (ThawRecent, thaw_recent, THAW, RECENT, GObject)

ThawRecent *thaw_recent_new (void);
void thaw_recent_add (ThawRecent *self, GFile *file);
void thaw_recent_clear (ThawRecent *self);
/* (transfer full) (element-type GFile): those that still exist, latest first. */
GPtrArray *thaw_recent_list (ThawRecent *self, guint max);
/* (transfer full): the folder of @file for people: "~/src/dashboard". */
char *thaw_folder_of (GFile *file);

G_END_DECLS
