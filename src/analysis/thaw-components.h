/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strongly connected components of a graph: the functions that call each other in a circle.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint32 thaw_components_find (guint32 n_vertices,
                              const guint32 *out_start,
                              const guint32 *targets,
                              guint32 *component);

G_END_DECLS
