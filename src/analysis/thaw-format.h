/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers for people, by locale: "1.25 s", "14.3 ms", "310 442", "18.0 %", "12.4 MB".
 */
#pragma once

#include "thaw-profile.h"

G_BEGIN_DECLS

/* All (transfer full). */
char *thaw_format_value (ThawUnit unit, double value); /* three significant digits, SI step */
char *thaw_format_exact (ThawUnit unit, double value); /* for tooltips: more digits */
char *thaw_format_share (double share);                /* 0.18 → "18.0 %" */
char *thaw_format_count (double count);                /* grouped; NAN → "–" */

G_END_DECLS
