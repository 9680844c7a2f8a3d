/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a function comes from, read off its path, and whether it waits rather than works.
 */
#pragma once

#include "thaw-names.h"
#include "thaw-profile.h"

G_BEGIN_DECLS

typedef enum
{
  THAW_ORIGIN_USER,        /* your code */
  THAW_ORIGIN_THIRD_PARTY, /* site-packages, dist-packages */
  THAW_ORIGIN_STDLIB,      /* lib/pythonX.Y, <frozen …> */
  THAW_ORIGIN_BUILTIN,     /* C functions, native code */
  THAW_ORIGIN_WAITING,     /* blocks: sleep, select, poll, lock.acquire, recv … */
  THAW_N_ORIGINS,
} ThawOrigin;

ThawOrigin thaw_origin_of (const ThawFunction *function);
const char *thaw_origin_title (ThawOrigin origin); /* translated */
/* A thread's total without self time of waiting functions, in the profile's unit. */
double thaw_busy_of (const ThawProfile *profile, guint32 thread);

G_END_DECLS
