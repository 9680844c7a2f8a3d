/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where in a Python installation a file lies, read off its path alone. See thaw-path.c.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  THAW_PATH_NONE,      /* no file: NULL, "", "~" */
  THAW_PATH_STDLIB,    /* the standard library */
  THAW_PATH_SITE,      /* installed beside it: site-packages, an egg, a well-known package */
  THAW_PATH_GENERATED, /* no file but a label: <string> */
  THAW_PATH_NATIVE,    /* a shared library or program of machine code */
  THAW_PATH_RELATIVE,  /* relative to something unknown */
  THAW_PATH_ABSOLUTE,  /* anywhere else */
} ThawPathKind;

/* @path is the whole path with slashes; @rest is the part of it that tells the module: what follows
 * site-packages/ or the standard library's folder, else all of it. */
typedef struct
{
  ThawPathKind kind;
  char *path;
  const char *rest;
} ThawPath;

void thaw_path_init (ThawPath *path, const char *file);
void thaw_path_clear (ThawPath *path);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ThawPath, thaw_path_clear)

gboolean thaw_word_is_in (const char *word, const char *const *sorted, gsize n);

G_END_DECLS
