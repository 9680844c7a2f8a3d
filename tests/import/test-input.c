/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input stream: wrappers of every kind taken off, damage told with its place, the head looked at
 * without consuming it, progress and cancelling.
 */
#include "thaw-input.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zstd.h>

static GBytes *
gzip (GBytes *bytes)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (sink, G_CONVERTER (compressor));
  g_assert_true (g_output_stream_write_all (out, g_bytes_get_data (bytes, NULL),
                                            g_bytes_get_size (bytes), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
}

static GBytes *
zstd (GBytes *bytes)
{
  gsize size = ZSTD_compressBound (g_bytes_get_size (bytes));
  guint8 *data = g_malloc (size);
  gsize len = ZSTD_compress (data, size, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                             3);
  g_assert_false (ZSTD_isError (len));
  return g_bytes_new_take (data, len);
}

/* Text that does not compress to nothing. */
static GBytes *
make_text (gsize len)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  char *text = g_malloc (len);
  for (gsize i = 0; i < len; i++)
    text[i] = (char) g_rand_int_range (random, 'a', 'z' + 1);
  return g_bytes_new_take (text, len);
}

static GBytes *
join (GBytes *a, GBytes *b)
{
  GByteArray *both = g_byte_array_new ();
  g_byte_array_append (both, g_bytes_get_data (a, NULL), (guint) g_bytes_get_size (a));
  g_byte_array_append (both, g_bytes_get_data (b, NULL), (guint) g_bytes_get_size (b));
  return g_byte_array_free_to_bytes (both);
}

/* What @bytes unwrap to in reads of @chunk; NULL with error. */
static GBytes *
unwrap (GBytes *bytes, gsize chunk, GError **error)
{
  g_autoptr (ThawInput) input = thaw_input_new_for_bytes (bytes, "x", NULL, NULL, NULL, error);
  if (input == NULL)
    return NULL;
  if (chunk > 0)
    thaw_input_set_chunk (input, chunk);
  return thaw_input_read_all (input, G_MAXSIZE, error);
}

static void
assert_unwraps (GBytes *wrapped, gsize chunk, GBytes *expected)
{
  GError *error = NULL;
  g_autoptr (GBytes) text = unwrap (wrapped, chunk, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (text, expected));
}

static void
assert_damaged (GBytes *wrapped, ThawError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = unwrap (wrapped, 0, &error);
  g_assert_null (text);
  g_assert_error (error, THAW_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "byte"));
}

static void
test_plain (void)
{
  g_autoptr (GBytes) text = make_text (3000000);
  assert_unwraps (text, 0, text);
  assert_unwraps (text, 1001, text);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  assert_unwraps (nothing, 0, nothing);
  g_autoptr (GBytes) one = g_bytes_new_static ("\x1f", 1);
  assert_unwraps (one, 0, one);
}

static void
test_compressed (void)
{
  g_autoptr (GBytes) text = make_text (3000000);
  g_autoptr (GBytes) gz = gzip (text);
  g_autoptr (GBytes) zst = zstd (text);
  assert_unwraps (gz, 0, text);
  assert_unwraps (zst, 0, text);
  g_autoptr (GBytes) gz_zst = gzip (zst);
  g_autoptr (GBytes) zst_gz = zstd (gz);
  g_autoptr (GBytes) gz_gz = gzip (gz);
  assert_unwraps (gz_zst, 0, text);
  assert_unwraps (zst_gz, 0, text);
  assert_unwraps (gz_gz, 0, text);
  /* Not a third time. */
  g_autoptr (GBytes) thrice = gzip (gz_gz);
  assert_unwraps (thrice, 0, gz);
}

static void
test_members_and_padding (void)
{
  g_autoptr (GBytes) text = make_text (5000);
  g_autoptr (GBytes) twice = join (text, text);
  g_autoptr (GBytes) gz = gzip (text);
  g_autoptr (GBytes) two = join (gz, gz);
  assert_unwraps (two, 0, twice);
  g_autoptr (GBytes) zst = zstd (text);
  g_autoptr (GBytes) two_frames = join (zst, zst);
  assert_unwraps (two_frames, 0, twice);
  g_autoptr (GBytes) zeros = g_bytes_new_static ("\0\0\0\0\0\0", 6);
  g_autoptr (GBytes) padded = join (gz, zeros);
  assert_unwraps (padded, 0, text);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) empty = gzip (nothing);
  assert_unwraps (empty, 0, nothing);
}

static void
test_chunks (void)
{
  g_autoptr (GBytes) text = make_text (300);
  g_autoptr (GBytes) gz = gzip (text);
  g_autoptr (GBytes) zst = zstd (text);
  g_autoptr (GBytes) both = gzip (zst);
  for (gsize chunk = 1; chunk < 40; chunk++)
    {
      assert_unwraps (gz, chunk, text);
      assert_unwraps (zst, chunk, text);
      assert_unwraps (both, chunk, text);
    }
}

static void
test_cut_off (void)
{
  g_autoptr (GBytes) text = make_text (400);
  g_autoptr (GBytes) gz = gzip (text);
  g_autoptr (GBytes) zst = zstd (text);
  for (gsize len = 3; len < g_bytes_get_size (gz); len++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (gz, 0, len);
      assert_damaged (part, THAW_ERROR_TRUNCATED);
    }
  for (gsize len = 4; len < g_bytes_get_size (zst); len++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (zst, 0, len);
      assert_damaged (part, THAW_ERROR_TRUNCATED);
    }
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) text = make_text (4000);
  g_autoptr (GBytes) gz = gzip (text);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (gz, NULL), g_bytes_get_size (gz));
  data[g_bytes_get_size (gz) - 6] ^= 0x55; /* the checksum */
  g_autoptr (GBytes) bad = g_bytes_new (data, g_bytes_get_size (gz));
  assert_damaged (bad, THAW_ERROR_CORRUPT);
  g_autoptr (GBytes) bad_zstd = g_bytes_new_static ("\x28\xb5\x2f\xfd\x00\x58\x07\x00\x00", 9);
  assert_damaged (bad_zstd, THAW_ERROR_CORRUPT);
}

/* 1.2 GB of one byte in a zstd frame of 38 KB, made by hand: blocks of 128 KiB that repeat a byte. */
static void
test_bomb (void)
{
  static const guint8 header[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58 };
  guint32 n_blocks = 1200000000u >> 17;
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  g_byte_array_append (frame, header, sizeof header);
  for (guint32 i = 0; i < n_blocks; i++)
    {
      guint32 block = (i + 1 == n_blocks) | 1u << 1 | (1u << 17) << 3;
      guint8 bytes[] = { (guint8) block, (guint8) (block >> 8), (guint8) (block >> 16), 'x' };
      g_byte_array_append (frame, bytes, sizeof bytes);
    }
  g_autoptr (GBytes) bomb = g_bytes_new (frame->data, frame->len);
  g_autoptr (ThawInput) input = thaw_input_new_for_bytes (bomb, "x", NULL, NULL, NULL, NULL);
  g_autofree char *buffer = g_malloc (1 << 20);
  g_autoptr (GError) error = NULL;
  gssize n;
  while ((n = thaw_input_read (input, buffer, 1 << 20, &error)) > 0)
    g_assert_cmpint (buffer[n - 1], ==, 'x');
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
  g_assert_cmpuint (thaw_input_get_offset (input), >=, (guint64) 1 << 29);
}

static void
test_peek (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("0123456789", 10);
  g_autoptr (ThawInput) input = thaw_input_new_for_bytes (bytes, "name", NULL, NULL, NULL, NULL);
  gsize len;
  gboolean complete;
  char buffer[16];

  g_assert_cmpstr (thaw_input_get_name (input), ==, "name");
  const guint8 *head = thaw_input_peek (input, 6, &len, &complete, NULL);
  g_assert_cmpuint (len, >=, 6);
  g_assert_cmpmem (head, 6, "012345", 6);
  head = thaw_input_peek (input, 100, &len, &complete, NULL);
  g_assert_cmpmem (head, len, "0123456789", 10);
  g_assert_true (complete);
  g_assert_cmpuint (thaw_input_get_offset (input), ==, 0);
  g_assert_cmpint (thaw_input_read (input, buffer, 4, NULL), ==, 4);
  g_assert_cmpmem (buffer, 4, "0123", 4);
  g_assert_cmpuint (thaw_input_get_offset (input), ==, 4);
  head = thaw_input_peek (input, 3, &len, &complete, NULL);
  g_assert_cmpmem (head, 3, "456", 3);
  g_autoptr (GBytes) rest = thaw_input_read_all (input, 6, NULL);
  g_assert_cmpmem (g_bytes_get_data (rest, NULL), g_bytes_get_size (rest), "456789", 6);
  g_assert_cmpint (thaw_input_read (input, buffer, 4, NULL), ==, 0);
}

static void
test_limit (void)
{
  g_autoptr (GBytes) bytes = make_text (1000);
  g_autoptr (ThawInput) input = thaw_input_new_for_bytes (bytes, "x", NULL, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) all = thaw_input_read_all (input, 999, &error);
  g_assert_null (all);
  g_assert_error (error, THAW_ERROR, THAW_ERROR_LIMIT);
}

static void
count_progress (double fraction, gpointer data)
{
  double *last = data;
  g_assert_cmpfloat (fraction, >=, MAX (*last, 0));
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static void
test_progress (void)
{
  g_autoptr (GBytes) text = make_text (200000);
  g_autoptr (GBytes) gz = gzip (text);
  double last = -1;
  g_autoptr (ThawInput)
      input = thaw_input_new_for_bytes (gz, "x", NULL, count_progress, &last, NULL);
  thaw_input_set_chunk (input, 1000);
  char buffer[1000];
  gssize n;
  while ((n = thaw_input_read (input, buffer, sizeof buffer, NULL)) > 0)
    if (thaw_input_get_offset (input) % 50000 == 0)
      g_usleep (35000);
  g_assert_cmpint (n, ==, 0);
  g_assert_cmpfloat (last, >, 0);
}

static void
test_cancel (void)
{
  g_autoptr (GBytes) text = make_text (3000000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ThawInput) input = thaw_input_new_for_bytes (text, "x", cancellable, NULL, NULL, NULL);
  g_assert_true (thaw_input_get_cancellable (input) == cancellable);
  char buffer[1000];
  gsize len;
  gboolean complete;
  g_assert_cmpint (thaw_input_read (input, buffer, sizeof buffer, NULL), >, 0);
  g_cancellable_cancel (cancellable);
  g_autoptr (GError) error = NULL;
  g_assert_null (thaw_input_peek (input, 1 << 21, &len, &complete, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("thaw-input-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "kapture-é.json.gz", NULL);
  g_autoptr (GBytes) text = make_text (5000);
  g_autoptr (GBytes) gz = gzip (text);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (gz, NULL),
                                      (gssize) g_bytes_get_size (gz), NULL));

  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ThawInput) input = thaw_input_new_for_file (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (thaw_input_get_name (input), ==, "kapture-é.json.gz");
  g_autoptr (GBytes) all = thaw_input_read_all (input, G_MAXSIZE, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (all, text));

  g_autoptr (GFile) directory = g_file_new_for_path (folder);
  g_assert_null (thaw_input_new_for_file (directory, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_null (thaw_input_new_for_file (file, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input/plain", test_plain);
  g_test_add_func ("/input/compressed", test_compressed);
  g_test_add_func ("/input/members-and-padding", test_members_and_padding);
  g_test_add_func ("/input/chunks", test_chunks);
  g_test_add_func ("/input/cut-off", test_cut_off);
  g_test_add_func ("/input/damaged", test_damaged);
  g_test_add_func ("/input/bomb", test_bomb);
  g_test_add_func ("/input/peek", test_peek);
  g_test_add_func ("/input/limit", test_limit);
  g_test_add_func ("/input/progress", test_progress);
  g_test_add_func ("/input/cancel", test_cancel);
  g_test_add_func ("/input/files", test_files);
  return g_test_run ();
}
