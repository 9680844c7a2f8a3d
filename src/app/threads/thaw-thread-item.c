/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawThreadItem: one row of the list of threads, worded once when the list asks for it.
 */
#include "thaw-thread-item-private.h"

#include <glib/gi18n-lib.h>
#include "thaw-describe.h"
#include "thaw-format.h"

struct _ThawThreadItem
{
  GObject parent_instance;
  ThawThreadItemSpec spec;
  char *title;
  char *subtitle;
  char *time;
  char *tooltip;
  char *role;
};

G_DEFINE_FINAL_TYPE (ThawThreadItem, thaw_thread_item, G_TYPE_OBJECT)

static void
thaw_thread_item_finalize (GObject *object)
{
  ThawThreadItem *self = THAW_THREAD_ITEM (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->time);
  g_free (self->tooltip);
  g_free (self->role);
  G_OBJECT_CLASS (thaw_thread_item_parent_class)->finalize (object);
}

static void
thaw_thread_item_class_init (ThawThreadItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = thaw_thread_item_finalize;
}

static void
thaw_thread_item_init (ThawThreadItem *self)
{
}

/* The second line of a thread under its process: id and role; (transfer full). */
static char *
thread_subtitle (const ThawThread *thread)
{
  const char *role = thaw_role_title (thread->role);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, thread->id);
  g_autofree char *id = NULL;

  if (thread->id < 0 || thread->name[0] == '\0')
    return g_strdup (role != NULL ? role : "");
  id = g_strdup_printf (_ ("id %s"), number);
  return role != NULL ? g_strconcat (id, " · ", role, NULL) : g_steal_pointer (&id);
}

/* The second line of a process row: its pid, unless that is its name already, and its threads. */
static char *
process_subtitle (const ThawProfile *profile, const ThawThreadItemSpec *spec)
{
  const ThawProcess *process = thaw_profile_get_process (profile, spec->index);
  g_autofree char *threads = g_strdup_printf (ngettext ("%u thread", "%u threads", spec->n_threads),
                                              spec->n_threads);

  if (process->pid < 0 || process->name[0] == '\0')
    return g_steal_pointer (&threads);
  return g_strdup_printf (_ ("pid %d · %s"), (int) process->pid, threads);
}

static void
word_thread (ThawThreadItem *self, const ThawProfile *profile)
{
  const ThawThread *thread = thaw_profile_get_thread (profile, self->spec.index);
  gint64 pid = thaw_profile_get_process (profile, thread->process)->pid;
  g_autofree char *name = thaw_thread_title (profile, self->spec.index);
  g_autofree char *pid_text = g_strdup_printf (_ ("pid %d"), (int) pid);

  self->role = g_strdup (thread->role);
  if (!self->spec.stands_for_process)
    {
      self->title = g_steal_pointer (&name);
      self->subtitle = thread_subtitle (thread);
      return;
    }
  self->title = thaw_process_title (profile, thread->process);
  if (thread->name[0] == '\0' || g_str_equal (name, self->title))
    g_clear_pointer (&name, g_free);
  if (pid < 0)
    g_clear_pointer (&pid_text, g_free);
  self->subtitle = g_strjoin (name != NULL && pid_text != NULL ? " · " : "",
                              pid_text != NULL ? pid_text : "", name != NULL ? name : "", NULL);
}

/**
 * thaw_thread_item_new:
 * @spec: which row; copied
 *
 * Returns: (transfer full): the row in words
 */
ThawThreadItem *
thaw_thread_item_new (const ThawProfile *profile, const ThawThreadItemSpec *spec)
{
  ThawThreadItem *self = g_object_new (THAW_TYPE_THREAD_ITEM, NULL);
  ThawUnit unit = thaw_profile_get_unit (profile);
  g_autofree char *total = thaw_format_exact (unit, spec->total);
  g_autofree char *busy = thaw_format_exact (unit, spec->busy);

  self->spec = *spec;
  self->role = NULL;
  switch (spec->kind)
    {
    case THAW_THREAD_ROW_ALL:
      self->title = g_strdup (_ ("All threads"));
      self->subtitle = g_strdup_printf (
          ngettext ("%u thread merged", "%u threads merged", spec->n_threads), spec->n_threads);
      break;
    case THAW_THREAD_ROW_PROCESS:
      self->title = thaw_process_title (profile, spec->index);
      self->subtitle = process_subtitle (profile, spec);
      break;
    case THAW_THREAD_ROW_THREAD:
      word_thread (self, profile);
      break;
    default:
      g_assert_not_reached ();
    }
  if (self->role == NULL)
    self->role = g_strdup ("");
  self->time = thaw_format_value (unit, spec->busy);
  const char *name = self->title;
  if (spec->kind == THAW_THREAD_ROW_PROCESS)
    name = thaw_profile_get_process (profile, spec->index)->name; /* the whole command line */
  self->tooltip = g_strdup_printf (_ ("%s\n%s busy of %s"), name[0] != '\0' ? name : self->title,
                                   busy, total);
  return self;
}

ThawThreadRowKind
thaw_thread_item_get_kind (ThawThreadItem *self)
{
  return self->spec.kind;
}

guint32
thaw_thread_item_get_index (ThawThreadItem *self)
{
  return self->spec.index;
}

const char *
thaw_thread_item_get_title (ThawThreadItem *self)
{
  return self->title;
}

const char *
thaw_thread_item_get_subtitle (ThawThreadItem *self)
{
  return self->subtitle;
}

const char *
thaw_thread_item_get_time (ThawThreadItem *self)
{
  return self->time;
}

const char *
thaw_thread_item_get_tooltip (ThawThreadItem *self)
{
  return self->tooltip;
}

const char *
thaw_thread_item_get_role (ThawThreadItem *self)
{
  return self->role;
}

double
thaw_thread_item_get_share (ThawThreadItem *self)
{
  return self->spec.share;
}

gboolean
thaw_thread_item_get_indented (ThawThreadItem *self)
{
  return self->spec.indented;
}

gboolean
thaw_thread_item_get_expanded (ThawThreadItem *self)
{
  return self->spec.expanded;
}
