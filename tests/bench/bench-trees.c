/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trees made from trees, over two threads of 2.5 M nodes each: re-keying by function, the union of
 * both, time order, the halves of a sandwich and the function table. CPU time per node, and against
 * copying every column of the same trees once, in the same run.
 */
#include "bench-stacks.h"
#include "thaw-function-table.h"
#include "thaw-profile-builder.h"
#include "thaw-trees.h"

#include <stdio.h>
#include <string.h>

#define THREADS 2
#define NODES 2500000
#define LINES 3
#define ROUNDS 3

/* Adds samples of random stacks to a new thread until it has NODES nodes. A step of the walk keeps
 * most of the stack, as in a real program. */
static void
add_thread (ThawProfileBuilder *builder, guint32 process, guint id, const guint32 *slots)
{
  ThawThreadSpec spec = { .id = id };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, NULL);
  thaw_thread_builder_set_ordered (thread);
  guint64 state = id + 1;
  guint32 stack[40], keep = 0;
  for (guint32 node = 0; node < NODES;)
    {
      for (guint32 i = keep; i < G_N_ELEMENTS (stack); i++)
        stack[i] = slots[bench_random (&state) % (i < 8 ? 4 * LINES : BENCH_FUNCTIONS * LINES)];
      node = thaw_thread_builder_set_stack (thread, keep, stack + keep, G_N_ELEMENTS (stack) - keep,
                                            NULL);
      thaw_thread_builder_add_sample (thread, node, 1, NULL);
      keep = bench_random (&state) % G_N_ELEMENTS (stack);
    }
}

static ThawProfile *
make_profile (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  static guint32 slots[BENCH_FUNCTIONS * LINES];
  for (guint32 i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i / LINES);
      ThawFrameSpec frame = { .name = name, .line = i % LINES + 1 };
      slots[i] = thaw_profile_builder_add_frame (builder, &frame);
    }
  guint32 process = thaw_profile_builder_add_process (builder, 1, NULL);
  for (guint id = 0; id < THREADS; id++)
    add_thread (builder, process, id, slots);
  return thaw_profile_builder_finish (builder, NULL);
}

/* CPU seconds for copying all columns of the stored trees. */
static double
copy_columns (const ThawProfile *profile)
{
  double start = bench_cpu_seconds ();
  for (guint32 i = 0; i < THREADS; i++)
    {
      const ThawTree *from = thaw_profile_get_location_tree (profile, i);
      g_autoptr (ThawTree) to = thaw_tree_new (from->n_nodes, from->key, 0);
      memcpy (to->frame, from->frame, from->n_nodes * sizeof *to->frame);
      memcpy (to->parent, from->parent, from->n_nodes * sizeof *to->parent);
      memcpy (to->subtree_end, from->subtree_end, from->n_nodes * sizeof *to->subtree_end);
      memcpy (to->self, from->self, from->n_nodes * sizeof *to->self);
      memcpy (to->total, from->total, from->n_nodes * sizeof *to->total);
    }
  return bench_cpu_seconds () - start;
}

/* What is measured. Each makes something of thread 0 and 1 and returns the nodes it went through. */
typedef guint32 (*Job) (const ThawProfile *profile, const ThawTree *tree);

static const guint32 threads[THREADS] = { 0, 1 };

static guint32
by_function (const ThawProfile *profile, const ThawTree *tree)
{
  g_autoptr (ThawTree) made = thaw_trees_by_function (
      profile, thaw_profile_get_location_tree (profile, 0), NULL, NULL);
  return thaw_profile_get_location_tree (profile, 0)->n_nodes;
}

static guint32
merged (const ThawProfile *profile, const ThawTree *tree)
{
  ThawTreeOptions options = { .key = THAW_KEY_FUNCTION };
  g_autoptr (ThawTree)
      made = thaw_trees_for_threads (profile, threads, THREADS, &options, NULL, NULL);
  return thaw_profile_get_location_tree (profile, 0)->n_nodes +
         thaw_profile_get_location_tree (profile, 1)->n_nodes;
}

static guint32
timed (const ThawProfile *profile, const ThawTree *tree)
{
  ThawTreeOptions options = { .key = THAW_KEY_FUNCTION, .time_order = TRUE };
  g_autoptr (ThawTree) made = thaw_trees_for_threads (profile, threads, 1, &options, NULL, NULL);
  return made->n_nodes;
}

static guint32
callees (const ThawProfile *profile, const ThawTree *tree)
{
  g_autoptr (ThawTree) made = thaw_trees_callees (tree, 0, NULL, NULL);
  return tree->n_nodes;
}

static guint32
callers (const ThawProfile *profile, const ThawTree *tree)
{
  g_autoptr (ThawTree) made = thaw_trees_callers (tree, BENCH_FUNCTIONS - 1, NULL, NULL);
  return tree->n_nodes;
}

static guint32
table (const ThawProfile *profile, const ThawTree *tree)
{
  g_autoptr (GArray) rows = thaw_function_table_new (profile, threads, THREADS, NULL, NULL);
  return thaw_profile_get_location_tree (profile, 0)->n_nodes +
         thaw_profile_get_location_tree (profile, 1)->n_nodes;
}

int
main (void)
{
  static const struct
  {
    const char *what;
    Job job;
  } jobs[] = {
    { "by function, one thread", by_function },
    { "by function, both threads merged", merged },
    { "in time order, one thread", timed },
    { "callees of a function in the merged tree", callees },
    { "callers of a function in the merged tree", callers },
    { "function table of both threads", table },
  };
  g_autoptr (ThawProfile) profile = make_profile ();
  ThawTreeOptions options = { .key = THAW_KEY_FUNCTION };
  g_autoptr (ThawTree)
      tree = thaw_trees_for_threads (profile, threads, THREADS, &options, NULL, NULL);
  double copy = G_MAXDOUBLE;
  for (guint i = 0; i < ROUNDS; i++)
    copy = MIN (copy, copy_columns (profile));
  double copy_ns = copy / (THREADS * (double) NODES) * 1e9;
  printf ("copying every column: %.1f ns a node\n", copy_ns);
  for (gsize j = 0; j < G_N_ELEMENTS (jobs); j++)
    {
      double best = G_MAXDOUBLE;
      guint32 n = 0;
      for (guint i = 0; i < ROUNDS; i++)
        {
          double start = bench_cpu_seconds ();
          n = jobs[j].job (profile, tree);
          best = MIN (best, bench_cpu_seconds () - start);
        }
      printf ("%s: %.1f M nodes in %.3f s CPU, %.1f ns a node, %.1f × copying\n", jobs[j].what,
              n / 1e6, best, best / n * 1e9, best / n * 1e9 / copy_ns);
    }
  return 0;
}
