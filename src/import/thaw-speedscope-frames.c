/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The frames of a speedscope document: shared.frames, which stacks and events name by number. They are
 * kept as they stand in the file and become slots of the builder once all of it was read: samplers
 * write a frame per line that was running, tracers and Thaw the line where the function begins.
 */
#include "thaw-speedscope-private.h"

#include "thaw-labels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
thaw_speedscope_use_frame (ThawSpeedscope *doc, guint64 frame, guint64 at)
{
  if (frame >= THAW_LIMIT_FRAMES)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, frame);
      return thaw_json_fail (&doc->json, THAW_ERROR_CORRUPT, at,
                             _ ("The frame number %s is larger than any file has frames"), text);
    }
  doc->n_used = (guint32) frame + 1;
  doc->last_used_at = at;
  return TRUE;
}

gboolean
thaw_speedscope_read_string (ThawJson *json, const char **text)
{
  *text = NULL;
  if (thaw_json_peek (json) != '"')
    return thaw_json_skip (json);
  *text = thaw_json_string (json);
  return *text != NULL;
}

gboolean
thaw_speedscope_read_number (ThawJson *json, double *value)
{
  guint8 c = thaw_json_peek (json);
  return c == '-' || g_ascii_isdigit (c) ? thaw_json_number (json, value) : thaw_json_skip (json);
}

static gboolean
read_frame (ThawSpeedscope *doc)
{
  ThawJson *json = &doc->json;
  ThawSpeedscopeFrame frame = { NULL, NULL, 0 };

  if (doc->frames->len == THAW_LIMIT_FRAMES)
    return thaw_json_fail (json, THAW_ERROR_LIMIT, thaw_json_offset (json, json->p),
                           _ ("There are more frames than Thaw accepts"));
  if (!thaw_json_begin (json, '{'))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (json, '}', &first);)
    {
      const char *key = thaw_json_key (json), *text = NULL;
      double line = 0;
      if (key == NULL)
        return FALSE;
      gboolean is_name = strcmp (key, "name") == 0;
      if (is_name || strcmp (key, "file") == 0)
        {
          if (!thaw_speedscope_read_string (json, &text))
            return FALSE;
          const char *kept = text != NULL ? g_string_chunk_insert_const (doc->strings, text) : NULL;
          *(is_name ? &frame.name : &frame.file) = kept;
        }
      else if (strcmp (key, "line") == 0)
        {
          if (!thaw_speedscope_read_number (json, &line))
            return FALSE;
          frame.line = line >= 1 && line <= G_MAXINT32 ? (guint32) line : 0;
        }
      else if (!thaw_json_skip (json))
        return FALSE;
    }
  g_array_append_val (doc->frames, frame);
  return json->error == NULL;
}

gboolean
thaw_speedscope_read_shared (ThawSpeedscope *doc)
{
  ThawJson *json = &doc->json;

  if (!thaw_json_begin (json, '{'))
    return FALSE;
  for (gboolean outer = TRUE; thaw_json_next (json, '}', &outer);)
    {
      const char *key = thaw_json_key (json);
      if (key == NULL)
        return FALSE;
      if (strcmp (key, "frames") != 0)
        {
          if (!thaw_json_skip (json))
            return FALSE;
          continue;
        }
      if (doc->frames != NULL)
        return thaw_json_fail (json, THAW_ERROR_CORRUPT, thaw_json_offset (json, json->p),
                               _ ("The frames are listed twice"));
      doc->frames = g_array_new (FALSE, FALSE, sizeof (ThawSpeedscopeFrame));
      if (!thaw_json_begin (json, '['))
        return FALSE;
      for (gboolean first = TRUE; thaw_json_next (json, ']', &first);)
        if (!read_frame (doc))
          return FALSE;
    }
  return json->error == NULL;
}

/* py-spy names a profile by the first label it saw of its thread, which may be from before the thread
 * had a name; a later label then tells it. */
static void
learn_thread_name (ThawSpeedscope *doc, const ThawThreadLabel *label)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, label->tid);
  g_autofree char *name = g_strndup (label->name, label->name_len);
  ThawThreadBuilder *thread = g_hash_table_lookup (doc->threads, id);
  if (thread != NULL && *name != '\0')
    thaw_thread_builder_fill_name (thread, name, thaw_label_thread_role (name));
}

/* Whether a frame is one of the labels that py-spy puts at the root of its stacks: a process, whose
 * command line is learnt, or a thread. */
static gboolean
take_root_label (ThawSpeedscope *doc, const ThawSpeedscopeFrame *text)
{
  ThawProcessLabel process;
  ThawThreadLabel thread;

  if (text->name == NULL || text->line > 0)
    return FALSE;
  if (!thaw_label_parse_process (text->name, &process))
    {
      if (!thaw_label_parse_root_thread (text->name, strlen (text->name), &thread))
        return FALSE;
      learn_thread_name (doc, &thread);
      return TRUE;
    }
  g_autofree char *command = g_strndup (process.command, process.command_len);
  thaw_profile_builder_add_process (doc->builder, process.pid, command);
  return TRUE;
}

gboolean
thaw_speedscope_define_frames (ThawSpeedscope *doc)
{
  guint n_frames = doc->frames != NULL ? doc->frames->len : 0;
  gboolean by_thaw = doc->exporter != NULL && g_ascii_strncasecmp (doc->exporter, "thaw", 4) == 0;
  gboolean running = doc->has_sampled && !by_thaw;
  gboolean by_py_spy = doc->exporter != NULL && g_str_has_prefix (doc->exporter, "py-spy");

  if (doc->n_used > n_frames)
    {
      g_autofree char *frame = g_strdup_printf ("%u", doc->n_used - 1);
      return thaw_json_fail (&doc->json, THAW_ERROR_CORRUPT, doc->last_used_at,
                             ngettext ("Frame %s is used, but the file lists only %u frame",
                                       "Frame %s is used, but the file lists only %u frames",
                                       n_frames),
                             frame, n_frames);
    }
  for (guint i = 0; i < n_frames; i++)
    {
      const ThawSpeedscopeFrame *text = &g_array_index (doc->frames, ThawSpeedscopeFrame, i);
      if (by_py_spy && take_root_label (doc, text))
        {
          if (!thaw_profile_builder_define_frame (doc->builder, i, NULL, &doc->json.error))
            return FALSE;
          continue;
        }
      const char *name = text->name != NULL ? text->name : "(anonymous)";
      ThawFrameSpec spec = { name, text->file, running ? 0 : text->line, running ? text->line : 0,
                             thaw_label_function_kind (name, text->file) };
      /* Machine code has no lines there, and scripts need no suffix. */
      if (by_py_spy && spec.kind == THAW_FUNCTION_OTHER && text->file != NULL)
        spec.kind = text->line > 0 ? THAW_FUNCTION_PYTHON : THAW_FUNCTION_NATIVE;
      if (!thaw_profile_builder_define_frame (doc->builder, i, &spec, &doc->json.error))
        return FALSE;
    }
  return TRUE;
}
