/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing what a command makes. A regular file is written under another name in the same folder and
 * renamed when it is complete, so that nobody ever sees half of it; devices and pipes are written as
 * they are. An input is never written over.
 */
#include "thaw-cli-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _ThawOutput
{
  GOutputStream *stream;
  char *path;      /* where the file is to be; NULL for standard output */
  char *temporary; /* where it is now; NULL when written in place */
};

/* Sets the error that errno stands for. */
static void
set_errno_error (GError **error, const char *path)
{
  int saved = errno;
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", name,
               g_strerror (saved));
}

gboolean
thaw_output_is_input (const char *path, char **inputs)
{
  struct stat output, input;
  if (path == NULL || strcmp (path, "-") == 0 || stat (path, &output) != 0 ||
      !S_ISREG (output.st_mode))
    return FALSE;
  for (char **argument = inputs; argument != NULL && *argument != NULL; argument++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (*argument);
      g_autofree char *local = g_file_get_path (file);
      if (local == NULL || stat (local, &input) != 0)
        continue;
      g_autofree char *base = g_path_get_basename (path);
      g_autofree char *inside = g_build_filename (local, base, NULL);
      if (S_ISDIR (input.st_mode) && stat (inside, &input) != 0)
        continue;
      if (input.st_dev == output.st_dev && input.st_ino == output.st_ino)
        return TRUE;
    }
  return FALSE;
}

/* Opens a new file beside @path with the rights that a new file has, or those of the one that it will
 * replace. Returns its descriptor, -1 with error. */
static int
open_beside (ThawOutput *output, GError **error)
{
  struct stat old;
  mode_t mask = umask (0);
  umask (mask);
  mode_t mode = stat (output->path, &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask;

  output->temporary = g_strconcat (output->path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (output->temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      set_errno_error (error, output->path);
      g_clear_pointer (&output->temporary, g_free);
      return -1;
    }
  if (fchmod (fd, mode) != 0)
    g_debug ("%s: %s", output->temporary, g_strerror (errno));
  return fd;
}

static void
output_free (ThawOutput *output)
{
  g_clear_object (&output->stream);
  g_free (output->path);
  g_free (output->temporary);
  g_free (output);
}

ThawOutput *
thaw_output_open (const char *path, GError **error)
{
  ThawOutput *output = g_new0 (ThawOutput, 1);
  int fd = STDOUT_FILENO;
  if (path != NULL && strcmp (path, "-") != 0)
    {
      struct stat old;
      char *real = realpath (path, NULL); /* a symbolic link stays one */
      output->path = g_strdup (real != NULL ? real : path);
      free (real);
      if (stat (output->path, &old) == 0 && !S_ISREG (old.st_mode))
        {
          fd = g_open (output->path, O_WRONLY | O_CLOEXEC, 0);
          if (fd < 0)
            set_errno_error (error, path);
        }
      else
        fd = open_beside (output, error);
    }
  if (fd < 0)
    {
      output_free (output);
      return NULL;
    }
  output->stream = g_unix_output_stream_new (fd, fd != STDOUT_FILENO);
  return output;
}

GOutputStream *
thaw_output_stream (ThawOutput *output)
{
  return output->stream;
}

gboolean
thaw_output_close (ThawOutput *output, gboolean keep, GError **error)
{
  gboolean fine = keep;
  if (fine && output->temporary != NULL &&
      fsync (g_unix_output_stream_get_fd (G_UNIX_OUTPUT_STREAM (output->stream))) != 0)
    {
      set_errno_error (error, output->path);
      fine = FALSE;
    }
  if (!g_output_stream_close (output->stream, NULL, fine ? error : NULL))
    fine = FALSE;
  if (output->temporary != NULL && fine && g_rename (output->temporary, output->path) != 0)
    {
      set_errno_error (error, output->path);
      fine = FALSE;
    }
  if (output->temporary != NULL && !fine)
    g_unlink (output->temporary);
  output_free (output);
  return fine;
}

ThawExit
thaw_output_print (const GString *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  if (g_output_stream_write_all (stream, text->str, text->len, NULL, NULL, &error))
    return THAW_EXIT_DONE;
  thaw_cli_fail ("%s", error->message);
  return THAW_EXIT_WRITE;
}
