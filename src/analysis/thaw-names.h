/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of functions for people. Exact names stay in what programs read (JSON, CSV, collapsed).
 */
#pragma once

#include "thaw-profile.h"

G_BEGIN_DECLS

/* All (transfer full). */

/* The name to show: "time.sleep" for "<built-in method time.sleep>", "len" for a built-in. */
char *thaw_display_name (const ThawFunction *function);
/* The same for a frame of a tree: "(pruned)", and "parse:42" where boxes are keyed by line. */
char *thaw_display_frame (const ThawProfile *profile, ThawTreeKey key, guint32 frame);
/* The dotted name without Python's words around it: "time.sleep", "list.append", "builtins.len". */
char *thaw_qualified_name (const ThawFunction *function);
/* The package a function belongs to: "json", "numpy", "dashboard", "built-in"; "" when unknown. The
 * same in every locale, so that it can be a key. */
char *thaw_package_of (const ThawFunction *function);
/* The place of a function for people: "json/decoder.py:343", "built-in", ""; shortened to what
 * follows site-packages/ or lib/pythonX.Y/, else the last two components. */
char *thaw_place_of (const ThawFunction *function);

G_END_DECLS
