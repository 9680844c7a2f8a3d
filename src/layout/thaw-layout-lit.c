/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lit boxes: those of the frames that a search matches, listed once a search, so that a picture can
 * ask of each merged box whether a lit one is under it without looking at all that were merged.
 */
#include "thaw-layout-private.h"

#define PREFETCH 8 /* entries ahead */

/**
 * thaw_layout_find_lit:
 * @lit: one byte per frame number of the tree
 *
 * Returns: (transfer full) (element-type guint32): the lit boxes in the layout's own numbers, for
 *   thaw_layout_prefer()
 */
GArray *
thaw_layout_find_lit (const ThawLayout *layout, const guint8 *lit)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 row = 0; row < layout->n_rows; row++)
    for (guint32 i = 0; i < layout->row_n[row]; i++)
      {
        guint32 box = layout->row_start[row] + i;

        if (layout->frame[box] < THAW_FRAME_FIRST_SPECIAL && lit[layout->frame[box]])
          g_array_append_val (found, box);
      }
  return found;
}

/* The first entry of @lit that is @box or comes after it. */
static guint
first_lit_from (const GArray *lit, guint32 box)
{
  guint low = 0, high = lit->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (lit, guint32, middle) >= box)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/* The lit boxes of one row that have not been passed yet. */
typedef struct
{
  const guint32 *next, *end;
} Cursor;

static Cursor
cursor_for_row (const ThawLayout *layout, const GArray *lit, guint32 row)
{
  const guint32 *boxes = (const guint32 *) (const void *) lit->data;
  guint32 first = layout->row_start[row];

  return (Cursor){ boxes + first_lit_from (lit, first),
                   boxes + first_lit_from (lit, first + layout->row_n[row]) };
}

/* Passes what begins left of @x. Lit boxes are far from each other in memory, so those to come are
 * asked for ahead. */
static void
cursor_pass (Cursor *cursor, const ThawLayout *layout, double x)
{
  while (cursor->next < cursor->end && layout->x[*cursor->next] < x)
    {
      if (cursor->next + PREFETCH < cursor->end)
        __builtin_prefetch (&layout->x[cursor->next[PREFETCH]]);
      cursor->next++;
    }
}

/**
 * thaw_layout_prefer:
 * @view: the view that @boxes were collected for
 * @lit: (element-type guint32): from thaw_layout_find_lit()
 * @boxes: (element-type ThawBox): what thaw_layout_collect() appended
 *
 * Makes every box that stands for several stand for a lit one of them, where there is one: a match
 * must not be hidden by what is beside it.
 */
void
thaw_layout_prefer (const ThawLayout *layout,
                    const ThawView *view,
                    const GArray *lit,
                    GArray *boxes)
{
  Cursor cursor = { NULL, NULL };

  for (guint i = 0; i < boxes->len; i++)
    {
      ThawBox *box = &g_array_index (boxes, ThawBox, i);
      double middle_px = (double) box->x_px + box->width_px / 2;

      if (i == 0 || box->row != g_array_index (boxes, ThawBox, i - 1).row)
        cursor = cursor_for_row (layout, lit, box->row);
      if (box->n_merged == 1)
        continue;
      /* Merged boxes are at most a pixel wide; their edges have passed through floats. */
      cursor_pass (&cursor, layout, thaw_view_to_value (view, middle_px - 0.5));
      if (cursor.next == cursor.end ||
          layout->x[*cursor.next] >= thaw_view_to_value (view, middle_px + 0.5))
        continue;
      box->node = layout->node[*cursor.next];
      box->frame = layout->frame[*cursor.next];
    }
}
