/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the search found, and walking from one matching box to the next.
 */
#include "thaw-document-private.h"

const guint8 *
thaw_document_get_matches (ThawDocument *self, guint32 *n_functions_matched, double *total_matched)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  if (n_functions_matched != NULL)
    *n_functions_matched = self->matches != NULL ? self->matches->n_functions : 0;
  if (total_matched != NULL)
    *total_matched = self->matches != NULL ? self->matches->total : 0;
  return self->matches != NULL ? self->matches->functions : NULL;
}

const char *
thaw_document_get_search_error (ThawDocument *self)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), NULL);
  return self->search_error;
}

/**
 * thaw_document_step_match:
 * @self: a document
 * @step: +1 for the next matching box, -1 for the one before
 *
 * Makes another matching box the current one, selects its function and asks for it to be shown.
 * Does nothing while there is no match, or while the matches are of lanes that are gone.
 */
void
thaw_document_step_match (ThawDocument *self, int step)
{
  g_return_if_fail (THAW_IS_DOCUMENT (self));
  if (self->matches == NULL || self->matches->boxes->len == 0 ||
      self->matches->lanes != self->lanes)
    return;

  gint64 n = self->matches->boxes->len;
  gint64 from = self->match_position < 0 && step < 0 ? 0 : self->match_position;
  self->match_position = ((from + step) % n + n) % n;

  ThawMatch match = g_array_index (self->matches->boxes, ThawMatch, self->match_position);
  g_autoptr (ThawLane) lane = g_object_ref (g_ptr_array_index (self->lanes, match.lane));
  const ThawTree *tree = thaw_lane_get_tree (lane);
  thaw_document_select_function (
      self, thaw_profile_frame_function (self->profile, tree->key, tree->frame[match.node]));
  g_signal_emit_by_name (self, "matches-changed");
  thaw_document_reveal (self, lane, match.node);
}

gint64
thaw_document_get_match_position (ThawDocument *self, guint *n_boxes)
{
  g_return_val_if_fail (THAW_IS_DOCUMENT (self), -1);
  if (n_boxes != NULL)
    *n_boxes = self->matches != NULL ? self->matches->boxes->len : 0;
  return self->match_position;
}
