/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-importers.h"

static ThawSniff
sniff (const guint8 *head, gsize len, gboolean complete)
{
  return THAW_SNIFF_NO;
}
const ThawImporter thaw_importer_collapsed = { "collapsed", "collapsed",
                                               (const char *const[]){ NULL }, sniff, NULL };
