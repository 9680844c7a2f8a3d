/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plays programs and keeps both what really happened, as a tree, and what cProfile would have kept
 * of it, as edges. Also makes edge profiles from text. For tests and benchmarks.
 */
#pragma once

#include "thaw-profile.h"

G_BEGIN_DECLS

typedef struct _CallRecorder CallRecorder;

/* Functions are numbers below @n_functions, named f0, f1 …. */
CallRecorder *call_recorder_new (guint32 n_functions);
void call_recorder_free (CallRecorder *recorder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CallRecorder, call_recorder_free)

void call_recorder_enter (CallRecorder *recorder, guint32 function);
void call_recorder_spend (CallRecorder *recorder, double time);
void call_recorder_leave (CallRecorder *recorder);
guint32 call_recorder_get_depth (const CallRecorder *recorder);

/* A profile of one thread that holds the edges; nothing may be entered any more. */
ThawProfile *call_recorder_make_profile (const CallRecorder *recorder);
/* The truth: total time by path, "f0;f3;f1", with cycles folded as a reconstruction folds them;
 * keys are text, values point to doubles. For few functions, since it takes the cube of their
 * number. */
GHashTable *call_recorder_fold (const CallRecorder *recorder);

/* A program of random calls among @n_functions functions, where a function calls some others, and
 * what it calls next depends now and then on who called it; of some @n_calls calls. */
CallRecorder *call_recorder_play (guint32 n_functions, guint32 n_calls, guint32 seed);

/* A profile of one thread from rows "name calls/primitive self total" and edges "caller>callee
 * calls/primitive self total". */
ThawProfile *profile_from_edges (const char *text);

G_END_DECLS
