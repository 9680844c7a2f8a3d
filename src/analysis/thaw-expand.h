/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a balanced flow to a tree. Private to this folder.
 */
#pragma once

#include "thaw-flow.h"

#include <gio/gio.h>

G_BEGIN_DECLS

ThawTree *
thaw_expand (const ThawFlow *flow, double epsilon, GCancellable *cancellable, GError **error);

G_END_DECLS
