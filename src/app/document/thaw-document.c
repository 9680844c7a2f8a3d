/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-document.h"

const guint32 *
thaw_lane_get_threads (ThawLane *lane, guint *n)
{
  return NULL;
}

const char *
thaw_lane_get_title (ThawLane *lane)
{
  return NULL;
}

const char *
thaw_lane_get_subtitle (ThawLane *lane)
{
  return NULL;
}

ThawTree *
thaw_lane_get_tree (ThawLane *lane)
{
  return NULL;
}

ThawLayout *
thaw_lane_get_layout (ThawLane *lane)
{
  return NULL;
}

ThawDocument *
thaw_document_new (ThawProfile *profile, GFile *file)
{
  return NULL;
}

ThawProfile *
thaw_document_get_profile (ThawDocument *self)
{
  return NULL;
}

GFile *
thaw_document_get_file (ThawDocument *self)
{
  return NULL;
}

const guint32 *
thaw_document_get_threads (ThawDocument *self, guint *n)
{
  return NULL;
}

void
thaw_document_set_threads (ThawDocument *self, const guint32 *threads, guint n)
{
}

void
thaw_document_select_all_merged (ThawDocument *self)
{
}

GPtrArray *
thaw_document_get_lanes (ThawDocument *self)
{
  return NULL;
}

double
thaw_document_get_axis (ThawDocument *self)
{
  return 0;
}

GArray *
thaw_document_get_rows (ThawDocument *self)
{
  return NULL;
}

const guint8 *
thaw_document_get_matches (ThawDocument *self, guint32 *n_functions_matched, double *total_matched)
{
  return NULL;
}

const char *
thaw_document_get_search_error (ThawDocument *self)
{
  return NULL;
}

guint32
thaw_document_get_selected_function (ThawDocument *self)
{
  return 0;
}

void
thaw_document_select_function (ThawDocument *self, guint32 function)
{
}

void
thaw_document_expand_pruned (ThawDocument *self)
{
}

void
thaw_document_reveal (ThawDocument *self, ThawLane *lane, guint32 node)
{
}

struct _ThawLane { GObject parent; };
G_DEFINE_FINAL_TYPE (ThawLane, thaw_lane, G_TYPE_OBJECT)
static void thaw_lane_class_init (ThawLaneClass *klass) {}
static void thaw_lane_init (ThawLane *self) {}
struct _ThawDocument { GObject parent; };
G_DEFINE_FINAL_TYPE (ThawDocument, thaw_document, G_TYPE_OBJECT)
static void thaw_document_class_init (ThawDocumentClass *klass) {}
static void thaw_document_init (ThawDocument *self) {}
