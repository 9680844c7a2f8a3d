#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-speedscope.py THAW-CLI: exports captures as speedscope files and opens them in the speedscope
package from npm, in headless Chromium. Skips (77) where one of the two is not there: Chromium is looked
for in PATH, the package in SPEEDSCOPE_DIR (the folder that holds index.html) or in node_modules of
this folder. To have both: apt install chromium; npm install speedscope."""
import glob
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))


def find_speedscope():
    folders = [os.environ.get("SPEEDSCOPE_DIR", ""),
               os.path.join(HERE, "node_modules", "speedscope", "dist", "release")]
    return next((f for f in folders if f and os.path.exists(os.path.join(f, "index.html"))), None)


def captures():
    """Captures to try: the example, and one of each format of the corpus."""
    root = os.path.dirname(os.path.dirname(HERE))
    found = [os.path.join(root, "data", "example", "dashboard.speedscope.json.gz")]
    corpus = os.environ.get("THAW_TEST_CORPUS", "")
    for pattern in ("pstats/*.prof", "collapsed/*py-spy*", "speedscope/*evented*",
                    "speedscope/*simple*"):
        found += sorted(glob.glob(os.path.join(corpus, pattern)))[:1]
    return found


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def page_after_loading(chromium, url, profile_dir):
    """The page's DOM when it has come to rest; "" when it never does: it waits in an alert."""
    try:
        done = subprocess.run(
            [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--use-gl=angle",
             "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
             f"--user-data-dir={profile_dir}", "--window-size=1200,800",
             "--virtual-time-budget=20000", "--dump-dom", url],
            capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout


def check(cli, capture, folder, chromium, port, profile_dir):
    out = os.path.join(folder, "export.json")
    done = subprocess.run([cli, "export", capture, "--to", "speedscope", "-o", out], capture_output=True)
    if done.returncode != 0:
        return f"thaw-cli says {done.stderr.decode()}"
    with open(out, encoding="utf-8") as file:
        first = json.load(file)["profiles"][0]["name"]
    url = f"http://127.0.0.1:{port}/index.html#profileURL=export.json"
    page = page_after_loading(chromium, url, profile_dir)
    text = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.S)
    text = re.sub(r"<[^>]*>", "\n", text)
    if "Something went wrong" in text or "Unrecognized format" in text or "Left Heavy" not in text:
        return "not opened: " + " ".join(text.split())[:300]
    words = first.split('"')[-2] if '"' in first else first
    return None if words in page or words.split()[0] in page else f"{first!r} is not on the page"


def main():
    cli = os.path.abspath(sys.argv[1])
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    speedscope = find_speedscope()
    if not chromium or not speedscope:
        print("skipped: needs Chromium and the speedscope package from npm")
        return 77
    failed = 0
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile_dir:
        site = os.path.join(folder, "site")
        shutil.copytree(speedscope, site)
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), lambda *a: Handler(*a, directory=site))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for capture in captures():
            problem = check(cli, capture, site, chromium, server.server_port, profile_dir)
            print(f"{'opens' if problem is None else 'FAILS'}: {capture}: {problem or ''}")
            failed += problem is not None
        server.shutdown()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
