/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * speedscope's JSON, read as a stream whose fields may come in any order.
 *
 * Frame numbers of the file are slots of the builder; their names are kept and defined at the end,
 * when the kind of the profiles and the exporter are known: samplers write a frame per line that was
 * running, tracers the line where the function begins. What one profile holds is read by
 * thaw-speedscope-samples.c and thaw-speedscope-events.c. Totals are sums of weights; endValue only
 * closes what is still open. Fields that are not known are skipped.
 */
#include "thaw-importers.h"

#include "thaw-labels.h"
#include "thaw-speedscope-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A frame as the file has it; the strings belong to the document's chunk. */
typedef struct
{
  const char *name; /* NULL when missing */
  const char *file; /* NULL when missing */
  guint32 line;     /* 0 when missing */
} FrameText;

/* Whether @needle, which holds no white space, stands in the head once white space is left out
 * before each of its bytes. */
static gboolean
head_has (const guint8 *head, gsize len, const char *needle)
{
  gsize n = strlen (needle);
  const guint8 *end = head + len;
  for (const guint8 *p = head; (p = memchr (p, needle[0], (gsize) (end - p))) != NULL; p++)
    {
      const guint8 *q = p;
      gsize i = 0;
      while (i < n && q < end)
        if (*q == (guint8) needle[i])
          q++, i++;
        else if (i > 0 && g_ascii_isspace (*q))
          q++;
        else
          break;
      if (i == n)
        return TRUE;
    }
  return FALSE;
}

static const guint8 *
skip_byte_order_mark (const guint8 *head, gsize len)
{
  return len >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0 ? head + 3 : head;
}

static ThawSniff
sniff (const guint8 *head, gsize len, gboolean complete)
{
  const guint8 *p = skip_byte_order_mark (head, len);
  while (p < head + len && g_ascii_isspace (*p))
    p++;
  if (p < head + len && *p != '{')
    return THAW_SNIFF_NO;
  if (head_has (head, len, "file-format-schema.json") ||
      head_has (head, len, "\"shared\":{\"frames\":[") ||
      head_has (head, len, "\"profiles\":[{\"type\":\"sampled\"") ||
      head_has (head, len, "\"profiles\":[{\"type\":\"evented\"") ||
      head_has (head, len, "\"exporter\":\"speedscope@"))
    return THAW_SNIFF_YES;
  return complete ? THAW_SNIFF_NO : THAW_SNIFF_NEED_MORE;
}

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

void
thaw_speedscope_profile_clear (ThawSpeedscopeProfile *profile)
{
  g_clear_pointer (&profile->name, g_free);
  g_clear_pointer (&profile->text, g_free);
  g_clear_pointer (&profile->ends, g_free);
  g_clear_pointer (&profile->frames, g_free);
  g_clear_pointer (&profile->leaves, g_free);
  g_clear_pointer (&profile->weights, g_array_unref);
  g_clear_pointer (&profile->open, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ThawSpeedscopeProfile, thaw_speedscope_profile_clear)

/* Reads a string; anything else is skipped and leaves @text NULL. */
static gboolean
read_optional_string (ThawJson *json, const char **text)
{
  *text = NULL;
  if (thaw_json_peek (json) != '"')
    return thaw_json_skip (json);
  *text = thaw_json_string (json);
  return *text != NULL;
}

/* Reads a number; anything else is skipped and leaves @value alone. */
static gboolean
read_optional_number (ThawJson *json, double *value)
{
  guint8 c = thaw_json_peek (json);
  return c == '-' || g_ascii_isdigit (c) ? thaw_json_number (json, value) : thaw_json_skip (json);
}

static gboolean
read_frame (ThawSpeedscope *doc)
{
  ThawJson *json = &doc->json;
  FrameText frame = { NULL, NULL, 0 };

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
          if (!read_optional_string (json, &text))
            return FALSE;
          const char *kept = text != NULL ? g_string_chunk_insert_const (doc->strings, text) : NULL;
          *(is_name ? &frame.name : &frame.file) = kept;
        }
      else if (strcmp (key, "line") == 0)
        {
          if (!read_optional_number (json, &line))
            return FALSE;
          frame.line = line >= 1 && line <= G_MAXINT32 ? (guint32) line : 0;
        }
      else if (!thaw_json_skip (json))
        return FALSE;
    }
  g_array_append_val (doc->frames, frame);
  return json->error == NULL;
}

static gboolean
read_shared (ThawSpeedscope *doc)
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
      doc->frames = g_array_new (FALSE, FALSE, sizeof (FrameText));
      if (!thaw_json_begin (json, '['))
        return FALSE;
      for (gboolean first = TRUE; thaw_json_next (json, ']', &first);)
        if (!read_frame (doc))
          return FALSE;
    }
  return json->error == NULL;
}

/* Takes the unit of a profile: the first one's is the document's, others are converted to it. */
static gboolean
read_unit (ThawSpeedscopeProfile *profile)
{
  static const ThawUnit units[] = { THAW_UNIT_NONE,         THAW_UNIT_NANOSECONDS,
                                    THAW_UNIT_MICROSECONDS, THAW_UNIT_MILLISECONDS,
                                    THAW_UNIT_SECONDS,      THAW_UNIT_BYTES };
  ThawSpeedscope *doc = profile->doc;
  guint64 at = thaw_json_offset (&doc->json, doc->json.p);
  const char *text;
  if (!read_optional_string (&doc->json, &text))
    return FALSE;

  ThawUnit unit = THAW_UNIT_NONE;
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (units); i++)
    if (strcmp (text, thaw_unit_to_string (units[i])) == 0)
      unit = units[i];
  if (!doc->has_unit)
    {
      doc->has_unit = TRUE;
      doc->unit = unit;
    }
  if (unit == doc->unit)
    return TRUE;
  double from = thaw_unit_seconds (unit), to = thaw_unit_seconds (doc->unit);
  if (from > 0 && to > 0 && !profile->has_events && !profile->has_weights)
    {
      profile->scale = from / to;
      return TRUE;
    }
  return thaw_json_fail (
      &doc->json, THAW_ERROR_MISMATCH, at,
      /* Translators: both are units: "seconds", "bytes". */
      _ ("One profile of the file counts %s and another %s, which cannot be shown together"),
      thaw_unit_to_string (doc->unit), thaw_unit_to_string (unit));
}

/* Makes the profile's thread, of the process and id that its name tells. */
static gboolean
make_thread (ThawSpeedscopeProfile *profile)
{
  ThawProfileBuilder *builder = profile->doc->builder;
  ThawThreadLabel label;
  if (profile->thread != NULL)
    return TRUE;

  g_autofree char *name = NULL;
  if (thaw_label_parse_thread (profile->name, &label))
    name = g_strndup (label.name, label.name_len);
  else
    {
      label.pid = label.tid = -1;
      name = g_strdup (profile->name);
    }
  guint32 process = thaw_profile_builder_add_process (builder, label.pid, "");
  ThawThreadSpec spec = { label.tid, name, thaw_label_thread_role (name) };
  profile->thread = thaw_profile_builder_new_thread (builder, process, &spec,
                                                     &profile->doc->json.error);
  return profile->thread != NULL;
}

/* Reads "samples", "weights" or "events". */
static gboolean
read_data (ThawSpeedscopeProfile *profile, const char *key)
{
  ThawJson *json = &profile->doc->json;
  gboolean samples = strcmp (key, "samples") == 0, weights = strcmp (key, "weights") == 0;
  gboolean *has = samples   ? &profile->has_samples
                  : weights ? &profile->has_weights
                            : &profile->has_events;

  if (*has)
    return thaw_json_fail (json, THAW_ERROR_CORRUPT, thaw_json_offset (json, json->p),
                           _ ("A profile has its samples, weights or events twice"));
  if (has == &profile->has_events ? profile->has_samples || profile->has_weights
                                  : profile->has_events)
    return thaw_json_fail (json, THAW_ERROR_CORRUPT, thaw_json_offset (json, json->p),
                           _ ("A profile has both samples and events"));
  if (!make_thread (profile))
    return FALSE;
  gboolean ok = samples   ? thaw_speedscope_read_samples (profile)
                : weights ? thaw_speedscope_read_weights (profile)
                          : thaw_speedscope_read_events (profile);
  *has = TRUE;
  return ok;
}

static gboolean
read_member (ThawSpeedscopeProfile *profile)
{
  ThawJson *json = &profile->doc->json;
  const char *key = thaw_json_key (json), *text = NULL;

  if (key == NULL)
    return FALSE;
  if (strcmp (key, "samples") == 0)
    return read_data (profile, "samples");
  if (strcmp (key, "weights") == 0)
    return read_data (profile, "weights");
  if (strcmp (key, "events") == 0)
    return read_data (profile, "events");
  if (strcmp (key, "unit") == 0)
    return read_unit (profile);
  if (strcmp (key, "startValue") == 0)
    return read_optional_number (json, &profile->start);
  if (strcmp (key, "endValue") == 0)
    return read_optional_number (json, &profile->end);
  if (strcmp (key, "name") != 0)
    return thaw_json_skip (json);

  if (!read_optional_string (json, &text))
    return FALSE;
  if (text != NULL)
    {
      g_free (profile->name);
      profile->name = g_utf8_make_valid (text, -1);
      if (profile->thread != NULL)
        thaw_thread_builder_set_name (profile->thread, text);
    }
  return TRUE;
}

static gboolean
read_profile (ThawSpeedscope *doc)
{
  ThawJson *json = &doc->json;
  g_auto (ThawSpeedscopeProfile) profile = {
    .doc = doc,
    .scale = 1,
    .start = NAN,
    .end = -INFINITY,
    .name = g_strdup (""),
  };

  if (!thaw_json_begin (json, '{'))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (json, '}', &first);)
    if (!read_member (&profile))
      return FALSE;
  if (json->error != NULL || !make_thread (&profile))
    return FALSE;

  if (profile.has_events)
    thaw_speedscope_finish_events (&profile);
  else if (!thaw_speedscope_finish_samples (&profile, thaw_json_offset (json, json->p)))
    return FALSE;
  /* Samplers that know no clock write 0; the first event tells better. */
  if (profile.start > 0 && !profile.has_events)
    thaw_thread_builder_set_start (profile.thread, profile.start * profile.scale);
  doc->has_evented |= profile.has_events;
  doc->has_sampled |= profile.has_samples;
  doc->n_profiles++;
  return TRUE;
}

static gboolean
read_profiles (ThawSpeedscope *doc)
{
  if (!thaw_json_begin (&doc->json, '['))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (&doc->json, ']', &first);)
    if (!read_profile (doc))
      return FALSE;
  return doc->json.error == NULL;
}

static gboolean
read_document (ThawSpeedscope *doc)
{
  ThawJson *json = &doc->json;
  const char *text;

  if (!thaw_json_begin (json, '{'))
    return FALSE;
  for (gboolean first = TRUE; thaw_json_next (json, '}', &first);)
    {
      const char *key = thaw_json_key (json);
      gboolean ok = key != NULL;
      if (!ok)
        return FALSE;
      if (strcmp (key, "profiles") == 0)
        ok = read_profiles (doc);
      else if (strcmp (key, "shared") == 0)
        ok = read_shared (doc);
      else if (strcmp (key, "exporter") == 0)
        {
          ok = read_optional_string (json, &text);
          if (ok && text != NULL)
            {
              g_free (doc->exporter);
              doc->exporter = g_strdup (text);
            }
        }
      else
        ok = thaw_json_skip (json);
      if (!ok)
        return FALSE;
    }
  if (json->error == NULL && thaw_json_peek (json) != 0)
    thaw_profile_builder_warn (doc->builder, _ ("Something follows the end of the JSON document"));
  return json->error == NULL;
}

/* Whether a frame is one of the labels that py-spy puts at the root of its stacks: a process, whose
 * command line is learnt, or a thread. The profile's name has told both already. */
static gboolean
take_root_label (ThawSpeedscope *doc, const FrameText *text)
{
  ThawProcessLabel process;
  ThawThreadLabel thread;

  if (text->name == NULL || text->line > 0)
    return FALSE;
  if (!thaw_label_parse_process (text->name, &process))
    return thaw_label_parse_root_thread (text->name, strlen (text->name), &thread);
  g_autofree char *command = g_strndup (process.command, process.command_len);
  thaw_profile_builder_add_process (doc->builder, process.pid, command);
  return TRUE;
}

/* Names the slots that the stacks used. */
static gboolean
define_frames (ThawSpeedscope *doc)
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
      const FrameText *text = &g_array_index (doc->frames, FrameText, i);
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

/* Says what the capture is. */
static void
describe (ThawSpeedscope *doc)
{
  /* Tools that sample and always measure the same: py-spy drops idle samples, so that its time is
   * CPU-active time; pyinstrument writes its samples as events. */
  static const struct
  {
    const char *name;
    ThawMeaning meaning;
  } samplers[] = { { "py-spy", THAW_MEANING_CPU }, { "pyinstrument", THAW_MEANING_WALL } };
  gboolean sampled = doc->has_sampled || !doc->has_evented;
  ThawMeaning meaning = doc->unit == THAW_UNIT_BYTES ? THAW_MEANING_MEMORY : THAW_MEANING_UNKNOWN;

  for (gsize i = 0; i < G_N_ELEMENTS (samplers) && doc->exporter != NULL; i++)
    if (g_str_has_prefix (doc->exporter, samplers[i].name))
      {
        sampled = TRUE;
        if (thaw_unit_seconds (doc->unit) > 0)
          meaning = samplers[i].meaning;
      }
  thaw_profile_builder_set_unit (doc->builder, doc->unit, meaning);
  thaw_profile_builder_set_kind (doc->builder, sampled ? THAW_KIND_SAMPLED : THAW_KIND_TRACED);
  if (doc->exporter != NULL)
    {
      g_autofree char *tool = g_strdelimit (g_strdup (doc->exporter), "@", ' ');
      thaw_profile_builder_set_tool (doc->builder, tool);
    }
}

static gboolean
load (ThawInput *input, ThawProfileBuilder *builder, GError **error)
{
  ThawSpeedscope doc = { .builder = builder, .strings = g_string_chunk_new (4096) };
  thaw_json_init (&doc.json, input);

  while (doc.json.end - doc.json.p < 3 && thaw_json_refill (&doc.json))
    ;
  doc.json.p = (guint8 *) skip_byte_order_mark (doc.json.p, (gsize) (doc.json.end - doc.json.p));
  gboolean ok = read_document (&doc);
  if (ok && doc.n_profiles == 0)
    ok = thaw_json_fail (&doc.json, THAW_ERROR_EMPTY, thaw_json_offset (&doc.json, doc.json.p),
                         _ ("The file holds no profile"));
  if (ok)
    {
      describe (&doc);
      ok = define_frames (&doc);
    }
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&doc.json.error));

  thaw_json_clear (&doc.json);
  thaw_stack_cache_clear (&doc.cache);
  g_clear_pointer (&doc.frames, g_array_unref);
  g_string_chunk_free (doc.strings);
  g_free (doc.exporter);
  return ok;
}

static const char *const suffixes[] = { "speedscope.json", "speedscope", "json", NULL };

const ThawImporter thaw_importer_speedscope = {
  .id = "speedscope",
  .title = N_ ("speedscope JSON"),
  .suffixes = suffixes,
  .sniff = sniff,
  .load = load,
};
