/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What ThawDocument computes beside the main thread: the input of each job, and its result. A job
 * owns everything it reads, so that it outlives the document that asked for it.
 */
#pragma once

#include "thaw-lane.h"

G_BEGIN_DECLS

/* A lane to make. @ready is the lane itself when it is known already; else @tree may be a tree
 * that was built for the same threads and options. */
typedef struct
{
  guint32 *threads;
  guint n_threads;
  ThawLane *ready;
  ThawTree *tree;
} ThawLaneRequest;

typedef struct
{
  ThawProfile *profile;
  ThawLaneSpec spec;
  GPtrArray *requests; /* of ThawLaneRequest */
} ThawLanesJob;

typedef struct
{
  ThawProfile *profile;
  guint32 *threads;
  guint n_threads;
} ThawRowsJob;

typedef struct
{
  ThawProfile *profile;
  char *pattern;
  gboolean regex;
  GPtrArray *lanes; /* of ThawLane */
} ThawSearchJob;

/* A box that matches: @lane indexes the lanes that were searched. */
typedef struct
{
  double total;
  guint32 lane;
  guint32 node;
} ThawMatch;

typedef struct
{
  guint8 *functions; /* one byte a function */
  guint32 n_functions;
  double total;  /* merged time under matching boxes, over all lanes */
  GArray *boxes; /* of ThawMatch, greatest first */
  GPtrArray *lanes;
} ThawMatches;

ThawLanesJob *thaw_lanes_job_new (ThawProfile *profile, const ThawLaneSpec *spec);
void thaw_lanes_job_add (ThawLanesJob *job,
                         const guint32 *threads,
                         guint n_threads,
                         ThawLane *ready,
                         ThawTree *tree);
void thaw_lanes_job_free (ThawLanesJob *job);
GPtrArray *thaw_lanes_job_run (const ThawLanesJob *job, GCancellable *cancellable, GError **error);

ThawRowsJob *thaw_rows_job_new (ThawProfile *profile, const guint32 *threads, guint n_threads);
void thaw_rows_job_free (ThawRowsJob *job);
GArray *thaw_rows_job_run (const ThawRowsJob *job, GCancellable *cancellable, GError **error);

ThawSearchJob *
thaw_search_job_new (ThawProfile *profile, const char *pattern, gboolean regex, GPtrArray *lanes);
void thaw_search_job_free (ThawSearchJob *job);
ThawMatches *
thaw_search_job_run (const ThawSearchJob *job, GCancellable *cancellable, GError **error);
void thaw_matches_free (ThawMatches *matches);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawMatches, thaw_matches_free)

G_END_DECLS
