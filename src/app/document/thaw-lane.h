/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawLane: one graph: the threads it merges, their tree and layout, and what they are called.
 * Immutable once it is handed out; made by ThawDocument's workers.
 */
#pragma once

#include <gio/gio.h>
#include "thaw-layout.h"
#include "thaw-trees.h"

G_BEGIN_DECLS

/* Everything that decides a lane's tree and layout. */
typedef struct
{
  ThawTreeOptions options;
  ThawOrder order;
} ThawLaneSpec;

#define THAW_TYPE_LANE (thaw_lane_get_type ())
G_DECLARE_FINAL_TYPE (ThawLane, thaw_lane, THAW, LANE, GObject)

ThawLane *thaw_lane_new (ThawProfile *profile,
                         const guint32 *threads,
                         guint n_threads,
                         const ThawLaneSpec *spec,
                         ThawTree *known_tree,
                         GCancellable *cancellable,
                         GError **error);

const guint32 *thaw_lane_get_threads (ThawLane *lane, guint *n);
const ThawLaneSpec *thaw_lane_get_spec (ThawLane *lane);
const char *thaw_lane_get_title (ThawLane *lane);
const char *
thaw_lane_get_subtitle (ThawLane *lane); /* "pid 4120 · QThread"; "" when nothing is known */
ThawTree *thaw_lane_get_tree (ThawLane *lane);
ThawLayout *thaw_lane_get_layout (ThawLane *lane);
double thaw_lane_get_total (ThawLane *lane);
double thaw_lane_get_length (ThawLane *lane);
double thaw_lane_get_start (ThawLane *lane);
guint32 thaw_lane_find_path (ThawLane *lane, ThawLane *other, guint32 node);
gboolean thaw_lane_shows_same_threads (ThawLane *lane, const guint32 *threads, guint n_threads);

G_END_DECLS
