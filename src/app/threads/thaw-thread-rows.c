/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which rows the list of threads has, and in which order. Comparisons are total: equal keys fall
 * back to the order of the capture. Names are compared as file names are, so that "pool-10" follows
 * "pool-9".
 */
#include "thaw-thread-rows-private.h"

#include "thaw-describe.h"

guint32
thaw_thread_rows_process_of (const ThawThreadRows *self, guint32 thread)
{
  return thaw_profile_get_thread (self->profile, thread)->process;
}

/* Whether @text, or the number @id when it is one, has the filter in it. */
static gboolean
has_filter (ThawThreadRows *self, const char *text, gint64 id)
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
process_passes (ThawThreadRows *self, guint32 process)
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
thread_passes (ThawThreadRows *self, guint32 thread)
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
  ThawThreadRows *self = data;
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
        self->one_each
            ? thaw_process_title (self->profile, thaw_thread_rows_process_of (self, left))
            : thaw_thread_title (self->profile, left),
        self->one_each
            ? thaw_process_title (self->profile, thaw_thread_rows_process_of (self, right))
            : thaw_thread_title (self->profile, right));
  if (order == 0)
    order = left < right ? -1 : left > right;
  return order;
}

static int
compare_processes (gconstpointer a, gconstpointer b, gpointer data)
{
  ThawThreadRows *self = data;
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
sorted_indices (ThawThreadRows *self, guint32 n, GCompareDataFunc compare)
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
  ThawThreadRowKey row = { kind, index };

  g_array_append_val (rows, row);
}

/* Rows of every process in turn. Threads are dealt into the slots of their processes, so that the
 * whole costs one sort and two passes. */
static void
add_grouped_rows (ThawThreadRows *self, GArray *rows, const guint32 *threads)
{
  g_autofree guint32 *processes = sorted_indices (self, self->n_processes, compare_processes);
  g_autofree guint32 *next = g_new0 (guint32, self->n_processes + 1);
  g_autofree guint32 *dealt = g_new (guint32, self->n_threads);

  for (guint32 p = 0; p < self->n_processes; p++)
    next[p + 1] = next[p] + self->process_n[p];
  for (guint32 i = 0; i < self->n_threads; i++)
    dealt[next[thaw_thread_rows_process_of (self, threads[i])]++] = threads[i];

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

/**
 * thaw_thread_rows_arrange:
 *
 * Returns: (transfer full) (element-type ThawThreadRowKey): the rows to show, in order
 */
GArray *
thaw_thread_rows_arrange (ThawThreadRows *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (ThawThreadRowKey));
  g_autofree guint32 *threads = sorted_indices (self, self->n_threads, compare_threads);

  if (self->n_threads > 1 && self->filter == NULL)
    add_row (rows, THAW_THREAD_ROW_ALL, 0);
  if (self->process_rows)
    add_grouped_rows (self, rows, threads);
  else
    for (guint32 i = 0; i < self->n_threads; i++)
      if (thread_passes (self, threads[i]) ||
          (self->one_each && process_passes (self, thaw_thread_rows_process_of (self, threads[i]))))
        add_row (rows, THAW_THREAD_ROW_THREAD, threads[i]);
  return rows;
}

static void
sum_processes (ThawThreadRows *self)
{
  for (guint32 p = 0; p < self->n_processes; p++)
    self->process_busy[p] = self->process_total[p] = 0;
  for (guint32 t = 0; t < self->n_threads; t++)
    {
      self->process_busy[thaw_thread_rows_process_of (self, t)] += self->busy[t];
      self->process_total[thaw_thread_rows_process_of (self, t)] +=
          thaw_profile_get_thread (self->profile, t)->total;
    }
}

void
thaw_thread_rows_init (ThawThreadRows *self, ThawProfile *profile)
{
  self->profile = thaw_profile_ref (profile);
  self->n_threads = thaw_profile_get_n_threads (self->profile);
  self->n_processes = thaw_profile_get_n_processes (self->profile);
  self->busy = g_new0 (double, MAX (self->n_threads, 1));
  self->process_busy = g_new0 (double, MAX (self->n_processes, 1));
  self->process_total = g_new0 (double, MAX (self->n_processes, 1));
  self->process_n = g_new0 (guint32, MAX (self->n_processes, 1));
  self->folded = g_new0 (guint8, MAX (self->n_processes, 1));

  self->one_each = self->n_processes > 1;
  for (guint32 t = 0; t < self->n_threads; t++)
    {
      self->busy[t] = thaw_profile_get_thread (self->profile, t)->total;
      if (++self->process_n[thaw_thread_rows_process_of (self, t)] > 1)
        self->one_each = FALSE;
    }
  self->process_rows = self->n_processes > 1 && !self->one_each;
  sum_processes (self);
}

/* Takes @busy: (array length=n_threads) (transfer full). */
void
thaw_thread_rows_take_busy (ThawThreadRows *self, double *busy)
{
  g_free (self->busy);
  self->busy = busy;
  sum_processes (self);
}

void
thaw_thread_rows_clear (ThawThreadRows *self)
{
  g_clear_pointer (&self->profile, thaw_profile_unref);
  g_clear_pointer (&self->busy, g_free);
  g_clear_pointer (&self->process_busy, g_free);
  g_clear_pointer (&self->process_total, g_free);
  g_clear_pointer (&self->process_n, g_free);
  g_clear_pointer (&self->folded, g_free);
  g_clear_pointer (&self->filter, g_free);
}
