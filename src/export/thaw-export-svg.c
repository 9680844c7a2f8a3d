/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SVG, written box by box as text and not through cairo: each box is a nested <svg> that clips its
 * own label and has a <title>, which browsers show as a tooltip; a script (thaw-picture.js) zooms and
 * searches. The file refers to nothing outside itself. Boxes under a tenth of a pixel are left out, and
 * more of them where there would be too many for a browser.
 */
#include "thaw-export-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include "thaw-export-resources.h"
#include "thaw-format.h"
#include "thaw-names.h"
#include "thaw-picture-private.h"
#include "thaw-writer.h"

#define SCRIPT "/io/github/thawprofiler/Thaw/export/thaw-picture.js"
#define MAX_BOXES 50000 /* more make browsers slow */
#define CHAR_PX 6.5     /* the script counts with the same */
#define LABEL_PADDING_PX 9
#define MIN_LABEL_PX 24

/* Text between tags or in an attribute. Characters that XML 1.0 cannot hold become U+FFFD. */
static void
put_escaped (ThawWriter *writer, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '&')
        g_string_append (writer->buffer, "&amp;");
      else if (c == '<')
        g_string_append (writer->buffer, "&lt;");
      else if (c == '>')
        g_string_append (writer->buffer, "&gt;");
      else if (c == '"')
        g_string_append (writer->buffer, "&quot;");
      else if (c == '\n' || c == '\t' || c == '\r')
        g_string_append_c (writer->buffer, ' ');
      else if (c < 0x20 || c == 0xfffe || c == 0xffff)
        g_string_append (writer->buffer, "\xef\xbf\xbd");
      else
        g_string_append_unichar (writer->buffer, c);
    }
}

/* A length with two decimals at most, in the C locale. */
static void
put_number (ThawWriter *writer, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gsize n;

  g_ascii_formatd (buffer, sizeof buffer, "%.2f", number);
  n = strlen (buffer);
  while (buffer[n - 1] == '0')
    n--;
  if (buffer[n - 1] == '.')
    n--;
  g_string_append_len (writer->buffer, buffer, (gssize) n);
}

/* @format is text in which %n stands for a number. */
static void
put_numbers (ThawWriter *writer, const char *format, ...)
{
  va_list numbers;

  va_start (numbers, format);
  for (const char *at = format; *at != '\0'; at++)
    if (at[0] == '%' && at[1] == 'n')
      {
        put_number (writer, va_arg (numbers, double));
        at++;
      }
    else
      g_string_append_c (writer->buffer, *at);
  va_end (numbers);
}

static void
put_colour (ThawWriter *writer, ThawRgb c)
{
  g_string_append_printf (writer->buffer, "#%02x%02x%02x", (guint) (c.r * 255 + 0.5f),
                          (guint) (c.g * 255 + 0.5f), (guint) (c.b * 255 + 0.5f));
}

static void
put_text (ThawWriter *writer, const char *class, double x, double y, const char *text)
{
  put_numbers (writer, "<text x=\"%n\" y=\"%n\"", x, y);
  g_string_append_printf (writer->buffer, " class=\"%s\">", class);
  put_escaped (writer, text);
  g_string_append (writer->buffer, "</text>\n");
}

/* Looks are classes where they can be, so that a box is short. */
static void
put_style (ThawWriter *writer, const ThawPicture *picture)
{
  g_string_append (writer->buffer, "<style>\n"
                                   "text{font-family:Cantarell,'Segoe UI','Noto Sans',Ubuntu,"
                                   "'DejaVu Sans',Helvetica,Arial,sans-serif;font-size:12px;fill:");
  put_colour (writer, thaw_picture_ink (picture));
  g_string_append (writer->buffer, "}\n.title{font-size:16px;font-weight:bold}\n"
                                   ".heading{font-size:13px;font-weight:bold}\n"
                                   ".faint{font-size:11px;fill:");
  put_colour (writer, thaw_picture_faint_ink (picture));
  g_string_append (writer->buffer, "}\n.end{text-anchor:end}\n.button{cursor:pointer;"
                                   "text-decoration:underline}\n"
                                   ".b{cursor:pointer;overflow:hidden}\n.b text{fill:inherit;"
                                   "pointer-events:none}\n"
                                   ".b:hover>rect:first-of-type{stroke:");
  put_colour (writer, thaw_picture_ink (picture));
  g_string_append (writer->buffer, ";stroke-width:2}\n"
                                   ".dim rect{opacity:.22}\n.dim text{opacity:.6}\n"
                                   ".special{stroke-dasharray:4 3;stroke:");
  put_colour (writer, thaw_picture_faint_ink (picture));
  g_string_append (writer->buffer, "}\n</style>\n<defs>\n");
  for (guint dark = 0; dark < 2; dark++)
    g_string_append_printf (
        writer->buffer,
        "<pattern id=\"hatch%u\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\">"
        "<path d=\"M-1,1l2,-2M0,7l7,-7M6,8l2,-2\" stroke=\"%s\" stroke-opacity=\".26\""
        " stroke-width=\"1.2\"/></pattern>\n",
        dark, dark ? "#000" : "#fff");
  g_string_append (writer->buffer, "</defs>\n");
}

/* The lines of a tooltip; the first is the name, which the script reads. */
static void
put_tooltip (ThawWriter *writer,
             const ThawPicture *picture,
             const ThawPictureLane *lane,
             guint32 node,
             const char *name)
{
  const ThawTree *tree = lane->tree;
  ThawUnit unit = thaw_profile_get_unit (picture->profile);
  guint32 frame = tree->frame[node];
  double whole = tree->total[0] > 0 ? tree->total[0] : 1;
  g_autofree char *self = thaw_format_exact (unit, tree->self[node]);
  g_autofree char *self_share = thaw_format_share (tree->self[node] / whole);
  g_autofree char *total = thaw_format_exact (unit, tree->total[node]);
  g_autofree char *total_share = thaw_format_share (tree->total[node] / whole);
  g_autofree char *line = g_strdup_printf (_ ("self %s (%s), total %s (%s)"), self, self_share,
                                           total, total_share);

  g_string_append (writer->buffer, "<title>");
  if (tree->flags != NULL && (tree->flags[node] & THAW_NODE_FOLDED))
    g_string_append (writer->buffer, "↻ ");
  put_escaped (writer, name);
  g_string_append_c (writer->buffer, '\n');
  if (frame < THAW_FRAME_FIRST_SPECIAL)
    {
      guint32 function = thaw_profile_frame_function (picture->profile, tree->key, frame);
      g_autofree char *place = thaw_place_of (
          thaw_profile_get_function (picture->profile, function));

      put_escaped (writer, place);
      if (place[0] != '\0')
        g_string_append_c (writer->buffer, '\n');
    }
  put_escaped (writer, line);
  if (tree->calls != NULL && frame < THAW_FRAME_FIRST_SPECIAL)
    {
      g_autofree char *count = thaw_format_count (tree->calls[node]);
      g_autofree char *calls = g_strdup_printf (
          ngettext ("%s call", "%s calls", (gulong) MAX (tree->calls[node], 0)), count);

      g_string_append_c (writer->buffer, '\n');
      put_escaped (writer, calls);
    }
  if (tree->flags != NULL && (tree->flags[node] & THAW_NODE_ESTIMATED))
    {
      g_autofree char *lower = thaw_format_exact (unit, tree->lower[node]);
      g_autofree char *upper = thaw_format_exact (unit, tree->upper[node]);
      g_autofree char *bounds = g_strdup_printf (_ ("estimated: between %s and %s"), lower, upper);

      g_string_append_c (writer->buffer, '\n');
      put_escaped (writer, bounds);
    }
  g_string_append (writer->buffer, "</title>");
}

/* What of the name fits, by the width of a usual letter; the box clips what is wider. */
static void
put_label (ThawWriter *writer, const char *name, gboolean folded, double width)
{
  glong room = (glong) floor ((width - LABEL_PADDING_PX) / CHAR_PX);
  glong length = g_utf8_strlen (name, -1) + (folded ? 2 : 0);
  g_autofree char *text = g_strconcat (folded ? "↻ " : "", name, NULL);

  if (width < MIN_LABEL_PX || room < 2)
    return;
  if (length > room)
    *g_utf8_offset_to_pointer (text, room - 1) = '\0';
  g_string_append (writer->buffer, "<text x=\"5\" y=\"15\">");
  put_escaped (writer, text);
  g_string_append (writer->buffer, length > room ? "…</text>" : "</text>");
}

static void
put_box (ThawWriter *writer,
         const ThawPicture *picture,
         const ThawPictureLane *lane,
         const ThawBox *box,
         guint fineness,
         double y)
{
  const ThawTree *tree = lane->tree;
  double x = box->x_px / fineness, width = box->width_px / fineness;
  double drawn = width >= 3 ? width - 1 : width;
  double whole = tree->total[0] > 0 ? tree->total[0] : 1;
  gboolean special = box->frame >= THAW_FRAME_FIRST_SPECIAL;
  guint8 flags = tree->flags != NULL && !special ? tree->flags[box->node] : 0;
  ThawRgb fill = thaw_palette_colour (picture->palette, tree->key, box->frame,
                                      tree->self[box->node] / whole);
  ThawRgb text = thaw_palette_text (fill);
  g_autofree char *name = thaw_display_frame (picture->profile, tree->key, box->frame);

  put_numbers (
      writer, "<svg class=\"b\" x=\"%n\" y=\"%n\" width=\"%n\" height=\"22\" data-w=\"%n\" fill=\"",
      x, y, drawn, width);
  put_colour (writer, text);
  g_string_append (writer->buffer, "\">");
  put_tooltip (writer, picture, lane, box->node, name);
  g_string_append_printf (writer->buffer, "<rect width=\"100%%\" height=\"22\" rx=\"2\"%s fill=\"",
                          special ? " class=\"special\"" : "");
  put_colour (writer, fill);
  g_string_append (writer->buffer, "\"/>");
  if (flags & THAW_NODE_ESTIMATED)
    g_string_append_printf (writer->buffer,
                            "<rect width=\"100%%\" height=\"22\" rx=\"2\" fill=\"url(#hatch%u)\"/>",
                            text.r > 0.5f);
  put_label (writer, name, (flags & THAW_NODE_FOLDED) != 0, width);
  thaw_writer_text (writer, "</svg>\n");
}

/* The boxes of a row that are at least 1 / @fineness of a pixel wide; their lengths are in that. */
static void
collect (const ThawPicture *picture,
         const ThawPictureLane *lane,
         guint32 row,
         guint fineness,
         GArray *boxes)
{
  ThawScene scene = thaw_picture_scene (picture, lane, lane->height_px);
  guint n = 0;

  scene.view.width_px *= fineness;
  g_array_set_size (boxes, 0);
  thaw_layout_collect (lane->layout, &scene.view, row, 1, boxes);
  for (guint i = 0; i < boxes->len; i++)
    {
      ThawBox box = g_array_index (boxes, ThawBox, i);

      if (box.n_merged == 1 && box.width_px >= 1)
        g_array_index (boxes, ThawBox, n++) = box;
    }
  g_array_set_size (boxes, n);
}

/* The finest of some finenesses that does not make too many boxes. */
static guint
choose_fineness (const ThawPicture *picture)
{
  const guint finenesses[] = { 10, 5, 2 };
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ThawBox));

  for (guint f = 0; f < G_N_ELEMENTS (finenesses); f++)
    {
      gsize n = 0;

      for (guint i = 0; i < picture->lanes->len && n <= MAX_BOXES; i++)
        {
          const ThawPictureLane *lane = g_ptr_array_index (picture->lanes, i);

          for (guint32 row = 0; row < thaw_layout_get_n_rows (lane->layout); row++)
            {
              collect (picture, lane, row, finenesses[f], boxes);
              n += boxes->len;
            }
        }
      if (n <= MAX_BOXES)
        return finenesses[f];
    }
  return 1;
}

static void
put_lane (ThawWriter *writer,
          const ThawPicture *picture,
          const ThawPictureLane *lane,
          guint fineness)
{
  ThawScene scene = thaw_picture_scene (picture, lane, lane->height_px);
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ThawBox));
  double right = picture->left_px + picture->graph_width_px;

  put_numbers (writer, "<text x=\"%n\" y=\"%n\" class=\"heading\">", picture->left_px,
               lane->heading_px);
  put_escaped (writer, lane->title);
  g_string_append (writer->buffer, "<tspan dx=\"10\" class=\"faint\" font-weight=\"normal\">");
  put_escaped (writer, lane->subtitle);
  g_string_append (writer->buffer, "</tspan></text>\n");
  put_text (writer, "faint end", right, lane->heading_px, lane->total);
  put_numbers (writer, "<g class=\"lane\" data-width=\"%n\" transform=\"translate(%n,%n)\">\n",
               picture->graph_width_px, picture->left_px, lane->top_px);
  for (guint32 row = 0; row < thaw_layout_get_n_rows (lane->layout) && writer->error == NULL; row++)
    {
      collect (picture, lane, row, fineness, boxes);
      for (guint i = 0; i < boxes->len; i++)
        put_box (writer, picture, lane, &g_array_index (boxes, ThawBox, i), fineness,
                 thaw_scene_row_top (&scene, row));
    }
  g_string_append (writer->buffer, "</g>\n");
}

static void
put_legend (ThawWriter *writer, const ThawPicture *picture)
{
  ThawTheme theme = thaw_palette_get_theme (picture->palette);
  double x = picture->left_px;

  for (guint origin = 0; origin < THAW_N_ORIGINS; origin++)
    {
      const char *title = thaw_origin_title (origin);

      put_numbers (writer, "<rect x=\"%n\" y=\"%n\" width=\"12\" height=\"12\" rx=\"2\" fill=\"", x,
                   picture->legend_px - 10);
      put_colour (writer, thaw_palette_origin (origin, theme));
      g_string_append (writer->buffer, "\"/>\n");
      put_text (writer, "faint", x + 18, picture->legend_px, title);
      x += 38 + CHAR_PX * (double) g_utf8_strlen (title, -1);
    }
}

static void
put_head (ThawWriter *writer, const ThawPicture *picture)
{
  double right = picture->left_px + picture->graph_width_px;

  g_string_append (writer->buffer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                   "<svg xmlns=\"http://www.w3.org/2000/svg\"");
  put_numbers (writer, " width=\"%n\" height=\"%n\" viewBox=\"0 0 %n %n\"", picture->width_px,
               picture->height_px, picture->width_px, picture->height_px);
  g_string_append (writer->buffer, " data-prompt=\"");
  put_escaped (writer, _ ("Find functions whose name contains:"));
  g_string_append (writer->buffer, "\" data-matched=\"");
  put_escaped (writer, _ ("%s matched"));
  g_string_append (writer->buffer, "\">\n<title>");
  put_escaped (writer, picture->title);
  g_string_append (writer->buffer, "</title>\n");
  put_style (writer, picture);
  g_string_append (writer->buffer, "<rect width=\"100%\" height=\"100%\" fill=\"");
  put_colour (writer, thaw_palette_background (thaw_palette_get_theme (picture->palette)));
  g_string_append (writer->buffer, "\"/>\n");
  put_text (writer, "title", picture->left_px, 24, picture->title);
  put_text (writer, "faint", picture->left_px, 43, picture->subtitle);
  put_numbers (writer, "<text id=\"matched\" x=\"%n\" y=\"43\" class=\"faint end\"/>\n", right);
  put_numbers (writer,
               "<text id=\"reset\" x=\"%n\" y=\"24\" class=\"faint end button\""
               " visibility=\"hidden\">",
               right - 80);
  put_escaped (writer, _ ("Reset zoom"));
  put_numbers (writer,
               "</text>\n<text id=\"search\" x=\"%n\" y=\"24\" class=\"faint end button\""
               " visibility=\"hidden\">",
               right);
  put_escaped (writer, _ ("Search"));
  g_string_append (writer->buffer, "</text>\n");
}

static void
put_script (ThawWriter *writer)
{
  g_autoptr (GBytes) script = g_resource_lookup_data (thaw_export_get_resource (), SCRIPT,
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_string_append (writer->buffer, "<script><![CDATA[\n");
  g_string_append_len (writer->buffer, g_bytes_get_data (script, NULL),
                       (gssize) g_bytes_get_size (script));
  g_string_append (writer->buffer, "]]></script>\n");
}

static gboolean
write_svg (const ThawProfile *profile,
           const ThawExportOptions *options,
           GOutputStream *out,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (ThawPicture) picture = thaw_picture_new (profile, options, cancellable, error);
  ThawWriter writer;
  guint fineness;

  if (picture == NULL)
    return FALSE;
  fineness = choose_fineness (picture);
  thaw_writer_init (&writer, out, cancellable);
  put_head (&writer, picture);
  for (guint i = 0; i < picture->lanes->len && writer.error == NULL; i++)
    put_lane (&writer, picture, g_ptr_array_index (picture->lanes, i), fineness);
  if (picture->legend)
    put_legend (&writer, picture);
  put_script (&writer);
  thaw_writer_text (&writer, "</svg>\n");
  return thaw_writer_finish (&writer, error);
}

const ThawExporter thaw_exporter_svg = {
  .id = "svg",
  .title = N_ ("Picture to zoom and search in a browser (SVG)"),
  .suffix = "svg",
  .mime = "image/svg+xml",
  .write = write_svg,
};
