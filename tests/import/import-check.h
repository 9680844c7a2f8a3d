/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of all importers share: opening content from memory, the whole of a profile as
 * text, and the ways of being hostile to an importer (cut off, chopped up, bytes flipped).
 */
#pragma once

#include "thaw-import.h"
#include "tree-text.h"

G_BEGIN_DECLS

/* Content of a file; @name is a hint only. */
typedef struct
{
  const char *name;
  const char *data;
  gsize len;
} Content;

#define CONTENT(name, text) ((Content){ (name), (text), sizeof (text) - 1 })

/* Opens @content, which must work; reads give at most @chunk bytes. (transfer full). */
ThawProfile *check_open_chunked (Content content, gsize chunk);
ThawProfile *check_open (Content content);
/* Fails the test unless @content is refused with @code and a message that holds @part. */
void check_refused (Content content, ThawError code, const char *part);

/* Kind, unit, warnings, and every thread with its tree; (transfer full). */
char *check_dump (const ThawProfile *profile);

/* Content of a corpus file, NULL when the corpus is absent, which skips the test; (transfer full). */
GBytes *check_corpus (const char *path);
char *check_corpus_path (const char *path);

/* Every beginning of @content either opens or is refused with a ThawError; none crashes. */
void check_truncations (Content content);
/* The profile is the same with reads of 1 … @most bytes. */
void check_chunks (Content content, gsize most);
/* @n times some bytes of @content are changed, put in or taken out, always in the same way: each
 * opens with a sound tree or is refused. */
void check_mutations (Content content, guint n);

G_END_DECLS
