/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of ThawDocument share, and tests.
 */
#pragma once

#include "thaw-document.h"
#include "thaw-document-jobs-private.h"

G_BEGIN_DECLS

typedef enum
{
  THAW_JOB_LANES,
  THAW_JOB_ROWS,
  THAW_JOB_SEARCH,
  THAW_N_JOBS
} ThawJob;

struct _ThawDocument
{
  GObject parent;

  ThawProfile *profile;
  GFile *file;
  char *title;
  char *subtitle;

  GArray *threads; /* of guint32 */
  gboolean merged;
  gboolean by_line;
  gboolean time_order;
  gboolean flame;
  ThawOrder order;
  ThawColourMode colour_mode;
  double epsilon;
  char *search;
  gboolean search_regex;
  guint32 selected_function;

  GPtrArray *lanes;
  GPtrArray *recent; /* of ThawLane, latest first */
  GArray *rows;
  ThawMatches *matches;
  gint64 match_position;
  char *search_error;

  GCancellable *jobs[THAW_N_JOBS];
};

guint32 thaw_document_default_thread (const ThawProfile *profile);
char *thaw_document_describe_file (GFile *file, const ThawProfile *profile);

/* thaw-document-compute.c: each asks for its part of the present state, in place of any earlier run */
void thaw_document_start_lanes (ThawDocument *self);
void thaw_document_start_rows (ThawDocument *self);
void thaw_document_start_search (ThawDocument *self);

G_END_DECLS
