/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints the tree that is reconstructed from a pstats file, for truth/compare.py to judge: per node
 * a line of path, self, total, lower and upper bound, separated by tabs. Frames read
 * "file:line:name", or the bare name of a C function, and are joined by semicolons, root first.
 */
#include <locale.h>
#include <stdlib.h>

#include "thaw-import.h"
#include "thaw-reconstruct.h"

/* Appends the frame of @node to the path of its parent. */
static char *
extend_path (const ThawProfile *profile, const ThawTree *tree, guint32 node, const char *above)
{
  guint32 frame = tree->frame[node];
  g_autofree char *text = NULL;

  if (frame >= THAW_FRAME_FIRST_SPECIAL)
    text = g_strdup (thaw_profile_frame_name (profile, tree->key, frame));
  else
    {
      const ThawFunction *function = thaw_profile_get_function (profile, frame);

      text = function->file == NULL
                 ? g_strdup (function->name)
                 : g_strdup_printf ("%s:%u:%s", function->file, function->line, function->name);
    }
  g_strdelimit (text, ";", ',');
  g_strdelimit (text, "\n", ' ');
  return *above != '\0' ? g_strconcat (above, ";", text, NULL) : g_steal_pointer (&text);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (ThawProfile) profile = NULL;
  g_autoptr (ThawReconstruction) reconstruction = NULL;
  g_autoptr (ThawTree) tree = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  setlocale (LC_ALL, "C");
  if (argc != 3)
    {
      g_printerr ("Usage: %s PSTATS EPSILON\n", argv[0]);
      return 2;
    }
  file = g_file_new_for_commandline_arg (argv[1]);
  profile = thaw_import_file (file, NULL, NULL, NULL, &error);
  if (profile != NULL)
    reconstruction = thaw_reconstruction_new (profile, 0, NULL, &error);
  if (reconstruction != NULL)
    tree = thaw_reconstruction_expand (reconstruction, g_ascii_strtod (argv[2], NULL), NULL,
                                       &error);
  if (tree == NULL)
    {
      g_printerr ("%s: %s\n", argv[1], error->message);
      return 3;
    }
  g_ptr_array_add (paths, g_strdup (""));
  for (guint32 node = 1; node < tree->n_nodes; node++)
    {
      g_ptr_array_add (paths, extend_path (profile, tree, node, paths->pdata[tree->parent[node]]));
      g_print ("%s\t%.17g\t%.17g\t%.9g\t%.9g\n", (char *) paths->pdata[node], tree->self[node],
               tree->total[node], (double) tree->lower[node], (double) tree->upper[node]);
    }
  g_printerr ("imbalance %.3g\n", thaw_reconstruction_get_imbalance (reconstruction));
  return 0;
}
