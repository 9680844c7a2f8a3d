/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pstats files: what cProfile and profile write, and the tools that imitate them.
 *
 * The file is one marshalled dict: (file, line, name) → (cc, nc, tt, ct, callers), where callers is
 * a dict (file, line, name) → (nc, cc, tt, ct), the first two the other way round. cc counts
 * primitive calls, nc all calls, tt and ct are self and cumulative seconds. The pure-Python
 * profiler holds only a number of calls per caller; its times are shared out by calls. Entries that
 * cannot be understood are left out and reported; what the numbers mean together is for analysis/
 * to judge, except for the marks of several threads in one file, which only the file itself bears.
 */
#include "thaw-importers.h"
#include "thaw-marshal.h"
#include "thaw-pstats-labels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ABSURD 1e100 /* so that no sum overflows */

/* The cumulative time of a function, and the most that one of its callees has from it: less than
 * that can only be in a file that contradicts itself. */
typedef struct
{
  double total;
  double callee;
} Span;

/* What one load has at hand. */
typedef struct
{
  ThawMarshal *marshal;
  ThawProfileBuilder *builder;
  ThawThreadBuilder *thread;
  ThawPstatsLabels labels;
  GArray *spans; /* of Span, by slot */
  guint64 edges_left;
  /* Tallies for the warnings. */
  guint skipped;
  guint first_skipped;
  guint bad_numbers;
  guint counted_callers;
  guint uncounted;
  guint spliced;
} Load;

/* One row, or one edge, as the file gives it. */
typedef struct
{
  guint64 calls;
  guint64 primitive;
  double self;
  double total;
} Numbers;

static const ThawMarshalValue *
item (const Load *load, guint32 container, guint32 i)
{
  return &load->marshal->values[thaw_marshal_get_item (load->marshal, container, i)];
}

static void
skip (Load *load, const ThawMarshalValue *value)
{
  if (load->skipped++ == 0)
    load->first_skipped = value->offset;
}

static gboolean
is_number (const ThawMarshalValue *value)
{
  return value->type == THAW_MARSHAL_BOOL || value->type == THAW_MARSHAL_INT ||
         value->type == THAW_MARSHAL_FLOAT;
}

/* A number that is never below zero; what is impossible counts as zero. */
static double
read_number (Load *load, const ThawMarshalValue *value)
{
  double number = value->type == THAW_MARSHAL_FLOAT ? value->number : (double) value->integer;

  if (number >= 0.0 && number < ABSURD)
    return number;
  load->bad_numbers++;
  return 0.0;
}

/* A number of calls; samplers that write pstats put -1 for what they cannot know. */
static guint64
read_count (Load *load, const ThawMarshalValue *value)
{
  if (value->type == THAW_MARSHAL_FLOAT)
    return MIN (read_number (load, value), 0x1p62);
  if (value->integer == -1)
    load->uncounted++;
  else if (value->integer < 0)
    load->bad_numbers++;
  return MAX (value->integer, 0);
}

/* The four numbers of the tuple @value of at least four, from @at on, in the file's order. */
static gboolean
read_numbers (Load *load, guint32 tuple, guint32 at, gboolean is_edge, Numbers *numbers)
{
  guint64 first, second;

  for (guint32 i = 0; i < 4; i++)
    if (!is_number (item (load, tuple, at + i)))
      return FALSE;
  first = read_count (load, item (load, tuple, at));
  second = read_count (load, item (load, tuple, at + 1));
  numbers->calls += is_edge ? first : second;
  numbers->primitive += is_edge ? second : first;
  numbers->self += read_number (load, item (load, tuple, at + 2));
  numbers->total += read_number (load, item (load, tuple, at + 3));
  return TRUE;
}

/* An edge that holds its own numbers. Python before 2.7, when it added files up, put the tuples of
 * an edge end to end instead of adding them; so they are added here. */
static gboolean
read_edge_tuple (Load *load, guint32 tuple, Numbers *edge)
{
  guint32 length = load->marshal->values[tuple].length;

  if (length == 0 || length % 4 != 0)
    return FALSE;
  for (guint32 at = 0; at < length; at += 4)
    if (!read_numbers (load, tuple, at, TRUE, edge))
      return FALSE;
  return TRUE;
}

/* The numbers of calls of a callers dict that holds only such, summed; those of @callee itself
 * apart in @own. */
static void
sum_counts (Load *load, guint32 callers, guint32 callee, double *others, double *own)
{
  guint32 n = load->marshal->values[callers].length;

  *others = *own = 0.0;
  for (guint32 i = 0; i < n; i += 2)
    {
      const ThawMarshalValue *count = item (load, callers, i + 1);

      if (!is_number (count))
        continue;
      if (thaw_pstats_labels_read (&load->labels,
                                   thaw_marshal_get_item (load->marshal, callers, i)) == callee)
        *own += read_count (load, count);
      else
        *others += read_count (load, count);
    }
}

/* An edge of which only the calls are known: its share of @row's times, by calls. Cumulative time
 * is of outermost calls, which recursive ones are not. */
static void
apportion (const Numbers *row,
           guint64 calls,
           double others,
           double own,
           gboolean recursive,
           Numbers *edge)
{
  double known = MAX (others + own, (double) row->calls);

  edge->calls = calls;
  edge->self = known > 0.0 ? row->self * calls / known : 0.0;
  if (recursive)
    return;
  edge->primitive = calls;
  edge->total = known > own ? MAX (row->total * calls / (known - own), edge->self) : edge->self;
}

static Span *
span_of (Load *load, guint32 slot)
{
  if (slot >= load->spans->len)
    g_array_set_size (load->spans, slot + 1); /* cleared */
  return &g_array_index (load->spans, Span, slot);
}

static gboolean
add_callers (Load *load, guint32 callers, guint32 callee, const Numbers *row, GError **error)
{
  guint32 n = load->marshal->values[callers].length;
  double others = 0.0, own = 0.0;

  if (n / 2 > load->edges_left)
    {
      thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_BYTE, load->marshal->values[callers].offset,
                      _ ("The same callers are referred to again and again"));
      return FALSE;
    }
  load->edges_left -= n / 2;
  sum_counts (load, callers, callee, &others, &own);

  for (guint32 i = 0; i < n; i += 2)
    {
      guint32 caller = thaw_pstats_labels_read (&load->labels,
                                                thaw_marshal_get_item (load->marshal, callers, i));
      guint32 value = thaw_marshal_get_item (load->marshal, callers, i + 1);
      const ThawMarshalValue *content = &load->marshal->values[value];
      Numbers edge = { 0 };

      if (caller != THAW_PSTATS_NO_SLOT && is_number (content))
        {
          apportion (row, read_count (load, content), others, own, caller == callee, &edge);
          load->counted_callers++;
        }
      else if (caller == THAW_PSTATS_NO_SLOT || content->type != THAW_MARSHAL_TUPLE ||
               !read_edge_tuple (load, value, &edge))
        {
          skip (load, content);
          continue;
        }
      else if (edge.calls == 0 && edge.total == 0.0 && load->uncounted == 0)
        load->spliced++; /* entered, but never left */
      span_of (load, caller)->callee = MAX (span_of (load, caller)->callee, edge.total);
      if (!thaw_thread_builder_add_edge (load->thread, caller, callee, edge.calls, edge.primitive,
                                         edge.self, edge.total, error))
        return FALSE;
    }
  return TRUE;
}

/* One entry of the outermost dict: a function with its callers. */
static gboolean
add_entry (Load *load, guint32 label, guint32 entry, GError **error)
{
  const ThawMarshalValue *value = &load->marshal->values[entry];
  guint32 slot = thaw_pstats_labels_read (&load->labels, label);
  Numbers row = { 0 };

  if (slot == THAW_PSTATS_NO_SLOT || value->type != THAW_MARSHAL_TUPLE || value->length < 5 ||
      item (load, entry, 4)->type != THAW_MARSHAL_DICT ||
      !read_numbers (load, entry, 0, FALSE, &row))
    {
      skip (load, value);
      return TRUE;
    }
  if (row.primitive == 0 && row.calls > 0)
    load->spliced++;
  span_of (load, slot)->total += row.total;
  return thaw_thread_builder_add_function (load->thread, slot, row.calls, row.primitive, row.self,
                                           row.total, error) &&
         add_callers (load, thaw_marshal_get_item (load->marshal, entry, 4), slot, &row, error);
}

/* How many functions hold less time than one of those they call. Callers without a row of their own
 * hold nothing, and are not meant. */
static guint
count_contradictions (const Load *load)
{
  guint n = 0;

  for (guint i = 0; i < load->spans->len; i++)
    {
      const Span *span = &g_array_index (load->spans, Span, i);

      n += span->total > 0.0 && span->callee > span->total * (1.0 + 1e-6);
    }
  return n;
}

static void
report (const Load *load, gsize size)
{
  ThawProfileBuilder *builder = load->builder;
  guint trailing = size - load->marshal->end;
  guint contradictions = count_contradictions (load);

  if (load->spliced > 0)
    thaw_profile_builder_warn (builder, _ ("This file mixes several threads: since Python 3.12, "
                                           "one running cProfile sees the calls of "
                                           "all threads and takes them for one. Calls that did not "
                                           "happen appear, and some functions "
                                           "hold more time than what called them. Profile each "
                                           "thread on its own, or use a sampler, to "
                                           "see threads apart."));
  else if (contradictions > 0 && load->counted_callers == 0)
    thaw_profile_builder_warn (
        builder,
        ngettext (
            "%u function holds less time than what it calls. Several functions of one name, file "
            "and line, such as generated ones, are one in this file, which keeps the time of one "
            "of them only; what the others called is shown as unattributed.",
            "%u functions hold less time than what they call. Several functions of one name, file "
            "and line, such as generated ones, are one in this file, which keeps the time of one "
            "of them only; what the others called is shown as unattributed.",
            contradictions),
        contradictions);
  if (load->counted_callers > 0)
    thaw_profile_builder_warn (
        builder, _ ("The pure-Python profiler counts calls per caller but not their time; the time "
                    "per caller was shared out by the number of calls."));
  if (load->uncounted > 0)
    thaw_profile_builder_warn (builder, _ ("The tool that wrote this file counted no calls."));
  if (load->skipped > 0)
    thaw_profile_builder_warn (builder,
                               ngettext ("%u entry could not be understood and was left out (the "
                                         "first at byte %u).",
                                         "%u entries could not be understood and were left out "
                                         "(the first at byte %u).",
                                         load->skipped),
                               load->skipped, load->first_skipped);
  if (load->bad_numbers > 0)
    thaw_profile_builder_warn (
        builder,
        ngettext ("%u number was below zero or no number at all and counts as zero.",
                  "%u numbers were below zero or no numbers at all and count as zero.",
                  load->bad_numbers),
        load->bad_numbers);
  if (trailing > 0)
    thaw_profile_builder_warn (builder,
                               ngettext ("%u byte after the end of the profile was ignored.",
                                         "%u bytes after the end of the profile were ignored.",
                                         trailing),
                               trailing);
}

static gboolean
load_entries (Load *load, GCancellable *cancellable, GError **error)
{
  guint32 root = load->marshal->root;
  const ThawMarshalValue *dict = &load->marshal->values[root];

  if (dict->type == THAW_MARSHAL_DICT && dict->length == 0)
    {
      thaw_set_error (error, THAW_ERROR_EMPTY, THAW_AT_NOWHERE, 0,
                      _ ("The profile holds no function"));
      return FALSE;
    }
  for (guint32 i = 0; dict->type == THAW_MARSHAL_DICT && i < dict->length; i += 2)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !add_entry (load, thaw_marshal_get_item (load->marshal, root, i),
                      thaw_marshal_get_item (load->marshal, root, i + 1), error))
        return FALSE;
    }
  if (dict->type == THAW_MARSHAL_DICT && load->skipped < dict->length / 2)
    return TRUE;
  thaw_set_error (error, THAW_ERROR_CORRUPT, THAW_AT_BYTE, load->first_skipped,
                  _ ("This is data written by Python, but not a profile"));
  return FALSE;
}

static gboolean
load_pstats (ThawInput *input, ThawProfileBuilder *builder, GError **error)
{
  Load load = { .builder = builder };
  g_autoptr (GBytes) bytes = thaw_input_read_all (input, THAW_MARSHAL_LIMIT_BYTES, error);
  g_autoptr (ThawMarshal) marshal = bytes != NULL ? thaw_marshal_parse (bytes, error) : NULL;
  const ThawThreadSpec thread = { .id = -1, .name = "" };
  guint32 process;
  gboolean ok;

  if (marshal == NULL)
    return FALSE;
  thaw_profile_builder_set_kind (builder, THAW_KIND_INSTRUMENTED);
  thaw_profile_builder_set_unit (builder, THAW_UNIT_SECONDS, THAW_MEANING_WALL);
  process = thaw_profile_builder_add_process (builder, -1, thaw_input_get_name (input));
  load.thread = thaw_profile_builder_add_thread (builder, process, &thread, error);
  if (load.thread == NULL)
    return FALSE;

  load.marshal = marshal;
  load.edges_left = marshal->n_values; /* an edge that is no repetition takes a value or more */
  load.spans = g_array_new (FALSE, TRUE, sizeof (Span));
  thaw_pstats_labels_init (&load.labels, marshal, builder);
  ok = load_entries (&load, thaw_input_get_cancellable (input), error);
  if (ok)
    {
      if (load.uncounted == 0) /* else a sampler's, which does not say whose */
        thaw_profile_builder_set_tool (builder, load.counted_callers > 0 ? "profile" : "cProfile");
      report (&load, g_bytes_get_size (bytes));
    }
  thaw_pstats_labels_clear (&load.labels);
  g_array_unref (load.spans);
  return ok;
}

/* A dict whose first key is a tuple of three, or an empty dict: JSON, which may begin with the same
 * byte, never goes on like this. */
static ThawSniff
sniff (const guint8 *head, gsize len, gboolean complete)
{
  static const guint8 long_tuple[] = { 3, 0, 0, 0 };

  if (len == 0 || (head[0] & 0x7f) != '{')
    return THAW_SNIFF_NO;
  if (len >= 2 && head[1] == '0')
    return len == 2 && complete ? THAW_SNIFF_YES : THAW_SNIFF_NO;
  if (len >= 3 && (head[1] & 0x7f) == ')')
    return head[2] == 3 ? THAW_SNIFF_YES : THAW_SNIFF_NO;
  if (len >= 6 && (head[1] & 0x7f) == '(')
    return memcmp (head + 2, long_tuple, 4) == 0 ? THAW_SNIFF_YES : THAW_SNIFF_NO;
  return complete ? THAW_SNIFF_NO : THAW_SNIFF_NEED_MORE;
}

static const char *const suffixes[] = { "prof", "pstats", "pstat", "cprof", "profile", NULL };

const ThawImporter thaw_importer_pstats = {
  .id = "pstats",
  .title = N_ ("pstats (cProfile)"),
  .suffixes = suffixes,
  .sniff = sniff,
  .load = load_pstats,
};
