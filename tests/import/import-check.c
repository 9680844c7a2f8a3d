/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Helpers of the importers' tests; see the header.
 */
#include "import-check.h"

#include <math.h>
#include <string.h>

/* NULL with error when @content is refused. */
static ThawProfile *
try_open (Content content, gsize chunk, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content.data, content.len);
  g_autoptr (ThawInput)
      input = thaw_input_new_for_bytes (bytes, content.name, NULL, NULL, NULL, error);
  if (input == NULL)
    return NULL;
  if (chunk > 0)
    thaw_input_set_chunk (input, chunk);
  return thaw_import_input (input, content.name, error);
}

ThawProfile *
check_open_chunked (Content content, gsize chunk)
{
  GError *error = NULL;
  ThawProfile *profile = try_open (content, chunk, &error);
  g_assert_no_error (error);
  g_assert_nonnull (profile);
  return profile;
}

ThawProfile *
check_open (Content content)
{
  return check_open_chunked (content, 0);
}

void
check_refused (Content content, ThawError code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ThawProfile) profile = try_open (content, 0, &error);
  g_assert_null (profile);
  g_assert_error (error, THAW_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not tell “%s”", error->message, part);
}

char *
check_dump (const ThawProfile *profile)
{
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "%s %s %s %s\n", thaw_profile_get_format (profile),
                          thaw_kind_to_string (thaw_profile_get_kind (profile)),
                          thaw_unit_to_string (thaw_profile_get_unit (profile)),
                          thaw_meaning_to_string (thaw_profile_get_meaning (profile)));
  for (const char *const *warning = thaw_profile_get_warnings (profile); *warning != NULL;
       warning++)
    g_string_append_printf (text, "! %s\n", *warning);
  for (guint32 i = 0; i < thaw_profile_get_n_threads (profile); i++)
    {
      const ThawThread *thread = thaw_profile_get_thread (profile, i);
      const ThawProcess *process = thaw_profile_get_process (profile, thread->process);
      g_string_append_printf (text, "= %d “%s” %d “%s” %s\n", (int) process->pid, process->name,
                              (int) thread->id, thread->name, thread->role);
      g_autofree char *tree = thaw_profile_get_location_tree (profile, i) != NULL
                                  ? test_dump (profile, i)
                                  : test_dump_edges (profile, i);
      g_string_append (text, tree);
    }
  return g_string_free (text, FALSE);
}

char *
check_corpus_path (const char *path)
{
  const char *corpus = g_getenv ("THAW_TEST_CORPUS");
  if (corpus == NULL || !g_file_test (corpus, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("THAW_TEST_CORPUS names no folder");
      return NULL;
    }
  return g_build_filename (corpus, path, NULL);
}

GBytes *
check_corpus (const char *path)
{
  g_autofree char *full = check_corpus_path (path);
  char *data;
  gsize len;
  GError *error = NULL;
  if (full == NULL)
    return NULL;
  g_file_get_contents (full, &data, &len, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, len);
}

/* Opens @content; what opens must be sound, what is refused must say why. */
static void
check_survives (Content content, gsize chunk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ThawProfile) profile = try_open (content, chunk, &error);
  if (profile == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpint ((int) error->domain, ==, (int) THAW_ERROR);
      g_assert_cmpstr (error->message, !=, "");
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_assert_no_error (error);
  for (guint32 i = 0; i < thaw_profile_get_n_threads (profile); i++)
    {
      ThawTree *tree = thaw_profile_get_location_tree (profile, i);
      if (tree != NULL)
        test_check_tree (tree);
      g_assert_true (isfinite (thaw_profile_get_thread (profile, i)->total));
    }
}

void
check_truncations (Content content)
{
  for (gsize len = 0; len < content.len; len++)
    {
      /* A copy of its own, so that reading past the end is seen. */
      g_autofree char *part = g_memdup2 (content.data, MAX (len, 1));
      check_survives ((Content){ content.name, part, len }, 0);
    }
}

void
check_chunks (Content content, gsize most)
{
  g_autoptr (ThawProfile) whole = check_open (content);
  g_autofree char *expected = check_dump (whole);
  for (gsize chunk = 1; chunk <= most; chunk++)
    {
      g_autoptr (ThawProfile) profile = check_open_chunked (content, chunk);
      g_autofree char *dump = check_dump (profile);
      g_assert_cmpstr (dump, ==, expected);
    }
}

/* Changes @data in one place. */
static void
mutate (GRand *random, GByteArray *data)
{
  static const char telling[] = "{}[],:\"\\0123456789.-eE;() \n\t\r#\x00\xff\x80";
  guint at = data->len > 0 ? (guint) g_rand_int_range (random, 0, (gint32) data->len) : 0;
  guint8 byte = g_rand_boolean (random)
                    ? (guint8) telling[g_rand_int_range (random, 0, sizeof telling - 1)]
                    : (guint8) g_rand_int_range (random, 0, 256);
  guint n = (guint) g_rand_int_range (random, 1, 9);

  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
    case 1:
      if (data->len > 0)
        data->data[at] = byte;
      break;
    case 2:
      if (data->len > 0)
        g_byte_array_remove_range (data, at, MIN (n, data->len - at));
      break;
    case 3:
      g_byte_array_append (data, &byte, 1);
      if (data->len > at)
        {
          memmove (data->data + at + 1, data->data + at, data->len - at - 1);
          data->data[at] = byte;
        }
      break;
    default:
      if (data->len > at)
        data->data[at] ^= (guint8) (1u << n % 8);
    }
}

void
check_mutations (Content content, guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260711);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GByteArray) data = g_byte_array_new ();
      g_byte_array_append (data, (const guint8 *) content.data, (guint) content.len);
      for (gint32 changes = g_rand_int_range (random, 1, 5); changes > 0; changes--)
        mutate (random, data);
      g_autofree char *copy = g_memdup2 (data->data, MAX (data->len, 1));
      check_survives ((Content){ content.name, copy, data->len }, i % 3 == 0 ? 7 : 0);
    }
}
