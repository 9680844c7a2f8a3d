/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The exporters that make up the table of thaw-export.c, one variable a format, and what several of
 * them share.
 */
#pragma once

#include "thaw-export.h"

G_BEGIN_DECLS

extern const ThawExporter thaw_exporter_collapsed;
extern const ThawExporter thaw_exporter_speedscope;
extern const ThawExporter thaw_exporter_svg;
extern const ThawExporter thaw_exporter_png;
extern const ThawExporter thaw_exporter_pdf;
extern const ThawExporter thaw_exporter_csv;
extern const ThawExporter thaw_exporter_json;

/* The threads that @options asks for: its own, or all; (element-type guint32) (transfer full). */
GArray *thaw_export_threads (const ThawProfile *profile, const ThawExportOptions *options);
/* The line that a frame of a tree is shown with: the running one where the key has it, else the first
 * of the function; 0 when unknown. */
guint32 thaw_export_line (const ThawProfile *profile, ThawTreeKey key, guint32 frame);

G_END_DECLS
