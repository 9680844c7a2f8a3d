/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inside of a ThawProfile, for the builder's finish and for nobody else.
 */
#pragma once

#include "thaw-profile.h"

G_BEGIN_DECLS

/* A thread with everything it owns. @tree is NULL when the thread holds edges. */
typedef struct
{
  ThawThread thread; /* its strings belong to the profile's string chunk */
  ThawTree *tree;
  ThawEdges *edges;       /* nullable */
  ThawSequence *sequence; /* nullable */
} ThawThreadData;

/* What a process is known by in other captures; @id is NULL when nothing tells. */
typedef struct
{
  const char *id;
  gboolean final;
  double state;
} ThawProcessIdentity;

struct _ThawProfile
{
  gatomicrefcount ref_count;
  char *format;
  char *tool;
  char *title;
  ThawKind kind;
  ThawUnit unit;
  ThawMeaning meaning;
  double total;
  gboolean has_lines;
  gboolean has_time_order;
  gboolean has_calls;
  GStringChunk *strings; /* names and files of functions, processes, threads */
  GArray *functions;     /* of ThawFunction */
  GArray *locations;     /* of ThawLocation */
  GArray *processes;     /* of ThawProcess */
  GArray *identities;    /* of ThawProcessIdentity, one a process */
  GArray *threads;       /* of ThawThreadData */
  GPtrArray *warnings;   /* of char *, NULL-terminated */
};

/* Frees what a thread owns; for the array's clear function. */
void thaw_thread_data_clear (ThawThreadData *data);

G_END_DECLS
