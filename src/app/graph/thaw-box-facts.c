/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a node's numbers to sentences. Pure functions of immutable data; no widgets.
 */
#include "thaw-box-facts.h"

#include <math.h>
#include <glib/gi18n-lib.h>
#include "thaw-format.h"
#include "thaw-origin.h"

#define MAX_LINES 5
/* How long one picture stands on a screen of 60 Hz. */
#define FRAME_SECONDS (1.0 / 60)

static void
clear_line (gpointer data)
{
  ThawBoxLine *line = data;

  g_free (line->line);
  g_free (line->value);
}

/* The place of the function, with the running line where the tree is by line. */
static char *
describe_place (const ThawProfile *profile, const ThawTree *tree, guint32 node)
{
  guint32 frame = tree->frame[node];

  if (frame >= THAW_FRAME_FIRST_SPECIAL)
    return g_strdup ("");
  ThawFunction function = *thaw_profile_get_function (
      profile, thaw_profile_frame_function (profile, tree->key, frame));
  if (tree->key == THAW_KEY_LOCATION)
    {
      const ThawLocation *location = thaw_profile_get_location (profile, frame);
      if (location->line > 0)
        function.line = location->line;
    }
  return thaw_place_of (&function);
}

static char *
describe_total (const ThawProfile *profile, const ThawTree *tree, guint32 node, double zoomed_total)
{
  g_autofree char *value = thaw_format_value (thaw_profile_get_unit (profile), tree->total[node]);
  g_autofree char *share = thaw_format_share (tree->total[node] / tree->total[0]);

  if (zoomed_total > 0 && zoomed_total < tree->total[0])
    {
      g_autofree char *of_zoomed = thaw_format_share (tree->total[node] / zoomed_total);
      /* Translators: a time, and which share of the thread and of the zoomed box that is. */
      return g_strdup_printf (_ ("total %s · %s of thread · %s of view"), value, share, of_zoomed);
    }
  /* Translators: a time, and which share of the thread that is. */
  return g_strdup_printf (_ ("total %s · %s of thread"), value, share);
}

static char *
describe_self (const ThawProfile *profile, const ThawTree *tree, guint32 node)
{
  g_autofree char *value = thaw_format_value (thaw_profile_get_unit (profile), tree->self[node]);
  g_autofree char *share = thaw_format_share (tree->self[node] / tree->total[0]);

  return g_strdup_printf (_ ("self %s · %s"), value, share);
}

/* How often, and how long each time; and the warning, when that is too long for a GUI thread. */
static void
describe_calls (ThawBoxFacts *facts, const ThawProfile *profile, ThawLane *lane, guint32 node)
{
  const ThawTree *tree = thaw_lane_get_tree (lane);
  ThawUnit unit = thaw_profile_get_unit (profile);

  if (tree->calls == NULL || !(tree->calls[node] > 0))
    return;
  double per_call = tree->total[node] / tree->calls[node];
  gboolean estimated = tree->reconstructed && tree->calls[node] != floor (tree->calls[node]);
  /* An estimate of few calls is no whole number. */
  g_autofree char *count = estimated && tree->calls[node] < 9.95
                               ? g_strdup_printf ("%.1f", tree->calls[node])
                               : thaw_format_count (round (tree->calls[node]));
  g_autofree char *each = thaw_format_value (unit, per_call);
  gulong n = (gulong) CLAMP (ceil (tree->calls[node]), estimated ? 2 : 1, 1e6);

  if (estimated)
    facts->calls = g_strdup_printf (
        ngettext ("about %s call · %s per call", "about %s calls · %s per call", n), count, each);
  else
    facts->calls = g_strdup_printf (ngettext ("%s call · %s per call", "%s calls · %s per call", n),
                                    count, each);

  guint n_threads;
  const guint32 *threads = thaw_lane_get_threads (lane, &n_threads);
  gboolean is_gui = n_threads == 1 &&
                    g_str_equal (thaw_profile_get_thread (profile, threads[0])->role, "gui");
  if (is_gui && per_call * thaw_unit_seconds (unit) > FRAME_SECONDS)
    facts->warning = g_strdup (_ ("over one frame of 16.7 ms per call"));
}

static char *
describe_estimate (const ThawProfile *profile, const ThawTree *tree, guint32 node)
{
  ThawUnit unit = thaw_profile_get_unit (profile);

  if (!tree->reconstructed || tree->flags == NULL)
    return NULL;
  if ((tree->flags[node] & THAW_NODE_ESTIMATED) == 0)
    return g_strdup (_ ("exact"));
  g_autofree char *low = thaw_format_value (unit, tree->lower[node]);
  g_autofree char *high = thaw_format_value (unit, tree->upper[node]);
  if (g_str_equal (low, high))
    return g_strdup (_ ("estimated, but certain to every digit shown"));
  return g_strdup_printf (_ ("estimated: at least %s, at most %s"), low, high);
}

static char *
describe_special (const ThawTree *tree, guint32 node)
{
  if (tree->frame[node] == THAW_FRAME_PRUNED)
    return g_strdup (_ ("Calls too small to be worked out at first. Click to work them out."));
  if (tree->frame[node] == THAW_FRAME_UNATTRIBUTED)
    return g_strdup (_ ("Time that no recorded call explains."));
  if (tree->flags != NULL && (tree->flags[node] & THAW_NODE_FOLDED) != 0)
    return g_strdup (_ ("↻ Recursive: calls that lead back here are folded into this box."));
  return NULL;
}

/**
 * thaw_box_facts_new:
 * @profile: the lane's profile
 * @lane: a lane
 * @node: a node of its tree, not 0
 * @zoomed_total: value of the box that is zoomed into; 0 for none
 *
 * Returns: (transfer full): what is to be said of the box, without its lines
 */
ThawBoxFacts *
thaw_box_facts_new (const ThawProfile *profile, ThawLane *lane, guint32 node, double zoomed_total)
{
  const ThawTree *tree = thaw_lane_get_tree (lane);
  g_return_val_if_fail (node > 0 && node < tree->n_nodes, NULL);
  ThawBoxFacts *facts = g_new0 (ThawBoxFacts, 1);

  facts->name = thaw_display_frame (profile, tree->key, tree->frame[node]);
  facts->place = describe_place (profile, tree, node);
  facts->total = describe_total (profile, tree, node, zoomed_total);
  facts->self = describe_self (profile, tree, node);
  facts->estimate = describe_estimate (profile, tree, node);
  facts->note = describe_special (tree, node);
  facts->lines = g_array_new (FALSE, TRUE, sizeof (ThawBoxLine));
  g_array_set_clear_func (facts->lines, clear_line);
  describe_calls (facts, profile, lane, node);
  return facts;
}

static int
compare_costs (gconstpointer a, gconstpointer b)
{
  const ThawLineCost *left = a, *right = b;

  if (left->total != right->total)
    return left->total > right->total ? -1 : 1;
  return left->line < right->line ? -1 : left->line > right->line;
}

/* Adds the costliest lines inside the box, where the capture has them and the box is not one line or
 * one moment anyway. Walks location trees, and so is worth a pause of the pointer. */
void
thaw_box_facts_add_lines (ThawBoxFacts *facts,
                          const ThawProfile *profile,
                          ThawLane *lane,
                          guint32 node)
{
  ThawTree *tree = thaw_lane_get_tree (lane);
  guint n_threads;
  const guint32 *threads = thaw_lane_get_threads (lane, &n_threads);

  g_array_set_size (facts->lines, 0);
  if (tree->key != THAW_KEY_FUNCTION || tree->in_time_order || !thaw_profile_has_lines (profile) ||
      tree->frame[node] >= THAW_FRAME_FIRST_SPECIAL)
    return;

  g_autoptr (GArray) costs = thaw_trees_node_lines (profile, threads, n_threads, tree, node);
  if (costs == NULL)
    return;
  g_array_sort (costs, compare_costs);
  for (guint i = 0; i < MIN (costs->len, MAX_LINES); i++)
    {
      const ThawLineCost *cost = &g_array_index (costs, ThawLineCost, i);
      if (cost->line == 0)
        continue;
      ThawBoxLine line = {
        .line = g_strdup_printf (_ ("line %u"), cost->line),
        .value = thaw_format_value (thaw_profile_get_unit (profile), cost->total),
        .share = CLAMP (cost->total / tree->total[node], 0, 1),
      };
      g_array_append_val (facts->lines, line);
    }
}

/* All of it in one line, as it is read out; (transfer full). */
char *
thaw_box_facts_to_text (const ThawBoxFacts *facts)
{
  const char *parts[] = { facts->name,  facts->place,    facts->total, facts->self,
                          facts->calls, facts->estimate, facts->note,  facts->warning };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] == NULL || parts[i][0] == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, parts[i]);
    }
  return g_string_free (text, FALSE);
}

void
thaw_box_facts_free (ThawBoxFacts *facts)
{
  g_free (facts->name);
  g_free (facts->place);
  g_free (facts->total);
  g_free (facts->self);
  g_free (facts->calls);
  g_free (facts->estimate);
  g_free (facts->note);
  g_free (facts->warning);
  g_array_unref (facts->lines);
  g_free (facts);
}

char *
thaw_box_stack_text (const ThawProfile *profile, const ThawTree *tree, guint32 node)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint32));
  GString *text = g_string_new (NULL);

  for (guint32 i = node; i != THAW_NODE_NONE && i != 0; i = tree->parent[i])
    g_array_append_val (path, i);
  for (guint i = path->len; i-- > 0;)
    {
      guint32 step = g_array_index (path, guint32, i);
      g_autofree char *place = describe_place (profile, tree, step);

      g_autofree char *name = thaw_display_frame (
          profile, THAW_KEY_FUNCTION,
          thaw_profile_frame_function (profile, tree->key, tree->frame[step]));
      g_string_append (text, name);
      if (place[0] != '\0')
        g_string_append_printf (text, " (%s)", place);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
