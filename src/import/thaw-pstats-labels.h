/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The labels (file, line, name) by which a pstats file knows its functions, as frames. Private to
 * this folder.
 */
#pragma once

#include "thaw-marshal.h"
#include "thaw-profile-builder.h"

G_BEGIN_DECLS

#define THAW_PSTATS_NO_SLOT G_MAXUINT32

/**
 * ThawPstatsLabels:
 * @slots: per value of @marshal, the frame it stands for as a label; %THAW_PSTATS_NO_SLOT when not
 *   known yet
 * @text: scratch
 * @n_bytes: length of all texts that were read
 */
typedef struct
{
  const ThawMarshal *marshal;
  ThawProfileBuilder *builder;
  guint32 *slots;
  GString *text;
  guint64 n_bytes;
} ThawPstatsLabels;

void thaw_pstats_labels_init (ThawPstatsLabels *labels,
                              const ThawMarshal *marshal,
                              ThawProfileBuilder *builder);
void thaw_pstats_labels_clear (ThawPstatsLabels *labels);
guint32 thaw_pstats_labels_read (ThawPstatsLabels *labels, guint32 label);

G_END_DECLS
