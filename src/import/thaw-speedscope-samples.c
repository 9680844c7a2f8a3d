/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stacks and weights of a sampled speedscope profile.
 *
 * A stack that was there lately is known by the hash of its text and not parsed again
 * (thaw-stack-cache.h). One that is new mostly differs from the stack parsed before in its last
 * frames only: their texts are compared eight bytes at a time, a binary search in the offsets behind
 * each frame tells how many whole frames are the same, and only the rest is parsed. Weights may come
 * before or after the stacks: whichever comes first waits in an array.
 */
#include "thaw-speedscope-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What GArray can hold of eight bytes each. */
#define MAX_SAMPLES (1u << 28)

/* How many stacks are found before the first of them is looked up, and how long they may be in all. */
#define AHEAD 8
#define MAX_AHEAD_BYTES (1 << 20)

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

/* How many frames of the stack parsed last lie in its first @len bytes with their separators. */
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

/* The number of 1 to 7 digits at @p, all at once in one word, because stacks are little else than
 * numbers of few digits and a loop over them is a wrong guess for the processor each time. Returns how
 * many digits, 0 when there are none or more. Reads 8 bytes. */
static inline guint
short_number (const guint8 *p, guint64 *number)
{
  guint64 word;
  memcpy (&word, p, sizeof word);
  word = GUINT64_FROM_LE (word) ^ G_GUINT64_CONSTANT (0x3030303030303030);
  /* Bytes from 10 on carry into their top bit; the lowest of them is exact, which is enough. */
  guint64 others = (word | (word + G_GUINT64_CONSTANT (0x7676767676767676))) &
                   G_GUINT64_CONSTANT (0x8080808080808080);
  if (others == 0)
    return 0;
  guint n = (guint) __builtin_ctzll (others) >> 3;
  if (n == 0)
    return 0;
  /* Digits into the highest bytes, then neighbours added up as pairs, fours and eights. */
  word <<= 64 - 8 * n;
  word = (word * 10 + (word >> 8)) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  word = (word * 100 + (word >> 16)) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  *number = (guint32) (word * 10000 + (word >> 32));
  return n;
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
      p += short_number (p, &frame);
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

/* Has a stack that leads to @node wait for its weight. */
static gboolean
add_leaf (ThawSpeedscopeProfile *profile, guint32 node)
{
  if (profile->n_leaves == profile->leaves_size)
    {
      ThawJson *json = &profile->doc->json;
      if (profile->n_leaves >= MAX_SAMPLES)
        return thaw_json_fail (json, THAW_ERROR_LIMIT, thaw_json_offset (json, json->p),
                               _ ("There are more samples than Thaw accepts"));
      profile->leaves_size = MAX (profile->leaves_size * 2, 1024);
      profile->leaves = g_renew (guint32, profile->leaves, profile->leaves_size);
    }
  profile->leaves[profile->n_leaves++] = node;
  return TRUE;
}

/* Gives a stack that leads to @node its weight, or has it wait for it. */
static gboolean
add_sample (ThawSpeedscopeProfile *profile, guint32 node)
{
  guint64 index = profile->n_samples++;
  if (index >= profile->n_weights)
    return add_leaf (profile, node);
  double weight = g_array_index (profile->weights, double, index);
  return thaw_thread_builder_add_sample (profile->thread, node, weight, &profile->doc->json.error);
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

/* Keeps [text, text + len) as the text of the stack parsed last. */
static void
keep_text (ThawSpeedscopeProfile *profile, const guint8 *text, gsize len)
{
  if (len > profile->text_size)
    {
      profile->text_size = MAX (len * 2, 1024);
      profile->text = g_realloc (profile->text, profile->text_size + THAW_JSON_SLACK);
    }
  memcpy (profile->text, text, len);
  memset (profile->text + len, 0, THAW_JSON_SLACK);
  profile->text_len = len;
}

/* Parses the stack [text, text + len) from the first frame that differs from the stack parsed last.
 * Returns its leaf, THAW_NODE_NONE on failure. */
static guint32
parse_stack (ThawSpeedscopeProfile *profile, const guint8 *text, gsize len)
{
  gsize same = common_prefix (text, profile->text, MIN (len, profile->text_len));
  guint32 keep = whole_frames (profile, same);
  const guint8 *rest = text + (keep > 0 ? profile->ends[keep - 1] : 0);
  gssize n = 0;
  if (same < len)
    {
      n = parse_frames (profile, text, rest, keep);
      if (n < 0)
        return THAW_NODE_NONE;
    }
  keep_text (profile, text, len);
  return thaw_thread_builder_set_stack (profile->thread, keep, profile->frames, (guint32) n,
                                        &profile->doc->json.error);
}

/* Stacks that were found but not looked up yet, oldest first, so that the processor has the time to
 * fetch what the cache holds of them. Their texts are kept in the window. */
typedef struct
{
  struct
  {
    ThawStackEntry key;
    guint64 offset; /* of the text in the input */
    gsize len;
  } stacks[AHEAD];
  guint first;
  guint n;
} Ahead;

/* Looks up or parses the oldest stack of @ahead, and counts it as a sample. */
static gboolean
count_oldest (ThawSpeedscopeProfile *profile, Ahead *ahead)
{
  ThawJson *json = &profile->doc->json;
  guint oldest = ahead->first;
  gboolean found;
  ThawStackEntry *entry = thaw_stack_cache_lookup (&profile->doc->cache, &ahead->stacks[oldest].key,
                                                   &found);
  if (!found)
    {
      const guint8 *text = json->buffer + (ahead->stacks[oldest].offset - json->base);
      entry->node = parse_stack (profile, text, ahead->stacks[oldest].len);
      if (entry->node == THAW_NODE_NONE)
        return FALSE;
    }
  ahead->first = (oldest + 1) % AHEAD;
  ahead->n--;
  json->keep = ahead->n > 0 ? json->buffer + (ahead->stacks[ahead->first].offset - json->base)
                            : NULL;
  return add_sample (profile, entry->node);
}

/* Finds the stack at the scanner and puts it last in @ahead, which has room. */
static gboolean
find_stack (ThawSpeedscopeProfile *profile, Ahead *ahead)
{
  ThawSpeedscope *doc = profile->doc;
  ThawJson *json = &doc->json;

  if (thaw_json_peek (json) != '[')
    return thaw_json_fail_expected (json, _ ("a stack"));
  guint8 *close = whole_stack (json);
  if (close == NULL)
    return FALSE;
  guint8 *text = json->p + 1;
  guint last = (ahead->first + ahead->n++) % AHEAD;
  ahead->stacks[last].offset = thaw_json_offset (json, text);
  ahead->stacks[last].len = (gsize) (close + 1 - text);
  ahead->stacks[last].key = thaw_stack_hash (text, ahead->stacks[last].len, doc->n_profiles);
  thaw_stack_cache_prefetch (&doc->cache, &ahead->stacks[last].key);
  if (json->keep == NULL)
    json->keep = text;
  json->p = close + 1;
  return TRUE;
}

gboolean
thaw_speedscope_read_samples (ThawSpeedscopeProfile *profile)
{
  ThawJson *json = &profile->doc->json;
  Ahead ahead = { .n = 0 };

  if (!thaw_json_begin (json, '['))
    return FALSE;
  thaw_thread_builder_set_ordered (profile->thread);
  for (gboolean first = TRUE; thaw_json_next (json, ']', &first);)
    {
      if (!find_stack (profile, &ahead))
        return FALSE;
      while (ahead.n == AHEAD || (ahead.n > 0 && json->p - json->keep > MAX_AHEAD_BYTES))
        if (!count_oldest (profile, &ahead))
          return FALSE;
    }
  while (json->error == NULL && ahead.n > 0)
    if (!count_oldest (profile, &ahead))
      return FALSE;
  json->keep = NULL;
  return json->error == NULL;
}

/* Gives the next sample its weight, or has the weight wait for it. @at: where the weight stands. */
static gboolean
add_weight (ThawSpeedscopeProfile *profile, double weight, guint64 at)
{
  ThawJson *json = &profile->doc->json;
  guint64 index = profile->n_weights++;

  if (weight < 0)
    profile->n_negative++;
  weight = MAX (weight, 0) * profile->scale;
  if (!profile->has_samples)
    {
      if (profile->weights->len >= MAX_SAMPLES)
        return thaw_json_fail (json, THAW_ERROR_LIMIT, at,
                               _ ("There are more samples than Thaw accepts"));
      g_array_append_val (profile->weights, weight);
      return TRUE;
    }
  if (index >= profile->n_leaves)
    return thaw_json_fail (json, THAW_ERROR_CORRUPT, at, _ ("There are more weights than samples"));
  return thaw_thread_builder_add_sample (profile->thread, profile->leaves[index], weight,
                                         &json->error);
}

/* Whether a comma and the same @len bytes of number as before follow at once; consumes them. */
static inline gboolean
same_again (ThawJson *json, const guint8 *number, gsize len)
{
  const guint8 *p = json->p;
  if ((gsize) (json->end - p) < len + 2 || p[0] != ',' || memcmp (p + 1, number, len) != 0 ||
      (p[len + 1] != ',' && p[len + 1] != ']'))
    return FALSE;
  json->p += len + 1;
  return TRUE;
}

gboolean
thaw_speedscope_read_weights (ThawSpeedscopeProfile *profile)
{
  ThawJson *json = &profile->doc->json;

  if (!thaw_json_begin (json, '['))
    return FALSE;
  if (!profile->has_samples)
    profile->weights = g_array_new (FALSE, FALSE, sizeof (double));
  for (gboolean first = TRUE; thaw_json_next (json, ']', &first);)
    {
      guint64 at = thaw_json_offset (json, json->p);
      double weight;
      if (!thaw_json_number (json, &weight) || !add_weight (profile, weight, at))
        return FALSE;

      /* Samplers write the same weight again and again. */
      guint8 number[24];
      gsize len = (gsize) (thaw_json_offset (json, json->p) - at);
      if (len > sizeof number || len > (gsize) (json->p - json->buffer))
        continue;
      memcpy (number, json->p - len, len);
      while (same_again (json, number, len))
        if (!add_weight (profile, weight, thaw_json_offset (json, json->p)))
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
      for (guint64 i = 0; i < profile->n_leaves; i++)
        if (!thaw_thread_builder_add_sample (profile->thread, profile->leaves[i], 1.0,
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
