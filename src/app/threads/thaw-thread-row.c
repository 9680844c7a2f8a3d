/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawThreadRow: shows a ThawThreadItem. The dot's colour tells the role, and so does the second
 * line, for eyes that cannot tell colours apart.
 */
#include "thaw-thread-row.h"

#include <glib/gi18n-lib.h>

struct _ThawThreadRow
{
  GtkWidget parent_instance;
  ThawThreadItem *item;
  char *role_class;

  GtkWidget *box;
  GtkButton *arrow;
  GtkWidget *dot;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *time;
  GtkProgressBar *share;
};

enum
{
  PROP_ITEM = 1,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (ThawThreadRow, thaw_thread_row, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
show_arrow (ThawThreadRow *self)
{
  gboolean process = thaw_thread_item_get_kind (self->item) == THAW_THREAD_ROW_PROCESS;
  gboolean expanded = thaw_thread_item_get_expanded (self->item);

  gtk_widget_set_visible (GTK_WIDGET (self->arrow), process);
  if (!process)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->arrow), NULL);
      return;
    }
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->arrow), "u",
                                    thaw_thread_item_get_index (self->item));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->arrow), "threads.toggle-process");
  gtk_button_set_icon_name (self->arrow, expanded ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->arrow), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  expanded ? _ ("Fold this process") : _ ("Unfold this process"),
                                  -1);
}

static void
set_item (ThawThreadRow *self, ThawThreadItem *item)
{
  const char *subtitle;
  g_autofree char *label = NULL;

  if (!g_set_object (&self->item, item) || item == NULL)
    return;
  subtitle = thaw_thread_item_get_subtitle (item);
  gtk_label_set_label (self->title, thaw_thread_item_get_title (item));
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle[0] != '\0');
  gtk_label_set_label (self->time, thaw_thread_item_get_time (item));
  gtk_progress_bar_set_fraction (self->share, thaw_thread_item_get_share (item));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), thaw_thread_item_get_tooltip (item));
  show_arrow (self);

  gtk_widget_set_visible (self->dot, thaw_thread_item_get_kind (item) == THAW_THREAD_ROW_THREAD);
  if (self->role_class != NULL)
    gtk_widget_remove_css_class (self->dot, self->role_class);
  g_free (self->role_class);
  self->role_class = g_strconcat ("role-", thaw_thread_item_get_role (item), NULL);
  gtk_widget_add_css_class (self->dot, self->role_class);
  if (thaw_thread_item_get_indented (item))
    gtk_widget_add_css_class (self->box, "indented");
  else
    gtk_widget_remove_css_class (self->box, "indented");
  if (thaw_thread_item_get_kind (item) == THAW_THREAD_ROW_THREAD)
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "group-title");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "group-title");

  label = g_strdup_printf (_ ("%s, %s busy"), thaw_thread_item_get_title (item),
                           thaw_thread_item_get_time (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  /* What has the focus is the list's own row around this one. */
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
thaw_thread_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, THAW_THREAD_ROW (object)->item);
}

static void
thaw_thread_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_item (THAW_THREAD_ROW (object), g_value_get_object (value));
}

static void
thaw_thread_row_dispose (GObject *object)
{
  ThawThreadRow *self = THAW_THREAD_ROW (object);

  g_clear_object (&self->item);
  g_clear_pointer (&self->role_class, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (thaw_thread_row_parent_class)->dispose (object);
}

static void
thaw_thread_row_class_init (ThawThreadRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = thaw_thread_row_get_property;
  object_class->set_property = thaw_thread_row_set_property;
  object_class->dispose = thaw_thread_row_dispose;
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, THAW_TYPE_THREAD_ITEM,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/thawprofiler/Thaw/threads/thaw-thread-row.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadRow, box);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadRow, dot);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadRow, title);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadRow, time);
  gtk_widget_class_bind_template_child (widget_class, ThawThreadRow, share);
}

static void
thaw_thread_row_init (ThawThreadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ThawThreadItem *
thaw_thread_row_get_item (ThawThreadRow *self)
{
  g_return_val_if_fail (THAW_IS_THREAD_ROW (self), NULL);
  return self->item;
}
