/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of pictures share.
 */
#pragma once

#include "thaw-export-private.h"

G_BEGIN_DECLS

/* What an exporter writes; (transfer full). */
GBytes *test_export (const ThawExporter *exporter,
                     const ThawProfile *profile,
                     const ThawExportOptions *options);
/* "Lazy", 5 units, and then "Busy", 10 units; (transfer full). */
ThawProfile *test_two_threads (void);

G_END_DECLS
