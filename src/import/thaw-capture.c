/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the columns of a capture to the builder: which state of a process is kept, functions as
 * frames, rows and edges through the third door, trees node by node, nanoseconds as seconds.
 */
#include "thaw-capture-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
thread_free (gpointer data)
{
  ThawCaptureThread *thread = data;
  thaw_columns_clear (&thread->rows);
  thaw_columns_clear (&thread->edges);
  thaw_columns_clear (&thread->tree);
  g_free (thread);
}

ThawCaptureProcess *
thaw_capture_process_new (guint64 at)
{
  ThawCaptureProcess *process = g_new0 (ThawCaptureProcess, 1);
  process->at = at;
  process->pid = -1;
  process->name = process->backend = "";
  process->notes = g_ptr_array_new ();
  process->files = g_ptr_array_new ();
  process->threads = g_ptr_array_new_with_free_func (thread_free);
  return process;
}

void
thaw_capture_process_free (ThawCaptureProcess *process)
{
  g_ptr_array_unref (process->notes);
  g_ptr_array_unref (process->files);
  g_ptr_array_unref (process->threads);
  thaw_columns_clear (&process->functions);
  g_free (process);
}

void
thaw_capture_init (ThawCapture *capture, ThawInput *input)
{
  thaw_json_init (&capture->json, input);
  capture->strings = g_string_chunk_new (4096);
  capture->writer = "";
  capture->processes = g_ptr_array_new_with_free_func ((GDestroyNotify) thaw_capture_process_free);
  capture->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

void
thaw_capture_clear (ThawCapture *capture)
{
  thaw_json_clear (&capture->json);
  g_hash_table_unref (capture->by_id);
  g_ptr_array_unref (capture->processes);
  g_string_chunk_free (capture->strings);
}

void
thaw_capture_keep (ThawCapture *capture, ThawCaptureProcess *process)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (capture->by_id, process->id));
  if (known == 0)
    {
      g_ptr_array_add (capture->processes, process);
      g_hash_table_insert (capture->by_id, (gpointer) process->id,
                           GUINT_TO_POINTER (capture->processes->len));
      return;
    }
  ThawCaptureProcess *old = capture->processes->pdata[known - 1];
  gboolean later = process->final != old->final ? process->final : process->end_ns > old->end_ns;
  if (later)
    capture->processes->pdata[known - 1] = process;
  thaw_capture_process_free (later ? old : process);
}

/* By start, then by id. */
static int
compare_processes (gconstpointer a, gconstpointer b)
{
  const ThawCaptureProcess *x = *(ThawCaptureProcess *const *) a;
  const ThawCaptureProcess *y = *(ThawCaptureProcess *const *) b;
  if (x->unix_ns != y->unix_ns)
    return x->unix_ns < y->unix_ns ? -1 : 1;
  return strcmp (x->id, y->id);
}

/* A time in seconds; one below zero counts as none. */
static double
seconds (ThawCapture *capture, const ThawColumns *columns, guint column, guint row)
{
  double ns = thaw_columns_number (columns, column, row);
  if (ns >= 0)
    return ns / 1e9;
  capture->n_negative++;
  return 0;
}

/* The builder's slot per function of @process; (transfer full). */
static guint32 *
add_functions (ThawCapture *capture, const ThawCaptureProcess *process)
{
  const ThawColumns *functions = &process->functions;
  guint32 *slots = g_new (guint32, MAX (functions->n_rows, 1));
  for (guint i = 0; i < functions->n_rows; i++)
    {
      double file = thaw_columns_number (functions, THAW_FUNCTIONS_FILE, i);
      const char *path = file >= 0 ? process->files->pdata[(guint) file] : NULL;
      gboolean builtin = g_strcmp0 (path, "~") == 0;
      const char *name = thaw_columns_text (functions, THAW_FUNCTIONS_QUALNAME, i);
      if (*name == '\0')
        name = thaw_columns_text (functions, THAW_FUNCTIONS_NAME, i);
      double line = thaw_columns_number (functions, THAW_FUNCTIONS_LINE, i);
      ThawFrameSpec spec = { .name = name,
                             .file = builtin ? NULL : path,
                             .first_line = line <= G_MAXINT32 ? (guint32) line : 0,
                             .kind = builtin ? THAW_FUNCTION_BUILTIN : THAW_FUNCTION_PYTHON };
      slots[i] = thaw_profile_builder_add_frame (capture->builder, &spec);
    }
  return slots;
}

/* The calls of a row that are not recursive. */
static guint64
primitive (const ThawColumns *columns, guint calls, guint recursive, guint row)
{
  double all = thaw_columns_number (columns, calls, row);
  return (guint64) (all - MIN (all, thaw_columns_number (columns, recursive, row)));
}

static gboolean
build_edges (ThawCapture *capture,
             ThawThreadBuilder *builder,
             const ThawCaptureThread *thread,
             const guint32 *slots)
{
  const ThawColumns *rows = &thread->rows, *edges = &thread->edges;
  for (guint i = 0; i < rows->n_rows; i++)
    if (!thaw_thread_builder_add_function (
            builder, slots[(guint) thaw_columns_number (rows, THAW_ROWS_FUNCTION, i)],
            (guint64) thaw_columns_number (rows, THAW_ROWS_CALLS, i),
            primitive (rows, THAW_ROWS_CALLS, THAW_ROWS_RECURSIVE, i),
            seconds (capture, rows, THAW_ROWS_SELF, i), seconds (capture, rows, THAW_ROWS_TOTAL, i),
            &capture->json.error))
      return FALSE;
  for (guint i = 0; i < edges->n_rows; i++)
    if (!thaw_thread_builder_add_edge (
            builder, slots[(guint) thaw_columns_number (edges, THAW_EDGES_CALLER, i)],
            slots[(guint) thaw_columns_number (edges, THAW_EDGES_CALLEE, i)],
            (guint64) thaw_columns_number (edges, THAW_EDGES_CALLS, i),
            primitive (edges, THAW_EDGES_CALLS, THAW_EDGES_RECURSIVE, i),
            seconds (capture, edges, THAW_EDGES_SELF, i),
            seconds (capture, edges, THAW_EDGES_TOTAL, i), &capture->json.error))
      return FALSE;
  return TRUE;
}

static gboolean
build_tree (ThawCapture *capture,
            ThawThreadBuilder *builder,
            const ThawCaptureThread *thread,
            const guint32 *slots)
{
  const ThawColumns *tree = &thread->tree;
  static const ThawFrameSpec remainder = { .name = "(remainder)", .kind = THAW_FUNCTION_OTHER };
  g_autofree guint32 *nodes = g_new (guint32, MAX (tree->n_rows, 1));
  g_autofree guint32 *depths = g_new (guint32, MAX (tree->n_rows, 1));
  for (guint i = 0; i < tree->n_rows; i++)
    {
      double parent = thaw_columns_number (tree, THAW_NODES_PARENT, i);
      double function = thaw_columns_number (tree, THAW_NODES_FUNCTION, i);
      depths[i] = parent >= 0 ? depths[(guint) parent] + 1 : 1;
      if (depths[i] > THAW_LIMIT_DEPTH)
        return thaw_json_fail (&capture->json, THAW_ERROR_LIMIT, thread->at,
                               _ ("A call tree is deeper than %u frames"), THAW_LIMIT_DEPTH);
      guint32 slot = function >= 0 ? slots[(guint) function]
                                   : thaw_profile_builder_add_frame (capture->builder, &remainder);
      nodes[i] = thaw_thread_builder_add_node (
          builder, parent >= 0 ? nodes[(guint) parent] : 0, slot,
          (guint64) thaw_columns_number (tree, THAW_NODES_CALLS, i),
          seconds (capture, tree, THAW_NODES_SELF, i), &capture->json.error);
      if (nodes[i] == THAW_NODE_NONE)
        return FALSE;
    }
  return TRUE;
}

/* What a thread is called: by Python, unless that invented the name, or by Qt. */
static const char *
thread_name (const ThawCaptureThread *thread)
{
  gboolean invented = strcmp (thread->class_name, "_DummyThread") == 0;
  return (*thread->name == '\0' || invented) && *thread->qt_name != '\0' ? thread->qt_name
                                                                         : thread->name;
}

static gboolean
build_process (ThawCapture *capture, const ThawCaptureProcess *process, guint32 index)
{
  g_autofree guint32 *slots = add_functions (capture, process);
  for (guint i = 0; i < process->threads->len; i++)
    {
      const ThawCaptureThread *thread = process->threads->pdata[i];
      ThawThreadSpec spec = { (gint64) thread->native_id, thread_name (thread), thread->role };
      /* Never one that is there: the system's numbers are given to later threads again. */
      ThawThreadBuilder *builder = thaw_profile_builder_new_thread (capture->builder, index, &spec,
                                                                    &capture->json.error);
      if (builder == NULL)
        return FALSE;
      thaw_thread_builder_set_start (builder, (process->monotonic_ns + thread->start_ns) / 1e9);
      if (thread->tree.read ? !build_tree (capture, builder, thread, slots)
                            : !build_edges (capture, builder, thread, slots))
        return FALSE;
    }
  return TRUE;
}

/* Warns of what the recorder had to say of a process. */
static void
warn_of (ThawCapture *capture, const ThawCaptureProcess *process)
{
  const char *name = *process->name != '\0' ? process->name : process->id;
  for (guint i = 0; i < process->notes->len; i++)
    thaw_profile_builder_warn (capture->builder, "%s (%.0f): %s", name, process->pid,
                               (const char *) process->notes->pdata[i]);
  if (process->checkpoint)
    thaw_profile_builder_warn (capture->builder,
                               /* Translators: name and number of a process. */
                               _ ("%s (%.0f) was still running when it was last written: what it "
                                  "did later, and calls that were open then, are missing."),
                               name, process->pid);
}

/* Says what recorded: the writer, and its backend where it was one for all. */
static void
describe (ThawCapture *capture)
{
  const ThawCaptureProcess *first = capture->processes->pdata[0];
  gboolean one = *first->backend != '\0';
  for (guint i = 1; i < capture->processes->len && one; i++)
    {
      const ThawCaptureProcess *process = capture->processes->pdata[i];
      one = strcmp (process->backend, first->backend) == 0;
    }
  g_autofree char *tool = one ? g_strdup_printf ("%s (%s)", capture->writer, first->backend)
                              : g_strdup (capture->writer);
  thaw_profile_builder_set_tool (capture->builder, g_strstrip (tool));
  thaw_profile_builder_set_kind (capture->builder, THAW_KIND_INSTRUMENTED);
  thaw_profile_builder_set_unit (capture->builder, THAW_UNIT_SECONDS, THAW_MEANING_WALL);
  if (capture->n_negative > 0)
    {
      guint n = (guint) MIN (capture->n_negative, G_MAXUINT);
      thaw_profile_builder_warn (capture->builder,
                                 ngettext ("%u time was below zero and counts as zero.",
                                           "%u times were below zero and count as zero.", n),
                                 n);
    }
}

gboolean
thaw_capture_build (ThawCapture *capture)
{
  GPtrArray *processes = capture->processes;
  g_autofree guint32 *indices = g_new (guint32, processes->len);

  g_ptr_array_sort (processes, compare_processes);
  for (guint i = 0; i < processes->len; i++)
    {
      const ThawCaptureProcess *process = processes->pdata[i];
      indices[i] = thaw_profile_builder_add_process (capture->builder, (gint64) process->pid,
                                                     process->name);
      thaw_profile_builder_set_process_identity (capture->builder, indices[i], process->id,
                                                 process->final, process->end_ns);
      g_hash_table_insert (capture->by_id, (gpointer) process->id, GUINT_TO_POINTER (i + 1));
      warn_of (capture, process);
      if (!build_process (capture, process, indices[i]))
        return FALSE;
    }
  for (guint i = 0; i < processes->len; i++)
    {
      const char *id = ((const ThawCaptureProcess *) processes->pdata[i])->parent;
      guint parent = id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (capture->by_id, id)) : 0;
      if (parent > 0)
        thaw_profile_builder_set_process_parent (capture->builder, indices[i], indices[parent - 1]);
    }
  describe (capture);
  return TRUE;
}
