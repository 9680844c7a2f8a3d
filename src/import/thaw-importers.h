/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The importers there are. A new format is one new file that defines one of these, and one line in
 * the table of thaw-import.c. Private to this folder and its tests.
 */
#pragma once

#include "thaw-import.h"

G_BEGIN_DECLS

extern const ThawImporter thaw_importer_thaw;
extern const ThawImporter thaw_importer_pstats;
extern const ThawImporter thaw_importer_speedscope;
extern const ThawImporter thaw_importer_collapsed;

G_END_DECLS
