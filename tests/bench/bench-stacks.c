/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The made-up program of bench-stacks.h, and the two clocks that benchmarks read.
 */
#include "bench-stacks.h"

#include <sys/resource.h>
#include <time.h>

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016. */
guint32
bench_random (guint64 *state)
{
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return (guint32) ((*state * G_GUINT64_CONSTANT (2685821657736338717)) >> 32);
}

/* Which of its six callees a function calls this time: the first one in seven cases of ten. */
static guint32
choose_callee (guint64 *state)
{
  static const guint8 below[] = { 70, 85, 93, 97, 99 };
  guint32 roll = bench_random (state) % 100, choice = 0;
  while (choice < G_N_ELEMENTS (below) && roll >= below[choice])
    choice++;
  return choice;
}

/* How many frames of a stack of @depth stay when the program moves on. */
static guint32
choose_cut (guint64 *state, guint32 depth)
{
  guint32 roll = bench_random (state) % 100, cut = 2 + bench_random (state) % 10;
  if (roll < 60)
    cut = depth - MIN (depth, bench_random (state) % 6);
  else if (roll < 90)
    cut = depth - MIN (depth, bench_random (state) % 20);
  return CLAMP (cut, 2, depth);
}

BenchStacks *
bench_stacks_new (guint32 root)
{
  BenchStacks *stacks = g_new0 (BenchStacks, 1);
  guint64 *state = &stacks->random;
  guint32 stack[BENCH_DEPTH], depth = 2;

  *state = G_GUINT64_CONSTANT (88172645463325252);
  for (guint32 i = 0; i < BENCH_FUNCTIONS; i++)
    for (guint32 k = 0; k < 6; k++)
      stacks->callees[i][k] = bench_random (state) % BENCH_FUNCTIONS;

  *state += root;
  stack[0] = root;
  stack[1] = stacks->callees[root][0];
  for (guint32 i = 0; i < BENCH_POOL; i++)
    {
      guint32 target = 30 + bench_random (state) % 31;
      for (depth = choose_cut (state, depth); depth < target; depth++)
        stack[depth] = stacks->callees[stack[depth - 1]][choose_callee (state)];
      stacks->depths[i] = depth;
      for (guint32 k = 0; k < depth; k++)
        stacks->pool[i][k] = stack[k];
    }
  return stacks;
}

const guint32 *
bench_stacks_next (BenchStacks *stacks, guint32 *depth)
{
  guint64 *state = &stacks->random;
  guint32 roll = bench_random (state) % 100, any = bench_random (state);
  gint64 position = stacks->position;
  if (roll < 50)
    position += any % 3 - 1;
  else if (roll < 85)
    position += any % 41 - 20;
  else if (roll < 97)
    position += any % 1001 - 500;
  else
    position = any % BENCH_POOL;
  stacks->position = (guint32) (((position % BENCH_POOL) + BENCH_POOL) % BENCH_POOL);
  *depth = stacks->depths[stacks->position];
  return stacks->pool[stacks->position];
}

double
bench_cpu_seconds (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

double
bench_peak_bytes (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss * 1024;
}
