/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a function to what else tells of it: its row, its heaviest box in the graph, its source file,
 * and how sure its numbers are.
 */
#pragma once

#include "thaw-document.h"

G_BEGIN_DECLS

/* Selects @function and reveals its box of the greatest total in any lane. FALSE when no lane has
 * one: then the graph stays where it is. */
gboolean thaw_reveal_heaviest (ThawDocument *document, guint32 function);

/* Its row over the document's threads; (nullable) (transfer none), until "rows-changed". */
const ThawFunctionRow *thaw_document_find_row (ThawDocument *document, guint32 function);
/* All that the chosen threads spent: what a function's share is part of. */
double thaw_document_get_whole (ThawDocument *document);
/* A number for a table whose header tells the unit: samples are plain counts; "–" for NAN; (transfer
 * full). */
char *thaw_format_amount (ThawUnit unit, double value);
/* Where its source should be, relative paths taken from the capture's folder; (nullable) (transfer
 * full). Nobody has looked whether the file exists. */
GFile *thaw_function_source_file (ThawDocument *document, guint32 function);
/* A few sentences on whether a row's numbers were measured, estimated or sampled; (transfer full). */
char *thaw_function_explain (ThawDocument *document, const ThawFunctionRow *row);

G_END_DECLS
