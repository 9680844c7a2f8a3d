#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The program as a person has it: started from the command line, with real keys, a real pointer, real
# drags between two programs, and the accessibility tree. Run by with-display.sh --bus; speaks TAP.
#
#   test-desktop.py THAW
#
# Nothing here waits for a fixed time: every step waits until what it has caused is there.
import gzip
import os
import subprocess
import sys
import tempfile
import time

THAW = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
DEADLINE = 20 * (5 if os.environ.get('THAW_SANITIZED') else 1)
FOLDER = tempfile.mkdtemp(prefix='thaw-desktop-')
# GTK is told to speak to the accessibility bus, which the other tests switch off.
os.environ['ATSPI_NO_CACHE'] = '1'
ENV = {k: v for k, v in os.environ.items() if k != 'GTK_A11Y'}
# The program is stopped, not ended, so that leaks are for the other tests to find; unwinding the stack
# at every allocation, which finding them asks for, makes it start twenty times more slowly.
ENV['ASAN_OPTIONS'] = os.environ.get('ASAN_OPTIONS', '') + ':fast_unwind_on_malloc=1:detect_leaks=0'


class Failure(Exception):
    pass


def wait(what, find):
    """Calls FIND until it gives something; the name of what is missing is the failure."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        try:
            found = find()
        except (GLib.Error, TypeError, AttributeError):  # what was looked at has gone meanwhile
            found = None
        if found:
            return found
        time.sleep(0.05)
    raise Failure('waited in vain for ' + what)


def xdotool(*args):
    done = subprocess.run(['xdotool', *map(str, args)], capture_output=True, text=True)
    return done.stdout.split('\n')[:-1]


def titles():
    return {window: (xdotool('getwindowname', window) or [''])[0]
            for window in xdotool('search', '--onlyvisible', '--name', '.')}


def window_called(title):
    return wait(f'a window called {title!r}',
                lambda: next((w for w, name in titles().items() if name == title), None))


def focus(window):
    xdotool('windowfocus', '--sync', window)
    return window


def write(name, text):
    path = os.path.join(FOLDER, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as out:
        out.write(text.encode() if isinstance(text, str) else text)
    return path


class Program:
    """A running Thaw whose window is at the top left."""

    def __init__(self, *args):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([THAW, *args], env=ENV, stderr=self.errors)

    def __enter__(self):
        return self

    def show(self, title):
        window = window_called(title)
        xdotool('windowmove', '--sync', window, 0, 0)
        xdotool('windowsize', '--sync', window, 1000, 700)
        return focus(window)

    def tree(self):
        """The program in the accessibility tree."""
        desktop = pyatspi.Registry.getDesktop(0)
        return next((app for app in desktop if app and app.get_process_id() == self.process.pid), None)

    def named(self, role, name):
        def find():
            app = self.tree()
            return app and pyatspi.findDescendant(
                app, lambda node: node.name.endswith(name) and node.getRoleName() == role)
        return wait(f'{role} {name!r} in the accessibility tree', find)

    def nodes(self, role):
        app = self.tree()
        return pyatspi.findAllDescendants(app, lambda node: node.getRoleName() == role) if app else []

    def names(self, role):
        return [node.name for node in self.nodes(role)]

    def press(self, name, role='push button'):
        self.named(role, name).queryAction().doAction(0)

    def rows(self):
        """The names of the rows of threads, once a profile is open."""
        return wait('rows of threads',
                    lambda: [name for name in self.names('list item') if name.endswith(' busy')])

    def __exit__(self, kind, error, trace):
        self.process.terminate()
        self.process.wait()
        self.errors.seek(0)
        said = [line for line in self.errors.read().decode().split('\n')
                if 'CRITICAL' in line or 'Gtk-WARNING' in line or 'AddressSanitizer' in line]
        if said and not error:
            raise Failure('the program complained: ' + said[0])


def test_command_line():
    path = write('start.txt.gz', gzip.compress(b'main;load;parse 3\nmain;draw 2\n'))
    version = subprocess.run([THAW, '--version'], capture_output=True, text=True, env=ENV)
    assert version.returncode == 0 and version.stdout.startswith('thaw '), version
    with Program(path) as thaw:
        thaw.show('start.txt.gz – Thaw')


def test_accessibility():
    path = write('names.txt', 'process 1:"x";thread (1): A;main;load 3\n'
                              'process 1:"x";thread (2): B;main;draw 2\n')
    with Program(path) as thaw:
        thaw.show('names.txt – Thaw')
        for name in ('Recent files', 'Sidebar', 'Search', 'Export', 'Main menu', 'Icicle', 'Flame',
                     'Heaviest', 'Alphabetical', 'Time order',
                     'Order of threads', 'What colours mean', 'Try Again', 'Cancel'):
            thaw.named('push button', name)
        thaw.named('list', 'Processes and Threads')
        thaw.rows()
        # A widget without a name is called by its class. The cross of a tab and the list inside a
        # column view are the toolkit's own.
        nameless, = wait('all names', lambda: [
            {(node.name, node.description)
             for role in ('push button', 'entry', 'list', 'list item', 'table')
             for node in thaw.nodes(role)
             if not node.name or node.name.startswith(('Gtk', 'Adw', 'Thaw'))}])
        nameless -= {('GtkImage', 'Close Tab'), ('GtkColumnListView', '')}
        assert not nameless, f'without a name: {nameless}'
        # A button pressed by a screen reader does what it does.
        thaw.press('Search')
        wait('the search to have begun', lambda: 'Search functions and files' in thaw.names('entry'))


def test_open_dialog():
    path = write('chosen.txt', 'main;a 1\n')
    with Program() as thaw:
        thaw.show('Thaw')
        xdotool('key', 'ctrl+o')
        focus(window_called('Open Profiles'))
        xdotool('type', '--delay', 15, path)
        xdotool('key', 'Return')
        window_called('chosen.txt – Thaw')


def test_error_page():
    path = write('broken.bin', b'\x00\x01\x02 nothing that we know')
    with Program(path) as thaw:
        thaw.show('broken.bin – Thaw')
        thaw.named('label', '“broken.bin” Could Not Be Opened')
        write('broken.bin', 'main;mended 1\n')
        thaw.press('Try Again')
        thaw.rows()


def drag(thaw_window, *files):
    """Drags FILES from another program onto the window, as a hand would: slowly."""
    source = subprocess.Popen([sys.executable, os.path.join(HERE, 'drag-source.py'), *files], env=ENV)
    try:
        window = window_called('drag source')
        xdotool('windowmove', '--sync', window, 1200, 100)
        x, y = 1280, 150
        xdotool('mousemove', '--sync', x, y)
        xdotool('mousedown', 1)
        for step in range(1, 31):
            xdotool('mousemove', x + (400 - x) * step // 30, y + (350 - y) * step // 30)
            time.sleep(0.02)
        time.sleep(0.3)
        xdotool('mousemove', '--sync', 403, 352)
        time.sleep(0.2)
        xdotool('mouseup', 1)
        yield
    finally:
        source.terminate()
        source.wait()


def test_drop_file():
    path = write('dropped.txt', 'main;a 1\n')
    with Program() as thaw:
        for _ in drag(thaw.show('Thaw'), path):
            window_called('dropped.txt – Thaw')


def test_drop_folder():
    write('workers/worker-1.txt', 'main;a 1\n')
    write('workers/worker-2.txt', 'main;b 2\n')
    with Program() as thaw:
        for _ in drag(thaw.show('Thaw'), os.path.join(FOLDER, 'workers')):
            thaw.press('One Profile')
            window_called('workers – Thaw')


def test_merge_option():
    paths = [write('one.txt', 'main;a 1\n'), write('two.txt', 'main;b 2\n')]
    with Program('--merge', *paths) as thaw:
        thaw.show(os.path.basename(FOLDER) + ' – Thaw')
        wait('both processes in the list',
             lambda: sum(name.startswith(('one', 'two')) for name in thaw.rows()) == 2)


def test_export():
    path = write('source.txt', 'main;b 2\nmain;a 1\n')
    target = os.path.join(FOLDER, 'saved.collapsed.txt')
    with Program(path) as thaw:
        window = thaw.show('source.txt – Thaw')
        thaw.rows()
        before = set(titles())
        xdotool('key', 'ctrl+e')
        thaw.press('Collapsed stacks', 'menu item')
        dialog = wait('the dialog to save', lambda: next(
            (w for w, name in titles().items() if w not in before and w != window and name), None))
        focus(dialog)
        xdotool('key', 'ctrl+a')
        xdotool('type', '--delay', 15, target)
        xdotool('key', 'Return')
        wait('the file', lambda: os.path.exists(target))
        wait('its content', lambda: open(target).read() == 'main;a 1\nmain;b 2\n')


def test_many_threads():
    stacks = ''.join(f'process {1 + n // 100}:"x";thread ({n}): T{n};work {n % 7 + 1}\n'
                     for n in range(1200))
    path = write('threads.txt', stacks)
    with Program(path) as thaw:
        thaw.show('threads.txt – Thaw')
        # Only rows on show are widgets.
        rows = thaw.rows()
        assert 4 < len(rows) < 300, len(rows)


TESTS = [value for name, value in list(globals().items()) if name.startswith('test_')]

try:
    import pyatspi
    from gi.repository import GLib
except ImportError:
    # Another Python may come first on the path than the one that the system's modules are for.
    if sys.executable != '/usr/bin/python3' and os.path.exists('/usr/bin/python3'):
        os.execv('/usr/bin/python3', ['/usr/bin/python3', *sys.argv])
    print('1..0 # SKIP python3-pyatspi is not installed')
    sys.exit(0)
for tool in ('xdotool',):
    if subprocess.run(['which', tool], capture_output=True).returncode:
        print(f'1..0 # SKIP {tool} is not installed')
        sys.exit(0)

only = sys.argv[2:]
TESTS = [test for test in TESTS if not only or test.__name__ in only]
print(f'1..{len(TESTS)}', flush=True)
failed = 0
for number, test in enumerate(TESTS, 1):
    try:
        test()
        print(f'ok {number} {test.__name__}', flush=True)
    except Exception as error:  # a failure is told, and the others still run
        failed += 1
        if os.environ.get('THAW_SHOTS'):
            subprocess.run(['import', '-window', 'root',
                            os.path.join(os.environ['THAW_SHOTS'], test.__name__ + '.png')])
        print(f'not ok {number} {test.__name__}\n# {type(error).__name__}: {error}', flush=True)
subprocess.run(['rm', '-r', FOLDER])
sys.exit(1 if failed else 0)
