/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Speedscope JSON, one of its profiles a thread, written as a stream: profiles first and the frame
 * table last, as py-spy does, so that only frames that were used get a number.
 *
 * A thread whose sequence knows which activations go on (a trace) becomes an evented profile, with
 * every call at its time; one with a sequence becomes a sampled profile in time order; any other gets
 * a sample for each node with time of its own. The format is described in speedscope's
 * file-format-schema.json.
 */
#include "thaw-config.h"
#include "thaw-export-private.h"
#include "thaw-writer.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  const ThawProfile *profile;
  const ThawExportOptions *options;
  ThawTreeKey key;
  ThawWriter writer;
  guint32 *numbers; /* frame of a tree → number in the file + 1 */
  GArray *frames;   /* of guint32: number in the file → frame of a tree */
  guint32 special[G_MAXUINT32 - THAW_FRAME_FIRST_SPECIAL + 1]; /* the same for special frames */
  GArray *stack;                                               /* of guint32: scratch */
} Speedscope;

/* The file's number for the frame of a node in a tree keyed by @key. */
static guint32
frame_number (Speedscope *file, ThawTreeKey key, guint32 frame)
{
  if (file->key == THAW_KEY_FUNCTION)
    frame = thaw_profile_frame_function (file->profile, key, frame);
  guint32 *number = frame < THAW_FRAME_FIRST_SPECIAL
                        ? &file->numbers[frame]
                        : &file->special[frame - THAW_FRAME_FIRST_SPECIAL];
  if (*number == 0)
    {
      g_array_append_val (file->frames, frame);
      *number = file->frames->len;
    }
  return *number - 1;
}

/* Leaves the path of @node, root first, in the scratch stack. */
static void
make_stack (Speedscope *file, const ThawTree *tree, guint32 node)
{
  guint32 depth = thaw_tree_depth (tree, node);
  g_array_set_size (file->stack, depth);
  guint32 *stack = (guint32 *) (gpointer) file->stack->data;
  for (guint32 i = depth; i > 0; node = tree->parent[node])
    stack[--i] = tree->frame[node];
  for (guint32 i = 0; i < depth; i++) /* so that frames are numbered as they are read */
    stack[i] = frame_number (file, tree->key, stack[i]);
}

/* Writes the stack of @node as one sample. */
static void
put_sample (Speedscope *file, const ThawTree *tree, guint32 node, gboolean first)
{
  make_stack (file, tree, node);
  thaw_writer_text (&file->writer, first ? "[" : ",[");
  for (guint i = 0; i < file->stack->len; i++)
    {
      if (i > 0)
        thaw_writer_text (&file->writer, ",");
      thaw_writer_integer (&file->writer, g_array_index (file->stack, guint32, i));
    }
  thaw_writer_text (&file->writer, "]");
}

static inline double
sequence_value (const ThawSequence *sequence, gsize i)
{
  return sequence->value != NULL ? sequence->value[i] : sequence->constant;
}

/* Samples and weights of a thread with a sequence. */
static void
put_sequence (Speedscope *file, const ThawTree *tree, const ThawSequence *sequence)
{
  thaw_writer_text (&file->writer, ",\"samples\":[");
  for (gsize i = 0; i < sequence->n; i++)
    put_sample (file, tree, sequence->node[i], i == 0);
  thaw_writer_text (&file->writer, "],\"weights\":[");
  for (gsize i = 0; i < sequence->n; i++)
    {
      if (i > 0)
        thaw_writer_text (&file->writer, ",");
      thaw_writer_number (&file->writer, sequence_value (sequence, i));
    }
}

/* Samples and weights of a thread without one. */
static void
put_nodes (Speedscope *file, const ThawTree *tree)
{
  gboolean first = TRUE;
  thaw_writer_text (&file->writer, ",\"samples\":[");
  for (guint32 node = 0; node < tree->n_nodes; node++)
    if (fabs (tree->self[node]) > 0)
      {
        put_sample (file, tree, node, first);
        first = FALSE;
      }
  thaw_writer_text (&file->writer, "],\"weights\":[");
  first = TRUE;
  for (guint32 node = 0; node < tree->n_nodes; node++)
    if (fabs (tree->self[node]) > 0)
      {
        thaw_writer_text (&file->writer, first ? "" : ",");
        thaw_writer_number (&file->writer, tree->self[node]);
        first = FALSE;
      }
}

/* Writes one event. */
static void
put_event (Speedscope *file, gboolean *first, char type, guint32 frame, double at)
{
  const char start[] = { '{', '"', 't', 'y', 'p', 'e', '"', ':', '"', type, '\0' };
  if (!*first)
    thaw_writer_text (&file->writer, ",");
  thaw_writer_text (&file->writer, start);
  thaw_writer_text (&file->writer, "\",\"frame\":");
  thaw_writer_integer (&file->writer, frame);
  thaw_writer_text (&file->writer, ",\"at\":");
  thaw_writer_number (&file->writer, at);
  thaw_writer_text (&file->writer, "}");
  *first = FALSE;
}

/* Enter and leave events of a thread whose sequence knows what goes on from sample to sample. */
static void
put_events (Speedscope *file, const ThawTree *tree, const ThawSequence *sequence, double at)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean first = TRUE;
  thaw_writer_text (&file->writer, ",\"events\":[");
  for (gsize i = 0; i <= sequence->n; i++)
    {
      guint32 keep = i < sequence->n ? sequence->keep[i] : 0;
      while (open->len > keep)
        {
          put_event (file, &first, 'C', g_array_index (open, guint32, open->len - 1), at);
          g_array_set_size (open, open->len - 1);
        }
      if (i == sequence->n)
        break;
      make_stack (file, tree, sequence->node[i]);
      for (guint depth = open->len; depth < file->stack->len; depth++)
        {
          guint32 frame = g_array_index (file->stack, guint32, depth);
          g_array_append_val (open, frame);
          put_event (file, &first, 'O', frame, at);
        }
      at += sequence_value (sequence, i);
    }
}

/* What a thread is called in the file: as py-spy does where ids are known. */
static char *
thread_name (const ThawProfile *profile, const ThawThread *thread)
{
  const ThawProcess *process = thaw_profile_get_process (profile, thread->process);
  GString *name = g_string_new (NULL);
  if (process->pid >= 0)
    g_string_append_printf (name, "Process %" G_GINT64_FORMAT, process->pid);
  else if (thread->id < 0)
    g_string_append (name, process->name);
  if (name->len > 0 && (thread->id >= 0 || *thread->name != '\0'))
    g_string_append_c (name, ' ');
  if (thread->id > G_MAXUINT32)
    g_string_append_printf (name, "Thread 0x%" G_GINT64_MODIFIER "X", thread->id);
  else if (thread->id >= 0)
    g_string_append_printf (name, "Thread %" G_GINT64_FORMAT, thread->id);
  if (*thread->name != '\0' && (process->pid >= 0 || thread->id >= 0))
    g_string_append_printf (name, "%s\"%s\"", thread->id >= 0 ? " " : "", thread->name);
  else
    g_string_append (name, thread->name);
  if (name->len == 0)
    g_string_append (name, thaw_profile_get_title (profile));
  return g_string_free (name, FALSE);
}

/* The length of a sequence. */
static double
sequence_length (const ThawSequence *sequence)
{
  double sum = 0;
  for (gsize i = 0; i < sequence->n; i++)
    sum += sequence_value (sequence, i);
  return sum;
}

/* Writes one thread. FALSE: its tree could not be made. */
static gboolean
put_thread (Speedscope *file, guint32 number, GError **error)
{
  const ThawThread *thread = thaw_profile_get_thread (file->profile, number);
  const ThawSequence *sequence = thaw_profile_get_sequence (file->profile, number);
  gboolean evented = sequence != NULL && sequence->keep != NULL;
  ThawUnit unit = thaw_profile_get_unit (file->profile);
  g_autofree char *name = thread_name (file->profile, thread);
  g_autoptr (ThawTree) tree = NULL;
  ThawTreeOptions tree_options = { .key = file->key };
  if (sequence != NULL)
    tree = thaw_tree_ref (thaw_profile_get_location_tree (file->profile, number));
  else
    tree = thaw_trees_for_threads (file->profile, &number, 1, &tree_options,
                                   file->writer.cancellable, error);
  if (tree == NULL)
    return FALSE;

  double start = isfinite (thread->start) ? thread->start : 0;
  double length = sequence != NULL ? sequence_length (sequence) : tree->total[0];
  thaw_writer_text (&file->writer, evented ? "{\"type\":\"evented\",\"name\":"
                                           : "{\"type\":\"sampled\",\"name\":");
  thaw_writer_json (&file->writer, name);
  thaw_writer_text (&file->writer, ",\"unit\":\"");
  thaw_writer_text (&file->writer, unit == THAW_UNIT_SAMPLES ? "none" : thaw_unit_to_string (unit));
  thaw_writer_text (&file->writer, "\",\"startValue\":");
  thaw_writer_number (&file->writer, start);
  thaw_writer_text (&file->writer, ",\"endValue\":");
  thaw_writer_number (&file->writer, start + length);
  if (evented)
    put_events (file, tree, sequence, start);
  else if (sequence != NULL)
    put_sequence (file, tree, sequence);
  else
    put_nodes (file, tree);
  thaw_writer_text (&file->writer, "]}");
  return TRUE;
}

/* Writes the table of the frames that were used. */
static void
put_frames (Speedscope *file)
{
  for (guint i = 0; i < file->frames->len; i++)
    {
      guint32 frame = g_array_index (file->frames, guint32, i);
      guint32 line = thaw_export_line (file->profile, file->key, frame);
      thaw_writer_text (&file->writer, i > 0 ? ",\n{\"name\":" : "\n{\"name\":");
      thaw_writer_json (&file->writer, thaw_profile_frame_name (file->profile, file->key, frame));
      if (frame < THAW_FRAME_FIRST_SPECIAL)
        {
          guint32 function = thaw_profile_frame_function (file->profile, file->key, frame);
          const char *path = thaw_profile_get_function (file->profile, function)->file;
          if (path != NULL)
            {
              thaw_writer_text (&file->writer, ",\"file\":");
              thaw_writer_json (&file->writer, path);
            }
        }
      if (line > 0)
        {
          thaw_writer_text (&file->writer, ",\"line\":");
          thaw_writer_integer (&file->writer, line);
        }
      thaw_writer_text (&file->writer, "}");
    }
}

/* Writes everything. FALSE: a tree could not be made; failures of writing are the writer's. */
static gboolean
put_file (Speedscope *file, const GArray *threads, GError **error)
{
  thaw_writer_text (&file->writer,
                    "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\","
                    "\"exporter\":\"thaw " THAW_VERSION "\",\"name\":");
  thaw_writer_json (&file->writer, thaw_profile_get_title (file->profile));
  thaw_writer_text (&file->writer, ",\"activeProfileIndex\":0,\"profiles\":[");
  for (guint i = 0; i < threads->len; i++)
    {
      thaw_writer_text (&file->writer, i > 0 ? ",\n" : "\n");
      if (!put_thread (file, g_array_index (threads, guint32, i), error))
        return FALSE;
    }
  thaw_writer_text (&file->writer, "\n],\"shared\":{\"frames\":[");
  put_frames (file);
  thaw_writer_text (&file->writer, "\n]}}\n");
  return TRUE;
}

static gboolean
write_speedscope (const ThawProfile *profile,
                  const ThawExportOptions *options,
                  GOutputStream *out,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GArray) threads = thaw_export_threads (profile, options);
  guint32 n_frames = options->lines ? thaw_profile_get_n_locations (profile)
                                    : thaw_profile_get_n_functions (profile);
  g_autofree guint32 *numbers = g_new0 (guint32, MAX (n_frames, 1));
  Speedscope file = {
    .profile = profile,
    .options = options,
    .key = options->lines ? THAW_KEY_LOCATION : THAW_KEY_FUNCTION,
    .numbers = numbers,
    .frames = g_array_new (FALSE, FALSE, sizeof (guint32)),
    .stack = g_array_new (FALSE, FALSE, sizeof (guint32)),
  };
  thaw_writer_init (&file.writer, out, cancellable);
  gboolean fine = put_file (&file, threads, error);
  fine = thaw_writer_finish (&file.writer, fine ? error : NULL) && fine;
  g_array_unref (file.frames);
  g_array_unref (file.stack);
  return fine;
}

const ThawExporter thaw_exporter_speedscope = {
  .id = "speedscope",
  .title = N_ ("Speedscope JSON"),
  .suffix = "speedscope.json",
  .mime = "application/json",
  .write = write_speedscope,
};
