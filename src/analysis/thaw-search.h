/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Searching functions by name and file, plain or by regular expression, and how much time matches.
 */
#pragma once

#include <gio/gio.h>
#include "thaw-profile.h"

G_BEGIN_DECLS

/* Case-insensitive unless the pattern has an upper-case letter ("smart case"). Returns one byte per
 * function, 1 = match; (array length=n_functions) (transfer full); *n_matches set. NULL with
 * G_REGEX_ERROR when @regex and @pattern is no expression. An empty pattern matches nothing. */
guint8 *thaw_search_functions (const ThawProfile *profile,
                               const char *pattern,
                               gboolean regex,
                               guint32 *n_matches,
                               GError **error);
/* Time under outermost matching nodes (nested matches count once), and how many boxes match. */
double thaw_search_total (const ThawProfile *profile,
                          const ThawTree *tree,
                          const guint8 *matches,
                          guint32 *n_nodes);

G_END_DECLS
