/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawThreadModel: the processes and threads of a document as rows to choose from.
 *
 * A GListModel of ThawThreadItem (made on demand, none kept) that is its own GtkSelectionModel: what
 * is selected is what the document shows, in both directions, so there is no second copy of the
 * choice to keep in step. Rows are: "All threads" (with more than one thread), then each process
 * with its threads below. Processes get no row of their own when there is one only, or when each has
 * a single thread, which then stands for its process.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-document.h"

G_BEGIN_DECLS

typedef enum
{
  THAW_THREAD_ROW_ALL,
  THAW_THREAD_ROW_PROCESS,
  THAW_THREAD_ROW_THREAD
} ThawThreadRowKind;

typedef enum
{
  THAW_THREAD_SORT_BUSY,
  THAW_THREAD_SORT_TOTAL,
  THAW_THREAD_SORT_NAME,
  THAW_THREAD_SORT_CAPTURE,
} ThawThreadSort;

/* A row as it is shown; immutable. */
#define THAW_TYPE_THREAD_ITEM (thaw_thread_item_get_type ())
G_DECLARE_FINAL_TYPE (ThawThreadItem, thaw_thread_item, THAW, THREAD_ITEM, GObject)
ThawThreadRowKind thaw_thread_item_get_kind (ThawThreadItem *self);
guint32 thaw_thread_item_get_index (ThawThreadItem *self); /* of the process or thread */
const char *thaw_thread_item_get_title (ThawThreadItem *self);
const char *thaw_thread_item_get_subtitle (ThawThreadItem *self);
const char *thaw_thread_item_get_time (ThawThreadItem *self); /* busy time, formatted */
const char *thaw_thread_item_get_tooltip (ThawThreadItem *self);
const char *thaw_thread_item_get_role (ThawThreadItem *self);  /* "" for other rows than threads */
double thaw_thread_item_get_share (ThawThreadItem *self);      /* of the greatest row of its kind */
gboolean thaw_thread_item_get_indented (ThawThreadItem *self); /* under a process row */
gboolean thaw_thread_item_get_expanded (ThawThreadItem *self); /* process rows */

#define THAW_TYPE_THREAD_MODEL (thaw_thread_model_get_type ())
G_DECLARE_FINAL_TYPE (ThawThreadModel, thaw_thread_model, THAW, THREAD_MODEL, GObject)

ThawThreadModel *thaw_thread_model_new (ThawDocument *document);
void thaw_thread_model_set_sort (ThawThreadModel *self, ThawThreadSort sort);
void thaw_thread_model_set_filter (ThawThreadModel *self, const char *text);
void thaw_thread_model_set_expanded (ThawThreadModel *self, guint32 process, gboolean expanded);
gboolean thaw_thread_model_get_expanded (ThawThreadModel *self, guint32 process);
/* First selected row, GTK_INVALID_LIST_POSITION when it is filtered or folded away. */
guint thaw_thread_model_find_selected (ThawThreadModel *self);

G_END_DECLS
