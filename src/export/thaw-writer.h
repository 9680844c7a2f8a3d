/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawWriter: text to a stream through a buffer, for exporters. The first failure is kept and makes
 * everything after it do nothing, so that only the end has to be checked. Numbers are written in the C
 * locale with as few digits as bring back the same double.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GOutputStream *stream;
  GCancellable *cancellable;
  GString *buffer;
  GError *error; /* the first failure */
} ThawWriter;

/* @stream and @cancellable are borrowed. */
void thaw_writer_init (ThawWriter *writer, GOutputStream *stream, GCancellable *cancellable);
/* Writes what is left and frees the writer. FALSE: something failed since init. */
gboolean thaw_writer_finish (ThawWriter *writer, GError **error);

void thaw_writer_text (ThawWriter *writer, const char *text);
void thaw_writer_integer (ThawWriter *writer, guint64 value);
/* A number as JSON and CSV have it: 12, 0.25, 1e-07; not-a-number becomes "null". */
void thaw_writer_number (ThawWriter *writer, double value);
/* A text as JSON string, with its quotes. */
void thaw_writer_json (ThawWriter *writer, const char *text);

/* Appends @value without an exponent: 12, 0.25, 0.0000001. */
void thaw_append_plain_number (GString *text, double value);

G_END_DECLS
