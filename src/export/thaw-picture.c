/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Chooses the lanes of a picture, builds their trees and layouts, and stacks everything from top to
 * bottom. Draws nothing.
 */
#include "thaw-picture-private.h"

#include "thaw-describe.h"
#include "thaw-export-private.h"
#include "thaw-format.h"

#define DEFAULT_WIDTH_PX 1200
#define MIN_WIDTH_PX 200
#define MAX_WIDTH_PX 16000
#define MARGIN_PX 14
#define TITLE_PX 50   /* the two lines at the top */
#define HEADING_PX 28 /* above a graph */
#define LANE_GAP_PX 10
#define LEGEND_PX 30

static void
lane_free (gpointer data)
{
  ThawPictureLane *lane = data;

  g_free (lane->title);
  g_free (lane->subtitle);
  g_free (lane->total);
  g_clear_pointer (&lane->layout, thaw_layout_unref);
  g_clear_pointer (&lane->tree, thaw_tree_unref);
  g_free (lane);
}

/* Builds and lays out the graph of some threads; (transfer full), NULL on error. */
static ThawPictureLane *
lane_new (const ThawProfile *profile,
          const guint32 *threads,
          guint n_threads,
          const ThawExportOptions *options,
          GCancellable *cancellable,
          GError **error)
{
  ThawTreeOptions tree_options = {
    .key = options->lines ? THAW_KEY_LOCATION : THAW_KEY_FUNCTION,
    .time_order = options->time_order,
  };
  ThawPictureLane *lane = g_new0 (ThawPictureLane, 1);

  lane->tree = thaw_trees_for_threads (profile, threads, n_threads, &tree_options, cancellable,
                                       error);
  if (lane->tree != NULL)
    lane->layout = thaw_layout_new (profile, lane->tree,
                                    lane->tree->in_time_order ? THAW_ORDER_TREE : options->order,
                                    cancellable, error);
  if (lane->layout == NULL)
    {
      lane_free (lane);
      return NULL;
    }
  lane->title = thaw_threads_title (profile, threads, n_threads);
  lane->subtitle = thaw_threads_subtitle (profile, threads, n_threads);
  lane->total = thaw_format_value (thaw_profile_get_unit (profile), lane->tree->total[0]);
  return lane;
}

static int
compare_totals (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint32 *x = a, *y = b;
  double tx = thaw_profile_get_thread (data, *x)->total;
  double ty = thaw_profile_get_thread (data, *y)->total;

  if (tx != ty)
    return tx > ty ? -1 : 1;
  return *x < *y ? -1 : *x > *y;
}

/* Those asked for; else all that hold any weight, busiest first; (element-type guint32). */
static GArray *
choose_threads (const ThawProfile *profile, const ThawExportOptions *options)
{
  GArray *threads = thaw_export_threads (profile, options);

  if (options->threads != NULL)
    return threads;
  g_array_sort_with_data (threads, compare_totals, (gpointer) profile);
  /* Threads without weight come last; one lane is kept to say so where there is nothing else. */
  while (threads->len > 1 &&
         !(thaw_profile_get_thread (profile, g_array_index (threads, guint32, threads->len - 1))
               ->total > 0))
    g_array_set_size (threads, threads->len - 1);
  return threads;
}

static gboolean
add_lanes (ThawPicture *picture,
           const ThawExportOptions *options,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GArray) threads = choose_threads (picture->profile, options);
  guint step = options->merged ? MAX (threads->len, 1) : 1;

  for (guint i = 0; i < threads->len; i += step)
    {
      ThawPictureLane *lane = lane_new (picture->profile, &g_array_index (threads, guint32, i),
                                        step, options, cancellable, error);

      if (lane == NULL)
        return FALSE;
      g_ptr_array_add (picture->lanes, lane);
      picture->axis = MAX (picture->axis, thaw_layout_get_total (lane->layout));
    }
  return TRUE;
}

/* Gives everything its place. */
static void
stack (ThawPicture *picture, double width_px)
{
  double y = TITLE_PX;

  picture->width_px = width_px > 0 ? CLAMP (width_px, MIN_WIDTH_PX, MAX_WIDTH_PX)
                                   : DEFAULT_WIDTH_PX;
  picture->left_px = MARGIN_PX;
  picture->graph_width_px = picture->width_px - 2 * MARGIN_PX;
  for (guint i = 0; i < picture->lanes->len; i++)
    {
      ThawPictureLane *lane = g_ptr_array_index (picture->lanes, i);

      lane->heading_px = y + HEADING_PX - 9;
      lane->top_px = y + HEADING_PX;
      lane->height_px = thaw_layout_get_n_rows (lane->layout) * (double) THAW_ROW_HEIGHT_PX;
      y = lane->top_px + lane->height_px + LANE_GAP_PX;
    }
  if (picture->legend)
    y += LEGEND_PX;
  picture->legend_px = y - 10;
  picture->height_px = y + MARGIN_PX - LANE_GAP_PX;
}

/**
 * thaw_picture_new:
 * @profile: a reference is kept
 * @options: threads, order, colours and size
 * @cancellable: (nullable): a cancellable
 * @error: set to %G_IO_ERROR_CANCELLED, or %THAW_ERROR_LIMIT
 *
 * Returns: (transfer full): everything that is to be drawn, laid out
 */
ThawPicture *
thaw_picture_new (const ThawProfile *profile,
                  const ThawExportOptions *options,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (ThawPicture) picture = g_new0 (ThawPicture, 1);
  const char *title = thaw_profile_get_title (profile);

  picture->profile = thaw_profile_ref ((ThawProfile *) profile);
  picture->palette = thaw_palette_new (profile, options->colour, options->theme);
  picture->lanes = g_ptr_array_new_with_free_func (lane_free);
  picture->flame = options->flame;
  picture->legend = options->colour == THAW_COLOUR_ORIGIN;
  picture->title = g_strdup (title[0] != '\0' ? title : thaw_profile_get_tool (profile));
  picture->subtitle = thaw_profile_summary (profile);
  if (!add_lanes (picture, options, cancellable, error))
    return NULL;
  stack (picture, options->width_px);
  return g_steal_pointer (&picture);
}

void
thaw_picture_free (ThawPicture *picture)
{
  g_clear_pointer (&picture->lanes, g_ptr_array_unref);
  g_clear_pointer (&picture->palette, thaw_palette_unref);
  g_clear_pointer (&picture->profile, thaw_profile_unref);
  g_free (picture->title);
  g_free (picture->subtitle);
  g_free (picture);
}

ThawScene
thaw_picture_scene (const ThawPicture *picture, const ThawPictureLane *lane, double height_px)
{
  return (ThawScene){
    .profile = picture->profile,
    .layout = lane->layout,
    .palette = picture->palette,
    .view = { 0, picture->axis > 0 ? picture->axis : 1, picture->graph_width_px },
    .flame = picture->flame,
    .row_height_px = THAW_ROW_HEIGHT_PX,
    .scroll_px = picture->flame ? lane->height_px - height_px : 0,
    .height_px = height_px,
  };
}

ThawRgb
thaw_picture_ink (const ThawPicture *picture)
{
  return thaw_palette_text (thaw_palette_background (thaw_palette_get_theme (picture->palette)));
}

ThawRgb
thaw_picture_faint_ink (const ThawPicture *picture)
{
  ThawRgb paper = thaw_palette_background (thaw_palette_get_theme (picture->palette));

  return thaw_rgb_mix (paper, thaw_palette_text (paper), 0.68f);
}
