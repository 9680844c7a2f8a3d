/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawApplication: parses the command line in the process that was started and opens the files in
 * the one that runs; holds the settings and applies those that concern the whole program.
 */
#include "thaw-application.h"

#include <glib/gi18n-lib.h>
#include "thaw-config.h"
#include "thaw-preferences.h"
#include "thaw-window.h"

struct _ThawApplication
{
  AdwApplication parent_instance;
  ThawSettings *settings;
};

G_DEFINE_FINAL_TYPE (ThawApplication, thaw_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "new-window", 'n', 0, G_OPTION_ARG_NONE, NULL, N_ ("Open in a new window"), NULL },
  { "merge", 'm', 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Open several files as one profile, with a process for each"), NULL },
  { "tabs", 't', 0, G_OPTION_ARG_NONE, NULL, N_ ("Open several files in a tab each"), NULL },
  { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version and exit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("[FILE…]") },
  { 0 },
};

/* Windows --------------------------------------------------------------------------------------- */

/* The window to open files in: the one used last, unless @fresh. */
static ThawWindow *
pick_window (ThawApplication *self, gboolean fresh)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window != NULL && !THAW_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  if (window != NULL && !fresh)
    return THAW_WINDOW (window);
  return thaw_window_new (GTK_APPLICATION (self), self->settings);
}

static void
thaw_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (pick_window (THAW_APPLICATION (application), FALSE)));
}

/* From the file manager. */
static void
thaw_application_open (GApplication *application, GFile **files, gint n_files, const gchar *hint)
{
  ThawWindow *window = pick_window (THAW_APPLICATION (application), FALSE);

  gtk_window_present (GTK_WINDOW (window));
  thaw_window_open (window, files, (guint) n_files, THAW_OPEN_ASK);
}

/* Command line ---------------------------------------------------------------------------------- */

static gint
thaw_application_handle_local_options (GApplication *application, GVariantDict *given)
{
  if (!g_variant_dict_contains (given, "version"))
    return -1;
  g_print ("thaw %s\n", THAW_VERSION);
  return 0;
}

static int
thaw_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  ThawApplication *self = THAW_APPLICATION (application);
  GVariantDict *given = g_application_command_line_get_options_dict (line);
  gboolean fresh = g_variant_dict_contains (given, "new-window");
  ThawOpenHow how = g_variant_dict_contains (given, "merge")  ? THAW_OPEN_MERGED
                    : g_variant_dict_contains (given, "tabs") ? THAW_OPEN_TABS
                                                              : THAW_OPEN_ASK;
  ThawWindow *window = pick_window (self, fresh);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree const char **names = NULL;

  g_variant_dict_lookup (given, G_OPTION_REMAINING, "^a&ay", &names);
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    g_ptr_array_add (files, g_application_command_line_create_file_for_arg (line, names[i]));
  gtk_window_present (GTK_WINDOW (window));
  thaw_window_open (window, (GFile *const *) files->pdata, files->len, how);
  return 0;
}

/* Actions --------------------------------------------------------------------------------------- */

static void
on_new_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (pick_window (data, TRUE)));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ThawApplication *self = data;

  gtk_window_present (GTK_WINDOW (thaw_preferences_new (
      gtk_application_get_active_window (GTK_APPLICATION (self)), self->settings)));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (data)),
                         "application-name", "Thaw", "application-icon", THAW_APP_ID, "version",
                         THAW_VERSION, "developer-name", _ ("The Thaw developers"), "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Finds what freezes a Python program: reads what cProfile and py-spy "
                            "recorded, and shows where the time went."),
                         /* Translators: put your names here, one a line. */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  /* Closed rather than dropped, so that they remember their sizes. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_list_free (windows);
}

static void
add_keys (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *keys[4];
  } keys[] = {
    { "app.new-window", { "<Control>n" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.quit", { "<Control>q" } },
    { "win.show-help-overlay", { "<Control>question", "<Control>F1" } },
    { "win.open", { "<Control>o" } },
    { "win.close-tab", { "<Control>w" } },
    { "win.search", { "<Control>f" } },
    { "win.export-menu", { "<Control>e" } },
    { "win.sidebar", { "F9" } },
    { "win.functions", { "<Control>F9" } },
    { "page.reload", { "<Control>r", "F5" } },
    { "page.flame", { "<Control>i" } },
    { "page.order::heaviest", { "<Alt>1" } },
    { "page.order::alphabetical", { "<Alt>2" } },
    { "page.order::time", { "<Alt>3" } },
    { "page.by-line", { "<Control>l" } },
    { "page.merged", { "<Control>m" } },
    { "page.colour-mode::origin", { "<Alt>4" } },
    { "page.colour-mode::package", { "<Alt>5" } },
    { "page.colour-mode::self", { "<Alt>6" } },
    { "page.zoom-in", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
    { "page.zoom-out", { "<Control>minus", "<Control>KP_Subtract" } },
    { "page.zoom-reset", { "<Control>0", "<Control>KP_0" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *list[] = { keys[i].keys[0], keys[i].keys[1], keys[i].keys[2], NULL };

      gtk_application_set_accels_for_action (application, keys[i].action, list);
    }
}

/* Object ---------------------------------------------------------------------------------------- */

/* Without animations GTK and libadwaita jump; with them the system's own wish decides. */
static void
on_animations (ThawApplication *self)
{
  GtkSettings *settings = gtk_settings_get_default ();

  if (settings == NULL)
    return;
  if (thaw_settings_get_flag (self->settings, "animations"))
    gtk_settings_reset_property (settings, "gtk-enable-animations");
  else
    g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
}

static void
thaw_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "new-window", on_new_window, NULL, NULL, NULL, { 0 } },
    { "preferences", on_preferences, NULL, NULL, NULL, { 0 } },
    { "about", on_about, NULL, NULL, NULL, { 0 } },
    { "quit", on_quit, NULL, NULL, NULL, { 0 } },
  };
  ThawApplication *self = THAW_APPLICATION (application);

  G_APPLICATION_CLASS (thaw_application_parent_class)->startup (application);
  self->settings = thaw_settings_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  add_keys (GTK_APPLICATION (self));
  g_object_bind_property (self->settings, "color-scheme", adw_style_manager_get_default (),
                          "color-scheme", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->settings, "notify::animations", G_CALLBACK (on_animations), self,
                           G_CONNECT_SWAPPED);
  on_animations (self);
}

static void
thaw_application_finalize (GObject *object)
{
  g_clear_object (&THAW_APPLICATION (object)->settings);
  G_OBJECT_CLASS (thaw_application_parent_class)->finalize (object);
}

static void
thaw_application_class_init (ThawApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = thaw_application_finalize;
  application_class->activate = thaw_application_activate;
  application_class->open = thaw_application_open;
  application_class->startup = thaw_application_startup;
  application_class->handle_local_options = thaw_application_handle_local_options;
  application_class->command_line = thaw_application_command_line;
}

static void
thaw_application_init (ThawApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _ ("Shows where a Python program spent its time."));
}

ThawApplication *
thaw_application_new (GApplicationFlags flags)
{
  return g_object_new (THAW_TYPE_APPLICATION, "application-id", THAW_APP_ID, "flags",
                       flags | G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/io/github/thawprofiler/Thaw", NULL);
}

ThawSettings *
thaw_application_get_settings (ThawApplication *self)
{
  g_return_val_if_fail (THAW_IS_APPLICATION (self), NULL);
  return self->settings;
}
