/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawThreadModel: sorts, filters and folds the rows of the list of threads, and is the list's
 * selection. A row is a kind and an index in one array; items are worded only for rows on screen,
 * so that thousands of threads cost a few kilobytes. Busy times come from a GTask, because waiting
 * is found by looking at every function's name; until they arrive, totals stand in for them.
 */
#include "thaw-thread-model.h"

#include "thaw-describe.h"
#include "thaw-origin.h"
#include "thaw-thread-item-private.h"

typedef struct
{
  ThawThreadRowKind kind;
  guint32 index;
} Row;

struct _ThawThreadModel
{
  GObject parent_instance;
  ThawDocument *document;
  ThawProfile *profile;
  guint32 n_threads;
  guint32 n_processes;
  gboolean process_rows; /* processes have rows of their own */
  gboolean one_each;     /* several processes with one thread each, which stands for it */

  double *busy;         /* per thread */
  double *process_busy; /* per process */
  double *process_total;
  guint32 *process_n; /* per process: number of threads */
  guint8 *folded;     /* per process */
  guint8 *chosen;     /* per thread: the document shows it */
  gboolean merged;    /* the document merges what it shows */

  ThawThreadSort sort;
  char *filter; /* case-folded; NULL shows everything */
  GArray *rows; /* of Row */
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

/* Rows ------------------------------------------------------------------------------------------ */

static guint32
process_of (ThawThreadModel *self, guint32 thread)
{
  return thaw_profile_get_thread (self->profile, thread)->process;
}

/* Whether @text, or the number @id when it is one, has the filter in it. */
static gboolean
has_filter (ThawThreadModel *self, const char *text, gint64 id)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  if (strstr (folded, self->filter) != NULL)
    return TRUE;
  if (id >= 0)
    {
      g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, id);

      return strstr (digits, self->filter) != NULL;
    }
  return FALSE;
}

static gboolean
process_passes (ThawThreadModel *self, guint32 process)
{
  g_autofree char *title = NULL;

  if (self->filter == NULL)
    return TRUE;
  if (self->n_processes == 1)
    return FALSE;
  title = thaw_process_title (self->profile, process);
  return has_filter (self, title, thaw_profile_get_process (self->profile, process)->pid);
}

static gboolean
thread_passes (ThawThreadModel *self, guint32 thread)
{
  const ThawThread *info = thaw_profile_get_thread (self->profile, thread);
  const char *role = thaw_role_title (info->role);
  g_autofree char *title = NULL;

  if (self->filter == NULL)
    return TRUE;
  title = thaw_thread_title (self->profile, thread);
  return has_filter (self, title, info->id) || (role != NULL && has_filter (self, role, -1));
}

static int
compare_numbers (double a, double b)
{
  return a > b ? -1 : a < b ? 1 : 0;
}

static int
compare_titles (char *a, char *b)
{
  g_autofree char *key_a = g_utf8_collate_key_for_filename (a, -1);
  g_autofree char *key_b = g_utf8_collate_key_for_filename (b, -1);

  g_free (a);
  g_free (b);
  return strcmp (key_a, key_b);
}

/* Total order of threads: process first, as ordered by compare_processes(), then the sort key, then
 * the order of the capture. */
static int
compare_threads (gconstpointer a, gconstpointer b, gpointer data)
{
  ThawThreadModel *self = data;
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;
  int order = 0;

  if (self->sort == THAW_THREAD_SORT_BUSY)
    order = compare_numbers (self->busy[left], self->busy[right]);
  else if (self->sort == THAW_THREAD_SORT_TOTAL)
    order = compare_numbers (thaw_profile_get_thread (self->profile, left)->total,
                             thaw_profile_get_thread (self->profile, right)->total);
  else if (self->sort == THAW_THREAD_SORT_NAME)
    order = compare_titles (
        self->one_each ? thaw_process_title (self->profile, process_of (self, left))
                       : thaw_thread_title (self->profile, left),
        self->one_each ? thaw_process_title (self->profile, process_of (self, right))
                       : thaw_thread_title (self->profile, right));
  if (order == 0)
    order = left < right ? -1 : left > right;
  return order;
}

static int
compare_processes (gconstpointer a, gconstpointer b, gpointer data)
{
  ThawThreadModel *self = data;
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;
  int order = 0;

  if (self->sort == THAW_THREAD_SORT_BUSY)
    order = compare_numbers (self->process_busy[left], self->process_busy[right]);
  else if (self->sort == THAW_THREAD_SORT_TOTAL)
    order = compare_numbers (self->process_total[left], self->process_total[right]);
  else if (self->sort == THAW_THREAD_SORT_NAME)
    order = compare_titles (thaw_process_title (self->profile, left),
                            thaw_process_title (self->profile, right));
  if (order == 0)
    order = left < right ? -1 : left > right;
  return order;
}

static guint32 *
sorted_indices (ThawThreadModel *self, guint32 n, GCompareDataFunc compare)
{
  guint32 *indices = g_new (guint32, n);

  for (guint32 i = 0; i < n; i++)
    indices[i] = i;
  g_qsort_with_data (indices, (gint) n, sizeof *indices, compare, self);
  return indices;
}

static void
add_row (GArray *rows, ThawThreadRowKind kind, guint32 index)
{
  Row row = { kind, index };

  g_array_append_val (rows, row);
}

/* Rows of every process in turn. Threads are dealt into the slots of their processes, so that the
 * whole costs one sort and two passes. */
static void
add_grouped_rows (ThawThreadModel *self, GArray *rows, const guint32 *threads)
{
  g_autofree guint32 *processes = sorted_indices (self, self->n_processes, compare_processes);
  g_autofree guint32 *next = g_new0 (guint32, self->n_processes + 1);
  g_autofree guint32 *dealt = g_new (guint32, self->n_threads);

  for (guint32 p = 0; p < self->n_processes; p++)
    next[p + 1] = next[p] + self->process_n[p];
  for (guint32 i = 0; i < self->n_threads; i++)
    dealt[next[process_of (self, threads[i])]++] = threads[i];

  for (guint32 i = 0; i < self->n_processes; i++)
    {
      guint32 p = processes[i];
      gboolean whole = process_passes (self, p);
      guint32 at = rows->len;

      add_row (rows, THAW_THREAD_ROW_PROCESS, p);
      for (guint32 k = next[p] - self->process_n[p]; k < next[p]; k++)
        if ((self->filter != NULL || !self->folded[p]) && (whole || thread_passes (self, dealt[k])))
          add_row (rows, THAW_THREAD_ROW_THREAD, dealt[k]);
      if (!whole && rows->len == at + 1)
        g_array_set_size (rows, at);
    }
}

static GArray *
make_rows (ThawThreadModel *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autofree guint32 *threads = sorted_indices (self, self->n_threads, compare_threads);

  if (self->n_threads > 1 && self->filter == NULL)
    add_row (rows, THAW_THREAD_ROW_ALL, 0);
  if (self->process_rows)
    add_grouped_rows (self, rows, threads);
  else
    for (guint32 i = 0; i < self->n_threads; i++)
      if (thread_passes (self, threads[i]) ||
          (self->one_each && process_passes (self, process_of (self, threads[i]))))
        add_row (rows, THAW_THREAD_ROW_THREAD, threads[i]);
  return rows;
}

/* Makes the rows anew and tells of the smallest stretch that differs; all of it when @reword. */
static void
update_rows (ThawThreadModel *self, gboolean reword)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->rows);
  guint start = 0, end = 0;
  const Row *a, *b;

  self->rows = make_rows (self);
  a = (const Row *) (void *) old->data;
  b = (const Row *) (void *) self->rows->data;
  if (!reword)
    {
      while (start < MIN (old->len, self->rows->len) &&
             memcmp (&a[start], &b[start], sizeof (Row)) == 0)
        start++;
      while (end < MIN (old->len, self->rows->len) - start &&
             memcmp (&a[old->len - 1 - end], &b[self->rows->len - 1 - end], sizeof (Row)) == 0)
        end++;
    }
  if (old->len - start - end > 0 || self->rows->len - start - end > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end,
                                self->rows->len - start - end);
}

/* Busy times ------------------------------------------------------------------------------------ */

static void
sum_processes (ThawThreadModel *self)
{
  for (guint32 p = 0; p < self->n_processes; p++)
    self->process_busy[p] = self->process_total[p] = 0;
  for (guint32 t = 0; t < self->n_threads; t++)
    {
      self->process_busy[process_of (self, t)] += self->busy[t];
      self->process_total[process_of (self, t)] += thaw_profile_get_thread (self->profile, t)
                                                       ->total;
    }
}

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
  g_free (self->busy);
  self->busy = busy;
  sum_processes (self);
  update_rows (self, TRUE);
}

/* Selection ------------------------------------------------------------------------------------- */

static gboolean
shows_all (ThawThreadModel *self)
{
  for (guint32 t = 0; t < self->n_threads; t++)
    if (!self->chosen[t])
      return FALSE;
  return self->merged && self->n_threads > 1;
}

/* The process that is shown merged and alone, or G_MAXUINT32. */
static guint32
shown_process (ThawThreadModel *self)
{
  guint32 process = G_MAXUINT32;
  guint32 n = 0;

  if (!self->merged || !self->process_rows || shows_all (self))
    return G_MAXUINT32;
  for (guint32 t = 0; t < self->n_threads; t++)
    if (self->chosen[t])
      {
        if (process != G_MAXUINT32 && process != process_of (self, t))
          return G_MAXUINT32;
        process = process_of (self, t);
        n++;
      }
  return process != G_MAXUINT32 && n == self->process_n[process] ? process : G_MAXUINT32;
}

static gboolean
row_selected (ThawThreadModel *self, const Row *row)
{
  if (shows_all (self))
    return row->kind == THAW_THREAD_ROW_ALL;
  if (row->kind == THAW_THREAD_ROW_ALL)
    return FALSE;
  if (row->kind == THAW_THREAD_ROW_PROCESS)
    return row->index == shown_process (self);
  return self->chosen[row->index] && shown_process (self) == G_MAXUINT32;
}

static gboolean
thaw_thread_model_is_selected (GtkSelectionModel *model, guint position)
{
  ThawThreadModel *self = THAW_THREAD_MODEL (model);

  return position < self->rows->len &&
         row_selected (self, &g_array_index (self->rows, Row, position));
}

static GtkBitset *
thaw_thread_model_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  ThawThreadModel *self = THAW_THREAD_MODEL (model);
  GtkBitset *selected = gtk_bitset_new_empty ();
  gboolean all = shows_all (self);
  guint32 process = shown_process (self);

  for (guint i = position; i < MIN (position + n_items, self->rows->len); i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      gboolean on;

      if (all || row->kind == THAW_THREAD_ROW_ALL)
        on = all && row->kind == THAW_THREAD_ROW_ALL;
      else if (row->kind == THAW_THREAD_ROW_PROCESS)
        on = row->index == process;
      else
        on = self->chosen[row->index] && process == G_MAXUINT32;
      if (on)
        gtk_bitset_add (selected, i);
    }
  return selected;
}

/* Shows the threads of @wanted (a byte a thread) in the document. */
static void
show_threads (ThawThreadModel *self, const guint8 *wanted, gboolean merged)
{
  g_autofree guint32 *threads = g_new (guint32, MAX (self->n_threads, 1));
  guint n = 0;

  for (guint32 t = 0; t < self->n_threads; t++)
    if (wanted[t])
      threads[n++] = t;
  g_object_set (self->document, "merged", merged, NULL);
  thaw_document_set_threads (self->document, threads, n);
}

static void
add_process (ThawThreadModel *self, guint8 *wanted, guint32 process)
{
  for (guint32 t = 0; t < self->n_threads; t++)
    if (process_of (self, t) == process)
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
  g_autofree guint8 *wanted = g_new0 (guint8, MAX (self->n_threads, 1));
  GtkBitsetIter iter;
  guint position;
  gboolean any = FALSE;

  if (gtk_bitset_is_empty (rows))
    return FALSE;
  if (g_array_index (self->rows, Row, first).kind == THAW_THREAD_ROW_ALL &&
      (single || gtk_bitset_contains (added, first)))
    {
      thaw_document_select_all_merged (self->document);
      return TRUE;
    }
  if (single && g_array_index (self->rows, Row, first).kind == THAW_THREAD_ROW_PROCESS)
    {
      add_process (self, wanted, g_array_index (self->rows, Row, first).index);
      show_threads (self, wanted, TRUE);
      return TRUE;
    }

  if (keep_hidden && !was_whole)
    memcpy (wanted, self->chosen, self->n_threads);
  for (guint i = 0; keep_hidden && i < self->rows->len; i++)
    if (g_array_index (self->rows, Row, i).kind == THAW_THREAD_ROW_THREAD)
      wanted[g_array_index (self->rows, Row, i).index] = FALSE;
  for (gboolean ok = gtk_bitset_iter_init_first (&iter, rows, &position); ok;
       ok = gtk_bitset_iter_next (&iter, &position))
    {
      const Row *row = &g_array_index (self->rows, Row, position);

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

  memset (self->chosen, 0, self->n_threads);
  for (guint i = 0; i < n; i++)
    if (threads[i] < self->n_threads)
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
  const Row *row;
  double most;

  if (position >= self->rows->len)
    return NULL;
  row = &g_array_index (self->rows, Row, position);
  spec.kind = row->kind;
  spec.index = row->index;
  if (row->kind == THAW_THREAD_ROW_ALL)
    {
      spec.n_threads = self->n_threads;
      spec.total = thaw_profile_get_total (self->profile);
      for (guint32 p = 0; p < self->n_processes; p++)
        spec.busy += self->process_busy[p];
      most = spec.busy;
    }
  else if (row->kind == THAW_THREAD_ROW_PROCESS)
    {
      spec.n_threads = self->process_n[row->index];
      spec.total = self->process_total[row->index];
      spec.busy = self->process_busy[row->index];
      spec.expanded = self->filter != NULL || !self->folded[row->index];
      most = greatest (self->process_busy, self->n_processes);
    }
  else
    {
      spec.n_threads = 1;
      spec.total = thaw_profile_get_thread (self->profile, row->index)->total;
      spec.busy = self->busy[row->index];
      spec.indented = self->process_rows;
      spec.stands_for_process = self->one_each;
      most = greatest (self->busy, self->n_threads);
    }
  spec.share = most > 0 ? CLAMP (spec.busy / most, 0, 1) : 0;
  return thaw_thread_item_new (self->profile, &spec);
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

  g_clear_pointer (&self->profile, thaw_profile_unref);
  g_free (self->busy);
  g_free (self->process_busy);
  g_free (self->process_total);
  g_free (self->process_n);
  g_free (self->folded);
  g_free (self->chosen);
  g_free (self->filter);
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

static void
count_threads (ThawThreadModel *self)
{
  self->n_threads = thaw_profile_get_n_threads (self->profile);
  self->n_processes = thaw_profile_get_n_processes (self->profile);
  self->busy = g_new0 (double, MAX (self->n_threads, 1));
  self->chosen = g_new0 (guint8, MAX (self->n_threads, 1));
  self->process_busy = g_new0 (double, MAX (self->n_processes, 1));
  self->process_total = g_new0 (double, MAX (self->n_processes, 1));
  self->process_n = g_new0 (guint32, MAX (self->n_processes, 1));
  self->folded = g_new0 (guint8, MAX (self->n_processes, 1));

  self->one_each = self->n_processes > 1;
  for (guint32 t = 0; t < self->n_threads; t++)
    {
      self->busy[t] = thaw_profile_get_thread (self->profile, t)->total;
      if (++self->process_n[process_of (self, t)] > 1)
        self->one_each = FALSE;
    }
  self->process_rows = self->n_processes > 1 && !self->one_each;
  sum_processes (self);
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
  self->profile = thaw_profile_ref (thaw_document_get_profile (document));
  count_threads (self);
  read_choice (self);
  self->rows = make_rows (self);
  g_signal_connect_swapped (document, "threads-changed", G_CALLBACK (read_choice), self);
  g_signal_connect_swapped (document, "notify::merged", G_CALLBACK (read_choice), self);

  task = g_task_new (self, self->cancellable, on_busy, NULL);
  g_task_set_task_data (task, thaw_profile_ref (self->profile),
                        (GDestroyNotify) thaw_profile_unref);
  g_task_run_in_thread (task, compute_busy);
  return self;
}

void
thaw_thread_model_set_sort (ThawThreadModel *self, ThawThreadSort sort)
{
  g_return_if_fail (THAW_IS_THREAD_MODEL (self));
  if (self->sort == sort)
    return;
  self->sort = sort;
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
  g_free (self->filter);
  self->filter = text != NULL && text[0] != '\0' ? g_utf8_casefold (text, -1) : NULL;
  update_rows (self, FALSE);
}

void
thaw_thread_model_set_expanded (ThawThreadModel *self, guint32 process, gboolean expanded)
{
  g_return_if_fail (THAW_IS_THREAD_MODEL (self) && process < self->n_processes);
  if (self->folded[process] == !expanded)
    return;
  self->folded[process] = !expanded;
  update_rows (self, FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, Row, i).kind == THAW_THREAD_ROW_PROCESS &&
        g_array_index (self->rows, Row, i).index == process)
      g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 1);
}

gboolean
thaw_thread_model_get_expanded (ThawThreadModel *self, guint32 process)
{
  g_return_val_if_fail (THAW_IS_THREAD_MODEL (self) && process < self->n_processes, FALSE);
  return !self->folded[process];
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
