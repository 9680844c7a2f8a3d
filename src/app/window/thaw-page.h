/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThawPage: what is in a tab: a profile being opened, the reason why it could not be, or the profile
 * with its sidebar, graph and functions.
 *
 * Properties (read-only): "title" (s), "subtitle" (s), "loading" (b), "document" (ThawDocument,
 * %NULL until it is open). "searching" (b, read-write): whether the search bar is shown.
 */
#pragma once

#include <adwaita.h>
#include "thaw-document.h"
#include "thaw-settings.h"

G_BEGIN_DECLS

#define THAW_TYPE_PAGE (thaw_page_get_type ())
G_DECLARE_FINAL_TYPE (ThawPage, thaw_page, THAW, PAGE, AdwBin)

GtkWidget *
thaw_page_new (ThawSettings *settings, GFile *const *files, guint n_files, gboolean merged);
const char *thaw_page_get_title (ThawPage *self);
ThawDocument *thaw_page_get_document (ThawPage *self); /* (nullable) (transfer none) */
gboolean thaw_page_get_loading (ThawPage *self);
/* Why the page shows no profile; (nullable) (transfer none). */
const GError *thaw_page_get_error (ThawPage *self);
/* How the profile is looked at: "page.…" for menus and keys; (transfer none). */
GActionGroup *thaw_page_get_actions (ThawPage *self);
/* Reads the files again; what is shown stays until the new profile is there. */
void thaw_page_reload (ThawPage *self);
/* Shows the search bar and puts the cursor there. */
void thaw_page_start_search (ThawPage *self);

G_END_DECLS
