/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the numbers of a profile are: kinds, units and meanings by name, for machines and for people,
 * and how long a unit is. Numbers themselves are worded elsewhere.
 */
#include "thaw-profile.h"

#include <glib/gi18n-lib.h>

/**
 * thaw_kind_to_string:
 * @kind: a kind
 *
 * Returns: its machine name, never translated
 */
const char *
thaw_kind_to_string (ThawKind kind)
{
  static const char *const names[] = { "instrumented", "sampled", "traced" };
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), "");
  return names[kind];
}

/**
 * thaw_unit_to_string:
 * @unit: a unit
 *
 * Returns: its machine name, never translated; those of speedscope's file format plus "samples"
 */
const char *
thaw_unit_to_string (ThawUnit unit)
{
  static const char *const names[] = { "none",         "samples", "nanoseconds", "microseconds",
                                       "milliseconds", "seconds", "bytes" };
  g_return_val_if_fail ((guint) unit < G_N_ELEMENTS (names), "");
  return names[unit];
}

/**
 * thaw_unit_title:
 * @unit: a unit
 *
 * Returns: its name for people, translated, such as "seconds"; fits after "counts"
 */
const char *
thaw_unit_title (ThawUnit unit)
{
  static const char *const titles[] = {
    N_ ("plain numbers"), N_ ("samples"), N_ ("nanoseconds"), N_ ("microseconds"),
    N_ ("milliseconds"),  N_ ("seconds"), N_ ("bytes"),
  };
  g_return_val_if_fail ((guint) unit < G_N_ELEMENTS (titles), "");
  return _ (titles[unit]);
}

/**
 * thaw_meaning_to_string:
 * @meaning: a meaning
 *
 * Returns: its machine name, never translated
 */
const char *
thaw_meaning_to_string (ThawMeaning meaning)
{
  static const char *const names[] = { "unknown", "wall", "cpu", "gil", "memory" };
  g_return_val_if_fail ((guint) meaning < G_N_ELEMENTS (names), "");
  return names[meaning];
}

/**
 * thaw_unit_seconds:
 * @unit: a unit
 *
 * Returns: seconds per unit; 0 for units that are no time
 */
double
thaw_unit_seconds (ThawUnit unit)
{
  switch (unit)
    {
    case THAW_UNIT_NANOSECONDS:
      return 1e-9;
    case THAW_UNIT_MICROSECONDS:
      return 1e-6;
    case THAW_UNIT_MILLISECONDS:
      return 1e-3;
    case THAW_UNIT_SECONDS:
      return 1;
    case THAW_UNIT_NONE:
    case THAW_UNIT_SAMPLES:
    case THAW_UNIT_BYTES:
    default:
      return 0;
    }
}
