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

/* Whether what follows a process label can be the rest of a stack: another label, or a frame with a
 * place. */
static gboolean
continues_stack (const char *rest)
{
  if (*rest == '\0' || g_str_has_prefix (rest, "process ") || g_str_has_prefix (rest, "thread ("))
    return TRUE;
  const char *end = strchrnul (rest, ';');
  return end > rest && end[-1] == ')' && memchr (rest, '(', (gsize) (end - rest)) != NULL;
}

gboolean
thaw_label_parse_process (const char *stack, ThawProcessLabel *process)
{
  const char *p = stack, *quote = NULL;
  if (!accept (&p, "process ") || !thaw_label_parse_number (&p, &process->pid) ||
      !accept (&p, ":\""))
    return FALSE;

  /* The command line is not escaped: of the quotes that end a frame, the first after which a stack
   * goes on, else the first. */
  for (const char *q = p; (q = strchr (q, '"')) != NULL; q++)
    if (q[1] == '\0' || q[1] == ';')
      {
        if (quote == NULL)
          quote = q;
        if (continues_stack (q[1] == ';' ? q + 2 : q + 1))
          {
            quote = q;
            break;
          }
      }
  if (quote == NULL)
    return FALSE;
  process->command = p;
  process->command_len = (gsize) (quote - p);
  process->length = (gsize) (quote + 1 - stack);
  return TRUE;
}

gboolean
thaw_label_parse_root_thread (const char *label, gsize len, ThawThreadLabel *thread)
{
  const char *p = label, *end = label + len;
  *thread = (ThawThreadLabel){ .pid = -1, .tid = -1, .name = "" };
  if (accept (&p, "tid:"))
    return thaw_label_parse_number (&p, &thread->tid) && p == end;
  if (!accept (&p, "thread (") || !thaw_label_parse_number (&p, &thread->tid) || !accept (&p, ")"))
    return FALSE;
  if (p == end)
    return TRUE;
  if (!accept (&p, ": ") || p > end)
    return FALSE;
  thread->name = p;
  thread->name_len = (gsize) (end - p);
  return TRUE;
}

/* The line number of digits only, without leading zero, that ends [text, end) after a colon; 0 when
 * there is none. Sets @colon to the colon. */
static guint32
trailing_line (const char *text, const char *end, const char **colon)
{
  const char *p = end;
  while (p > text && g_ascii_isdigit (p[-1]))
    p--;
  if (p == end || end - p > 9 || *p == '0' || p - text < 2 || p[-1] != ':')
    return 0;
  *colon = p - 1;
  return (guint32) g_ascii_strtoull (p, NULL, 10);
}

/* The opening bracket of the bracket that ends [text, end), NULL when it has none. */
static const char *
opening_bracket (const char *text, const char *end)
{
  gsize depth = 0;
  for (const char *p = end; p > text; p--)
    if (p[-1] == ')')
      depth++;
    else if (p[-1] == '(' && --depth == 0)
      return p - 1;
  return NULL;
}

/* Whether [file, end), without a line, is a place and no part of a name such as “f (.cold)”. */
static gboolean
is_file (const char *file, const char *end)
{
  g_autofree char *text = g_strndup (file, (gsize) (end - file));
  return text[0] != '.' && thaw_label_function_kind ("", text) != THAW_FUNCTION_OTHER;
}

void
thaw_label_parse_frame (const char *label, gsize len, ThawFrameLabel *frame)
{
  const char *end = label + len, *colon = NULL;
  *frame = (ThawFrameLabel){ .name = label, .name_len = len };
  if (len == 0)
    return;

  if (end[-1] == ')')
    {
      const char *open = opening_bracket (label, end);
      if (open == NULL || open - label < 2 || open[-1] != ' ')
        return;
      const char *file = open + 1, *file_end = end - 1;
      frame->line = trailing_line (file, file_end, &colon);
      if (frame->line == 0 && !is_file (file, file_end))
        return;
      frame->name_len = (gsize) (open - 1 - label);
      frame->file = file;
      frame->file_len = (gsize) ((frame->line > 0 ? colon : file_end) - file);
      return;
    }

  guint32 line = trailing_line (label, end, &colon);
  const char *before = line > 0 ? memrchr (label, ':', (gsize) (colon - label)) : NULL;
  if (before == NULL || before == label || before + 1 == colon || !is_file (label, before))
    return;
  frame->line = line;
  frame->file = label;
  frame->file_len = (gsize) (before - label);
  frame->name = before + 1;
  frame->name_len = (gsize) (colon - before - 1);
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
