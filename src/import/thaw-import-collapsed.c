/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Collapsed stacks: one line for each stack, frames root first parted by “;”, then a count.
 *
 * Brendan Gregg's, inferno's, py-spy's raw format and Tachyon's collapsed one. What py-spy and
 * Tachyon put at the root of a stack (process, thread) becomes processes and threads; frames with a
 * place become functions with a running line. Lines come in no order of time. A line that is no
 * stack is left out and counted in a warning. A frame's text is looked up once it is known, so that
 * only new texts are taken apart.
 */
#include "thaw-importers.h"

#include "thaw-labels.h"
#include "thaw-lines.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Sums over all lines of a file stay finite. */
#define MAX_COUNT 1e200
/* How many lines are looked at to tell the format. */
#define SNIFF_LINES 200
#define SNIFF_BYTES ((gsize) 64 << 10)

/* A line that holds a stack, taken apart. The stack is ended by NUL. */
typedef struct
{
  char *stack;
  gsize stack_len;
  double count;
  gboolean second_count; /* what stands before the count ends with a number, too */
} StackLine;

typedef enum
{
  LINE_STACK,
  LINE_COMMENT,
  LINE_JUNK
} LineKind;

/* A text that a table knows; not ended by NUL where it is only looked up. */
typedef struct
{
  const char *text;
  gsize len;
} Slice;

typedef struct
{
  ThawProfileBuilder *builder;
  ThawLines lines;
  GStringChunk *strings;
  GHashTable *frames;  /* Slice → slot + 1 */
  GHashTable *threads; /* Slice of the roots of a stack → ThawThreadBuilder */
  GArray *stack;       /* of guint32: slots of the line at hand */
  guint64 n_stacks;
  guint64 n_junk;
  guint64 first_junk;
  guint64 n_negative;
  guint64 first_negative;
  gboolean fractional;
  gboolean py_spy;
  gboolean tachyon;
} Loader;

static guint
slice_hash (gconstpointer key)
{
  const Slice *slice = key;
  guint64 hash = slice->len * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  gsize i = 0;
  for (; i + 8 <= slice->len; i += 8)
    {
      guint64 word;
      memcpy (&word, slice->text + i, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
      hash ^= hash >> 32;
    }
  for (; i < slice->len; i++)
    hash = (hash ^ (guint8) slice->text[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return (guint) (hash ^ hash >> 32);
}

static gboolean
slice_equal (gconstpointer a, gconstpointer b)
{
  const Slice *x = a, *y = b;
  return x->len == y->len && memcmp (x->text, y->text, x->len) == 0;
}

/* A copy of @slice that lives as long as @strings. The struct stands before its text. */
static Slice *
slice_keep (GStringChunk *strings, const Slice *slice)
{
  Slice *kept = g_new (Slice, 1);
  kept->text = g_string_chunk_insert_len (strings, slice->text, (gssize) slice->len);
  kept->len = slice->len;
  return kept;
}

/* The number that ends [text, text + len) after white space; FALSE when there is none. Sets
 * @rest_len to what stands before, without white space at its end. */
static gboolean
split_number (const char *text, gsize len, double *number, gsize *rest_len)
{
  while (len > 0 && g_ascii_isspace (text[len - 1]))
    len--;
  gsize start = len;
  while (start > 0 && !g_ascii_isspace (text[start - 1]))
    start--;
  if (start == len || start == 0 || len - start > 300)
    return FALSE;

  char token[304];
  memcpy (token, text + start, len - start);
  token[len - start] = '\0';
  /* No hexadecimal, no “inf”, no “nan”. */
  if (strspn (token, "+-.0123456789eE") != len - start)
    return FALSE;
  char *end;
  *number = g_ascii_strtod (token, &end);
  if (*end != '\0' || end == token || !(fabs (*number) < MAX_COUNT))
    return FALSE;
  gsize rest = start - 1;
  while (rest > 0 && g_ascii_isspace (text[rest - 1]))
    rest--;
  /* A last frame of nothing but blanks is a frame, too. */
  *rest_len = rest > 0 && text[rest - 1] == ';' ? start - 1 : rest;
  return TRUE;
}

/* Takes a line apart. A count that only white space stands before is an empty stack: py-spy saw a
 * thread without frames. A comment starts with “#”, but so do names such as “#<Class>”. */
static LineKind
parse_line (char *line, gsize len, StackLine *stack)
{
  gsize rest_len, ignored_len;
  double ignored;
  gsize blank = 0;
  while (blank < len && g_ascii_isspace (line[blank]))
    blank++;
  if (blank == len || (line[0] == '#' && (len == 1 || line[1] == ' ' || line[1] == '#')))
    return LINE_COMMENT;
  if (memchr (line, '\0', len) != NULL || !split_number (line, len, &stack->count, &rest_len))
    return line[0] == '#' ? LINE_COMMENT : LINE_JUNK;

  stack->stack = line;
  stack->stack_len = rest_len;
  stack->second_count = split_number (line, rest_len, &ignored, &ignored_len) && ignored_len > 0;
  line[rest_len] = '\0';
  return LINE_STACK;
}

/* Whether a stack is austin's, which has a format of its own: "P12;T0:34;…" or "T12;module:f:1". */
static gboolean
is_austin (const char *stack)
{
  const char *p = stack + 1;
  gint64 number;
  if ((*stack != 'P' && *stack != 'T') || !thaw_label_parse_number (&p, &number))
    return FALSE;
  return *stack == 'P' ? g_str_has_prefix (p, ";T") : *p == ';' && strchr (p, ':') != NULL;
}

/* What the first lines of a text look like. */
typedef struct
{
  guint n_stacks;
  guint n_junk;
  guint n_deep;  /* stacks of several frames */
  guint n_named; /* stacks with a letter in them */
  guint n_pairs; /* stacks with two counts */
  guint n_austin;
} Look;

static void
look_at_line (Look *look, char *line, gsize len)
{
  StackLine stack;
  LineKind kind = parse_line (line, len, &stack);
  look->n_junk += kind == LINE_JUNK;
  if (kind != LINE_STACK || stack.stack_len == 0)
    return;
  look->n_stacks++;
  look->n_pairs += stack.second_count;
  look->n_austin += is_austin (stack.stack);
  look->n_deep += strchr (stack.stack, ';') != NULL;
  for (const char *p = stack.stack; *p != '\0'; p++)
    if (g_ascii_isalpha (*p) || (guint8) *p >= 0x80)
      {
        look->n_named++;
        break;
      }
}

/* Looks at the first lines of the head; a last line that is cut off is left out. */
static Look
look_at_head (const guint8 *head, gsize len, gboolean complete)
{
  Look look = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (head, len);
  g_autoptr (ThawInput) input = thaw_input_new_for_bytes (bytes, "", NULL, NULL, NULL, NULL);
  ThawLines lines;

  if (input == NULL || !thaw_lines_init (&lines, input, NULL))
    return look;
  gsize line_len;
  char *line;
  for (guint n = 0; n < SNIFF_LINES && (line = thaw_lines_next (&lines, &line_len, NULL)); n++)
    if (complete || !lines.ended || lines.start < lines.end)
      look_at_line (&look, line, line_len);
  thaw_lines_clear (&lines);
  return look;
}

static ThawSniff
sniff (const guint8 *head, gsize len, gboolean complete)
{
  Look look = look_at_head (head, len, complete);
  if (look.n_stacks == 0 && look.n_junk < SNIFF_LINES / 2 && !complete)
    return THAW_SNIFF_NEED_MORE;
  if (look.n_austin > 0 || look.n_stacks < look.n_junk || look.n_named == 0)
    return THAW_SNIFF_NO;
  /* Text whose every line happens to end with a number has no “;”, but mostly other lines, too. */
  return look.n_deep > 0 || look.n_junk == 0 ? THAW_SNIFF_YES : THAW_SNIFF_NO;
}

/* The slot of the frame with this text, parsed and added when it is new. */
static guint32
frame_slot (Loader *loader, const char *text, gsize len)
{
  Slice slice = { text, len };
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (loader->frames, &slice));
  if (known > 0)
    return known - 1;

  ThawFrameLabel label;
  thaw_label_parse_frame (text, len, &label);
  g_autofree char *name = g_strndup (label.name, label.name_len);
  g_autofree char *file = label.file != NULL ? g_strndup (label.file, label.file_len) : NULL;
  ThawFrameSpec spec = { name, file, 0, label.line, thaw_label_function_kind (name, file) };
  guint32 slot = thaw_profile_builder_add_frame (loader->builder, &spec);
  g_hash_table_insert (loader->frames, slice_keep (loader->strings, &slice),
                       GUINT_TO_POINTER (slot + 1));
  return slot;
}

/* Notes that process @child was started by @parent; both are shown by themselves. */
static void
note_parent (Loader *loader, const ThawProcessLabel *child, const ThawProcessLabel *parent)
{
  g_autofree char *child_name = g_strndup (child->command, child->command_len);
  g_autofree char *parent_name = g_strndup (parent->command, parent->command_len);
  guint32 parent_index = thaw_profile_builder_add_process (loader->builder, parent->pid,
                                                           parent_name);
  guint32 index = thaw_profile_builder_add_process (loader->builder, child->pid, child_name);
  thaw_profile_builder_set_process_parent (loader->builder, index, parent_index);
}

/* Takes the labels of processes and of a thread off the root of a stack. Returns how many bytes they
 * are with their “;”. Sets @process and @thread; pid and tid are -1 where there is no label.
 * @is_new: these roots were not there before. */
static gsize
parse_roots (Loader *loader,
             const char *stack,
             gsize len,
             gboolean is_new,
             ThawProcessLabel *process,
             ThawThreadLabel *thread)
{
  const char *p = stack, *end = stack + len;
  *process = (ThawProcessLabel){ .pid = -1, .command = "" };
  *thread = (ThawThreadLabel){ .pid = -1, .tid = -1, .name = "" };

  ThawProcessLabel next;
  while (p < end && *p == 'p' && thaw_label_parse_process (p, &next))
    {
      if (is_new && process->pid >= 0 && process->pid != next.pid)
        note_parent (loader, &next, process);
      *process = next;
      p = MIN (p + next.length + 1, end);
      loader->py_spy = TRUE;
    }
  if (p < end && *p == 't')
    {
      const char *label_end = memchr (p, ';', (gsize) (end - p));
      label_end = label_end != NULL ? label_end : end;
      if (thaw_label_parse_root_thread (p, (gsize) (label_end - p), thread))
        {
          if (p[1] == 'h')
            loader->py_spy = TRUE;
          else
            loader->tachyon = TRUE;
          p = MIN (label_end + 1, end);
        }
    }
  return (gsize) (p - stack);
}

/* The thread of a stack by the labels at its root; sets @roots_len to their length. NULL with
 * error. */
static ThawThreadBuilder *
thread_of (Loader *loader, const char *stack, gsize len, gsize *roots_len, GError **error)
{
  ThawProcessLabel process;
  ThawThreadLabel thread;
  *roots_len = parse_roots (loader, stack, len, FALSE, &process, &thread);
  Slice roots = { stack, *roots_len };
  ThawThreadBuilder *known = g_hash_table_lookup (loader->threads, &roots);
  if (known != NULL)
    return known;

  parse_roots (loader, stack, len, TRUE, &process, &thread);
  g_autofree char *command = g_strndup (process.command, process.command_len);
  g_autofree char *name = g_strndup (thread.name, thread.name_len);
  guint32 index = thaw_profile_builder_add_process (loader->builder, process.pid, command);
  ThawThreadSpec spec = { thread.tid, name, thaw_label_thread_role (name) };
  known = thaw_profile_builder_add_thread (loader->builder, index, &spec, error);
  if (known != NULL)
    g_hash_table_insert (loader->threads, slice_keep (loader->strings, &roots), known);
  return known;
}

/* Feeds one stack to the builder. */
static gboolean
add_stack (Loader *loader, const StackLine *line, GError **error)
{
  gsize roots_len;
  ThawThreadBuilder *thread = thread_of (loader, line->stack, line->stack_len, &roots_len, error);
  if (thread == NULL)
    return FALSE;

  const char *p = line->stack + roots_len, *end = line->stack + line->stack_len;
  g_array_set_size (loader->stack, 0);
  /* A name may be empty: “a;;b” has three frames. */
  while (line->stack_len > roots_len && p <= end)
    {
      const char *frame_end = memchr (p, ';', (gsize) (end - p));
      if (frame_end == NULL)
        frame_end = end;
      if (loader->stack->len == THAW_LIMIT_DEPTH)
        {
          thaw_set_error (error, THAW_ERROR_LIMIT, THAW_AT_LINE, loader->lines.number,
                          _ ("A stack is deeper than %u frames"), THAW_LIMIT_DEPTH);
          return FALSE;
        }
      guint32 slot = frame_slot (loader, p, (gsize) (frame_end - p));
      g_array_append_val (loader->stack, slot);
      p = frame_end + 1;
    }
  loader->n_stacks++;
  loader->fractional |= line->count != floor (line->count);
  return thaw_thread_builder_add_stack (thread, (const guint32 *) loader->stack->data,
                                        loader->stack->len, line->count, error);
}

/* Counts a line that is left out and keeps the number of the first. */
static void
count_line (const Loader *loader, guint64 *n, guint64 *first)
{
  if ((*n)++ == 0)
    *first = loader->lines.number;
}

static gboolean
read_lines (Loader *loader, GError **error)
{
  gsize len;
  char *text;
  GError *problem = NULL;
  while ((text = thaw_lines_next (&loader->lines, &len, &problem)) != NULL)
    {
      StackLine line;
      LineKind kind = parse_line (text, len, &line);
      if (kind == LINE_JUNK)
        count_line (loader, &loader->n_junk, &loader->first_junk);
      else if (kind == LINE_STACK && line.count < 0)
        count_line (loader, &loader->n_negative, &loader->first_negative);
      else if (kind == LINE_STACK && !add_stack (loader, &line, error))
        return FALSE;
    }
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* Warns of lines that were left out. @format: with a count and the first line's number. */
static void
warn_lines (Loader *loader, guint64 n, guint64 first, const char *format)
{
  if (n == 0)
    return;
  g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, first);
  g_autoptr (GString) text = g_string_new (format);
  g_string_replace (text, "{count}", count, 1);
  g_string_replace (text, "{line}", line, 1);
  thaw_profile_builder_warn (loader->builder, "%s", text->str);
}

/* Says what the capture is and what was left out of it. */
static gboolean
describe (Loader *loader, GError **error)
{
  if (loader->n_stacks == 0)
    {
      thaw_set_error (error, THAW_ERROR_EMPTY, THAW_AT_NOWHERE, 0,
                      _ ("No line holds a stack and a count"));
      return FALSE;
    }
  warn_lines (loader, loader->n_junk, loader->first_junk,
              /* Translators: keep {count} and {line} as they are. */
              ngettext ("{count} line is no stack with a count and was left out: line {line}",
                        "{count} lines are no stacks with a count and were left out, the first is "
                        "line {line}",
                        (gulong) loader->n_junk));
  warn_lines (loader, loader->n_negative, loader->first_negative,
              ngettext ("{count} line has a negative count and was left out: line {line}",
                        "{count} lines have negative counts and were left out, the first is line "
                        "{line}",
                        (gulong) loader->n_negative));
  thaw_profile_builder_set_kind (loader->builder, THAW_KIND_SAMPLED);
  thaw_profile_builder_set_unit (loader->builder,
                                 loader->fractional ? THAW_UNIT_NONE : THAW_UNIT_SAMPLES,
                                 loader->py_spy ? THAW_MEANING_CPU : THAW_MEANING_UNKNOWN);
  if (loader->py_spy || loader->tachyon)
    thaw_profile_builder_set_tool (loader->builder, loader->py_spy ? "py-spy" : "Tachyon");
  return TRUE;
}

/* Whether the first lines are those of a comparison, which has two counts a line. */
static gboolean
check_pairs (ThawInput *input, GError **error)
{
  gsize len;
  gboolean complete;
  const guint8 *head = thaw_input_peek (input, SNIFF_BYTES, &len, &complete, error);
  if (head == NULL)
    return FALSE;
  Look look = look_at_head (head, len, complete);
  if (look.n_pairs < 2 || look.n_pairs < look.n_stacks)
    return TRUE;
  thaw_set_error (error, THAW_ERROR_UNSUPPORTED, THAW_AT_NOWHERE, 0,
                  _ ("The lines have two counts: this is a comparison of two captures "
                     "(difffolded). Open the two captures themselves"));
  return FALSE;
}

static gboolean
load (ThawInput *input, ThawProfileBuilder *builder, GError **error)
{
  if (!check_pairs (input, error))
    return FALSE;

  Loader loader = {
    .builder = builder,
    .strings = g_string_chunk_new (1 << 16),
    .frames = g_hash_table_new_full (slice_hash, slice_equal, g_free, NULL),
    .threads = g_hash_table_new_full (slice_hash, slice_equal, g_free, NULL),
    .stack = g_array_new (FALSE, FALSE, sizeof (guint32)),
  };
  gboolean ok = thaw_lines_init (&loader.lines, input, error) && read_lines (&loader, error) &&
                describe (&loader, error);

  thaw_lines_clear (&loader.lines);
  g_array_unref (loader.stack);
  g_hash_table_unref (loader.threads);
  g_hash_table_unref (loader.frames);
  g_string_chunk_free (loader.strings);
  return ok;
}

static const char *const suffixes[] = { "collapsed", "collapse", "folded", "stacks",
                                        "raw",       "txt",      NULL };

const ThawImporter thaw_importer_collapsed = {
  .id = "collapsed",
  .title = N_ ("collapsed stacks"),
  .suffixes = suffixes,
  .sniff = sniff,
  .load = load,
};
