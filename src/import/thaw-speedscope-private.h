/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of the speedscope importer: the document (thaw-import-speedscope.c), its frames
 * (thaw-speedscope-frames.c), the stacks and weights of sampled profiles (thaw-speedscope-samples.c)
 * and the events of evented ones (thaw-speedscope-events.c).
 */
#pragma once

#include "thaw-json-scanner.h"
#include "thaw-profile-builder.h"
#include "thaw-stack-cache.h"

G_BEGIN_DECLS

/* A frame as the file has it; the strings belong to the document's chunk. */
typedef struct
{
  const char *name; /* NULL when missing */
  const char *file; /* NULL when missing */
  guint32 line;     /* 0 when missing */
} ThawSpeedscopeFrame;

/* The document. Frames are named at its end only: what their lines mean depends on the kind of the
 * profiles and on the exporter, and all three may come in any order. */
typedef struct
{
  ThawJson json;
  ThawProfileBuilder *builder;
  GArray *frames; /* of ThawSpeedscopeFrame; NULL until shared.frames was read */
  GStringChunk *strings;
  char *exporter;
  gboolean has_sampled;
  gboolean has_evented;
  guint n_profiles;
  GHashTable *threads;  /* thread id as text → the only ThawThreadBuilder that has it, or NULL */
  ThawStackCache cache; /* salted with the number of the profile */
  gboolean has_unit;
  ThawUnit unit;        /* of the first profile, and so of all */
  guint32 n_used;       /* one more than the largest frame number used … */
  guint64 last_used_at; /* … and the byte where it stands */
} ThawSpeedscope;

/* One of its profiles. */
typedef struct
{
  ThawSpeedscope *doc;
  ThawThreadBuilder *thread;
  char *name;
  ThawUnit unit;
  gboolean left_out; /* its unit cannot be converted to the document's */
  double scale;      /* of its values to the document's unit */
  double start;
  double end;

  /* Sampled: the stack parsed last. */
  guint8 *text;   /* its text with the “]”, and room for THAW_JSON_SLACK bytes … */
  gsize text_len; /* … after its length; 0 before the first stack */
  gsize text_size;
  guint32 depth;   /* how many frames it has … */
  guint32 *ends;   /* … and offset in text behind each one's separator */
  guint32 *frames; /* scratch: those of its frames that differ from the stack before */
  guint32 capacity;
  gboolean has_samples;
  gboolean has_weights;
  guint64 n_samples;
  guint64 n_weights;
  guint32 *leaves; /* of n_leaves samples still without weight: their nodes */
  guint64 n_leaves;
  gsize leaves_size;
  GArray *weights; /* of double: weights still without node */
  guint64 n_negative;

  /* Evented. */
  gboolean has_events;
  GArray *open; /* of guint32: frames, outermost first */
  double last_at;
  guint64 n_backwards;
  guint64 n_unopened;
  guint64 n_skipped;
  guint64 work; /* steps spent on repairing */
} ThawSpeedscopeProfile;

void thaw_speedscope_profile_clear (ThawSpeedscopeProfile *profile);

/* Reads a string, valid until the next call of the scanner; anything else is skipped and gives NULL. */
gboolean thaw_speedscope_read_string (ThawJson *json, const char **text);
/* Reads a number; anything else is skipped and leaves @value alone. */
gboolean thaw_speedscope_read_number (ThawJson *json, double *value);

/* Reads the value of "shared". */
gboolean thaw_speedscope_read_shared (ThawSpeedscope *doc);
/* Names the slots that stacks and events used, once all is read. */
gboolean thaw_speedscope_define_frames (ThawSpeedscope *doc);
/* Notes that @frame is used at byte @at. FALSE over THAW_LIMIT_FRAMES. */
gboolean thaw_speedscope_use_frame (ThawSpeedscope *doc, guint64 frame, guint64 at);

/* Read the value of "samples", "weights" or "events" at the scanner. */
gboolean thaw_speedscope_read_samples (ThawSpeedscopeProfile *profile);
gboolean thaw_speedscope_read_weights (ThawSpeedscopeProfile *profile);
gboolean thaw_speedscope_read_events (ThawSpeedscopeProfile *profile);
/* Once the whole profile is read: pairs what is left, closes what is open, warns. @at is the byte to
 * name in errors. */
gboolean thaw_speedscope_finish_samples (ThawSpeedscopeProfile *profile, guint64 at);
void thaw_speedscope_finish_events (ThawSpeedscopeProfile *profile);

G_END_DECLS
