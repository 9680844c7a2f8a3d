/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The JSON scanner: what it reads, what it refuses and at which byte, with reads of every size.
 */
#include "thaw-json-scanner.h"

#include <string.h>

/* What a document consists of, as text: strings in quotes, numbers with %.17g. */
static char *
walk (const char *text, gsize len, gsize chunk, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, len);
  g_autoptr (ThawInput) input = thaw_input_new_for_bytes (bytes, "x", NULL, NULL, NULL, NULL);
  thaw_input_set_chunk (input, chunk);
  ThawJson json;
  thaw_json_init (&json, input);
  g_autoptr (GString) out = g_string_new (NULL);

  /* An object of strings, numbers, and arrays of either; other members are skipped. */
  thaw_json_begin (&json, '{');
  for (gboolean first = TRUE; thaw_json_next (&json, '}', &first);)
    {
      const char *key = thaw_json_key (&json), *string;
      double number;
      if (key == NULL)
        break;
      g_string_append_printf (out, "%s=", key);
      guint8 c = thaw_json_peek (&json);
      if (c == '"' && (string = thaw_json_string (&json)) != NULL)
        g_string_append_printf (out, "\"%s\" ", string);
      else if ((c == '-' || g_ascii_isdigit (c)) && thaw_json_number (&json, &number))
        g_string_append_printf (out, "%.17g ", number);
      else if (thaw_json_skip (&json))
        g_string_append (out, "* ");
    }
  if (json.error != NULL)
    g_propagate_error (error, g_steal_pointer (&json.error));
  thaw_json_clear (&json);
  return g_strdup (out->str);
}

static void
assert_walks (const char *text, const char *expected)
{
  gsize len = strlen (text);
  for (gsize chunk = 1; chunk <= len; chunk++)
    {
      GError *error = NULL;
      g_autofree char *walked = walk (text, len, chunk, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (walked, ==, expected);
    }
}

static void
assert_refused (const char *text, ThawError code, const char *place)
{
  gsize len = strlen (text);
  for (gsize chunk = 1; chunk <= len; chunk++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *walked = walk (text, len, chunk, &error);
      g_assert_error (error, THAW_ERROR, (int) code);
      if (strstr (error->message, place) == NULL)
        g_error ("%s: %s instead of %s", text, error->message, place);
    }
}

static void
test_strings (void)
{
  assert_walks ("{}", "");
  assert_walks (" { \"a\" : \"b\" , \"c\":\"\" } ", "a=\"b\" c=\"\" ");
  assert_walks ("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "a=\"\"\\/\b\f\n\r\t\" ");
  assert_walks ("{\"\\u0061\\u00e9\\u20ac\\ud83d\\ude00\":\"ü😀\"}", "aé€😀=\"ü😀\" ");
  /* Half pairs and NUL cannot be shown. */
  assert_walks ("{\"a\":\"\\ud83d!\\ude00\\u0000\\ud83d\\u0041\"}", "a=\"�!���A\" ");
}

static void
test_numbers (void)
{
  assert_walks ("{\"a\":0,\"b\":-0.5,\"c\":12345678901234567890,\"d\":1e3}",
                "a=0 b=-0.5 c=1.2345678901234567e+19 d=1000 ");
  assert_walks ("{\"a\":0.01,\"b\":0.1,\"c\":3.141592653589793,\"d\":123456.789012345}",
                "a=0.01 b=0.10000000000000001 c=3.1415926535897931 d=123456.78901234501 ");
  assert_walks ("{\"a\":1e-400,\"b\":-1.5E+2,\"c\":0.000000000000001,\"d\":999999999999999}",
                "a=0 b=-150 c=1.0000000000000001e-15 d=999999999999999 ");
}

/* Every short decimal is what strtod makes of it. */
static void
test_rounding (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *number = g_strdup_printf (
          "%s%u.%0*u", g_rand_boolean (random) ? "-" : "", g_rand_int (random) >> (i % 32),
          (int) (i % 12) + 1, (guint) (g_rand_int (random) >> (i % 31)));
      g_autofree char *text = g_strdup_printf ("{\"a\":%s}", number);
      g_autofree char *expected = g_strdup_printf ("a=%.17g ", g_ascii_strtod (number, NULL));
      GError *error = NULL;
      g_autofree char *walked = walk (text, strlen (text), 1000, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (walked, ==, expected);
    }
}

static void
test_skipping (void)
{
  assert_walks ("{\"a\":[1,[],{},[{\"b\":[true,false,null,\"]}\\\"\"]}]],\"c\":2}", "a=* c=2 ");
  assert_walks ("{\"a\":{\"b\":{\"c\":[]},\"d\":-1.5e3},\"e\":null,\"f\":true}", "a=* e=* f=* ");
}

static void
test_wrong (void)
{
  assert_refused ("[]", THAW_ERROR_CORRUPT, "byte 0");
  assert_refused ("{\"a\"}", THAW_ERROR_CORRUPT, "byte 4");
  assert_refused ("{\"a\":1 \"b\":2}", THAW_ERROR_CORRUPT, "byte 7");
  assert_refused ("{\"a\":1,}", THAW_ERROR_CORRUPT, "byte 7");
  assert_refused ("{a:1}", THAW_ERROR_CORRUPT, "byte 1");
  assert_refused ("{\"a\":nul}", THAW_ERROR_CORRUPT, "byte 5");
  assert_refused ("{\"a\":NaN}", THAW_ERROR_CORRUPT, "byte 5");
  assert_refused ("{\"a\":-}", THAW_ERROR_CORRUPT, "byte 5");
  assert_refused ("{\"a\":1.}", THAW_ERROR_CORRUPT, "byte 5");
  assert_refused ("{\"a\":1e}", THAW_ERROR_CORRUPT, "byte 5");
  assert_refused ("{\"a\":1e999}", THAW_ERROR_CORRUPT, "byte 5");
  assert_refused ("{\"a\":[1,]}", THAW_ERROR_CORRUPT, "byte 8");
  assert_refused ("{\"a\":[}", THAW_ERROR_CORRUPT, "byte 6");
  assert_refused ("{\"a\":{1:2}}", THAW_ERROR_CORRUPT, "byte 6");
  assert_refused ("{\"a\":\"\\x\"}", THAW_ERROR_CORRUPT, "byte 6");
  assert_refused ("{\"a\":\"\\u12\"}", THAW_ERROR_CORRUPT, "byte 6");
}

static void
test_cut_off (void)
{
  static const char text[] = "{\"a\":\"b\\u00e9\",\"c\":[1,{\"d\":true}],\"e\":-12.5}";
  for (gsize len = 0; len < sizeof text - 1; len++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *walked = walk (text, len, 1000, &error);
      g_autofree char *place = g_strdup_printf ("at byte %d", (int) len);
      /* Half a word or half a number is none; everything else just ends. */
      if (g_error_matches (error, THAW_ERROR, THAW_ERROR_TRUNCATED))
        g_assert_nonnull (strstr (error->message, place));
      else
        {
          g_assert_error (error, THAW_ERROR, THAW_ERROR_CORRUPT);
          g_assert_nonnull (strchr ("true-.", text[len - 1]));
        }
    }
}

static void
test_nesting (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":");
  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (text, '[');
  g_autoptr (GError) error = NULL;
  g_autofree char *walked = walk (text->str, text->len, 1 << 20, &error);
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
}

/* Values larger than the window. */
static void
test_large (void)
{
  g_autofree char *name = g_strnfill (1000000, 'n');
  g_autofree char *skipped = g_strnfill (3000000, 's');
  g_autofree char *text = g_strdup_printf ("{\"a\":\"%s\",\"b\":[\"%s\"],\"c\":1}", name, skipped);
  g_autofree char *expected = g_strdup_printf ("a=\"%s\" b=* c=1 ", name);
  GError *error = NULL;
  g_autofree char *walked = walk (text, strlen (text), 1 << 20, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (walked, ==, expected);
  g_autofree char *digits = g_strnfill (5000, '1');
  g_autofree char *number = g_strdup_printf ("{\"a\":%s}", digits);
  g_autofree char *refused = walk (number, strlen (number), 1 << 20, &error);
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
  g_clear_error (&error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/rounding", test_rounding);
  g_test_add_func ("/json/skipping", test_skipping);
  g_test_add_func ("/json/wrong", test_wrong);
  g_test_add_func ("/json/cut-off", test_cut_off);
  g_test_add_func ("/json/nesting", test_nesting);
  g_test_add_func ("/json/large", test_large);
  return g_test_run ();
}
