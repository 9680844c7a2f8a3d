/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers for people. The decimal point and the mark between thousands are the locale's; where the
 * locale has no such mark (the C locale) a narrow no-break space stands in. Steps are those of the
 * SI, and a number never shows more digits than were asked for: what rounds up to the next step is
 * written in it (999.96 ms is 1.00 s).
 */
#include "thaw-format.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <math.h>
#include <string.h>

#define NARROW_SPACE "\xe2\x80\xaf"
#define NOTHING "–"

/* A step of a unit: numbers from @from on are shown divided by it. */
typedef struct
{
  double from;
  const char *format; /* translated; one %s */
} Step;

static const Step time_steps[] = {
  { 1, N_ ("%s s") },
  { 1e-3, N_ ("%s ms") },
  { 1e-6, N_ ("%s µs") },
  { 1e-9, N_ ("%s ns") },
};

static const Step byte_steps[] = {
  { 1e12, N_ ("%s TB") }, { 1e9, N_ ("%s GB") }, { 1e6, N_ ("%s MB") },
  { 1e3, N_ ("%s kB") },  { 1, N_ ("%s B") },
};

/* The locale's mark between groups of digits; (transfer full). */
static char *
thousands_mark (void)
{
  const char *mark = nl_langinfo (THOUSEP);
  char *utf8 = mark[0] != '\0' ? g_locale_to_utf8 (mark, -1, NULL, NULL, NULL) : NULL;
  return utf8 != NULL ? utf8 : g_strdup (NARROW_SPACE);
}

/* A printf() in the locale's number format, as UTF-8. */
static char *
print_number (double value, int decimals)
{
  g_autofree char *text = g_strdup_printf ("%.*f", decimals, value);
  char *utf8 = g_locale_to_utf8 (text, -1, NULL, NULL, NULL);
  return utf8 != NULL ? utf8 : g_strdup (text);
}

/* Puts marks between each three digits before the decimal point, from five digits on. */
static char *
group_digits (const char *number)
{
  g_autofree char *mark = thousands_mark ();
  gsize sign = strspn (number, "-");
  gsize digits = strspn (number + sign, "0123456789");
  if (digits < 5)
    return g_strdup (number);

  GString *grouped = g_string_new_len (number, (gssize) sign);
  for (gsize i = 0; i < digits; i++)
    {
      if (i > 0 && (digits - i) % 3 == 0)
        g_string_append (grouped, mark);
      g_string_append_c (grouped, number[sign + i]);
    }
  g_string_append (grouped, number + sign + digits);
  return g_string_free (grouped, FALSE);
}

/* How many decimals show @value with @digits significant digits. */
static int
decimals_for (double value, int digits)
{
  if (value == 0)
    return 0;
  int magnitude = (int) floor (log10 (fabs (value)));
  /* 9.996 rounds up to 10.0: one digit more before the point, one fewer after it. */
  double unit = pow (10, magnitude - digits + 1);
  if (round (fabs (value) / unit) * unit >= pow (10, magnitude + 1))
    magnitude++;
  return CLAMP (digits - 1 - magnitude, 0, digits + 3);
}

/* @value in the largest step that it reaches once it is rounded to @digits. */
static char *
format_in_steps (const Step *steps, gsize n_steps, double value, int digits)
{
  gsize i = 0;
  while (i + 1 < n_steps && fabs (value) < steps[i].from * (1 - 0.5 * pow (10, -digits)))
    i++;
  double scaled = value / steps[i].from;
  gboolean whole = fabs (scaled - round (scaled)) < 1e-9 && steps[i].from == 1 &&
                   steps == byte_steps;
  g_autofree char *number = print_number (scaled, whole ? 0 : decimals_for (scaled, digits));
  g_autofree char *grouped = group_digits (number);
  /* The formats are literals of the tables above or their translations. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_ (steps[i].format), grouped);
#pragma GCC diagnostic pop
}

/* Times of a minute and more: "2 min 05 s", "1 h 02 min". */
static char *
format_long_time (double seconds)
{
  const char *sign = seconds < 0 ? "-" : "";
  guint64 whole = (guint64) MIN (round (fabs (seconds)), 1e18);
  if (whole < 3600)
    /* Translators: minutes and seconds. */
    return g_strdup_printf (_ ("%s%u min %02u s"), sign, (guint) (whole / 60),
                            (guint) (whole % 60));
  guint64 minutes = (guint64) MIN (round (fabs (seconds) / 60), 1e17);
  g_autofree char *hours = thaw_format_count ((double) (minutes / 60));
  /* Translators: hours and minutes. */
  return g_strdup_printf (_ ("%s%s h %02u min"), sign, hours, (guint) (minutes % 60));
}

/* A bare number with at most @digits significant digits; whole numbers in full. */
static char *
format_number (double value, int digits)
{
  gboolean whole = value == floor (value) && fabs (value) < 1e15;
  if (!whole && fabs (value) >= 1e15)
    return g_strdup_printf ("%.*g", digits, value);
  g_autofree char *number = print_number (value, whole ? 0 : decimals_for (value, digits));
  return group_digits (number);
}

static char *
format_samples (double value, int digits)
{
  g_autofree char *number = format_number (value, digits);
  double whole = fabs (value) < 1e15 ? fabs (value) : 2;
  gulong n = whole == 1 ? 1 : (gulong) MAX (whole, 2);
  return g_strdup_printf (ngettext ("%s sample", "%s samples", whole == 0 ? 0 : n), number);
}

static char *
format_value (ThawUnit unit, double value, int digits, gboolean long_times)
{
  if (!isfinite (value))
    return g_strdup (NOTHING);
  double seconds = value * thaw_unit_seconds (unit);
  switch (unit)
    {
    case THAW_UNIT_NANOSECONDS:
    case THAW_UNIT_MICROSECONDS:
    case THAW_UNIT_MILLISECONDS:
    case THAW_UNIT_SECONDS:
      if (seconds == 0)
        return g_strdup (_ ("0 s"));
      if (long_times && fabs (seconds) >= 59.95)
        return format_long_time (seconds);
      return format_in_steps (time_steps, G_N_ELEMENTS (time_steps), seconds, digits);
    case THAW_UNIT_BYTES:
      return format_in_steps (byte_steps, G_N_ELEMENTS (byte_steps), value, digits);
    case THAW_UNIT_SAMPLES:
      return format_samples (value, digits);
    case THAW_UNIT_NONE:
    default:
      return format_number (value, digits);
    }
}

/**
 * thaw_format_value:
 * @unit: the unit of @value
 * @value: a number
 *
 * Three significant digits in the step that suits: "1.25 s", "14.3 ms", "2 min 05 s", "12.4 MB",
 * "310 442 samples".
 *
 * Returns: (transfer full): the text; "–" when @value is not finite
 */
char *
thaw_format_value (ThawUnit unit, double value)
{
  return format_value (unit, value, 3, TRUE);
}

/**
 * thaw_format_exact:
 * @unit: the unit of @value
 * @value: a number
 *
 * Six significant digits, and seconds however many: "125.034 s".
 *
 * Returns: (transfer full): the text; "–" when @value is not finite
 */
char *
thaw_format_exact (ThawUnit unit, double value)
{
  return format_value (unit, value, 6, FALSE);
}

/**
 * thaw_format_share:
 * @share: 1 is everything
 *
 * Returns: (transfer full): per cent with three significant digits, two decimals at most; "–" when
 *   @share is not finite
 */
char *
thaw_format_share (double share)
{
  if (!isfinite (share))
    return g_strdup (NOTHING);
  double percent = share * 100;
  if (fabs (percent) < 0.005 && percent != 0)
    {
      g_autofree char *least = print_number (0.01, 2);
      /* Translators: a share too small to be shown, such as "< 0.01 %". */
      return g_strdup_printf (_ ("< %s %%"), least);
    }
  gboolean all_or_nothing = percent == 0 || percent == 100;
  int decimals = all_or_nothing ? 0 : MIN (decimals_for (percent, 3), 2);
  g_autofree char *number = print_number (percent, decimals);
  /* Translators: per cent. */
  return g_strdup_printf (_ ("%s %%"), number);
}

/**
 * thaw_format_count:
 * @count: a number of things; NAN when not counted
 *
 * Returns: (transfer full): the number with its digits in groups; with three significant digits when
 *   it is no whole number; "–" for NAN
 */
char *
thaw_format_count (double count)
{
  return isfinite (count) ? format_number (count, 3) : g_strdup (NOTHING);
}
