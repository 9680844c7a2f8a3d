/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Unfolds a flow of time over edges into a tree of call paths.
 *
 * A path that ends with edge e = (p, f) and carries the time I spends I·tt(e)/ct(e) in f itself.
 * The rest goes on in proportion to what leaves f's component: over all edges to other components
 * and, where functions of a component call each other, into their inner calls. (Which entry of a
 * cycle leads to which exit is a table with known margins, fitted proportionally; from a product
 * seed the fit is the product of its margins.) Cycles are folded: of a run of frames of one
 * component, a path keeps the entry and the current one.
 *
 * Beside I goes an interval that holds the true value whatever the paths were, by the bounds of
 * Fréchet on a table with known margins: of what a context passes on, d in [dlo, dhi] of a
 * component that passes on T, an edge that carries c gets between d + c − T and min (d, c). Where
 * only one context leads to an edge, both ends meet, and the value is exact.
 */
#include "thaw-expand.h"

#include <math.h>

#define MAX_NODES (1u << 21)
#define EXACT 1e-9 /* width of an exact interval, and of negligible time, as a share of the total */

/* What one context passes on: its share of all that its component does, bounds of the amount, and
 * by how much bounds have to be widened below it. */
typedef struct
{
  double share;
  double least;
  double most;
  double slack;
} Passing;

typedef enum
{
  STEP_EDGE,
  STEP_MEMBER,
  STEP_UNATTRIBUTED,
  STEP_PRUNED
} StepKind;

/* A node yet to be made. @what is an edge, or the row of a member of a cycle; @passing is the
 * context it stands in. */
typedef struct
{
  StepKind kind;
  guint32 parent;
  guint32 what;
  double total;
  double lower;
  double upper;
  double calls;
  Passing passing;
} Step;

typedef struct
{
  guint32 frame;
  guint32 parent;
  double self;
  double calls;
  double lower;
  double upper;
  gboolean folded;
} Node;

typedef struct
{
  const ThawFlow *flow;
  double threshold;
  GArray *nodes; /* of Node, in preorder */
  GArray *steps; /* of Step: a stack */
  GArray *batch; /* of Step: children of the node being made */
} Expansion;

static guint32
add_node (Expansion *expansion,
          const Step *step,
          guint32 frame,
          double self,
          double calls,
          gboolean folded)
{
  Node node = { .frame = frame,
                .parent = step->parent,
                .self = self,
                .calls = calls,
                .lower = MAX (step->lower - step->passing.slack, 0.0),
                .upper = MIN (step->upper + step->passing.slack, expansion->flow->total),
                .folded = folded };

  g_array_append_val (expansion->nodes, node);
  return expansion->nodes->len - 1;
}

/* Puts into the batch a child that gets @part of all that its component passes on. */
static void
add_child (Expansion *expansion,
           StepKind kind,
           guint32 what,
           guint32 parent,
           guint32 component,
           double part,
           double calls,
           const Passing *passing)
{
  double others = expansion->flow->components[component].leaving - part;
  Step step = { .kind = kind, .parent = parent, .what = what, .passing = *passing };

  if (part <= 0.0)
    return;
  step.total = part * passing->share;
  step.lower = CLAMP (passing->least - others, 0.0, step.total);
  step.upper = MAX (MIN (passing->most, part), step.total);
  step.calls = calls * passing->share;
  g_array_append_val (expansion->batch, step);
}

/* Moves the children of one node from the batch to the stack, in reverse, so that the first is made
 * next. Those below the threshold become one pruned child, the last. */
static void
push_batch (Expansion *expansion)
{
  GArray *batch = expansion->batch;
  Step pruned = { .kind = STEP_PRUNED };

  for (guint i = 0; i < batch->len; i++)
    {
      const Step *step = &g_array_index (batch, Step, i);

      if (step->total >= expansion->threshold)
        continue;
      pruned.parent = step->parent;
      pruned.passing = step->passing;
      pruned.total += step->total;
      pruned.lower += step->lower;
      pruned.upper += step->upper;
      pruned.calls += step->calls;
    }
  if (pruned.total > 0.0)
    g_array_append_val (expansion->steps, pruned);
  for (guint i = batch->len; i > 0; i--)
    {
      const Step *step = &g_array_index (batch, Step, i - 1);

      if (step->total >= expansion->threshold && step->total > 0.0)
        g_array_append_vals (expansion->steps, step, 1);
    }
  g_array_set_size (batch, 0);
}

/* Puts into the batch the calls from @row to other components. */
static void
add_callees (Expansion *expansion, guint32 row, guint32 parent, const Passing *passing)
{
  const ThawFlow *flow = expansion->flow;

  for (guint32 i = flow->out_start[row]; i < flow->out_start[row + 1]; i++)
    add_child (expansion, STEP_EDGE, i, parent, flow->functions[row].component,
               flow->edges[i].total, flow->edges[i].calls, passing);
}

/* Puts into the batch the other functions of the cycle that @entry enters. */
static void
add_members (Expansion *expansion, guint32 entry, guint32 parent, const Passing *passing)
{
  const ThawFlow *flow = expansion->flow;
  guint32 c = flow->functions[entry].component;

  for (guint32 m = flow->components[c].first_member; m < flow->components[c + 1].first_member; m++)
    {
      const ThawFlowFunction *function = &flow->functions[flow->members[m]];

      if (flow->members[m] != entry)
        add_child (expansion, STEP_MEMBER, flow->members[m], parent, c, function->leaving,
                   function->inner_calls, passing);
    }
}

/* Puts into the batch the roots that calls from outside explain, or the others. */
static void
add_roots (Expansion *expansion, guint32 parent, gboolean explained)
{
  const ThawFlow *flow = expansion->flow;

  for (guint32 i = flow->n_edges; i < flow->n_edges + flow->n_roots; i++)
    {
      const ThawFlowEdge *root = &flow->edges[i];
      Step step = {
        STEP_EDGE, parent, i, root->total, root->lower, root->upper, root->calls, { 0 }
      };

      if (flow->functions[root->callee].explained == explained)
        g_array_append_val (expansion->batch, step);
    }
}

/* Makes the node at the end of an edge, and its children's steps. */
static void
make_edge_node (Expansion *expansion, const Step *step)
{
  const ThawFlowEdge *edge = &expansion->flow->edges[step->what];
  const ThawFlowFunction *function = &expansion->flow->functions[edge->callee];
  const ThawFlowComponent *component = &expansion->flow->components[function->component];
  double below = edge->total - edge->self; /* what all contexts of the edge pass on */
  double self = edge->self * (step->total / edge->total);
  gboolean whole = step->lower >= edge->total * (1.0 - EXACT);
  Passing passing = { 0 };
  Step made = *step;
  guint32 node;

  if (component->leaving > 0.0)
    passing.share = (step->total - self) / component->leaving;
  else
    self = step->total;
  passing.least = whole ? below : MAX (step->lower - edge->self, 0.0);
  passing.most = MIN (step->upper, below);
  passing.slack = step->passing.slack + component->slack;

  made.passing = passing;
  node = add_node (expansion, &made, function->function,
                   self + function->inner_self * passing.share,
                   step->calls + function->inner_calls * passing.share, component->cyclic);
  add_callees (expansion, edge->callee, node, &passing);
  if (component->cyclic)
    add_members (expansion, edge->callee, node, &passing);
}

static void
make_node (Expansion *expansion, const Step *step)
{
  const ThawFlowFunction *functions = expansion->flow->functions;
  guint32 node;

  switch (step->kind)
    {
    case STEP_EDGE:
      make_edge_node (expansion, step);
      break;
    case STEP_MEMBER: /* of a cycle, under the function that was entered */
      node = add_node (expansion, step, functions[step->what].function,
                       functions[step->what].inner_self * step->passing.share, step->calls, TRUE);
      add_callees (expansion, step->what, node, &step->passing);
      break;
    case STEP_UNATTRIBUTED:
      node = add_node (expansion, step, THAW_FRAME_UNATTRIBUTED, 0.0, 0.0, FALSE);
      add_roots (expansion, node, FALSE);
      break;
    case STEP_PRUNED:
    default:
      add_node (expansion, step, THAW_FRAME_PRUNED, step->total, step->calls, FALSE);
      break;
    }
  push_batch (expansion);
}

/* Node 0, and the steps of what stands on it: roots, then one node for the time that no edge
 * explains, unless it is what rounding makes. */
static void
make_root (Expansion *expansion)
{
  const ThawFlow *flow = expansion->flow;
  Step root = { .parent = THAW_NODE_NONE, .lower = flow->total, .upper = flow->total };
  Step unattributed = { .kind = STEP_UNATTRIBUTED };

  add_node (expansion, &root, THAW_FRAME_ROOT, 0.0, 0.0, FALSE);
  for (guint32 i = flow->n_edges; i < flow->n_edges + flow->n_roots; i++)
    if (!flow->functions[flow->edges[i].callee].explained)
      unattributed.total += flow->edges[i].total;
  unattributed.lower = unattributed.upper = unattributed.passing.slack = unattributed.total;
  add_roots (expansion, 0, TRUE);
  if (unattributed.total > EXACT / 2.0 * flow->total)
    g_array_append_val (expansion->batch, unattributed);
  push_batch (expansion);
}

/* FALSE when there are more than MAX_NODES nodes, or with @error when cancelled. */
static gboolean
expand_all (Expansion *expansion, GCancellable *cancellable, GError **error)
{
  make_root (expansion);
  while (expansion->steps->len > 0)
    {
      Step step = g_array_index (expansion->steps, Step, expansion->steps->len - 1);

      g_array_set_size (expansion->steps, expansion->steps->len - 1);
      make_node (expansion, &step);
      if (expansion->nodes->len >= MAX_NODES ||
          (expansion->nodes->len % 4096 == 0 &&
           g_cancellable_set_error_if_cancelled (cancellable, error)))
        return FALSE;
    }
  return TRUE;
}

/* The nearest float that is not above @value (@towards = -1) or not below it (+1). */
static float
outwards (double value, float towards)
{
  float nearest = (float) value;

  if (towards < 0 ? nearest > value : nearest < value)
    nearest = nextafterf (nearest, towards * INFINITY);
  return nearest;
}

static ThawTree *
make_tree (const Expansion *expansion)
{
  guint32 n = expansion->nodes->len;
  ThawTree *tree = thaw_tree_new (n, THAW_KEY_FUNCTION, THAW_TREE_CALLS | THAW_TREE_BOUNDS);

  tree->reconstructed = TRUE;
  for (guint32 i = 0; i < n; i++)
    {
      const Node *node = &g_array_index (expansion->nodes, Node, i);
      gboolean estimated = node->upper - node->lower > EXACT * expansion->flow->total;

      tree->frame[i] = node->frame;
      tree->parent[i] = node->parent;
      tree->subtree_end[i] = i + 1;
      tree->self[i] = node->self;
      tree->calls[i] = node->calls;
      tree->lower[i] = outwards (node->lower, -1.0f);
      tree->upper[i] = outwards (node->upper, 1.0f);
      tree->flags[i] = (estimated ? THAW_NODE_ESTIMATED : 0) |
                       (node->folded ? THAW_NODE_FOLDED : 0);
    }
  for (guint32 i = n - 1; i > 0; i--)
    tree->subtree_end[tree->parent[i]] = MAX (tree->subtree_end[tree->parent[i]],
                                              tree->subtree_end[i]);
  thaw_tree_compute_totals (tree);
  return tree;
}

/**
 * thaw_expand:
 * @flow: a balanced flow
 * @epsilon: nodes below this share of the total are pruned; raised where the tree would not fit
 * @cancellable: (nullable): stops the work
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the tree, keyed by function
 */
ThawTree *
thaw_expand (const ThawFlow *flow, double epsilon, GCancellable *cancellable, GError **error)
{
  Expansion expansion = { .flow = flow };
  ThawTree *tree = NULL;
  GError *local_error = NULL;

  expansion.nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  expansion.steps = g_array_new (FALSE, FALSE, sizeof (Step));
  expansion.batch = g_array_new (FALSE, FALSE, sizeof (Step));
  while (tree == NULL && local_error == NULL)
    {
      g_array_set_size (expansion.nodes, 0);
      g_array_set_size (expansion.steps, 0);
      expansion.threshold = epsilon * flow->total;
      if (expand_all (&expansion, cancellable, &local_error))
        tree = make_tree (&expansion);
      epsilon = MAX (10.0 * epsilon, 1e-9);
    }
  g_array_unref (expansion.nodes);
  g_array_unref (expansion.steps);
  g_array_unref (expansion.batch);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return tree;
}
