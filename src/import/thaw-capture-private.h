/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A capture of Thaw's recorder between reading (thaw-import-thaw.c) and building (thaw-capture.c).
 * All strings belong to the capture's chunk.
 */
#pragma once

#include "thaw-columns.h"
#include "thaw-profile-builder.h"

G_BEGIN_DECLS

enum
{
  THAW_FUNCTIONS_NAME,
  THAW_FUNCTIONS_QUALNAME,
  THAW_FUNCTIONS_FILE,
  THAW_FUNCTIONS_LINE
};
enum
{
  THAW_ROWS_FUNCTION,
  THAW_ROWS_CALLS,
  THAW_ROWS_RECURSIVE,
  THAW_ROWS_TOTAL,
  THAW_ROWS_SELF
};
enum
{
  THAW_EDGES_CALLER,
  THAW_EDGES_CALLEE,
  THAW_EDGES_CALLS,
  THAW_EDGES_RECURSIVE,
  THAW_EDGES_TOTAL,
  THAW_EDGES_SELF
};
enum
{
  THAW_NODES_PARENT,
  THAW_NODES_FUNCTION,
  THAW_NODES_CALLS,
  THAW_NODES_TOTAL,
  THAW_NODES_SELF
};

typedef struct
{
  guint64 at;       /* byte where it begins */
  double native_id; /* -1 unknown */
  const char *name;
  const char *qt_name;
  const char *class_name;
  const char *role;
  double start_ns;
  ThawColumns rows;
  ThawColumns edges;
  ThawColumns tree;
} ThawCaptureThread;

typedef struct
{
  guint64 at; /* byte where it begins */
  const char *id;
  const char *parent; /* NULL: none */
  double pid;
  const char *name;
  const char *backend;
  gboolean final;
  gboolean checkpoint; /* the file says so, and not just nothing */
  double unix_ns;
  double monotonic_ns;
  double end_ns;
  GPtrArray *notes;
  GPtrArray *files;
  ThawColumns functions;
  GPtrArray *threads; /* of ThawCaptureThread */
} ThawCaptureProcess;

typedef struct
{
  ThawJson json;
  ThawProfileBuilder *builder;
  GStringChunk *strings;
  const char *writer;
  GPtrArray *processes; /* of ThawCaptureProcess */
  GHashTable *by_id;    /* id → index in @processes + 1 */
  guint64 n_negative;   /* times below zero */
} ThawCapture;

ThawCaptureProcess *thaw_capture_process_new (guint64 at);
void thaw_capture_process_free (ThawCaptureProcess *process);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawCaptureProcess, thaw_capture_process_free)

void thaw_capture_init (ThawCapture *capture, ThawInput *input);
void thaw_capture_clear (ThawCapture *capture);
/* Takes a process (transfer full), unless it is there already in a later state. */
void thaw_capture_keep (ThawCapture *capture, ThawCaptureProcess *process);
/* Feeds all that was read into the builder. FALSE with the error in the scanner. */
gboolean thaw_capture_build (ThawCapture *capture);

G_END_DECLS
