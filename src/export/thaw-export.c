/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of exporters. A new format is one ThawExporter and its line here.
 */
#include "thaw-export-private.h"

#include <string.h>

static const ThawExporter *const exporters[] = {
  &thaw_exporter_svg,       &thaw_exporter_png, &thaw_exporter_pdf,  &thaw_exporter_speedscope,
  &thaw_exporter_collapsed, &thaw_exporter_csv, &thaw_exporter_json,
};

/**
 * thaw_exporters:
 * @n: (out) (nullable): number of exporters
 *
 * Returns: (transfer none) (array length=n): the exporters, pictures first
 */
const ThawExporter *const *
thaw_exporters (guint *n)
{
  if (n != NULL)
    *n = G_N_ELEMENTS (exporters);
  return exporters;
}

/**
 * thaw_exporter_find:
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the exporter with that id
 */
const ThawExporter *
thaw_exporter_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (exporters); i++)
    if (strcmp (exporters[i]->id, id) == 0)
      return exporters[i];
  return NULL;
}

GArray *
thaw_export_threads (const ThawProfile *profile, const ThawExportOptions *options)
{
  GArray *threads = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (options->threads != NULL)
    return g_array_append_vals (threads, options->threads, options->n_threads);
  for (guint32 i = 0; i < thaw_profile_get_n_threads (profile); i++)
    g_array_append_val (threads, i);
  return threads;
}

guint32
thaw_export_line (const ThawProfile *profile, ThawTreeKey key, guint32 frame)
{
  if (frame >= THAW_FRAME_FIRST_SPECIAL)
    return 0;
  guint32 running = key == THAW_KEY_LOCATION ? thaw_profile_get_location (profile, frame)->line : 0;
  guint32 function = thaw_profile_frame_function (profile, key, frame);
  return running > 0 ? running : thaw_profile_get_function (profile, function)->line;
}
