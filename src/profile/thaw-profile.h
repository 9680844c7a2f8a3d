/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawProfile: everything one capture (or several merged) tells, immutable and atomically
 * reference-counted, readable from any thread. Made only by ThawProfileBuilder.
 *
 * A *function* is what a person means by a row: (name, file, first line). A *location* is a
 * function with the line that was running in it; captures without running lines have one location
 * a function, line 0. A thread holds one of two things: a call tree keyed by location (samplers and
 * tracers) or caller→callee edges (pstats), from which analysis/ reconstructs a tree.
 */
#pragma once

#include <glib.h>
#include "thaw-error.h"
#include "thaw-tree.h"

G_BEGIN_DECLS

typedef struct _ThawProfile ThawProfile;

typedef enum
{
  THAW_KIND_INSTRUMENTED, /* every call counted: cProfile */
  THAW_KIND_SAMPLED,      /* stacks at moments: py-spy, austin */
  THAW_KIND_TRACED,       /* enter and leave events: viztracer */
} ThawKind;

typedef enum
{
  THAW_UNIT_NONE, /* plain counts of nothing known */
  THAW_UNIT_SAMPLES,
  THAW_UNIT_NANOSECONDS,
  THAW_UNIT_MICROSECONDS,
  THAW_UNIT_MILLISECONDS,
  THAW_UNIT_SECONDS,
  THAW_UNIT_BYTES,
} ThawUnit;

typedef enum
{
  THAW_MEANING_UNKNOWN,
  THAW_MEANING_WALL,
  THAW_MEANING_CPU,
  THAW_MEANING_GIL,
  THAW_MEANING_MEMORY
} ThawMeaning;

typedef enum
{
  THAW_FUNCTION_PYTHON,
  THAW_FUNCTION_BUILTIN, /* C function seen by Python: pstats file "~" */
  THAW_FUNCTION_NATIVE,  /* machine code seen by a sampler */
  THAW_FUNCTION_OTHER,   /* not Python: other languages, markers such as <GC> */
} ThawFunctionKind;

/* @file is NULL when unknown; @line is the first line of the definition, 0 when unknown. */
typedef struct
{
  const char *name;
  const char *file;
  guint32 line;
  ThawFunctionKind kind;
} ThawFunction;

/* @line is the line that was running, 0 when unknown. */
typedef struct
{
  guint32 function;
  guint32 line;
} ThawLocation;

#define THAW_PROCESS_NONE G_MAXUINT32

/* @pid is -1 when unknown. @name is never NULL (may be ""). @parent is the index of the process that
 * started this one, or THAW_PROCESS_NONE; going from parent to parent always comes to an end. */
typedef struct
{
  gint64 pid;
  const char *name;
  guint32 parent;
} ThawProcess;

/**
 * ThawThread:
 * @process: index into the profile's processes
 * @id: the capture's own id; unique with @process only; -1 when unknown
 * @name: never %NULL; "" when the capture has none
 * @role: one of "main", "gui", "thread", "qthread", "qthreadpool", "foreign"; "" when unknown
 * @total: sum of all self values, in the profile's unit
 * @n_samples: number of samples or of events; 0 for edge profiles
 * @start: time of the first sample on the capture's clock, in the profile's unit; NAN when unknown
 */
typedef struct
{
  guint32 process;
  gint64 id;
  const char *name;
  const char *role;
  double total;
  guint64 n_samples;
  double start;
} ThawThread;

/* One row of an edge profile: what pstats holds of a function. */
typedef struct
{
  guint32 function;
  guint64 calls;           /* all calls */
  guint64 primitive_calls; /* calls not made through recursion */
  double self;             /* tt */
  double total;            /* ct: cumulative, outermost activations */
} ThawEdgeFunction;

/* One caller→callee edge. @caller and @callee index ThawEdges.functions. Values are those of the
 * callee when called from this caller. */
typedef struct
{
  guint32 caller;
  guint32 callee;
  guint64 calls;
  guint64 primitive_calls;
  double self;
  double total;
} ThawEdge;

/* The third door's content. Edges are sorted by (caller, callee), one per pair. */
typedef struct
{
  guint32 n_functions;
  const ThawEdgeFunction *functions;
  guint32 n_edges;
  const ThawEdge *edges;
} ThawEdges;

/**
 * ThawSequence:
 * @n: number of samples
 * @node: per sample, the leaf in the thread's location tree
 * @value: (nullable): per sample, its weight or duration; %NULL when all are @constant
 * @constant: the weight of every sample when @value is %NULL
 * @keep: (nullable): per sample, how many frames from the root are the *same activations* as in
 *   the sample before; %NULL when unknown (then equal frames count as the same activation)
 *
 * A thread's samples in time order. Values sum up to the thread's total, but for those of node 0 in
 * traces: pauses, in which no frame was open, are nobody's time.
 */
typedef struct
{
  gsize n;
  const guint32 *node;
  const double *value;
  double constant;
  const guint32 *keep;
} ThawSequence;

ThawProfile *thaw_profile_ref (ThawProfile *profile);
void thaw_profile_unref (ThawProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawProfile, thaw_profile_unref)

const char *thaw_profile_get_format (const ThawProfile *profile); /* importer id: "pstats" */
const char *thaw_profile_get_tool (const ThawProfile *profile);   /* "py-spy 0.4.1"; "" unknown */
const char *thaw_profile_get_title (const ThawProfile *profile);  /* file name or capture's name */
ThawKind thaw_profile_get_kind (const ThawProfile *profile);
ThawUnit thaw_profile_get_unit (const ThawProfile *profile);
ThawMeaning thaw_profile_get_meaning (const ThawProfile *profile);
double thaw_profile_get_total (const ThawProfile *profile); /* over all threads */

guint32 thaw_profile_get_n_functions (const ThawProfile *profile);
const ThawFunction *thaw_profile_get_function (const ThawProfile *profile, guint32 function);
guint32 thaw_profile_get_n_locations (const ThawProfile *profile);
const ThawLocation *thaw_profile_get_location (const ThawProfile *profile, guint32 location);
guint32 thaw_profile_get_n_processes (const ThawProfile *profile);
const ThawProcess *thaw_profile_get_process (const ThawProfile *profile, guint32 process);
guint32 thaw_profile_get_n_threads (const ThawProfile *profile);
const ThawThread *thaw_profile_get_thread (const ThawProfile *profile, guint32 thread);

/* The stored data of a thread; (transfer none), NULL where the thread has the other kind. */
ThawTree *thaw_profile_get_location_tree (const ThawProfile *profile, guint32 thread);
const ThawEdges *thaw_profile_get_edges (const ThawProfile *profile, guint32 thread);
const ThawSequence *thaw_profile_get_sequence (const ThawProfile *profile, guint32 thread);

gboolean thaw_profile_has_lines (const ThawProfile *profile);      /* any location with a line */
gboolean thaw_profile_has_time_order (const ThawProfile *profile); /* any thread with a sequence */
gboolean thaw_profile_has_calls (const ThawProfile *profile);      /* any thread counts calls */
const char *const *thaw_profile_get_warnings (const ThawProfile *profile); /* NULL-terminated */

/* A tree's frame number as function number; special frames (THAW_FRAME_…) pass unchanged. */
guint32 thaw_profile_frame_function (const ThawProfile *profile, ThawTreeKey key, guint32 frame);
/* The name to show for a frame, special ones included ("(pruned)"); valid as long as the profile. */
const char *thaw_profile_frame_name (const ThawProfile *profile, ThawTreeKey key, guint32 frame);

/* Stable machine names: "instrumented", "seconds", "wall", … as in thaw-cli info --json. */
const char *thaw_kind_to_string (ThawKind kind);
const char *thaw_unit_to_string (ThawUnit unit);
const char *thaw_unit_title (ThawUnit unit);
const char *thaw_meaning_to_string (ThawMeaning meaning);
/* Seconds per unit; 0 for units that are no time. */
double thaw_unit_seconds (ThawUnit unit);

G_END_DECLS
