#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks what is installed for the desktop: desktop file, metainfo, MIME types, icons, schema.

Called with the folder of the built data files. Each check that needs a tool is skipped without it.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILT = pathlib.Path(sys.argv[1])
ID = "io.github.thawprofiler.Thaw"
results = []


def check(name, problem, skip=None):
    results.append(problem is None)
    print(f"{'ok' if problem is None else 'not ok'} {len(results)} - {name}{' # SKIP ' + skip if skip else ''}")
    for line in (problem or "").splitlines():
        print(f"# {line}")


def tool(name, *command):
    if shutil.which(command[0]) is None:
        return check(name, None, f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True)
    check(name, done.stdout + done.stderr if done.returncode else None)


def mime_types():
    namespace = "{http://www.freedesktop.org/standards/shared-mime-info}"
    tree = ElementTree.parse(TOP / "data" / f"{ID}.mime.xml")
    types = {t.get("type"): [g.get("pattern") for g in t.iter(namespace + "glob")] for t in tree.iter(namespace + "mime-type")}
    taken = [p for patterns in types.values() for p in patterns if p in ("*.json", "*.txt", "*.gz", "*.zst", "*.json.gz", "*.svg")]
    check("no common suffix is taken from others", f"claimed: {taken}" if taken else None)
    desktop = (BUILT / f"{ID}.desktop").read_text(encoding="utf-8")
    opened = set(re.search(r"^MimeType=(.*)$", desktop, re.M).group(1).strip(";").split(";"))
    check("the desktop file opens every type that is declared", None if opened == set(types) else f"{opened ^ set(types)}")
    metainfo = ElementTree.parse(BUILT / f"{ID}.metainfo.xml")
    provided = {e.text for e in metainfo.iter("mediatype")}
    check("so does the metainfo", None if provided == set(types) else f"{provided ^ set(types)}")


def versions():
    version = re.search(r"version: '([^']+)'", (TOP / "meson.build").read_text()).group(1)
    newest = next(ElementTree.parse(BUILT / f"{ID}.metainfo.xml").iter("release")).get("version")
    check("the newest release in the metainfo is this version", None if newest == version else f"{newest} is not {version}")
    changes = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
    check("the changelog has this version", None if f"## {version}" in changes else f"no heading for {version}")


def main():
    tool("the desktop file is valid", "desktop-file-validate", str(BUILT / f"{ID}.desktop"))
    tool("the metainfo is valid", "appstreamcli", "validate", "--no-net", str(BUILT / f"{ID}.metainfo.xml"))
    mime_types()
    versions()
    icons = [f"scalable/apps/{ID}.svg", f"symbolic/apps/{ID}-symbolic.svg"]
    for icon in icons:
        tool(f"{icon} is well-formed", "xmllint", "--noout", str(TOP / "data/icons/hicolor" / icon))
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
