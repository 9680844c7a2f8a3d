/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawProfileBuilder: the only way to make a ThawProfile.
 *
 * An importer names frames, processes and threads, then feeds each thread through one of three
 * doors: stacks with weights, enter/leave events, or functions with caller→callee edges. Frames are
 * *slots*: small numbers that may be used in stacks before they are defined, because formats such
 * as py-spy's speedscope put the frame table last. thaw_profile_builder_finish() resolves slots to
 * locations and functions, merges siblings that turn out to be the same, lays trees out in preorder
 * and computes totals.
 *
 * A builder is used from one thread. It checks limits before it takes memory; a door that fails sets
 * an error and the builder must then be dropped.
 */
#pragma once

#include "thaw-profile.h"

G_BEGIN_DECLS

/* Hard limits; input over one gets THAW_ERROR_LIMIT. */
#define THAW_LIMIT_DEPTH (1u << 20)
#define THAW_LIMIT_NODES (1u << 28)
#define THAW_LIMIT_FRAMES (1u << 26)
#define THAW_LIMIT_THREADS (1u << 20)
#define THAW_LIMIT_NAME_BYTES (1u << 20)

typedef struct _ThawProfileBuilder ThawProfileBuilder;
typedef struct _ThawThreadBuilder ThawThreadBuilder; /* owned by its profile builder */

/* @first_line identifies the function, 0 unknown; @line is the running line, 0 unknown. Strings are
 * copied; invalid UTF-8 is made valid. @file may be NULL. */
typedef struct
{
  const char *name;
  const char *file;
  guint32 first_line;
  guint32 line;
  ThawFunctionKind kind;
} ThawFrameSpec;

/* @id -1 when unknown; @name, @role may be NULL. */
typedef struct
{
  gint64 id;
  const char *name;
  const char *role;
} ThawThreadSpec;

ThawProfileBuilder *thaw_profile_builder_new (void);
void thaw_profile_builder_free (ThawProfileBuilder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawProfileBuilder, thaw_profile_builder_free)

/* What the capture says of itself; each may be called any time before finish, last call wins. */
void thaw_profile_builder_set_format (ThawProfileBuilder *builder, const char *id);
void thaw_profile_builder_set_tool (ThawProfileBuilder *builder, const char *tool);
void thaw_profile_builder_set_title (ThawProfileBuilder *builder, const char *title);
void thaw_profile_builder_set_kind (ThawProfileBuilder *builder, ThawKind kind);
void
thaw_profile_builder_set_unit (ThawProfileBuilder *builder, ThawUnit unit, ThawMeaning meaning);
/* A translated sentence for people; repeated equal warnings are kept once. */
void thaw_profile_builder_warn (ThawProfileBuilder *builder, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Interns @spec and returns its slot; equal specs give equal slots. */
guint32 thaw_profile_builder_add_frame (ThawProfileBuilder *builder, const ThawFrameSpec *spec);
/* Defines slot @slot of a capture that numbers its frames itself; with a NULL @spec the slot is no
 * frame but a label, and vanishes from the stacks. Not to be mixed with add_frame in
 * one builder unless slots are disjoint. FALSE: over THAW_LIMIT_FRAMES. */
gboolean thaw_profile_builder_define_frame (ThawProfileBuilder *builder,
                                            guint32 slot,
                                            const ThawFrameSpec *spec,
                                            GError **error);

/* A process by pid (or, when pid is -1, by name); get or create. Returns its index. */
guint32
thaw_profile_builder_add_process (ThawProfileBuilder *builder, gint64 pid, const char *name);
/* Process @process was started by @parent; nothing happens if that would make a circle. */
void thaw_profile_builder_set_process_parent (ThawProfileBuilder *builder,
                                              guint32 process,
                                              guint32 parent);
/* Which process in the world @process is, and in what state: a greater state is a later one, and all
 * that are final come after all that are not. Of several profiles that hold a process of one identity
 * thaw_profile_builder_add_profile() keeps the latest state only, instead of adding them up. */
void thaw_profile_builder_set_process_identity (ThawProfileBuilder *builder,
                                                guint32 process,
                                                const char *identity,
                                                gboolean final,
                                                double state);
/* A thread of a process by id; when id is -1, by name. Get or create: the same key gives the same
 * thread. NULL with error over THAW_LIMIT_THREADS. */
ThawThreadBuilder *thaw_profile_builder_add_thread (ThawProfileBuilder *builder,
                                                    guint32 process,
                                                    const ThawThreadSpec *spec,
                                                    GError **error);
/* Always a new thread, whatever its key (speedscope profiles may share names). */
ThawThreadBuilder *thaw_profile_builder_new_thread (ThawProfileBuilder *builder,
                                                    guint32 process,
                                                    const ThawThreadSpec *spec,
                                                    GError **error);
void thaw_thread_builder_set_name (ThawThreadBuilder *thread, const char *name);
/* Gives a name and a role to a thread that has no name yet. */
void thaw_thread_builder_fill_name (ThawThreadBuilder *thread, const char *name, const char *role);
void thaw_thread_builder_set_start (ThawThreadBuilder *thread, double start);

/* Door 1: stacks with weights, root first. ------------------------------------------------------ */

/* Makes the current stack its own first @keep frames followed by @frames[0 … n-1] (slots) and
 * returns the node of its leaf, for thaw_thread_builder_add_sample(). @keep must not exceed the
 * depth of the current stack. Returns THAW_NODE_NONE with error over a limit. Node numbers are
 * arena numbers, stable until finish. */
guint32 thaw_thread_builder_set_stack (ThawThreadBuilder *thread,
                                       guint32 keep,
                                       const guint32 *frames,
                                       guint32 n,
                                       GError **error);
/* Adds weight to a node, and the sample to the thread's sequence if set_ordered was called.
 * Fails with THAW_ERROR_CORRUPT on NaN and infinite weights; negative ones are for the importer to
 * decide. */
gboolean thaw_thread_builder_add_sample (ThawThreadBuilder *thread,
                                         guint32 node,
                                         double weight,
                                         GError **error);
/* set_stack (keeping the common prefix with the stack before) and add_sample in one. */
gboolean thaw_thread_builder_add_stack (ThawThreadBuilder *thread,
                                        const guint32 *frames,
                                        guint32 n,
                                        double weight,
                                        GError **error);
/* For trees that arrive as nodes: the child of @parent (0: the root, else what this returned) with
 * @frame, made if there is none, gets @calls and @self more. Returns its node; THAW_NODE_NONE with
 * error. */
guint32 thaw_thread_builder_add_node (ThawThreadBuilder *thread,
                                      guint32 parent,
                                      guint32 frame,
                                      guint64 calls,
                                      double self,
                                      GError **error);
/* Samples arrive in time order and are to be kept so. Before the first sample. */
void thaw_thread_builder_set_ordered (ThawThreadBuilder *thread);

/* Door 2: enter and leave events, non-decreasing times in the profile's unit. Keeps time order and
 * counts calls. -------------------------------------------------------------------------------- */
gboolean
thaw_thread_builder_enter (ThawThreadBuilder *thread, guint32 frame, double at, GError **error);
/* Leaves the innermost frame, which must be @frame (or G_MAXUINT32: whatever is innermost). */
gboolean
thaw_thread_builder_leave (ThawThreadBuilder *thread, guint32 frame, double at, GError **error);
/* Leaves everything still open at @at; returns how many frames were open. */
guint32 thaw_thread_builder_leave_all (ThawThreadBuilder *thread, double at);

/* Door 3: functions and caller→callee edges. --------------------------------------------------- */

/* Adds a row; calls, self and totals of equal frames add up. FALSE on NaN, infinite. */
gboolean thaw_thread_builder_add_function (ThawThreadBuilder *thread,
                                           guint32 frame,
                                           guint64 calls,
                                           guint64 primitive_calls,
                                           double self,
                                           double total,
                                           GError **error);
/* Adds an edge; equal pairs add up. A caller without a row gets an empty one. */
gboolean thaw_thread_builder_add_edge (ThawThreadBuilder *thread,
                                       guint32 caller,
                                       guint32 callee,
                                       guint64 calls,
                                       guint64 primitive_calls,
                                       double self,
                                       double total,
                                       GError **error);

/* ----------------------------------------------------------------------------------------------- */

/* Adds a whole profile: its processes (with pid; those without are named after its title), threads
 * and frames. Time units are converted to seconds when they differ. FALSE with THAW_ERROR_MISMATCH
 * when units cannot be added. Kind: the first profile's; a mix is said in a warning. */
gboolean thaw_profile_builder_add_profile (ThawProfileBuilder *builder,
                                           const ThawProfile *profile,
                                           GError **error);

/* Ends the building. Threads without any weight are kept (they exist). THAW_ERROR_EMPTY when no
 * thread was ever made; THAW_ERROR_CORRUPT when a used slot was never defined. The builder must be
 * freed afterwards. */
ThawProfile *thaw_profile_builder_finish (ThawProfileBuilder *builder, GError **error);

G_END_DECLS
