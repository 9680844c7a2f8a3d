/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a profile. Everything is stored as thaw-profile.h shows it, so that a getter is an index
 * into an array. Nothing here changes a profile: that is the builder's business alone.
 */
#include "thaw-profile-private.h"

#include <glib/gi18n-lib.h>

void
thaw_thread_data_clear (ThawThreadData *data)
{
  g_clear_pointer (&data->tree, thaw_tree_unref);
  if (data->edges != NULL)
    {
      g_free ((gpointer) data->edges->functions);
      g_free ((gpointer) data->edges->edges);
      g_clear_pointer (&data->edges, g_free);
    }
  if (data->sequence != NULL)
    {
      g_free ((gpointer) data->sequence->node);
      g_free ((gpointer) data->sequence->value);
      g_free ((gpointer) data->sequence->keep);
      g_clear_pointer (&data->sequence, g_free);
    }
}

/**
 * thaw_profile_ref:
 * @profile: a profile
 *
 * Returns: (transfer full): @profile, with one reference more
 */
ThawProfile *
thaw_profile_ref (ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, NULL);

  g_atomic_ref_count_inc (&profile->ref_count);
  return profile;
}

/**
 * thaw_profile_unref:
 * @profile: (transfer full): a profile
 *
 * Gives up a reference; the last one frees the profile. May be called from any thread.
 */
void
thaw_profile_unref (ThawProfile *profile)
{
  g_return_if_fail (profile != NULL);

  if (!g_atomic_ref_count_dec (&profile->ref_count))
    return;
  g_free (profile->format);
  g_free (profile->tool);
  g_free (profile->title);
  g_array_unref (profile->functions);
  g_array_unref (profile->locations);
  g_array_unref (profile->processes);
  g_array_unref (profile->identities);
  g_array_unref (profile->threads);
  g_ptr_array_unref (profile->warnings);
  g_string_chunk_free (profile->strings);
  g_free (profile);
}

/**
 * thaw_profile_get_format:
 * @profile: a profile
 *
 * Returns: the id of the importer that read it, "pstats"; "mixed" after merging different ones
 */
const char *
thaw_profile_get_format (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, NULL);
  return profile->format;
}

/**
 * thaw_profile_get_tool:
 * @profile: a profile
 *
 * Returns: what recorded the capture, "py-spy 0.4.1"; "" when it does not say
 */
const char *
thaw_profile_get_tool (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, NULL);
  return profile->tool;
}

/**
 * thaw_profile_get_title:
 * @profile: a profile
 *
 * Returns: the file's name or the capture's own; "" when there is none
 */
const char *
thaw_profile_get_title (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, NULL);
  return profile->title;
}

/**
 * thaw_profile_get_kind:
 * @profile: a profile
 *
 * Returns: how the capture was made
 */
ThawKind
thaw_profile_get_kind (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, THAW_KIND_SAMPLED);
  return profile->kind;
}

/**
 * thaw_profile_get_unit:
 * @profile: a profile
 *
 * Returns: the unit of every value in @profile
 */
ThawUnit
thaw_profile_get_unit (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, THAW_UNIT_NONE);
  return profile->unit;
}

/**
 * thaw_profile_get_meaning:
 * @profile: a profile
 *
 * Returns: what the values measure
 */
ThawMeaning
thaw_profile_get_meaning (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, THAW_MEANING_UNKNOWN);
  return profile->meaning;
}

/**
 * thaw_profile_get_total:
 * @profile: a profile
 *
 * Returns: the sum of all threads' totals, in the profile's unit
 */
double
thaw_profile_get_total (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, 0);
  return profile->total;
}

/**
 * thaw_profile_get_n_functions:
 * @profile: a profile
 *
 * Returns: the number of functions
 */
guint32
thaw_profile_get_n_functions (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, 0);
  return profile->functions->len;
}

/**
 * thaw_profile_get_function:
 * @profile: a profile
 * @function: its number
 *
 * Returns: (transfer none): the function, valid as long as @profile
 */
const ThawFunction *
thaw_profile_get_function (const ThawProfile *profile, guint32 function)
{
  g_return_val_if_fail (profile != NULL && function < profile->functions->len, NULL);
  return &g_array_index (profile->functions, ThawFunction, function);
}

/**
 * thaw_profile_get_n_locations:
 * @profile: a profile
 *
 * Returns: the number of locations
 */
guint32
thaw_profile_get_n_locations (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, 0);
  return profile->locations->len;
}

/**
 * thaw_profile_get_location:
 * @profile: a profile
 * @location: its number
 *
 * Returns: (transfer none): the location, valid as long as @profile
 */
const ThawLocation *
thaw_profile_get_location (const ThawProfile *profile, guint32 location)
{
  g_return_val_if_fail (profile != NULL && location < profile->locations->len, NULL);
  return &g_array_index (profile->locations, ThawLocation, location);
}

/**
 * thaw_profile_get_n_processes:
 * @profile: a profile
 *
 * Returns: the number of processes, at least 1 if there is a thread
 */
guint32
thaw_profile_get_n_processes (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, 0);
  return profile->processes->len;
}

/**
 * thaw_profile_get_process:
 * @profile: a profile
 * @process: its number
 *
 * Returns: (transfer none): the process, valid as long as @profile
 */
const ThawProcess *
thaw_profile_get_process (const ThawProfile *profile, guint32 process)
{
  g_return_val_if_fail (profile != NULL && process < profile->processes->len, NULL);
  return &g_array_index (profile->processes, ThawProcess, process);
}

/**
 * thaw_profile_get_n_threads:
 * @profile: a profile
 *
 * Returns: the number of threads of all processes, at least 1
 */
guint32
thaw_profile_get_n_threads (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, 0);
  return profile->threads->len;
}

/* The stored thread @thread; the index is the caller's promise. */
static const ThawThreadData *
thread_data (const ThawProfile *profile, guint32 thread)
{
  g_return_val_if_fail (profile != NULL && thread < profile->threads->len, NULL);
  return &g_array_index (profile->threads, ThawThreadData, thread);
}

/**
 * thaw_profile_get_thread:
 * @profile: a profile
 * @thread: its number
 *
 * Returns: (transfer none): the thread, valid as long as @profile
 */
const ThawThread *
thaw_profile_get_thread (const ThawProfile *profile, guint32 thread)
{
  const ThawThreadData *data = thread_data (profile, thread);
  return data != NULL ? &data->thread : NULL;
}

/**
 * thaw_profile_get_location_tree:
 * @profile: a profile
 * @thread: number of a thread
 *
 * Returns: (transfer none) (nullable): the thread's call tree, keyed by location; %NULL when the
 *   thread holds edges
 */
ThawTree *
thaw_profile_get_location_tree (const ThawProfile *profile, guint32 thread)
{
  const ThawThreadData *data = thread_data (profile, thread);
  return data != NULL ? data->tree : NULL;
}

/**
 * thaw_profile_get_edges:
 * @profile: a profile
 * @thread: number of a thread
 *
 * Returns: (transfer none) (nullable): the thread's functions and edges; %NULL when it holds a tree
 */
const ThawEdges *
thaw_profile_get_edges (const ThawProfile *profile, guint32 thread)
{
  const ThawThreadData *data = thread_data (profile, thread);
  return data != NULL ? data->edges : NULL;
}

/**
 * thaw_profile_get_sequence:
 * @profile: a profile
 * @thread: number of a thread
 *
 * Returns: (transfer none) (nullable): the thread's samples in time order; %NULL when the capture
 *   has not kept it
 */
const ThawSequence *
thaw_profile_get_sequence (const ThawProfile *profile, guint32 thread)
{
  const ThawThreadData *data = thread_data (profile, thread);
  return data != NULL ? data->sequence : NULL;
}

/**
 * thaw_profile_has_lines:
 * @profile: a profile
 *
 * Returns: whether any location knows the line that was running
 */
gboolean
thaw_profile_has_lines (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, FALSE);
  return profile->has_lines;
}

/**
 * thaw_profile_has_time_order:
 * @profile: a profile
 *
 * Returns: whether any thread has a sequence
 */
gboolean
thaw_profile_has_time_order (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, FALSE);
  return profile->has_time_order;
}

/**
 * thaw_profile_has_calls:
 * @profile: a profile
 *
 * Returns: whether any thread counts calls
 */
gboolean
thaw_profile_has_calls (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, FALSE);
  return profile->has_calls;
}

/**
 * thaw_profile_get_warnings:
 * @profile: a profile
 *
 * Returns: (transfer none) (array zero-terminated=1): what was skipped or is odd, as translated
 *   sentences, each once
 */
const char *const *
thaw_profile_get_warnings (const ThawProfile *profile)
{
  g_return_val_if_fail (profile != NULL, NULL);
  return (const char *const *) profile->warnings->pdata;
}

/**
 * thaw_profile_frame_function:
 * @profile: a profile
 * @key: what @frame is a number of
 * @frame: frame of a tree's node
 *
 * Returns: the number of the function; special frames come back unchanged
 */
guint32
thaw_profile_frame_function (const ThawProfile *profile, ThawTreeKey key, guint32 frame)
{
  if (frame >= THAW_FRAME_FIRST_SPECIAL || key == THAW_KEY_FUNCTION)
    return frame;

  const ThawLocation *location = thaw_profile_get_location (profile, frame);
  return location != NULL ? location->function : THAW_FRAME_ROOT;
}

/**
 * thaw_profile_frame_name:
 * @profile: a profile
 * @key: what @frame is a number of
 * @frame: frame of a tree's node
 *
 * Returns: (transfer none): the function's name, or what a special frame is called
 */
const char *
thaw_profile_frame_name (const ThawProfile *profile, ThawTreeKey key, guint32 frame)
{
  guint32 number = thaw_profile_frame_function (profile, key, frame);
  switch (number)
    {
    case THAW_FRAME_ROOT:
      return _ ("(all)");
    case THAW_FRAME_PRUNED:
      /* Translators: stands for calls that were too small to be drawn one by one. */
      return _ ("(pruned)");
    case THAW_FRAME_UNATTRIBUTED:
      /* Translators: stands for time that no recorded call explains. */
      return _ ("(unattributed)");
    default:
      break;
    }
  const ThawFunction *function = thaw_profile_get_function (profile, number);
  return function != NULL ? function->name : "";
}
