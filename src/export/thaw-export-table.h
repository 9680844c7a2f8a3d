/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of functions as JSON, for the terminal as well as for the exporter.
 */
#pragma once

#include "thaw-function-table.h"

G_BEGIN_DECLS

gboolean thaw_export_functions_json (const ThawProfile *profile,
                                     const ThawFunctionRow *rows,
                                     guint n_rows,
                                     GOutputStream *out,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
