/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawStackCache: stacks that were read lately, by a hash of their text, with the node that they led
 * to. Programs return to the stacks they had, so most of a long capture need not be parsed again.
 *
 * The text is hashed 32 bytes at a time in four independent lanes, in the manner of xxHash64. Entries
 * hold 96 bits of hash and no text: a wrong answer is a matter of 2^-60 for four thousand million
 * stacks. Four entries share a cache line; the one used longest ago makes room. Private to this
 * folder.
 */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

#define THAW_STACK_CACHE_LINES (1u << 15)
#define THAW_STACK_CACHE_WAYS 4

typedef struct
{
  guint64 high;
  guint32 low;
  guint32 node;
} ThawStackEntry;

typedef struct
{
  ThawStackEntry (*lines)[THAW_STACK_CACHE_WAYS]; /* THAW_STACK_CACHE_LINES of them, made on use */
} ThawStackCache;

static inline guint64
thaw_rotate_left (guint64 value, guint bits)
{
  return value << bits | value >> (64 - bits);
}

/* The hash of @len bytes of text; up to 7 bytes after it are read and ignored. Equal texts of
 * different @salt have different hashes. The node of the result is not set. */
static inline ThawStackEntry
thaw_stack_hash (const guint8 *text, gsize len, guint64 salt)
{
  const guint64 p1 = G_GUINT64_CONSTANT (0x9e3779b185ebca87);
  const guint64 p2 = G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f);
  const guint64 p3 = G_GUINT64_CONSTANT (0x165667b19e3779f9);
  guint64 lanes[4] = { salt + p1 + p2, salt + p2, salt, salt - p1 };
  gsize i = 0;

  for (; i + 32 <= len; i += 32)
    for (guint lane = 0; lane < 4; lane++)
      {
        guint64 word;
        memcpy (&word, text + i + 8 * lane, sizeof word);
        lanes[lane] = thaw_rotate_left (lanes[lane] + GUINT64_FROM_LE (word) * p2, 31) * p1;
      }
  for (guint lane = 0; i < len; i += 8, lane++)
    {
      guint64 word;
      memcpy (&word, text + i, sizeof word);
      word = GUINT64_FROM_LE (word);
      if (len - i < 8)
        word &= (G_GUINT64_CONSTANT (1) << 8 * (len - i)) - 1;
      lanes[lane] = thaw_rotate_left (lanes[lane] + word * p2, 31) * p1;
    }

  guint64 high = thaw_rotate_left (lanes[0], 1) + thaw_rotate_left (lanes[1], 7) +
                 thaw_rotate_left (lanes[2], 12) + thaw_rotate_left (lanes[3], 18) + len;
  guint64 low = (lanes[0] ^ thaw_rotate_left (lanes[1], 21)) * p3 +
                (lanes[2] ^ thaw_rotate_left (lanes[3], 43)) * p1;
  high = (high ^ high >> 33) * p2;
  high = (high ^ high >> 29) * p3;
  low = (low ^ low >> 31) * p2;
  return (ThawStackEntry){ high ^ high >> 32, (guint32) (low >> 32), 0 };
}

/* Has the processor fetch what a lookup of @key will read. */
static inline void
thaw_stack_cache_prefetch (ThawStackCache *cache, const ThawStackEntry *key)
{
  if (G_UNLIKELY (cache->lines == NULL))
    cache->lines = g_malloc0_n (THAW_STACK_CACHE_LINES, sizeof cache->lines[0]);
  __builtin_prefetch (cache->lines[key->high % THAW_STACK_CACHE_LINES], 1);
}

/* Finds the entry with the hash of @key and puts it in front, so that its node may be read there, or
 * makes it there in place of the oldest. Returns the front entry; @found tells which. After a prefetch
 * of the same @key. */
static inline ThawStackEntry *
thaw_stack_cache_lookup (ThawStackCache *cache, const ThawStackEntry *key, gboolean *found)
{
  ThawStackEntry *line = cache->lines[key->high % THAW_STACK_CACHE_LINES];
  ThawStackEntry front = *key;
  guint way = 0;

  while (way < THAW_STACK_CACHE_WAYS && (line[way].high != key->high || line[way].low != key->low))
    way++;
  *found = way < THAW_STACK_CACHE_WAYS;
  if (*found)
    front = line[way];
  else
    way--;
  memmove (line + 1, line, way * sizeof *line);
  line[0] = front;
  return line;
}

static inline void
thaw_stack_cache_clear (ThawStackCache *cache)
{
  g_clear_pointer (&cache->lines, g_free);
}

G_END_DECLS
