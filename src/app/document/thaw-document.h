/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawDocument: one open profile and how it is being looked at.
 *
 * The widgets of a tab are given the document and nothing else; they set its properties and watch
 * its signals, and never know each other. Whatever takes time (trees, layouts, function rows,
 * search) is computed in a GTask off the main thread; a newer request drops the result of an older.
 *
 * Properties (all notify): "busy" (b, read-only), "title", "subtitle" (s, read-only), "merged" (b),
 * "by-line" (b), "order" (ThawOrder), "time-order" (b), "flame" (b), "colour-mode"
 * (ThawColourMode), "search" (s), "search-regex" (b), "selected-function" (u, G_MAXUINT32 none).
 *
 * Signals:
 *  "threads-changed": another set of threads is chosen (before its lanes are ready)
 *  "lanes-changed": thaw_document_get_lanes() has new lanes
 *  "rows-changed": thaw_document_get_rows() has new rows
 *  "matches-changed": the search has a new result
 *  "reveal-node" (ThawLane *lane, guint node): show this box (zoom and scroll to it)
 */
#pragma once

#include <gio/gio.h>
#include "thaw-function-table.h"
#include "thaw-layout.h"
#include "thaw-palette.h"

G_BEGIN_DECLS

/* One graph: the threads it merges, their tree and layout. Immutable after it is handed out. */
#define THAW_TYPE_LANE (thaw_lane_get_type ())
G_DECLARE_FINAL_TYPE (ThawLane, thaw_lane, THAW, LANE, GObject)
const guint32 *thaw_lane_get_threads (ThawLane *lane, guint *n);
const char *thaw_lane_get_title (ThawLane *lane);
const char *thaw_lane_get_subtitle (ThawLane *lane); /* "pid 4120 · QThread" */
ThawTree *thaw_lane_get_tree (ThawLane *lane);
ThawLayout *thaw_lane_get_layout (ThawLane *lane);

#define THAW_TYPE_DOCUMENT (thaw_document_get_type ())
G_DECLARE_FINAL_TYPE (ThawDocument, thaw_document, THAW, DOCUMENT, GObject)

/* Takes references. @file may be NULL (merged profiles). Starts with the busiest or main thread
 * selected and computes in the background at once. */
ThawDocument *thaw_document_new (ThawProfile *profile, GFile *file);
ThawProfile *thaw_document_get_profile (ThawDocument *self);
GFile *thaw_document_get_file (ThawDocument *self);

/* Which threads are shown: several are a lane each unless "merged". */
const guint32 *thaw_document_get_threads (ThawDocument *self, guint *n);
void thaw_document_set_threads (ThawDocument *self, const guint32 *threads, guint n);
/* The threads a whole capture has, and shows merged. */
void thaw_document_select_all_merged (ThawDocument *self);

GPtrArray *thaw_document_get_lanes (ThawDocument *self); /* (transfer none) of ThawLane; may be empty */
/* Longest lane's total: the value axis all lanes share. */
double thaw_document_get_axis (ThawDocument *self);
GArray *thaw_document_get_rows (ThawDocument *self); /* (nullable) (transfer none) of ThawFunctionRow */
/* (nullable) (transfer none): one byte a function while a search is set. */
const guint8 *thaw_document_get_matches (ThawDocument *self, guint32 *n_functions_matched, double *total_matched);
const char *thaw_document_get_search_error (ThawDocument *self); /* (nullable): bad expression */

guint32 thaw_document_get_selected_function (ThawDocument *self);
void thaw_document_select_function (ThawDocument *self, guint32 function);
/* Asks for a finer reconstruction of pruned parts (epsilon / 10), for all lanes. */
void thaw_document_expand_pruned (ThawDocument *self);
void thaw_document_reveal (ThawDocument *self, ThawLane *lane, guint32 node);

G_END_DECLS
