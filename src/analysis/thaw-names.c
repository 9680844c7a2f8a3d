/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names for people. Profilers write C functions as Python prints the objects:
 *
 *   <built-in method time.sleep>                    → time.sleep
 *   <built-in method builtins.len>                  → len
 *   <method 'append' of 'list' objects>             → list.append
 *   <built-in method __new__ of type object at 0x…> → __new__
 *   <function Canvas.paintEvent at 0x…>             → Canvas.paintEvent (a C++ base's method)
 *   <time.sleep>  (Python 2, in file "~")           → time.sleep
 *
 * and the same in braces where text was copied from a printed table. Everything else, <module> and
 * <lambda> too, is Python's own name for the thing and stays as it is.
 */
#include "thaw-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include "thaw-path-private.h"

/* What stands before a name in the repr of a callable object. Longer ones first. */
static const char *const callable_words[] = {
  "built-in method ", "built-in function ", "cython_function_or_method ",
  "bound method ",    "method-wrapper ",    "slot wrapper ",
  "cyfunction ",      "function ",          "method ",
  "class ",
};

static gboolean
is_c_function (const ThawFunction *function)
{
  return function->kind == THAW_FUNCTION_BUILTIN ||
         (function->file != NULL && strcmp (function->file, "~") == 0);
}

/* The inside of "<…>" or "{…}", without the word for its kind; NULL when @function's name is not the
 * repr of a callable. (transfer full) */
static char *
unwrap (const ThawFunction *function)
{
  const char *name = function->name;
  gsize length = strlen (name);
  if (length < 3 ||
      !((name[0] == '<' && name[length - 1] == '>') || (name[0] == '{' && name[length - 1] == '}')))
    return NULL;

  g_autofree char *inside = g_strndup (name + 1, length - 2);
  for (gsize i = 0; i < G_N_ELEMENTS (callable_words); i++)
    if (g_str_has_prefix (inside, callable_words[i]))
      return g_strdup (inside + strlen (callable_words[i]));
  return is_c_function (function) ? g_steal_pointer (&inside) : NULL;
}

/* Cuts @text before the first @mark, if any. */
static void
cut_before (char *text, const char *mark)
{
  char *at = strstr (text, mark);
  if (at != NULL)
    *at = '\0';
}

/* Splits "'x' of 'T' objects" into type and method, which point into @text; FALSE if it is something
 * else. */
static gboolean
split_method (char *text, char **type, char **method)
{
  const char *between = "' of '";
  char *middle = text[0] == '\'' ? strstr (text, between) : NULL;
  if (middle == NULL)
    return FALSE;
  *middle = '\0';
  *method = text + 1;
  *type = middle + strlen (between);
  cut_before (*type, "'");
  return **type != '\0' && **method != '\0';
}

/* The dotted name, and in *package (transfer full, nullable) what it says of the package. */
static char *
qualify (const ThawFunction *function, char **package)
{
  *package = NULL;
  g_autofree char *text = unwrap (function);
  if (text == NULL || text[0] == '\0')
    return g_strdup (function->name);

  char *type, *method;
  if (split_method (text, &type, &method))
    {
      const char *dot = strchr (type, '.');
      *package = dot != NULL ? g_strndup (type, (gsize) (dot - type)) : g_strdup ("builtins");
      return g_strconcat (type, ".", method, NULL);
    }
  cut_before (text, " at 0x");
  cut_before (text, " of ");
  const char *dot = strchr (text, '.');
  /* <function C.m> starts with a class, not with a module. */
  if (dot != NULL && !g_str_has_prefix (function->name + 1, "function "))
    *package = g_strndup (text, (gsize) (dot - text));
  return g_steal_pointer (&text);
}

/**
 * thaw_qualified_name:
 * @function: a function
 *
 * Returns: (transfer full): its dotted name; for functions of Python itself with "builtins." before
 */
char *
thaw_qualified_name (const ThawFunction *function)
{
  g_return_val_if_fail (function != NULL, NULL);

  g_autofree char *package = NULL;
  return qualify (function, &package);
}

/**
 * thaw_display_name:
 * @function: a function
 *
 * Returns: (transfer full): the name to show to people
 */
char *
thaw_display_name (const ThawFunction *function)
{
  g_return_val_if_fail (function != NULL, NULL);

  static const char *const silent[] = { "builtins.", "__builtin__." };
  g_autofree char *name = thaw_qualified_name (function);
  for (gsize i = 0; i < G_N_ELEMENTS (silent); i++)
    if (g_str_has_prefix (name, silent[i]) && name[strlen (silent[i])] != '\0')
      return g_strdup (name + strlen (silent[i]));
  return g_steal_pointer (&name);
}

/**
 * thaw_display_frame:
 * @profile: a profile
 * @key: what @frame is a number of
 * @frame: frame of a tree's node, special ones included
 *
 * Returns: (transfer full): the label of a box: the name to show, with ":line" where the tree is
 *   keyed by line and the line is known
 */
char *
thaw_display_frame (const ThawProfile *profile, ThawTreeKey key, guint32 frame)
{
  guint32 number = thaw_profile_frame_function (profile, key, frame);

  if (number >= THAW_FRAME_FIRST_SPECIAL)
    return g_strdup (thaw_profile_frame_name (profile, key, frame));

  char *name = thaw_display_name (thaw_profile_get_function (profile, number));
  guint32 line = key == THAW_KEY_LOCATION ? thaw_profile_get_location (profile, frame)->line : 0;
  if (line == 0)
    return name;

  g_autofree char *old = name;
  return g_strdup_printf ("%s:%u", name, line);
}

/* The first component of a module path that is a name, without the suffix of a file; (transfer full). */
static char *
top_of (const char *rest)
{
  while (g_str_has_prefix (rest, "./") || g_str_has_prefix (rest, "../"))
    rest = strchr (rest, '/') + 1;
  gsize end = strcspn (rest, "/");
  if (rest[end] == '\0' || g_str_has_suffix (rest, ">"))
    end = strcspn (rest, ".");
  return g_strndup (rest, end);
}

/* The folder that a file lies in; the file's stem when it lies in none. (transfer full) */
static char *
folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (folder);
  if (strcmp (name, "/") == 0 || strcmp (name, ".") == 0 || g_str_has_suffix (name, ":"))
    {
      g_free (name);
      name = g_path_get_basename (path);
      cut_before (name, ".");
    }
  return g_steal_pointer (&name);
}

/* What a name without a file says: "java" of java.util.List, "std" of std::sort; (transfer full). */
static char *
package_of_name (const char *name)
{
  gsize end = strcspn (name, ".`/");
  const char *colons = strstr (name, "::");
  if (colons != NULL && (gsize) (colons - name) < end)
    end = (gsize) (colons - name);
  return name[end] != '\0' ? g_strndup (name, end) : g_strdup ("");
}

/**
 * thaw_package_of:
 * @function: a function
 *
 * The top package of installed code; for your own code the folder of the file, because no path tells
 * where a program begins; "built-in" for C functions that tell no module.
 *
 * Returns: (transfer full): the package; "" when nothing tells
 */
char *
thaw_package_of (const ThawFunction *function)
{
  g_return_val_if_fail (function != NULL, NULL);

  g_autofree char *package = NULL;
  g_autofree char *name = qualify (function, &package);
  if (is_c_function (function))
    return package != NULL ? g_steal_pointer (&package) : g_strdup ("built-in");

  g_auto (ThawPath) path;
  thaw_path_init (&path, function->file);
  switch (path.kind)
    {
    case THAW_PATH_STDLIB:
    case THAW_PATH_SITE:
    case THAW_PATH_RELATIVE:
      return top_of (path.rest);
    case THAW_PATH_GENERATED:
      return g_strdup (path.rest);
    case THAW_PATH_NATIVE:
      {
        g_autofree char *file = g_path_get_basename (path.path);
        cut_before (file, ".");
        return g_steal_pointer (&file);
      }
    case THAW_PATH_ABSOLUTE:
      return folder_of (path.path);
    case THAW_PATH_NONE:
    default:
      return package != NULL ? g_steal_pointer (&package) : package_of_name (name);
    }
}

/* The last two components of a path. */
static const char *
last_two (const char *path)
{
  const char *last = strrchr (path, '/');
  if (last == NULL)
    return path;
  for (const char *p = last; p > path; p--)
    if (p[-1] == '/')
      return p;
  return path;
}

/**
 * thaw_place_of:
 * @function: a function
 *
 * Returns: (transfer full): where it is defined, short and for people, with its first line if known;
 *   "" when unknown
 */
char *
thaw_place_of (const ThawFunction *function)
{
  g_return_val_if_fail (function != NULL, NULL);

  if (is_c_function (function))
    /* Translators: the place of a function that has none in a file. Qt's own C++ method under an
     * override in Python; a function of Python itself. */
    return g_strdup (g_str_has_prefix (function->name, "<function ") ? _ ("C++ base")
                                                                     : _ ("built-in"));
  g_auto (ThawPath) path;
  thaw_path_init (&path, function->file);
  gboolean installed = path.kind == THAW_PATH_STDLIB || path.kind == THAW_PATH_SITE;
  const char *place = installed ? path.rest : last_two (path.path);
  if (path.kind == THAW_PATH_NONE || function->line == 0)
    return g_strdup (path.kind == THAW_PATH_NONE ? "" : place);
  return g_strdup_printf ("%s:%u", place, function->line);
}
