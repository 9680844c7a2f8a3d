/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From what cProfile counted to a flow that balances.
 *
 * Two facts carry it. Self time of an edge adds up, even under recursion. Cumulative time of an
 * edge counts outermost calls only; it is exact where the edge leads from one strongly connected
 * component into another, and of no use inside one. So, per component,
 *
 *     time in (over edges and as root) = self time of its members + time out (over edges),
 *
 * which gives the time that enters at the root, which no file holds. In a sound file this is an
 * identity. In others (labels that stand for several functions, threads spliced into one) it is
 * enforced, from callees to callers: where more comes in than can be spent, the edges in are scaled
 * down; where less comes in, the rest enters from outside, to be shown as unattributed unless some
 * calls came from outside too. The sum over roots is then the sum of all self times, whatever the
 * file says.
 *
 * The pure-Python profiler knows no times of edges. There, what a component spends is shared out
 * over the calls into it. (S. Graham, P. Kessler and M. McKusick, gprof, SIGPLAN 1982.)
 */
#include "thaw-flow.h"

#include "thaw-components.h"

#include <math.h>
#include <string.h>

/* Work beside the flow itself. */
typedef struct
{
  ThawFlow *flow;
  const ThawEdges *source;
  guint32 *in_start; /* per row, its first edge in in_edges; one longer */
  guint32 *in_edges; /* edges by callee, roots not among them */
  GArray *roots;     /* of ThawFlowEdge, at most one a row */
  guint32 *root_of;  /* per row, its place in roots; NO_ROOT for none */
} Work;

#define NO_ROOT G_MAXUINT32
#define ABSURD 1e100 /* so that no sum of times overflows */

/* A time out of a file, where anything may stand. */
static double
sane (double value)
{
  return value > 0.0 ? MIN (value, ABSURD) : 0.0;
}

static gboolean
is_near (double value, double expected)
{
  return fabs (value - expected) <= 1e-9 * fabs (expected);
}

/* Whether times over edges are in proportion to calls throughout: then nobody measured them. Where
 * no function with a time has two callers, this is so of itself, and says nothing. */
static gboolean
times_follow_calls (const ThawEdges *edges)
{
  g_autofree guint64 *recursive = g_new0 (guint64, (gsize) edges->n_functions + 1);
  g_autofree gboolean *has_caller = g_new0 (gboolean, (gsize) edges->n_functions + 1);
  gboolean says_something = FALSE;

  for (guint32 i = 0; i < edges->n_edges; i++)
    if (edges->edges[i].caller == edges->edges[i].callee)
      recursive[edges->edges[i].callee] = edges->edges[i].calls;
  for (guint32 i = 0; i < edges->n_edges; i++)
    {
      const ThawEdge *edge = &edges->edges[i];
      const ThawEdgeFunction *callee = &edges->functions[edge->callee];
      double calls = (double) edge->calls;
      double outer = (double) callee->calls - (double) recursive[edge->callee];

      if (callee->calls == 0 || !is_near (edge->self, callee->self * calls / callee->calls))
        return FALSE;
      if (edge->caller == edge->callee)
        continue;
      if (!is_near (edge->total, MAX (callee->total * calls / outer, edge->self)))
        return FALSE;
      says_something = says_something || (has_caller[edge->callee] && callee->total > 0.0);
      has_caller[edge->callee] = TRUE;
    }
  return says_something;
}

static gboolean
is_inner (const ThawFlow *flow, const ThawFlowEdge *edge)
{
  return flow->functions[edge->caller].component == flow->functions[edge->callee].component;
}

static void
copy_edges (ThawFlow *flow, const ThawEdges *source)
{
  flow->out_start = g_new0 (guint32, (gsize) flow->n_functions + 1);
  for (guint32 i = 0; i < flow->n_edges; i++)
    {
      const ThawEdge *from = &source->edges[i];
      ThawFlowEdge *edge = &flow->edges[i];

      edge->caller = from->caller;
      edge->callee = from->callee;
      edge->calls = from->calls;
      edge->self = sane (from->self);
      edge->total = MAX (sane (from->total), edge->self);
      flow->out_start[from->caller + 1]++;
    }
  for (guint32 row = 0; row < flow->n_functions; row++)
    flow->out_start[row + 1] += flow->out_start[row];
}

/* Components, and the rows of each side by side. */
static void
find_components (ThawFlow *flow)
{
  g_autofree guint32 *targets = g_new (guint32, (gsize) flow->n_edges + 1);
  g_autofree guint32 *component = g_new (guint32, (gsize) flow->n_functions + 1);
  g_autofree guint32 *fill = NULL;

  for (guint32 i = 0; i < flow->n_edges; i++)
    targets[i] = flow->edges[i].callee;
  flow->n_components = thaw_components_find (flow->n_functions, flow->out_start, targets,
                                             component);

  flow->components = g_new0 (ThawFlowComponent, (gsize) flow->n_components + 1);
  for (guint32 row = 0; row < flow->n_functions; row++)
    {
      flow->functions[row].component = component[row];
      flow->components[component[row] + 1].first_member++;
    }
  for (guint32 c = 0; c < flow->n_components; c++)
    flow->components[c + 1].first_member += flow->components[c].first_member;

  fill = g_new (guint32, (gsize) flow->n_components + 1);
  for (guint32 c = 0; c < flow->n_components; c++)
    fill[c] = flow->components[c].first_member;
  flow->members = g_new (guint32, (gsize) flow->n_functions + 1);
  for (guint32 row = 0; row < flow->n_functions; row++)
    flow->members[fill[component[row]]++] = row;
}

static void
index_callers (Work *work)
{
  ThawFlow *flow = work->flow;
  g_autofree guint32 *fill = g_new0 (guint32, (gsize) flow->n_functions + 1);

  work->in_start = g_new0 (guint32, (gsize) flow->n_functions + 1);
  work->in_edges = g_new (guint32, (gsize) flow->n_edges + 1);
  for (guint32 i = 0; i < flow->n_edges; i++)
    work->in_start[flow->edges[i].callee + 1]++;
  for (guint32 row = 0; row < flow->n_functions; row++)
    {
      work->in_start[row + 1] += work->in_start[row];
      fill[row + 1] = work->in_start[row + 1];
    }
  for (guint32 i = 0; i < flow->n_edges; i++)
    work->in_edges[fill[flow->edges[i].callee]++] = i;
}

/* Sums up the edges into @row: from inside its component into the function, all of them into the
 * results. Inner totals are dropped: their meaning is not that of the others. Where only calls are
 * known, they stand in for the totals. */
static void
sum_callers (Work *work, guint32 row, double *calls, double *self, double *entering)
{
  ThawFlow *flow = work->flow;
  ThawFlowFunction *function = &flow->functions[row];

  *calls = *self = *entering = 0.0;
  for (guint32 i = work->in_start[row]; i < work->in_start[row + 1]; i++)
    {
      ThawFlowEdge *edge = &flow->edges[work->in_edges[i]];

      *calls += edge->calls;
      *self += edge->self;
      if (!is_inner (flow, edge))
        {
          if (flow->calls_only)
            edge->total = edge->calls;
          *entering += edge->total;
          continue;
        }
      flow->components[function->component].cyclic = TRUE;
      function->inner_calls += edge->calls;
      function->inner_self += edge->self;
      edge->self = edge->total = 0.0;
    }
}

/* The edge number @i into @row: those of the file, then its root if it has one; NULL at the end. */
static ThawFlowEdge *
entry (Work *work, guint32 row, guint32 i)
{
  guint32 n = work->in_start[row + 1] - work->in_start[row];

  if (i < n)
    return &work->flow->edges[work->in_edges[work->in_start[row] + i]];
  if (i == n && work->root_of[row] != NO_ROOT)
    return &g_array_index (work->roots, ThawFlowEdge, work->root_of[row]);
  return NULL;
}

/* Makes the self times over the edges into @row add up to the function's own, none above what its
 * edge carries; the rest of a cyclic function's is of inner calls. A sound file stays as
 * it is. */
static void
settle_self (Work *work, guint32 row)
{
  ThawFlowFunction *function = &work->flow->functions[row];
  double self = sane (work->source->functions[row].self);
  double sum = 0.0, room = 0.0, shrink, raise;
  ThawFlowEdge *edge;

  for (guint32 i = 0; (edge = entry (work, row, i)) != NULL; i++)
    {
      edge->self = MIN (edge->self, edge->total);
      sum += edge->self;
      room += edge->total - edge->self;
    }
  shrink = sum > self ? self / sum : 1.0;
  raise = room > 0.0 ? CLAMP ((self - sum - function->inner_self) / room, 0.0, 1.0) : 0.0;
  for (guint32 i = 0; (edge = entry (work, row, i)) != NULL; i++)
    edge->self = edge->self * shrink + (edge->total - edge->self) * raise;

  function->inner_self = 0.0;
  if (work->flow->components[function->component].cyclic)
    function->inner_self = MAX (self - sum - raise * room, 0.0);
  function->leaving += function->inner_self;
}

/* Cumulative time of a row, never zero, so that it can serve as a weight. */
static double
weight_of (const Work *work, guint32 row)
{
  return MAX (sane (work->source->functions[row].total), 1e-100);
}

/* Shares the time that enters a component from outside among its roots: by cumulative time, or all
 * of it at the greatest where no call came from outside. @calls and @self are, per member, those
 * that no edge accounts for. */
static void
add_roots (Work *work, guint32 c, double outside, const double *calls, const double *self)
{
  ThawFlow *flow = work->flow;
  guint32 first = flow->components[c].first_member, end = flow->components[c + 1].first_member;
  guint32 greatest = flow->members[first];
  double sum = 0.0;

  for (guint32 m = first; m < end; m++)
    {
      guint32 row = flow->members[m];

      if (weight_of (work, row) > weight_of (work, greatest))
        greatest = row;
      if (flow->functions[row].explained)
        sum += weight_of (work, row);
    }
  for (guint32 m = first; m < end; m++)
    {
      guint32 row = flow->members[m];
      ThawFlowEdge root = { .caller = THAW_FLOW_OUTSIDE, .callee = row };
      double most = weight_of (work, row);

      if (sum > 0.0 ? !flow->functions[row].explained : row != greatest)
        continue;
      root.calls = MAX (calls[m - first], 0.0);
      root.total = root.lower = root.upper = outside;
      if (sum > most)
        {
          root.total = outside * (most / sum);
          root.upper = CLAMP (most, root.total, outside);
          root.lower = CLAMP (outside - (sum - most), 0.0, root.total);
        }
      root.self = CLAMP (self[m - first], 0.0, root.total);
      work->root_of[row] = work->roots->len;
      g_array_append_val (work->roots, root);
    }
}

/* Scales the edges that enter component @c from others, and tells their callers what they pass
 * on. */
static void
scale_entries (Work *work, guint32 row, double scale)
{
  ThawFlow *flow = work->flow;

  for (guint32 i = work->in_start[row]; i < work->in_start[row + 1]; i++)
    {
      ThawFlowEdge *edge = &flow->edges[work->in_edges[i]];
      ThawFlowFunction *caller = &flow->functions[edge->caller];

      if (caller->component == flow->functions[row].component)
        continue;
      if (!flow->calls_only)
        flow->components[caller->component].slack += edge->total * (1.0 - scale);
      edge->total *= scale;
      edge->lower = edge->upper = edge->total;
      caller->leaving += edge->total;
    }
}

/* How @spent time of a component came in, given what its edges say: the scale of the edges,
 * returned, and what came from outside. @outer_calls came from there, if any. */
static double
find_scale (const ThawFlow *flow,
            ThawFlowComponent *component,
            double spent,
            double entering,
            double outer_calls,
            gboolean explained,
            double *outside)
{
  if (flow->calls_only)
    {
      double calls = entering + outer_calls;

      *outside = calls > 0.0 ? spent * (outer_calls / calls) : spent;
      component->slack = flow->total;
      return calls > 0.0 ? spent / calls : 0.0;
    }
  if (entering > spent || !explained)
    component->error = fabs (entering - spent);
  component->slack += component->error;
  *outside = MAX (spent - entering, 0.0);
  return entering > spent ? spent / entering : 1.0;
}

/* Brings what enters component @c into balance with what it spends and passes on; every component
 * it calls is in balance already. @calls and @self are room for a number per member. */
static void
balance (Work *work, guint32 c, double *calls, double *self)
{
  ThawFlow *flow = work->flow;
  ThawFlowComponent *component = &flow->components[c];
  guint32 first = component->first_member, end = component[1].first_member;
  double spent = 0.0, entering = 0.0, outer_calls = 0.0, scale, outside;
  gboolean explained = FALSE;

  for (guint32 m = first; m < end; m++)
    {
      guint32 row = flow->members[m];
      const ThawEdgeFunction *source = &work->source->functions[row];
      ThawFlowFunction *function = &flow->functions[row];
      double in_calls, in_self, in_total;

      sum_callers (work, row, &in_calls, &in_self, &in_total);
      calls[m - first] = (double) source->calls - in_calls;
      self[m - first] = sane (source->self) - in_self;
      function->explained = calls[m - first] > 0.0 ||
                            work->in_start[row] == work->in_start[row + 1];
      explained = explained || function->explained;
      outer_calls += MAX (calls[m - first], 0.0);
      entering += in_total;
      spent += sane (source->self) + function->leaving;
    }
  scale = find_scale (flow, component, spent, entering, outer_calls, explained, &outside);
  if (outside > 0.0)
    add_roots (work, c, outside, calls, self);

  for (guint32 m = first; m < end; m++)
    {
      scale_entries (work, flow->members[m], scale);
      settle_self (work, flow->members[m]);
      component->leaving += flow->functions[flow->members[m]].leaving;
    }
}

/* Sum of all self times, compensated: many small ones meet few large ones. (Neumaier 1974.) */
static double
sum_self (const ThawEdges *edges)
{
  double sum = 0.0, lost = 0.0;

  for (guint32 i = 0; i < edges->n_functions; i++)
    {
      double value = sane (edges->functions[i].self);
      double next = sum + value;

      lost += fabs (sum) >= value ? (sum - next) + value : (value - next) + sum;
      sum = next;
    }
  return sum + lost;
}

/**
 * thaw_flow_new:
 * @edges: what the thread holds; values below zero and no numbers count as zero
 *
 * Returns: (transfer full): its balanced flow
 */
ThawFlow *
thaw_flow_new (const ThawEdges *edges)
{
  ThawFlow *flow = g_new0 (ThawFlow, 1);
  Work work = { .flow = flow, .source = edges };
  g_autofree double *calls = g_new (double, (gsize) edges->n_functions + 1);
  g_autofree double *self = g_new (double, (gsize) edges->n_functions + 1);

  flow->n_functions = edges->n_functions;
  flow->n_edges = edges->n_edges;
  flow->total = sum_self (edges);
  flow->calls_only = times_follow_calls (edges);
  flow->functions = g_new0 (ThawFlowFunction, (gsize) edges->n_functions + 1);
  for (guint32 row = 0; row < edges->n_functions; row++)
    flow->functions[row].function = edges->functions[row].function;
  flow->edges = g_new0 (ThawFlowEdge, (gsize) edges->n_edges + 1);
  copy_edges (flow, edges);
  find_components (flow);
  index_callers (&work);

  work.root_of = g_new (guint32, (gsize) flow->n_functions + 1);
  memset (work.root_of, 0xff, flow->n_functions * sizeof *work.root_of);
  work.roots = g_array_new (FALSE, FALSE, sizeof (ThawFlowEdge));
  for (guint32 c = 0; c < flow->n_components; c++)
    balance (&work, c, calls, self);

  flow->n_roots = work.roots->len;
  flow->edges = g_renew (ThawFlowEdge, flow->edges, (gsize) flow->n_edges + flow->n_roots + 1);
  for (guint32 i = 0; i < flow->n_roots; i++)
    flow->edges[flow->n_edges + i] = g_array_index (work.roots, ThawFlowEdge, i);
  g_array_unref (work.roots);
  g_free (work.root_of);
  g_free (work.in_start);
  g_free (work.in_edges);
  return flow;
}

void
thaw_flow_free (ThawFlow *flow)
{
  if (flow == NULL)
    return;
  g_free (flow->edges);
  g_free (flow->out_start);
  g_free (flow->functions);
  g_free (flow->components);
  g_free (flow->members);
  g_free (flow);
}
