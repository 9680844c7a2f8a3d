/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Labels without a PangoLayout each: 26 µs a label became 2. A name is laid out once, whatever scripts
 * and fonts it needs, and kept as a flat array of glyphs in visual order. Names from left to right are
 * cut at the last cluster that leaves room for an ellipsis, so combining marks stay with their letter.
 * Names with right-to-left runs that do not fit are laid out again by Pango, which knows which end to
 * cut.
 */
#include "thaw-labels-private.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>
#include "thaw-names.h"

#define MAX_NAME_CHARS 1024          /* more never fits a screen */
#define MAX_CACHED_GLYPHS (1u << 20) /* 24 MB; then shaping starts again */

typedef struct
{
  double x, y;         /* from the left end of the baseline */
  unsigned long index; /* in its font */
  guint16 font;        /* in ThawLabels.fonts */
  gboolean starts_cluster;
} Glyph;

typedef struct
{
  guint n;
  double width;
  gboolean right_to_left; /* some of it is: cannot be cut by position */
  Glyph glyphs[];
} Shaped;

typedef struct
{
  guint16 font;
  ThawRgb colour;
  GArray *glyphs; /* cairo_glyph_t */
} Batch;

struct _ThawLabels
{
  PangoContext *context;
  PangoLayout *layout;
  double baseline; /* from the middle of a box */
  GPtrArray *fonts;
  GArray *batches;
  ThawProfile *profile;
  ThawTreeKey key;
  GHashTable *shaped; /* frame × 2 + folded → Shaped */
  gsize n_glyphs;
  Shaped *ellipsis;
};

static Shaped *shape (ThawLabels *labels, const char *text);

ThawLabels *
thaw_labels_new (const PangoFontDescription *font, double scale)
{
  ThawLabels *labels = g_new0 (ThawLabels, 1);
  g_autoptr (PangoFontDescription) scaled = pango_font_description_copy (font);
  double size = pango_font_description_get_size (font) * scale;
  PangoFontMetrics *metrics;

  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (scaled, size);
  else
    pango_font_description_set_size (scaled, (int) lround (size));
  labels->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_context_set_font_description (labels->context, scaled);
  labels->layout = pango_layout_new (labels->context);
  pango_layout_set_single_paragraph_mode (labels->layout, TRUE);
  metrics = pango_context_get_metrics (labels->context, scaled, NULL);
  labels->baseline = (pango_font_metrics_get_ascent (metrics) -
                      pango_font_metrics_get_descent (metrics)) /
                     (2.0 * PANGO_SCALE);
  pango_font_metrics_unref (metrics);
  labels->fonts = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_scaled_font_destroy);
  labels->batches = g_array_new (FALSE, FALSE, sizeof (Batch));
  labels->shaped = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  labels->ellipsis = shape (labels, "…");
  return labels;
}

void
thaw_labels_free (ThawLabels *labels)
{
  for (guint i = 0; i < labels->batches->len; i++)
    g_array_unref (g_array_index (labels->batches, Batch, i).glyphs);
  g_array_unref (labels->batches);
  g_hash_table_unref (labels->shaped);
  g_ptr_array_unref (labels->fonts);
  g_clear_pointer (&labels->profile, thaw_profile_unref);
  g_free (labels->ellipsis);
  g_object_unref (labels->layout);
  g_object_unref (labels->context);
  g_free (labels);
}

void
thaw_labels_set_names (ThawLabels *labels, const ThawProfile *profile, ThawTreeKey key)
{
  if (labels->profile == profile && labels->key == key)
    return;
  g_clear_pointer (&labels->profile, thaw_profile_unref);
  labels->profile = thaw_profile_ref ((ThawProfile *) profile);
  labels->key = key;
  g_hash_table_remove_all (labels->shaped);
  labels->n_glyphs = 0;
}

/* The number of a font, which is kept for as long as the labels. */
static guint16
font_number (ThawLabels *labels, PangoFont *pango_font)
{
  cairo_scaled_font_t *font = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (pango_font));
  guint i;

  for (i = 0; i < labels->fonts->len; i++)
    if (g_ptr_array_index (labels->fonts, i) == font)
      return (guint16) i;
  g_ptr_array_add (labels->fonts, cairo_scaled_font_reference (font));
  return (guint16) i;
}

/* Appends the glyphs of one run at *x and moves *x to its end. */
static void
append_run (ThawLabels *labels, const PangoGlyphItem *run, double *x, Shaped *shaped)
{
  guint16 font = font_number (labels, run->item->analysis.font);

  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    {
      const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
      PangoGlyph index = info->glyph & PANGO_GLYPH_UNKNOWN_FLAG ? 0 : info->glyph;

      if (info->glyph != PANGO_GLYPH_EMPTY)
        shaped->glyphs[shaped->n++] = (Glyph){
          .x = *x + info->geometry.x_offset / (double) PANGO_SCALE,
          .y = info->geometry.y_offset / (double) PANGO_SCALE,
          .index = index,
          .font = font,
          .starts_cluster = info->attr.is_cluster_start,
        };
      *x += info->geometry.width / (double) PANGO_SCALE;
    }
}

/* The glyphs of what the layout holds now; (transfer full). */
static Shaped *
glyphs_of_layout (ThawLabels *labels)
{
  const PangoLayoutLine *line = pango_layout_get_line_readonly (labels->layout, 0);
  gsize n = 0;
  Shaped *shaped;
  double x = 0;

  for (GSList *l = line->runs; l != NULL; l = l->next)
    n += ((PangoGlyphItem *) l->data)->glyphs->num_glyphs;
  shaped = g_malloc0 (sizeof (Shaped) + n * sizeof (Glyph));
  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      const PangoGlyphItem *run = l->data;

      shaped->right_to_left |= run->item->analysis.level % 2 == 1;
      /* A run has no font where not a single one is installed. */
      if (run->item->analysis.font != NULL)
        append_run (labels, run, &x, shaped);
    }
  shaped->width = x;
  return shaped;
}

static Shaped *
shape (ThawLabels *labels, const char *text)
{
  pango_layout_set_text (labels->layout, text, (int) strlen (text));
  return glyphs_of_layout (labels);
}

/* What stands in a box; (transfer full). */
static char *
label_text (const ThawLabels *labels, guint32 frame, gboolean folded)
{
  g_autofree char *name = thaw_display_frame (labels->profile, labels->key, frame);
  char *end = name;

  for (int i = 0; i < MAX_NAME_CHARS && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  *end = '\0';
  return g_strconcat (folded ? "↻ " : "", name, NULL);
}

static const Shaped *
shaped_name (ThawLabels *labels, guint32 frame, gboolean folded)
{
  gpointer key = GSIZE_TO_POINTER ((gsize) frame * 2 + folded);
  Shaped *shaped = g_hash_table_lookup (labels->shaped, key);
  g_autofree char *text = NULL;

  if (shaped != NULL)
    return shaped;
  if (labels->n_glyphs > MAX_CACHED_GLYPHS)
    {
      g_hash_table_remove_all (labels->shaped);
      labels->n_glyphs = 0;
    }
  text = label_text (labels, frame, folded);
  shaped = shape (labels, text);
  labels->n_glyphs += shaped->n + 4;
  g_hash_table_insert (labels->shaped, key, shaped);
  return shaped;
}

static gboolean
same_colour (ThawRgb a, ThawRgb b)
{
  return a.r == b.r && a.g == b.g && a.b == b.b;
}

/* The batch of a font and colour; a picture has few. */
static GArray *
batch_glyphs (ThawLabels *labels, guint16 font, ThawRgb colour)
{
  Batch batch = { font, colour, NULL };

  for (guint i = 0; i < labels->batches->len; i++)
    {
      Batch *old = &g_array_index (labels->batches, Batch, i);

      if (old->font == font && same_colour (old->colour, colour))
        return old->glyphs;
    }
  batch.glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  g_array_append_val (labels->batches, batch);
  return batch.glyphs;
}

static void
add_glyphs (ThawLabels *labels, const Shaped *shaped, guint n, double x, double y, ThawRgb colour)
{
  GArray *batch = NULL;
  guint font = G_MAXUINT;

  for (guint i = 0; i < n; i++)
    {
      const Glyph *glyph = &shaped->glyphs[i];
      cairo_glyph_t placed = { glyph->index, x + glyph->x, y + glyph->y };

      if (glyph->font != font)
        batch = batch_glyphs (labels, glyph->font, colour);
      font = glyph->font;
      g_array_append_val (batch, placed);
    }
}

/* Lets Pango cut a name with right-to-left parts. */
static void
add_ellipsized (ThawLabels *labels,
                guint32 frame,
                gboolean folded,
                double x,
                double y,
                double width,
                ThawRgb colour)
{
  g_autofree char *text = label_text (labels, frame, folded);
  g_autofree Shaped *shaped = NULL;

  pango_layout_set_ellipsize (labels->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (labels->layout, (int) (width * PANGO_SCALE));
  shaped = shape (labels, text);
  pango_layout_set_ellipsize (labels->layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_width (labels->layout, -1);
  if (shaped->width <= width)
    add_glyphs (labels, shaped, shaped->n, x, y, colour);
}

void
thaw_labels_add (ThawLabels *labels,
                 guint32 frame,
                 gboolean folded,
                 double x,
                 double y,
                 double width,
                 double height,
                 ThawRgb colour)
{
  const Shaped *shaped = shaped_name (labels, frame, folded);
  guint cut = 0;

  x = round (x);
  y = round (y + height / 2 + labels->baseline);
  if (shaped->width <= width)
    {
      add_glyphs (labels, shaped, shaped->n, x, y, colour);
      return;
    }
  if (shaped->right_to_left)
    {
      add_ellipsized (labels, frame, folded, x, y, width, colour);
      return;
    }
  for (guint i = 1; i < shaped->n && shaped->glyphs[i].x <= width - labels->ellipsis->width; i++)
    if (shaped->glyphs[i].starts_cluster)
      cut = i;
  if (cut == 0)
    return;
  add_glyphs (labels, shaped, cut, x, y, colour);
  add_glyphs (labels, labels->ellipsis, labels->ellipsis->n, x + shaped->glyphs[cut].x, y, colour);
}

void
thaw_labels_draw (ThawLabels *labels, cairo_t *cr)
{
  for (guint i = 0; i < labels->batches->len; i++)
    {
      Batch *batch = &g_array_index (labels->batches, Batch, i);

      cairo_set_scaled_font (cr, g_ptr_array_index (labels->fonts, batch->font));
      cairo_set_source_rgb (cr, batch->colour.r, batch->colour.g, batch->colour.b);
      cairo_show_glyphs (cr, (cairo_glyph_t *) batch->glyphs->data, (int) batch->glyphs->len);
      g_array_unref (batch->glyphs);
    }
  g_array_set_size (labels->batches, 0);
}
