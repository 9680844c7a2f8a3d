/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the commands of thaw-cli share: exit codes, opening inputs, choosing threads, writing output.
 */
#pragma once

#include <gio/gio.h>
#include "thaw-profile.h"
#include "thaw-writer.h"

G_BEGIN_DECLS

typedef enum
{
  THAW_EXIT_DONE = 0,
  THAW_EXIT_WRITE = 1, /* output could not be written */
  THAW_EXIT_USAGE = 2,
  THAW_EXIT_OPEN = 3, /* an input could not be opened */
} ThawExit;

/* A command: @run gets its own arguments, argv[0] being the program's name. */
typedef struct
{
  const char *name;
  const char *arguments; /* "FILE…" */
  const char *summary;   /* translatable: one sentence */
  const char *details;   /* translatable: paragraphs and examples for --help */
  ThawExit (*run) (GOptionContext *context, int argc, char **argv);
} ThawCommand;

extern const ThawCommand thaw_command_info;
extern const ThawCommand thaw_command_top;
extern const ThawCommand thaw_command_export;
extern const ThawCommand thaw_command_merge;

/* Adds @entries and parses. FALSE: usage error, which has been told. @files: what remains, at least
 * one; (transfer full). */
gboolean thaw_cli_parse (GOptionContext *context,
                         const GOptionEntry *entries,
                         int argc,
                         char **argv,
                         char ***files);
/* Says on standard error what is wrong with how the program was called; returns THAW_EXIT_USAGE. */
ThawExit thaw_cli_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Says on standard error that something failed. */
void thaw_cli_fail (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* The files that arguments stand for, folders replaced by what is in them; NULL when one cannot be
 * listed, which has been told; (transfer full) of GFile. @named: for each, whether an argument names
 * it, rather than its folder; (transfer full). */
GPtrArray *thaw_cli_expand (char **arguments, GArray **named);
/* One file; NULL when it cannot be opened, which has been told; (transfer full). */
ThawProfile *thaw_cli_open (GFile *file);
/* One profile of all arguments, several ones merged; tells its warnings on standard error. NULL when
 * a file that was named cannot be opened, or none of a folder, which has been told; (transfer
 * full). */
ThawProfile *thaw_cli_open_merged (char **arguments);

/* The threads that @choices (nullable) name: "name", "id" or "pid/id"; all when there is no choice.
 * NULL when one names none, which has been told; (element-type guint32) (transfer full). */
GArray *thaw_cli_choose_threads (const ThawProfile *profile, char **choices);

/* A file being written, or standard output. */
typedef struct _ThawOutput ThawOutput;

/* Whether @path is one of @inputs, or lies directly in one that is a folder. */
gboolean thaw_output_is_input (const char *path, char **inputs);
/* @path NULL or "-" is standard output. NULL with error. */
ThawOutput *thaw_output_open (const char *path, GError **error);
GOutputStream *thaw_output_stream (ThawOutput *output);
/* Ends the writing and frees @output. @keep: all was written, put the file in its place. */
gboolean thaw_output_close (ThawOutput *output, gboolean keep, GError **error);
/* Writes all of @text to standard output; THAW_EXIT_WRITE when that fails, which has been told. */
ThawExit thaw_output_print (const GString *text);

G_END_DECLS
