/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be done with the selected rows of ThawFunctionView: copying them, and the context menu,
 * which opens by the right button, by a long press and by the keyboard.
 */
#include "thaw-function-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include "thaw-function-links.h"
#include "thaw-origin.h"

/* The one selected function of the profile, or NULL. */
static const ThawFunction *
selected_function (ThawFunctionView *self, guint32 *number)
{
  g_autoptr (GtkBitset)
      selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  ThawProfile *profile;
  guint32 function;

  if (self->document == NULL || gtk_bitset_get_size (selected) != 1)
    return NULL;
  profile = thaw_document_get_profile (self->document);
  function = thaw_function_model_get_row (self->model, gtk_bitset_get_minimum (selected))->function;
  if (function >= thaw_profile_get_n_functions (profile))
    return NULL;
  if (number != NULL)
    *number = function;
  return thaw_profile_get_function (profile, function);
}

/* The selected function's source file, which may not exist; (nullable) (transfer full). */
static GFile *
selected_source (ThawFunctionView *self)
{
  guint32 number;

  return selected_function (self, &number) != NULL
             ? thaw_function_source_file (self->document, number)
             : NULL;
}

/* Copying. --------------------------------------------------------------------------------------- */

/* A field must not break the line or the table. */
static void
append_field (GString *text, const char *field, char end)
{
  for (const char *p = field; *p != '\0'; p++)
    g_string_append_c (text, *p == '\t' || *p == '\n' || *p == '\r' ? ' ' : *p);
  g_string_append_c (text, end);
}

static void
append_number (GString *text, double number, char end)
{
  if (!isnan (number))
    g_string_append_printf (text, "%.9g", number);
  g_string_append_c (text, end);
}

static void
append_row (ThawFunctionView *self, GString *text, const ThawFunctionRow *row)
{
  const ThawProfile *profile = thaw_document_get_profile (self->document);
  gboolean real = row->function < thaw_profile_get_n_functions (profile);
  const ThawFunction *function = real ? thaw_profile_get_function (profile, row->function) : NULL;
  g_autofree char *name = thaw_function_row_name (profile, row);
  g_autofree char *place = NULL;

  if (function != NULL && function->file != NULL)
    place = function->line > 0 ? g_strdup_printf ("%s:%u", function->file, function->line)
                               : g_strdup (function->file);
  append_field (text, name, '\t');
  append_field (text, place != NULL ? place : "", '\t');
  append_field (text, function != NULL ? thaw_origin_title (thaw_origin_of (function)) : "", '\t');
  append_number (text, row->calls, '\t');
  append_number (text, row->self, '\t');
  append_number (text, row->total, '\t');
  append_number (text, thaw_function_row_per_call (row), '\n');
}

char *
thaw_function_view_to_tsv (ThawFunctionView *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  GString *text;
  guint n;

  g_return_val_if_fail (THAW_IS_FUNCTION_VIEW (self), NULL);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  text = g_string_new (NULL);
  for (guint i = 0; i < THAW_N_COLUMNS; i++)
    append_field (text, thaw_function_view_column_title (self, i),
                  i + 1 < THAW_N_COLUMNS ? '\t' : '\n');
  for (guint i = 0; i < n; i++)
    if (gtk_bitset_is_empty (selected) || gtk_bitset_contains (selected, i))
      append_row (self, text, thaw_function_model_get_row (self->model, i));
  return g_string_free (text, FALSE);
}

static void
copy_text (GtkWidget *widget, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
copy_rows_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *text = thaw_function_view_to_tsv (THAW_FUNCTION_VIEW (widget));

  copy_text (widget, text);
}

static void
copy_name_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const ThawFunction *function = selected_function (THAW_FUNCTION_VIEW (widget), NULL);

  if (function != NULL)
    copy_text (widget, function->name);
}

static void
copy_place_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const ThawFunction *function = selected_function (THAW_FUNCTION_VIEW (widget), NULL);
  g_autofree char *place = NULL;

  if (function == NULL || function->file == NULL)
    return;
  place = function->line > 0 ? g_strdup_printf ("%s:%u", function->file, function->line)
                             : g_strdup (function->file);
  copy_text (widget, place);
}

/* Going elsewhere. ------------------------------------------------------------------------------- */

static void
sandwich_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawFunctionView *self = THAW_FUNCTION_VIEW (widget);
  guint32 number;

  if (selected_function (self, &number) != NULL)
    thaw_document_show_sandwich (self->document, number);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawFunctionView *self = THAW_FUNCTION_VIEW (widget);
  const ThawFunction *function = selected_function (self, NULL);

  if (function != NULL)
    g_object_set (self->document, "search-regex", FALSE, "search", function->name, NULL);
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawFunctionView *self = THAW_FUNCTION_VIEW (widget);
  guint32 number;

  if (selected_function (self, &number) != NULL)
    thaw_reveal_heaviest (self->document, number);
}

static void
open_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawFunctionView *self = THAW_FUNCTION_VIEW (widget);
  g_autoptr (GFile) file = selected_source (self);
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)), uri, GDK_CURRENT_TIME);
}

/* What a click on a header does, for the keyboard: numbers greatest first, and the other way round when
 * asked for again. */
static void
sort_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawFunctionView *self = THAW_FUNCTION_VIEW (widget);
  ThawColumn column = g_variant_get_uint32 (parameter);
  gboolean descending = column >= THAW_COLUMN_CALLS;

  if (column >= THAW_N_COLUMNS)
    return;
  if (column == self->sort_column)
    descending = !self->descending;
  thaw_function_view_sort (self, column, descending);
}

void
thaw_function_view_update_actions (ThawFunctionView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const ThawFunction *function = selected_function (self, NULL);
  static const char *const for_one[] = { "function.copy-name", "function.show", "function.sandwich",
                                         "function.search" };

  for (guint i = 0; i < G_N_ELEMENTS (for_one); i++)
    gtk_widget_action_set_enabled (widget, for_one[i], function != NULL);
  gtk_widget_action_set_enabled (widget, "function.copy-place",
                                 function != NULL && function->file != NULL);
  gtk_widget_action_set_enabled (widget, "function.copy-rows", self->document != NULL);
}

/* The menu. -------------------------------------------------------------------------------------- */

/* Pops the menu up at a point of the view; a path is only looked for on the disk now. */
static void
popup_at (ThawFunctionView *self, double x, double y)
{
  g_autoptr (GFile) file = selected_source (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "function.open-folder",
                                 file != NULL && g_file_is_native (file) &&
                                     g_file_query_exists (file, NULL));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* The cell under a point, or NULL: headers, empty space. Rows pad their cells. */
static ThawCell *
cell_at (ThawFunctionView *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && !THAW_IS_CELL (widget))
    widget = gtk_widget_get_first_child (widget);
  return widget != NULL && thaw_cell_get_item (THAW_CELL (widget)) != NULL ? THAW_CELL (widget)
                                                                           : NULL;
}

/* Selects the row under the pointer, unless it is already part of the selection, and opens the menu. */
static void
popup_for_pointer (ThawFunctionView *self, double x, double y)
{
  ThawCell *cell = cell_at (self, x, y);
  guint position;

  if (cell == NULL)
    return;
  position = thaw_function_model_find (
      self->model,
      thaw_function_item_get_row (THAW_FUNCTION_ITEM (thaw_cell_get_item (cell)))->function);
  if (position == G_MAXUINT)
    return;
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  popup_at (self, x, y);
}

static void
on_right_click (GtkGestureClick *gesture, int n_press, double x, double y, ThawFunctionView *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_for_pointer (self, x, y);
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, ThawFunctionView *self)
{
  popup_for_pointer (self, x, y);
}

/* By the keyboard the menu opens beside the focused row. */
static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ThawFunctionView *self = THAW_FUNCTION_VIEW (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  double x = 24;
  double y = 24;

  if (focus != NULL && gtk_widget_is_ancestor (focus, widget))
    gtk_widget_translate_coordinates (focus, widget, 24, gtk_widget_get_height (focus), &x, &y);
  popup_at (self, x, y);
}

void
thaw_function_view_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "function.copy-rows", NULL, copy_rows_action);
  gtk_widget_class_install_action (widget_class, "function.copy-name", NULL, copy_name_action);
  gtk_widget_class_install_action (widget_class, "function.copy-place", NULL, copy_place_action);
  gtk_widget_class_install_action (widget_class, "function.show", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "function.sandwich", NULL, sandwich_action);
  gtk_widget_class_install_action (widget_class, "function.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "function.open-folder", NULL, open_folder_action);
  gtk_widget_class_install_action (widget_class, "function.sort", "u", sort_action);
  gtk_widget_class_install_action (widget_class, "function.menu", NULL, menu_action);
  /* The last binding is the one that menus show. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK,
                                       "function.copy-rows", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "function.copy-rows", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "function.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "function.menu",
                                       NULL);
}

static void
append_section (GMenu *menu, const char *const *labels_and_actions)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (; labels_and_actions[0] != NULL; labels_and_actions += 2)
    g_menu_append (section, _ (labels_and_actions[0]), labels_and_actions[1]);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

void
thaw_function_view_add_menu (ThawFunctionView *self)
{
  static const char *const go[] = { N_ ("Show in _Graph"),
                                    "function.show",
                                    N_ ("Callers and Call_ees"),
                                    "function.sandwich",
                                    N_ ("_Search for This Function"),
                                    "function.search",
                                    NULL };
  static const char *const copy[] = { N_ ("_Copy Rows"),
                                      "function.copy-rows",
                                      N_ ("Copy _Name"),
                                      "function.copy-name",
                                      N_ ("Copy _Place"),
                                      "function.copy-place",
                                      NULL };
  static const char *const open[] = { N_ ("_Open Its Folder"), "function.open-folder", NULL };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) sort = g_menu_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  append_section (menu, go);
  append_section (menu, copy);
  append_section (menu, open);
  for (guint i = 0; i < THAW_N_COLUMNS; i++)
    {
      g_autofree char *action = g_strdup_printf ("function.sort(uint32 %u)", i);

      g_menu_append (sort, thaw_function_view_column_title (self, i), action);
    }
  g_menu_append_submenu (menu, _ ("Sort _By"), G_MENU_MODEL (sort));
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_right_click), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (on_long_press), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  thaw_function_view_update_actions (self);
}
