/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Marshalled data, code by code; nothing is shared by reference, so any reader must take it.
 */
#include "marshal-writer.h"

#include <stdlib.h>
#include <string.h>

void
marshal_put_code (GByteArray *out, char code)
{
  g_byte_array_append (out, (const guint8 *) &code, 1);
}

static void
put_little_endian (GByteArray *out, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++)
    marshal_put_code (out, (char) (value >> (8 * i)));
}

void
marshal_put_int (GByteArray *out, gint32 value)
{
  marshal_put_code (out, 'i');
  put_little_endian (out, (guint32) value, 4);
}

void
marshal_put_float (GByteArray *out, double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  marshal_put_code (out, 'g');
  put_little_endian (out, bits, 8);
}

void
marshal_put_text (GByteArray *out, const char *text)
{
  marshal_put_code (out, 'u');
  put_little_endian (out, strlen (text), 4);
  g_byte_array_append (out, (const guint8 *) text, strlen (text));
}

void
marshal_put_tuple (GByteArray *out, guint8 n)
{
  marshal_put_code (out, ')');
  marshal_put_code (out, (char) n);
}

void
marshal_put_label (GByteArray *out, const char *file, gint32 line, const char *name)
{
  marshal_put_tuple (out, 3);
  marshal_put_text (out, file);
  marshal_put_int (out, line);
  marshal_put_text (out, name);
}

void
marshal_put_numbers (GByteArray *out, gint32 first, gint32 second, double self, double total)
{
  marshal_put_int (out, first);
  marshal_put_int (out, second);
  marshal_put_float (out, self);
  marshal_put_float (out, total);
}

static void
put_named_label (GByteArray *out, const char *name)
{
  if (*name == '~')
    marshal_put_label (out, "~", 0, name + 1);
  else
    marshal_put_label (out, "m.py", 1, name);
}

GBytes *
pstats_from_text (const char *text)
{
  GByteArray *out = g_byte_array_new ();
  g_auto (GStrv) lines = g_strsplit_set (text, "\n", -1);
  gboolean open = FALSE;

  marshal_put_code (out, '{');
  for (char **line = lines; *line != NULL; line++)
    {
      gboolean is_edge = g_str_has_prefix (*line, "  ");
      g_auto (GStrv) words = g_strsplit (g_strstrip (*line), " ", -1);
      guint n = g_strv_length (words);

      if (n < 2)
        continue;
      if (!is_edge && open)
        marshal_put_code (out, '0');
      put_named_label (out, words[0]);
      if (n == 2)
        {
          marshal_put_int (out, atoi (words[1]));
          continue;
        }
      g_assert_cmpuint (n, ==, 5);
      marshal_put_tuple (out, is_edge ? 4 : 5);
      marshal_put_numbers (out, atoi (words[1]), atoi (words[2]), g_ascii_strtod (words[3], NULL),
                           g_ascii_strtod (words[4], NULL));
      if (!is_edge)
        marshal_put_code (out, '{');
      open = TRUE;
    }
  if (open)
    marshal_put_code (out, '0');
  marshal_put_code (out, '0');
  return g_byte_array_free_to_bytes (out);
}

static void
put_function (GByteArray *out, const ThawProfile *profile, const ThawEdges *edges, guint32 row)
{
  const ThawFunction *function = thaw_profile_get_function (profile,
                                                            edges->functions[row].function);

  marshal_put_label (out, function->file != NULL ? function->file : "~", (gint32) function->line,
                     function->name);
}

GBytes *
pstats_from_profile (const ThawProfile *profile)
{
  const ThawEdges *edges = thaw_profile_get_edges (profile, 0);
  GByteArray *out = g_byte_array_new ();

  marshal_put_code (out, '{');
  for (guint32 row = 0; row < edges->n_functions; row++)
    {
      const ThawEdgeFunction *function = &edges->functions[row];

      put_function (out, profile, edges, row);
      marshal_put_tuple (out, 5);
      marshal_put_numbers (out, (gint32) function->primitive_calls, (gint32) function->calls,
                           function->self, function->total);
      marshal_put_code (out, '{');
      for (guint32 i = 0; i < edges->n_edges; i++)
        {
          const ThawEdge *edge = &edges->edges[i];

          if (edge->callee != row)
            continue;
          put_function (out, profile, edges, edge->caller);
          marshal_put_tuple (out, 4);
          marshal_put_numbers (out, (gint32) edge->calls, (gint32) edge->primitive_calls,
                               edge->self, edge->total);
        }
      marshal_put_code (out, '0');
    }
  marshal_put_code (out, '0');
  return g_byte_array_free_to_bytes (out);
}
