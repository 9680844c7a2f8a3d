/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The builder itself: what a capture says of itself, its processes and its threads. What goes into a
 * thread is in thaw-thread-builder.c, -events.c and -edges.c; how all of it becomes a profile is in
 * thaw-profile-finish.c.
 */
#include "thaw-profile-builder-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Frees a thread and what was fed into it. */
static void
thread_builder_free (gpointer data)
{
  ThawThreadBuilder *thread = data;
  thaw_arena_clear (&thread->arena);
  thaw_sequence_door_clear (&thread->sequence);
  thaw_edge_door_clear (&thread->edges);
  g_free (thread->name);
  g_free (thread->role);
  g_free (thread);
}

static void
process_builder_clear (gpointer data)
{
  ThawProcessBuilder *process = data;
  g_free (process->name);
  g_free ((char *) process->identity.id);
}

/**
 * thaw_profile_builder_new:
 *
 * Returns: (transfer full): a builder of a sampled profile of no unit, without threads
 */
ThawProfileBuilder *
thaw_profile_builder_new (void)
{
  ThawProfileBuilder *builder = g_new0 (ThawProfileBuilder, 1);
  builder->format = g_strdup ("");
  builder->tool = g_strdup ("");
  builder->title = g_strdup ("");
  builder->kind = THAW_KIND_SAMPLED;
  builder->node_budget = THAW_LIMIT_NODES;
  builder->warnings = g_ptr_array_new_with_free_func (g_free);
  builder->warnings_seen = g_hash_table_new (g_str_hash, g_str_equal);
  builder->processes = g_array_new (FALSE, FALSE, sizeof (ThawProcessBuilder));
  g_array_set_clear_func (builder->processes, process_builder_clear);
  builder->process_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  builder->threads = g_ptr_array_new_with_free_func (thread_builder_free);
  builder->thread_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                  (GDestroyNotify) g_array_unref);
  thaw_frame_table_init (&builder->frames);
  return builder;
}

/**
 * thaw_profile_builder_free:
 * @builder: (nullable): a builder
 *
 * Frees the builder with everything in it; after a finish too.
 */
void
thaw_profile_builder_free (ThawProfileBuilder *builder)
{
  if (builder == NULL)
    return;
  g_free (builder->format);
  g_free (builder->tool);
  g_free (builder->title);
  g_hash_table_unref (builder->warnings_seen);
  g_clear_pointer (&builder->warnings, g_ptr_array_unref);
  g_hash_table_unref (builder->process_by_key);
  g_array_unref (builder->processes);
  g_hash_table_unref (builder->thread_by_key);
  g_ptr_array_unref (builder->threads);
  thaw_frame_table_clear (&builder->frames);
  g_clear_error (&builder->error);
  g_free (builder);
}

/* Replaces an owned text by a copy of @text, as valid UTF-8; NULL becomes "". */
static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = text != NULL ? g_utf8_make_valid (text, -1) : g_strdup ("");
}

/**
 * thaw_profile_builder_set_format:
 * @builder: a builder
 * @id: (nullable): the importer's id
 */
void
thaw_profile_builder_set_format (ThawProfileBuilder *builder, const char *id)
{
  g_return_if_fail (builder != NULL);
  set_text (&builder->format, id);
}

/**
 * thaw_profile_builder_set_tool:
 * @builder: a builder
 * @tool: (nullable): the recording program and its version
 */
void
thaw_profile_builder_set_tool (ThawProfileBuilder *builder, const char *tool)
{
  g_return_if_fail (builder != NULL);
  set_text (&builder->tool, tool);
}

/**
 * thaw_profile_builder_set_title:
 * @builder: a builder
 * @title: (nullable): what people call the capture: its file's name, mostly
 */
void
thaw_profile_builder_set_title (ThawProfileBuilder *builder, const char *title)
{
  g_return_if_fail (builder != NULL);
  set_text (&builder->title, title);
}

/**
 * thaw_profile_builder_set_kind:
 * @builder: a builder
 * @kind: how the capture was made
 */
void
thaw_profile_builder_set_kind (ThawProfileBuilder *builder, ThawKind kind)
{
  g_return_if_fail (builder != NULL);
  builder->kind = kind;
}

/**
 * thaw_profile_builder_set_unit:
 * @builder: a builder
 * @unit: the unit of every weight, time and total of the capture
 * @meaning: what is measured
 */
void
thaw_profile_builder_set_unit (ThawProfileBuilder *builder, ThawUnit unit, ThawMeaning meaning)
{
  g_return_if_fail (builder != NULL);
  builder->unit = unit;
  builder->meaning = meaning;
  builder->has_unit = TRUE;
}

/**
 * thaw_profile_builder_warn:
 * @builder: a builder
 * @format: a translated sentence, as for printf
 *
 * Adds a warning to the profile, unless it has the very same one already.
 */
void
thaw_profile_builder_warn (ThawProfileBuilder *builder, const char *format, ...)
{
  g_return_if_fail (builder != NULL);

  va_list args;
  va_start (args, format);
  g_autofree char *raw = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *text = g_utf8_make_valid (raw, -1);
  if (g_hash_table_contains (builder->warnings_seen, text))
    return;
  g_hash_table_add (builder->warnings_seen, text);
  g_ptr_array_add (builder->warnings, g_steal_pointer (&text));
}

/**
 * thaw_profile_builder_add_frame:
 * @builder: a builder
 * @spec: the frame; its strings are copied
 *
 * Returns: the slot of @spec; equal specs give equal slots. Over a limit slot 0 is returned and
 *   thaw_profile_builder_finish() fails.
 */
guint32
thaw_profile_builder_add_frame (ThawProfileBuilder *builder, const ThawFrameSpec *spec)
{
  g_return_val_if_fail (builder != NULL && spec != NULL, 0);

  guint32 slot = 0;
  thaw_frame_table_add (&builder->frames, spec, &slot,
                        builder->error == NULL ? &builder->error : NULL);
  return slot;
}

/**
 * thaw_profile_builder_define_frame:
 * @builder: a builder
 * @slot: the capture's own number for the frame
 * @spec: (nullable): the frame; its strings are copied. %NULL: a label that is no frame; what it
 *   called belongs to its caller
 * @error: return location
 *
 * Returns: %FALSE with %THAW_ERROR_LIMIT when @slot or a name is over a limit
 */
gboolean
thaw_profile_builder_define_frame (ThawProfileBuilder *builder,
                                   guint32 slot,
                                   const ThawFrameSpec *spec,
                                   GError **error)
{
  g_return_val_if_fail (builder != NULL, FALSE);
  return thaw_frame_table_define (&builder->frames, slot, spec, error);
}

/**
 * thaw_profile_builder_add_process:
 * @builder: a builder
 * @pid: process id, or -1 when unknown
 * @name: (nullable): its name; the key when @pid is -1
 *
 * Gets or makes a process. A name given later fills in for one that was empty.
 *
 * Returns: the index of the process
 */
guint32
thaw_profile_builder_add_process (ThawProfileBuilder *builder, gint64 pid, const char *name)
{
  g_return_val_if_fail (builder != NULL, 0);

  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  g_autofree char *key = pid >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, pid)
                                  : g_strconcat ("/", valid, NULL);
  guint32 index = GPOINTER_TO_UINT (g_hash_table_lookup (builder->process_by_key, key));
  if (index > 0)
    {
      ThawProcessBuilder *known = &g_array_index (builder->processes, ThawProcessBuilder,
                                                  index - 1);
      if (*known->name == '\0')
        set_text (&known->name, valid);
      return index - 1;
    }
  ThawProcessBuilder process = { .pid = MAX (pid, -1),
                                 .name = g_steal_pointer (&valid),
                                 .parent = THAW_PROCESS_NONE };
  g_array_append_val (builder->processes, process);
  index = builder->processes->len;
  g_hash_table_insert (builder->process_by_key, g_steal_pointer (&key), GUINT_TO_POINTER (index));
  return index - 1;
}

/**
 * thaw_profile_builder_set_process_parent:
 * @builder: a builder
 * @process: index of a process
 * @parent: index of the process that started it
 *
 * Remembers who started @process, unless @parent was itself started by it.
 */
void
thaw_profile_builder_set_process_parent (ThawProfileBuilder *builder,
                                         guint32 process,
                                         guint32 parent)
{
  g_return_if_fail (builder != NULL);
  g_return_if_fail (MAX (process, parent) < builder->processes->len);

  ThawProcessBuilder *processes = (ThawProcessBuilder *) (gpointer) builder->processes->data;
  for (guint32 at = parent; at != THAW_PROCESS_NONE; at = processes[at].parent)
    if (at == process)
      return;
  processes[process].parent = parent;
}

/**
 * thaw_profile_builder_set_process_identity:
 * @builder: a builder
 * @process: index of a process
 * @identity: a text that no other process in the world has
 * @final: whether nothing can come after @state
 * @state: grows with the time up to which the process is recorded
 *
 * Lets profiles that hold one process be told from profiles of different ones when they are merged.
 */
void
thaw_profile_builder_set_process_identity (ThawProfileBuilder *builder,
                                           guint32 process,
                                           const char *identity,
                                           gboolean final,
                                           double state)
{
  g_return_if_fail (builder != NULL && process < builder->processes->len && identity != NULL);

  ThawProcessIdentity *known = &g_array_index (builder->processes, ThawProcessBuilder, process)
                                    .identity;
  char *copy = g_utf8_make_valid (identity, -1);
  g_free ((char *) known->id);
  *known = (ThawProcessIdentity){ copy, final, state };
}

/* What a thread is known by within the builder: its process, and its id or else its name. */
static char *
thread_key (guint32 process, const ThawThreadSpec *spec)
{
  if (spec->id >= 0)
    return g_strdup_printf ("%u %" G_GINT64_FORMAT, process, spec->id);
  g_autofree char *name = g_utf8_make_valid (spec->name != NULL ? spec->name : "", -1);
  return g_strdup_printf ("%u /%s", process, name);
}

GArray *
thaw_profile_builder_threads_of (ThawProfileBuilder *builder,
                                 guint32 process,
                                 const ThawThreadSpec *spec)
{
  g_autofree char *key = thread_key (process, spec);
  return g_hash_table_lookup (builder->thread_by_key, key);
}

/**
 * thaw_profile_builder_add_thread:
 * @builder: a builder
 * @process: index of its process
 * @spec: what is known of the thread; its strings are copied
 * @error: return location
 *
 * Gets or makes the thread of @process with the id of @spec or, without an id, with its name.
 *
 * Returns: (transfer none) (nullable): the thread; %NULL with %THAW_ERROR_LIMIT over
 *   %THAW_LIMIT_THREADS
 */
ThawThreadBuilder *
thaw_profile_builder_add_thread (ThawProfileBuilder *builder,
                                 guint32 process,
                                 const ThawThreadSpec *spec,
                                 GError **error)
{
  g_return_val_if_fail (builder != NULL && spec != NULL, NULL);
  g_return_val_if_fail (process < builder->processes->len, NULL);

  GArray *same = thaw_profile_builder_threads_of (builder, process, spec);
  if (same == NULL)
    return thaw_profile_builder_new_thread (builder, process, spec, error);

  ThawThreadBuilder *thread = g_ptr_array_index (builder->threads,
                                                 g_array_index (same, guint32, 0));
  if (*thread->name == '\0')
    set_text (&thread->name, spec->name);
  if (*thread->role == '\0')
    set_text (&thread->role, spec->role);
  return thread;
}

/**
 * thaw_profile_builder_new_thread:
 * @builder: a builder
 * @process: index of its process
 * @spec: what is known of the thread; its strings are copied
 * @error: return location
 *
 * Makes a thread even if there is one with the same key.
 *
 * Returns: (transfer none) (nullable): the thread; %NULL with %THAW_ERROR_LIMIT over
 *   %THAW_LIMIT_THREADS
 */
ThawThreadBuilder *
thaw_profile_builder_new_thread (ThawProfileBuilder *builder,
                                 guint32 process,
                                 const ThawThreadSpec *spec,
                                 GError **error)
{
  g_return_val_if_fail (builder != NULL && spec != NULL, NULL);
  g_return_val_if_fail (process < builder->processes->len, NULL);

  guint32 index = builder->threads->len;
  if (index >= THAW_LIMIT_THREADS)
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_NOWHERE, 0,
                      _ ("There are more than %u threads"), THAW_LIMIT_THREADS);
      return NULL;
    }
  ThawThreadBuilder *thread = g_new0 (ThawThreadBuilder, 1);
  thread->owner = builder;
  thread->process = process;
  thread->id = MAX (spec->id, -1);
  thread->start = NAN;
  set_text (&thread->name, spec->name);
  set_text (&thread->role, spec->role);
  thaw_arena_init (&thread->arena, &builder->node_budget);
  thread->arena.max_frame = THAW_LIMIT_FRAMES - 1;
  g_ptr_array_add (builder->threads, thread);

  g_autofree char *key = thread_key (process, spec);
  GArray *same = g_hash_table_lookup (builder->thread_by_key, key);
  if (same == NULL)
    {
      same = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_hash_table_insert (builder->thread_by_key, g_steal_pointer (&key), same);
    }
  g_array_append_val (same, index);
  return thread;
}

/**
 * thaw_thread_builder_set_name:
 * @thread: a thread
 * @name: (nullable): its name; the thread stays known by the key that it was made with
 */
void
thaw_thread_builder_set_name (ThawThreadBuilder *thread, const char *name)
{
  g_return_if_fail (thread != NULL);
  set_text (&thread->name, name);
}

/**
 * thaw_thread_builder_fill_name:
 * @thread: a thread
 * @name: its name, learnt later than the thread
 * @role: (nullable): its role, as in #ThawThreadSpec
 *
 * Does nothing when the thread has a name.
 */
void
thaw_thread_builder_fill_name (ThawThreadBuilder *thread, const char *name, const char *role)
{
  g_return_if_fail (thread != NULL);
  if (*thread->name != '\0')
    return;
  set_text (&thread->name, name);
  set_text (&thread->role, role);
}

/**
 * thaw_thread_builder_set_start:
 * @thread: a thread
 * @start: time of the first sample on the capture's clock, in the profile's unit; NAN when unknown
 */
void
thaw_thread_builder_set_start (ThawThreadBuilder *thread, double start)
{
  g_return_if_fail (thread != NULL);
  thread->start = isfinite (start) ? start : NAN;
}

void
thaw_profile_builder_set_node_budget (ThawProfileBuilder *builder, guint64 n_nodes)
{
  builder->node_budget = n_nodes;
}
