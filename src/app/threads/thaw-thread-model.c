/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawThreadModel: sorts, filters and folds the rows of the list of threads, and is the list's
 * selection. A row is a kind and an index in one array; items are worded only for rows on screen,
 * so that thousands of threads cost a few kilobytes. Busy times come from a GTask, because waiting
 * is found by looking at every function's name; until they arrive, totals stand in for them.
 */
#include "thaw-thread-model.h"

#include "thaw-origin.h"
#include "thaw-thread-item-private.h"
#include "thaw-thread-rows-private.h"

struct _ThawThreadModel
{
  GObject parent_instance;
  ThawDocument *document;
  ThawThreadRows facts;
  GArray *rows;    /* of ThawThreadRowKey */
  guint8 *chosen;  /* per thread: the document shows it */
  gboolean merged; /* the document merges what it shows */
  GCancellable *cancellable;
};

static void thaw_thread_model_list_init (GListModelInterface *iface);
static void thaw_thread_model_selection_init (GtkSelectionModelInterface *iface);

G_DEFINE_TYPE_WITH_CODE (ThawThreadModel,
                         thaw_thread_model,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, thaw_thread_model_list_init)
                             G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                    thaw_thread_model_selection_init))

/* Makes the rows anew and tells of the smallest stretch that differs; all of it when @reword. */
static void
update_rows (ThawThreadModel *self, gboolean reword)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->rows);
  guint start = 0, end = 0;
  const ThawThreadRowKey *a, *b;

  self->rows = thaw_thread_rows_arrange (&self->facts);
  a = (const ThawThreadRowKey *) (void *) old->data;
  b = (const ThawThreadRowKey *) (void *) self->rows->data;
  if (!reword)
    {
      while (start < MIN (old->len, self->rows->len) &&
             memcmp (&a[start], &b[start], sizeof (ThawThreadRowKey)) == 0)
        start++;
      while (end < MIN (old->len, self->rows->len) - start &&
             memcmp (&a[old->len - 1 - end], &b[self->rows->len - 1 - end],
                     sizeof (ThawThreadRowKey)) == 0)
        end++;
    }
  if (old->len - start - end > 0 || self->rows->len - start - end > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end,
                                self->rows->len - start - end);
}

/* Busy times ------------------------------------------------------------------------------------ */

static void
compute_busy (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const ThawProfile *profile = data;
  guint32 n = thaw_profile_get_n_threads (profile);
  double *busy = g_new (double, MAX (n, 1));

  for (guint32 t = 0; t < n && !g_cancellable_is_cancelled (cancellable); t++)
    busy[t] = thaw_busy_of (profile, t);
  g_task_return_pointer (task, busy, g_free);
}

static void
on_busy (GObject *source, GAsyncResult *result, gpointer data)
{
  ThawThreadModel *self = THAW_THREAD_MODEL (source);
  double *busy = g_task_propagate_pointer (G_TASK (result), NULL);

  if (busy == NULL)
    return;
  thaw_thread_rows_take_busy (&self->facts, busy);
  update_rows (self, TRUE);
}

/* Selection ------------------------------------------------------------------------------------- */

static gboolean
shows_all (ThawThreadModel *self)
{
  for (guint32 t = 0; t < self->facts.n_threads; t++)
    if (!self->chosen[t])
      return FALSE;
  return self->merged && self->facts.n_threads > 1;
}

/* The process that is shown merged and alone, or G_MAXUINT32. */
static guint32
shown_process (ThawThreadModel *self)
{
  guint32 process = G_MAXUINT32;
  guint32 n = 0;

  if (!self->merged || !self->facts.process_rows || shows_all (self))
    return G_MAXUINT32;
  for (guint32 t = 0; t < self->facts.n_threads; t++)
    if (self->chosen[t])
      {
        if (process != G_MAXUINT32 && process != thaw_thread_rows_process_of (&self->facts, t))
          return G_MAXUINT32;
        process = thaw_thread_rows_process_of (&self->facts, t);
        n++;
      }
  return process != G_MAXUINT32 && n == self->facts.process_n[process] ? process : G_MAXUINT32;
}

/* Whether a row is selected, given what shows_all() and shown_process() say. */
static gboolean
row_selected (ThawThreadModel *self, const ThawThreadRowKey *row, gboolean all, guint32 process)
{
  if (all || row->kind == THAW_THREAD_ROW_ALL)
    return all && row->kind == THAW_THREAD_ROW_ALL;
  if (row->kind == THAW_THREAD_ROW_PROCESS)
    return row->index == process;
  return self->chosen[row->index] && process == G_MAXUINT32;
}

static gboolean
thaw_thread_model_is_selected (GtkSelectionModel *model, guint position)
{
  ThawThreadModel *self = THAW_THREAD_MODEL (model);

  return position < self->rows->len &&
         row_selected (self, &g_array_index (self->rows, ThawThreadRowKey, position),
                       shows_all (self), shown_process (self));
}

static GtkBitset *
thaw_thread_model_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  ThawThreadModel *self = THAW_THREAD_MODEL (model);
  GtkBitset *selected = gtk_bitset_new_empty ();
  gboolean all = shows_all (self);
  guint32 process = shown_process (self);

  for (guint i = position; i < self->rows->len && i - position < n_items; i++)
    if (row_selected (self, &g_array_index (self->rows, ThawThreadRowKey, i), all, process))
      gtk_bitset_add (selected, i);
  return selected;
}

/* Shows the threads of @wanted (a byte a thread) in the document. */
static void
show_threads (ThawThreadModel *self, const guint8 *wanted, gboolean merged)
{
  g_autofree guint32 *threads = g_new (guint32, MAX (self->facts.n_threads, 1));
  guint n = 0;

  for (guint32 t = 0; t < self->facts.n_threads; t++)
    if (wanted[t])
      threads[n++] = t;
  g_object_set (self->document, "merged", merged, NULL);
  thaw_document_set_threads (self->document, threads, n);
}

static void
add_process (ThawThreadModel *self, guint8 *wanted, guint32 process)
{
  for (guint32 t = 0; t < self->facts.n_threads; t++)
    if (thaw_thread_rows_process_of (&self->facts, t) == process)
      wanted[t] = TRUE;
}

/* What a person means by rows: "All threads" and a process alone are shown merged; several rows are
 * their threads, a lane each. Process rows that a range of threads ran over do not count. */
static gboolean
choose_rows (ThawThreadModel *self, GtkBitset *rows, GtkBitset *added, gboolean keep_hidden)
{
  guint first = gtk_bitset_get_minimum (rows);
  gboolean single = gtk_bitset_get_size (rows) == 1;
  gboolean was_whole = shows_all (self) || shown_process (self) != G_MAXUINT32;
  g_autofree guint8 *wanted = g_new0 (guint8, MAX (self->facts.n_threads, 1));
  GtkBitsetIter iter;
  guint position;
  gboolean any = FALSE;

  if (gtk_bitset_is_empty (rows))
    return FALSE;
  if (g_array_index (self->rows, ThawThreadRowKey, first).kind == THAW_THREAD_ROW_ALL &&
      (single || gtk_bitset_contains (added, first)))
    {
      thaw_document_select_all_merged (self->document);
      return TRUE;
    }
  if (single && g_array_index (self->rows, ThawThreadRowKey, first).kind == THAW_THREAD_ROW_PROCESS)
    {
      add_process (self, wanted, g_array_index (self->rows, ThawThreadRowKey, first).index);
      show_threads (self, wanted, TRUE);
      return TRUE;
    }

  if (keep_hidden && !was_whole)
    memcpy (wanted, self->chosen, self->facts.n_threads);
  for (guint i = 0; keep_hidden && i < self->rows->len; i++)
    if (g_array_index (self->rows, ThawThreadRowKey, i).kind == THAW_THREAD_ROW_THREAD)
      wanted[g_array_index (self->rows, ThawThreadRowKey, i).index] = FALSE;
  for (gboolean ok = gtk_bitset_iter_init_first (&iter, rows, &position); ok;
       ok = gtk_bitset_iter_next (&iter, &position))
    {
      const ThawThreadRowKey *row = &g_array_index (self->rows, ThawThreadRowKey, position);

      if (row->kind == THAW_THREAD_ROW_THREAD)
        wanted[row->index] = any = TRUE;
      else if (row->kind == THAW_THREAD_ROW_PROCESS &&
               (gtk_bitset_get_size (added) == 1 || !gtk_bitset_contains (added, position)))
        {
          add_process (self, wanted, row->index);
          any = TRUE;
        }
    }
  if (any)
    show_threads (self, wanted, !single && !was_whole && self->merged);
  return any;
}

static gboolean
thaw_thread_model_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  ThawThreadModel *self = THAW_THREAD_MODEL (model);
  g_autoptr (GtkBitset) before = gtk_selection_model_get_selection (model);
  g_autoptr (GtkBitset) after = gtk_bitset_copy (before);
  g_autoptr (GtkBitset) chosen = gtk_bitset_copy (selected);
  g_autoptr (GtkBitset) added = NULL;

  gtk_bitset_intersect (chosen, mask);
  gtk_bitset_subtract (after, mask);
  gtk_bitset_union (after, chosen);
  gtk_bitset_remove_range_closed (after, self->rows->len, G_MAXUINT - 1);
  added = gtk_bitset_copy (after);
  gtk_bitset_subtract (added, before);
  return choose_rows (self, after, added, gtk_bitset_get_size (mask) < self->rows->len);
}

/* Reads what the document shows; tells the list. */
static void
read_choice (ThawThreadModel *self)
{
  guint n = 0;
  const guint32 *threads = thaw_document_get_threads (self->document, &n);

  memset (self->chosen, 0, self->facts.n_threads);
  for (guint i = 0; i < n; i++)
    if (threads[i] < self->facts.n_threads)
      self->chosen[threads[i]] = TRUE;
  g_object_get (self->document, "merged", &self->merged, NULL);
  if (self->rows != NULL && self->rows->len > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, self->rows->len);
}

/* Object ---------------------------------------------------------------------------------------- */

static GType
thaw_thread_model_get_item_type (GListModel *list)
{
  return THAW_TYPE_THREAD_ITEM;
}

static guint
thaw_thread_model_get_n_items (GListModel *list)
{
  return THAW_THREAD_MODEL (list)->rows->len;
}

static double
greatest (const double *values, guint32 n)
{
  double most = 0;

  for (guint32 i = 0; i < n; i++)
    most = MAX (most, values[i]);
  return most;
}

static gpointer
thaw_thread_model_get_item (GListModel *list, guint position)
{
  ThawThreadModel *self = THAW_THREAD_MODEL (list);
  ThawThreadItemSpec spec = { 0 };
  const ThawThreadRowKey *row;
  double most;

  if (position >= self->rows->len)
    return NULL;
  row = &g_array_index (self->rows, ThawThreadRowKey, position);
  spec.kind = row->kind;
  spec.index = row->index;
  if (row->kind == THAW_THREAD_ROW_ALL)
    {
      spec.n_threads = self->facts.n_threads;
      spec.total = thaw_profile_get_total (self->facts.profile);
      for (guint32 p = 0; p < self->facts.n_processes; p++)
        spec.busy += self->facts.process_busy[p];
      most = spec.busy;
    }
  else if (row->kind == THAW_THREAD_ROW_PROCESS)
    {
      spec.n_threads = self->facts.process_n[row->index];
      spec.total = self->facts.process_total[row->index];
      spec.busy = self->facts.process_busy[row->index];
      spec.expanded = self->facts.filter != NULL || !self->facts.folded[row->index];
      most = greatest (self->facts.process_busy, self->facts.n_processes);
    }
  else
    {
      spec.n_threads = 1;
      spec.total = thaw_profile_get_thread (self->facts.profile, row->index)->total;
      spec.busy = self->facts.busy[row->index];
      spec.indented = self->facts.process_rows;
      spec.stands_for_process = self->facts.one_each;
      most = greatest (self->facts.busy, self->facts.n_threads);
    }
  spec.share = most > 0 ? CLAMP (spec.busy / most, 0, 1) : 0;
  return thaw_thread_item_new (self->facts.profile, &spec);
}

static void
thaw_thread_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = thaw_thread_model_get_item_type;
  iface->get_n_items = thaw_thread_model_get_n_items;
  iface->get_item = thaw_thread_model_get_item;
}

static void
thaw_thread_model_selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = thaw_thread_model_is_selected;
  iface->get_selection_in_range = thaw_thread_model_get_selection_in_range;
  iface->set_selection = thaw_thread_model_set_selection;
}

static void
thaw_thread_model_dispose (GObject *object)
{
  ThawThreadModel *self = THAW_THREAD_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (thaw_thread_model_parent_class)->dispose (object);
}

static void
thaw_thread_model_finalize (GObject *object)
{
  ThawThreadModel *self = THAW_THREAD_MODEL (object);

  thaw_thread_rows_clear (&self->facts);
  g_free (self->chosen);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (thaw_thread_model_parent_class)->finalize (object);
}

static void
thaw_thread_model_class_init (ThawThreadModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = thaw_thread_model_dispose;
  object_class->finalize = thaw_thread_model_finalize;
}

static void
thaw_thread_model_init (ThawThreadModel *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * thaw_thread_model_new:
 *
 * Returns: (transfer full): the rows of @document, by busy time
 */
ThawThreadModel *
thaw_thread_model_new (ThawDocument *document)
{
  ThawThreadModel *self = g_object_new (THAW_TYPE_THREAD_MODEL, NULL);
  g_autoptr (GTask) task = NULL;

  self->document = g_object_ref (document);
  thaw_thread_rows_init (&self->facts, thaw_document_get_profile (document));
  self->chosen = g_new0 (guint8, MAX (self->facts.n_threads, 1));
  read_choice (self);
  self->rows = thaw_thread_rows_arrange (&self->facts);
  g_signal_connect_swapped (document, "threads-changed", G_CALLBACK (read_choice), self);
  g_signal_connect_swapped (document, "notify::merged", G_CALLBACK (read_choice), self);

  task = g_task_new (self, self->cancellable, on_busy, NULL);
  g_task_set_task_data (task, thaw_profile_ref (self->facts.profile),
                        (GDestroyNotify) thaw_profile_unref);
  g_task_run_in_thread (task, compute_busy);
  return self;
}

void
thaw_thread_model_set_sort (ThawThreadModel *self, ThawThreadSort sort)
{
  g_return_if_fail (THAW_IS_THREAD_MODEL (self));
  if (self->facts.sort == sort)
    return;
  self->facts.sort = sort;
  update_rows (self, FALSE);
}

/**
 * thaw_thread_model_set_filter:
 * @text: (nullable): shows threads whose name, role or id has this in it, and processes likewise
 */
void
thaw_thread_model_set_filter (ThawThreadModel *self, const char *text)
{
  g_return_if_fail (THAW_IS_THREAD_MODEL (self));
  g_free (self->facts.filter);
  self->facts.filter = text != NULL && text[0] != '\0' ? g_utf8_casefold (text, -1) : NULL;
  update_rows (self, FALSE);
}

void
thaw_thread_model_set_expanded (ThawThreadModel *self, guint32 process, gboolean expanded)
{
  g_return_if_fail (THAW_IS_THREAD_MODEL (self) && process < self->facts.n_processes);
  if (self->facts.folded[process] == !expanded)
    return;
  self->facts.folded[process] = !expanded;
  update_rows (self, FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, ThawThreadRowKey, i).kind == THAW_THREAD_ROW_PROCESS &&
        g_array_index (self->rows, ThawThreadRowKey, i).index == process)
      g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 1);
}

gboolean
thaw_thread_model_get_expanded (ThawThreadModel *self, guint32 process)
{
  g_return_val_if_fail (THAW_IS_THREAD_MODEL (self) && process < self->facts.n_processes, FALSE);
  return !self->facts.folded[process];
}

guint
thaw_thread_model_find_selected (ThawThreadModel *self)
{
  g_return_val_if_fail (THAW_IS_THREAD_MODEL (self), GTK_INVALID_LIST_POSITION);
  for (guint i = 0; i < self->rows->len; i++)
    if (thaw_thread_model_is_selected (GTK_SELECTION_MODEL (self), i))
      return i;
  return GTK_INVALID_LIST_POSITION;
}
