/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of importers, and opening one file with the importer that knows its content.
 *
 * Every importer looks at the head of the input, those whose suffix fits first; the first that says
 * yes loads it. One that needs to see more gets a head twice as long, up to SNIFF_MAX. Several files
 * at once are thaw-import-merge.c's.
 */
#include "thaw-import.h"

#include "thaw-foreign.h"
#include "thaw-importers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SNIFF_FIRST ((gsize) 4096)
#define SNIFF_MAX ((gsize) 1 << 20)

static const ThawImporter *const importers[] = {
  &thaw_importer_thaw,
  &thaw_importer_pstats,
  &thaw_importer_speedscope,
  &thaw_importer_collapsed,
};

/**
 * thaw_importers:
 * @n: (out): length of the result
 *
 * Returns: (transfer none) (array length=n): every importer there is
 */
const ThawImporter *const *
thaw_importers (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = G_N_ELEMENTS (importers);
  return importers;
}

/**
 * thaw_importers_describe:
 *
 * Returns: (transfer full): the titles of the formats that Thaw opens, in one line
 */
char *
thaw_importers_describe (void)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (importers); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", _ (importers[i]->title));
  return g_string_free (text, FALSE);
}

/* Whether @name ends with one of the importer's suffixes, also under a compressor's suffix. */
static gboolean
suffix_fits (const ThawImporter *importer, const char *name)
{
  g_autofree char *base = g_ascii_strdown (name, -1);
  if (g_str_has_suffix (base, ".gz"))
    base[strlen (base) - 3] = '\0';
  else if (g_str_has_suffix (base, ".zst"))
    base[strlen (base) - 4] = '\0';
  for (const char *const *suffix = importer->suffixes; *suffix != NULL; suffix++)
    {
      gsize len = strlen (base), suffix_len = strlen (*suffix);
      if (len > suffix_len && base[len - suffix_len - 1] == '.' &&
          strcmp (base + len - suffix_len, *suffix) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Asks the candidates in order about the head. Sets @want_more when one of them cannot tell yet and
 * stands before any that says yes. */
static const ThawImporter *
ask (const ThawImporter *const *candidates,
     const guint8 *head,
     gsize len,
     gboolean complete,
     gboolean *want_more)
{
  *want_more = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (importers); i++)
    switch (candidates[i]->sniff (head, len, complete))
      {
      case THAW_SNIFF_YES:
        return candidates[i];
      case THAW_SNIFF_NEED_MORE:
        if (!complete && len < SNIFF_MAX)
          {
            *want_more = TRUE;
            return NULL;
          }
        break;
      case THAW_SNIFF_NO:
      default:
        break;
      }
  return NULL;
}

static void
set_unknown_error (GError **error, const guint8 *head, gsize len)
{
  g_autofree char *formats = thaw_importers_describe ();
  const char *advice = NULL;
  const char *what = thaw_foreign_recognise (head, len, &advice);

  if (len == 0)
    thaw_set_error (error, THAW_ERROR_EMPTY, THAW_AT_NOWHERE, 0, _ ("The file is empty"));
  else if (what == NULL)
    thaw_set_error (error, THAW_ERROR_UNKNOWN_FORMAT, THAW_AT_NOWHERE, 0,
                    _ ("Thaw does not know this kind of file. It opens: %s"), formats);
  else if (advice != NULL)
    thaw_set_error (error, THAW_ERROR_UNSUPPORTED, THAW_AT_NOWHERE, 0,
                    /* Translators: what it looks like, advice (a sentence), formats. */
                    _ ("This looks like %s, which Thaw does not open. %s Thaw opens: %s"), what,
                    advice, formats);
  else
    thaw_set_error (error, THAW_ERROR_UNSUPPORTED, THAW_AT_NOWHERE, 0,
                    _ ("This looks like %s, which Thaw does not open. Thaw opens: %s"), what,
                    formats);
}

/* The importer that knows the content; NULL with error. */
static const ThawImporter *
choose (ThawInput *input, GError **error)
{
  const char *name = thaw_input_get_name (input);
  const ThawImporter *candidates[G_N_ELEMENTS (importers)];
  guint n = 0;
  for (guint fits = 0; fits < 2; fits++)
    for (guint i = 0; i < G_N_ELEMENTS (importers); i++)
      if (suffix_fits (importers[i], name) == (fits == 0))
        candidates[n++] = importers[i];

  for (gsize want = SNIFF_FIRST;; want *= 2)
    {
      gsize len;
      gboolean complete, want_more;
      const guint8 *head = thaw_input_peek (input, want, &len, &complete, error);
      if (head == NULL)
        return NULL;
      const ThawImporter *importer = ask (candidates, head, len, complete, &want_more);
      if (importer != NULL)
        return importer;
      if (!want_more)
        {
          set_unknown_error (error, head, len);
          return NULL;
        }
    }
}

/**
 * thaw_import_input:
 * @input: an input of which nothing is consumed
 * @title: title of the profile
 * @error: #ThawError with the place of what is wrong, or why reading failed
 *
 * Loads a capture of any format that Thaw knows.
 *
 * Returns: (transfer full) (nullable): the profile
 */
ThawProfile *
thaw_import_input (ThawInput *input, const char *title, GError **error)
{
  g_return_val_if_fail (input != NULL && title != NULL, NULL);

  const ThawImporter *importer = choose (input, error);
  if (importer == NULL)
    return NULL;
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  thaw_profile_builder_set_format (builder, importer->id);
  thaw_profile_builder_set_title (builder, title);
  if (!importer->load (input, builder, error))
    return NULL;
  return thaw_profile_builder_finish (builder, error);
}

/**
 * thaw_import_file:
 * @file: a capture
 * @cancellable: (nullable): stops the reading
 * @progress: (nullable): told how far it is, in the calling thread
 * @data: for @progress
 * @error: #ThawError with the place of what is wrong, or why reading failed
 *
 * Opens a capture of any format that Thaw knows; its title is the file's name.
 *
 * Returns: (transfer full) (nullable): the profile
 */
ThawProfile *
thaw_import_file (GFile *file,
                  GCancellable *cancellable,
                  ThawProgressFunc progress,
                  gpointer data,
                  GError **error)
{
  g_autoptr (ThawInput) input = thaw_input_new_for_file (file, cancellable, progress, data, error);
  return input != NULL ? thaw_import_input (input, thaw_input_get_name (input), error) : NULL;
}

/**
 * thaw_import_bytes:
 * @bytes: content of a capture
 * @name: its title, whose suffix is a hint
 * @cancellable: (nullable): stops the reading
 * @error: #ThawError with the place of what is wrong
 *
 * Like thaw_import_file(), for content in memory.
 *
 * Returns: (transfer full) (nullable): the profile
 */
ThawProfile *
thaw_import_bytes (GBytes *bytes, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (ThawInput)
      input = thaw_input_new_for_bytes (bytes, name, cancellable, NULL, NULL, error);
  return input != NULL ? thaw_import_input (input, name, error) : NULL;
}
