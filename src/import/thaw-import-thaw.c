/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Thaw's own capture files, which its recorder for Python writes: src/capture/FORMAT.md.
 *
 * The document is read as a stream, fields in any order. A process is kept as columns until the end,
 * because its threads may stand before the functions that they name, and because the same process
 * may follow in a later state; of those the format's rule keeps one. Then processes go to the
 * builder, sorted by their start. Times become seconds, on the clock that the processes of a machine
 * share. What a later minor version may add is skipped; stalls are not shown yet.
 */
#include "thaw-capture-private.h"
#include "thaw-importers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "thaw-capture"
#define VERSION 1

static const ThawColumnSpec function_columns[] = {
  [THAW_FUNCTIONS_NAME] = { "name", THAW_COLUMN_TEXT },
  [THAW_FUNCTIONS_QUALNAME] = { "qualname", THAW_COLUMN_TEXT },
  [THAW_FUNCTIONS_FILE] = { "file", THAW_COLUMN_INDEX_OR_NONE },
  [THAW_FUNCTIONS_LINE] = { "line", THAW_COLUMN_COUNT },
};
static const ThawColumnSpec row_columns[] = {
  [THAW_ROWS_FUNCTION] = { "function", THAW_COLUMN_INDEX },
  [THAW_ROWS_CALLS] = { "calls", THAW_COLUMN_COUNT },
  [THAW_ROWS_RECURSIVE] = { "recursive", THAW_COLUMN_COUNT },
  [THAW_ROWS_TOTAL] = { "total_ns", THAW_COLUMN_TIME },
  [THAW_ROWS_SELF] = { "self_ns", THAW_COLUMN_TIME },
};
static const ThawColumnSpec edge_columns[] = {
  [THAW_EDGES_CALLER] = { "caller", THAW_COLUMN_INDEX },
  [THAW_EDGES_CALLEE] = { "callee", THAW_COLUMN_INDEX },
  [THAW_EDGES_CALLS] = { "calls", THAW_COLUMN_COUNT },
  [THAW_EDGES_RECURSIVE] = { "recursive", THAW_COLUMN_COUNT },
  [THAW_EDGES_TOTAL] = { "total_ns", THAW_COLUMN_TIME },
  [THAW_EDGES_SELF] = { "self_ns", THAW_COLUMN_TIME },
};
static const ThawColumnSpec tree_columns[] = {
  [THAW_NODES_PARENT] = { "parent", THAW_COLUMN_PARENT },
  [THAW_NODES_FUNCTION] = { "function", THAW_COLUMN_INDEX_OR_NONE },
  [THAW_NODES_CALLS] = { "calls", THAW_COLUMN_COUNT },
  [THAW_NODES_TOTAL] = { "total_ns", THAW_COLUMN_TIME },
  [THAW_NODES_SELF] = { "self_ns", THAW_COLUMN_TIME },
};

/* Reads a string into @strings; null counts as one that is missing. */
static gboolean
read_text (ThawJson *json, GStringChunk *strings, const char **text)
{
  if (thaw_json_peek (json) == 'n')
    return thaw_json_skip (json);
  const char *read = thaw_json_string (json);
  if (read != NULL)
    *text = g_string_chunk_insert_const (strings, read);
  return read != NULL;
}

/* Reads an array of strings. */
static gboolean
read_texts (ThawJson *json, GStringChunk *strings, GPtrArray *texts)
{
  g_ptr_array_set_size (texts, 0);
  if (!thaw_json_begin (json, '['))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (json, ']', &first);)
    {
      const char *text = thaw_json_string (json);
      if (text == NULL)
        return FALSE;
      g_ptr_array_add (texts, g_string_chunk_insert_const (strings, text));
    }
  return json->error == NULL;
}

static gboolean
read_thread (ThawCapture *capture, ThawCaptureProcess *process)
{
  ThawJson *json = &capture->json;
  GStringChunk *strings = capture->strings;
  ThawCaptureThread *thread = g_new0 (ThawCaptureThread, 1);
  g_ptr_array_add (process->threads, thread);
  thaw_json_peek (json);
  thread->at = thaw_json_offset (json, json->p);
  thread->native_id = -1;
  thread->name = thread->qt_name = thread->class_name = thread->role = "";

  if (!thaw_json_begin (json, '{'))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (json, '}', &first);)
    {
      const char *key = thaw_json_key (json);
      gboolean ok = key != NULL;
      if (!ok)
        return FALSE;
      if (strcmp (key, "native_id") == 0)
        ok = thaw_columns_read_whole (json, &thread->native_id);
      else if (strcmp (key, "name") == 0)
        ok = read_text (json, strings, &thread->name);
      else if (strcmp (key, "qt_name") == 0)
        ok = read_text (json, strings, &thread->qt_name);
      else if (strcmp (key, "class") == 0)
        ok = read_text (json, strings, &thread->class_name);
      else if (strcmp (key, "role") == 0)
        ok = read_text (json, strings, &thread->role);
      else if (strcmp (key, "start_ns") == 0)
        ok = thaw_columns_read_whole (json, &thread->start_ns);
      else if (strcmp (key, "rows") == 0)
        ok = thaw_columns_read (json, row_columns, G_N_ELEMENTS (row_columns), strings,
                                &thread->rows);
      else if (strcmp (key, "edges") == 0)
        ok = thaw_columns_read (json, edge_columns, G_N_ELEMENTS (edge_columns), strings,
                                &thread->edges);
      else if (strcmp (key, "tree") == 0)
        ok = thaw_columns_read (json, tree_columns, G_N_ELEMENTS (tree_columns), strings,
                                &thread->tree);
      else
        ok = thaw_json_skip (json);
      if (!ok)
        return FALSE;
    }
  if (json->error == NULL && thread->tree.read && (thread->rows.read || thread->edges.read))
    return thaw_json_fail (json, THAW_ERROR_CORRUPT, thaw_json_offset (json, json->p),
                           _ ("A thread has both a tree and rows"));
  return json->error == NULL;
}

static gboolean
read_threads (ThawCapture *capture, ThawCaptureProcess *process)
{
  g_ptr_array_set_size (process->threads, 0);
  if (!thaw_json_begin (&capture->json, '['))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (&capture->json, ']', &first);)
    if (!read_thread (capture, process))
      return FALSE;
  return capture->json.error == NULL;
}

static gboolean
read_clock (ThawJson *json, ThawCaptureProcess *process)
{
  if (!thaw_json_begin (json, '{'))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (json, '}', &first);)
    {
      const char *key = thaw_json_key (json);
      double *number = NULL;
      if (key == NULL)
        return FALSE;
      if (strcmp (key, "unix_ns") == 0)
        number = &process->unix_ns;
      else if (strcmp (key, "monotonic_ns") == 0)
        number = &process->monotonic_ns;
      else if (strcmp (key, "end_ns") == 0)
        number = &process->end_ns;
      if (number != NULL ? !thaw_columns_read_whole (json, number) : !thaw_json_skip (json))
        return FALSE;
    }
  return json->error == NULL;
}

/* Reads the value of @key, a member of a process. */
static gboolean
read_process_member (ThawCapture *capture, ThawCaptureProcess *process, const char *key)
{
  ThawJson *json = &capture->json;
  GStringChunk *strings = capture->strings;

  if (strcmp (key, "id") == 0)
    return read_text (json, strings, &process->id);
  if (strcmp (key, "parent") == 0)
    return read_text (json, strings, &process->parent);
  if (strcmp (key, "pid") == 0)
    return thaw_columns_read_whole (json, &process->pid);
  if (strcmp (key, "name") == 0)
    return read_text (json, strings, &process->name);
  if (strcmp (key, "backend") == 0)
    return read_text (json, strings, &process->backend);
  if (strcmp (key, "clock") == 0)
    return read_clock (json, process);
  if (strcmp (key, "notes") == 0)
    return read_texts (json, strings, process->notes);
  if (strcmp (key, "files") == 0)
    return read_texts (json, strings, process->files);
  if (strcmp (key, "functions") == 0)
    return thaw_columns_read (json, function_columns, G_N_ELEMENTS (function_columns), strings,
                              &process->functions);
  if (strcmp (key, "threads") == 0)
    return read_threads (capture, process);
  if (strcmp (key, "final") == 0)
    {
      process->final = thaw_json_peek (json) == 't';
      process->checkpoint = !process->final;
    }
  return thaw_json_skip (json);
}

/* Checks what only the whole of a process can tell. */
static gboolean
check_process (ThawCapture *capture, const ThawCaptureProcess *process)
{
  ThawJson *json = &capture->json;
  const char *functions = _ ("functions");
  guint n = process->functions.n_rows;

  if (process->id == NULL || process->pid < 0)
    return thaw_json_fail (json, THAW_ERROR_CORRUPT, process->at, _ ("A process has no “%s”"),
                           process->id == NULL ? "id" : "pid");
  if (!thaw_columns_check_index (json, &process->functions, THAW_FUNCTIONS_FILE,
                                 process->files->len, _ ("files")))
    return FALSE;
  for (guint i = 0; i < process->threads->len; i++)
    {
      const ThawCaptureThread *thread = process->threads->pdata[i];
      if (!thaw_columns_check_index (json, &thread->rows, THAW_ROWS_FUNCTION, n, functions) ||
          !thaw_columns_check_index (json, &thread->edges, THAW_EDGES_CALLER, n, functions) ||
          !thaw_columns_check_index (json, &thread->edges, THAW_EDGES_CALLEE, n, functions) ||
          !thaw_columns_check_index (json, &thread->tree, THAW_NODES_FUNCTION, n, functions))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_process (ThawCapture *capture)
{
  ThawJson *json = &capture->json;
  thaw_json_peek (json);
  g_autoptr (ThawCaptureProcess)
      process = thaw_capture_process_new (thaw_json_offset (json, json->p));

  if (!thaw_json_begin (json, '{'))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (json, '}', &first);)
    {
      const char *key = thaw_json_key (json);
      if (key == NULL || !read_process_member (capture, process, key))
        return FALSE;
    }
  if (json->error != NULL || !check_process (capture, process))
    return FALSE;
  thaw_capture_keep (capture, g_steal_pointer (&process));
  return TRUE;
}

static gboolean
read_processes (ThawCapture *capture)
{
  if (!thaw_json_begin (&capture->json, '['))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (&capture->json, ']', &first);)
    if (!read_process (capture))
      return FALSE;
  return capture->json.error == NULL;
}

static gboolean
read_version (ThawJson *json)
{
  thaw_json_peek (json);
  guint64 at = thaw_json_offset (json, json->p);
  double version;
  if (!thaw_columns_read_whole (json, &version))
    return FALSE;
  if (version <= VERSION)
    return TRUE;
  return thaw_json_fail (json, THAW_ERROR_UNSUPPORTED, at,
                         _ ("The capture is of version %.0f of its format, and this Thaw reads up "
                            "to version %d; a newer Thaw will open it"),
                         version, VERSION);
}

static gboolean
read_document (ThawCapture *capture)
{
  ThawJson *json = &capture->json;

  if (!thaw_json_begin (json, '{'))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (json, '}', &first);)
    {
      const char *key = thaw_json_key (json);
      gboolean ok = key != NULL;
      if (!ok)
        return FALSE;
      if (strcmp (key, "version") == 0)
        ok = read_version (json);
      else if (strcmp (key, "writer") == 0)
        ok = read_text (json, capture->strings, &capture->writer);
      else if (strcmp (key, "processes") == 0)
        ok = read_processes (capture);
      else
        ok = thaw_json_skip (json);
      if (!ok)
        return FALSE;
    }
  if (json->error == NULL && capture->processes->len == 0)
    return thaw_json_fail (json, THAW_ERROR_EMPTY, thaw_json_offset (json, json->p),
                           _ ("The capture holds no process"));
  if (json->error == NULL && thaw_json_peek (json) != 0)
    thaw_profile_builder_warn (capture->builder,
                               _ ("Something follows the end of the JSON document"));
  return json->error == NULL;
}

/* Whether the document opens with "format": "thaw-capture", as every capture does. */
static ThawSniff
sniff (const guint8 *head, gsize len, gboolean complete)
{
  static const char *const words[] = { "{", "\"format\"", ":", "\"" FORMAT "\"" };
  gsize at = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize word = strlen (words[i]);
      while (at < len && g_ascii_isspace (head[at]))
        at++;
      if (memcmp (head + at, words[i], MIN (word, len - at)) != 0)
        return THAW_SNIFF_NO;
      if (len - at < word)
        return complete ? THAW_SNIFF_NO : THAW_SNIFF_NEED_MORE;
      at += word;
    }
  return THAW_SNIFF_YES;
}

static gboolean
load (ThawInput *input, ThawProfileBuilder *builder, GError **error)
{
  ThawCapture capture = { .builder = builder };
  thaw_capture_init (&capture, input);
  gboolean ok = read_document (&capture) && thaw_capture_build (&capture);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&capture.json.error));
  thaw_capture_clear (&capture);
  return ok;
}

static const char *const suffixes[] = { "thaw", NULL };

const ThawImporter thaw_importer_thaw = {
  .id = "thaw",
  .title = N_ ("Thaw captures"),
  .suffixes = suffixes,
  .sniff = sniff,
  .load = load,
};
