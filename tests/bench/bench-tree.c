/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Building call trees: frames per second of CPU time through the builder's first door, against a hash
 * of (parent, frame) at every frame, over the same stacks in the same run; and the memory that a node
 * takes while its tree is built, at most, and when it is finished.
 */
#include "bench-stacks.h"
#include "thaw-profile-builder.h"

#include <stdio.h>

#define SAMPLES 1000000
#define ROUNDS 5

typedef struct
{
  guint64 *keys; /* parent << 32 | frame, plus one; 0 empty */
  guint32 *nodes;
  guint32 size;
  guint32 n_nodes;
  double *self;
} Naive;

/* The node under @parent for @frame in the table of everything. */
static guint32
naive_child (Naive *naive, guint32 parent, guint32 frame)
{
  guint64 key = ((guint64) parent << 32 | frame) + 1;
  guint32 place = (guint32) ((key * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 32) &
                  (naive->size - 1);
  while (naive->keys[place] != 0 && naive->keys[place] != key)
    place = (place + 1) & (naive->size - 1);
  if (naive->keys[place] == 0)
    {
      naive->keys[place] = key;
      naive->nodes[place] = ++naive->n_nodes;
    }
  return naive->nodes[place];
}

/* CPU seconds for all stacks by hashing every frame. */
static double
run_naive (BenchStacks *stacks, guint64 *n_frames, guint32 *n_nodes)
{
  guint32 size = 1u << 21;
  Naive naive = { g_new0 (guint64, size), g_new0 (guint32, size), size, 0, g_new0 (double, size) };
  double start = bench_cpu_seconds ();
  *n_frames = 0;
  for (guint32 i = 0; i < SAMPLES; i++)
    {
      guint32 depth, node = 0;
      const guint32 *frames = bench_stacks_next (stacks, &depth);
      for (guint32 k = 0; k < depth; k++)
        node = naive_child (&naive, node, frames[k]);
      naive.self[node] += 0.01;
      *n_frames += depth;
    }
  double seconds = bench_cpu_seconds () - start;
  *n_nodes = naive.n_nodes;
  g_free (naive.keys);
  g_free (naive.nodes);
  g_free (naive.self);
  return seconds;
}

/* CPU seconds for all stacks through the builder, without finishing. */
static double
run_builder (BenchStacks *stacks)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1 };
  guint32 process = thaw_profile_builder_add_process (builder, 1, NULL);
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, NULL);
  double start = bench_cpu_seconds ();
  for (guint32 i = 0; i < SAMPLES; i++)
    {
      guint32 depth;
      const guint32 *frames = bench_stacks_next (stacks, &depth);
      if (!thaw_thread_builder_add_stack (thread, frames, depth, 0.01, NULL))
        g_error ("the builder refused a stack");
    }
  return bench_cpu_seconds () - start;
}

/* CPU seconds for making the stacks alone. */
static double
run_nothing (BenchStacks *stacks)
{
  guint64 sum = 0;
  double start = bench_cpu_seconds ();
  for (guint32 i = 0; i < SAMPLES; i++)
    {
      guint32 depth;
      sum += bench_stacks_next (stacks, &depth)[0];
    }
  return sum > 0 ? bench_cpu_seconds () - start : 0;
}

/* Builds and finishes a tree of about @wanted nodes, and prints what it took per node. */
static void
print_memory (guint32 wanted)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = 1 };
  guint32 process = thaw_profile_builder_add_process (builder, 1, NULL);
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, NULL);
  for (guint32 i = 0; i < BENCH_FUNCTIONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i);
      ThawFrameSpec frame = { .name = name };
      thaw_profile_builder_add_frame (builder, &frame);
    }
  guint64 state = 1;
  double before = bench_peak_bytes ();
  guint32 stack[40];
  for (guint32 node = 0; node < wanted;)
    {
      for (guint32 i = 0; i < G_N_ELEMENTS (stack); i++)
        stack[i] = bench_random (&state) % (i < 8 ? 4 : BENCH_FUNCTIONS);
      node = thaw_thread_builder_set_stack (thread, 0, stack, G_N_ELEMENTS (stack), NULL);
    }
  double built = bench_peak_bytes (), start = bench_cpu_seconds ();
  g_autoptr (ThawProfile) profile = thaw_profile_builder_finish (builder, NULL);
  double n = thaw_profile_get_location_tree (profile, 0)->n_nodes;
  printf (
      "memory for %.1f M nodes: %.1f bytes a node while building, %.1f at most, 28 when finished; "
      "finishing %.0f ns a node\n",
      n / 1e6, (built - before) / n, (bench_peak_bytes () - before) / n,
      (bench_cpu_seconds () - start) / n * 1e9);
}

int
main (void)
{
  double naive = G_MAXDOUBLE, ours = G_MAXDOUBLE, nothing = G_MAXDOUBLE;
  guint64 n_frames = 0;
  guint32 n_nodes = 0;
  print_memory (5000000);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree BenchStacks *a = bench_stacks_new (0), *b = bench_stacks_new (0),
                             *c = bench_stacks_new (0);
      nothing = MIN (nothing, run_nothing (a));
      naive = MIN (naive, run_naive (b, &n_frames, &n_nodes));
      ours = MIN (ours, run_builder (c));
    }
  naive -= nothing;
  ours -= nothing;
  printf ("tree building: %.0f M frames/s, a hash at every frame %.0f M frames/s, ratio %.1f "
          "(%u samples, %.1f M frames, %u nodes)\n",
          (double) n_frames / ours / 1e6, (double) n_frames / naive / 1e6, naive / ours, SAMPLES,
          (double) n_frames / 1e6, n_nodes);
  return 0;
}
