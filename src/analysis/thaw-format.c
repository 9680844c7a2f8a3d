/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-format.h"

char *
thaw_format_value (ThawUnit unit, double value)
{
  return NULL;
}

char *
thaw_format_exact (ThawUnit unit, double value)
{
  return NULL;
}

char *
thaw_format_share (double share)
{
  return NULL;
}

char *
thaw_format_count (double count)
{
  return NULL;
}

