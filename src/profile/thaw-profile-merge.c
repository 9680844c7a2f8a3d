/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Adding a whole profile to a builder. Threads of the same key add up: trees node by node, edges
 * pair by pair, sequences one after the other. Processes are the same when they have the same pid;
 * processes without one are never the same, and are told apart by name. Where captures tell which
 * process in the world each one is, states of one process do not add up: the latest counts.
 */
#include "thaw-profile-builder-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Multiplies every value of a sequence. */
static void
scale_sequence (ThawSequenceDoor *sequence, double factor)
{
  sequence->constant *= factor;
  for (guint i = 0; sequence->values != NULL && i < sequence->values->len; i++)
    g_array_index (sequence->values, double, i) *= factor;
}

/* Multiplies every value that has been fed in so far. */
static void
scale_builder (ThawProfileBuilder *builder, double factor)
{
  for (guint i = 0; i < builder->threads->len; i++)
    {
      ThawThreadBuilder *thread = g_ptr_array_index (builder->threads, i);
      for (guint32 node = 0; node < thread->arena.n_nodes; node++)
        thread->arena.self[node] *= factor;
      scale_sequence (&thread->sequence, factor);
      thread->start *= factor;
      for (guint j = 0; thread->edges.rows != NULL && j < thread->edges.rows->len; j++)
        {
          ThawEdgeFunction *row = &g_array_index (thread->edges.rows, ThawEdgeFunction, j);
          row->self *= factor;
          row->total *= factor;
        }
      for (guint j = 0; thread->edges.edges != NULL && j < thread->edges.edges->len; j++)
        {
          ThawEdge *edge = &g_array_index (thread->edges.edges, ThawEdge, j);
          edge->self *= factor;
          edge->total *= factor;
        }
    }
}

/* Brings builder and profile to one unit: theirs if they agree, seconds if both are times. *factor:
 * what the profile's values are to be multiplied by. */
static gboolean
agree_on_unit (ThawProfileBuilder *builder,
               const ThawProfile *profile,
               double *factor,
               GError **error)
{
  ThawUnit unit = thaw_profile_get_unit (profile);
  double theirs = thaw_unit_seconds (unit), ours = thaw_unit_seconds (builder->unit);

  *factor = 1;
  if (!builder->has_unit)
    {
      thaw_profile_builder_set_unit (builder, unit, thaw_profile_get_meaning (profile));
      return TRUE;
    }
  if (builder->unit != unit && (theirs == 0 || ours == 0))
    {
      thaw_set_error (error, THAW_ERROR_MISMATCH, THAW_AT_NOWHERE, 0,
                      _ ("“%s” counts %s, which cannot be added to %s"),
                      thaw_profile_get_title (profile), thaw_unit_title (unit),
                      thaw_unit_title (builder->unit));
      return FALSE;
    }
  if (builder->unit != unit)
    {
      if (ours != 1)
        scale_builder (builder, ours);
      builder->unit = THAW_UNIT_SECONDS;
      *factor = theirs;
    }
  if (builder->meaning != thaw_profile_get_meaning (profile))
    builder->meaning = THAW_MEANING_UNKNOWN;
  return TRUE;
}

/* What the profile says of itself, put together with what the builder has. */
static void
merge_description (ThawProfileBuilder *builder, const ThawProfile *profile)
{
  const char *title = thaw_profile_get_title (profile), *tool = thaw_profile_get_tool (profile);
  const char *format = thaw_profile_get_format (profile);

  if (builder->n_merged++ == 0)
    {
      thaw_profile_builder_set_kind (builder, thaw_profile_get_kind (profile));
      thaw_profile_builder_set_format (builder, format);
      thaw_profile_builder_set_tool (builder, tool);
    }
  if (builder->kind != thaw_profile_get_kind (profile))
    /* Translators: kinds are counted, sampled and traced captures. */
    thaw_profile_builder_warn (builder,
                               _ ("Captures of different kinds are added up: their times do not "
                                  "mean quite the same"));
  if (g_strcmp0 (builder->format, format) != 0)
    thaw_profile_builder_set_format (builder, "mixed");
  if (g_strcmp0 (builder->tool, tool) != 0)
    thaw_profile_builder_set_tool (builder, NULL);

  for (const char *const *warning = thaw_profile_get_warnings (profile); *warning != NULL;
       warning++)
    if (*title != '\0')
      thaw_profile_builder_warn (builder, "%s: %s", title, *warning);
    else
      thaw_profile_builder_warn (builder, "%s", *warning);
}

/* The builder's process for one of the profile. Without a pid it is a new one, named after the
 * profile unless it has a name; "(2)" and so on tell equal names apart. */
static guint32
merge_process (ThawProfileBuilder *builder, const ThawProfile *profile, const ThawProcess *process)
{
  if (process->pid >= 0)
    return thaw_profile_builder_add_process (builder, process->pid, process->name);

  const char *base = *process->name != '\0' ? process->name : thaw_profile_get_title (profile);
  g_autofree char *name = g_strdup (base);
  for (guint i = 2;; i++)
    {
      guint known = builder->processes->len;
      guint32 index = thaw_profile_builder_add_process (builder, -1, name);
      if (index == known)
        return index;
      g_free (name);
      name = g_strdup_printf ("%s (%u)", base, i);
    }
}

/* Takes everything out of the threads of a process, so that a later state can go there. */
static void
empty_process (ThawProfileBuilder *builder, guint32 process)
{
  for (guint i = 0; i < builder->threads->len; i++)
    {
      ThawThreadBuilder *thread = g_ptr_array_index (builder->threads, i);
      if (thread->process != process)
        continue;
      thaw_arena_clear (&thread->arena);
      thaw_arena_init (&thread->arena, &builder->node_budget);
      thread->arena.max_frame = THAW_LIMIT_FRAMES - 1;
      thaw_sequence_door_clear (&thread->sequence);
      thaw_edge_door_clear (&thread->edges);
      thread->door = THAW_DOOR_NONE;
      thread->ordered = FALSE;
      thread->n_samples = 0;
      thread->start = NAN;
    }
}

/* Whether the threads of @process, which is a process of the profile, are to be left out because the
 * builder has it already in the same state or a later one. An earlier state is taken out. */
static gboolean
is_superseded (ThawProfileBuilder *builder, guint32 process, const ThawProcessIdentity *theirs)
{
  const ThawProcessIdentity *ours = &g_array_index (builder->processes, ThawProcessBuilder, process)
                                         .identity;
  if (theirs->id == NULL)
    return FALSE;
  if (g_strcmp0 (ours->id, theirs->id) == 0)
    {
      if (ours->final != theirs->final ? ours->final : ours->state >= theirs->state)
        return TRUE;
      empty_process (builder, process);
    }
  thaw_profile_builder_set_process_identity (builder, process, theirs->id, theirs->final,
                                             theirs->state);
  return FALSE;
}

/* The builder's slot per location of the profile; (transfer full). */
static guint32 *
merge_frames (ThawProfileBuilder *builder, const ThawProfile *profile)
{
  guint32 n = thaw_profile_get_n_locations (profile);
  guint32 *slots = g_new (guint32, MAX (n, 1));
  for (guint32 i = 0; i < n; i++)
    {
      const ThawLocation *location = thaw_profile_get_location (profile, i);
      const ThawFunction *function = thaw_profile_get_function (profile, location->function);
      ThawFrameSpec spec = { function->name, function->file, function->line, location->line,
                             function->kind };
      slots[i] = thaw_profile_builder_add_frame (builder, &spec);
    }
  return slots;
}

/* The builder's thread for a thread of the profile: the n-th of its key for the n-th of that key in
 * the profile, as long as both hold the same kind of data. @next: list of threads of a key → where in
 * it to look next. */
static ThawThreadBuilder *
merge_thread_key (ThawProfileBuilder *builder,
                  guint32 process,
                  const ThawThread *thread,
                  gboolean edges,
                  GHashTable *next,
                  GError **error)
{
  ThawThreadSpec spec = { thread->id, thread->name, thread->role };
  GArray *same = thaw_profile_builder_threads_of (builder, process, &spec);
  guint i = same != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (next, same)) : 0;
  ThawThreadBuilder *found = NULL;
  for (; same != NULL && i < same->len && found == NULL; i++)
    {
      guint32 index = g_array_index (same, guint32, i);
      ThawThreadBuilder *known = g_ptr_array_index (builder->threads, index);
      if (known->door == THAW_DOOR_NONE || (known->door == THAW_DOOR_EDGES) == edges)
        found = known;
    }
  if (found == NULL)
    {
      found = thaw_profile_builder_new_thread (builder, process, &spec, error);
      same = thaw_profile_builder_threads_of (builder, process, &spec);
      i = same != NULL ? same->len : 0;
    }
  if (same != NULL)
    g_hash_table_insert (next, same, GUINT_TO_POINTER (i));
  return found;
}

/* Appends the profile's sequence to the thread's, or forgets the thread's when one of the two has
 * none: a sequence holds all of a thread or is no sequence. */
static gboolean
merge_sequence (ThawThreadBuilder *thread,
                gboolean fresh,
                const ThawSequence *from,
                const guint32 *node_map,
                double factor,
                GError **error)
{
  ThawSequenceDoor *to = &thread->sequence;
  if (from == NULL || (!fresh && !thread->ordered))
    {
      thread->ordered = FALSE;
      thaw_sequence_door_clear (to);
      return TRUE;
    }
  thread->ordered = TRUE;
  if (fresh && from->keep != NULL)
    to->keeps = g_array_new (FALSE, FALSE, sizeof (guint32));
  else if (from->keep == NULL)
    g_clear_pointer (&to->keeps, g_array_unref);
  for (gsize i = 0; i < from->n; i++)
    {
      double value = from->value != NULL ? from->value[i] : from->constant;
      if (!thaw_sequence_door_add (to, node_map[from->node[i]], value * factor))
        return thaw_thread_builder_no_room (error);
      guint32 keep = i > 0 && from->keep != NULL ? from->keep[i] : 0;
      if (to->keeps != NULL)
        g_array_append_val (to->keeps, keep);
    }
  return TRUE;
}

/* Adds a tree, keyed by location, with its sequence to a thread. */
static gboolean
merge_tree (ThawThreadBuilder *thread,
            const ThawTree *tree,
            const ThawSequence *sequence,
            const guint32 *slots,
            double factor,
            GError **error)
{
  ThawArena *arena = &thread->arena;
  gboolean fresh = thread->door == THAW_DOOR_NONE;
  g_autofree guint32 *map = g_try_new (guint32, tree->n_nodes);
  if (map == NULL || (tree->calls != NULL && !thaw_arena_count_calls (arena)))
    return thaw_thread_builder_no_room (error);

  thread->door = tree->calls != NULL ? THAW_DOOR_EVENTS : THAW_DOOR_STACKS;
  for (guint32 node = 0; node < tree->n_nodes; node++)
    {
      map[node] = node == 0
                      ? 0
                      : thaw_arena_child (arena, map[tree->parent[node]], slots[tree->frame[node]]);
      if (map[node] == THAW_NODE_NONE)
        return thaw_thread_builder_no_room (error);
      arena->self[map[node]] += tree->self[node] * factor;
      if (tree->calls != NULL)
        arena->calls[map[node]] += tree->calls[node];
    }
  return merge_sequence (thread, fresh, sequence, map, factor, error);
}

/* Adds functions and edges to a thread. */
static gboolean
merge_edges (ThawThreadBuilder *thread,
             const ThawEdges *edges,
             const guint32 *slot_of_function,
             double factor,
             GError **error)
{
  for (guint32 i = 0; i < edges->n_functions; i++)
    {
      const ThawEdgeFunction *row = &edges->functions[i];
      if (!thaw_thread_builder_add_function (thread, slot_of_function[row->function], row->calls,
                                             row->primitive_calls, row->self * factor,
                                             row->total * factor, error))
        return FALSE;
    }
  for (guint32 i = 0; i < edges->n_edges; i++)
    {
      const ThawEdge *edge = &edges->edges[i];
      if (!thaw_thread_builder_add_edge (
              thread, slot_of_function[edges->functions[edge->caller].function],
              slot_of_function[edges->functions[edge->callee].function], edge->calls,
              edge->primitive_calls, edge->self * factor, edge->total * factor, error))
        return FALSE;
    }
  return TRUE;
}

/* The slot of some location of every function; edges know only functions. (transfer full) */
static guint32 *
slots_of_functions (const ThawProfile *profile, const guint32 *slots)
{
  guint32 *slot_of_function = g_new0 (guint32, MAX (thaw_profile_get_n_functions (profile), 1));
  for (guint32 i = thaw_profile_get_n_locations (profile); i-- > 0;)
    slot_of_function[thaw_profile_get_location (profile, i)->function] = slots[i];
  return slot_of_function;
}

/**
 * thaw_profile_builder_add_profile:
 * @builder: a builder; other doors of its threads may have been used before
 * @profile: what to add
 * @error: return location
 *
 * Adds a whole profile. See the head of this file for what adds up with what. When units of time
 * differ, everything becomes seconds.
 *
 * Returns: %FALSE with %THAW_ERROR_MISMATCH when the units cannot be added, with %THAW_ERROR_LIMIT
 *   over a limit
 */
gboolean
thaw_profile_builder_add_profile (ThawProfileBuilder *builder,
                                  const ThawProfile *profile,
                                  GError **error)
{
  g_return_val_if_fail (builder != NULL && profile != NULL, FALSE);

  double factor;
  if (!agree_on_unit (builder, profile, &factor, error))
    return FALSE;
  merge_description (builder, profile);

  g_autofree guint32 *slots = merge_frames (builder, profile);
  g_autofree guint32 *slot_of_function = slots_of_functions (profile, slots);
  guint32 n_processes = thaw_profile_get_n_processes (profile);
  g_autofree guint32 *processes = g_new (guint32, MAX (n_processes, 1));
  g_autoptr (GHashTable) next = g_hash_table_new (NULL, NULL);
  g_autofree gboolean *left_out = g_new (gboolean, MAX (n_processes, 1));
  for (guint32 i = 0; i < n_processes; i++)
    {
      processes[i] = merge_process (builder, profile, thaw_profile_get_process (profile, i));
      left_out[i] = is_superseded (builder, processes[i],
                                   &g_array_index (profile->identities, ThawProcessIdentity, i));
    }
  for (guint32 i = 0; i < n_processes; i++)
    {
      guint32 parent = thaw_profile_get_process (profile, i)->parent;
      if (parent != THAW_PROCESS_NONE)
        thaw_profile_builder_set_process_parent (builder, processes[i], processes[parent]);
    }

  for (guint32 i = 0; i < thaw_profile_get_n_threads (profile); i++)
    {
      const ThawThread *from = thaw_profile_get_thread (profile, i);
      if (left_out[from->process])
        continue;
      const ThawEdges *edges = thaw_profile_get_edges (profile, i);
      ThawThreadBuilder *thread = merge_thread_key (builder, processes[from->process], from,
                                                    edges != NULL, next, error);
      if (thread == NULL)
        return FALSE;
      if (edges != NULL
              ? !merge_edges (thread, edges, slot_of_function, factor, error)
              : !merge_tree (thread, thaw_profile_get_location_tree (profile, i),
                             thaw_profile_get_sequence (profile, i), slots, factor, error))
        return FALSE;
      thread->n_samples += from->n_samples;
      if (isnan (thread->start))
        thread->start = from->start * factor;
    }
  return TRUE;
}
