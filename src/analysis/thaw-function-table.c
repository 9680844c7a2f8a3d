/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-function-table.h"

GArray *
thaw_function_table_new (const ThawProfile *profile, const guint32 *threads, guint n_threads, GCancellable *cancellable, GError **error)
{
  return NULL;
}

GArray *
thaw_function_callers (const ThawProfile *profile, const guint32 *threads, guint n_threads, guint32 function)
{
  return NULL;
}

GArray *
thaw_function_callees (const ThawProfile *profile, const guint32 *threads, guint n_threads, guint32 function)
{
  return NULL;
}

