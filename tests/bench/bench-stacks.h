/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stacks of a made-up program, for benchmarks: 2 000 functions that call up to six others each, mostly
 * the same one; a pool of stacks 30 to 60 deep that grow out of each other; and a walk over the pool
 * that mostly stays near where it is, as the samples of a real program do. Deterministic.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BENCH_FUNCTIONS 2000
#define BENCH_POOL 20000
#define BENCH_DEPTH 64

typedef struct
{
  guint64 random;
  guint32 callees[BENCH_FUNCTIONS][6];
  guint32 pool[BENCH_POOL][BENCH_DEPTH];
  guint32 depths[BENCH_POOL];
  guint32 position;
} BenchStacks;

/* Stacks that start with function @root; each root's differ. (transfer full), g_free() */
BenchStacks *bench_stacks_new (guint32 root);
/* The next sample's stack, root first, of *depth frames. */
const guint32 *bench_stacks_next (BenchStacks *stacks, guint32 *depth);
/* A random number; @state is never 0. */
guint32 bench_random (guint64 *state);

/* CPU time of this process so far, in seconds. */
double bench_cpu_seconds (void);
/* The most memory that this process has had so far, in bytes. */
double bench_peak_bytes (void);

G_END_DECLS
