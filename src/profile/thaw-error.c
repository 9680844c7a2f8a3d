/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The error domain, and the one place that words where in an input something is wrong.
 */
#include "thaw-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (thaw - error - quark, thaw_error)

/**
 * thaw_set_error:
 * @error: (nullable): where to put the error
 * @code: what kind of failure
 * @place: the unit of @position, %THAW_AT_NOWHERE when there is no place to name
 * @position: byte offset from 0 in the unwrapped input, or line number from 1
 * @format: translated sentence without full stop
 *
 * Sets @error in the %THAW_ERROR domain and adds the place to the message.
 */
void
thaw_set_error (GError **error,
                ThawError code,
                ThawPlace place,
                guint64 position,
                const char *format,
                ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *at = g_strdup_printf ("%" G_GUINT64_FORMAT, position);

  switch (place)
    {
    case THAW_AT_BYTE:
      /* Translators: the first %s says what is wrong with a file, the second is a number. */
      g_set_error (error, THAW_ERROR, code, _ ("%s (at byte %s)"), text, at);
      break;
    case THAW_AT_LINE:
      g_set_error (error, THAW_ERROR, code, _ ("%s (at line %s)"), text, at);
      break;
    case THAW_AT_NOWHERE:
    default:
      g_set_error_literal (error, THAW_ERROR, code, text);
    }
}
