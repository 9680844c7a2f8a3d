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
 * The two enumerations have GTypes with the nicks "heaviest", "alphabetical", "tree" and "origin",
 * "package", "self", so that settings can be bound to them.
 *
 * Signals:
 *  "threads-changed": another set of threads is chosen (before its lanes are ready)
 *  "lanes-changed": thaw_document_get_lanes() has new lanes
 *  "rows-changed": thaw_document_get_rows() has new rows
 *  "matches-changed": the search has a new result, or another match is the current one
 *  "failed" (const char *message): lanes could not be made; the former ones stay
 *  "reveal-node" (ThawLane *lane, guint node): show this box (zoom and scroll to it)
 *  "show-in-table" (guint function): show this function's row in the table
 *  "show-sandwich" (guint function): show this function's callers and callees
 */
#pragma once

#include <gio/gio.h>
#include "thaw-function-table.h"
#include "thaw-lane.h"
#include "thaw-palette.h"

G_BEGIN_DECLS

#define THAW_TYPE_ORDER (thaw_order_get_type ())
GType thaw_order_get_type (void);
#define THAW_TYPE_COLOUR_MODE (thaw_colour_mode_get_type ())
GType thaw_colour_mode_get_type (void);

#define THAW_TYPE_DOCUMENT (thaw_document_get_type ())
G_DECLARE_FINAL_TYPE (ThawDocument, thaw_document, THAW, DOCUMENT, GObject)

/* Takes references. @file may be NULL (merged profiles). Starts with the busiest or main thread
 * selected and computes in the background at once. */
ThawDocument *thaw_document_new (ThawProfile *profile, GFile *file);
ThawProfile *thaw_document_get_profile (ThawDocument *self);
GFile *thaw_document_get_file (ThawDocument *self);
gboolean thaw_document_get_busy (ThawDocument *self);

/* Which threads are shown: several are a lane each unless "merged". */
const guint32 *thaw_document_get_threads (ThawDocument *self, guint *n);
void thaw_document_set_threads (ThawDocument *self, const guint32 *threads, guint n);
/* The threads a whole capture has, and shows merged. */
void thaw_document_select_all_merged (ThawDocument *self);

GPtrArray *
thaw_document_get_lanes (ThawDocument *self); /* (transfer none) of ThawLane; may be empty */
/* Sum over the lanes: what a share of what is shown refers to. */
double thaw_document_get_shown_total (ThawDocument *self);
GArray *
thaw_document_get_rows (ThawDocument *self); /* (nullable) (transfer none) of ThawFunctionRow */
/* (nullable) (transfer none): one byte a function while a search is set. Both out arguments may be
 * NULL; the total is the merged time under matching boxes, to be compared with the shown total. */
const guint8 *
thaw_document_get_matches (ThawDocument *self, guint32 *n_functions_matched, double *total_matched);
const char *thaw_document_get_search_error (ThawDocument *self); /* (nullable): bad expression */
/* Goes to the next (+1) or previous (-1) matching box, around the ends: "reveal-node" and
 * "matches-changed" follow. Boxes are visited greatest first. */
void thaw_document_step_match (ThawDocument *self, int step);
/* How many boxes match, and which of them is the current one, from 0; -1 before the first step. */
gint64 thaw_document_get_match_position (ThawDocument *self, guint *n_boxes);

guint32 thaw_document_get_selected_function (ThawDocument *self);
void thaw_document_select_function (ThawDocument *self, guint32 function);
/* Asks for a finer reconstruction of pruned parts (epsilon / 10), for all lanes. */
void thaw_document_expand_pruned (ThawDocument *self);
void thaw_document_reveal (ThawDocument *self, ThawLane *lane, guint32 node);
void thaw_document_show_in_table (ThawDocument *self, guint32 function);
void thaw_document_show_sandwich (ThawDocument *self, guint32 function);

G_END_DECLS
