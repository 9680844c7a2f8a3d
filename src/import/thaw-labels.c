/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parsing of labels. Nothing here fails loudly: a label that has no known form is a plain name.
 */
#include "thaw-labels.h"

#include <string.h>

gboolean
thaw_label_parse_number (const char **text, gint64 *number)
{
  const char *p = *text;
  guint base = 10;
  if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X'))
    {
      base = 16;
      p += 2;
    }
  guint64 value = 0;
  const char *start = p;
  for (;; p++)
    {
      int digit = base == 16 ? g_ascii_xdigit_value (*p) : g_ascii_digit_value (*p);
      if (digit < 0)
        break;
      if (value > (G_MAXINT64 - (guint64) digit) / base)
        return FALSE;
      value = value * base + (guint64) digit;
    }
  if (p == start)
    return FALSE;
  *number = (gint64) value;
  *text = p;
  return TRUE;
}

/* Moves *@text behind @word if it stands there. */
static gboolean
accept (const char **text, const char *word)
{
  gsize len = strlen (word);
  if (strncmp (*text, word, len) != 0)
    return FALSE;
  *text += len;
  return TRUE;
}

gboolean
thaw_label_parse_thread (const char *label, ThawThreadLabel *thread)
{
  *thread = (ThawThreadLabel){ .pid = -1, .tid = -1, .name = "" };
  const char *p = label;
  if (accept (&p, "Process "))
    {
      if (!thaw_label_parse_number (&p, &thread->pid))
        return FALSE;
      if (*p != '\0' && !accept (&p, " "))
        return FALSE;
    }
  if (accept (&p, "Thread "))
    {
      if (!thaw_label_parse_number (&p, &thread->tid))
        return FALSE;
      if (*p != '\0' && !accept (&p, " "))
        return FALSE;
    }
  if (p == label)
    return FALSE;
  if (*p == '\0')
    return TRUE;
  gsize len = strlen (p);
  if (len < 2 || p[0] != '"' || p[len - 1] != '"')
    return FALSE;
  thread->name = p + 1;
  thread->name_len = len - 2;
  return TRUE;
}

const char *
thaw_label_thread_role (const char *name)
{
  if (strcmp (name, "MainThread") == 0)
    return "main";
  if (g_str_has_prefix (name, "Dummy-"))
    return "foreign";
  if (g_str_has_prefix (name, "Thread-"))
    return "thread";
  return "";
}

static gboolean
has_any_suffix (const char *text, const char *const *suffixes)
{
  for (; *suffixes != NULL; suffixes++)
    if (g_str_has_suffix (text, *suffixes))
      return TRUE;
  return FALSE;
}

ThawFunctionKind
thaw_label_function_kind (const char *name, const char *file)
{
  static const char *const python[] = { ".py", ".pyc", ".pyw", ".pyx", ".pyi", ".ipynb", NULL };
  static const char *const native[] = { ".so",  ".dylib", ".dll", ".exe", ".c", ".cc", ".cpp",
                                        ".cxx", ".h",     ".hpp", ".rs",  ".S", NULL };

  if (g_str_has_prefix (name, "<built-in ") || g_strcmp0 (file, "~") == 0)
    return THAW_FUNCTION_BUILTIN;
  if (file != NULL && file[0] != '\0')
    {
      if (has_any_suffix (file, python))
        return THAW_FUNCTION_PYTHON;
      if (has_any_suffix (file, native) || strstr (file, ".so.") != NULL)
        return THAW_FUNCTION_NATIVE;
      /* "<frozen importlib._bootstrap>", "<string>", "<ipython-input-3>". */
      if (file[0] == '<' && g_str_has_suffix (file, ">"))
        return THAW_FUNCTION_PYTHON;
    }
  if (g_str_has_prefix (name, "0x") || g_str_has_suffix (name, "_[k]"))
    return THAW_FUNCTION_NATIVE;
  return THAW_FUNCTION_OTHER;
}
