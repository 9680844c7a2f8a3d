/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trees as text for tests, one line per path: "main;load;parse 3". A frame "load@12" is function load
 * running line 12; "load#7" is the load that is defined in line 7.
 */
#pragma once

#include "thaw-profile-builder.h"

G_BEGIN_DECLS

/* The slot of a frame written as above. */
guint32 test_frame (ThawProfileBuilder *builder, const char *text);
/* Feeds lines of "path weight" into a thread through the door for stacks. */
void test_feed (ThawProfileBuilder *builder, ThawThreadBuilder *thread, const char *text);
/* A profile of one thread, "main", from such lines; (transfer full). */
ThawProfile *test_profile (const char *text);

/* Every node with self time, in preorder, as "path self", and " xN" where calls are counted; (transfer
 * full). */
char *test_dump_tree (const ThawProfile *profile, const ThawTree *tree);
/* The location tree of thread @thread in the same form; (transfer full). */
char *test_dump (const ThawProfile *profile, guint32 thread);
/* Per sample of a sequence "path value", and " =N" where it says what is the same; (transfer full). */
char *test_dump_sequence (const ThawProfile *profile, guint32 thread);
/* Rows "name calls/primitive self total" and edges "caller>callee calls/primitive self total";
 * (transfer full). */
char *test_dump_edges (const ThawProfile *profile, guint32 thread);
/* Fails the test unless the columns of @tree are those of a tree in preorder with right totals. */
void test_check_tree (const ThawTree *tree);

/* Fails the test, with a readable difference, unless the (transfer full) text is @expected. */
#define test_assert_text(actual, expected)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *test_actual = (actual);                                                       \
    g_assert_cmpstr (test_actual, ==, (expected));                                                 \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
