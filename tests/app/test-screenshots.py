#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The window as a picture: two sizes, light and dark, compared with pictures that were looked at. Run by
# with-display.sh; speaks TAP.
#
#   test-screenshots.py THAW [--update]     --update writes the pictures to compare with
#
# Both are made four times smaller first, so that single pixels of text do not count, and their root
# mean square difference must stay under TOLERANCE. Toolkits of other versions draw buttons and text
# otherwise, so that the test is skipped with them.
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

THAW = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = tempfile.mkdtemp(prefix='thaw-screenshots-')
DEADLINE = 30 * (5 if os.environ.get('THAW_SANITIZED') else 1)
TOLERANCE = 0.03
SIZES = ((900, 620), (1400, 880))
CAPTURE = '''\
thread (1): MainThread;<module> (app.py:3);main (app.py:90);paintEvent (plot.py:141);to_pixels (plot.py:12) 420
thread (1): MainThread;<module> (app.py:3);main (app.py:90);paintEvent (plot.py:150);dumps (json/__init__.py:231) 130
thread (1): MainThread;<module> (app.py:3);main (app.py:90);data (model.py:40);format_number (fmt.py:12) 260
thread (1): MainThread;<module> (app.py:3);main (app.py:91);wait (threading.py:320) 90
thread (2): loader;run (worker.py:7);parse_rows (worker.py:30) 310
'''


def run(*command, check=True):
    return subprocess.run(command, capture_output=True, text=True, check=check)


def difference(one, other):
    """Root mean square difference of two pictures made smaller, 0 to 1; 1 when their sizes differ."""
    done = run('compare', '-metric', 'RMSE', '(', one, '-resize', '25%', ')', '(', other, '-resize', '25%', ')', 'null:', check=False)
    found = re.search(r'\(([\d.e-]+)\)', done.stderr)
    return float(found.group(1)) if found else 1.0


def still_picture(window, path):
    """Takes pictures until two in a row are the same."""
    end = time.monotonic() + DEADLINE
    before = None
    while time.monotonic() < end:
        run('import', '-window', window, path)
        now = run('identify', '-format', '%#', path).stdout
        if now == before:
            return
        before = now
        time.sleep(0.7)
    raise AssertionError('the window never came to rest')


def window_of(process):
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        found = run('xdotool', 'search', '--onlyvisible', '--name', r'^picture\.txt', check=False).stdout.split()
        if found:
            return found[-1]
        assert process.poll() is None, 'the program ended'
        time.sleep(0.1)
    raise AssertionError('no window came up')


def take(scheme, size, path):
    capture = os.path.join(FOLDER, 'picture.txt')
    with open(capture, 'w', encoding='utf-8') as file:
        file.write(CAPTURE)
    env = dict(os.environ, ADW_DEBUG_COLOR_SCHEME=f'prefer-{scheme}', GTK_A11Y='none')
    env['ASAN_OPTIONS'] = env.get('ASAN_OPTIONS', '') + ':fast_unwind_on_malloc=1:detect_leaks=0'
    process = subprocess.Popen([THAW, capture], env=env, stderr=subprocess.DEVNULL)
    try:
        window = window_of(process)
        run('xdotool', 'mousemove', '1590', '990')
        run('xdotool', 'windowmove', '--sync', window, '0', '0')
        run('xdotool', 'windowsize', window, str(size[0]), str(size[1]))
        still_picture(window, path)
    finally:
        process.terminate()
        process.wait()


def main():
    missing = [tool for tool in ('xdotool', 'import', 'compare', 'identify') if shutil.which(tool) is None]
    version = run('pkg-config', '--modversion', 'gtk4', check=False).stdout.strip()
    if missing or not version.startswith('4.8.'):
        print(f'1..0 # SKIP the pictures are of GTK 4.8; missing here: {", ".join(missing) or "GTK 4.8"}')
        return 0
    failed, number = False, 0
    pictures = {}
    for size in SIZES:
        for scheme in ('light', 'dark'):
            name = f'{size[0]}x{size[1]}-{scheme}.png'
            golden, taken = os.path.join(HERE, 'screenshots', name), os.path.join(FOLDER, name)
            number += 1
            try:
                take(scheme, size, taken)
                if '--update' in sys.argv:
                    shutil.copyfile(taken, golden)
                pictures[scheme] = taken
                far = difference(golden, taken)
                assert far <= TOLERANCE, f'{far:.4f} from {golden}; what was drawn: {taken}'
                print(f'ok {number} - {name} # differs by {far:.4f}')
            except (AssertionError, subprocess.CalledProcessError) as problem:
                failed = True
                print(f'not ok {number} - {name}\n# {problem}')
    number += 1
    apart = difference(pictures['light'], pictures['dark']) if len(pictures) == 2 else 0
    print(f'{"ok" if apart > 10 * TOLERANCE else "not ok"} {number} - light and dark are told apart # by {apart:.4f}')
    failed |= apart <= 10 * TOLERANCE
    print(f'1..{number}')
    if not failed:
        shutil.rmtree(FOLDER)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
