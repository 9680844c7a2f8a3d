/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Profiles from text and trees to text, for tests only: readable rather than fast.
 */
#include "tree-text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

guint32
test_frame (ThawProfileBuilder *builder, const char *text)
{
  g_autofree char *name = g_strdup (text);
  ThawFrameSpec spec = { .name = name, .kind = THAW_FUNCTION_PYTHON };
  char *at = strrchr (name, '@');
  if (at != NULL)
    {
      *at = '\0';
      spec.line = (guint32) strtoul (at + 1, NULL, 10);
    }
  char *hash = strrchr (name, '#');
  if (hash != NULL)
    {
      *hash = '\0';
      spec.first_line = (guint32) strtoul (hash + 1, NULL, 10);
    }
  return thaw_profile_builder_add_frame (builder, &spec);
}

void
test_feed (ThawProfileBuilder *builder, ThawThreadBuilder *thread, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      char *space = strrchr (*line, ' ');
      if (space == NULL)
        continue;
      *space = '\0';
      g_auto (GStrv) names = g_strsplit (*line, ";", -1);
      guint n = g_strv_length (names);
      g_autofree guint32 *frames = g_new (guint32, n + 1);
      for (guint i = 0; i < n; i++)
        frames[i] = test_frame (builder, names[i]);
      GError *error = NULL;
      thaw_thread_builder_add_stack (thread, frames, n, g_ascii_strtod (space + 1, NULL), &error);
      g_assert_no_error (error);
    }
}

ThawProfile *
test_profile (const char *text)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadSpec spec = { .id = -1, .name = "main" };
  guint32 process = thaw_profile_builder_add_process (builder, -1, NULL);
  GError *error = NULL;
  test_feed (builder, thaw_profile_builder_add_thread (builder, process, &spec, NULL), text);
  ThawProfile *profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

/* Appends the path of @node, root first. */
static void
append_path (GString *text, const ThawProfile *profile, const ThawTree *tree, guint32 node)
{
  guint32 depth = thaw_tree_depth (tree, node);
  g_autofree guint32 *path = g_new (guint32, depth + 1);
  for (guint32 i = depth; i > 0; i--, node = tree->parent[node])
    path[i - 1] = tree->frame[node];
  for (guint32 i = 0; i < depth; i++)
    {
      g_string_append_printf (text, "%s%s", i > 0 ? ";" : "",
                              thaw_profile_frame_name (profile, tree->key, path[i]));
      if (path[i] >= THAW_FRAME_FIRST_SPECIAL)
        continue;
      guint32 number = thaw_profile_frame_function (profile, tree->key, path[i]);
      const ThawFunction *function = thaw_profile_get_function (profile, number);
      if (function->line > 0)
        g_string_append_printf (text, "#%u", function->line);
      if (tree->key == THAW_KEY_LOCATION && thaw_profile_get_location (profile, path[i])->line > 0)
        g_string_append_printf (text, "@%u", thaw_profile_get_location (profile, path[i])->line);
    }
}

char *
test_dump_tree (const ThawProfile *profile, const ThawTree *tree)
{
  GString *text = g_string_new (NULL);
  for (guint32 node = 0; node < tree->n_nodes; node++)
    {
      if (!(fabs (tree->self[node]) > 0) && (node == 0 || tree->calls == NULL))
        continue;
      append_path (text, profile, tree, node);
      g_string_append_printf (text, " %.10g", tree->self[node]);
      if (tree->calls != NULL)
        g_string_append_printf (text, " x%.10g", tree->calls[node]);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

char *
test_dump (const ThawProfile *profile, guint32 thread)
{
  return test_dump_tree (profile, thaw_profile_get_location_tree (profile, thread));
}

char *
test_dump_sequence (const ThawProfile *profile, guint32 thread)
{
  const ThawSequence *sequence = thaw_profile_get_sequence (profile, thread);
  GString *text = g_string_new (NULL);
  for (gsize i = 0; i < sequence->n; i++)
    {
      append_path (text, profile, thaw_profile_get_location_tree (profile, thread),
                   sequence->node[i]);
      g_string_append_printf (text, " %.10g",
                              sequence->value != NULL ? sequence->value[i] : sequence->constant);
      if (sequence->keep != NULL)
        g_string_append_printf (text, " =%u", sequence->keep[i]);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

char *
test_dump_edges (const ThawProfile *profile, guint32 thread)
{
  const ThawEdges *edges = thaw_profile_get_edges (profile, thread);
  GString *text = g_string_new (NULL);
#define NAME(row) thaw_profile_get_function (profile, edges->functions[row].function)->name
  for (guint32 i = 0; i < edges->n_functions; i++)
    {
      const ThawEdgeFunction *row = &edges->functions[i];
      g_string_append_printf (text, "%s %d/%d %.10g %.10g\n", NAME (i), (int) row->calls,
                              (int) row->primitive_calls, row->self, row->total);
    }
  for (guint32 i = 0; i < edges->n_edges; i++)
    {
      const ThawEdge *edge = &edges->edges[i];
      g_string_append_printf (text, "%s>%s %d/%d %.10g %.10g\n", NAME (edge->caller),
                              NAME (edge->callee), (int) edge->calls, (int) edge->primitive_calls,
                              edge->self, edge->total);
    }
#undef NAME
  return g_string_free (text, FALSE);
}

void
test_check_tree (const ThawTree *tree)
{
  guint32 n = tree->n_nodes;
  g_autofree guint32 *end = g_new (guint32, n);
  g_autofree double *total = g_memdup2 (tree->self, n * sizeof (double));

  g_assert_cmpuint (tree->parent[0], ==, THAW_NODE_NONE);
  g_assert_cmpuint (tree->frame[0], ==, THAW_FRAME_ROOT);
  for (guint32 node = 0; node < n; node++)
    end[node] = node + 1;
  for (guint32 node = n - 1; node > 0; node--)
    {
      guint32 parent = tree->parent[node];
      g_assert_cmpuint (parent, <, node);
      g_assert_cmpuint (tree->subtree_end[parent], >=, tree->subtree_end[node]);
      end[parent] = MAX (end[parent], end[node]);
      total[parent] += total[node];
    }
  for (guint32 node = 0; node < n; node++)
    {
      g_assert_cmpuint (tree->subtree_end[node], ==, end[node]);
      g_assert_cmpfloat (tree->total[node], ==, total[node]);
    }
}
