/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawDetails: everything the capture tells of the document's selected function: where it stands,
 * its numbers and how sure they are, and what its lines cost, beside their source where the file can
 * be read.
 *
 * Property: "document" (ThawDocument, nullable).
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-document.h"

G_BEGIN_DECLS

#define THAW_TYPE_DETAILS (thaw_details_get_type ())
G_DECLARE_FINAL_TYPE (ThawDetails, thaw_details, THAW, DETAILS, GtkWidget)

G_END_DECLS
