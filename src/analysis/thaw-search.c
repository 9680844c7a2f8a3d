/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-search.h"

guint8 *
thaw_search_functions (const ThawProfile *profile, const char *pattern, gboolean regex, guint32 *n_matches, GError **error)
{
  return NULL;
}

double
thaw_search_total (const ThawProfile *profile, const ThawTree *tree, const guint8 *matches, guint32 *n_nodes)
{
  return 0;
}

