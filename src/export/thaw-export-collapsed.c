/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Collapsed stacks: a line a path with time of its own, root first, sorted by bytes; in the capture's
 * unit, whole numbers as such.
 *
 * Processes and threads with ids become root frames as py-spy writes them; without ids they become
 * plain frames, where there are several. Threads under the same roots are merged. A capture of
 * Tachyon's is written in Tachyon's spelling. “;” in a name would part it and becomes “:”, line ends
 * become spaces.
 *
 * Only node numbers are sorted; their texts are compared on the way, from where two paths part.
 */
#include "thaw-export-private.h"
#include "thaw-writer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The threads under one set of roots. */
typedef struct
{
  char *roots;     /* "process 1:\"x\";thread (2): y", or "" */
  GArray *threads; /* of guint32 */
  ThawTree *tree;  /* of all of them */
} Group;

typedef struct
{
  guint32 group;
  guint32 node;
} Line;

typedef struct
{
  const ThawProfile *profile;
  gboolean tachyon; /* its spelling rather than py-spy's */
  ThawTreeKey key;
  char **texts; /* per frame number, made when first asked for */
  guint32 n_texts;
  GArray *groups; /* of Group */
  GArray *lines;  /* of Line */
  GString *left;  /* scratch of the comparison */
  GString *right;
} Collapsed;

static void
group_clear (gpointer data)
{
  Group *group = data;
  g_free (group->roots);
  g_array_unref (group->threads);
  g_clear_pointer (&group->tree, thaw_tree_unref);
}

/* Makes one frame of a text: nothing in it ends a frame or a line. */
static char *
one_frame (char *text)
{
  g_strdelimit (text, ";", ':');
  return g_strdelimit (text, "\n\r\t", ' ');
}

/* How a frame of a tree is written; valid as long as @collapsed. */
static const char *
frame_text (Collapsed *collapsed, guint32 frame)
{
  if (frame >= THAW_FRAME_FIRST_SPECIAL)
    return thaw_profile_frame_name (collapsed->profile, collapsed->key, frame);
  if (collapsed->texts[frame] != NULL)
    return collapsed->texts[frame];

  guint32 number = thaw_profile_frame_function (collapsed->profile, collapsed->key, frame);
  guint32 line = thaw_export_line (collapsed->profile, collapsed->key, frame);
  const ThawFunction *function = thaw_profile_get_function (collapsed->profile, number);
  const char *name = function->name;
  char *text;
  if (function->file == NULL)
    text = g_strdup (name);
  else if (collapsed->tachyon && line > 0)
    text = g_strdup_printf ("%s:%s:%u", function->file, name, line);
  else if (line > 0)
    text = g_strdup_printf ("%s (%s:%u)", name, function->file, line);
  else
    text = g_strdup_printf ("%s (%s)", name, function->file);
  return collapsed->texts[frame] = one_frame (text);
}

/* Parts a root frame from what follows. */
static void
append_root (GString *roots, char *frame)
{
  if (roots->len > 0)
    g_string_append_c (roots, ';');
  g_string_append (roots, frame);
  g_free (frame);
}

/* Appends a process with those that started it, the first of them first. @several: whether there are
 * other processes to tell it from. */
static void
append_process (GString *roots, const ThawProfile *profile, guint32 process, gboolean several)
{
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 at = process; at != THAW_PROCESS_NONE;
       at = thaw_profile_get_process (profile, at)->parent)
    g_array_append_val (chain, at);
  for (guint i = chain->len; i-- > 0;)
    {
      const ThawProcess *p = thaw_profile_get_process (profile, g_array_index (chain, guint32, i));
      if (p->pid >= 0)
        {
          /* Not one_frame(): py-spy leaves “;” within the quotes, and importers know it. */
          char *text = g_strdup_printf ("process %" G_GINT64_FORMAT ":\"%s\"", p->pid, p->name);
          append_root (roots, g_strdelimit (text, "\n\r\t", ' '));
        }
      else if (several && *p->name != '\0')
        append_root (roots, one_frame (g_strdup (p->name)));
    }
}

/* Appends a thread. Ids that no operating system gives are those of pthreads, written in base 16. */
static void
append_thread (GString *roots, const ThawThread *thread, gboolean tachyon, gboolean several)
{
  g_autofree char *id = g_strdup_printf (
      thread->id > G_MAXUINT32 ? "0x%" G_GINT64_MODIFIER "X" : "%" G_GINT64_FORMAT, thread->id);
  if (thread->id >= 0 && tachyon)
    append_root (roots, g_strconcat ("tid:", id, NULL));
  else if (thread->id >= 0 && *thread->name != '\0')
    append_root (roots, one_frame (g_strdup_printf ("thread (%s): %s", id, thread->name)));
  else if (thread->id >= 0)
    append_root (roots, g_strdup_printf ("thread (%s)", id));
  else if (several && *thread->name != '\0')
    append_root (roots, one_frame (g_strdup (thread->name)));
}

/* Sorts the threads into groups of the same roots. */
static void
make_groups (Collapsed *collapsed, const GArray *threads)
{
  const ThawProfile *profile = collapsed->profile;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean several = FALSE;

  for (guint i = 1; i < threads->len; i++)
    several |= thaw_profile_get_thread (profile, g_array_index (threads, guint32, i))->process !=
               thaw_profile_get_thread (profile, g_array_index (threads, guint32, 0))->process;
  for (guint i = 0; i < threads->len; i++)
    {
      guint32 number = g_array_index (threads, guint32, i);
      const ThawThread *thread = thaw_profile_get_thread (profile, number);
      g_autoptr (GString) roots = g_string_new (NULL);
      append_process (roots, profile, thread->process, several);
      append_thread (roots, thread, collapsed->tachyon, threads->len > 1);

      guint index = GPOINTER_TO_UINT (g_hash_table_lookup (known, roots->str));
      if (index == 0)
        {
          Group fresh = { g_strdup (roots->str), g_array_new (FALSE, FALSE, sizeof (guint32)),
                          NULL };
          g_array_append_val (collapsed->groups, fresh);
          index = collapsed->groups->len;
          g_hash_table_insert (known, fresh.roots, GUINT_TO_POINTER (index));
        }
      g_array_append_val (g_array_index (collapsed->groups, Group, index - 1).threads, number);
    }
}

/* Whether a node is a line: it has time of its own, or is the end of a path that was seen without. */
static gboolean
is_line (const ThawTree *tree, guint32 node)
{
  if (fabs (tree->self[node]) > 0)
    return TRUE;
  return node > 0 && tree->subtree_end[node] == node + 1 && tree->calls == NULL;
}

/* Makes the tree of every group and collects the lines. */
static gboolean
collect_lines (Collapsed *collapsed, GCancellable *cancellable, GError **error)
{
  ThawTreeOptions tree_options = { .key = collapsed->key };
  for (guint i = 0; i < collapsed->groups->len; i++)
    {
      Group *group = &g_array_index (collapsed->groups, Group, i);
      const guint32 *threads = (const guint32 *) (gpointer) group->threads->data;
      group->tree = thaw_trees_for_threads (collapsed->profile, threads, group->threads->len,
                                            &tree_options, cancellable, error);
      if (group->tree == NULL)
        return FALSE;
      for (guint32 node = 0; node < group->tree->n_nodes; node++)
        if (is_line (group->tree, node))
          {
            Line line = { i, node };
            g_array_append_val (collapsed->lines, line);
          }
    }
  return TRUE;
}

/* Appends a line's text from below @above on, or from its beginning when that is NONE. */
static void
append_line (Collapsed *collapsed, const Line *line, guint32 above, GString *text)
{
  const Group *group = &g_array_index (collapsed->groups, Group, line->group);
  const ThawTree *tree = group->tree;
  gsize start = text->len;
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (above == THAW_NODE_NONE)
    g_string_append (text, group->roots);
  for (guint32 node = line->node; node != above && node != 0; node = tree->parent[node])
    g_array_append_val (path, tree->frame[node]);
  gboolean parted = above != THAW_NODE_NONE && (above != 0 || *group->roots != '\0');
  for (guint i = path->len; i-- > 0;)
    {
      if (parted || text->len > start)
        g_string_append_c (text, ';');
      g_string_append (text, frame_text (collapsed, g_array_index (path, guint32, i)));
    }
  g_string_append_c (text, ' ');
  thaw_append_plain_number (text, tree->self[line->node]);
}

/* The order of two lines' texts from below @above on, written out in full. */
static int
compare_texts (Collapsed *collapsed, const Line *a, const Line *b, guint32 above)
{
  g_string_truncate (collapsed->left, 0);
  g_string_truncate (collapsed->right, 0);
  append_line (collapsed, a, above, collapsed->left);
  append_line (collapsed, b, above, collapsed->right);
  return strcmp (collapsed->left->str, collapsed->right->str);
}

/* Whether one text is the other's beginning, so that what follows decides. */
static gboolean
is_beginning (const char *a, const char *b)
{
  while (*a != '\0' && *a == *b)
    a++, b++;
  return *a == '\0' || *b == '\0';
}

/* Total order of lines: that of their bytes. Paths part at the children of their last common node,
 * whose texts mostly decide. */
static int
compare_lines (gconstpointer a, gconstpointer b, gpointer data)
{
  const Line *x = a, *y = b;
  Collapsed *collapsed = data;
  const Group *group = &g_array_index (collapsed->groups, Group, x->group);
  if (x->group != y->group)
    {
      const char *other = g_array_index (collapsed->groups, Group, y->group).roots;
      return is_beginning (group->roots, other) ? compare_texts (collapsed, x, y, THAW_NODE_NONE)
                                                : strcmp (group->roots, other);
    }

  const ThawTree *tree = group->tree;
  guint32 i = x->node, j = y->node, left = THAW_NODE_NONE, right = THAW_NODE_NONE;
  while (i != j)
    if (i > j)
      {
        left = i;
        i = tree->parent[i];
      }
    else
      {
        right = j;
        j = tree->parent[j];
      }
  if (left != THAW_NODE_NONE && right != THAW_NODE_NONE)
    {
      const char *text = frame_text (collapsed, tree->frame[left]);
      const char *other = frame_text (collapsed, tree->frame[right]);
      if (!is_beginning (text, other))
        return strcmp (text, other);
    }
  return compare_texts (collapsed, x, y, i);
}

/* Writes the sorted lines. */
static gboolean
put_lines (Collapsed *collapsed, GOutputStream *out, GCancellable *cancellable, GError **error)
{
  ThawWriter writer;
  g_autoptr (GString) text = g_string_new (NULL);
  thaw_writer_init (&writer, out, cancellable);
  for (guint i = 0; i < collapsed->lines->len; i++)
    {
      g_string_truncate (text, 0);
      append_line (collapsed, &g_array_index (collapsed->lines, Line, i), THAW_NODE_NONE, text);
      g_string_append_c (text, '\n');
      thaw_writer_text (&writer, text->str);
    }
  return thaw_writer_finish (&writer, error);
}

static gboolean
write_collapsed (const ThawProfile *profile,
                 const ThawExportOptions *options,
                 GOutputStream *out,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GArray) threads = thaw_export_threads (profile, options);
  Collapsed collapsed = {
    .profile = profile,
    .tachyon = strcmp (thaw_profile_get_tool (profile), "Tachyon") == 0,
    .key = options->lines ? THAW_KEY_LOCATION : THAW_KEY_FUNCTION,
    .n_texts = options->lines ? thaw_profile_get_n_locations (profile)
                              : thaw_profile_get_n_functions (profile),
    .groups = g_array_new (FALSE, FALSE, sizeof (Group)),
    .lines = g_array_new (FALSE, FALSE, sizeof (Line)),
    .left = g_string_new (NULL),
    .right = g_string_new (NULL),
  };
  collapsed.texts = g_new0 (char *, MAX (collapsed.n_texts, 1));
  g_array_set_clear_func (collapsed.groups, group_clear);

  make_groups (&collapsed, threads);
  gboolean fine = collect_lines (&collapsed, cancellable, error);
  if (fine)
    {
      g_array_sort_with_data (collapsed.lines, compare_lines, &collapsed);
      fine = put_lines (&collapsed, out, cancellable, error);
    }

  for (guint32 i = 0; i < collapsed.n_texts; i++)
    g_free (collapsed.texts[i]);
  g_free (collapsed.texts);
  g_array_unref (collapsed.groups);
  g_array_unref (collapsed.lines);
  g_string_free (collapsed.left, TRUE);
  g_string_free (collapsed.right, TRUE);
  return fine;
}

const ThawExporter thaw_exporter_collapsed = {
  .id = "collapsed",
  .title = N_ ("Collapsed stacks"),
  .suffix = "collapsed",
  .mime = "text/plain",
  .write = write_collapsed,
};
