/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * View arithmetic: zooming, panning, fitting and clamping of the shown part of value space. Pure
 * functions of doubles. Every function that changes a view leaves it within [0, total] and no closer
 * than total × 1e-9, whatever it is given.
 */
#include "thaw-layout.h"

#include <math.h>

#define CLOSEST 1e-9 /* smallest span, as a share of the total */

/**
 * thaw_view_clamp:
 * @total: length of the value axis; 0 and less give the view [0, 1)
 *
 * Keeps the span where it can and moves the view inside; a span that is too great or small is set to
 * the nearest allowed.
 */
void
thaw_view_clamp (ThawView *view, double total)
{
  double span = view->x1 - view->x0;

  if (!(total > 0) || !isfinite (total))
    total = 1;
  if (!isfinite (span) || !isfinite (view->x0) || span > total)
    span = total;
  if (!isfinite (view->x0))
    view->x0 = 0;
  span = MAX (span, total * CLOSEST);
  view->x0 = CLAMP (view->x0, 0, total - span);
  view->x1 = view->x0 + span;
}

/**
 * thaw_view_zoom:
 * @at_px: the place that stays where it is, in pixels from the left
 * @factor: more than 1 goes closer
 */
void
thaw_view_zoom (ThawView *view, double total, double at_px, double factor)
{
  double at = thaw_view_to_value (view, at_px);
  double share = view->width_px > 0 ? at_px / view->width_px : 0;
  double longest = total > 0 ? total : 1;
  double span;

  if (!(factor > 0))
    return;
  /* Clamped before the place is worked out, or zooming on at the limit would drift. */
  span = CLAMP ((view->x1 - view->x0) / factor, longest * CLOSEST, longest);
  view->x0 = at - share * span;
  view->x1 = view->x0 + span;
  thaw_view_clamp (view, total);
}

/* Moves the view to the right by @by_px (to the left when negative). */
void
thaw_view_pan (ThawView *view, double total, double by_px)
{
  double by = view->width_px > 0 ? by_px * (view->x1 - view->x0) / view->width_px : 0;

  view->x0 += by;
  view->x1 += by;
  thaw_view_clamp (view, total);
}

/* Shows exactly [x, x + width). */
void
thaw_view_fit (ThawView *view, double total, double x, double width)
{
  view->x0 = x;
  view->x1 = x + width;
  thaw_view_clamp (view, total);
}

/**
 * thaw_view_mix:
 * @t: 0 gives @from, 1 gives @to; values outside are cut off
 *
 * The span changes geometrically, and the left edge moves in step with the span, so that the point
 * both views show at the same pixel stays there on the way.
 */
void
thaw_view_mix (const ThawView *from, const ThawView *to, double t, ThawView *result)
{
  double a = from->x1 - from->x0, b = to->x1 - to->x0;
  double span, share;
  ThawView mixed = *to;

  t = CLAMP (t, 0, 1);
  if (t < 1 && a > 0 && b > 0)
    {
      span = a * pow (b / a, t);
      share = fabs (b - a) > 1e-12 * (a + b) ? (span - a) / (b - a) : t;
      mixed.x0 = from->x0 + share * (to->x0 - from->x0);
      mixed.x1 = mixed.x0 + span;
    }
  *result = mixed;
}

double
thaw_view_to_px (const ThawView *view, double x)
{
  return (x - view->x0) * view->width_px / (view->x1 - view->x0);
}

double
thaw_view_to_value (const ThawView *view, double x_px)
{
  if (!(view->width_px > 0))
    return view->x0;
  return view->x0 + x_px * (view->x1 - view->x0) / view->width_px;
}
