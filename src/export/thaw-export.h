/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing a profile, or the picture of it, in another format. One table of exporters.
 */
#pragma once

#include <gio/gio.h>
#include "thaw-painter.h"
#include "thaw-trees.h"

G_BEGIN_DECLS

/**
 * ThawExportOptions:
 * @threads: (nullable): which threads; %NULL means all
 * @lines: key by line (collapsed, speedscope and pictures)
 * @merged: pictures: one graph of all threads instead of a lane each
 * @flame: pictures: root at the bottom
 * @order, @colour, @theme: pictures
 * @width_px: pictures: logical width; 0 means 1200
 */
typedef struct
{
  const guint32 *threads;
  guint n_threads;
  gboolean lines;
  gboolean merged;
  gboolean flame;
  gboolean time_order;
  ThawOrder order;
  ThawColourMode colour;
  ThawTheme theme;
  double width_px;
} ThawExportOptions;

typedef struct
{
  const char *id;     /* "collapsed", "speedscope", "svg", "png", "pdf", "csv", "json" */
  const char *title;  /* translatable */
  const char *suffix; /* "svg" */
  const char *mime;
  gboolean (*write) (const ThawProfile *profile,
                     const ThawExportOptions *options,
                     GOutputStream *out,
                     GCancellable *cancellable,
                     GError **error);
} ThawExporter;

const ThawExporter *const *thaw_exporters (guint *n);
const ThawExporter *thaw_exporter_find (const char *id); /* NULL when unknown */

G_END_DECLS
