/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the labels in captures of samplers say: threads, processes, functions and places that tools
 * write into one string. Pure functions on text. Private to this folder.
 */
#pragma once

#include "thaw-profile.h"

G_BEGIN_DECLS

/* A thread as a label names it. @pid and @tid are -1 where the label has none; @name points into the
 * label and is not ended by NUL. */
typedef struct
{
  gint64 pid;
  gint64 tid;
  const char *name;
  gsize name_len;
} ThawThreadLabel;

/* The label of a thread in py-spy's speedscope files, `Process 12 Thread 0x7f34 "name"`, where the
 * process or the thread and the name may be missing. FALSE when it is anything else. */
gboolean thaw_label_parse_thread (const char *label, ThawThreadLabel *thread);

/* A process as py-spy's raw format names it at the root of a stack, `process 12:"command line"`,
 * where anything may stand between the quotes. @length: of the label, with its quotes. */
typedef struct
{
  gint64 pid;
  const char *command;
  gsize command_len;
  gsize length;
} ThawProcessLabel;

/* FALSE when no such label stands at the start of @stack, a text of frames parted by “;”. */
gboolean thaw_label_parse_process (const char *stack, ThawProcessLabel *process);

/* The label of a thread at the root of a stack: `thread (12): name` or `thread (0x7F34)` by py-spy,
 * `tid:12` by Tachyon. The name ends where the label does. */
gboolean thaw_label_parse_root_thread (const char *label, gsize len, ThawThreadLabel *thread);

/* A frame of a collapsed stack taken apart. Parts point into the label; @file is NULL when the label
 * is just a name, @line 0 when it has none. */
typedef struct
{
  const char *name;
  gsize name_len;
  const char *file;
  gsize file_len;
  guint32 line;
} ThawFrameLabel;

/* Takes apart `name (file:12)`, `name (file)` and `file.py:name:12`; what is neither is a name. */
void thaw_label_parse_frame (const char *label, gsize len, ThawFrameLabel *frame);

/* A role for ThawThreadSpec by the name that Python's threading gives; "" when it tells none. */
const char *thaw_label_thread_role (const char *name);

/* What kind of function has this name in this file (nullable); THAW_FUNCTION_OTHER without a
 * sign. */
ThawFunctionKind thaw_label_function_kind (const char *name, const char *file);

/* A decimal or, after 0x, hexadecimal number at *@text that fits gint64. Moves *@text behind it. */
gboolean thaw_label_parse_number (const char **text, gint64 *number);

G_END_DECLS
