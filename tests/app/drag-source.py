#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A small window that files can be dragged out of: drag-source.py FILE…
import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def prepare(source, x, y):
    uris = ''.join(Gio.File.new_for_path(path).get_uri() + '\r\n' for path in sys.argv[1:])
    return Gdk.ContentProvider.new_for_bytes('text/uri-list', GLib.Bytes.new(uris.encode()))


def activate(app):
    window = Gtk.ApplicationWindow(application=app, title='drag source', default_width=160,
                                   default_height=100, child=Gtk.Label(label='drag me'))
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect('prepare', prepare)
    window.add_controller(source)
    window.present()


app = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
app.connect('activate', activate)
app.run([])
