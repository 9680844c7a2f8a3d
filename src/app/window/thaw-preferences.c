/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawPreferences: binds rows to settings both ways. A combo row's position is mapped to the
 * setting's value through a small table.
 */
#include "thaw-preferences.h"

struct _ThawPreferences
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow *color_scheme;
  AdwComboRow *kind;
  AdwComboRow *order;
  AdwComboRow *colour_mode;
  GtkSpinButton *row_height;
  GtkSwitch *animations;
  GtkSwitch *sidebar;
  GtkSwitch *functions;
};

G_DEFINE_FINAL_TYPE (ThawPreferences, thaw_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                          ADW_COLOR_SCHEME_FORCE_DARK };

static gboolean
scheme_to_position (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (schemes[i] == (AdwColorScheme) g_value_get_enum (from))
      g_value_set_uint (to, i);
  return TRUE;
}

static gboolean
position_to_scheme (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint position = g_value_get_uint (from);

  if (position >= G_N_ELEMENTS (schemes))
    return FALSE;
  g_value_set_enum (to, (gint) schemes[position]);
  return TRUE;
}

/* The other enumerations and the kind of graph stand in the list in the order of their values. */
static gboolean
value_to_position (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_uint (to, G_VALUE_HOLDS_BOOLEAN (from) ? (guint) g_value_get_boolean (from)
                                                     : (guint) g_value_get_enum (from));
  return TRUE;
}

static gboolean
position_to_value (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint position = g_value_get_uint (from);

  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  if (G_VALUE_HOLDS_BOOLEAN (to))
    g_value_set_boolean (to, position == 1);
  else
    g_value_set_enum (to, (gint) position);
  return TRUE;
}

static void
thaw_preferences_class_init (ThawPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/thawprofiler/Thaw/window/thaw-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, ThawPreferences, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, ThawPreferences, kind);
  gtk_widget_class_bind_template_child (widget_class, ThawPreferences, order);
  gtk_widget_class_bind_template_child (widget_class, ThawPreferences, colour_mode);
  gtk_widget_class_bind_template_child (widget_class, ThawPreferences, row_height);
  gtk_widget_class_bind_template_child (widget_class, ThawPreferences, animations);
  gtk_widget_class_bind_template_child (widget_class, ThawPreferences, sidebar);
  gtk_widget_class_bind_template_child (widget_class, ThawPreferences, functions);
}

static void
thaw_preferences_init (ThawPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ThawPreferences *
thaw_preferences_new (GtkWindow *parent, ThawSettings *settings)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  ThawPreferences *self = g_object_new (THAW_TYPE_PREFERENCES, "transient-for", parent, NULL);

  g_object_bind_property_full (settings, "color-scheme", self->color_scheme, "selected", both,
                               scheme_to_position, position_to_scheme, NULL, NULL);
  g_object_bind_property_full (settings, "flame", self->kind, "selected", both, value_to_position,
                               position_to_value, NULL, NULL);
  g_object_bind_property_full (settings, "order", self->order, "selected", both, value_to_position,
                               position_to_value, NULL, NULL);
  g_object_bind_property_full (settings, "colour-mode", self->colour_mode, "selected", both,
                               value_to_position, position_to_value, NULL, NULL);
  g_object_bind_property (settings, "row-height", self->row_height, "value", both);
  g_object_bind_property (settings, "animations", self->animations, "active", both);
  g_object_bind_property (settings, "sidebar-visible", self->sidebar, "active", both);
  g_object_bind_property (settings, "functions-visible", self->functions, "active", both);
  return self;
}
