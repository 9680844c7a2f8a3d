/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Levels of detail, and collecting what a view shows.
 *
 * The one rule of merging, at a resolution r: boxes at least r wide stand alone; from left to right,
 * narrower ones join the run before them as long as the run stays within r. Two neighbouring runs
 * then always span more than r, so a row of length L has at most 2 L / r + 1 of them. Rows with many
 * boxes keep merged copies of themselves at total / 2048, / 8192, / 32 768 …; a view whose pixel is
 * worth p reads the coarsest copy that is finer than p and merges it further at p. What is read is
 * then bounded by the pixels, wherever the boxes crowd.
 *
 * Copies are made from the row once, at the finest resolution that still halves it, and each coarser
 * one from the finer.
 */
#include "thaw-layout-private.h"

#include <math.h>

#define COARSEST 2048.0 /* total / resolution of the coarsest level */
#define STEP 4.0        /* from one level to the next */
#define FINEST 4e9      /* never finer; a view is never closer than total × 1e-9 */
#define NARROW_ROW 8192 /* rows of fewer boxes are read as they are */

/* Where merged runs go: to a level or, clipped and in pixels, to the array of a caller. */
typedef struct
{
  double resolution;
  ThawRun run; /* the open run; none while count is 0 */
  double run_end;
  void (*emit) (gpointer target, const ThawRun *run, double end);
  gpointer target;
} Merger;

static void
merger_flush (Merger *merger)
{
  if (merger->run.count == 0)
    return;
  merger->run.extent = (float) (merger->run_end - merger->run.x);
  merger->emit (merger->target, &merger->run, merger->run_end);
  merger->run.count = 0;
}

/* Feeds the next box or finer run to the right. */
static inline void
merger_add (Merger *merger, const ThawRun *next, double end)
{
  ThawRun *run = &merger->run;

  if (run->count > 0 && end - run->x <= merger->resolution)
    {
      if (next->widest > run->widest)
        {
          run->widest = next->widest;
          run->node = next->node;
          run->frame = next->frame;
        }
      run->covered += next->covered;
      run->count += next->count;
      merger->run_end = end;
      return;
    }
  merger_flush (merger);
  *run = *next;
  merger->run_end = end;
}

static void
merger_add_box (Merger *merger, const ThawLayout *layout, guint32 box)
{
  float width = (float) (layout->end[box] - layout->x[box]);
  ThawRun run = { layout->x[box], width, width, width, layout->node[box], layout->frame[box], 1 };

  merger_add (merger, &run, layout->end[box]);
}

static void
emit_to_level (gpointer target, const ThawRun *run, double end)
{
  g_array_append_vals (target, run, 1);
}

/* Takes the runs over; (transfer full) in, by value out. */
static ThawLevel
level_from_array (GArray *runs, double resolution)
{
  ThawLevel level = { .resolution = resolution, .n = runs->len };

  level.runs = (ThawRun *) g_array_free (runs, FALSE);
  level.runs = g_renew (ThawRun, level.runs, MAX (level.n, 1));
  return level;
}

static ThawLevel
level_from_row (const ThawLayout *layout, guint32 row, double resolution)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (ThawRun));
  Merger merger = { .resolution = resolution, .emit = emit_to_level, .target = runs };
  guint32 first = layout->row_start[row], end = first + layout->row_n[row];

  for (guint32 box = first; box < end; box++)
    merger_add_box (&merger, layout, box);
  merger_flush (&merger);
  return level_from_array (runs, resolution);
}

static ThawLevel
level_from_level (const ThawLevel *finer, double resolution)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (ThawRun));
  Merger merger = { .resolution = resolution, .emit = emit_to_level, .target = runs };

  for (guint32 i = 0; i < finer->n; i++)
    merger_add (&merger, &finer->runs[i], finer->runs[i].x + (double) finer->runs[i].extent);
  merger_flush (&merger);
  return level_from_array (runs, resolution);
}

/* Finds by trying the finest level worth keeping: one that halves the row. Starts where evenly wide
 * boxes would be halved, and goes on while an eighth or less is left, because the boxes crowd. */
static ThawLevel
finest_level (const ThawLayout *layout, guint32 row, guint *n_levels)
{
  double divisor = COARSEST;
  ThawLevel best;

  *n_levels = 1;
  while (divisor * STEP <= layout->row_n[row] / 4.0)
    {
      divisor *= STEP;
      ++*n_levels;
    }
  best = level_from_row (layout, row, layout->total / divisor);
  while (best.n <= layout->row_n[row] / 8 && divisor * STEP <= FINEST)
    {
      ThawLevel finer = level_from_row (layout, row, layout->total / (divisor * STEP));

      if (finer.n > layout->row_n[row] / 2)
        {
          g_free (finer.runs);
          break;
        }
      g_free (best.runs);
      best = finer;
      divisor *= STEP;
      ++*n_levels;
    }
  return best;
}

/**
 * thaw_layout_build_pyramids:
 *
 * Makes the levels of detail of every wide row of @layout, whose rows are filled.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED when cancelled
 */
gboolean
thaw_layout_build_pyramids (ThawLayout *layout, GCancellable *cancellable, GError **error)
{
  layout->pyramids = g_new0 (ThawPyramid, layout->n_rows + 1);
  for (guint32 row = 0; row < layout->n_rows; row++)
    {
      ThawPyramid *pyramid = &layout->pyramids[row];
      ThawLevel finest;

      if (layout->row_n[row] < NARROW_ROW)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      finest = finest_level (layout, row, &pyramid->n);
      pyramid->levels = g_new0 (ThawLevel, pyramid->n);
      pyramid->levels[pyramid->n - 1] = finest;
      for (guint i = pyramid->n - 1; i > 0; i--)
        pyramid->levels[i - 1] = level_from_level (&pyramid->levels[i],
                                                   pyramid->levels[i].resolution * STEP);
    }
  return TRUE;
}

void
thaw_layout_free_pyramids (ThawLayout *layout)
{
  if (layout->pyramids == NULL)
    return;
  for (guint32 row = 0; row < layout->n_rows; row++)
    {
      for (guint i = 0; i < layout->pyramids[row].n; i++)
        g_free (layout->pyramids[row].levels[i].runs);
      g_free (layout->pyramids[row].levels);
    }
  g_free (layout->pyramids);
}

/* A caller's array and how value space maps into it. */
typedef struct
{
  GArray *boxes;
  double x0;
  double px_per_value;
  double width_px;
  guint32 row;
} Sink;

/* Two pixels beyond either side are kept, so that edges do not show. */
static void
emit_to_boxes (gpointer target, const ThawRun *run, double end)
{
  const Sink *sink = target;
  double left = (run->x - sink->x0) * sink->px_per_value;
  double right = (end - sink->x0) * sink->px_per_value;
  double extent = end - run->x;
  ThawBox box = {
    .row = sink->row, .node = run->node, .frame = run->frame, .n_merged = run->count
  };

  left = MAX (left, -2);
  right = MIN (right, sink->width_px + 2);
  if (right < left)
    return;
  box.x_px = (float) left;
  box.width_px = (float) (right - left);
  box.cover = run->count == 1 || extent <= 0 ? 1 : (float) MIN (1, (double) run->covered / extent);
  g_array_append_val (sink->boxes, box);
}

/* Merges the part of a level that lies in [x0, x1). */
static void
collect_level (Merger *merger, const ThawLevel *level, double x0, double x1)
{
  guint32 low = 0, high = level->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (level->runs[middle].x + (double) level->runs[middle].extent > x0)
        high = middle;
      else
        low = middle + 1;
    }
  for (guint32 i = low; i < level->n && level->runs[i].x < x1; i++)
    merger_add (merger, &level->runs[i], level->runs[i].x + (double) level->runs[i].extent);
  merger_flush (merger);
}

/* Merges the boxes of a row that lie in [x0, x1). */
static void
collect_row (Merger *merger, const ThawLayout *layout, guint32 row, double x0, double x1)
{
  guint32 end = layout->row_start[row] + layout->row_n[row];

  for (guint32 box = thaw_layout_first_ending_after (layout, row, x0);
       box < end && layout->x[box] < x1; box++)
    merger_add_box (merger, layout, box);
  merger_flush (merger);
}

/**
 * thaw_layout_collect:
 * @view: which part of value space, and over how many pixels
 * @boxes: (element-type ThawBox): appended to, row by row, left to right
 *
 * Boxes narrower than a pixel are merged into runs of at most a pixel. Costs about the pixels of the
 * rows asked for, not the boxes in them.
 */
void
thaw_layout_collect (const ThawLayout *layout,
                     const ThawView *view,
                     guint32 row0,
                     guint32 n_rows,
                     GArray *boxes)
{
  double span = view->x1 - view->x0;
  Sink sink = { boxes, view->x0, view->width_px / span, view->width_px, 0 };
  double pixel = span / view->width_px;
  guint32 end;

  if (!(span > 0) || !(view->width_px > 0) || row0 >= layout->n_rows)
    return;
  end = row0 + MIN (n_rows, layout->n_rows - row0);
  for (guint32 row = row0; row < end; row++)
    {
      const ThawPyramid *pyramid = &layout->pyramids[row];
      Merger merger = { .resolution = pixel, .emit = emit_to_boxes, .target = &sink };
      guint level = 0;

      sink.row = row;
      while (level < pyramid->n && pyramid->levels[level].resolution > pixel)
        level++;
      if (level < pyramid->n)
        collect_level (&merger, &pyramid->levels[level], view->x0, view->x1);
      else
        collect_row (&merger, layout, row, view->x0, view->x1);
    }
}
