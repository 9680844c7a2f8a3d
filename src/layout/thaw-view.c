/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-layout.h"

void
thaw_view_clamp (ThawView *view, double total)
{
}

void
thaw_view_zoom (ThawView *view, double total, double at_px, double factor)
{
}

void
thaw_view_pan (ThawView *view, double total, double by_px)
{
}

void
thaw_view_fit (ThawView *view, double total, double x, double width)
{
}

void
thaw_view_mix (const ThawView *from, const ThawView *to, double t, ThawView *result)
{
}

double
thaw_view_to_px (const ThawView *view, double x)
{
  return 0;
}

double
thaw_view_to_value (const ThawView *view, double x_px)
{
  return 0;
}
