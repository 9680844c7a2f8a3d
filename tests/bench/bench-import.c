/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long it takes to read large generated speedscope files: with read() alone in chunks of 1 MiB,
 * into a profile, and with Node's JSON.parse (if there is a node), which makes no tree yet. Each in a
 * process of its own, whose CPU time and peak memory the kernel tells; the best of several runs.
 *
 * bench-import [MEGABYTES…]: sizes, 100 and 500 if none are given. THAW_BENCH_GENERATE names the
 * program that writes the files.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "thaw-import.h"

#define RUNS 5
#define CHUNK ((gsize) 1 << 20)

/* What a process took. */
typedef struct
{
  gboolean done;
  double cpu_s;
  double peak_mb;
} Cost;

static int
read_alone (const char *path)
{
  g_autofree char *buffer = g_malloc (CHUNK);
  int file = open (path, O_RDONLY);
  gssize n = 1;
  while (file >= 0 && n > 0)
    n = read (file, buffer, CHUNK);
  return file < 0 || n < 0;
}

/* Tells the number of nodes as the exit status cannot: in a line on standard output. */
static int
import (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ThawProfile) profile = thaw_import_file (file, NULL, NULL, NULL, &error);
  if (profile == NULL)
    g_error ("%s", error->message);
  guint64 n_nodes = 0, n_samples = 0;
  for (guint32 i = 0; i < thaw_profile_get_n_threads (profile); i++)
    {
      n_nodes += thaw_profile_get_location_tree (profile, i)->n_nodes;
      n_samples += thaw_profile_get_thread (profile, i)->n_samples;
    }
  printf ("  %.2f M samples, %.2f M nodes: tree and order of samples %.0f MB\n",
          (double) n_samples / 1e6, (double) n_nodes / 1e6,
          ((double) n_nodes * 28 + (double) n_samples * 4) / 1e6);
  return 0;
}

/* Runs a program to its end, quietly if asked. */
static Cost
run (const char *const *argv, gboolean quiet)
{
  struct rusage usage;
  int status = -1;
  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    {
      if (quiet && freopen ("/dev/null", "w", stdout) == NULL)
        _exit (1);
      execvp (argv[0], (char *const *) argv);
      _exit (127);
    }
  if (child < 0 || wait4 (child, &status, 0, &usage) != child || !WIFEXITED (status) ||
      WEXITSTATUS (status) != 0)
    return (Cost){ FALSE, 0, 0 };
  return (Cost){ TRUE,
                 (double) usage.ru_utime.tv_sec + (double) usage.ru_stime.tv_sec +
                     ((double) usage.ru_utime.tv_usec + (double) usage.ru_stime.tv_usec) / 1e6,
                 (double) usage.ru_maxrss / 1024 };
}

/* The cheapest of @n_runs runs. */
static Cost
best (const char *const *argv, guint n_runs)
{
  Cost least = run (argv, FALSE);
  for (guint i = 1; i < n_runs && least.done; i++)
    {
      Cost cost = run (argv, TRUE);
      if (cost.done && cost.cpu_s < least.cpu_s)
        least = cost;
    }
  return least;
}

static void
bench (const char *self, const char *generate, const char *megabytes)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "thaw-bench-import.json", NULL);
  const char *const generating[] = { generate, megabytes, path, NULL };
  const char *const reading[] = { self, "--read", path, NULL };
  const char *const importing[] = { self, "--import", path, NULL };
  const char *const node[] = {
    "node", "--max-old-space-size=8192",
    "-e",   "JSON.parse (require ('fs').readFileSync (process.argv[1], 'utf8'))",
    path,   NULL
  };

  printf ("speedscope file of %s MB\n", megabytes);
  if (!run (generating, TRUE).done)
    g_error ("%s cannot write %s", generate, path);
  Cost floor = best (reading, RUNS), ours = best (importing, RUNS), theirs = run (node, TRUE);
  g_unlink (path);

  printf ("  read() alone       %7.3f s\n", floor.cpu_s);
  printf ("  into a profile     %7.3f s, %.1f times read(), peak memory %.0f MB\n", ours.cpu_s,
          ours.cpu_s / floor.cpu_s, ours.peak_mb);
  if (theirs.done)
    printf ("  Node's JSON.parse  %7.3f s, %.1f times ours, peak memory %.0f MB\n", theirs.cpu_s,
            theirs.cpu_s / ours.cpu_s, theirs.peak_mb);
  else
    printf ("  Node's JSON.parse: no node here, or it gave up\n");
}

int
main (int argc, char **argv)
{
  static const char *const sizes[] = { "100", "500", NULL };

  if (argc == 3 && strcmp (argv[1], "--read") == 0)
    return read_alone (argv[2]);
  if (argc == 3 && strcmp (argv[1], "--import") == 0)
    return import (argv[2]);

  const char *generate = g_getenv ("THAW_BENCH_GENERATE");
  if (generate == NULL)
    {
      printf ("THAW_BENCH_GENERATE is not set: nothing to read\n");
      return 0;
    }
  const char *const *size = argc > 1 ? (const char *const *) argv + 1 : sizes;
  for (; *size != NULL; size++)
    bench ("/proc/self/exe", generate, *size);
  return 0;
}
