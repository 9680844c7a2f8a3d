/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Search over functions: by what a person sees (the display name), by the raw name, and by the file.
 * Each function is tested once, whatever the number of boxes. Backslashes in files also match as
 * slashes, so that one pattern finds a module on every system.
 */
#include "thaw-search.h"

#include <string.h>
#include "thaw-names.h"

/* A pattern made ready. @regex is NULL for a plain pattern. */
typedef struct
{
  char *text; /* case-folded unless @exact_case */
  gboolean exact_case;
  GRegex *regex;
} Pattern;

static void
pattern_clear (Pattern *pattern)
{
  g_free (pattern->text);
  g_clear_pointer (&pattern->regex, g_regex_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pattern, pattern_clear)

/* Whether @text has an upper-case letter; in an expression, one that is no escape such as \W. */
static gboolean
has_upper (const char *text, gboolean regex)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (regex && *p == '\\' && p[1] != '\0')
        p++;
      else if (g_unichar_isupper (g_utf8_get_char (p)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
pattern_init (Pattern *pattern, const char *text, gboolean regex, GError **error)
{
  *pattern = (Pattern){ .exact_case = has_upper (text, regex) };
  if (regex)
    {
      GRegexCompileFlags flags = G_REGEX_OPTIMIZE | (pattern->exact_case ? 0 : G_REGEX_CASELESS);
      pattern->regex = g_regex_new (text, flags, 0, error);
      return pattern->regex != NULL;
    }
  pattern->text = pattern->exact_case ? g_strdup (text) : g_utf8_casefold (text, -1);
  return TRUE;
}

/* Whether the pattern occurs in @subject (nullable). An expression that runs into PCRE's limits on
 * some subject does not match there. */
static gboolean
pattern_matches (const Pattern *pattern, const char *subject)
{
  if (subject == NULL)
    return FALSE;
  if (pattern->regex != NULL)
    return g_regex_match (pattern->regex, subject, 0, NULL);
  if (pattern->exact_case)
    return strstr (subject, pattern->text) != NULL;
  g_autofree char *folded = g_utf8_casefold (subject, -1);
  return strstr (folded, pattern->text) != NULL;
}

static gboolean
function_matches (const Pattern *pattern, const ThawFunction *function)
{
  if (pattern_matches (pattern, function->name) || pattern_matches (pattern, function->file))
    return TRUE;
  g_autofree char *shown = thaw_display_name (function);
  if (strcmp (shown, function->name) != 0 && pattern_matches (pattern, shown))
    return TRUE;
  if (function->file == NULL || strchr (function->file, '\\') == NULL)
    return FALSE;
  g_autofree char *slashes = g_strdelimit (g_strdup (function->file), "\\", '/');
  return pattern_matches (pattern, slashes);
}

/**
 * thaw_search_functions:
 * @profile: a profile
 * @pattern: what to look for, UTF-8
 * @regex: whether @pattern is a regular expression (PCRE)
 * @n_matches: (out): how many functions match
 * @error: return location
 *
 * Finds functions whose name, as shown or as captured, or whose file contains @pattern. Upper and
 * lower case are one unless the pattern has an upper-case letter.
 *
 * Returns: (transfer full): one byte a function, 1 for a match; an empty pattern matches nothing.
 *   %NULL with a %G_REGEX_ERROR when @pattern is no expression
 */
guint8 *
thaw_search_functions (const ThawProfile *profile,
                       const char *pattern,
                       gboolean regex,
                       guint32 *n_matches,
                       GError **error)
{
  g_return_val_if_fail (profile != NULL && pattern != NULL && n_matches != NULL, NULL);

  guint32 n = thaw_profile_get_n_functions (profile);
  *n_matches = 0;
  g_auto (Pattern) ready;
  if (!pattern_init (&ready, pattern, regex, error))
    return NULL;

  guint8 *matches = g_new0 (guint8, MAX (n, 1));
  for (guint32 i = 0; i < n && *pattern != '\0'; i++)
    {
      matches[i] = function_matches (&ready, thaw_profile_get_function (profile, i));
      *n_matches += matches[i];
    }
  return matches;
}

/**
 * thaw_search_total:
 * @profile: a profile
 * @tree: a tree of it, with either key
 * @matches: what thaw_search_functions() returned
 * @n_nodes: (out) (optional): how many boxes match
 *
 * Returns: the total time of all matching boxes that lie in no other matching box
 */
double
thaw_search_total (const ThawProfile *profile,
                   const ThawTree *tree,
                   const guint8 *matches,
                   guint32 *n_nodes)
{
  g_return_val_if_fail (profile != NULL && tree != NULL && matches != NULL, 0);

  double total = 0;
  guint32 found = 0, end = 0;
  for (guint32 i = 1; i < tree->n_nodes; i++)
    {
      guint32 function = thaw_profile_frame_function (profile, tree->key, tree->frame[i]);
      if (function >= THAW_FRAME_FIRST_SPECIAL || !matches[function])
        continue;
      found++;
      if (i < end)
        continue;
      total += tree->total[i];
      end = tree->subtree_end[i];
    }
  if (n_nodes != NULL)
    *n_nodes = found;
  return total;
}
