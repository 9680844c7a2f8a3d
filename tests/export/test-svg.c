/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SVG pictures: well-formed XML with a tooltip in every box and nothing from outside, boxes where
 * they belong, whatever names there are.
 */
#include <stdlib.h>
#include <string.h>

#include "picture-fixture.h"
#include "tree-text.h"

/* One box of an SVG, in pixels of its lane. */
typedef struct
{
  double x, y, width;
  char *title;
  guint n_hatches;
} SvgBox;

/* What a parser finds in an SVG. */
typedef struct
{
  GArray *boxes; /* SvgBox */
  GPtrArray *words;
  guint depth, n_lanes;
  gboolean in_box, in_title, has_script;
} Svg;

static const char *
attribute (const char *name, const char **names, const char **values)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];
  return "";
}

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer data,
               GError **error)
{
  Svg *svg = data;
  const char *class = attribute ("class", names, values);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_assert_false (g_str_has_suffix (names[i], "href"));
      g_assert_false (g_str_has_prefix (names[i], "on"));
    }
  svg->depth++;
  svg->n_lanes += g_str_equal (class, "lane");
  svg->has_script |= g_str_equal (element, "script");
  if (g_str_equal (element, "svg") && g_str_equal (class, "b"))
    {
      SvgBox box = { g_ascii_strtod (attribute ("x", names, values), NULL),
                     g_ascii_strtod (attribute ("y", names, values), NULL),
                     g_ascii_strtod (attribute ("data-w", names, values), NULL) };

      g_array_append_val (svg->boxes, box);
      svg->in_box = TRUE;
    }
  if (svg->in_box && g_str_equal (element, "rect") &&
      g_str_has_prefix (attribute ("fill", names, values), "url(#hatch"))
    g_array_index (svg->boxes, SvgBox, svg->boxes->len - 1).n_hatches++;
  svg->in_title = g_str_equal (element, "title");
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Svg *svg = data;

  svg->depth--;
  svg->in_title = FALSE;
  if (g_str_equal (element, "svg") && svg->in_box)
    {
      g_assert_nonnull (g_array_index (svg->boxes, SvgBox, svg->boxes->len - 1).title);
      svg->in_box = FALSE;
    }
}

static void
text (GMarkupParseContext *context, const char *words, gsize length, gpointer data, GError **error)
{
  Svg *svg = data;

  if (svg->in_box && svg->in_title)
    {
      SvgBox *box = &g_array_index (svg->boxes, SvgBox, svg->boxes->len - 1);

      g_assert_null (box->title);
      box->title = g_strndup (words, length);
    }
  else
    g_ptr_array_add (svg->words, g_strndup (words, length));
}

static Svg *
parse_svg (GBytes *bytes)
{
  const GMarkupParser parser = { start_element, end_element, text, NULL, NULL };
  Svg *svg = g_new0 (Svg, 1);
  g_autoptr (GMarkupParseContext)
      context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, svg, NULL);
  g_autoptr (GError) error = NULL;

  svg->boxes = g_array_new (FALSE, FALSE, sizeof (SvgBox));
  svg->words = g_ptr_array_new_with_free_func (g_free);
  g_markup_parse_context_parse (context, g_bytes_get_data (bytes, NULL),
                                (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  g_assert_true (svg->has_script);
  return svg;
}

static void
svg_free (Svg *svg)
{
  for (guint i = 0; i < svg->boxes->len; i++)
    g_free (g_array_index (svg->boxes, SvgBox, i).title);
  g_array_unref (svg->boxes);
  g_ptr_array_unref (svg->words);
  g_free (svg);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Svg, svg_free)

static Svg *
svg_of (const ThawProfile *profile, const ThawExportOptions *options)
{
  g_autoptr (GBytes) bytes = test_export (&thaw_exporter_svg, profile, options);

  return parse_svg (bytes);
}

/* The first box whose tooltip begins with the line @name. */
static const SvgBox *
find_box (const Svg *svg, const char *name)
{
  for (guint i = 0; i < svg->boxes->len; i++)
    {
      const SvgBox *box = &g_array_index (svg->boxes, SvgBox, i);

      if (g_str_has_prefix (box->title, name) && box->title[strlen (name)] == '\n')
        return box;
    }
  g_test_message ("no box %s", name);
  g_assert_not_reached ();
}

static gboolean
has_words (const Svg *svg, const char *words)
{
  for (guint i = 0; i < svg->words->len; i++)
    if (g_str_equal (g_ptr_array_index (svg->words, i), words))
      return TRUE;
  return FALSE;
}

static void
test_svg_boxes (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("main;load;parse 6\nmain;load 1\nmain;show 3\n");
  const ThawExportOptions options = { .width_px = 1028 };
  g_autoptr (Svg) svg = svg_of (profile, &options);
  const SvgBox *parse, *show;

  g_assert_cmpuint (svg->boxes->len, ==, 4);
  g_assert_cmpuint (svg->n_lanes, ==, 1);
  g_assert_cmpfloat (find_box (svg, "main")->width, ==, 1000);
  parse = find_box (svg, "parse");
  g_assert_cmpfloat (parse->x, ==, 0);
  g_assert_cmpfloat (parse->y, ==, 46);
  g_assert_cmpfloat (parse->width, ==, 600);
  g_assert_nonnull (strstr (parse->title, "60"));
  show = find_box (svg, "show");
  g_assert_cmpfloat (show->x, ==, 700);
  g_assert_cmpfloat (show->y, ==, 23);
  g_assert_cmpfloat (show->width, ==, 300);
  g_assert_true (has_words (svg, "parse"));
}

static void
test_svg_flame (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("main;load;parse 6\nmain;show 3\n");
  const ThawExportOptions options = { .flame = TRUE };
  g_autoptr (Svg) svg = svg_of (profile, &options);

  g_assert_cmpfloat (find_box (svg, "main")->y, ==, 46);
  g_assert_cmpfloat (find_box (svg, "parse")->y, ==, 0);
}

static void
test_svg_lanes_share_an_axis (void)
{
  g_autoptr (ThawProfile) profile = test_two_threads ();
  const guint32 lazy = 0;
  ThawExportOptions options = { .width_px = 1028 };
  g_autoptr (Svg) both = svg_of (profile, &options);
  g_autoptr (Svg) merged = NULL;
  g_autoptr (Svg) one = NULL;

  g_assert_cmpuint (both->n_lanes, ==, 2);
  g_assert_true (has_words (both, "Busy"));
  g_assert_true (has_words (both, "Lazy"));
  /* The busiest first, and the other half as wide. */
  g_assert_true (&g_array_index (both->boxes, SvgBox, 0) == find_box (both, "main"));
  g_assert_cmpfloat (find_box (both, "main")->width, ==, 1000);
  g_assert_cmpfloat (find_box (both, "run")->width, ==, 500);

  options.merged = TRUE;
  merged = svg_of (profile, &options);
  g_assert_cmpuint (merged->n_lanes, ==, 1);
  g_assert_cmpfloat_with_epsilon (find_box (merged, "run")->width, 1000 * 5 / 15.0, 0.02);

  options.merged = FALSE;
  options.threads = &lazy;
  options.n_threads = 1;
  one = svg_of (profile, &options);
  g_assert_cmpuint (one->n_lanes, ==, 1);
  g_assert_cmpfloat (find_box (one, "run")->width, ==, 1000);
}

static void
test_svg_leaves_out_the_invisible (void)
{
  g_autoptr (ThawProfile) profile = test_profile ("main;seen 0.02\nmain;unseen 0.009\nmain 100\n");
  const ThawExportOptions options = { .width_px = 1028 };
  g_autoptr (Svg) svg = svg_of (profile, &options);

  g_assert_cmpuint (svg->boxes->len, ==, 2);
  g_assert_cmpfloat (find_box (svg, "seen")->width, >=, 0.1);
}

static void
test_svg_hostile_names (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  const ThawThreadSpec thread = { 1, "<thread> & \"co\" \x01", "" };
  const char *names[] = {
    "<script>alert(\"1\")</script>", "a & b ]]>",    "\x01\x1f tab\tline\nend",
    "\xef\xbf\xbe\xef\xbf\xbf",      "naïve 日本 😀", "\xff\xfe"
  };
  g_autoptr (ThawProfile) profile = NULL;
  const ThawExportOptions options = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (Svg) svg = NULL;
  g_autofree char *xmllint = g_find_program_in_path ("xmllint");
  ThawThreadBuilder *feed = thaw_profile_builder_add_thread (
      builder, thaw_profile_builder_add_process (builder, 1, "p"), &thread, &error);

  thaw_profile_builder_set_title (builder, "<title> & \"more\"");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ThawFrameSpec spec = { names[i], "/a/<b>&\".py", 1, 0, THAW_FUNCTION_PYTHON };
      guint32 frame = thaw_profile_builder_add_frame (builder, &spec);

      g_assert_true (thaw_thread_builder_add_stack (feed, &frame, 1, 1, &error));
    }
  profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  bytes = test_export (&thaw_exporter_svg, profile, &options);
  svg = parse_svg (bytes);
  g_assert_cmpuint (svg->boxes->len, ==, G_N_ELEMENTS (names));
  find_box (svg, names[0]);
  find_box (svg, names[4]);
  for (guint i = 0; i < svg->boxes->len; i++)
    g_assert_true (g_utf8_validate (g_array_index (svg->boxes, SvgBox, i).title, -1, NULL));
  /* GMarkup lets control characters pass; a strict parser does not. */
  if (xmllint != NULL)
    {
      const char *argv[] = { xmllint, "--noout", "-", NULL };
      g_autoptr (GSubprocess) process = g_subprocess_newv (
          argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
      g_autoptr (GBytes) complaints = NULL;

      g_assert_no_error (error);
      g_assert_true (g_subprocess_communicate (process, bytes, NULL, NULL, &complaints, &error));
      g_assert_cmpuint (g_bytes_get_size (complaints), ==, 0);
      g_assert_true (g_subprocess_get_successful (process));
    }
}

static void
test_svg_numbers_have_points (void)
{
  /* A locale with a decimal comma must not reach the coordinates. */
  g_autoptr (ThawProfile) profile = test_profile ("a;x 1\na;y 2\n");
  const ThawExportOptions options = { .width_px = 1000.5 };
  g_autoptr (GBytes) bytes = test_export (&thaw_exporter_svg, profile, &options);
  const char *begin = g_bytes_get_data (bytes, NULL);

  g_assert_nonnull (g_strstr_len (begin, (gssize) g_bytes_get_size (bytes), "width=\"1000.5\""));
}

/* 50 rows of 5 000 boxes would stop a browser: the thin ones are left out. */
static void
test_svg_stays_usable (void)
{
  g_autoptr (ThawProfileBuilder) builder = thaw_profile_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ThawProfile) profile = NULL;
  const ThawThreadSpec spec = { 1, "main", "main" };
  ThawExportOptions options = { .width_px = 1028 };
  g_autoptr (Svg) svg = NULL;
  ThawThreadBuilder *thread = thaw_profile_builder_add_thread (
      builder, thaw_profile_builder_add_process (builder, 1, ""), &spec, &error);
  guint32 stack[50];

  for (guint i = 0; i < 5000; i++)
    {
      for (guint depth = 0; depth < G_N_ELEMENTS (stack); depth++)
        {
          g_autofree char *name = g_strdup_printf ("f%u", (i * 31 + depth) % 5000);
          ThawFrameSpec frame = { name, "a.py", 1, 0, THAW_FUNCTION_PYTHON };

          stack[depth] = thaw_profile_builder_add_frame (builder, &frame);
        }
      g_assert_true (thaw_thread_builder_add_stack (thread, stack, G_N_ELEMENTS (stack),
                                                    i % 10 == 0 ? 10 : 1, &error));
    }
  profile = thaw_profile_builder_finish (builder, &error);
  g_assert_no_error (error);
  svg = svg_of (profile, &options);
  g_assert_cmpuint (svg->boxes->len, ==, 500 * G_N_ELEMENTS (stack));
}

/* 20 000 frames deep: SVG has no limit. */
static void
test_svg_deep (void)
{
  g_autoptr (GString) stack = g_string_new ("f0");
  g_autoptr (ThawProfile) profile = NULL;
  const ThawExportOptions options = { .width_px = 300 };
  g_autoptr (Svg) svg = NULL;

  for (guint i = 1; i < 20000; i++)
    g_string_append_printf (stack, ";f%u", i % 10);
  g_string_append (stack, " 5\n");
  profile = test_profile (stack->str);
  svg = svg_of (profile, &options);
  g_assert_cmpuint (svg->boxes->len, ==, 20000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/svg/boxes", test_svg_boxes);
  g_test_add_func ("/svg/flame", test_svg_flame);
  g_test_add_func ("/svg/lanes-share-an-axis", test_svg_lanes_share_an_axis);
  g_test_add_func ("/svg/leaves-out-the-invisible", test_svg_leaves_out_the_invisible);
  g_test_add_func ("/svg/hostile-names", test_svg_hostile_names);
  g_test_add_func ("/svg/numbers-have-points", test_svg_numbers_have_points);
  g_test_add_func ("/svg/stays-usable", test_svg_stays_usable);
  g_test_add_func ("/svg/deep", test_svg_deep);
  return g_test_run ();
}
