/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One pass over each thread's location tree. In preorder a node inside an occurrence of a line has an
 * index below that occurrence's subtree end, so one number a line tells the outermost ones apart.
 */
#include "thaw-function-lines.h"

/* Nodes between two looks at the cancellable. */
#define STRIDE (1u << 16)

/* A line on its way: @outermost_end is one past the subtree of its last outermost occurrence. */
typedef struct
{
  ThawLineCost cost;
  guint32 outermost_end;
} OpenLine;

/* The place of @line in @lines, made when it is new. */
static guint
find_line (GHashTable *index_of, GArray *lines, guint32 line)
{
  gpointer found;

  if (!g_hash_table_lookup_extended (index_of, GUINT_TO_POINTER (line), NULL, &found))
    {
      OpenLine open = { { line, 0, 0 }, 0 };

      found = GUINT_TO_POINTER (lines->len);
      g_hash_table_insert (index_of, GUINT_TO_POINTER (line), found);
      g_array_append_val (lines, open);
    }
  return GPOINTER_TO_UINT (found);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  guint32 x = ((const ThawLineCost *) a)->line;
  guint32 y = ((const ThawLineCost *) b)->line;

  return x < y ? -1 : x > y;
}

/* Adds what one thread's tree spent in @function. FALSE when cancelled. */
static gboolean
add_tree (const ThawProfile *profile,
          const ThawTree *tree,
          guint32 function,
          GHashTable *index_of,
          GArray *lines,
          GCancellable *cancellable,
          GError **error)
{
  for (guint32 node = 1; node < tree->n_nodes; node++)
    {
      const ThawLocation *location;
      OpenLine *open;
      guint place;

      if (node % STRIDE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (tree->frame[node] >= THAW_FRAME_FIRST_SPECIAL)
        continue;
      location = thaw_profile_get_location (profile, tree->frame[node]);
      if (location->function != function)
        continue;
      place = find_line (index_of, lines, location->line);
      open = &g_array_index (lines, OpenLine, place);
      open->cost.self += tree->self[node];
      if (node < open->outermost_end)
        continue;
      open->cost.total += tree->total[node];
      open->outermost_end = tree->subtree_end[node];
    }
  return TRUE;
}

GArray *
thaw_function_lines (const ThawProfile *profile,
                     const guint32 *threads,
                     guint n_threads,
                     guint32 function,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GHashTable) index_of = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (OpenLine));
  GArray *costs;

  g_return_val_if_fail (profile != NULL, NULL);

  for (guint i = 0; thaw_profile_has_lines (profile) && i < n_threads; i++)
    {
      const ThawTree *tree = thaw_profile_get_location_tree (profile, threads[i]);

      for (guint line = 0; line < lines->len; line++)
        g_array_index (lines, OpenLine, line).outermost_end = 0;
      if (tree != NULL && !add_tree (profile, tree, function, index_of, lines, cancellable, error))
        return NULL;
    }
  costs = g_array_sized_new (FALSE, FALSE, sizeof (ThawLineCost), lines->len);
  for (guint i = 0; i < lines->len; i++)
    g_array_append_val (costs, g_array_index (lines, OpenLine, i).cost);
  g_array_sort (costs, compare_lines);
  return costs;
}
