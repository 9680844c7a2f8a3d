/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawThreadList: the sidebar. Property "document" (ThawDocument).
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-document.h"

G_BEGIN_DECLS

#define THAW_TYPE_THREAD_LIST (thaw_thread_list_get_type ())
G_DECLARE_FINAL_TYPE (ThawThreadList, thaw_thread_list, THAW, THREAD_LIST, GtkWidget)

GtkWidget *thaw_thread_list_new (void);

G_END_DECLS
