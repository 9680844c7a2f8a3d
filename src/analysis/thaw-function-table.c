/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows per function, and what passes between two functions.
 *
 * Threads with edges give the file's own numbers. In a tree a function's self time is the sum over
 * its nodes, and its total time the sum over *outermost* nodes, those with no node of the same function
 * above them: time under a recursion counts once. In preorder a node is outermost when the subtree of
 * the function's last outermost node is over, so one number a function is all the memory needed. An
 * edge (caller, callee) is treated in the same way: its total counts nodes with no node of the same
 * edge above them, which is what pstats does.
 */
#include "thaw-function-table.h"

#include <math.h>

/* Sums per function; calls become NAN where a thread does not count them. */
typedef struct
{
  guint32 n;
  double *self;
  double *total;
  double *calls;
  gboolean *seen;
  gboolean *estimated;
} Sums;

static void
sums_init (Sums *sums, guint32 n)
{
  sums->n = n;
  sums->self = g_new0 (double, MAX (n, 1));
  sums->total = g_new0 (double, MAX (n, 1));
  sums->calls = g_new0 (double, MAX (n, 1));
  sums->seen = g_new0 (gboolean, MAX (n, 1));
  sums->estimated = g_new0 (gboolean, MAX (n, 1));
}

static void
sums_clear (Sums *sums)
{
  g_free (sums->self);
  g_free (sums->total);
  g_free (sums->calls);
  g_free (sums->seen);
  g_free (sums->estimated);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sums, sums_clear)

static void
sums_add (Sums *sums, guint32 at, double calls, double self, double total)
{
  sums->self[at] += self;
  sums->total[at] += total;
  sums->calls[at] += calls;
  sums->seen[at] = TRUE;
}

/* The calls of a node; NAN where the tree counts none. */
static inline double
calls_of (const ThawTree *tree, guint32 node)
{
  return tree->calls != NULL ? tree->calls[node] : (double) NAN;
}

/* Adds the file's own rows. */
static void
add_edge_rows (Sums *sums, const ThawEdges *edges)
{
  for (guint32 i = 0; i < edges->n_functions; i++)
    {
      const ThawEdgeFunction *row = &edges->functions[i];
      sums_add (sums, row->function, (double) row->calls, row->self, row->total);
    }
}

/* Adds a tree; @open_until is working memory, one number a function. */
static gboolean
add_tree_rows (Sums *sums,
               const ThawProfile *profile,
               const ThawTree *tree,
               guint32 *open_until,
               GCancellable *cancellable,
               GError **error)
{
  for (guint32 i = 0; i < sums->n; i++)
    open_until[i] = 0;
  for (guint32 i = 1; i < tree->n_nodes; i++)
    {
      if ((i & 0xffff) == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      guint32 function = thaw_profile_frame_function (profile, tree->key, tree->frame[i]);
      if (function >= THAW_FRAME_FIRST_SPECIAL)
        continue;
      gboolean outermost = i >= open_until[function];
      if (outermost)
        open_until[function] = tree->subtree_end[i];
      sums_add (sums, function, calls_of (tree, i), tree->self[i], outermost ? tree->total[i] : 0);
      if (tree->flags != NULL && (tree->flags[i] & THAW_NODE_ESTIMATED) != 0)
        sums->estimated[function] = TRUE;
    }
  return TRUE;
}

/* Total order: greatest self time first, then function number. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const ThawFunctionRow *x = a, *y = b;
  if (x->self != y->self)
    return x->self > y->self ? -1 : 1;
  return (x->function > y->function) - (x->function < y->function);
}

/**
 * thaw_function_table_new:
 * @profile: a profile
 * @threads: (array length=n_threads): indices of threads
 * @n_threads: how many
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * One row for every function that any of the threads ran. Numbers of several threads add up. They
 * are exact for edges (the file's own) and for stored trees, whatever the tree shown is.
 *
 * Returns: (element-type ThawFunctionRow) (transfer full): sorted by self time, greatest first; %NULL
 *   with %G_IO_ERROR_CANCELLED
 */
GArray *
thaw_function_table_new (const ThawProfile *profile,
                         const guint32 *threads,
                         guint n_threads,
                         GCancellable *cancellable,
                         GError **error)
{
  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (threads != NULL || n_threads == 0, NULL);

  g_auto (Sums) sums;
  sums_init (&sums, thaw_profile_get_n_functions (profile));
  g_autofree guint32 *open_until = g_new (guint32, MAX (sums.n, 1));
  for (guint i = 0; i < n_threads; i++)
    {
      const ThawEdges *edges = thaw_profile_get_edges (profile, threads[i]);
      const ThawTree *tree = thaw_profile_get_location_tree (profile, threads[i]);
      if (edges != NULL)
        add_edge_rows (&sums, edges);
      else if (!add_tree_rows (&sums, profile, tree, open_until, cancellable, error))
        return NULL;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }

  GArray *rows = g_array_new (FALSE, FALSE, sizeof (ThawFunctionRow));
  for (guint32 i = 0; i < sums.n; i++)
    {
      ThawFunctionRow row = { i, sums.calls[i], sums.self[i], sums.total[i], !sums.estimated[i] };
      if (sums.seen[i] && (row.calls != 0 || row.self != 0 || row.total != 0))
        g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_rows);
  return rows;
}

/* Edges of one function. ------------------------------------------------------------------------ */

/* The sums' place for the outside, after all functions. */
#define OUTSIDE(sums) ((sums)->n - 1)

/* Adds the edges of @function with their other ends. What a function's row has and no caller explains
 * came from outside. */
static void
add_edges (Sums *sums, const ThawEdges *edges, guint32 function, gboolean callers)
{
  guint32 at = 0;
  while (at < edges->n_functions && edges->functions[at].function != function)
    at++;
  if (at == edges->n_functions)
    return;

  const ThawEdgeFunction *row = &edges->functions[at];
  double calls = (double) row->calls, self = row->self, total = row->total;
  for (guint32 i = 0; i < edges->n_edges; i++)
    {
      const ThawEdge *edge = &edges->edges[i];
      if ((callers ? edge->callee : edge->caller) != at)
        continue;
      guint32 other = edges->functions[callers ? edge->caller : edge->callee].function;
      sums_add (sums, other, (double) edge->calls, edge->self, edge->total);
      calls -= (double) edge->calls;
      self -= edge->self;
      total -= edge->total;
    }
  if (callers && calls > 0)
    sums_add (sums, OUTSIDE (sums), calls, MAX (self, 0), MAX (total, 0));
}

/* Adds what @tree says of the callers or callees of @function. */
static void
add_tree_edges (Sums *sums,
                const ThawProfile *profile,
                const ThawTree *tree,
                guint32 function,
                gboolean callers,
                guint32 *open_until)
{
  for (guint32 i = 0; i < sums->n; i++)
    open_until[i] = 0;
  for (guint32 i = 1; i < tree->n_nodes; i++)
    {
      guint32 callee = thaw_profile_frame_function (profile, tree->key, tree->frame[i]);
      guint32 caller = thaw_profile_frame_function (profile, tree->key,
                                                    tree->frame[tree->parent[i]]);
      if ((callers ? callee : caller) != function)
        continue;
      guint32 other = callers ? caller : callee;
      if (other >= THAW_FRAME_FIRST_SPECIAL)
        other = OUTSIDE (sums);
      gboolean outermost = i >= open_until[other];
      if (outermost)
        open_until[other] = tree->subtree_end[i];
      sums_add (sums, other, calls_of (tree, i), tree->self[i], outermost ? tree->total[i] : 0);
    }
}

/* Total order: greatest total first, then function number. */
static int
compare_edge_rows (gconstpointer a, gconstpointer b)
{
  const ThawEdgeRow *x = a, *y = b;
  if (x->total != y->total)
    return x->total > y->total ? -1 : 1;
  return (x->function > y->function) - (x->function < y->function);
}

static GArray *
edge_rows (const ThawProfile *profile,
           const guint32 *threads,
           guint n_threads,
           guint32 function,
           gboolean callers)
{
  g_auto (Sums) sums;
  sums_init (&sums, thaw_profile_get_n_functions (profile) + 1);
  g_autofree guint32 *open_until = g_new (guint32, sums.n);
  for (guint i = 0; i < n_threads; i++)
    {
      const ThawEdges *edges = thaw_profile_get_edges (profile, threads[i]);
      const ThawTree *tree = thaw_profile_get_location_tree (profile, threads[i]);
      if (edges != NULL)
        add_edges (&sums, edges, function, callers);
      else
        add_tree_edges (&sums, profile, tree, function, callers, open_until);
    }

  GArray *rows = g_array_new (FALSE, FALSE, sizeof (ThawEdgeRow));
  for (guint32 i = 0; i < sums.n; i++)
    {
      guint32 other = i == OUTSIDE (&sums) ? THAW_FRAME_ROOT : i;
      ThawEdgeRow row = { other, sums.calls[i], sums.self[i], sums.total[i] };
      if (sums.seen[i])
        g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_edge_rows);
  return rows;
}

/**
 * thaw_function_callers:
 * @profile: a profile
 * @threads: (array length=n_threads): indices of threads
 * @n_threads: how many
 * @function: a function of the profile
 *
 * Who calls @function directly, and what it took when called from there.
 *
 * Returns: (element-type ThawEdgeRow) (transfer full): greatest total first
 */
GArray *
thaw_function_callers (const ThawProfile *profile,
                       const guint32 *threads,
                       guint n_threads,
                       guint32 function)
{
  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (threads != NULL || n_threads == 0, NULL);

  return edge_rows (profile, threads, n_threads, function, TRUE);
}

/**
 * thaw_function_callees:
 * @profile: a profile
 * @threads: (array length=n_threads): indices of threads
 * @n_threads: how many
 * @function: a function of the profile
 *
 * Whom @function calls directly, and what they took when called from it.
 *
 * Returns: (element-type ThawEdgeRow) (transfer full): greatest total first
 */
GArray *
thaw_function_callees (const ThawProfile *profile,
                       const guint32 *threads,
                       guint n_threads,
                       guint32 function)
{
  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (threads != NULL || n_threads == 0, NULL);

  return edge_rows (profile, threads, n_threads, function, FALSE);
}
