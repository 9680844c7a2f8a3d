/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawSandwich: the callers and the callees of the document's selected function. Activating a row
 * selects that function, so that one walks through the program; Back returns.
 *
 * Property: "document" (ThawDocument, nullable).
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-document.h"
#include "thaw-function-view.h"

G_BEGIN_DECLS

#define THAW_TYPE_SANDWICH (thaw_sandwich_get_type ())
G_DECLARE_FINAL_TYPE (ThawSandwich, thaw_sandwich, THAW, SANDWICH, GtkWidget)

/* (transfer none) */
ThawFunctionView *thaw_sandwich_get_callers (ThawSandwich *self);
ThawFunctionView *thaw_sandwich_get_callees (ThawSandwich *self);

G_END_DECLS
