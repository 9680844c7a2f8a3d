/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-profile.h"

ThawProfile *
thaw_profile_ref (ThawProfile *profile)
{
  return NULL;
}

void
thaw_profile_unref (ThawProfile *profile)
{
}

const char *
thaw_profile_get_format (const ThawProfile *profile)
{
  return NULL;
}

const char *
thaw_profile_get_tool (const ThawProfile *profile)
{
  return NULL;
}

const char *
thaw_profile_get_title (const ThawProfile *profile)
{
  return NULL;
}

ThawKind
thaw_profile_get_kind (const ThawProfile *profile)
{
  return 0;
}

ThawUnit
thaw_profile_get_unit (const ThawProfile *profile)
{
  return 0;
}

ThawMeaning
thaw_profile_get_meaning (const ThawProfile *profile)
{
  return 0;
}

double
thaw_profile_get_total (const ThawProfile *profile)
{
  return 0;
}

guint32
thaw_profile_get_n_functions (const ThawProfile *profile)
{
  return 0;
}

const ThawFunction *
thaw_profile_get_function (const ThawProfile *profile, guint32 function)
{
  return NULL;
}

guint32
thaw_profile_get_n_locations (const ThawProfile *profile)
{
  return 0;
}

const ThawLocation *
thaw_profile_get_location (const ThawProfile *profile, guint32 location)
{
  return NULL;
}

guint32
thaw_profile_get_n_processes (const ThawProfile *profile)
{
  return 0;
}

const ThawProcess *
thaw_profile_get_process (const ThawProfile *profile, guint32 process)
{
  return NULL;
}

guint32
thaw_profile_get_n_threads (const ThawProfile *profile)
{
  return 0;
}

const ThawThread *
thaw_profile_get_thread (const ThawProfile *profile, guint32 thread)
{
  return NULL;
}

ThawTree *
thaw_profile_get_location_tree (const ThawProfile *profile, guint32 thread)
{
  return NULL;
}

const ThawEdges *
thaw_profile_get_edges (const ThawProfile *profile, guint32 thread)
{
  return NULL;
}

const ThawSequence *
thaw_profile_get_sequence (const ThawProfile *profile, guint32 thread)
{
  return NULL;
}

gboolean
thaw_profile_has_lines (const ThawProfile *profile)
{
  return 0;
}

gboolean
thaw_profile_has_time_order (const ThawProfile *profile)
{
  return 0;
}

gboolean
thaw_profile_has_calls (const ThawProfile *profile)
{
  return 0;
}

const char *const *
thaw_profile_get_warnings (const ThawProfile *profile)
{
  return NULL;
}

guint32
thaw_profile_frame_function (const ThawProfile *profile, ThawTreeKey key, guint32 frame)
{
  return 0;
}

const char *
thaw_profile_frame_name (const ThawProfile *profile, ThawTreeKey key, guint32 frame)
{
  return NULL;
}

const char *
thaw_kind_to_string (ThawKind kind)
{
  return NULL;
}

const char *
thaw_unit_to_string (ThawUnit unit)
{
  return NULL;
}

const char *
thaw_meaning_to_string (ThawMeaning meaning)
{
  return NULL;
}

double
thaw_unit_seconds (ThawUnit unit)
{
  return 0;
}

