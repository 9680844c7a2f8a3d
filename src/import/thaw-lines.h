/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawLines: the lines of a text, read from a ThawInput as a stream, as UTF-8.
 *
 * UTF-8 (with or without byte order mark) is passed on as it is, valid or not; UTF-16 of either
 * order is recognised by its mark or by where its zero bytes stand. Lines end with LF or CRLF.
 * Memory is a window and the longest line. Private to this folder.
 */
#pragma once

#include "thaw-input.h"

G_BEGIN_DECLS

typedef enum
{
  THAW_TEXT_UTF8,
  THAW_TEXT_UTF16_LE,
  THAW_TEXT_UTF16_BE
} ThawTextEncoding;

typedef struct
{
  ThawInput *input;
  ThawTextEncoding encoding;
  guint8 *raw; /* UTF-16: bytes as read, raw_len of them not decoded yet */
  gsize raw_len;
  char *buffer; /* [start, end) is not given out yet */
  gsize size;
  gsize start;
  gsize end;
  gboolean ended;
  guint64 number; /* of the line given out last, from 1 */
} ThawLines;

/* FALSE with error when not even the head can be read. */
gboolean thaw_lines_init (ThawLines *lines, ThawInput *input, GError **error);
void thaw_lines_clear (ThawLines *lines);
/* The next line without its end, ended by NUL, which the caller may change; valid until the next
 * call. NULL at the end and, with error, on failure; THAW_ERROR_LIMIT for an endless line. */
char *thaw_lines_next (ThawLines *lines, gsize *len, GError **error);

G_END_DECLS
