/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of ThawDocument share, and tests.
 */
#pragma once

#include "thaw-document.h"

G_BEGIN_DECLS

guint32 thaw_document_default_thread (const ThawProfile *profile);
char *thaw_document_describe_file (GFile *file, const ThawProfile *profile);

G_END_DECLS
