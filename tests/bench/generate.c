/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * thaw-bench-generate MEGABYTES FILE: writes a speedscope file as py-spy does, profiles before frames
 * and samples before weights, four threads, of about that size. Deterministic.
 */
#include "bench-stacks.h"

#include <stdio.h>
#include <stdlib.h>

#define N_THREADS 4

/* Writes @value and returns how many bytes that took. */
static gsize
put_number (FILE *file, guint32 value)
{
  char digits[16];
  gsize n = 0;
  do
    digits[n++] = (char) ('0' + value % 10);
  while ((value /= 10) > 0);
  for (gsize i = n; i > 0; i--)
    putc_unlocked (digits[i - 1], file);
  return n;
}

/* Writes one thread of about @bytes. */
static void
put_thread (FILE *file, guint32 thread, gsize bytes)
{
  g_autofree BenchStacks *stacks = bench_stacks_new (thread);
  guint64 n = 0;

  fprintf (file,
           "%s{\"type\":\"sampled\",\"name\":\"Process 12345 Thread 0x7F%06XC700 \\\"%s\\\"\","
           "\"unit\":\"seconds\",\"startValue\":0.0,\"endValue\":0.0,\"samples\":[",
           thread > 0 ? "," : "", 0x100000 * thread,
           thread > 0 ? "Thread-1 (worker)" : "MainThread");
  for (gsize written = 0; written < bytes; n++)
    {
      guint32 depth;
      const guint32 *frames = bench_stacks_next (stacks, &depth);
      fputs (n > 0 ? ",[" : "[", file);
      written += 3 + 5; /* its weight too */
      for (guint32 i = 0; i < depth; i++)
        {
          if (i > 0)
            putc_unlocked (',', file);
          written += put_number (file, frames[i]) + 1;
        }
      putc_unlocked (']', file);
    }
  fputs ("],\"weights\":[", file);
  for (guint64 i = 0; i < n; i++)
    fputs (i > 0 ? ",0.01" : "0.01", file);
  fputs ("]}", file);
}

int
main (int argc, char **argv)
{
  double megabytes = argc == 3 ? strtod (argv[1], NULL) : 0;
  if (!(megabytes > 0))
    {
      fprintf (stderr, "usage: %s MEGABYTES FILE\n", argv[0]);
      return 2;
    }
  FILE *file = fopen (argv[2], "w");
  if (file == NULL)
    {
      perror (argv[2]);
      return 1;
    }
  setvbuf (file, NULL, _IOFBF, 1 << 20);
  fputs ("{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\"profiles\":[",
         file);
  for (guint32 i = 0; i < N_THREADS; i++)
    put_thread (file, i, (gsize) (megabytes * 1e6 / N_THREADS));
  fputs ("],\"shared\":{\"frames\":[", file);
  for (guint32 i = 0; i < BENCH_FUNCTIONS; i++)
    fprintf (file,
             "%s{\"name\":\"function_number_%u\",\"file\":\"package_%u/module_%u.py\",\"line\":%u,"
             "\"col\":null}",
             i > 0 ? "," : "", i, i % 17, i % 130, i * 37 % 900 + 1);
  fputs (
      "]},\"activeProfileIndex\":null,\"exporter\":\"py-spy@0.3.14\",\"name\":\"py-spy profile\"}",
      file);
  if (fclose (file) != 0)
    {
      perror (argv[2]);
      return 1;
    }
  return 0;
}
