/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * speedscope's JSON, read as a stream whose fields may come in any order.
 *
 * This is the document and its profiles; frames, samples and events are read by thaw-speedscope-….c.
 * Each profile is a thread, of the process and id that its name tells where py-spy or Thaw wrote it.
 * Totals are sums of weights; endValue only closes what is still open. Fields that are not known are
 * skipped.
 */
#include "thaw-importers.h"

#include "thaw-labels.h"
#include "thaw-speedscope-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

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

/* Takes the unit of a profile. The first one's is the document's; others are converted to it, or left
 * out where that cannot be. What was read before its unit is known can only have the same. */
static gboolean
read_unit (ThawSpeedscopeProfile *profile)
{
  static const ThawUnit units[] = { THAW_UNIT_NONE,         THAW_UNIT_NANOSECONDS,
                                    THAW_UNIT_MICROSECONDS, THAW_UNIT_MILLISECONDS,
                                    THAW_UNIT_SECONDS,      THAW_UNIT_BYTES };
  ThawSpeedscope *doc = profile->doc;
  guint64 at = thaw_json_offset (&doc->json, doc->json.p);
  const char *text;
  if (!thaw_speedscope_read_string (&doc->json, &text))
    return FALSE;

  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (units); i++)
    if (strcmp (text, thaw_unit_to_string (units[i])) == 0)
      profile->unit = units[i];
  if (!doc->has_unit)
    doc->unit = profile->unit;
  doc->has_unit = TRUE;
  if (profile->unit == doc->unit)
    return TRUE;

  double from = thaw_unit_seconds (profile->unit), to = thaw_unit_seconds (doc->unit);
  profile->left_out = !(from > 0 && to > 0);
  profile->scale = profile->left_out ? 1 : from / to;
  if (!profile->has_events && !profile->has_samples && !profile->has_weights)
    return TRUE;
  return thaw_json_fail (
      &doc->json, THAW_ERROR_MISMATCH, at,
      /* Translators: both are units: "seconds", "bytes". */
      _ ("One profile of the file counts %s and another %s, which cannot be shown together"),
      thaw_unit_title (doc->unit), thaw_unit_title (profile->unit));
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
  if (profile->thread == NULL)
    return FALSE;
  GHashTable *threads = profile->doc->threads;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, label.tid);
  gboolean taken = g_hash_table_contains (threads, id);
  g_hash_table_insert (threads, g_steal_pointer (&id), taken ? NULL : profile->thread);
  return TRUE;
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
  if (profile->left_out)
    return thaw_json_skip (json);
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
    return thaw_speedscope_read_number (json, &profile->start);
  if (strcmp (key, "endValue") == 0)
    return thaw_speedscope_read_number (json, &profile->end);
  if (strcmp (key, "name") != 0)
    return thaw_json_skip (json);

  if (!thaw_speedscope_read_string (json, &text))
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
  if (json->error != NULL)
    return FALSE;
  if (profile.left_out)
    {
      thaw_profile_builder_warn (doc->builder,
                                 /* Translators: a name and two units: "bytes", "seconds". */
                                 _ ("The profile “%s” counts %s, not %s, and was left out"),
                                 profile.name, thaw_unit_title (profile.unit),
                                 thaw_unit_title (doc->unit));
      return TRUE;
    }
  if (!make_thread (&profile))
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
        ok = thaw_speedscope_read_shared (doc);
      else if (strcmp (key, "exporter") == 0)
        {
          ok = thaw_speedscope_read_string (json, &text);
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
  ThawSpeedscope doc = { .builder = builder,
                         .strings = g_string_chunk_new (4096),
                         .threads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
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
      ok = thaw_speedscope_define_frames (&doc);
    }
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&doc.json.error));

  thaw_json_clear (&doc.json);
  thaw_stack_cache_clear (&doc.cache);
  g_clear_pointer (&doc.frames, g_array_unref);
  g_string_chunk_free (doc.strings);
  g_hash_table_unref (doc.threads);
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
