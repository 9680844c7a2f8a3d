/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Re-keying and merging whole trees. Both are one thing: the trees go through the merge engine
 * (thaw-merge), each with its own renumbering of frames. Threads that hold edges are expanded first.
 * Sandwich halves are in thaw-trees-sandwich.c, time order in thaw-trees-time.c, the lines of a box
 * in thaw-trees-lines.c.
 */
#include "thaw-trees.h"

#include "thaw-merge-private.h"
#include "thaw-reconstruct.h"
#include "thaw-trees-private.h"

/* Location → function, for all of @profile; (transfer full). */
static guint32 *
functions_of_locations (const ThawProfile *profile)
{
  guint32 n = thaw_profile_get_n_locations (profile);
  guint32 *map = g_new (guint32, MAX (n, 1));
  for (guint32 i = 0; i < n; i++)
    map[i] = thaw_profile_get_location (profile, i)->function;
  return map;
}

/* Function → its location without a line or, failing that, its first one; (transfer full). */
static guint32 *
locations_of_functions (const ThawProfile *profile)
{
  guint32 n = thaw_profile_get_n_functions (profile);
  guint32 *map = g_new0 (guint32, MAX (n, 1));
  for (guint32 i = thaw_profile_get_n_locations (profile); i-- > 0;)
    {
      const ThawLocation *location = thaw_profile_get_location (profile, i);
      guint32 *at = &map[location->function];
      if (location->line == 0 || *at == 0 || thaw_profile_get_location (profile, *at)->line != 0)
        *at = i;
    }
  return map;
}

/* Merges @trees into one keyed by @key. @frame_maps (nullable) holds for each tree a renumbering of
 * its frames, or NULL. @node_map (nullable) gets, for the first tree, the new node per node
 * (transfer full). Calls are kept when every tree with any node counts them. */
static ThawTree *
merge_trees (ThawTree *const *trees,
             const guint32 *const *frame_maps,
             guint n_trees,
             ThawTreeKey key,
             guint32 **node_map,
             GCancellable *cancellable,
             GError **error)
{
  g_auto (ThawMerge) merge;
  thaw_merge_init (&merge);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  gboolean calls = TRUE, any_node = FALSE, bounds = FALSE;

  for (guint i = 0; i < n_trees; i++)
    {
      guint32 *place = thaw_merge_place (&merge, trees[i], frame_maps ? frame_maps[i] : NULL,
                                         cancellable, error);
      if (place == NULL)
        return NULL;
      g_ptr_array_add (places, place);
      calls = calls && (trees[i]->calls != NULL || trees[i]->n_nodes == 1);
      any_node = any_node || trees[i]->n_nodes > 1;
      bounds = bounds || trees[i]->flags != NULL;
    }

  ThawTreeColumns columns = (calls && any_node ? THAW_TREE_CALLS : 0) |
                            (bounds ? THAW_TREE_BOUNDS : 0);
  g_autoptr (ThawTree) merged = thaw_merge_lay_out (&merge, key, columns);
  for (guint i = 0; i < n_trees; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      thaw_merge_add (&merge, merged, trees[i], g_ptr_array_index (places, i));
    }
  thaw_merge_finish (merged);

  if (node_map != NULL)
    {
      guint32 *map = g_ptr_array_steal_index (places, 0);
      for (guint32 node = 0; node < trees[0]->n_nodes; node++)
        map[node] = thaw_arena_number_of (&merge.arena, map[node]);
      *node_map = map;
    }
  return g_steal_pointer (&merged);
}

/**
 * thaw_trees_by_function_mapped:
 * @node_map: (out) (transfer full): per node of @tree, the node of the result that it became part of
 *
 * thaw_trees_by_function() that also tells where every node went.
 */
ThawTree *
thaw_trees_by_function_mapped (const ThawProfile *profile,
                               const ThawTree *tree,
                               guint32 **node_map,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autofree guint32 *map = functions_of_locations (profile);
  ThawTree *trees[] = { (ThawTree *) tree };
  const guint32 *maps[] = { map };
  return merge_trees (trees, maps, 1, THAW_KEY_FUNCTION, node_map, cancellable, error);
}

/**
 * thaw_trees_by_function:
 * @profile: the profile whose locations @tree speaks of
 * @tree: a tree keyed by location
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Re-keys a tree by function. Siblings that become equal are merged, and so are their subtrees;
 * direct recursion stays nested: `a` called by `a` is two boxes.
 *
 * Returns: (transfer full): the tree; %NULL with %G_IO_ERROR_CANCELLED, or with %THAW_ERROR_LIMIT
 *   when there is no memory for it
 */
ThawTree *
thaw_trees_by_function (const ThawProfile *profile,
                        const ThawTree *tree,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (tree != NULL && tree->key == THAW_KEY_LOCATION, NULL);

  return thaw_trees_by_function_mapped (profile, tree, NULL, cancellable, error);
}

/**
 * thaw_trees_union:
 * @trees: (array length=n_trees): trees with the same key
 * @n_trees: at least 1
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Adds trees up: equal paths become one node, whose self value, calls and bounds are the sums. A
 * node is an estimate when any of its parts is. The result has calls when all trees that have nodes
 * count them, and bounds when any tree has.
 *
 * Returns: (transfer full): the tree; %NULL with %G_IO_ERROR_CANCELLED, or with %THAW_ERROR_LIMIT
 *   over %THAW_LIMIT_NODES
 */
ThawTree *
thaw_trees_union (ThawTree *const *trees, guint n_trees, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (trees != NULL && n_trees > 0, NULL);
  for (guint i = 1; i < n_trees; i++)
    g_return_val_if_fail (trees[i]->key == trees[0]->key, NULL);

  return merge_trees (trees, NULL, n_trees, trees[0]->key, NULL, cancellable, error);
}

/* What thaw_trees_for_threads() merges: one tree a thread, with the way to renumber its frames. */
typedef struct
{
  GPtrArray *trees;      /* of ThawTree, owned */
  GPtrArray *maps;       /* of guint32 *, borrowed from the two below; NULL: none needed */
  guint32 *to_functions; /* nullable: made when the first tree needs it */
  guint32 *to_locations; /* nullable: the same */
} Sources;

static void
sources_init (Sources *sources)
{
  *sources = (Sources){
    .trees = g_ptr_array_new_with_free_func ((GDestroyNotify) thaw_tree_unref),
    .maps = g_ptr_array_new (),
  };
}

static void
sources_clear (Sources *sources)
{
  g_ptr_array_unref (sources->trees);
  g_ptr_array_unref (sources->maps);
  g_free (sources->to_functions);
  g_free (sources->to_locations);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sources, sources_clear)

/* Adds the tree of @thread, reconstructed where the thread holds edges. */
static gboolean
sources_add (Sources *sources,
             const ThawProfile *profile,
             guint32 thread,
             const ThawTreeOptions *options,
             GCancellable *cancellable,
             GError **error)
{
  ThawTree *tree = thaw_profile_get_location_tree (profile, thread);
  if (tree != NULL)
    {
      thaw_tree_ref (tree);
    }
  else
    {
      double epsilon = options->epsilon > 0 ? options->epsilon : THAW_DEFAULT_EPSILON;
      g_autoptr (ThawReconstruction)
          made = thaw_reconstruction_new (profile, thread, cancellable, error);
      if (made != NULL)
        tree = thaw_reconstruction_expand (made, epsilon, cancellable, error);
      if (tree == NULL)
        return FALSE;
    }
  g_ptr_array_add (sources->trees, tree);

  guint32 *map = NULL;
  if (tree->key == THAW_KEY_LOCATION && options->key == THAW_KEY_FUNCTION)
    {
      if (sources->to_functions == NULL)
        sources->to_functions = functions_of_locations (profile);
      map = sources->to_functions;
    }
  else if (tree->key == THAW_KEY_FUNCTION && options->key == THAW_KEY_LOCATION)
    {
      if (sources->to_locations == NULL)
        sources->to_locations = locations_of_functions (profile);
      map = sources->to_locations;
    }
  g_ptr_array_add (sources->maps, map);
  return TRUE;
}

/**
 * thaw_trees_for_threads:
 * @profile: a profile
 * @threads: (array length=n_threads): indices of threads
 * @n_threads: how many; 0 gives a tree of the root alone
 * @options: how to look at them
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * The tree to show. One thread in time order keeps its samples' order, and neighbours of one frame
 * are one box as long as the capture does not say that it was left in between. Several threads have
 * no common order of boxes and are merged as without @time_order.
 *
 * Returns: (transfer full): the tree; %NULL with %G_IO_ERROR_CANCELLED, or with %THAW_ERROR_LIMIT
 *   over %THAW_LIMIT_NODES (in time order: over %THAW_TIME_ORDER_NODES)
 */
ThawTree *
thaw_trees_for_threads (const ThawProfile *profile,
                        const guint32 *threads,
                        guint n_threads,
                        const ThawTreeOptions *options,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (profile != NULL && options != NULL, NULL);
  g_return_val_if_fail (threads != NULL || n_threads == 0, NULL);

  if (n_threads == 0)
    return thaw_tree_new (1, options->key, 0);
  if (n_threads == 1 && options->time_order &&
      thaw_profile_get_sequence (profile, threads[0]) != NULL)
    return thaw_trees_in_time_order (profile, threads[0], options->key, cancellable, error);

  g_auto (Sources) sources;
  sources_init (&sources);
  for (guint i = 0; i < n_threads; i++)
    if (!sources_add (&sources, profile, threads[i], options, cancellable, error))
      return NULL;
  if (n_threads == 1 && g_ptr_array_index (sources.maps, 0) == NULL)
    return thaw_tree_ref (g_ptr_array_index (sources.trees, 0));
  return merge_trees ((ThawTree *const *) sources.trees->pdata,
                      (const guint32 *const *) sources.maps->pdata, n_threads, options->key, NULL,
                      cancellable, error);
}
