/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawFlow: the edges of a pstats thread as a flow of time that conserves itself, so that a tree
 * made from it neither loses nor invents any. Private to this folder and its tests.
 */
#pragma once

#include "thaw-profile.h"

G_BEGIN_DECLS

#define THAW_FLOW_OUTSIDE G_MAXUINT32 /* the caller of a root */

/**
 * ThawFlowEdge:
 * @caller: row, or %THAW_FLOW_OUTSIDE
 * @callee: row
 * @calls: number of calls
 * @self: time in the callee's own frame, at most @total; 0 inside a component
 * @total: time that enters the callee; 0 inside a component, where it has no meaning of its own
 * @lower: hard lower bound of @total; equal to it but for roots that share a component
 * @upper: hard upper bound of @total
 */
typedef struct
{
  guint32 caller;
  guint32 callee;
  double calls;
  double self;
  double total;
  double lower;
  double upper;
} ThawFlowEdge;

/**
 * ThawFlowFunction:
 * @function: function of the profile
 * @component: component it belongs to
 * @explained: a root has calls that no caller accounts for, or no caller at all; what enters any
 *   other root is time that no edge explains
 * @inner_calls: calls from within its component
 * @inner_self: self time of those calls
 * @leaving: @inner_self and the totals of all edges that leave its component from here: what one
 *   function passes on of the time that enters its component
 */
typedef struct
{
  guint32 function;
  guint32 component;
  gboolean explained;
  double inner_calls;
  double inner_self;
  double leaving;
} ThawFlowFunction;

/**
 * ThawFlowComponent:
 * @first_member: first place in ThawFlow.members
 * @cyclic: its functions call themselves or each other
 * @leaving: sum over its members
 * @error: how far its balance Σct(in) = Σtt + Σct(out) is out
 * @slack: @error, and by how much the edges that leave it were scaled
 */
typedef struct
{
  guint32 first_member;
  gboolean cyclic;
  double leaving;
  double error;
  double slack;
} ThawFlowComponent;

/**
 * ThawFlow:
 * @edges: the file's edges by (caller, callee), then @n_roots roots by callee
 * @out_start: per row, its first edge; @n_functions + 1 long
 * @functions: by row
 * @components: @n_components and one more that only ends the members; callees before callers
 * @members: rows, those of one component side by side and ascending
 * @total: sum of self times of all functions
 * @calls_only: times over edges were shared out by calls, and bound nothing
 */
typedef struct
{
  guint32 n_functions;
  guint32 n_edges;
  guint32 n_roots;
  guint32 n_components;
  ThawFlowEdge *edges;
  guint32 *out_start;
  ThawFlowFunction *functions;
  ThawFlowComponent *components;
  guint32 *members;
  double total;
  gboolean calls_only;
} ThawFlow;

ThawFlow *thaw_flow_new (const ThawEdges *edges);
void thaw_flow_free (ThawFlow *flow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawFlow, thaw_flow_free)

G_END_DECLS
