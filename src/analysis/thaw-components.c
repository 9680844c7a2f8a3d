/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tarjan's algorithm with an explicit stack, since call graphs may be as deep as they are large.
 *
 * Every vertex is numbered when it is first reached. `low` is the smallest number known to be
 * reachable from it among the vertices that have no component yet; a vertex that cannot reach below
 * its own number ends a component, which is then everything above it on the waiting stack.
 * R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972).
 */
#include "thaw-components.h"

#define UNSEEN 0 /* numbers start at 1 */

typedef struct
{
  const guint32 *out_start;
  const guint32 *targets;
  guint32 *component;
  guint32 n_components;
  guint32 *number;
  guint32 *low;
  guint32 *next;    /* per vertex: its next edge to follow */
  guint32 *path;    /* vertices being visited, outermost first */
  guint32 *waiting; /* vertices reached that have no component yet */
  guint32 n_path;
  guint32 n_waiting;
  guint32 n_seen;
} Search;

static void
enter (Search *search, guint32 vertex)
{
  search->number[vertex] = search->low[vertex] = ++search->n_seen;
  search->next[vertex] = search->out_start[vertex];
  search->path[search->n_path++] = vertex;
  search->waiting[search->n_waiting++] = vertex;
}

/* Ends the visit of the innermost vertex: closes its component if it is the first of one, and tells
 * the vertex it was reached from how far it reaches. */
static void
leave (Search *search)
{
  guint32 vertex = search->path[--search->n_path];
  guint32 member;

  if (search->low[vertex] == search->number[vertex])
    {
      do
        {
          member = search->waiting[--search->n_waiting];
          search->component[member] = search->n_components;
        }
      while (member != vertex);
      search->n_components++;
    }
  if (search->n_path > 0)
    {
      guint32 from = search->path[search->n_path - 1];
      search->low[from] = MIN (search->low[from], search->low[vertex]);
    }
}

/* Follows the next edge of the innermost vertex. */
static void
step (Search *search)
{
  guint32 vertex = search->path[search->n_path - 1];
  guint32 target;

  if (search->next[vertex] == search->out_start[vertex + 1])
    {
      leave (search);
      return;
    }
  target = search->targets[search->next[vertex]++];
  if (search->number[target] == UNSEEN)
    enter (search, target);
  else if (search->component[target] == G_MAXUINT32)
    search->low[vertex] = MIN (search->low[vertex], search->number[target]);
}

/**
 * thaw_components_find:
 * @n_vertices: number of vertices
 * @out_start: (array): per vertex its first edge in @targets; @n_vertices + 1 long
 * @targets: (array): per edge the vertex it leads to
 * @component: (out caller-allocates) (array length=n_vertices): per vertex its component
 *
 * Components are numbered so that every edge between two of them leads to the lower number: callees
 * come before their callers. Time and memory are linear in vertices and edges.
 *
 * Returns: the number of components
 */
guint32
thaw_components_find (guint32 n_vertices,
                      const guint32 *out_start,
                      const guint32 *targets,
                      guint32 *component)
{
  g_autofree guint32 *memory = g_new0 (guint32, 5 * (gsize) n_vertices + 1);
  Search search = { .out_start = out_start, .targets = targets, .component = component };

  search.number = memory;
  search.low = memory + n_vertices;
  search.next = memory + 2 * (gsize) n_vertices;
  search.path = memory + 3 * (gsize) n_vertices;
  search.waiting = memory + 4 * (gsize) n_vertices;

  for (guint32 vertex = 0; vertex < n_vertices; vertex++)
    component[vertex] = G_MAXUINT32;
  for (guint32 vertex = 0; vertex < n_vertices; vertex++)
    {
      if (search.number[vertex] == UNSEEN)
        enter (&search, vertex);
      while (search.n_path > 0)
        step (&search);
    }
  return search.n_components;
}
