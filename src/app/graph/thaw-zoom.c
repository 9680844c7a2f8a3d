/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Zoom state and its animation. The arithmetic is the layout's (thaw_view_…), here over a width of 1,
 * so that lanes of any width may share a zoom.
 */
#include "thaw-zoom.h"

#include <adwaita.h>

#define ANIMATION_MS 250

struct _ThawZoom
{
  GObject parent;

  double axis;
  ThawView view;
  ThawView from; /* where the running animation began, and where it goes */
  ThawView to;
  GArray *levels; /* of ThawZoomLevel */
  AdwAnimation *animation;
};

enum
{
  CHANGED,
  LEVELS_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ThawZoom, thaw_zoom, G_TYPE_OBJECT)

static void
clear_level (gpointer data)
{
  g_clear_object (&((ThawZoomLevel *) data)->lane);
}

static void
set_view (ThawZoom *self, const ThawView *view)
{
  self->view = *view;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_animated (double value, gpointer data)
{
  ThawZoom *self = data;
  ThawView view;

  thaw_view_mix (&self->from, &self->to, value, &view);
  set_view (self, &view);
}

/* Stops where the view is now. */
static void
stop (ThawZoom *self)
{
  self->to = self->view;
  if (self->animation != NULL)
    adw_animation_pause (self->animation);
}

/* Moves to [x, x + width). */
static void
go (ThawZoom *self, double x, double width)
{
  self->from = self->view;
  self->to = self->view;
  thaw_view_fit (&self->to, self->axis, x, width);
  if (self->animation == NULL)
    {
      on_animated (1, self);
      return;
    }
  adw_animation_reset (self->animation);
  adw_animation_play (self->animation);
}

/* Moves to the innermost level, or the whole axis. */
static void
go_to_level (ThawZoom *self)
{
  if (self->levels->len > 0)
    {
      const ThawZoomLevel *level = thaw_zoom_get_level (self, self->levels->len - 1);
      go (self, level->x, level->width);
    }
  else
    go (self, 0, self->axis);
}

/* Whether the view stands, or is going to stand, at the innermost level. */
static gboolean
is_at_level (ThawZoom *self)
{
  ThawView fit = self->to;
  double tolerance = 1e-9 * self->axis;

  if (self->levels->len > 0)
    {
      const ThawZoomLevel *level = thaw_zoom_get_level (self, self->levels->len - 1);
      thaw_view_fit (&fit, self->axis, level->x, level->width);
    }
  else
    thaw_view_fit (&fit, self->axis, 0, self->axis);
  return ABS (fit.x0 - self->to.x0) <= tolerance && ABS (fit.x1 - self->to.x1) <= tolerance;
}

/* Whether @outer's box holds @inner's, and is another one. */
static gboolean
contains (const ThawZoomLevel *outer, const ThawZoomLevel *inner)
{
  const ThawTree *tree = thaw_lane_get_tree (outer->lane);

  return outer->lane == inner->lane && outer->node < inner->node &&
         inner->node < tree->subtree_end[outer->node];
}

/* Drops the levels that do not contain @level, and appends it. */
static void
push_level (ThawZoom *self, const ThawZoomLevel *level)
{
  ThawZoomLevel copy = *level;

  g_object_ref (copy.lane);
  while (self->levels->len > 0 &&
         !contains (thaw_zoom_get_level (self, self->levels->len - 1), level))
    g_array_set_size (self->levels, self->levels->len - 1);
  g_array_append_val (self->levels, copy);
  g_signal_emit (self, signals[LEVELS_CHANGED], 0);
}

ThawZoom *
thaw_zoom_new (GtkWidget *widget)
{
  ThawZoom *self = g_object_new (THAW_TYPE_ZOOM, NULL);

  self->animation = adw_timed_animation_new (
      widget, 0, 1, ANIMATION_MS, adw_callback_animation_target_new (on_animated, self, NULL));
  return self;
}

/* Sets the length of the axis and shows all of it, without levels. */
void
thaw_zoom_set_axis (ThawZoom *self, double axis)
{
  g_return_if_fail (THAW_IS_ZOOM (self));
  stop (self);
  self->axis = axis;
  g_array_set_size (self->levels, 0);
  ThawView whole = { .width_px = 1 };
  thaw_view_fit (&whole, axis, 0, axis);
  self->to = whole;
  set_view (self, &whole);
  g_signal_emit (self, signals[LEVELS_CHANGED], 0);
}

double
thaw_zoom_get_axis (ThawZoom *self)
{
  g_return_val_if_fail (THAW_IS_ZOOM (self), 0);
  return self->axis;
}

const ThawView *
thaw_zoom_get_view (ThawZoom *self)
{
  g_return_val_if_fail (THAW_IS_ZOOM (self), NULL);
  return &self->view;
}

/* Whether all of the axis is shown and nothing is to be gone back to. */
gboolean
thaw_zoom_is_whole (ThawZoom *self)
{
  g_return_val_if_fail (THAW_IS_ZOOM (self), TRUE);
  return self->levels->len == 0 && is_at_level (self);
}

guint
thaw_zoom_get_n_levels (ThawZoom *self)
{
  g_return_val_if_fail (THAW_IS_ZOOM (self), 0);
  return self->levels->len;
}

const ThawZoomLevel *
thaw_zoom_get_level (ThawZoom *self, guint i)
{
  g_return_val_if_fail (THAW_IS_ZOOM (self) && i < self->levels->len, NULL);
  return &g_array_index (self->levels, ThawZoomLevel, i);
}

/* Zooms into a box. */
void
thaw_zoom_enter (ThawZoom *self, const ThawZoomLevel *level)
{
  g_return_if_fail (THAW_IS_ZOOM (self) && THAW_IS_LANE (level->lane));
  push_level (self, level);
  go_to_level (self);
}

/**
 * thaw_zoom_copy_levels:
 * @self: a zoom without levels
 * @lane: the lane that is zoomed
 * @offset: where its value 0 stands on the axis
 * @from: another zoom
 * @former: the lane that @from zoomed; it shows the same threads as @lane
 *
 * Zooms to where @from stands in @former, as far as the same functions lead there in @lane, at once
 * and without animation.
 */
void
thaw_zoom_copy_levels (ThawZoom *self,
                       ThawLane *lane,
                       double offset,
                       ThawZoom *from,
                       ThawLane *former)
{
  g_return_if_fail (THAW_IS_ZOOM (self) && THAW_IS_ZOOM (from));
  ThawView view = self->view;

  stop (self);
  for (guint i = 0; i < from->levels->len; i++)
    {
      const ThawZoomLevel *old = thaw_zoom_get_level (from, i);
      ThawZoomLevel level = { .lane = lane };
      guint32 row;

      if (old->lane != former)
        continue;
      level.node = thaw_lane_find_path (lane, former, old->node);
      if (level.node == THAW_NODE_NONE ||
          !thaw_layout_get_box (thaw_lane_get_layout (lane), level.node, &row, &level.x,
                                &level.width))
        break;
      level.x += offset;
      push_level (self, &level);
      thaw_view_fit (&view, self->axis, level.x, level.width);
    }
  self->to = view;
  set_view (self, &view);
}

/* Moves freely so that the box at @x is in the middle third, unless it can be seen well already. */
void
thaw_zoom_show (ThawZoom *self, double x, double width)
{
  g_return_if_fail (THAW_IS_ZOOM (self));
  double span = self->to.x1 - self->to.x0;

  if (x >= self->to.x0 && x + width <= self->to.x1 && width > 0.05 * span)
    return;
  if (width > 0.05 * span && width < span)
    go (self, x + width / 2 - span / 2, span);
  else
    go (self, x - width, 3 * width);
}

/* Goes back one step; FALSE when there is none. */
gboolean
thaw_zoom_back (ThawZoom *self)
{
  g_return_val_if_fail (THAW_IS_ZOOM (self), FALSE);
  if (thaw_zoom_is_whole (self))
    return FALSE;
  if (is_at_level (self))
    {
      g_array_set_size (self->levels, self->levels->len - 1);
      g_signal_emit (self, signals[LEVELS_CHANGED], 0);
    }
  go_to_level (self);
  return TRUE;
}

/* Goes back to the whole axis; FALSE when it is shown already. */
gboolean
thaw_zoom_reset (ThawZoom *self)
{
  g_return_val_if_fail (THAW_IS_ZOOM (self), FALSE);
  if (thaw_zoom_is_whole (self))
    return FALSE;
  g_array_set_size (self->levels, 0);
  g_signal_emit (self, signals[LEVELS_CHANGED], 0);
  go_to_level (self);
  return TRUE;
}

/* Zooms freely by @factor around the place at @at, a share of the width. */
void
thaw_zoom_by (ThawZoom *self, double at, double factor)
{
  g_return_if_fail (THAW_IS_ZOOM (self));
  ThawView view = self->view;

  thaw_view_zoom (&view, self->axis, at, factor);
  stop (self);
  self->to = view;
  set_view (self, &view);
}

/* Pans freely by @share of the width. */
void
thaw_zoom_pan (ThawZoom *self, double share)
{
  g_return_if_fail (THAW_IS_ZOOM (self));
  ThawView view = self->view;

  thaw_view_pan (&view, self->axis, share);
  stop (self);
  self->to = view;
  set_view (self, &view);
}

static void
thaw_zoom_dispose (GObject *object)
{
  ThawZoom *self = THAW_ZOOM (object);

  if (self->animation != NULL)
    adw_animation_pause (self->animation);
  g_clear_object (&self->animation);
  g_array_set_size (self->levels, 0);
  G_OBJECT_CLASS (thaw_zoom_parent_class)->dispose (object);
}

static void
thaw_zoom_finalize (GObject *object)
{
  g_array_unref (THAW_ZOOM (object)->levels);
  G_OBJECT_CLASS (thaw_zoom_parent_class)->finalize (object);
}

static void
thaw_zoom_class_init (ThawZoomClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = thaw_zoom_dispose;
  G_OBJECT_CLASS (klass)->finalize = thaw_zoom_finalize;
  signals[CHANGED] = g_signal_new ("changed", THAW_TYPE_ZOOM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[LEVELS_CHANGED] = g_signal_new ("levels-changed", THAW_TYPE_ZOOM, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
thaw_zoom_init (ThawZoom *self)
{
  self->levels = g_array_new (FALSE, FALSE, sizeof (ThawZoomLevel));
  g_array_set_clear_func (self->levels, clear_level);
  self->view = self->from = self->to = (ThawView){ .x0 = 0, .x1 = 1, .width_px = 1 };
}
