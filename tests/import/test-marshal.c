/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The marshal reader: every code, both generations of references, and whatever a hostile file may
 * hold. Values are compared as text, roughly as Python would print them.
 */
#include <string.h>

#include "marshal-writer.h"
#include "thaw-marshal.h"

#define BYTES(literal) g_bytes_new_static (literal, sizeof literal - 1)

static void
print_value (const ThawMarshal *marshal, guint32 number, GString *out)
{
  const ThawMarshalValue *value = &marshal->values[number];

  switch ((ThawMarshalType) value->type)
    {
    case THAW_MARSHAL_NONE:
      g_string_append (out, "None");
      break;
    case THAW_MARSHAL_BOOL:
      g_string_append (out, value->integer ? "True" : "False");
      break;
    case THAW_MARSHAL_INT:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, value->integer);
      break;
    case THAW_MARSHAL_FLOAT:
      g_string_append_printf (out, "%.6g", value->number);
      break;
    case THAW_MARSHAL_TEXT:
      g_string_append_printf (out, "'%.*s'", (int) value->length, value->text);
      break;
    case THAW_MARSHAL_CODE:
      g_string_append (out, "code ");
      print_value (marshal, thaw_marshal_get_code_name (marshal, number), out);
      break;
    case THAW_MARSHAL_TUPLE:
    case THAW_MARSHAL_LIST:
    case THAW_MARSHAL_DICT:
    default:
      g_string_append_c (out, "([{"[value->type - THAW_MARSHAL_TUPLE]);
      for (guint32 i = 0; i < value->length; i++)
        {
          if (i > 0)
            g_string_append (out, value->type == THAW_MARSHAL_DICT && i % 2 == 1 ? ": " : ", ");
          print_value (marshal, thaw_marshal_get_item (marshal, number, i), out);
        }
      g_string_append_c (out, ")]}"[value->type - THAW_MARSHAL_TUPLE]);
    }
}

/* What @bytes hold, or "code: message" of the error. Takes @bytes. */
static char *
parse (GBytes *bytes)
{
  g_autoptr (GBytes) input = bytes;
  g_autoptr (GError) error = NULL;
  g_autoptr (ThawMarshal) marshal = thaw_marshal_parse (input, &error);
  g_autoptr (GString) out = g_string_new (NULL);

  if (marshal != NULL)
    {
      g_assert_no_error (error);
      print_value (marshal, marshal->root, out);
    }
  else
    {
      g_assert_true (error->domain == THAW_ERROR);
      g_string_printf (out, "%d: %s", error->code, error->message);
    }
  return g_strdup (out->str);
}

#define assert_parses(literal, expected)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found = parse (BYTES (literal));                                              \
    g_assert_cmpstr (found, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

/* Fails with @error_code, and @place in its message. */
#define assert_fails(literal, error_code, place)                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GBytes) input = BYTES (literal);                                                    \
    g_autoptr (GError) error = NULL;                                                               \
    g_assert_null (thaw_marshal_parse (input, &error));                                            \
    g_assert_error (error, THAW_ERROR, error_code);                                                \
    g_assert_nonnull (strstr (error->message, place));                                             \
  }                                                                                                \
  G_STMT_END

static void
test_scalars (void)
{
  assert_parses ("N", "None");
  assert_parses ("T", "True");
  assert_parses ("F", "False");
  assert_parses ("i\x2a\0\0\0", "42");
  assert_parses ("i\xff\xff\xff\xff", "-1");
  assert_parses ("I\0\0\0\0\x01\0\0\0", "4294967296");
  assert_parses ("g\0\0\0\0\0\0\xf8?", "1.5");
  assert_parses ("f\x04"
                 "0.25",
                 "0.25");
  assert_parses ("l\0\0\0\0", "0");
  assert_parses ("l\x02\0\0\0\x01\0\x02\0", "65537");
  assert_parses ("l\xfe\xff\xff\xff\x01\0\x02\0", "-65537");
  assert_parses ("l\x05\0\0\0\0\0\0\0\0\0\0\0\x01\0", "1.15292e+18");
  assert_parses ("s\x02\0\0\0ab", "'ab'");
  assert_parses ("t\x02\0\0\0ab", "'ab'");
  assert_parses ("u\x03\0\0\0\xe2\x82\xac", "'€'");
  assert_parses ("a\x01\0\0\0x", "'x'");
  assert_parses ("A\x01\0\0\0x", "'x'");
  assert_parses ("z\x01x", "'x'");
  assert_parses ("Z\0", "''");
  assert_parses ("\xfa\x01x", "'x'");
}

static void
test_containers (void)
{
  assert_parses (")\0", "()");
  assert_parses ("(\0\0\0\0", "()");
  assert_parses ("{0", "{}");
  assert_parses ("[\x02\0\0\0NT", "[None, True]");
  assert_parses (">\x02\0\0\0T.", "[True, None]");
  assert_parses (":NTN", "(None, True, None)");
  assert_parses (")\x02)\x01N{z\x01kN0", "((None), {'k': None})");
  assert_parses ("{z\x01\x61{0z\x01\x62)\0000", "{'a': {}, 'b': ()}");
}

static void
test_references (void)
{
  /* Python 3: flagged objects are numbered when they begin. */
  assert_parses (")\x03\xfa\x01xr\0\0\0\0\xfa\x01y", "('x', 'x', 'y')");
  assert_parses ("\xa9\x03\xa9\x01\xfa\x01xr\x02\0\0\0r\x01\0\0\0", "(('x'), 'x', ('x'))");
  /* Python 2: interned strings are numbered when they end, other strings are not. */
  assert_parses ("(\x04\0\0\0t\x01\0\0\0xs\x01\0\0\0yt\x01\0\0\0zR\x01\0\0\0",
                 "('x', 'y', 'z', 'z')");
}

/* Compiled code of all four generations, read over; in a tuple, so that what follows is found. */
static void
test_code (void)
{
#define ZERO "\0\0\0\0"
#define OLD                                                                                        \
  "s\x02\0\0\0d\0)\x01N)\0)\0)\0)\0z\x04m.pyz\x02"                                                 \
  "fn\x07\0\0\0s\0\0\0\0"
#define NEW                                                                                        \
  "\xf3\x02\0\0\0d\0)\x01N)\0)\0s\0\0\0\0z\x04m.pyz\x02"                                           \
  "fnz\x04q.fn\x07\0\0\0s\0\0\0\0s\0\0\0\0"
  assert_parses ("(\x02\0\0\0c" ZERO ZERO ZERO "\x40\0\0\0" OLD "N", "(code 'fn', None)");
  assert_parses (")\x02\xe3" ZERO ZERO ZERO ZERO "\x73\0\0\0" OLD "N", "(code 'fn', None)");
  assert_parses (")\x02\xe3" ZERO ZERO ZERO ZERO ZERO "\x40\0\0\0" OLD "N", "(code 'fn', None)");
  assert_parses (")\x02\xe3" ZERO ZERO ZERO ZERO "\x03\0\0\0" NEW "N", "(code 'fn', None)");
  assert_fails ("c" ZERO ZERO, THAW_ERROR_TRUNCATED, "byte 9");
  assert_fails ("c" ZERO ZERO ZERO ZERO ZERO ZERO ZERO ZERO ZERO, THAW_ERROR_CORRUPT, "byte 1");
#undef ZERO
#undef OLD
#undef NEW
}

static void
test_errors (void)
{
  assert_fails ("", THAW_ERROR_TRUNCATED, "byte 0");
  assert_fails ("?", THAW_ERROR_CORRUPT, "byte 0");
  assert_fails (")\x02N\xffN", THAW_ERROR_CORRUPT, "byte 3");
  assert_fails (")\x01\0", THAW_ERROR_CORRUPT, "byte 2");
  assert_fails ("0", THAW_ERROR_CORRUPT, "byte 0");
  assert_fails (")\x01"
                "0",
                THAW_ERROR_CORRUPT, "byte 2");
  assert_fails ("{N0", THAW_ERROR_CORRUPT, "byte 2"); /* a key without a value */
  assert_fails ("r\0\0\0\0", THAW_ERROR_CORRUPT, "byte 1");
  assert_fails ("R\0\0\0\0", THAW_ERROR_CORRUPT, "byte 1");
  assert_fails (")\x02\xfa\x01xr\xff\xff\xff\xff", THAW_ERROR_CORRUPT, "byte 6");
  assert_fails ("f\x03"
                "1x2",
                THAW_ERROR_CORRUPT, "byte 1");
  assert_fails ("f\0", THAW_ERROR_CORRUPT, "byte 1");
  assert_fails ("l\x01\0\0\0\0\x80", THAW_ERROR_CORRUPT, "byte 5");
  assert_fails ("l\0\0\0\x80", THAW_ERROR_CORRUPT, "byte 1");
}

/* Objects that contain themselves, straight or a level down. */
static void
test_cycles (void)
{
  assert_fails ("\xdb\x01\0\0\0r\0\0\0\0", THAW_ERROR_CORRUPT, "byte 6");
  assert_fails ("\xfbz\x01kr\0\0\0\0"
                "0",
                THAW_ERROR_CORRUPT, "byte 5");
  assert_fails ("\xa9\x01)\x01r\0\0\0\0", THAW_ERROR_CORRUPT, "byte 5");
}

/* Counts that promise more than the file holds. */
static void
test_huge_counts (void)
{
  assert_fails ("(\xff\xff\xff\x7fN", THAW_ERROR_TRUNCATED, "byte 6");
  assert_fails ("(\xff\xff\xff\xffN", THAW_ERROR_CORRUPT, "byte 1");
  assert_fails ("[\xff\xff\xff\x7fN", THAW_ERROR_TRUNCATED, "byte 6");
  assert_fails ("s\xff\xff\xff\x7fN", THAW_ERROR_TRUNCATED, "byte 6");
  assert_fails ("u\xff\xff\xff\xffN", THAW_ERROR_CORRUPT, "byte 1");
  assert_fails ("l\xff\xff\xff\x7fNN", THAW_ERROR_TRUNCATED, "byte 7");
  assert_fails ("z\xffN", THAW_ERROR_TRUNCATED, "byte 3");
}

static void
test_nested (void)
{
  const char *openings[] = { ")\x01", "[\x01\0\0\0", "{" };

  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      gsize length = i == 1 ? 5 : strlen (openings[i]);
      GByteArray *out = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      for (guint depth = 0; depth < 1000000; depth++)
        g_byte_array_append (out, (const guint8 *) openings[i], length);
      bytes = g_byte_array_free_to_bytes (out);
      g_assert_null (thaw_marshal_parse (bytes, &error));
      g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
    }
}

static const char sample[] = "f 2 3 0.5 3\n  g 1 1 0.25 1\n  f 1 0 0 0\n~len 4 4 1 1\n  f 4 4 1 1\n"
                             "g 1 1 1 4\n";

/* Every prefix of a file ends too early, and says so. */
static void
test_truncated (void)
{
  g_autoptr (GBytes) whole = pstats_from_text (sample);
  gsize size = g_bytes_get_size (whole);

  for (gsize length = 0; length < size; length++)
    {
      /* A copy, so that a sanitizer sees any reading past the end. */
      g_autofree char *copy = g_memdup2 (g_bytes_get_data (whole, NULL), length);
      g_autoptr (GBytes) part = g_bytes_new_static (copy, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (thaw_marshal_parse (part, &error));
      g_assert_error (error, THAW_ERROR, THAW_ERROR_TRUNCATED);
    }
}

/* Whatever bytes are changed, the reader ends, and any object it gives can be walked. */
static void
test_mutated (void)
{
  g_autoptr (GBytes) whole = pstats_from_text (sample);
  gsize size = g_bytes_get_size (whole);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);
  const char codes[] = "{()[iIlgfzZaAutsRr0NTF";

  for (guint round = 0; round < 20000; round++)
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), size);
      guint changes = g_rand_int_range (rand, 1, 4);

      while (changes-- > 0)
        copy[g_rand_int_range (rand, 0, size)] =
            g_rand_boolean (rand) ? codes[g_rand_int_range (rand, 0, sizeof codes - 1)]
                                  : g_rand_int_range (rand, 0, 256);
      g_free (parse (g_bytes_new_take (copy, size)));
    }
}

static void
test_rest_is_left (void)
{
  g_autoptr (GBytes) bytes = BYTES ("{0rest");
  g_autoptr (ThawMarshal) marshal = thaw_marshal_parse (bytes, NULL);

  g_assert_nonnull (marshal);
  g_assert_cmpuint (marshal->end, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marshal/scalars", test_scalars);
  g_test_add_func ("/marshal/containers", test_containers);
  g_test_add_func ("/marshal/references", test_references);
  g_test_add_func ("/marshal/code", test_code);
  g_test_add_func ("/marshal/errors", test_errors);
  g_test_add_func ("/marshal/cycles", test_cycles);
  g_test_add_func ("/marshal/huge-counts", test_huge_counts);
  g_test_add_func ("/marshal/nested", test_nested);
  g_test_add_func ("/marshal/truncated", test_truncated);
  g_test_add_func ("/marshal/mutated", test_mutated);
  g_test_add_func ("/marshal/rest-is-left", test_rest_is_left);
  return g_test_run ();
}
