/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is to be said about a box, in sentences: for the tooltip, and for those who hear the screen.
 */
#pragma once

#include "thaw-document.h"

G_BEGIN_DECLS

/* One of the costliest lines inside a box. */
typedef struct
{
  char *line;   /* "line 88" */
  char *value;  /* "3.2 s" */
  double share; /* of the box's total, 0 … 1 */
} ThawBoxLine;

/**
 * ThawBoxFacts:
 * @name: never %NULL
 * @place: "dashboard/query.py:88"; "" when not known
 * @total: total time and its shares
 * @self: time in the function itself
 * @calls: (nullable): how often, and how long each
 * @estimate: (nullable): whether the numbers are exact, for reconstructed trees
 * @note: (nullable): what else there is to say of a special box
 * @warning: (nullable): one call takes longer than one picture of the screen lasts
 * @lines: (element-type ThawBoxLine): empty until thaw_box_facts_add_lines()
 */
typedef struct
{
  char *name;
  char *place;
  char *total;
  char *self;
  char *calls;
  char *estimate;
  char *note;
  char *warning;
  GArray *lines;
} ThawBoxFacts;

ThawBoxFacts *
thaw_box_facts_new (const ThawProfile *profile, ThawLane *lane, guint32 node, double zoomed_total);
void thaw_box_facts_add_lines (ThawBoxFacts *facts,
                               const ThawProfile *profile,
                               ThawLane *lane,
                               guint32 node);
char *thaw_box_facts_to_text (const ThawBoxFacts *facts);
void thaw_box_facts_free (ThawBoxFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThawBoxFacts, thaw_box_facts_free)

/* The functions from the thread's root to @node, one a line, root first; (transfer full). */
char *thaw_box_stack_text (const ThawProfile *profile, const ThawTree *tree, guint32 node);

G_END_DECLS
