/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names are taken as they stand but for addresses, which tell nothing and differ from run to run.
 * Python 2 wrote bytes of no stated encoding; what is not UTF-8 is taken for Latin-1.
 */
#include "thaw-pstats-labels.h"

#include <string.h>

#define TEXT_BUDGET ((guint64) 1 << 29)

void
thaw_pstats_labels_init (ThawPstatsLabels *labels,
                         const ThawMarshal *marshal,
                         ThawProfileBuilder *builder)
{
  labels->marshal = marshal;
  labels->builder = builder;
  labels->text = g_string_new (NULL);
  labels->n_bytes = 0;
  labels->slots = g_new (guint32, marshal->n_values);
  memset (labels->slots, 0xff, marshal->n_values * sizeof *labels->slots);
}

void
thaw_pstats_labels_clear (ThawPstatsLabels *labels)
{
  g_string_free (labels->text, TRUE);
  g_free (labels->slots);
}

/* Valid UTF-8 out of a text in UTF-8 or, from old Pythons, in Latin-1; ends with the next call. */
static const char *
read_text (ThawPstatsLabels *labels, const ThawMarshalValue *value)
{
  labels->n_bytes += value->length;
  g_string_truncate (labels->text, 0);
  if (g_utf8_validate_len (value->text, value->length, NULL))
    g_string_append_len (labels->text, value->text, value->length);
  else
    for (guint32 i = 0; i < value->length; i++)
      {
        guchar byte = value->text[i];
        g_string_append_unichar (labels->text, byte != 0 ? byte : 0xfffd);
      }
  return labels->text->str;
}

/* Takes every " at 0x…" out of a name. */
static void
strip_addresses (char *name)
{
  static const char mark[] = " at 0x";
  char *to = name;

  for (const char *from = name; *from != '\0';)
    if (*from == ' ' && strncmp (from, mark, strlen (mark)) == 0)
      {
        from += strlen (mark);
        while (g_ascii_isxdigit (*from))
          from++;
      }
    else
      *to++ = *from++;
  *to = '\0';
}

/* C functions have the file "~" (cProfile) or "" (profile); the pure-Python profiler invents a root
 * named after the command it was given, in a file "profile". */
static ThawFunctionKind
kind_of (const char *file, gint64 line)
{
  if (line == 0 && (strcmp (file, "~") == 0 || *file == '\0'))
    return THAW_FUNCTION_BUILTIN;
  if (line == 0 && strcmp (file, "profile") == 0)
    return THAW_FUNCTION_OTHER;
  return THAW_FUNCTION_PYTHON;
}

/* The name in a label; NULL when it is none. The pure-Python profiler has a code object for one:
 * the program that it ran. */
static char *
read_name (ThawPstatsLabels *labels, guint32 number)
{
  const ThawMarshalValue *value = &labels->marshal->values[number];
  char *name;

  if (value->type == THAW_MARSHAL_CODE)
    value = &labels->marshal->values[thaw_marshal_get_code_name (labels->marshal, number)];
  if (value->type != THAW_MARSHAL_TEXT || value->length > THAW_LIMIT_NAME_BYTES)
    return NULL;
  name = g_strdup (read_text (labels, value));
  strip_addresses (name);
  return name;
}

/**
 * thaw_pstats_labels_read:
 * @labels: labels of one file
 * @label: number of a value
 *
 * The frame that a label (file, line, name) stands for. Files written by Python 3 share labels by
 * reference, so each is looked at once. Once more text has gone by than TEXT_BUDGET, nothing is a
 * label any more: only a file that refers to one long name again and again holds so much.
 *
 * Returns: a slot of the builder; %THAW_PSTATS_NO_SLOT when @label is no label
 */
guint32
thaw_pstats_labels_read (ThawPstatsLabels *labels, guint32 label)
{
  const ThawMarshalValue *value = &labels->marshal->values[label];
  const ThawMarshalValue *place, *line;
  ThawFrameSpec spec = { 0 };
  g_autofree char *file = NULL;
  g_autofree char *name = NULL;

  if (labels->slots[label] != THAW_PSTATS_NO_SLOT)
    return labels->slots[label];
  if (value->type != THAW_MARSHAL_TUPLE || value->length != 3 || labels->n_bytes > TEXT_BUDGET)
    return THAW_PSTATS_NO_SLOT;
  place = &labels->marshal->values[thaw_marshal_get_item (labels->marshal, label, 0)];
  line = &labels->marshal->values[thaw_marshal_get_item (labels->marshal, label, 1)];
  name = read_name (labels, thaw_marshal_get_item (labels->marshal, label, 2));
  if (place->type != THAW_MARSHAL_TEXT || place->length > THAW_LIMIT_NAME_BYTES ||
      line->type != THAW_MARSHAL_INT || name == NULL)
    return THAW_PSTATS_NO_SLOT;

  file = g_strdup (read_text (labels, place));
  spec.name = name;
  spec.kind = kind_of (file, line->integer);
  spec.file = spec.kind == THAW_FUNCTION_PYTHON ? file : NULL;
  spec.first_line = CLAMP (line->integer, 0, G_MAXUINT32);
  return labels->slots[label] = thaw_profile_builder_add_frame (labels->builder, &spec);
}
