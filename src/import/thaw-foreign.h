/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Formats that Thaw does not open but knows by sight, so that a person is told what they hold.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What content that no importer wants looks like: translated, fits "This looks like …"; NULL when
 * nothing is known. @advice is set to a translated sentence on what to do instead, or NULL. */
const char *thaw_foreign_recognise (const guint8 *head, gsize len, const char **advice);

G_END_DECLS
