/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of the function table as a list model: every column sorts into one total order, both ways,
 * with unknown numbers last; filters; tens of thousands of rows. Needs no display.
 */
#include "thaw-function-model.h"

#include <math.h>
#include "thaw-profile-builder.h"

/* A profile whose functions 0 … n - 1 are called name (i). */
static ThawProfile *
make_profile (guint n, const char *(*name) (guint i, char *buffer), const char *file)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  guint32 process = thaw_profile_builder_add_process (builder, -1, "test");
  ThawThreadSpec spec = { -1, "main", "main" };
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (builder, process, &spec, &error);
  ThawProfile *profile;

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      char buffer[32];
      ThawFrameSpec frame = { name (i, buffer), file, 1 + i, 0, THAW_FUNCTION_PYTHON };
      guint32 slot = thaw_profile_builder_add_frame (builder, &frame);

      g_assert_true (thaw_thread_builder_add_stack (thread, &slot, 1, 1, &error));
    }
  profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (thaw_profile_get_n_functions (profile), ==, n);
  return profile;
}

static const char *
letter (guint i, char *buffer)
{
  static const char *const names[] = { "delta", "Alpha", "charlie", "bravo", "alpha" };

  return names[i];
}

static const char *
scrambled (guint i, char *buffer)
{
  g_snprintf (buffer, 32, "f%05u", (i * 7919) % 50000);
  return buffer;
}

/* Five rows; 4 equals 1 in every number, and 2 was not counted. */
static GArray *
make_rows (void)
{
  static const ThawFunctionRow rows[] = {
    { 0, 10, 5.0, 6.0, TRUE },  { 1, 2, 3.0, 9.0, TRUE }, { 2, NAN, 2.0, 2.0, TRUE },
    { 3, 100, 0.0, 1.0, TRUE }, { 4, 2, 3.0, 9.0, TRUE },
  };
  GArray *array = g_array_new (FALSE, FALSE, sizeof *rows);

  g_array_append_vals (array, rows, G_N_ELEMENTS (rows));
  return array;
}

/* The functions in the order of the model, such as "0 1 4 2 3". */
static char *
order_of (ThawFunctionModel *model)
{
  GString *text = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ThawFunctionItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_string_append_printf (text, i > 0 ? " %u" : "%u",
                              thaw_function_item_get_row (item)->function);
      g_assert_cmpuint (
          thaw_function_model_find (model, thaw_function_item_get_row (item)->function), ==, i);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), n));
  return g_string_free (text, FALSE);
}

#define assert_order(model, expected)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *order = order_of (model);                                                     \
    g_assert_cmpstr (order, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
test_sort (void)
{
  static const struct
  {
    ThawColumn column;
    const char *ascending;
    const char *descending;
  } expected[] = {
    { THAW_COLUMN_NAME, "1 4 3 2 0", "0 2 3 1 4" },
    { THAW_COLUMN_PLACE, "0 1 2 3 4", "4 3 2 1 0" },
    { THAW_COLUMN_ORIGIN, "0 1 2 3 4", "0 1 2 3 4" },
    { THAW_COLUMN_CALLS, "1 4 0 3 2", "3 0 1 4 2" },
    { THAW_COLUMN_SELF, "3 2 1 4 0", "0 1 4 2 3" },
    { THAW_COLUMN_TOTAL, "3 2 0 1 4", "1 4 0 2 3" },
    { THAW_COLUMN_PER_CALL, "3 0 1 4 2", "1 4 0 3 2" },
  };
  g_autoptr (ThawProfile) profile = make_profile (5, letter, "/app/code.py");
  g_autoptr (GArray) rows = make_rows ();
  ThawFunctionModel *model = thaw_function_model_new ();

  thaw_function_model_set_rows (model, profile, rows);
  assert_order (model, "0 1 4 2 3"); /* self, greatest first, is how a table begins */
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      thaw_function_model_sort (model, expected[i].column, FALSE);
      assert_order (model, expected[i].ascending);
      thaw_function_model_sort (model, expected[i].column, TRUE);
      assert_order (model, expected[i].descending);
    }
  g_assert_finalize_object (model);
}

static void
test_filter (void)
{
  static const guint8 matches[] = { 1, 0, 0, 1, 1 };
  static const guint8 nothing[] = { 0, 0, 0, 0, 0 };
  g_autoptr (ThawProfile) profile = make_profile (5, letter, "/app/code.py");
  g_autoptr (GArray) rows = make_rows ();
  ThawFunctionRow outside = { THAW_FRAME_ROOT, 1, 1, 1, TRUE };
  ThawFunctionModel *model = thaw_function_model_new ();

  g_array_append_val (rows, outside);
  thaw_function_model_set_rows (model, profile, rows);
  thaw_function_model_set_filter (model, matches);
  assert_order (model, "0 4 3");
  g_assert_cmpuint (thaw_function_model_get_n_unfiltered (model), ==, 6);
  g_assert_cmpuint (thaw_function_model_find (model, 1), ==, G_MAXUINT);
  thaw_function_model_sort (model, THAW_COLUMN_CALLS, FALSE);
  assert_order (model, "4 0 3");
  thaw_function_model_set_rows (model, profile, rows); /* keeps order and filter */
  assert_order (model, "4 0 3");
  thaw_function_model_set_filter (model, nothing);
  assert_order (model, "");
  thaw_function_model_set_filter (model, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 6);
  thaw_function_model_set_rows (model, profile, NULL);
  assert_order (model, "");
  g_assert_finalize_object (model);
}

/* Every change is told with the right numbers. */
static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, guint *n)
{
  g_assert_cmpuint (position, ==, 0);
  g_assert_cmpuint (removed, ==, *n);
  g_assert_cmpuint (added, ==, g_list_model_get_n_items (model));
  *n = added;
}

static void
test_many (void)
{
  const guint n = 50000;
  g_autoptr (ThawProfile) profile = make_profile (n, scrambled, "/app/code.py");
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (ThawFunctionRow));
  g_autofree guint8 *matches = g_new0 (guint8, n);
  ThawFunctionModel *model = thaw_function_model_new ();
  guint told = 0;

  for (guint i = 0; i < n; i++)
    {
      ThawFunctionRow row = { i, i % 5 == 0 ? NAN : i % 100, (i * 31) % 1000, i, TRUE };

      g_array_append_val (rows, row);
      matches[i] = i % 10 == 0;
    }
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), &told);
  thaw_function_model_set_rows (model, profile, rows);
  for (guint column = 0; column < THAW_N_COLUMNS; column++)
    thaw_function_model_sort (model, column, column % 2);
  thaw_function_model_sort (model, THAW_COLUMN_NAME, FALSE);
  for (guint i = 0; i < n; i += 997)
    {
      guint32 function = thaw_function_model_get_row (model, i)->function;

      g_assert_cmpuint ((function * 7919) % 50000, ==, i);
    }
  thaw_function_model_sort (model, THAW_COLUMN_SELF, TRUE);
  thaw_function_model_set_filter (model, matches);
  g_assert_cmpuint (told, ==, n / 10);
  for (guint i = 1; i < told; i++)
    {
      const ThawFunctionRow *before = thaw_function_model_get_row (model, i - 1);
      const ThawFunctionRow *row = thaw_function_model_get_row (model, i);

      g_assert_true (before->self > row->self ||
                     (before->self == row->self && before->function < row->function));
    }
  g_assert_finalize_object (model);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/function-model/sort", test_sort);
  g_test_add_func ("/function-model/filter", test_filter);
  g_test_add_func ("/function-model/many", test_many);
  return g_test_run ();
}
