/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The exporters that make up the table of thaw-export.c, one variable a format.
 */
#pragma once

#include "thaw-export.h"

G_BEGIN_DECLS

extern const ThawExporter thaw_exporter_svg;
extern const ThawExporter thaw_exporter_png;
extern const ThawExporter thaw_exporter_pdf;

G_END_DECLS
