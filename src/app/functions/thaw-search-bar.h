/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawSearchBar: the bar that slides in to search the functions of the document: entry, regular
 * expression switch, how much matches, and steps to the next and the previous match.
 *
 * Properties: "document" (ThawDocument, nullable), "search-mode-enabled" (b): whether it is shown;
 * hiding it clears the search. "key-capture-widget" (GtkWidget, nullable): typing there starts it.
 */
#pragma once

#include <gtk/gtk.h>
#include "thaw-document.h"

G_BEGIN_DECLS

#define THAW_TYPE_SEARCH_BAR (thaw_search_bar_get_type ())
G_DECLARE_FINAL_TYPE (ThawSearchBar, thaw_search_bar, THAW, SEARCH_BAR, GtkWidget)

GtkWidget *thaw_search_bar_new (void);
/* Shows the bar, selects what is in its entry and puts the cursor there. */
void thaw_search_bar_start (ThawSearchBar *self);

G_END_DECLS
