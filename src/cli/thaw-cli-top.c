/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `thaw-cli top`: the functions that took the most time. As text for people, in columns, or as JSON of
 * a shape that stays.
 */
#include "thaw-cli-private.h"
#include "thaw-export-table.h"
#include "thaw-format.h"
#include "thaw-names.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Columns of text: room for "310 442 samples" and "< 0.01 %". */
#define VALUE_WIDTH 16
#define SHARE_WIDTH 9
#define CALLS_WIDTH 12

typedef enum
{
  BY_SELF,
  BY_TOTAL,
  BY_CALLS
} By;

typedef struct
{
  const ThawProfile *profile;
  By by;
} Order;

/* Greater first; what is no number last. */
static int
compare_down (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a < b) - (a > b);
}

/* Total order of rows: the column asked for, then self, total, name, number. */
static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const ThawFunctionRow *x = a, *y = b;
  const Order *order = data;
  int result = 0;
  if (order->by == BY_TOTAL)
    result = compare_down (x->total, y->total);
  else if (order->by == BY_CALLS)
    result = compare_down (x->calls, y->calls);
  if (result == 0)
    result = compare_down (x->self, y->self);
  if (result == 0)
    result = compare_down (x->total, y->total);
  if (result == 0)
    result = strcmp (thaw_profile_get_function (order->profile, x->function)->name,
                     thaw_profile_get_function (order->profile, y->function)->name);
  return result != 0 ? result : (x->function > y->function) - (x->function < y->function);
}

/* Appends @text right-aligned in @width columns, with a space before it whatever its length. */
static void
append_right (GString *line, const char *text, int width)
{
  int pad = width - (int) g_utf8_strlen (text, -1);
  g_string_append_printf (line, "%*s%s", MAX (pad, 1), "", text);
}

/* Appends a value and its share of @sum. */
static void
append_value (GString *line, ThawUnit unit, double value, double sum, gboolean exact)
{
  g_autofree char *number = thaw_format_value (unit, value);
  g_autofree char *marked = exact ? g_steal_pointer (&number) : g_strconcat ("≈ ", number, NULL);
  g_autofree char *share = fabs (sum) > 0 ? thaw_format_share (value / sum) : g_strdup ("–");
  append_right (line, marked, VALUE_WIDTH);
  append_right (line, share, SHARE_WIDTH);
}

/* Prints the table for people. @sum: total of the chosen threads. */
static ThawExit
print_text (const ThawProfile *profile, const GArray *rows, guint n, double sum)
{
  ThawUnit unit = thaw_profile_get_unit (profile);
  g_autoptr (GString) text = g_string_new (NULL);
  append_right (text, _ ("self"), VALUE_WIDTH);
  append_right (text, "", SHARE_WIDTH);
  append_right (text, _ ("total"), VALUE_WIDTH);
  append_right (text, "", SHARE_WIDTH);
  append_right (text, _ ("calls"), CALLS_WIDTH);
  g_string_append_printf (text, "  %s\n", _ ("function"));
  for (guint i = 0; i < n; i++)
    {
      const ThawFunctionRow *row = &g_array_index (rows, ThawFunctionRow, i);
      const ThawFunction *function = thaw_profile_get_function (profile, row->function);
      g_autofree char *calls = thaw_format_count (row->calls);
      g_autofree char *name = thaw_display_name (function);
      g_autofree char *place = thaw_place_of (function);
      append_value (text, unit, row->self, sum, TRUE);
      append_value (text, unit, row->total, sum, row->exact);
      append_right (text, calls, CALLS_WIDTH);
      g_string_append_printf (text, "  %s%s%s\n", name, *place != '\0' ? "  " : "", place);
    }
  if (n < rows->len)
    {
      guint left = rows->len - n;
      g_string_append_printf (text,
                              ngettext ("… and %u more function (-n 0 prints all)\n",
                                        "… and %u more functions (-n 0 prints all)\n", left),
                              left);
    }
  return thaw_output_print (text);
}

/* Prints the first @n rows as JSON. */
static ThawExit
print_json (const ThawProfile *profile, const GArray *rows, guint n)
{
  g_autoptr (GError) error = NULL;
  ThawOutput *output = thaw_output_open (NULL, &error);
  gboolean fine = thaw_export_functions_json (profile,
                                              (const ThawFunctionRow *) (gpointer) rows->data, n,
                                              thaw_output_stream (output), NULL, &error);
  thaw_output_close (output, FALSE, NULL);
  if (fine)
    return THAW_EXIT_DONE;
  thaw_cli_fail ("%s", error->message);
  return THAW_EXIT_WRITE;
}

/* The column called @name; FALSE when there is none. */
static gboolean
parse_by (const char *name, By *by)
{
  static const char *const names[] = { "self", "total", "calls" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      {
        *by = (By) i;
        return TRUE;
      }
  return FALSE;
}

/* Makes the table of the chosen threads in the order asked for, and prints it. */
static ThawExit
print_table (const ThawProfile *profile, char **choices, By by, guint number, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) threads = thaw_cli_choose_threads (profile, choices);
  if (threads == NULL)
    return THAW_EXIT_USAGE;
  const guint32 *chosen = (const guint32 *) (gpointer) threads->data;
  g_autoptr (GArray) rows = thaw_function_table_new (profile, chosen, threads->len, NULL, &error);
  if (rows == NULL)
    {
      thaw_cli_fail ("%s", error->message);
      return THAW_EXIT_OPEN;
    }
  double sum = 0;
  for (guint i = 0; i < threads->len; i++)
    sum += thaw_profile_get_thread (profile, chosen[i])->total;

  Order order = { profile, by };
  g_array_sort_with_data (rows, compare_rows, &order);
  guint n = number > 0 ? MIN (number, rows->len) : rows->len;
  return json ? print_json (profile, rows, n) : print_text (profile, rows, n, sum);
}

static ThawExit
run (GOptionContext *context, int argc, char **argv)
{
  gboolean json = FALSE;
  int number = 20;
  g_autofree char *by_name = NULL;
  g_auto (GStrv) choices = NULL;
  g_auto (GStrv) arguments = NULL;
  const GOptionEntry entries[] = {
    { "thread", 't', 0, G_OPTION_ARG_STRING_ARRAY, &choices,
      N_ ("Only this thread: its name, its id, or pid/id; may be repeated"), N_ ("THREAD") },
    { "by", 'b', 0, G_OPTION_ARG_STRING, &by_name, N_ ("Order by self (default), total or calls"),
      "self|total|calls" },
    { "number", 'n', 0, G_OPTION_ARG_INT, &number, N_ ("How many functions (default 20; 0: all)"),
      "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON, for programs"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  By by = BY_SELF;
  if (!thaw_cli_parse (context, entries, argc, argv, &arguments))
    return THAW_EXIT_USAGE;
  if (by_name != NULL && !parse_by (by_name, &by))
    return thaw_cli_usage (_ ("Functions cannot be ordered by “%s”, only by self, total or calls"),
                           by_name);
  if (number < 0)
    return thaw_cli_usage (_ ("A table of %d functions cannot be printed"), number);

  g_autoptr (ThawProfile) profile = thaw_cli_open_merged (arguments);
  if (profile == NULL)
    return THAW_EXIT_OPEN;
  return print_table (profile, choices, by, (guint) number, json);
}

const ThawCommand thaw_command_top = {
  .name = "top",
  .arguments = N_ ("FILE…"),
  .summary = N_ ("Print the functions that took the most time"),
  .details = N_ ("Self is the time in a function itself, total that with everything it called; a\n"
                 "recursive function's total counts once. Shares are of all chosen threads.\n"
                 "Several files are added up. A total after “≈” is an estimate.\n"
                 "\n"
                 "Examples:\n"
                 "  thaw-cli top worker.prof\n"
                 "  thaw-cli top --by total -n 10 --thread MainThread pyspy.speedscope.json\n"
                 "  thaw-cli top --json -n 0 workers/ | jq '.functions[0]'"),
  .run = run,
};
