/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawCell: one cell of a table of functions, drawn by itself.
 *
 * A row of the function table would take some twenty widgets made of labels, boxes and level bars;
 * this is one widget a cell, which keeps scrolling smooth and columns steady: the size that a cell
 * asks for depends on its kind and font and never on its text. What does not fit is ellipsised, and
 * a note is left out first, then a bar, never a number.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-palette.h"

G_BEGIN_DECLS

typedef enum
{
  THAW_CELL_NAME,   /* colour swatch and text; takes the room that is left */
  THAW_CELL_TEXT,   /* text; takes the room that is left */
  THAW_CELL_CODE,   /* a line of source text; takes the room that is left */
  THAW_CELL_CHIP,   /* short word on a pill of its colour */
  THAW_CELL_NUMBER, /* right-aligned, tabular figures */
  THAW_CELL_METER,  /* a bar, a note and a right-aligned number */
} ThawCellKind;

#define THAW_TYPE_CELL (thaw_cell_get_type ())
G_DECLARE_FINAL_TYPE (ThawCell, thaw_cell, THAW, CELL, GtkWidget)

/**
 * ThawCellContent:
 * @text: what the cell says
 * @note: (nullable): a lesser word in front of a meter's number, left out where it does not fit
 * @colour: of the swatch, chip or bar
 * @share: length of a meter's bar, 0 … 1
 * @dim: greyed
 */
typedef struct
{
  const char *text;
  const char *note;
  ThawRgb colour;
  double share;
  gboolean dim;
} ThawCellContent;

GtkWidget *thaw_cell_new (ThawCellKind kind);
void thaw_cell_set (ThawCell *self, const ThawCellContent *content); /* copies */
const char *thaw_cell_get_text (ThawCell *self);
/* What the cell stands for: whatever its maker likes; (transfer none). */
void thaw_cell_set_item (ThawCell *self, GObject *item);
GObject *thaw_cell_get_item (ThawCell *self); /* (nullable) (transfer none) */

G_END_DECLS
