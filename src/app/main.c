/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * thaw: the program. Sets up translation (the environment's THAW_LOCALE_DIR is for runs without
 * installation) and runs the application.
 */
#include <glib/gi18n-lib.h>
#include <locale.h>

#include "thaw-application.h"
#include "thaw-config.h"

int
main (int argc, char **argv)
{
  const char *locale_dir = g_getenv ("THAW_LOCALE_DIR");
  g_autoptr (ThawApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : THAW_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Thaw");
  application = thaw_application_new (G_APPLICATION_DEFAULT_FLAGS);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
