/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a builder to a profile. Slots become locations; siblings that now have the same location
 * become one node; nodes are numbered in preorder; totals are summed from the end. Threads are taken
 * one after the other, and each one's working memory is given back as soon as its columns are
 * written, so that the peak stays near 36 bytes a node.
 */
#include "thaw-profile-builder-private.h"
#include "thaw-profile-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

guint64
thaw_add_counts (guint64 a, guint64 b)
{
  return a > G_MAXUINT64 - b ? G_MAXUINT64 : a + b;
}

static gboolean
fail_undefined (guint32 slot, GError **error)
{
  thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_NOWHERE, 0,
                  _ ("Frame %u is used in a stack but described nowhere"), slot);
  return FALSE;
}

static gboolean
fail_sum (GError **error)
{
  thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_NOWHERE, 0,
                  _ ("The values of a thread add up to more than a number can hold"));
  return FALSE;
}

/* Whether every slot that @arena uses is defined. *unique: no two of them are one location; *elided:
 * some are no frame at all. */
static gboolean
check_slots (ThawProfileBuilder *builder,
             const ThawArena *arena,
             gboolean *unique,
             gboolean *elided,
             GError **error)
{
  const guint32 *locations = (const guint32 *) (gpointer) builder->frames.slots->data;
  guint32 n_slots = builder->frames.slots->len;
  g_autofree guint32 *user = g_new0 (guint32,
                                     builder->frames.locations->len); /* location → slot + 1 */

  *unique = TRUE;
  *elided = FALSE;
  for (guint32 node = 1; node < arena->n_nodes; node++)
    {
      guint32 slot = arena->nodes[node].frame;
      if (slot >= n_slots || locations[slot] == THAW_SLOT_UNDEFINED)
        return fail_undefined (slot, error);
      if (locations[slot] == THAW_SLOT_ELIDED)
        {
          *elided = TRUE;
          continue;
        }
      guint32 *first = &user[locations[slot]];
      if (*first == 0)
        *first = slot + 1;
      else if (*first != slot + 1)
        *unique = FALSE;
    }
  return TRUE;
}

/* Gives every node of the arena its location as frame, merging siblings that become equal; samples
 * of the sequence follow. */
static gboolean
resolve_slots (ThawProfileBuilder *builder, ThawThreadBuilder *thread, GError **error)
{
  const guint32 *locations = (const guint32 *) (gpointer) builder->frames.slots->data;
  gboolean unique, elided;
  if (!check_slots (builder, &thread->arena, &unique, &elided, error))
    return FALSE;
  if (unique && !elided)
    {
      for (guint32 node = 1; node < thread->arena.n_nodes; node++)
        thread->arena.nodes[node].frame = locations[thread->arena.nodes[node].frame];
      return TRUE;
    }

  g_autofree guint32 *map = NULL;
  if (!thaw_arena_merge_frames (&thread->arena, locations, &map))
    return thaw_thread_builder_no_room (error);
  if (elided) /* they count frames that are gone */
    g_clear_pointer (&thread->sequence.keeps, g_array_unref);
  GArray *samples = thread->sequence.nodes;
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    g_array_index (samples, guint32, i) = map[g_array_index (samples, guint32, i)];
  return TRUE;
}

/* Moves one column of the arena into preorder and frees it. */
static void
move_column (const ThawArena *arena, double **from, double *to)
{
  for (guint32 node = 0; node < arena->n_nodes; node++)
    to[thaw_arena_number_of (arena, node)] = (*from)[node];
  g_clear_pointer (from, g_free);
}

/* The tree of an arena whose frames are resolved; samples of the sequence get its numbers. The arena
 * is empty afterwards. */
static ThawTree *
lay_out (ThawThreadBuilder *thread)
{
  ThawArena *arena = &thread->arena;
  thaw_arena_number (arena);
  ThawTree *tree = thaw_tree_new (arena->n_nodes, THAW_KEY_LOCATION,
                                  arena->calls != NULL ? THAW_TREE_CALLS : 0);
  move_column (arena, &arena->self, tree->self);
  if (arena->calls != NULL)
    move_column (arena, &arena->calls, tree->calls);
  GArray *samples = thread->sequence.nodes;
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    g_array_index (samples, guint32,
                   i) = thaw_arena_number_of (arena, g_array_index (samples, guint32, i));
  thaw_arena_write_links (arena, tree);
  thaw_arena_clear (arena);
  thaw_tree_compute_totals (tree);
  return tree;
}

/* Frees a GArray but not its elements, which are given back cut to size. */
static gpointer
steal_array (GArray **array)
{
  if (*array == NULL)
    return NULL;
  gsize bytes = (gsize) (*array)->len * g_array_get_element_size (*array);
  gpointer data = g_array_free (g_steal_pointer (array), FALSE);
  return g_realloc (data, bytes);
}

/* The thread's samples in time order, or NULL. */
static ThawSequence *
finish_sequence (ThawThreadBuilder *thread)
{
  ThawSequenceDoor *door = &thread->sequence;
  if (!thread->ordered || door->nodes == NULL)
    return NULL;
  ThawSequence *sequence = g_new0 (ThawSequence, 1);
  sequence->n = door->nodes->len;
  sequence->constant = door->constant;
  sequence->node = steal_array (&door->nodes);
  sequence->value = steal_array (&door->values);
  sequence->keep = steal_array (&door->keeps);
  return sequence;
}

/* Turns a thread that was fed stacks or events into a tree and a sequence. */
static gboolean
finish_tree (ThawProfileBuilder *builder,
             ThawThreadBuilder *thread,
             ThawThreadData *data,
             GError **error)
{
  if (!resolve_slots (builder, thread, error))
    return FALSE;
  data->tree = lay_out (thread);
  data->sequence = finish_sequence (thread);
  data->thread.total = data->tree->total[0];
  for (guint32 node = 0; node < data->tree->n_nodes; node++)
    if (!isfinite (data->tree->total[node]))
      return fail_sum (error);
  return TRUE;
}

/* Total order of edges: caller, then callee. */
static int
compare_edges (gconstpointer a, gconstpointer b)
{
  const ThawEdge *x = a, *y = b;
  if (x->caller != y->caller)
    return x->caller < y->caller ? -1 : 1;
  return (x->callee > y->callee) - (x->callee < y->callee);
}

/* Makes one edge of each run of equal pairs in a sorted array. */
static void
sum_equal_edges (GArray *edges)
{
  ThawEdge *edge = (ThawEdge *) (gpointer) edges->data;
  guint n = 0;
  for (guint i = 0; i < edges->len; i++)
    {
      if (n == 0 || compare_edges (&edge[n - 1], &edge[i]) != 0)
        {
          edge[n++] = edge[i];
          continue;
        }
      edge[n - 1].calls = thaw_add_counts (edge[n - 1].calls, edge[i].calls);
      edge[n - 1].primitive_calls = thaw_add_counts (edge[n - 1].primitive_calls,
                                                     edge[i].primitive_calls);
      edge[n - 1].self += edge[i].self;
      edge[n - 1].total += edge[i].total;
    }
  g_array_set_size (edges, n);
}

/* Resolves the rows' slots to functions and makes one row of those that become equal, in the order of
 * their first appearance. *row_map (transfer full): old row → new row. */
static gboolean
resolve_rows (ThawProfileBuilder *builder, ThawEdgeDoor *door, guint32 **row_map, GError **error)
{
  ThawEdgeFunction *rows = (ThawEdgeFunction *) (gpointer) door->rows->data;
  g_autofree guint32 *row_of_function = g_new0 (guint32,
                                                builder->frames.functions->len); /* row + 1 */
  g_autofree guint32 *map = g_new (guint32, door->rows->len);
  guint32 n = 0;

  for (guint i = 0; i < door->rows->len; i++)
    {
      guint32 slot = rows[i].function, location = THAW_SLOT_UNDEFINED;
      if (slot < builder->frames.slots->len)
        location = g_array_index (builder->frames.slots, guint32, slot);
      if (location == THAW_SLOT_UNDEFINED || location == THAW_SLOT_ELIDED)
        return fail_undefined (slot, error);

      guint32 function = g_array_index (builder->frames.locations, ThawLocation, location).function;
      guint32 *known = &row_of_function[function];
      if (*known == 0)
        {
          rows[n] = rows[i];
          rows[n].function = function;
          *known = ++n;
        }
      else
        {
          ThawEdgeFunction *row = &rows[*known - 1];
          row->calls = thaw_add_counts (row->calls, rows[i].calls);
          row->primitive_calls = thaw_add_counts (row->primitive_calls, rows[i].primitive_calls);
          row->self += rows[i].self;
          row->total += rows[i].total;
        }
      map[i] = *known - 1;
    }
  g_array_set_size (door->rows, n);
  *row_map = g_steal_pointer (&map);
  return TRUE;
}

/* Whether all values of an edge profile stayed finite when they were added up. */
static gboolean
check_edge_sums (const ThawEdges *edges, GError **error)
{
  gboolean fine = TRUE;
  for (guint32 i = 0; i < edges->n_functions; i++)
    fine &= isfinite (edges->functions[i].self) && isfinite (edges->functions[i].total);
  for (guint32 i = 0; i < edges->n_edges; i++)
    fine &= isfinite (edges->edges[i].self) && isfinite (edges->edges[i].total);
  return fine || fail_sum (error);
}

/* Sum of the functions' self times, with the rounding errors carried along: Neumaier, "Rundungs-
 * fehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974). */
static double
sum_self (const ThawEdges *edges)
{
  double sum = 0, lost = 0;
  for (guint32 i = 0; i < edges->n_functions; i++)
    {
      double value = edges->functions[i].self, next = sum + value;
      lost += fabs (sum) >= fabs (value) ? (sum - next) + value : (value - next) + sum;
      sum = next;
    }
  return sum + lost;
}

/* Turns a thread that was fed functions and edges into its stored form. */
static gboolean
finish_edges (ThawProfileBuilder *builder,
              ThawThreadBuilder *thread,
              ThawThreadData *data,
              GError **error)
{
  ThawEdgeDoor *door = &thread->edges;
  g_autofree guint32 *row_map = NULL;
  if (!resolve_rows (builder, door, &row_map, error))
    return FALSE;
  for (guint i = 0; i < door->edges->len; i++)
    {
      ThawEdge *edge = &g_array_index (door->edges, ThawEdge, i);
      edge->caller = row_map[edge->caller];
      edge->callee = row_map[edge->callee];
    }
  /* g_array_sort() is stable since GLib 2.32, so sums do not depend on the sort. */
  g_array_sort (door->edges, compare_edges);
  sum_equal_edges (door->edges);

  ThawEdges *edges = data->edges = g_new0 (ThawEdges, 1);
  edges->n_functions = door->rows->len;
  edges->functions = steal_array (&door->rows);
  edges->n_edges = door->edges->len;
  edges->edges = steal_array (&door->edges);
  data->thread.total = sum_self (edges);
  if (!isfinite (data->thread.total))
    return fail_sum (error);
  return check_edge_sums (edges, error);
}

/* Finishes one thread into @profile. */
static gboolean
finish_thread (ThawProfileBuilder *builder,
               ThawThreadBuilder *thread,
               ThawProfile *profile,
               GError **error)
{
  ThawThreadData data = { 0 };
  data.thread.process = thread->process;
  data.thread.id = thread->id;
  data.thread.name = thaw_frame_table_intern (&builder->frames, thread->name);
  data.thread.role = thaw_frame_table_intern (&builder->frames, thread->role);
  data.thread.n_samples = thread->n_samples;
  data.thread.start = thread->start;

  gboolean fine = thread->door == THAW_DOOR_EDGES ? finish_edges (builder, thread, &data, error)
                                                  : finish_tree (builder, thread, &data, error);
  g_array_append_val (profile->threads, data);
  if (!fine)
    return FALSE;
  profile->total += data.thread.total;
  profile->has_time_order |= data.sequence != NULL;
  profile->has_calls |= data.edges != NULL || data.tree->calls != NULL;
  return TRUE;
}

/* A profile with everything but threads. It takes the builder's tables when all threads are done. */
static ThawProfile *
begin_profile (ThawProfileBuilder *builder)
{
  ThawProfile *profile = g_new0 (ThawProfile, 1);
  g_atomic_ref_count_init (&profile->ref_count);
  profile->format = g_strdup (builder->format);
  profile->tool = g_strdup (builder->tool);
  profile->title = g_strdup (builder->title);
  profile->kind = builder->kind;
  profile->unit = builder->unit;
  profile->meaning = builder->meaning;
  profile->processes = g_array_new (FALSE, FALSE, sizeof (ThawProcess));
  profile->identities = g_array_new (FALSE, FALSE, sizeof (ThawProcessIdentity));
  profile->threads = g_array_new (FALSE, FALSE, sizeof (ThawThreadData));
  g_array_set_clear_func (profile->threads, (GDestroyNotify) thaw_thread_data_clear);
  profile->warnings = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < builder->processes->len; i++)
    {
      const ThawProcessBuilder *from = &g_array_index (builder->processes, ThawProcessBuilder, i);
      ThawProcess process = { from->pid, thaw_frame_table_intern (&builder->frames, from->name),
                              from->parent };
      ThawProcessIdentity identity = from->identity;
      if (identity.id != NULL)
        identity.id = thaw_frame_table_intern (&builder->frames, identity.id);
      g_array_append_val (profile->processes, process);
      g_array_append_val (profile->identities, identity);
    }
  for (guint i = 0; i < builder->warnings->len; i++)
    g_ptr_array_add (profile->warnings, g_strdup (g_ptr_array_index (builder->warnings, i)));
  g_ptr_array_add (profile->warnings, NULL);
  return profile;
}

/**
 * thaw_profile_builder_finish:
 * @builder: a builder, of no use afterwards but to be freed
 * @error: return location
 *
 * Makes the profile. Threads without any weight are kept: they exist.
 *
 * Returns: (transfer full) (nullable): the profile; %NULL with %THAW_ERROR_EMPTY when no thread was
 *   made, %THAW_ERROR_CORRUPT when a slot is used but not defined or sums overflow,
 *   %THAW_ERROR_LIMIT when a name or frame was over a limit or memory is short
 */
ThawProfile *
thaw_profile_builder_finish (ThawProfileBuilder *builder, GError **error)
{
  g_return_val_if_fail (builder != NULL && builder->frames.strings != NULL, NULL);

  if (builder->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&builder->error));
      return NULL;
    }
  if (builder->threads->len == 0)
    {
      thaw_set_error (error, THAW_ERROR_EMPTY, THAW_AT_NOWHERE, 0,
                      _ ("The capture holds no thread"));
      return NULL;
    }

  ThawProfile *profile = begin_profile (builder);
  gboolean fine = TRUE;
  for (guint i = 0; fine && i < builder->threads->len; i++)
    fine = finish_thread (builder, g_ptr_array_index (builder->threads, i), profile, error);

  profile->has_lines = builder->frames.has_lines;
  profile->functions = g_steal_pointer (&builder->frames.functions);
  profile->locations = g_steal_pointer (&builder->frames.locations);
  profile->strings = g_steal_pointer (&builder->frames.strings);
  if (!fine)
    g_clear_pointer (&profile, thaw_profile_unref);
  return profile;
}
