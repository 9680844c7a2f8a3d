/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of importers, and opening a file with it.
 *
 * An importer is one file with one ThawImporter, and one line in the table of thaw-import.c. The
 * content decides which importer loads an input; the suffix only orders the candidates.
 */
#pragma once

#include "thaw-input.h"
#include "thaw-profile-builder.h"

G_BEGIN_DECLS

typedef enum
{
  THAW_SNIFF_NO,
  THAW_SNIFF_YES,
  THAW_SNIFF_NEED_MORE
} ThawSniff;

/**
 * ThawImporter:
 * @id: stable machine name: "pstats", "speedscope", "collapsed"
 * @title: translatable name for people
 * @suffixes: NULL-terminated, without dot
 * @sniff: looks at the first @len bytes; @complete when that is all there is
 * @load: reads the input into the builder; what it skips it reports with
 *   thaw_profile_builder_warn()
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *const *suffixes;
  ThawSniff (*sniff) (const guint8 *head, gsize len, gboolean complete);
  gboolean (*load) (ThawInput *input, ThawProfileBuilder *builder, GError **error);
} ThawImporter;

const ThawImporter *const *thaw_importers (guint *n);
/* "pstats (cProfile), speedscope, …" for messages, translated; (transfer full). */
char *thaw_importers_describe (void);

ThawProfile *thaw_import_file (GFile *file,
                               GCancellable *cancellable,
                               ThawProgressFunc progress,
                               gpointer data,
                               GError **error);
ThawProfile *
thaw_import_bytes (GBytes *bytes, const char *name, GCancellable *cancellable, GError **error);
/* What both do once the input is open; the profile's title is @title. */
ThawProfile *thaw_import_input (ThawInput *input, const char *title, GError **error);

/* Several files, or all files of folders (one level, sorted by name), as one profile with the
 * processes of each. Files that cannot be read become warnings as long as one can; an error names
 * the first otherwise. */
ThawProfile *thaw_import_merged (GFile *const *files,
                                 guint n_files,
                                 GCancellable *cancellable,
                                 ThawProgressFunc progress,
                                 gpointer data,
                                 GError **error);
/* The regular files that a list of files and folders stands for: folders one level deep, hidden
 * files left out, sorted by name; (transfer full) of GFile, which it unrefs. */
GPtrArray *
thaw_import_expand (GFile *const *files, guint n_files, GCancellable *cancellable, GError **error);

G_END_DECLS
