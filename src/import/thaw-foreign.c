/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-foreign.h"

const char *
thaw_foreign_recognise (const guint8 *head, gsize len, const char *name, const char **advice)
{
  return NULL;
}
