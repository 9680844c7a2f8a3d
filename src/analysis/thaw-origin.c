/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-origin.h"

ThawOrigin
thaw_origin_of (const ThawFunction *function)
{
  return 0;
}

const char *
thaw_origin_title (ThawOrigin origin)
{
  return NULL;
}

char *
thaw_package_of (const ThawFunction *function)
{
  return NULL;
}

char *
thaw_place_of (const ThawFunction *function)
{
  return NULL;
}

double
thaw_busy_of (const ThawProfile *profile, guint32 thread)
{
  return 0;
}

