/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state of a tab: its properties, its signals, and what is chosen in it. What is computed from that
 * state, and when, stands in thaw-document-compute.c.
 */
#include "thaw-document-private.h"

#include "thaw-describe.h"

/* Finest share of a thread that a reconstruction is expanded to. */
#define MIN_EPSILON 1e-7

enum
{
  PROP_BUSY = 1,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_MERGED,
  PROP_BY_LINE,
  PROP_ORDER,
  PROP_TIME_ORDER,
  PROP_FLAME,
  PROP_COLOUR_MODE,
  PROP_SEARCH,
  PROP_SEARCH_REGEX,
  PROP_SELECTED_FUNCTION,
  N_PROPS
};

enum
{
  THREADS_CHANGED,
  LANES_CHANGED,
  ROWS_CHANGED,
  MATCHES_CHANGED,
  FAILED,
  REVEAL_NODE,
  SHOW_IN_TABLE,
  SHOW_SANDWICH,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (ThawOrder,
                    thaw_order,
                    G_DEFINE_ENUM_VALUE (THAW_ORDER_HEAVIEST, "heaviest"),
                    G_DEFINE_ENUM_VALUE (THAW_ORDER_ALPHABETICAL, "alphabetical"),
                    G_DEFINE_ENUM_VALUE (THAW_ORDER_TREE, "tree"))
G_DEFINE_ENUM_TYPE (ThawColourMode,
                    thaw_colour_mode,
                    G_DEFINE_ENUM_VALUE (THAW_COLOUR_ORIGIN, "origin"),
                    G_DEFINE_ENUM_VALUE (THAW_COLOUR_PACKAGE, "package"),
                    G_DEFINE_ENUM_VALUE (THAW_COLOUR_SELF, "self"))
G_DEFINE_FINAL_TYPE (ThawDocument, thaw_document, G_TYPE_OBJECT)

/* Public. ---------------------------------------------------------------------------------------- */

/**
 * thaw_document_new:
 * @profile: what was opened; a reference is kept
 * @file: (nullable): where it came from, %NULL for merged profiles
 *
 * Makes a document that shows one thread, see thaw_document_default_thread(), and starts computing.
 *
 * Returns: (transfer full): a document
 */
ThawDocument *
thaw_document_new (ThawProfile *profile, GFile *file)
{
  g_return_val_if_fail (profile != NULL, NULL);
  ThawDocument *self = g_object_new (THAW_TYPE_DOCUMENT, NULL);

  self->profile = thaw_profile_ref (profile);
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->title = thaw_document_describe_file (file, profile);
  self->subtitle = thaw_profile_summary (profile);
  guint32 thread = thaw_document_default_thread (profile);
  thaw_document_set_threads (self, &thread, 1);
  return self;
}

gboolean
thaw_document_get_busy (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), FALSE);
  for (guint i = 0; i < THAW_N_JOBS; i++)
    if (self->jobs[i] != NULL)
      return TRUE;
  return FALSE;
}

ThawProfile *
thaw_document_get_profile (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  return self->profile;
}

GFile *
thaw_document_get_file (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  return self->file;
}

const guint32 *
thaw_document_get_threads (ThawDocument *self, guint *n)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  *n = self->threads->len;
  return (const guint32 *) (gpointer) self->threads->data;
}

/**
 * thaw_document_set_threads:
 * @self: a document
 * @threads: (array length=n): indices of the profile's threads, in the order of their lanes
 * @n: length of @threads; may be 0
 *
 * Chooses what is shown. Does nothing when it is chosen already.
 */
void
thaw_document_set_threads (ThawDocument *self, const guint32 *threads, guint n)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  for (guint i = 0; i < n; i++)
    g_return_if_fail (threads[i] < thaw_profile_get_n_threads (self->profile));

  if (n == self->threads->len && n > 0 &&
      memcmp (threads, self->threads->data, n * sizeof (guint32)) == 0)
    return;
  g_array_set_size (self->threads, 0);
  g_array_append_vals (self->threads, threads, n);
  g_signal_emit (self, signals[THREADS_CHANGED], 0);
  thaw_document_start_lanes (self);
  thaw_document_start_rows (self);
}

void
thaw_document_select_all_merged (ThawDocument *self)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  guint32 n = thaw_profile_get_n_threads (self->profile);
  g_autofree guint32 *threads = g_new (guint32, n);

  for (guint32 i = 0; i < n; i++)
    threads[i] = i;
  g_object_set (self, "merged", TRUE, NULL);
  thaw_document_set_threads (self, threads, n);
}

GPtrArray *
thaw_document_get_lanes (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  return self->lanes;
}

double
thaw_document_get_shown_total (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), 0);
  double total = 0;

  for (guint i = 0; i < self->lanes->len; i++)
    total += thaw_lane_get_total (g_ptr_array_index (self->lanes, i));
  return total;
}

GArray *
thaw_document_get_rows (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  return self->rows;
}

guint32
thaw_document_get_selected_function (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), G_MAXUINT32);
  return self->selected_function;
}

/* @function: a function of the profile; anything else selects none. */
void
thaw_document_select_function (ThawDocument *self, guint32 function)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  if (function >= thaw_profile_get_n_functions (self->profile))
    function = G_MAXUINT32;
  if (function == self->selected_function)
    return;
  self->selected_function = function;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_FUNCTION]);
}

void
thaw_document_expand_pruned (ThawDocument *self)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  if (self->epsilon <= MIN_EPSILON)
    return;
  self->epsilon = MAX (self->epsilon / 10, MIN_EPSILON);
  thaw_document_start_lanes (self);
}

void
thaw_document_reveal (ThawDocument *self, ThawLane *lane, guint32 node)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self) && THAW_IS_LANE (lane));
  g_signal_emit (self, signals[REVEAL_NODE], 0, lane, node);
}

void
thaw_document_show_in_table (ThawDocument *self, guint32 function)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  thaw_document_select_function (self, function);
  g_signal_emit (self, signals[SHOW_IN_TABLE], 0, function);
}

void
thaw_document_show_sandwich (ThawDocument *self, guint32 function)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  thaw_document_select_function (self, function);
  g_signal_emit (self, signals[SHOW_SANDWICH], 0, function);
}

/* Object. ---------------------------------------------------------------------------------------- */

static void
thaw_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ThawDocument *self = THAW_DOCUMENT (object);

  switch (id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, thaw_document_get_busy (self));
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case PROP_MERGED:
      g_value_set_boolean (value, self->merged);
      break;
    case PROP_BY_LINE:
      g_value_set_boolean (value, self->by_line);
      break;
    case PROP_ORDER:
      g_value_set_enum (value, self->order);
      break;
    case PROP_TIME_ORDER:
      g_value_set_boolean (value, self->time_order);
      break;
    case PROP_FLAME:
      g_value_set_boolean (value, self->flame);
      break;
    case PROP_COLOUR_MODE:
      g_value_set_enum (value, self->colour_mode);
      break;
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_SEARCH_REGEX:
      g_value_set_boolean (value, self->search_regex);
      break;
    case PROP_SELECTED_FUNCTION:
      g_value_set_uint (value, self->selected_function);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* Sets a switch; TRUE when that changed it. */
static gboolean
change (ThawDocument *self, gboolean *field, gboolean value, GParamSpec *pspec)
{
  if (*field == value)
    return FALSE;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
  return TRUE;
}

static void
set_search (ThawDocument *self, const char *text)
{
  if (text == NULL)
    text = "";
  if (g_str_equal (self->search, text))
    return;
  g_free (self->search);
  self->search = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
  thaw_document_start_search (self);
}

/* Properties that decide the lanes; TRUE when @id is one. */
static gboolean
set_lane_property (ThawDocument *self, guint id, const GValue *value, GParamSpec *pspec)
{
  gboolean changed;

  switch (id)
    {
    case PROP_MERGED:
      changed = change (self, &self->merged, g_value_get_boolean (value), pspec) &&
                self->threads->len > 1;
      break;
    case PROP_BY_LINE:
      changed = change (self, &self->by_line, g_value_get_boolean (value), pspec);
      break;
    case PROP_TIME_ORDER:
      changed = change (self, &self->time_order, g_value_get_boolean (value), pspec);
      break;
    case PROP_ORDER:
      changed = self->order != (ThawOrder) g_value_get_enum (value);
      self->order = g_value_get_enum (value);
      if (changed)
        g_object_notify_by_pspec (G_OBJECT (self), pspec);
      break;
    default:
      return FALSE;
    }
  if (changed)
    thaw_document_start_lanes (self);
  return TRUE;
}

static void
thaw_document_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ThawDocument *self = THAW_DOCUMENT (object);

  if (set_lane_property (self, id, value, pspec))
    return;
  switch (id)
    {
    case PROP_FLAME:
      change (self, &self->flame, g_value_get_boolean (value), pspec);
      break;
    case PROP_COLOUR_MODE:
      if (self->colour_mode != (ThawColourMode) g_value_get_enum (value))
        {
          self->colour_mode = g_value_get_enum (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_SEARCH:
      set_search (self, g_value_get_string (value));
      break;
    case PROP_SEARCH_REGEX:
      if (change (self, &self->search_regex, g_value_get_boolean (value), pspec))
        thaw_document_start_search (self);
      break;
    case PROP_SELECTED_FUNCTION:
      thaw_document_select_function (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
thaw_document_dispose (GObject *object)
{
  ThawDocument *self = THAW_DOCUMENT (object);

  for (guint i = 0; i < THAW_N_JOBS; i++)
    {
      if (self->jobs[i] != NULL)
        g_cancellable_cancel (self->jobs[i]);
      g_clear_object (&self->jobs[i]);
    }
  G_OBJECT_CLASS (thaw_document_parent_class)->dispose (object);
}

static void
thaw_document_finalize (GObject *object)
{
  ThawDocument *self = THAW_DOCUMENT (object);

  g_clear_pointer (&self->matches, thaw_matches_free);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->recent, g_ptr_array_unref);
  g_clear_pointer (&self->threads, g_array_unref);
  g_clear_pointer (&self->profile, thaw_profile_unref);
  g_clear_object (&self->file);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->search);
  g_free (self->search_error);
  G_OBJECT_CLASS (thaw_document_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, readable);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, readable);
  properties[PROP_MERGED] = g_param_spec_boolean ("merged", NULL, NULL, FALSE, writable);
  properties[PROP_BY_LINE] = g_param_spec_boolean ("by-line", NULL, NULL, FALSE, writable);
  properties[PROP_ORDER] = g_param_spec_enum ("order", NULL, NULL, THAW_TYPE_ORDER,
                                              THAW_ORDER_HEAVIEST, writable);
  properties[PROP_TIME_ORDER] = g_param_spec_boolean ("time-order", NULL, NULL, FALSE, writable);
  properties[PROP_FLAME] = g_param_spec_boolean ("flame", NULL, NULL, FALSE, writable);
  properties[PROP_COLOUR_MODE] = g_param_spec_enum (
      "colour-mode", NULL, NULL, THAW_TYPE_COLOUR_MODE, THAW_COLOUR_ORIGIN, writable);
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", writable);
  properties[PROP_SEARCH_REGEX] = g_param_spec_boolean ("search-regex", NULL, NULL, FALSE,
                                                        writable);
  properties[PROP_SELECTED_FUNCTION] = g_param_spec_uint ("selected-function", NULL, NULL, 0,
                                                          G_MAXUINT32, G_MAXUINT32, writable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
install_signals (void)
{
  static const char *const plain[] = { "threads-changed", "lanes-changed", "rows-changed",
                                       "matches-changed" };
  static const char *const with_function[] = { "show-in-table", "show-sandwich" };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    signals[THREADS_CHANGED + i] = g_signal_new (plain[i], THAW_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (with_function); i++)
    signals[SHOW_IN_TABLE + i] = g_signal_new (with_function[i], THAW_TYPE_DOCUMENT,
                                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                               1, G_TYPE_UINT);
  signals[FAILED] = g_signal_new ("failed", THAW_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REVEAL_NODE] = g_signal_new ("reveal-node", THAW_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 2, THAW_TYPE_LANE,
                                       G_TYPE_UINT);
}

static void
thaw_document_class_init (ThawDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = thaw_document_get_property;
  object_class->set_property = thaw_document_set_property;
  object_class->dispose = thaw_document_dispose;
  object_class->finalize = thaw_document_finalize;
  install_properties (object_class);
  install_signals ();
}

static void
thaw_document_init (ThawDocument *self)
{
  self->threads = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->lanes = g_ptr_array_new_with_free_func (g_object_unref);
  self->recent = g_ptr_array_new_with_free_func (g_object_unref);
  self->search = g_strdup ("");
  self->selected_function = G_MAXUINT32;
  self->match_position = -1;
  self->epsilon = THAW_DEFAULT_EPSILON;
}
