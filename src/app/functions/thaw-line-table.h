/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawLineTable: the lines of a function with what each cost as bars, and their source beside them
 * where it is at hand. What it shows is a ThawLineReport, which can be made in any thread.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-palette.h"

G_BEGIN_DECLS

/* What one function's lines cost; @rows is of ThawLineCost, @texts has as many entries (nullable
 * ones), or is %NULL when the file cannot be read. */
typedef struct
{
  GArray *rows;
  GPtrArray *texts;
} ThawLineReport;

/* Looks the lines of @function up over @threads and reads @file (nullable), a few megabytes at most.
 * With the file at hand, lines that cost nothing stand between those that do, as far as that stays
 * readable. (transfer full); NULL only when cancelled. */
ThawLineReport *thaw_line_report_new (const ThawProfile *profile,
                                      const guint32 *threads,
                                      guint n_threads,
                                      guint32 function,
                                      GFile *file,
                                      GCancellable *cancellable,
                                      GError **error);
void thaw_line_report_free (ThawLineReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawLineReport, thaw_line_report_free)

#define THAW_TYPE_LINE_TABLE (thaw_line_table_get_type ())
G_DECLARE_FINAL_TYPE (ThawLineTable, thaw_line_table, THAW, LINE_TABLE, GtkWidget)

GtkWidget *thaw_line_table_new (void);
/* @report: (nullable) (transfer full). @whole is what shares are parts of, @colour that of bars. */
void thaw_line_table_set (ThawLineTable *self,
                          ThawLineReport *report,
                          ThawUnit unit,
                          double whole,
                          ThawRgb colour);

G_END_DECLS
