/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawSettings: one table of properties with their defaults, bound to GSettings where the schema is
 * there. g_settings_new() aborts on a missing schema, so the schema is looked up first.
 */
#include "thaw-settings.h"

#include "thaw-config.h"

typedef enum
{
  PROP_COLOR_SCHEME = 1,
  PROP_FLAME,
  PROP_ORDER,
  PROP_COLOUR_MODE,
  PROP_ROW_HEIGHT,
  PROP_ANIMATIONS,
  PROP_SIDEBAR_VISIBLE,
  PROP_SIDEBAR_WIDTH,
  PROP_FUNCTIONS_VISIBLE,
  PROP_FUNCTIONS_SHARE,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  N_PROPS,
} ThawSettingsProperty;

struct _ThawSettings
{
  GObject parent_instance;
  GSettings *stored; /* NULL without a schema */
  GValue values[N_PROPS];
};

G_DEFINE_FINAL_TYPE (ThawSettings, thaw_settings, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
thaw_settings_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_copy (&THAW_SETTINGS (object)->values[id], value);
}

static void
thaw_settings_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ThawSettings *self = THAW_SETTINGS (object);

  if (g_param_values_cmp (pspec, value, &self->values[id]) == 0)
    return;
  g_value_copy (value, &self->values[id]);
  g_object_notify_by_pspec (object, pspec);
}

static void
thaw_settings_finalize (GObject *object)
{
  ThawSettings *self = THAW_SETTINGS (object);

  for (guint i = 1; i < N_PROPS; i++)
    g_value_unset (&self->values[i]);
  g_clear_object (&self->stored);
  G_OBJECT_CLASS (thaw_settings_parent_class)->finalize (object);
}

static void
thaw_settings_class_init (ThawSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = thaw_settings_get_property;
  object_class->set_property = thaw_settings_set_property;
  object_class->finalize = thaw_settings_finalize;

  properties[PROP_COLOR_SCHEME] = g_param_spec_enum (
      "color-scheme", NULL, NULL, ADW_TYPE_COLOR_SCHEME, ADW_COLOR_SCHEME_DEFAULT, flags);
  properties[PROP_FLAME] = g_param_spec_boolean ("flame", NULL, NULL, FALSE, flags);
  properties[PROP_ORDER] = g_param_spec_enum ("order", NULL, NULL, THAW_TYPE_ORDER,
                                              THAW_ORDER_HEAVIEST, flags);
  properties[PROP_COLOUR_MODE] = g_param_spec_enum (
      "colour-mode", NULL, NULL, THAW_TYPE_COLOUR_MODE, THAW_COLOUR_ORIGIN, flags);
  properties[PROP_ROW_HEIGHT] = g_param_spec_int ("row-height", NULL, NULL, 16, 48, 23, flags);
  properties[PROP_ANIMATIONS] = g_param_spec_boolean ("animations", NULL, NULL, TRUE, flags);
  properties[PROP_SIDEBAR_VISIBLE] = g_param_spec_boolean ("sidebar-visible", NULL, NULL, TRUE,
                                                           flags);
  properties[PROP_SIDEBAR_WIDTH] = g_param_spec_int ("sidebar-width", NULL, NULL, 160, 4000, 270,
                                                     flags);
  properties[PROP_FUNCTIONS_VISIBLE] = g_param_spec_boolean ("functions-visible", NULL, NULL, TRUE,
                                                             flags);
  properties[PROP_FUNCTIONS_SHARE] = g_param_spec_double ("functions-share", NULL, NULL, 0.05, 0.95,
                                                          0.36, flags);
  properties[PROP_WINDOW_WIDTH] = g_param_spec_int ("window-width", NULL, NULL, 1, 100000, 1280,
                                                    flags);
  properties[PROP_WINDOW_HEIGHT] = g_param_spec_int ("window-height", NULL, NULL, 1, 100000, 800,
                                                     flags);
  properties[PROP_WINDOW_MAXIMIZED] = g_param_spec_boolean ("window-maximized", NULL, NULL, FALSE,
                                                            flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
thaw_settings_init (ThawSettings *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  for (guint i = 1; i < N_PROPS; i++)
    {
      g_value_init (&self->values[i], G_PARAM_SPEC_VALUE_TYPE (properties[i]));
      g_param_value_set_default (properties[i], &self->values[i]);
    }

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, THAW_APP_ID, TRUE);
  if (schema == NULL)
    return;
  self->stored = g_settings_new_full (schema, NULL, NULL);
  /* An older schema may be installed than this program was built with. */
  for (guint i = 1; i < N_PROPS; i++)
    if (g_settings_schema_has_key (schema, properties[i]->name))
      g_settings_bind (self->stored, properties[i]->name, self, properties[i]->name,
                       G_SETTINGS_BIND_DEFAULT);
}

/**
 * thaw_settings_new:
 *
 * Returns: (transfer full): the settings; never fails, whatever is installed
 */
ThawSettings *
thaw_settings_new (void)
{
  return g_object_new (THAW_TYPE_SETTINGS, NULL);
}

/**
 * thaw_settings_get_flag:
 * @property: name of a boolean property
 */
gboolean
thaw_settings_get_flag (ThawSettings *self, const char *property)
{
  gboolean value = FALSE;

  g_return_val_if_fail (THAW_IS_SETTINGS (self), FALSE);
  g_object_get (self, property, &value, NULL);
  return value;
}

/**
 * thaw_settings_get_number:
 * @property: name of an integer property
 */
int
thaw_settings_get_number (ThawSettings *self, const char *property)
{
  int value = 0;

  g_return_val_if_fail (THAW_IS_SETTINGS (self), 0);
  g_object_get (self, property, &value, NULL);
  return value;
}
