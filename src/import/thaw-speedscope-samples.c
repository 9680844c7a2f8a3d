/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stacks and weights of a sampled speedscope profile.
 *
 * Neighbouring stacks mostly differ in their last frames. So the text of each stack is compared with
 * the text of the stack before, eight bytes at a time; a binary search in the offsets behind each
 * frame tells how many whole frames are the same, and only the rest is parsed. The text of the stack
 * before is kept in the scanner's window. Weights may come before or after the stacks: whichever
 * comes first waits in an array.
 */
#include "thaw-speedscope-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Length of the common beginning of @a and @b, at most @len. Reads up to 7 bytes further. */
static inline gsize
common_prefix (const guint8 *a, const guint8 *b, gsize len)
{
  gsize i = 0;
  while (i < len)
    {
      guint64 x, y;
      memcpy (&x, a + i, sizeof x);
      memcpy (&y, b + i, sizeof y);
      if (x != y)
        {
          guint64 difference = GUINT64_FROM_LE (x) ^ GUINT64_FROM_LE (y);
          i += (gsize) __builtin_ctzll (difference) >> 3;
          break;
        }
      i += sizeof x;
    }
  return MIN (i, len);
}

/* How many frames of the stack before lie in its first @len bytes with their separators. */
static inline guint32
whole_frames (const ThawSpeedscopeProfile *profile, gsize len)
{
  guint32 low = 0, high = profile->depth;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      if (profile->ends[middle] <= len)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Makes room for one more frame. */
static gboolean
grow (ThawSpeedscopeProfile *profile, guint64 at)
{
  if (profile->capacity >= THAW_LIMIT_DEPTH)
    return thaw_json_fail (&profile->doc->json, THAW_ERROR_LIMIT, at,
                           _ ("A stack is deeper than %u frames"), THAW_LIMIT_DEPTH);
  profile->capacity = MAX (profile->capacity * 2, 256);
  profile->ends = g_renew (guint32, profile->ends, profile->capacity);
  profile->frames = g_renew (guint32, profile->frames, profile->capacity);
  return TRUE;
}

static inline const guint8 *
skip_space (const guint8 *p)
{
  while (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')
    p++;
  return p;
}

/* Parses the frames of the stack [text, close] from frame number @keep on, which starts at @p.
 * Returns how many there are, -1 on failure. */
static gssize
parse_frames (ThawSpeedscopeProfile *profile, const guint8 *text, const guint8 *p, guint32 keep)
{
  ThawSpeedscope *doc = profile->doc;
  ThawJson *json = &doc->json;
  guint32 depth = keep, n = 0;

  p = skip_space (p);
  if (*p == ']' && keep == 0)
    {
      profile->depth = 0;
      return 0;
    }
  for (;;)
    {
      p = skip_space (p);
      const guint8 *start = p;
      guint64 frame = 0;
      while ((guint8) (*p - '0') < 10)
        frame = frame * 10 + (guint64) (*p++ - '0');
      if (p == start || p - start > 10)
        {
          json->p = (guint8 *) start;
          thaw_json_fail_expected (json, _ ("the number of a frame"));
          return -1;
        }
      if (G_UNLIKELY (frame >= doc->n_used) &&
          !thaw_speedscope_use_frame (doc, frame, thaw_json_offset (json, start)))
        return -1;
      if (G_UNLIKELY (depth == profile->capacity) &&
          !grow (profile, thaw_json_offset (json, start)))
        return -1;
      p = skip_space (p);
      guint8 separator = *p++;
      profile->ends[depth++] = (guint32) (p - text);
      profile->frames[n++] = (guint32) frame;
      if (separator == ',')
        continue;
      if (separator == ']')
        break;
      json->p = (guint8 *) p - 1;
      thaw_json_fail_expected (json, _ ("a comma or “]”"));
      return -1;
    }
  profile->depth = depth;
  return n;
}

/* Gives the stack that was read its weight, or has it wait for it. */
static gboolean
add_leaf (ThawSpeedscopeProfile *profile)
{
  guint64 index = profile->n_samples++;
  if (index >= profile->n_weights)
    {
      if (profile->leaves->len == G_MAXUINT32 / sizeof (guint32))
        return thaw_json_fail (&profile->doc->json, THAW_ERROR_LIMIT,
                               thaw_json_offset (&profile->doc->json, profile->doc->json.p),
                               _ ("There are more samples than Thaw accepts"));
      g_array_append_val (profile->leaves, profile->leaf);
      return TRUE;
    }
  double weight = g_array_index (profile->weights, double, index);
  return thaw_thread_builder_add_sample (profile->thread, profile->leaf, weight,
                                         &profile->doc->json.error);
}

/* Makes the window hold the whole stack whose “[” is at the scanner; returns its “]”. */
static guint8 *
whole_stack (ThawJson *json)
{
  gsize seen = 1;
  for (;;)
    {
      guint8 *close = memchr (json->p + seen, ']', (gsize) (json->end - json->p) - seen);
      if (close != NULL)
        return close;
      seen = (gsize) (json->end - json->p);
      if (!thaw_json_refill (json))
        {
          json->p = json->end;
          thaw_json_fail_expected (json, _ ("the end of a stack"));
          return NULL;
        }
    }
}

static gboolean
read_stack (ThawSpeedscopeProfile *profile)
{
  ThawJson *json = &profile->doc->json;
  if (thaw_json_peek (json) != '[')
    return thaw_json_fail_expected (json, _ ("a stack"));
  guint8 *close = whole_stack (json);
  if (close == NULL)
    return FALSE;

  const guint8 *text = json->p + 1;
  gsize len = (gsize) (close + 1 - text);
  gsize same = json->keep != NULL ? common_prefix (text, json->keep, MIN (len, profile->prev_len))
                                  : 0;
  if (same == 0 || same < profile->prev_len)
    {
      guint32 keep = same > 0 ? whole_frames (profile, same) : 0;
      const guint8 *rest = text + (keep > 0 ? profile->ends[keep - 1] : 0);
      gssize n = parse_frames (profile, text, rest, keep);
      if (n < 0)
        return FALSE;
      profile->leaf = thaw_thread_builder_set_stack (profile->thread, keep, profile->frames,
                                                     (guint32) n, &json->error);
      if (profile->leaf == THAW_NODE_NONE)
        return FALSE;
    }
  json->keep = (guint8 *) text;
  profile->prev_len = len;
  json->p = close + 1;
  return add_leaf (profile);
}

gboolean
thaw_speedscope_read_samples (ThawSpeedscopeProfile *profile)
{
  ThawJson *json = &profile->doc->json;

  if (!thaw_json_begin (json, '['))
    return FALSE;
  thaw_thread_builder_set_ordered (profile->thread);
  profile->leaves = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (gboolean first = TRUE; thaw_json_next (json, ']', &first);)
    if (!read_stack (profile))
      break;
  json->keep = NULL;
  return json->error == NULL;
}

gboolean
thaw_speedscope_read_weights (ThawSpeedscopeProfile *profile)
{
  ThawJson *json = &profile->doc->json;
  const guint32 *leaves = profile->has_samples ? (const guint32 *) profile->leaves->data : NULL;
  guint64 n_leaves = profile->has_samples ? profile->leaves->len : 0;

  if (!thaw_json_begin (json, '['))
    return FALSE;
  if (!profile->has_samples)
    profile->weights = g_array_new (FALSE, FALSE, sizeof (double));
  for (gboolean first = TRUE; thaw_json_next (json, ']', &first);)
    {
      guint64 at = thaw_json_offset (json, json->p);
      double weight;
      if (!thaw_json_number (json, &weight))
        return FALSE;
      if (weight < 0)
        {
          profile->n_negative++;
          weight = 0;
        }
      weight *= profile->scale;
      guint64 index = profile->n_weights++;
      if (!profile->has_samples)
        {
          if (profile->weights->len == G_MAXUINT32 / sizeof (double))
            return thaw_json_fail (json, THAW_ERROR_LIMIT, at,
                                   _ ("There are more samples than Thaw accepts"));
          g_array_append_val (profile->weights, weight);
        }
      else if (index >= n_leaves)
        return thaw_json_fail (json, THAW_ERROR_CORRUPT, at,
                               _ ("There are more weights than samples"));
      else if (!thaw_thread_builder_add_sample (profile->thread, leaves[index], weight,
                                                &json->error))
        return FALSE;
    }
  return json->error == NULL;
}

gboolean
thaw_speedscope_finish_samples (ThawSpeedscopeProfile *profile, guint64 at)
{
  ThawSpeedscope *doc = profile->doc;

  if (profile->has_weights && profile->n_weights != profile->n_samples)
    {
      g_autofree char *samples = g_strdup_printf ("%" G_GUINT64_FORMAT, profile->n_samples);
      g_autofree char *weights = g_strdup_printf ("%" G_GUINT64_FORMAT, profile->n_weights);
      return thaw_json_fail (&doc->json, THAW_ERROR_CORRUPT, at,
                             _ ("The profile “%s” has %s samples, but %s weights"), profile->name,
                             samples, weights);
    }
  if (profile->has_samples && !profile->has_weights)
    {
      for (guint i = 0; i < profile->leaves->len; i++)
        if (!thaw_thread_builder_add_sample (profile->thread,
                                             g_array_index (profile->leaves, guint32, i), 1.0,
                                             &doc->json.error))
          return FALSE;
      if (profile->n_samples > 0)
        thaw_profile_builder_warn (doc->builder,
                                   _ ("The profile “%s” has no weights; each sample counts 1"),
                                   profile->name);
    }
  if (profile->n_negative > 0)
    {
      g_autofree char *n = g_strdup_printf ("%" G_GUINT64_FORMAT, profile->n_negative);
      thaw_profile_builder_warn (doc->builder,
                                 ngettext ("%s negative weight of the profile “%s” counts as 0",
                                           "%s negative weights of the profile “%s” count as 0",
                                           (gulong) profile->n_negative),
                                 n, profile->name);
    }
  return TRUE;
}
