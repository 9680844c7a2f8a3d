/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three small tables: magic bytes at the start, two marks in JSON, two marks in text. The first row
 * that fits names the content; order within a table goes from the particular to the general. Nothing
 * here decides whether a file opens, only how the refusal is worded.
 */
#include "thaw-foreign.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *magic;
  gsize len;
  const char *what;
  const char *advice;
} Magic;

/* A row fits when both marks are in the head (@second may be NULL). */
typedef struct
{
  const char *first;
  const char *second;
  const char *what;
  const char *advice;
} Marks;

#define ADVICE_PERF                                                                                \
  N_ ("Fold it with stackcollapse-perf.pl or inferno-collapse-perf and open that.")
#define ADVICE_UNPACK N_ ("Unpack it first.")
#define ADVICE_PICKLE N_ ("Pickles can run code when read, so Thaw never opens them.")
#define ADVICE_AUSTIN N_ ("Convert it with austin2speedscope and open that.")
#define ADVICE_PYINSTRUMENT N_ ("Write it with “pyinstrument -r speedscope” and open that.")
#define ADVICE_PICTURE                                                                             \
  N_ ("A picture holds no capture; record with “py-spy record -f speedscope” and open that.")
#define ADVICE_TABLE N_ ("Open the file that it was printed from (python -m cProfile -o FILE).")
#define ADVICE_TACHYON N_ ("Replay it as collapsed stacks (python -m profiling.sampling replay).")

#define MAGIC(bytes) bytes, sizeof bytes - 1

static const Magic magics[] = {
  { MAGIC ("PERFILE2"), N_ ("data of perf record"),
    N_ ("Print it with perf script and fold that with stackcollapse-perf.pl.") },
  { MAGIC ("MOJ"), N_ ("a binary capture of austin (MOJO)"), ADVICE_AUSTIN },
  { MAGIC ("HCAT"), N_ ("a binary capture of Python's profiling.sampling"), ADVICE_TACHYON },
  { MAGIC ("TACH"), N_ ("a binary capture of Python's profiling.sampling"), ADVICE_TACHYON },
  { MAGIC ("\x80\x02"), N_ ("a Python pickle, such as line_profiler writes"), ADVICE_PICKLE },
  { MAGIC ("\x80\x03"), N_ ("a Python pickle, such as line_profiler writes"), ADVICE_PICKLE },
  { MAGIC ("\x80\x04"), N_ ("a Python pickle, such as line_profiler writes"), ADVICE_PICKLE },
  { MAGIC ("\x80\x05"), N_ ("a Python pickle, such as line_profiler writes"), ADVICE_PICKLE },
  { MAGIC ("\0\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0"), N_ ("a CPU profile of gperftools"), NULL },
  { MAGIC ("SIMPLEPERF"), N_ ("a capture of Android's simpleperf"), NULL },
  { MAGIC ("SLOW"), N_ ("a trace of Android's ART"), NULL },
  { MAGIC ("*version\n"), N_ ("a trace of Android's ART"), NULL },
  { MAGIC ("memray"), N_ ("a memory capture of memray"), NULL },
  { MAGIC ("FLR\0"), N_ ("a Java flight recording"), NULL },
  { MAGIC ("SQLite format 3"), N_ ("an SQLite database"), NULL },
  { MAGIC ("\x7f"
           "ELF"),
    N_ ("a program or library (ELF)"), NULL },
  { MAGIC ("\x89PNG"), N_ ("a PNG picture"), ADVICE_PICTURE },
  { MAGIC ("\xff\xd8\xff"), N_ ("a JPEG picture"), ADVICE_PICTURE },
  { MAGIC ("GIF8"), N_ ("a GIF picture"), ADVICE_PICTURE },
  { MAGIC ("%PDF"), N_ ("a PDF document"), ADVICE_PICTURE },
  { MAGIC ("PK\x03\x04"), N_ ("a ZIP archive"), ADVICE_UNPACK },
  { MAGIC ("BZh"), N_ ("bzip2-compressed data"), ADVICE_UNPACK },
  { MAGIC ("\xfd"
           "7zXZ"),
    N_ ("xz-compressed data"), ADVICE_UNPACK },
  { MAGIC ("7z\xbc\xaf"), N_ ("a 7-Zip archive"), ADVICE_UNPACK },
  { MAGIC ("\x1f\x8b"), N_ ("data compressed more than twice"), ADVICE_UNPACK },
  { MAGIC ("\x28\xb5\x2f\xfd"), N_ ("data compressed more than twice"), ADVICE_UNPACK },
};

static const Marks json_marks[] = {
  { "\"frame_records\"", NULL, N_ ("a session of pyinstrument"), ADVICE_PYINSTRUMENT },
  { "\"frame_tree\"", NULL, N_ ("a session of pyinstrument"), ADVICE_PYINSTRUMENT },
  { "\"root_frame\"", "\"duration\"", N_ ("a session of pyinstrument"), ADVICE_PYINSTRUMENT },
  { "\"viztracer_metadata\"", NULL, N_ ("a trace of viztracer (Chrome trace)"), NULL },
  { "\"traceEvents\"", NULL, N_ ("a Chrome trace"), NULL },
  { "\"ph\"", "\"ts\"", N_ ("a Chrome trace"), NULL },
  { "\"callFrame\"", "\"selfSize\"", N_ ("a heap profile of V8"), NULL },
  { "\"callFrame\"", "\"nodes\"", N_ ("a CPU profile of V8 (.cpuprofile)"), NULL },
  { "\"preprocessedProfileVersion\"", NULL, N_ ("a profile of the Firefox Profiler"), NULL },
  { "\"profileJSON", NULL, N_ ("a profile of the Firefox Profiler"), NULL },
  { "\"processType\"", "\"meta\"", N_ ("a profile of the Firefox Profiler"), NULL },
  { "\"stackTable\"", "\"frameTable\"", N_ ("a profile of the Firefox Profiler"), NULL },
  { "\"missed_samples\"", "\"frames\"", N_ ("a profile of Ruby's stackprof"), NULL },
  { "\"children\"", "\"value\"", N_ ("the tree of a d3 flame graph"), NULL },
  { "\"costs\"", "\"callchain\"", N_ ("JSON for gprof2dot"), NULL },
};

static const Marks text_marks[] = {
  { "# austin:", NULL, N_ ("a capture of austin"), ADVICE_AUSTIN },
  { "\nfn=", "events:", N_ ("a callgrind profile"), NULL },
  { "Flat profile:", NULL, N_ ("printed text of gprof"), NULL },
  { "<spontaneous>", NULL, N_ ("printed text of gprof"), NULL },
  { "<spontane", NULL, N_ ("printed text of VTune"), NULL },
  { "ncalls", "tottime", N_ ("a printed table of pstats"), ADVICE_TABLE },
  { "Timer unit:", "Line #", N_ ("a printed table of line_profiler"), NULL },
  { "Analysis of sampling", NULL, N_ ("text of the macOS program sample"), NULL },
  { "FUNCTION:NAME", NULL, N_ ("stacks printed by DTrace"),
    N_ ("Fold them with stackcollapse.pl and open that.") },
  { "Weight\tSelf Weight", NULL, N_ ("text copied from Instruments"), NULL },
  { "# captured on:", "perf", N_ ("text of perf script"), ADVICE_PERF },
  { "[kernel.kallsyms]", NULL, N_ ("text of perf script"), ADVICE_PERF },
  { "cpu-clock", NULL, N_ ("text of perf script"), ADVICE_PERF },
  { " cycles:", NULL, N_ ("text of perf script"), ADVICE_PERF },
  { " task-clock:", NULL, N_ ("text of perf script"), ADVICE_PERF },
  { "heap profile:", "@", N_ ("a text profile of gperftools"), NULL },
  { "--- contentionz", NULL, N_ ("a text profile of gperftools"), NULL },
  { "--- threadz", NULL, N_ ("a text profile of gperftools"), NULL },
  { "--- heapz", NULL, N_ ("a text profile of gperftools"), NULL },
  { "v8-version,", NULL, N_ ("a log of V8"), NULL },
  { " samples]", "@ ", N_ ("text of pmcstat"), NULL },
  { "CPU Time:Self", NULL, N_ ("a table of VTune"), NULL },
  { "Elapsed Exclusive Time", NULL, N_ ("a table of Visual Studio's profiler"), NULL },
  { "<svg", NULL, N_ ("an SVG picture"), ADVICE_PICTURE },
  { "<html", NULL, N_ ("a web page"), NULL },
  { "<!DOCTYPE html", NULL, N_ ("a web page"), NULL },
  { "<!doctype html", NULL, N_ ("a web page"), NULL },
  { "hotshot-version", NULL, N_ ("a log of Python 2's hotshot"),
    N_ ("Python 2 can turn it into a pstats file.") },
};

static gboolean
has (const guint8 *head, gsize len, const char *mark)
{
  return mark == NULL || memmem (head, len, mark, strlen (mark)) != NULL;
}

/* Whether there is a byte that no text holds. */
static gboolean
has_control_byte (const guint8 *head, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (head[i] < '\t')
      return TRUE;
  return FALSE;
}

/* Reads a protobuf varint at *@p; FALSE when it is cut off or too long. */
static gboolean
read_varint (const guint8 **p, const guint8 *end, guint64 *value)
{
  *value = 0;
  for (guint shift = 0; *p < end && shift < 64; shift += 7)
    {
      guint8 byte = *(*p)++;
      *value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return TRUE;
    }
  return FALSE;
}

/* Whether the head is a row of fields with the numbers and wire types of pprof's Profile message. */
static gboolean
is_pprof (const guint8 *head, gsize len)
{
  /* Wire type of fields 1 … 15: 2 is bytes, 0 a number. */
  static const guint8 wire[] = { 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0 };
  const guint8 *p = head, *end = head + len;
  guint n_fields = 0;
  for (; p < end && n_fields < 8; n_fields++)
    {
      guint64 key, value;
      if (!read_varint (&p, end, &key) || key < 8 || key >= 16 * 8 ||
          wire[(key >> 3) - 1] != (key & 7) || !read_varint (&p, end, &value))
        return FALSE;
      if ((key & 7) == 0)
        continue;
      if (value > (guint64) (end - p))
        break;
      p += value;
    }
  return n_fields >= 3;
}

static const char *
find_marks (const Marks *rows, gsize n_rows, const guint8 *head, gsize len, const char **advice)
{
  for (gsize i = 0; i < n_rows; i++)
    if (has (head, len, rows[i].first) && has (head, len, rows[i].second))
      {
        *advice = rows[i].advice != NULL ? _ (rows[i].advice) : NULL;
        return _ (rows[i].what);
      }
  return NULL;
}

/* Whether the first line that is no comment is a stack of austin's: "P12;T…". */
static gboolean
is_austin (const guint8 *head, gsize len)
{
  const guint8 *p = head, *end = head + len;
  while (p < end && (*p == '#' || *p == '\n' || *p == '\r'))
    {
      const guint8 *line_end = memchr (p, '\n', (gsize) (end - p));
      p = line_end != NULL ? line_end + 1 : end;
    }
  if (p == end || (*p != 'P' && *p != 'T'))
    return FALSE;
  const guint8 *digits = ++p;
  while (p < end && (g_ascii_isxdigit (*p) || *p == 'x'))
    p++;
  return p > digits && p < end && *p == ';';
}

/**
 * thaw_foreign_recognise:
 * @head: the first bytes, unwrapped
 * @len: how many
 * @advice: (out) (nullable): what to do instead: a translated sentence
 *
 * Returns: (nullable): what the content looks like, translated, to stand after "This looks like"
 */
const char *
thaw_foreign_recognise (const guint8 *head, gsize len, const char **advice)
{
  *advice = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (len >= magics[i].len && memcmp (head, magics[i].magic, magics[i].len) == 0)
      {
        *advice = magics[i].advice != NULL ? _ (magics[i].advice) : NULL;
        return _ (magics[i].what);
      }
  if (has_control_byte (head, MIN (len, 4096)) && is_pprof (head, len))
    return _ ("a pprof profile");

  gsize start = 0;
  while (start < len && (g_ascii_isspace (head[start]) || head[start] >= 0x80))
    start++;
  if (start < len && (head[start] == '{' || head[start] == '['))
    {
      const char *what = find_marks (json_marks, G_N_ELEMENTS (json_marks), head, len, advice);
      return what != NULL ? what : _ ("JSON of another kind");
    }
  if (is_austin (head, len))
    {
      *advice = _ (ADVICE_AUSTIN);
      return _ ("a capture of austin");
    }
  return find_marks (text_marks, G_N_ELEMENTS (text_marks), head, len, advice);
}
