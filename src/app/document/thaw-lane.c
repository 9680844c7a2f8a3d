/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One graph's content. Making one is the slow part (a tree, then a layout) and is done in a worker
 * thread; afterwards nothing in it changes, so that any thread may read it and drop it.
 */
#include "thaw-lane.h"

#include <math.h>
#include <glib/gi18n-lib.h>

struct _ThawLane
{
  GObject parent;

  ThawProfile *profile;
  guint32 *threads;
  guint n_threads;
  ThawLaneSpec spec;
  ThawTree *tree;
  ThawLayout *layout;
  double start;
  char *title;
  char *subtitle;
};

G_DEFINE_FINAL_TYPE (ThawLane, thaw_lane, G_TYPE_OBJECT)

/**
 * thaw_thread_title:
 * @profile: a profile
 * @thread: index of one of its threads
 *
 * The thread's name, or words for one that the capture does not name.
 *
 * Returns: (transfer full): never empty
 */
char *
thaw_thread_title (const ThawProfile *profile, guint32 thread)
{
  const ThawThread *info = thaw_profile_get_thread (profile, thread);

  if (info->name[0] != '\0')
    return g_strdup (info->name);
  if (g_str_equal (info->role, "gui"))
    return g_strdup (_ ("GUI thread"));
  if (g_str_equal (info->role, "main"))
    return g_strdup (_ ("Main thread"));
  if (info->id >= 0)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, info->id);
      return g_strdup_printf (_ ("Thread %s"), id);
    }
  if (thaw_profile_get_n_threads (profile) == 1 && thaw_profile_get_title (profile)[0] != '\0')
    return g_strdup (thaw_profile_get_title (profile));
  return g_strdup_printf (_ ("Thread %u"), thread + 1);
}

/* Words for a thread's role; NULL where they would say nothing. */
static const char *
role_title (const char *role)
{
  static const struct
  {
    const char *role;
    const char *title;
  } titles[] = {
    { "main", N_ ("main thread") },
    { "gui", N_ ("Qt event loop") },
    { "qthread", N_ ("QThread") },
    { "qthreadpool", N_ ("QThreadPool") },
    { "foreign", N_ ("not started by Python") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].role, role))
      return _ (titles[i].title);
  return NULL;
}

/* Appends " · @text" to @words, without the dot when it is the first. */
static void
add_words (GString *words, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, text);
}

/* Appends the name of @process and its pid, as far as they are known. */
static void
add_process (GString *words, const ThawProfile *profile, guint32 process)
{
  const ThawProcess *info = thaw_profile_get_process (profile, process);

  if (thaw_profile_get_n_processes (profile) > 1)
    add_words (words, info->name);
  if (info->pid >= 0)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, info->pid);
      g_autofree char *pid = g_strdup_printf (_ ("pid %s"), number);
      add_words (words, pid);
    }
}

/**
 * thaw_thread_subtitle:
 * @profile: a profile
 * @thread: index of one of its threads
 *
 * What else tells this thread from others: process, pid, role, id.
 *
 * Returns: (transfer full): may be empty
 */
char *
thaw_thread_subtitle (const ThawProfile *profile, guint32 thread)
{
  const ThawThread *info = thaw_profile_get_thread (profile, thread);
  GString *words = g_string_new (NULL);

  add_process (words, profile, info->process);
  add_words (words, role_title (info->role));
  if (info->id >= 0 && info->name[0] != '\0')
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, info->id);
      g_autofree char *id = g_strdup_printf (_ ("thread %s"), number);
      add_words (words, id);
    }
  return g_string_free (words, FALSE);
}

/* Title and subtitle of several threads in one graph. */
static void
describe_merged (ThawLane *self)
{
  const ThawProfile *profile = self->profile;
  GString *words = g_string_new (NULL);
  guint32 process = thaw_profile_get_thread (profile, self->threads[0])->process;
  gboolean one_process = TRUE;

  for (guint i = 1; i < self->n_threads; i++)
    one_process &= thaw_profile_get_thread (profile, self->threads[i])->process == process;

  if (self->n_threads == thaw_profile_get_n_threads (profile))
    self->title = g_strdup (_ ("All threads"));
  else
    self->title = g_strdup_printf (ngettext ("%u thread", "%u threads", self->n_threads),
                                   self->n_threads);

  if (one_process)
    add_process (words, profile, process);
  g_autofree char *count = g_strdup_printf (
      ngettext ("%u thread merged", "%u threads merged", self->n_threads), self->n_threads);
  add_words (words, count);
  self->subtitle = g_string_free (words, FALSE);
}

/* When the earliest of the lane's threads began, in the profile's unit; 0 when not known. */
static double
earliest_start (const ThawProfile *profile, const guint32 *threads, guint n_threads)
{
  double start = INFINITY;

  for (guint i = 0; i < n_threads; i++)
    start = fmin (start, thaw_profile_get_thread (profile, threads[i])->start);
  return isfinite (start) ? start : 0;
}

/**
 * thaw_lane_new:
 * @profile: the profile; a reference is kept
 * @threads: (array length=n_threads): indices of its threads, at least one
 * @n_threads: length of @threads
 * @spec: how to build and lay out
 * @known_tree: (nullable): a tree that was already built for the same threads and options
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Builds a lane. Takes long for large captures; may be called in any thread.
 *
 * Returns: (transfer full) (nullable): %NULL when cancelled or over THAW_LIMIT_NODES
 */
ThawLane *
thaw_lane_new (ThawProfile *profile,
               const guint32 *threads,
               guint n_threads,
               const ThawLaneSpec *spec,
               ThawTree *known_tree,
               GCancellable *cancellable,
               GError **error)
{
  g_return_val_if_fail (profile != NULL && n_threads > 0, NULL);

  g_autoptr (ThawTree) tree = known_tree != NULL
                                  ? thaw_tree_ref (known_tree)
                                  : thaw_trees_for_threads (profile, threads, n_threads,
                                                            &spec->options, cancellable, error);
  if (tree == NULL)
    return NULL;
  g_autoptr (ThawLayout) layout = thaw_layout_new (profile, tree, spec->order, cancellable, error);
  if (layout == NULL)
    return NULL;

  ThawLane *self = g_object_new (THAW_TYPE_LANE, NULL);
  self->profile = thaw_profile_ref (profile);
  self->threads = g_memdup2 (threads, n_threads * sizeof (guint32));
  self->n_threads = n_threads;
  self->spec = *spec;
  self->tree = g_steal_pointer (&tree);
  self->layout = g_steal_pointer (&layout);
  self->start = earliest_start (profile, threads, n_threads);
  if (n_threads == 1)
    {
      self->title = thaw_thread_title (profile, threads[0]);
      self->subtitle = thaw_thread_subtitle (profile, threads[0]);
    }
  else
    describe_merged (self);
  return self;
}

const guint32 *
thaw_lane_get_threads (ThawLane *lane, guint *n)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  *n = lane->n_threads;
  return lane->threads;
}

const ThawLaneSpec *
thaw_lane_get_spec (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  return &lane->spec;
}

const char *
thaw_lane_get_title (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  return lane->title;
}

const char *
thaw_lane_get_subtitle (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  return lane->subtitle;
}

ThawTree *
thaw_lane_get_tree (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  return lane->tree;
}

ThawLayout *
thaw_lane_get_layout (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), NULL);
  return lane->layout;
}

/* The value of the whole lane, in the profile's unit. */
double
thaw_lane_get_total (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), 0);
  return lane->tree->total[0];
}

/* When the lane's first sample was taken, on the capture's clock; 0 when not known. */
double
thaw_lane_get_start (ThawLane *lane)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), 0);
  return lane->start;
}

gboolean
thaw_lane_shows_same_threads (ThawLane *lane, const guint32 *threads, guint n_threads)
{
  g_return_val_if_fail (THAW_IS_LANE (lane), FALSE);
  return lane->n_threads == n_threads &&
         memcmp (lane->threads, threads, n_threads * sizeof (guint32)) == 0;
}

static void
thaw_lane_finalize (GObject *object)
{
  ThawLane *self = THAW_LANE (object);

  g_clear_pointer (&self->layout, thaw_layout_unref);
  g_clear_pointer (&self->tree, thaw_tree_unref);
  g_clear_pointer (&self->profile, thaw_profile_unref);
  g_free (self->threads);
  g_free (self->title);
  g_free (self->subtitle);
  G_OBJECT_CLASS (thaw_lane_parent_class)->finalize (object);
}

static void
thaw_lane_class_init (ThawLaneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = thaw_lane_finalize;
}

static void
thaw_lane_init (ThawLane *self)
{
}
