/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sorting maps what a column shows to one 64-bit key a row whose unsigned order is the wanted order,
 * NAN last, and sorts (key, index) pairs; the index decides between equals, so that the order is
 * total. Texts get their keys from ranks by the locale's collation, worked out when a text column is
 * first sorted by. Every change of rows, order or filter is one items-changed over all rows: a list
 * view rebinds only what it shows.
 */
#include "thaw-function-model.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include "thaw-origin.h"

struct _ThawFunctionItem
{
  GObject parent;
  ThawFunctionRow row;
};

G_DEFINE_FINAL_TYPE (ThawFunctionItem, thaw_function_item, G_TYPE_OBJECT)

static void
thaw_function_item_class_init (ThawFunctionItemClass *klass)
{
}

static void
thaw_function_item_init (ThawFunctionItem *item)
{
}

const ThawFunctionRow *
thaw_function_item_get_row (ThawFunctionItem *item)
{
  g_return_val_if_fail (THAW_IS_FUNCTION_ITEM (item), NULL);

  return &item->row;
}

/* @sorted holds all rows, @shown those that the filter lets through, both in the order shown.
 * @rank: per text column and row, its place in the alphabet, or NULL while nobody asked. */
struct _ThawFunctionModel
{
  GObject parent;
  ThawProfile *profile;
  GArray *rows;
  ThawColumn column;
  gboolean descending;
  guint8 *filter;
  guint32 *rank[THAW_COLUMN_PLACE + 1];
  guint32 *sorted;
  guint32 *shown;
  guint n_shown;
};

static GType
get_item_type (GListModel *model)
{
  return THAW_TYPE_FUNCTION_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return THAW_FUNCTION_MODEL (model)->n_shown;
}

static gpointer
get_item (GListModel *model, guint position)
{
  ThawFunctionModel *self = THAW_FUNCTION_MODEL (model);
  ThawFunctionItem *item;

  if (position >= self->n_shown)
    return NULL;
  item = g_object_new (THAW_TYPE_FUNCTION_ITEM, NULL);
  item->row = *thaw_function_model_get_row (self, position);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ThawFunctionModel,
                               thaw_function_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint
n_rows (ThawFunctionModel *self)
{
  return self->rows != NULL ? self->rows->len : 0;
}

static const ThawFunctionRow *
row_at (ThawFunctionModel *self, guint32 index)
{
  return &g_array_index (self->rows, ThawFunctionRow, index);
}

/* Keys. ------------------------------------------------------------------------------------------ */

typedef struct
{
  guint64 key;
  guint32 index;
} KeyedRow;

static int
compare_keyed (gconstpointer a, gconstpointer b, gpointer data)
{
  const KeyedRow *x = a;
  const KeyedRow *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* A double as an unsigned number of the same order: sign bit flipped, negatives complemented. Never
 * G_MAXUINT64, which is NAN's. */
static guint64
key_of_double (double value, gboolean descending)
{
  guint64 bits;

  if (isnan (value))
    return G_MAXUINT64;
  value += 0.0; /* -0 equals 0 */
  memcpy (&bits, &value, sizeof bits);
  bits = bits >> 63 ? ~bits : bits | G_GUINT64_CONSTANT (1) << 63;
  return descending ? ~bits : bits;
}

typedef struct
{
  char *text;
  guint32 index;
} CollatedRow;

static int
compare_collated (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (((const CollatedRow *) a)->text, ((const CollatedRow *) b)->text);
}

/* Places of the rows' names or places in the locale's alphabet; equal texts get equal numbers. */
static guint32 *
rank_texts (ThawFunctionModel *self, ThawColumn column)
{
  guint n = n_rows (self);
  g_autofree CollatedRow *texts = g_new (CollatedRow, n);
  guint32 *rank = g_new (guint32, n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = column == THAW_COLUMN_NAME
                                  ? thaw_function_row_name (self->profile, row_at (self, i))
                                  : thaw_function_row_place (self->profile, row_at (self, i));
      g_autofree char *folded = g_utf8_casefold (text, -1);

      /* As for file names, numbers inside sort by value: "view.py:9" before "view.py:10". */
      texts[i] = (CollatedRow){ g_utf8_collate_key_for_filename (folded, -1), i };
    }
  g_qsort_with_data (texts, (int) n, sizeof *texts, compare_collated, NULL);
  for (guint i = 0; i < n; i++)
    {
      gboolean equal = i > 0 && strcmp (texts[i].text, texts[i - 1].text) == 0;

      rank[texts[i].index] = equal ? rank[texts[i - 1].index] : i;
    }
  for (guint i = 0; i < n; i++)
    g_free (texts[i].text);
  return rank;
}

static double
number_of (ThawFunctionModel *self, ThawColumn column, guint32 index)
{
  const ThawFunctionRow *row = row_at (self, index);

  switch (column)
    {
    case THAW_COLUMN_NAME:
    case THAW_COLUMN_PLACE:
      return self->rank[column][index];
    case THAW_COLUMN_ORIGIN:
      return row->function < thaw_profile_get_n_functions (self->profile)
                 ? thaw_origin_of (thaw_profile_get_function (self->profile, row->function))
                 : NAN;
    case THAW_COLUMN_CALLS:
      return row->calls;
    case THAW_COLUMN_SELF:
      return row->self;
    case THAW_COLUMN_TOTAL:
      return row->total;
    case THAW_COLUMN_PER_CALL:
      return thaw_function_row_per_call (row);
    default:
      g_assert_not_reached ();
    }
}

/* Fills @sorted by the column. */
static void
sort_rows (ThawFunctionModel *self)
{
  guint n = n_rows (self);
  g_autofree KeyedRow *keyed = g_new (KeyedRow, n);

  if (self->column <= THAW_COLUMN_PLACE && self->rank[self->column] == NULL && n > 0)
    self->rank[self->column] = rank_texts (self, self->column);
  for (guint i = 0; i < n; i++)
    keyed[i] = (KeyedRow){ key_of_double (number_of (self, self->column, i), self->descending), i };
  g_qsort_with_data (keyed, (int) n, sizeof *keyed, compare_keyed, NULL);
  for (guint i = 0; i < n; i++)
    self->sorted[i] = keyed[i].index;
}

/* Fills @shown with what the filter lets through and tells of the change from @n_before items. */
static void
filter_rows (ThawFunctionModel *self, guint n_before)
{
  guint n = n_rows (self);
  guint32 n_functions = self->profile != NULL ? thaw_profile_get_n_functions (self->profile) : 0;

  self->n_shown = 0;
  for (guint i = 0; i < n; i++)
    {
      guint32 function = row_at (self, self->sorted[i])->function;

      if (self->filter == NULL || (function < n_functions && self->filter[function]))
        self->shown[self->n_shown++] = self->sorted[i];
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n_shown);
}

/* Life. ------------------------------------------------------------------------------------------ */

static void
forget_rows (ThawFunctionModel *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->rank); i++)
    g_clear_pointer (&self->rank[i], g_free);
  g_clear_pointer (&self->sorted, g_free);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->rows, g_array_unref);
}

static void
thaw_function_model_finalize (GObject *object)
{
  ThawFunctionModel *self = THAW_FUNCTION_MODEL (object);

  forget_rows (self);
  g_free (self->filter);
  g_clear_pointer (&self->profile, thaw_profile_unref);
  G_OBJECT_CLASS (thaw_function_model_parent_class)->finalize (object);
}

static void
thaw_function_model_class_init (ThawFunctionModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = thaw_function_model_finalize;
}

static void
thaw_function_model_init (ThawFunctionModel *self)
{
  self->column = THAW_COLUMN_SELF;
  self->descending = TRUE;
}

ThawFunctionModel *
thaw_function_model_new (void)
{
  return g_object_new (THAW_TYPE_FUNCTION_MODEL, NULL);
}

/* A filter belongs to the functions of its profile, and goes with it. */
void
thaw_function_model_set_rows (ThawFunctionModel *self, ThawProfile *profile, GArray *rows)
{
  guint n_before;

  g_return_if_fail (THAW_IS_FUNCTION_MODEL (self));
  g_return_if_fail (rows == NULL || profile != NULL);

  n_before = self->n_shown;
  if (rows != NULL)
    g_array_ref (rows);
  forget_rows (self);
  self->rows = rows;
  if (profile != self->profile)
    {
      g_clear_pointer (&self->filter, g_free);
      g_clear_pointer (&self->profile, thaw_profile_unref);
      self->profile = profile != NULL ? thaw_profile_ref (profile) : NULL;
    }
  self->sorted = g_new (guint32, n_rows (self));
  self->shown = g_new (guint32, n_rows (self));
  sort_rows (self);
  filter_rows (self, n_before);
}

void
thaw_function_model_sort (ThawFunctionModel *self, ThawColumn column, gboolean descending)
{
  g_return_if_fail (THAW_IS_FUNCTION_MODEL (self));
  g_return_if_fail (column < THAW_N_COLUMNS);

  if (self->column == column && self->descending == !!descending)
    return;
  self->column = column;
  self->descending = !!descending;
  sort_rows (self);
  filter_rows (self, self->n_shown);
}

void
thaw_function_model_set_filter (ThawFunctionModel *self, const guint8 *matches)
{
  g_return_if_fail (THAW_IS_FUNCTION_MODEL (self));
  g_return_if_fail (matches == NULL || self->profile != NULL);

  if (matches == NULL && self->filter == NULL)
    return;
  g_free (self->filter);
  self->filter = matches != NULL ? g_memdup2 (matches, thaw_profile_get_n_functions (self->profile))
                                 : NULL;
  filter_rows (self, self->n_shown);
}

const ThawFunctionRow *
thaw_function_model_get_row (ThawFunctionModel *self, guint position)
{
  g_return_val_if_fail (THAW_IS_FUNCTION_MODEL (self), NULL);
  g_return_val_if_fail (position < self->n_shown, NULL);

  return row_at (self, self->shown[position]);
}

guint
thaw_function_model_find (ThawFunctionModel *self, guint32 function)
{
  g_return_val_if_fail (THAW_IS_FUNCTION_MODEL (self), G_MAXUINT);

  for (guint i = 0; i < self->n_shown; i++)
    if (row_at (self, self->shown[i])->function == function)
      return i;
  return G_MAXUINT;
}

guint
thaw_function_model_get_n_unfiltered (ThawFunctionModel *self)
{
  g_return_val_if_fail (THAW_IS_FUNCTION_MODEL (self), 0);

  return n_rows (self);
}

/* Rows. ------------------------------------------------------------------------------------------ */

double
thaw_function_row_per_call (const ThawFunctionRow *row)
{
  return row->calls > 0 ? row->total / row->calls : NAN;
}

char *
thaw_function_row_name (const ThawProfile *profile, const ThawFunctionRow *row)
{
  if (row->function == THAW_FRAME_ROOT)
    return g_strdup (_ ("(called from outside)"));
  if (row->function >= thaw_profile_get_n_functions (profile))
    return g_strdup (thaw_profile_frame_name (profile, THAW_KEY_FUNCTION, row->function));
  return thaw_display_name (thaw_profile_get_function (profile, row->function));
}

char *
thaw_function_row_place (const ThawProfile *profile, const ThawFunctionRow *row)
{
  if (row->function >= thaw_profile_get_n_functions (profile))
    return g_strdup ("");
  return thaw_place_of (thaw_profile_get_function (profile, row->function));
}
