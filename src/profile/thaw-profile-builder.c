/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thaw-profile-builder.h"

ThawProfileBuilder *
thaw_profile_builder_new (void)
{
  return NULL;
}

void
thaw_profile_builder_free (ThawProfileBuilder *builder)
{
}

void
thaw_profile_builder_set_format (ThawProfileBuilder *builder, const char *id)
{
}

void
thaw_profile_builder_set_tool (ThawProfileBuilder *builder, const char *tool)
{
}

void
thaw_profile_builder_set_title (ThawProfileBuilder *builder, const char *title)
{
}

void
thaw_profile_builder_set_kind (ThawProfileBuilder *builder, ThawKind kind)
{
}

void
thaw_profile_builder_set_unit (ThawProfileBuilder *builder, ThawUnit unit, ThawMeaning meaning)
{
}

void
thaw_profile_builder_warn (ThawProfileBuilder *builder, const char *format, ...)
{
}

guint32
thaw_profile_builder_add_frame (ThawProfileBuilder *builder, const ThawFrameSpec *spec)
{
  return 0;
}

gboolean
thaw_profile_builder_define_frame (ThawProfileBuilder *builder, guint32 slot, const ThawFrameSpec *spec, GError **error)
{
  return 0;
}

guint32
thaw_profile_builder_add_process (ThawProfileBuilder *builder, gint64 pid, const char *name)
{
  return 0;
}

ThawThreadBuilder *
thaw_profile_builder_add_thread (ThawProfileBuilder *builder, guint32 process, const ThawThreadSpec *spec, GError **error)
{
  return NULL;
}

ThawThreadBuilder *
thaw_profile_builder_new_thread (ThawProfileBuilder *builder, guint32 process, const ThawThreadSpec *spec, GError **error)
{
  return NULL;
}

void
thaw_thread_builder_set_name (ThawThreadBuilder *thread, const char *name)
{
}

void
thaw_thread_builder_set_start (ThawThreadBuilder *thread, double start)
{
}

guint32
thaw_thread_builder_set_stack (ThawThreadBuilder *thread, guint32 keep, const guint32 *frames, guint32 n, GError **error)
{
  return 0;
}

gboolean
thaw_thread_builder_add_sample (ThawThreadBuilder *thread, guint32 node, double weight, GError **error)
{
  return 0;
}

gboolean
thaw_thread_builder_add_stack (ThawThreadBuilder *thread, const guint32 *frames, guint32 n, double weight, GError **error)
{
  return 0;
}

void
thaw_thread_builder_set_ordered (ThawThreadBuilder *thread)
{
}

gboolean
thaw_thread_builder_enter (ThawThreadBuilder *thread, guint32 frame, double at, GError **error)
{
  return 0;
}

gboolean
thaw_thread_builder_leave (ThawThreadBuilder *thread, guint32 frame, double at, GError **error)
{
  return 0;
}

guint32
thaw_thread_builder_leave_all (ThawThreadBuilder *thread, double at)
{
  return 0;
}

gboolean
thaw_thread_builder_add_function (ThawThreadBuilder *thread, guint32 frame, guint64 calls, guint64 primitive_calls, double self, double total, GError **error)
{
  return 0;
}

gboolean
thaw_thread_builder_add_edge (ThawThreadBuilder *thread, guint32 caller, guint32 callee, guint64 calls, guint64 primitive_calls, double self, double total, GError **error)
{
  return 0;
}

gboolean
thaw_profile_builder_add_profile (ThawProfileBuilder *builder, const ThawProfile *profile, GError **error)
{
  return 0;
}

ThawProfile *
thaw_profile_builder_finish (ThawProfileBuilder *builder, GError **error)
{
  return NULL;
}

