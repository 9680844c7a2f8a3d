/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules of CPython's _lsprof: every call adds to calls and self time of its function and edge;
 * only the outermost call of a function, or of an edge, adds to its primitive calls and total.
 */
#include "call-recorder.h"

#include <stdlib.h>
#include <string.h>

#include "thaw-profile-builder.h"

typedef struct
{
  guint64 calls;
  guint64 primitive;
  double self;
  double total;
  guint32 level;
} Counters;

typedef struct
{
  guint32 function;
  guint32 parent;
  double self;
} TrueNode;

typedef struct
{
  guint32 function;
  guint32 node;
  Counters *edge; /* NULL for a root */
  double start;
  double below;
} Frame;

struct _CallRecorder
{
  guint32 n_functions;
  double now;
  Counters *functions;
  GHashTable *edges;    /* caller × n + callee → Counters */
  GHashTable *children; /* node × n + function → node */
  GArray *nodes;        /* of TrueNode; the first is the root */
  GArray *stack;        /* of Frame */
};

CallRecorder *
call_recorder_new (guint32 n_functions)
{
  CallRecorder *recorder = g_new0 (CallRecorder, 1);
  TrueNode root = { 0 };

  recorder->n_functions = n_functions;
  recorder->functions = g_new0 (Counters, n_functions);
  recorder->edges = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  recorder->children = g_hash_table_new (NULL, NULL);
  recorder->nodes = g_array_new (FALSE, FALSE, sizeof (TrueNode));
  recorder->stack = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_array_append_val (recorder->nodes, root);
  return recorder;
}

void
call_recorder_free (CallRecorder *recorder)
{
  g_free (recorder->functions);
  g_hash_table_unref (recorder->edges);
  g_hash_table_unref (recorder->children);
  g_array_unref (recorder->nodes);
  g_array_unref (recorder->stack);
  g_free (recorder);
}

static gpointer
pair_key (const CallRecorder *recorder, guint32 first, guint32 second)
{
  return GSIZE_TO_POINTER ((gsize) first * recorder->n_functions + second);
}

static Frame *
innermost (const CallRecorder *recorder)
{
  return recorder->stack->len > 0
             ? &g_array_index (recorder->stack, Frame, recorder->stack->len - 1)
             : NULL;
}

static guint32
child_of (CallRecorder *recorder, guint32 parent, guint32 function)
{
  gpointer key = pair_key (recorder, parent, function);
  guint32 node = GPOINTER_TO_UINT (g_hash_table_lookup (recorder->children, key));
  TrueNode fresh = { function, parent, 0 };

  if (node > 0)
    return node;
  node = recorder->nodes->len;
  g_array_append_val (recorder->nodes, fresh);
  g_hash_table_insert (recorder->children, key, GUINT_TO_POINTER (node));
  return node;
}

void
call_recorder_enter (CallRecorder *recorder, guint32 function)
{
  const Frame *caller = innermost (recorder);
  Frame frame = { .function = function, .start = recorder->now };

  frame.node = child_of (recorder, caller != NULL ? caller->node : 0, function);
  if (caller != NULL)
    {
      gpointer key = pair_key (recorder, caller->function, function);

      frame.edge = g_hash_table_lookup (recorder->edges, key);
      if (frame.edge == NULL)
        {
          frame.edge = g_new0 (Counters, 1);
          g_hash_table_insert (recorder->edges, key, frame.edge);
        }
      frame.edge->level++;
    }
  recorder->functions[function].level++;
  g_array_append_val (recorder->stack, frame);
}

void
call_recorder_spend (CallRecorder *recorder, double time)
{
  recorder->now += time;
  g_array_index (recorder->nodes, TrueNode, innermost (recorder)->node).self += time;
}

static void
count (Counters *counters, double self, double total)
{
  counters->calls++;
  counters->self += self;
  if (--counters->level > 0)
    return;
  counters->primitive++;
  counters->total += total;
}

void
call_recorder_leave (CallRecorder *recorder)
{
  Frame frame = *innermost (recorder);
  double total = recorder->now - frame.start;

  g_array_set_size (recorder->stack, recorder->stack->len - 1);
  count (&recorder->functions[frame.function], total - frame.below, total);
  if (frame.edge == NULL)
    return;
  count (frame.edge, total - frame.below, total);
  innermost (recorder)->below += total;
}

guint32
call_recorder_get_depth (const CallRecorder *recorder)
{
  return recorder->stack->len;
}

/* A builder with one thread, for profiles of edges. */
static ThawThreadBuilder *
begin_profile (ThawProfileBuilder *builder)
{
  const ThawThreadSpec spec = { .id = -1, .name = "" };
  guint32 process = thaw_profile_builder_add_process (builder, -1, "test");

  thaw_profile_builder_set_unit (builder, THAW_UNIT_SECONDS, THAW_MEANING_WALL);
  return thaw_profile_builder_add_thread (builder, process, &spec, NULL);
}

static guint32
add_frame (ThawProfileBuilder *builder, const char *name)
{
  const ThawFrameSpec spec = { .name = name, .file = "m.py", .first_line = 1 };

  return thaw_profile_builder_add_frame (builder, &spec);
}

ThawProfile *
call_recorder_make_profile (const CallRecorder *recorder)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadBuilder *thread = begin_profile (builder);
  g_autofree guint32 *slots = g_new (guint32, recorder->n_functions);
  GHashTableIter iter;
  gpointer key, value;

  for (guint32 i = 0; i < recorder->n_functions; i++)
    {
      const Counters *row = &recorder->functions[i];
      g_autofree char *name = g_strdup_printf ("f%u", i);

      slots[i] = add_frame (builder, name);
      if (row->calls > 0)
        thaw_thread_builder_add_function (thread, slots[i], row->calls, row->primitive, row->self,
                                          row->total, NULL);
    }
  g_hash_table_iter_init (&iter, recorder->edges);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Counters *edge = value;
      gsize pair = GPOINTER_TO_SIZE (key);

      thaw_thread_builder_add_edge (thread, slots[pair / recorder->n_functions],
                                    slots[pair % recorder->n_functions], edge->calls,
                                    edge->primitive, edge->self, edge->total, NULL);
    }
  return thaw_profile_builder_finish (builder, NULL);
}

/* Whether a function can reach another over one call or more, by Warshall's closure. */
static gboolean *
close_over (const CallRecorder *recorder)
{
  guint32 n = recorder->n_functions;
  gboolean *reaches = g_new0 (gboolean, (gsize) n * n);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, recorder->edges);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    reaches[GPOINTER_TO_SIZE (key)] = TRUE;
  for (guint32 via = 0; via < n; via++)
    for (guint32 from = 0; from < n; from++)
      for (guint32 to = 0; reaches[from * n + via] && to < n; to++)
        reaches[from * n + to] |= reaches[via * n + to];
  return reaches;
}

/* Appends @function to the folded path @path of function numbers. */
static void
fold_step (GArray *path, guint32 function, const gboolean *reaches, guint32 n)
{
  guint first = path->len;

  while (first > 0)
    {
      guint32 above = g_array_index (path, guint32, first - 1);

      if (above != function && !(reaches[above * n + function] && reaches[function * n + above]))
        break;
      first--;
    }
  if (first < path->len)
    {
      g_array_set_size (path, first + 1);
      if (g_array_index (path, guint32, first) == function)
        return;
    }
  g_array_append_val (path, function);
}

/* Adds @self to every prefix of @path. */
static void
add_to_prefixes (GHashTable *totals, const GArray *path, double self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < path->len; i++)
    {
      double *total;

      g_string_append_printf (text, "%sf%u", i > 0 ? ";" : "", g_array_index (path, guint32, i));
      total = g_hash_table_lookup (totals, text->str);
      if (total == NULL)
        {
          total = g_new0 (double, 1);
          g_hash_table_insert (totals, g_strdup (text->str), total);
        }
      *total += self;
    }
}

GHashTable *
call_recorder_fold (const CallRecorder *recorder)
{
  GHashTable *totals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree gboolean *reaches = close_over (recorder);
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 1; i < recorder->nodes->len; i++)
    {
      g_array_set_size (way, 0);
      g_array_set_size (path, 0);
      for (guint32 node = i; node > 0;
           node = g_array_index (recorder->nodes, TrueNode, node).parent)
        g_array_append_val (way, g_array_index (recorder->nodes, TrueNode, node).function);
      for (guint k = way->len; k > 0; k--)
        fold_step (path, g_array_index (way, guint32, k - 1), reaches, recorder->n_functions);
      add_to_prefixes (totals, path, g_array_index (recorder->nodes, TrueNode, i).self);
    }
  return totals;
}

CallRecorder *
call_recorder_play (guint32 n_functions, guint32 n_calls, guint32 seed)
{
  CallRecorder *recorder = call_recorder_new (n_functions);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  while (n_calls > 0)
    {
      call_recorder_enter (recorder, 0);
      while (call_recorder_get_depth (recorder) > 0)
        {
          guint32 depth = recorder->stack->len;
          guint32 here = innermost (recorder)->function;
          guint32 above = depth > 1 ? g_array_index (recorder->stack, Frame, depth - 2).function
                                    : 0;
          guint32 choice = g_rand_int_range (rand, 0, 3);
          guint32 context = g_rand_int_range (rand, 0, 4) == 0 ? above : 0;
          /* Mostly forward by a few, at times back: that makes cycles. */
          guint32 step = (here * 7 + choice * 5 + context * 3) % 4 + 1;
          guint32 next = (here * 31 + choice) % 7 == 0 ? here - MIN (here, step) : here + step;

          call_recorder_spend (recorder, g_rand_double (rand) * (1 + here % 5) / 1024);
          if (n_calls > 0 && depth < 40 && next < n_functions && g_rand_int_range (rand, 0, 5) > 1)
            {
              call_recorder_enter (recorder, next);
              n_calls--;
            }
          else
            call_recorder_leave (recorder);
        }
    }
  return recorder;
}

ThawProfile *
profile_from_edges (const char *text)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  ThawThreadBuilder *thread = begin_profile (builder);
  g_auto (GStrv) lines = g_strsplit_set (text, "\n", -1);
  ThawProfile *profile;

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) words = g_strsplit (*line, " ", -1);
      char *slash, *arrow;
      guint32 slot;
      double self, total;

      if (g_strv_length (words) != 4)
        continue;
      slash = strchr (words[1], '/');
      self = g_ascii_strtod (words[2], NULL);
      total = g_ascii_strtod (words[3], NULL);
      arrow = strchr (words[0], '>');
      if (arrow != NULL)
        *arrow = '\0';
      slot = add_frame (builder, words[0]);
      if (arrow != NULL)
        thaw_thread_builder_add_edge (thread, slot, add_frame (builder, arrow + 1),
                                      strtoul (words[1], NULL, 10), strtoul (slash + 1, NULL, 10),
                                      self, total, NULL);
      else
        thaw_thread_builder_add_function (thread, slot, strtoul (words[1], NULL, 10),
                                          strtoul (slash + 1, NULL, 10), self, total, NULL);
    }
  profile = thaw_profile_builder_finish (builder, NULL);
  g_assert_nonnull (profile);
  return profile;
}
