/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes marshalled data and pstats files, for tests: as much of the format as a pstats file needs,
 * in the codes of Python 3.
 */
#pragma once

#include "thaw-profile.h"

G_BEGIN_DECLS

void marshal_put_code (GByteArray *out, char code);
void marshal_put_int (GByteArray *out, gint32 value);
void marshal_put_float (GByteArray *out, double value);
void marshal_put_text (GByteArray *out, const char *text);
void marshal_put_tuple (GByteArray *out, guint8 n);
/* A label (file, line, name). */
void marshal_put_label (GByteArray *out, const char *file, gint32 line, const char *name);
/* The first four of a row, or an edge, as the file orders them. */
void marshal_put_numbers (GByteArray *out, gint32 first, gint32 second, double self, double total);

/* A whole pstats file of one line a row, "name cc nc tt ct", each followed by its edges, which
 * begin with two spaces, "  caller nc cc tt ct" (or "  caller n" as the pure-Python profiler has
 * it). Names are those of Python functions in a file "m.py", line 1; "~name" is a C function. */
GBytes *pstats_from_text (const char *text);
/* A whole pstats file from the edges of thread 0. */
GBytes *pstats_from_profile (const ThawProfile *profile);

G_END_DECLS
