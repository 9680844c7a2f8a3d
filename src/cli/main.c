/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * thaw-cli: finds the command, and the help of each. The commands are in files of their own; what they
 * print is computed elsewhere.
 */
#include "thaw-cli-private.h"
#include "thaw-config.h"
#include "thaw-import.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

static const ThawCommand *const commands[] = {
  &thaw_command_info,
  &thaw_command_top,
  &thaw_command_export,
  &thaw_command_merge,
};

/* Prints a message after the program's name on standard error. */
static void
complain (const char *format, va_list args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);
  g_printerr ("thaw-cli: %s\n", text);
}

void
thaw_cli_fail (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  complain (format, args);
  va_end (args);
}

ThawExit
thaw_cli_usage (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  complain (format, args);
  va_end (args);
  g_printerr ("%s\n", _ ("“thaw-cli --help” and “thaw-cli COMMAND --help” tell how it is used."));
  return THAW_EXIT_USAGE;
}

gboolean
thaw_cli_parse (GOptionContext *context,
                const GOptionEntry *entries,
                int argc,
                char **argv,
                char ***files)
{
  g_auto (GStrv) remaining = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry rest[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &remaining, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, rest, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      thaw_cli_usage ("%s", error->message);
      return FALSE;
    }
  if (remaining == NULL)
    {
      thaw_cli_usage (_ ("Which file? Name one or more"));
      return FALSE;
    }
  *files = g_steal_pointer (&remaining);
  return TRUE;
}

/* The help of the program as a whole. */
static char *
make_help (void)
{
  g_autofree char *formats = thaw_importers_describe ();
  GString *text = g_string_new (_ ("Usage: thaw-cli COMMAND FILE… [OPTION…]"));
  g_string_append_printf (text, "\n\n%s\n\n%s\n",
                          _ ("Reads profiles of Python programs and shows where the time went."),
                          _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-8s %s\n", commands[i]->name, _ (commands[i]->summary));
  g_string_append_printf (
      text, "\n%s\n",
      _ ("A FILE may also be a folder, which stands for the files in it. Several files\n"
         "are taken together, except by info."));
  /* Translators: %s is a list of formats. */
  g_string_append_printf (text,
                          _ ("Formats that can be opened: %s; each also compressed by gzip or "
                             "zstd."),
                          formats);
  g_string_append_printf (
      text, "\n\n%s\n%s\n%s\n%s\n\n%s\n\n%s\n", _ ("Examples:"), "  thaw-cli top worker.prof",
      "  thaw-cli top --thread MainThread --by total -n 10 pyspy.speedscope.json",
      "  thaw-cli export workers/ --to svg -o workers.svg",
      _ ("“thaw-cli COMMAND --help” tells more about a command, “man thaw-cli” everything."),
      _ ("Exit status: 0 done, 1 output could not be written, 2 wrong usage, 3 an input\n"
         "could not be opened."));
  return g_string_free (text, FALSE);
}

/* The command called @name; NULL when there is none. */
static const ThawCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

/* Runs a command with its arguments, argv[0] being the program. */
static ThawExit
run_command (const ThawCommand *command, int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
  g_autofree char *program = g_strconcat ("thaw-cli ", command->name, NULL);
  g_set_prgname (program);
  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_description (context, _ (command->details));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  return command->run (context, argc, argv);
}

int
main (int argc, char **argv)
{
  const char *locale_dir = g_getenv ("THAW_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : THAW_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE); /* ngettext() asks for no domain */

  const char *name = argc > 1 ? argv[1] : NULL;
  if (name != NULL && strcmp (name, "--version") == 0)
    {
      g_autoptr (GString) version = g_string_new ("thaw-cli " THAW_VERSION "\n");
      return thaw_output_print (version);
    }
  if (name == NULL || strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0 ||
      (strcmp (name, "help") == 0 && argc == 2))
    {
      g_autofree char *help = make_help ();
      g_autoptr (GString) text = g_string_new (help);
      if (name != NULL)
        return thaw_output_print (text);
      g_printerr ("%s", help);
      return THAW_EXIT_USAGE;
    }
  if (strcmp (name, "help") == 0)
    {
      char *arguments[] = { argv[0], (char *) "--help", NULL };
      const ThawCommand *command = find_command (argv[2]);
      if (command != NULL)
        return run_command (command, 2, arguments);
      name = argv[2];
    }
  const ThawCommand *command = find_command (name);
  if (command == NULL)
    return thaw_cli_usage (_ ("There is no command “%s”"), name);
  argv[1] = argv[0];
  return run_command (command, argc - 1, argv + 1);
}
