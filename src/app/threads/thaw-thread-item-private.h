/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the model makes a row.
 */
#pragma once

#include "thaw-thread-model.h"

G_BEGIN_DECLS

/* @index: process or thread of the profile; @n_threads: threads the row stands for; @busy, @total:
 * in the profile's unit; @share: 0 … 1, length of the bar. */
typedef struct
{
  ThawThreadRowKind kind;
  guint32 index;
  guint32 n_threads;
  double busy;
  double total;
  double share;
  gboolean indented;
  gboolean expanded;
  gboolean stands_for_process;
} ThawThreadItemSpec;

ThawThreadItem *thaw_thread_item_new (const ThawProfile *profile, const ThawThreadItemSpec *spec);

G_END_DECLS
