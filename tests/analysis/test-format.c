/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers for people, in the C locale and, where it is installed, a German one.
 */
#include "thaw-format.h"

#include <locale.h>
#include <math.h>
#include "tree-text.h"

#define NS "\xe2\x80\xaf" /* narrow no-break space */

static void
test_values (void)
{
  static const struct
  {
    ThawUnit unit;
    double value;
    const char *rounded;
    const char *exact;
  } cases[] = {
    { THAW_UNIT_SECONDS, 0, "0 s", "0 s" },
    { THAW_UNIT_SECONDS, 1.2543, "1.25 s", "1.25430 s" },
    { THAW_UNIT_SECONDS, 0.0143, "14.3 ms", "14.3000 ms" },
    { THAW_UNIT_SECONDS, 0.00099996, "1.00 ms", "999.960 µs" },
    { THAW_UNIT_SECONDS, 0.99996, "1.00 s", "999.960 ms" },
    { THAW_UNIT_SECONDS, 9.996, "10.0 s", "9.99600 s" },
    { THAW_UNIT_SECONDS, 2.5e-7, "250 ns", "250.000 ns" },
    { THAW_UNIT_SECONDS, 3e-12, "0.00300 ns", "0.00300000 ns" },
    { THAW_UNIT_SECONDS, 59.94, "59.9 s", "59.9400 s" },
    { THAW_UNIT_SECONDS, 59.96, "1 min 00 s", "59.9600 s" },
    { THAW_UNIT_SECONDS, 125.034, "2 min 05 s", "125.034 s" },
    { THAW_UNIT_SECONDS, 3599.7, "1 h 00 min", "3599.70 s" },
    { THAW_UNIT_SECONDS, 3720, "1 h 02 min", "3720.00 s" },
    { THAW_UNIT_SECONDS, 1e9, "277" NS "777 h 47 min", "1" NS "000" NS "000" NS "000 s" },
    { THAW_UNIT_SECONDS, -0.5, "-500 ms", "-500.000 ms" },
    { THAW_UNIT_SECONDS, -125, "-2 min 05 s", "-125.000 s" },
    { THAW_UNIT_NANOSECONDS, 1500, "1.50 µs", "1.50000 µs" },
    { THAW_UNIT_MICROSECONDS, 1500, "1.50 ms", "1.50000 ms" },
    { THAW_UNIT_MILLISECONDS, 1500, "1.50 s", "1.50000 s" },
    { THAW_UNIT_BYTES, 0, "0 B", "0 B" },
    { THAW_UNIT_BYTES, 512, "512 B", "512 B" },
    { THAW_UNIT_BYTES, 12400000, "12.4 MB", "12.4000 MB" },
    { THAW_UNIT_BYTES, 999999, "1.00 MB", "999.999 kB" },
    { THAW_UNIT_SAMPLES, 0, "0 samples", "0 samples" },
    { THAW_UNIT_SAMPLES, 1, "1 sample", "1 sample" },
    { THAW_UNIT_SAMPLES, 310442, "310" NS "442 samples", "310" NS "442 samples" },
    { THAW_UNIT_SAMPLES, 2.5, "2.50 samples", "2.50000 samples" },
    { THAW_UNIT_NONE, 17, "17", "17" },
    { THAW_UNIT_NONE, 0.125, "0.125", "0.125000" },
    { THAW_UNIT_SECONDS, NAN, "–", "–" },
    { THAW_UNIT_BYTES, INFINITY, "–", "–" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%g", cases[i].value);
      test_assert_text (thaw_format_value (cases[i].unit, cases[i].value), cases[i].rounded);
      test_assert_text (thaw_format_exact (cases[i].unit, cases[i].value), cases[i].exact);
    }
}

static void
test_shares (void)
{
  test_assert_text (thaw_format_share (0.18), "18.0 %");
  test_assert_text (thaw_format_share (0), "0 %");
  test_assert_text (thaw_format_share (1), "100 %");
  test_assert_text (thaw_format_share (0.9999), "100 %");
  test_assert_text (thaw_format_share (0.0123), "1.23 %");
  test_assert_text (thaw_format_share (0.00123), "0.12 %");
  test_assert_text (thaw_format_share (0.00001), "< 0.01 %");
  test_assert_text (thaw_format_share (NAN), "–");
  test_assert_text (thaw_format_share (-0.05), "-5.00 %");
}

static void
test_counts (void)
{
  test_assert_text (thaw_format_count (0), "0");
  test_assert_text (thaw_format_count (1234), "1234");
  test_assert_text (thaw_format_count (310442), "310" NS "442");
  test_assert_text (thaw_format_count (-1234567), "-1" NS "234" NS "567");
  test_assert_text (thaw_format_count (3.14159), "3.14");
  test_assert_text (thaw_format_count (NAN), "–");
}

/* No number is too large, too small or too odd. */
static void
test_any_number (void)
{
  static const double odd[] = { 1e300, -1e300, 5e-324, 1e15, 123456789012345680, 0.1, -0.0 };
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    for (int unit = THAW_UNIT_NONE; unit <= THAW_UNIT_BYTES; unit++)
      {
        g_autofree char *value = thaw_format_value ((ThawUnit) unit, odd[i]);
        g_autofree char *exact = thaw_format_exact ((ThawUnit) unit, odd[i]);
        g_assert_cmpstr (value, !=, "");
        g_assert_cmpstr (exact, !=, "");
      }
}

static void
test_german (void)
{
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("the locale de_DE.UTF-8 is not installed");
      return;
    }
  test_assert_text (thaw_format_value (THAW_UNIT_SECONDS, 1.2543), "1,25 s");
  test_assert_text (thaw_format_count (310442), "310.442");
  test_assert_text (thaw_format_share (0.18), "18,0 %");
  setlocale (LC_ALL, "C.UTF-8");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/values", test_values);
  g_test_add_func ("/format/shares", test_shares);
  g_test_add_func ("/format/counts", test_counts);
  g_test_add_func ("/format/any-number", test_any_number);
  g_test_add_func ("/format/german", test_german);
  return g_test_run ();
}
