/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawLegend: swatches made anew when the meaning of colours, the theme or the functions shown
 * change. Origins have fixed colours; of packages only those with most self time among the shown
 * functions are named; self time is a scale.
 */
#include "thaw-legend.h"

#include <glib/gi18n-lib.h>
#include "thaw-graph-style.h"
#include "thaw-origin.h"
#include "thaw-swatch.h"

#define N_PACKAGES 8
#define N_STEPS 12
#define SWATCH_PX 12

struct _ThawLegend
{
  GtkWidget parent_instance;
  ThawDocument *document;

  GtkWidget *box;
  GtkMenuButton *button;
  GtkFlowBox *entries;
};

enum
{
  PROP_DOCUMENT = 1,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (ThawLegend, thaw_legend, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
add_entry (ThawLegend *self, GtkWidget *swatch, const char *text)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *child;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_tooltip_text (row, text);
  gtk_box_append (GTK_BOX (row), swatch);
  gtk_box_append (GTK_BOX (row), label);
  gtk_flow_box_append (self->entries, row);
  child = gtk_widget_get_parent (row);
  gtk_widget_set_focusable (child, FALSE);
}

static void
add_origins (ThawLegend *self)
{
  for (ThawOrigin origin = 0; origin < THAW_N_ORIGINS; origin++)
    {
      ThawRgb rgb = thaw_palette_origin (origin, thaw_theme_now ());

      add_entry (self, thaw_swatch_new (&rgb, 1, SWATCH_PX), thaw_origin_title (origin));
    }
}

typedef struct
{
  char *name;
  guint32 function; /* any of the package: they share a colour */
  double self;
} Package;

static void
package_free (gpointer data)
{
  Package *package = data;

  g_free (package->name);
  g_free (package);
}

static int
compare_packages (gconstpointer a, gconstpointer b)
{
  const Package *left = *(Package *const *) a;
  const Package *right = *(Package *const *) b;

  if (left->self != right->self)
    return left->self > right->self ? -1 : 1;
  return strcmp (left->name, right->name);
}

/* Packages of the functions shown, greatest self time first. */
static GPtrArray *
list_packages (ThawLegend *self)
{
  const ThawProfile *profile = thaw_document_get_profile (self->document);
  GArray *rows = thaw_document_get_rows (self->document);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *packages = g_ptr_array_new_with_free_func (package_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ThawFunctionRow *row = &g_array_index (rows, ThawFunctionRow, i);
      g_autofree char *name = NULL;
      Package *package;

      if (row->function >= THAW_FRAME_FIRST_SPECIAL)
        continue;
      name = thaw_package_of (thaw_profile_get_function (profile, row->function));
      package = g_hash_table_lookup (by_name, name);
      if (package == NULL)
        {
          package = g_new0 (Package, 1);
          package->name = g_steal_pointer (&name);
          package->function = row->function;
          g_hash_table_insert (by_name, package->name, package);
          g_ptr_array_add (packages, package);
        }
      package->self += row->self;
    }
  g_ptr_array_sort (packages, compare_packages);
  return packages;
}

static void
add_packages (ThawLegend *self)
{
  g_autoptr (GPtrArray) packages = list_packages (self);
  g_autoptr (ThawPalette) palette = thaw_palette_new (thaw_document_get_profile (self->document),
                                                      THAW_COLOUR_PACKAGE, thaw_theme_now ());

  for (guint i = 0; i < MIN (packages->len, N_PACKAGES); i++)
    {
      const Package *package = packages->pdata[i];
      ThawRgb rgb = thaw_palette_colour (palette, THAW_KEY_FUNCTION, package->function, 0);

      add_entry (self, thaw_swatch_new (&rgb, 1, SWATCH_PX),
                 package->name[0] != '\0' ? package->name : _ ("no package"));
    }
}

static void
add_scale (ThawLegend *self)
{
  ThawProfile *profile = thaw_document_get_profile (self->document);
  g_autoptr (ThawPalette) palette = thaw_palette_new (profile, THAW_COLOUR_SELF, thaw_theme_now ());
  ThawRgb steps[N_STEPS];

  if (thaw_profile_get_n_functions (profile) == 0)
    return;
  for (guint i = 0; i < N_STEPS; i++)
    steps[i] = thaw_palette_colour (palette, THAW_KEY_FUNCTION, 0, (double) i / (N_STEPS - 1));
  add_entry (self, thaw_swatch_new (steps, N_STEPS, 72), _ ("little → much self time"));
}

static void
update (ThawLegend *self)
{
  ThawColourMode mode = THAW_COLOUR_ORIGIN;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->entries))) != NULL)
    gtk_flow_box_remove (self->entries, child);
  if (self->document == NULL)
    return;
  g_object_get (self->document, "colour-mode", &mode, NULL);
  gtk_flow_box_set_min_children_per_line (self->entries, mode == THAW_COLOUR_SELF ? 1 : 2);
  gtk_flow_box_set_max_children_per_line (self->entries, mode == THAW_COLOUR_SELF ? 1 : 2);
  switch (mode)
    {
    case THAW_COLOUR_ORIGIN:
      gtk_menu_button_set_label (self->button, _ ("Colour: Origin"));
      add_origins (self);
      break;
    case THAW_COLOUR_PACKAGE:
      gtk_menu_button_set_label (self->button, _ ("Colour: Package"));
      add_packages (self);
      break;
    case THAW_COLOUR_SELF:
      gtk_menu_button_set_label (self->button, _ ("Colour: Self Time"));
      add_scale (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Other rows mean other packages; nothing else depends on them. */
static void
on_rows_changed (ThawLegend *self)
{
  ThawColourMode mode = THAW_COLOUR_ORIGIN;

  g_object_get (self->document, "colour-mode", &mode, NULL);
  if (mode == THAW_COLOUR_PACKAGE)
    update (self);
}

static void
set_document (ThawLegend *self, ThawDocument *document)
{
  if (self->document == document)
    return;
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document != NULL)
    {
      g_signal_connect_swapped (document, "notify::colour-mode", G_CALLBACK (update), self);
      g_signal_connect_swapped (document, "rows-changed", G_CALLBACK (on_rows_changed), self);
      update (self);
    }
}

static void
thaw_legend_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, THAW_LEGEND (object)->document);
}

static void
thaw_legend_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_document (THAW_LEGEND (object), g_value_get_object (value));
}

static void
thaw_legend_dispose (GObject *object)
{
  ThawLegend *self = THAW_LEGEND (object);

  set_document (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (thaw_legend_parent_class)->dispose (object);
}

static void
thaw_legend_class_init (ThawLegendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = thaw_legend_get_property;
  object_class->set_property = thaw_legend_set_property;
  object_class->dispose = thaw_legend_dispose;
  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, THAW_TYPE_DOCUMENT,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/thawprofiler/Thaw/window/thaw-legend.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, ThawLegend, box);
  gtk_widget_class_bind_template_child (widget_class, ThawLegend, button);
  gtk_widget_class_bind_template_child (widget_class, ThawLegend, entries);
}

static void
thaw_legend_init (ThawLegend *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}
