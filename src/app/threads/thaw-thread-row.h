/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawThreadRow: one line of the sidebar. Property "item" (ThawThreadItem). Its arrow activates
 * "threads.toggle-process".
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-thread-model.h"

G_BEGIN_DECLS

#define THAW_TYPE_THREAD_ROW (thaw_thread_row_get_type ())
G_DECLARE_FINAL_TYPE (ThawThreadRow, thaw_thread_row, THAW, THREAD_ROW, GtkWidget)

ThawThreadItem *thaw_thread_row_get_item (ThawThreadRow *self);

G_END_DECLS
