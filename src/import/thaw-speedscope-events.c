/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Events of an evented speedscope profile: frames that open and close.
 *
 * Events go to the builder as they are read. The format asks for times that never go back and for
 * frames closed innermost first; what breaks that is repaired where the meaning is plain and told as
 * a warning: a time that goes back is taken for the latest, frames inside the one that closes close
 * with it, closing what is not open does nothing, what is open at the end closes at the end.
 */
#include "thaw-speedscope-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Steps that repairing a profile may take in all; real files need a handful. */
#define MAX_REPAIR_WORK ((guint64) 1 << 28)

typedef struct
{
  char type; /* 'O', 'C', 0 when missing */
  double frame;
  double at;
  guint64 offset;
} Event;

/* Reads one event object. */
static gboolean
read_event (ThawSpeedscope *doc, Event *event)
{
  ThawJson *json = &doc->json;

  if (!thaw_json_begin (json, '{'))
    return FALSE;
  *event = (Event){ 0, -1, NAN, thaw_json_offset (json, json->p) - 1 };
  for (gboolean first = TRUE; thaw_json_next (json, '}', &first);)
    {
      const char *key = thaw_json_key (json);
      gboolean ok;
      if (key == NULL)
        return FALSE;
      if (strcmp (key, "at") == 0)
        ok = thaw_json_number (json, &event->at);
      else if (strcmp (key, "frame") == 0)
        ok = thaw_json_number (json, &event->frame);
      else if (strcmp (key, "type") == 0)
        {
          const char *type = thaw_json_string (json);
          ok = type != NULL;
          event->type = ok && type[0] != '\0' && type[1] == '\0' ? type[0] : '?';
        }
      else
        ok = thaw_json_skip (json);
      if (!ok)
        return FALSE;
    }
  if (json->error != NULL)
    return FALSE;
  if ((event->type != 'O' && event->type != 'C') || isnan (event->at) || event->frame < 0 ||
      event->frame != floor (event->frame))
    return thaw_json_fail (json, THAW_ERROR_CORRUPT, event->offset,
                           _ ("An event needs a type “O” or “C”, a frame and a time"));
  return event->frame < doc->n_used ||
         thaw_speedscope_use_frame (doc, (guint64) MIN (event->frame, 1e15), event->offset);
}

/* Closes @frame, which is not the innermost open one: with all inside it if it is open at all. */
static gboolean
repair_close (ThawSpeedscopeProfile *profile, guint32 frame, double at, guint64 offset)
{
  ThawJson *json = &profile->doc->json;
  const guint32 *open = (const guint32 *) profile->open->data;
  guint depth = profile->open->len;

  profile->work += depth;
  if (profile->work > MAX_REPAIR_WORK)
    return thaw_json_fail (json, THAW_ERROR_CORRUPT, offset,
                           _ ("Too many events do not fit one another"));
  while (depth > 0 && open[depth - 1] != frame)
    depth--;
  if (depth == 0)
    {
      profile->n_unopened++;
      return TRUE;
    }
  profile->n_skipped += profile->open->len - depth;
  while (profile->open->len >= depth)
    {
      if (!thaw_thread_builder_leave (profile->thread, G_MAXUINT32, at, &json->error))
        return FALSE;
      g_array_set_size (profile->open, profile->open->len - 1);
    }
  return TRUE;
}

static gboolean
apply_event (ThawSpeedscopeProfile *profile, const Event *event)
{
  ThawJson *json = &profile->doc->json;
  guint32 frame = (guint32) event->frame;
  double at = event->at * profile->scale;

  if (at < profile->last_at)
    {
      profile->n_backwards++;
      at = profile->last_at;
    }
  profile->last_at = at;

  if (event->type == 'O')
    {
      if (profile->open->len == THAW_LIMIT_DEPTH)
        return thaw_json_fail (json, THAW_ERROR_LIMIT, event->offset,
                               _ ("A stack is deeper than %u frames"), THAW_LIMIT_DEPTH);
      g_array_append_val (profile->open, frame);
      return thaw_thread_builder_enter (profile->thread, frame, at, &json->error);
    }
  if (profile->open->len == 0 ||
      g_array_index (profile->open, guint32, profile->open->len - 1) != frame)
    return repair_close (profile, frame, at, event->offset);
  g_array_set_size (profile->open, profile->open->len - 1);
  return thaw_thread_builder_leave (profile->thread, frame, at, &json->error);
}

gboolean
thaw_speedscope_read_events (ThawSpeedscopeProfile *profile)
{
  ThawJson *json = &profile->doc->json;

  if (!thaw_json_begin (json, '['))
    return FALSE;
  profile->open = g_array_new (FALSE, FALSE, sizeof (guint32));
  profile->last_at = -INFINITY;
  for (gboolean first = TRUE; thaw_json_next (json, ']', &first);)
    {
      Event event;
      if (!read_event (profile->doc, &event) || !apply_event (profile, &event))
        return FALSE;
    }
  return json->error == NULL;
}

/* Warns with a count and the profile's name. */
static void
warn_count (ThawSpeedscopeProfile *profile, guint64 count, const char *format)
{
  g_autofree char *n = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  g_autoptr (GString) text = g_string_new (format);
  g_string_replace (text, "{count}", n, 1);
  g_string_replace (text, "{profile}", profile->name, 1);
  thaw_profile_builder_warn (profile->doc->builder, "%s", text->str);
}

void
thaw_speedscope_finish_events (ThawSpeedscopeProfile *profile)
{
  if (profile->n_backwards > 0)
    warn_count (profile, profile->n_backwards,
                /* Translators: keep {count} and {profile} as they are. */
                ngettext ("{count} event of “{profile}” goes back in time and was moved",
                          "{count} events of “{profile}” go back in time and were moved",
                          (gulong) profile->n_backwards));
  if (profile->n_skipped > 0)
    warn_count (profile, profile->n_skipped,
                ngettext ("{count} frame of “{profile}” was closed by the end of its caller",
                          "{count} frames of “{profile}” were closed by the end of their callers",
                          (gulong) profile->n_skipped));
  if (profile->n_unopened > 0)
    warn_count (profile, profile->n_unopened,
                ngettext ("{count} event of “{profile}” closes a frame that is not open",
                          "{count} events of “{profile}” close frames that are not open",
                          (gulong) profile->n_unopened));
  if (profile->open->len > 0)
    {
      double end = profile->end * profile->scale;
      double at = end > profile->last_at ? end : profile->last_at;
      guint32 n = thaw_thread_builder_leave_all (profile->thread, at);
      warn_count (profile, n,
                  ngettext ("{count} frame of “{profile}” was still open at the end",
                            "{count} frames of “{profile}” were still open at the end", n));
    }
}
