/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long it takes to open a pstats file of 4 000 functions and 11 000 edges and to make its tree,
 * in CPU time, the median of several runs; and what Python's pstats.Stats() takes to load the same
 * file in the same run, without making any tree.
 */
#include <stdlib.h>
#include <time.h>

#include <glib/gstdio.h>

#include "call-recorder.h"
#include "marshal-writer.h"
#include "thaw-import.h"
#include "thaw-reconstruct.h"

#define N_FUNCTIONS 4000
#define N_CALLS 400000
#define N_ENTRIES 300
#define RUNS 21
#define EPSILON 1e-4

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* What a function calls: mostly functions further on, one in forty back; nothing at the end. */
static guint32
callee_of (guint32 caller, guint32 choice)
{
  guint32 hash = (caller * 2654435761u + choice * 40503u) ^ (caller >> 5);
  guint32 step = 1 + hash % (N_FUNCTIONS / 12);

  if (hash % 40 == 0)
    return caller - MIN (caller - 1, step % 50);
  return caller + step < N_FUNCTIONS ? caller + step : 0;
}

static GBytes *
make_file (void)
{
  g_autoptr (CallRecorder) recorder = call_recorder_new (N_FUNCTIONS);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (ThawProfile) profile = NULL;
  guint32 stack[64], depth = 1;

  stack[0] = 0;
  call_recorder_enter (recorder, 0);
  for (guint calls = 0; depth > 0; call_recorder_spend (recorder, g_rand_double (rand) / 4096))
    {
      guint32 next = depth == 1 ? 1 + (guint32) g_rand_int_range (rand, 0, N_ENTRIES)
                                : callee_of (stack[depth - 1], g_rand_int_range (rand, 0, 3));

      if (calls < N_CALLS && next > 0 && depth < G_N_ELEMENTS (stack) &&
          (depth == 1 || g_rand_int_range (rand, 0, 40) < 19))
        {
          call_recorder_enter (recorder, next);
          stack[depth++] = next;
          calls++;
        }
      else
        {
          call_recorder_leave (recorder);
          if (--depth == 0)
            break;
        }
    }
  profile = call_recorder_make_profile (recorder);
  return pstats_from_profile (profile);
}

static int
by_value (const void *a, const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

/* Median CPU time of pstats.Stats() on @path, in ms; NAN without Python. */
static double
time_python (const char *path)
{
  const char *argv[] = { "python3", "-c",
                         "import pstats, statistics, sys, time\n"
                         "def once():\n"
                         "    began = time.process_time()\n"
                         "    pstats.Stats(sys.argv[1])\n"
                         "    return (time.process_time() - began) * 1e3\n"
                         "print(statistics.median(once() for _ in range(21)))\n",
                         path, NULL };
  g_autofree char *output = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, &output, NULL, &status, NULL) ||
      !g_spawn_check_wait_status (status, NULL))
    return 0.0 / 0.0;
  return g_ascii_strtod (output, NULL);
}

int
main (void)
{
  g_autoptr (GBytes) bytes = make_file ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "thaw-bench-XXXXXX", NULL);
  double import[RUNS], rebuild[RUNS], python;
  int file;

  for (guint run = 0; run < RUNS; run++)
    {
      g_autoptr (GError) error = NULL;
      double began = cpu_ms (), middle;
      g_autoptr (ThawProfile) profile = thaw_import_bytes (bytes, "bench.prof", NULL, &error);
      g_autoptr (ThawReconstruction) reconstruction = NULL;
      g_autoptr (ThawTree) tree = NULL;

      if (profile == NULL)
        g_error ("%s", error->message);
      middle = cpu_ms ();
      reconstruction = thaw_reconstruction_new (profile, 0, NULL, &error);
      tree = thaw_reconstruction_expand (reconstruction, EPSILON, NULL, &error);
      rebuild[run] = cpu_ms () - middle;
      import[run] = middle - began;
      if (run == 0)
        {
          const ThawEdges *edges = thaw_profile_get_edges (profile, 0);

          g_print ("%u functions, %u edges, %.1f MB; a tree of %u nodes down to %g\n",
                   edges->n_functions, edges->n_edges, (double) g_bytes_get_size (bytes) / 1e6,
                   tree->n_nodes, EPSILON);
        }
    }
  qsort (import, RUNS, sizeof *import, by_value);
  qsort (rebuild, RUNS, sizeof *rebuild, by_value);

  file = g_mkstemp (path);
  if (file < 0 || !g_close (file, NULL) ||
      !g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL))
    g_error ("Cannot write %s", path);
  python = time_python (path);
  g_unlink (path);
  g_print ("open %.2f ms + tree %.2f ms = %.2f ms CPU (goal < 50); "
           "pstats.Stats() alone %.2f ms: %.1f times as long\n",
           import[RUNS / 2], rebuild[RUNS / 2], import[RUNS / 2] + rebuild[RUNS / 2], python,
           python / (import[RUNS / 2] + rebuild[RUNS / 2]));
  return 0;
}
