#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that the house stands as ARCHITECTURE.md says.

- a room includes headers only of rooms that it may know, and of foreign libraries only its own
- a header called -private.h stays in its room; no two headers have one name; includes form no cycle
- every source file carries its licence, and every C file says at its head what it is
- thaw-cli, where it has been built, needs neither GTK nor libadwaita

Usage: test-arrows.py [THAW-CLI]
"""
import pathlib
import re
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
SRC = TOP / "src"

# Room → rooms whose headers it may include, its own besides.
ROOMS = {
    "profile": set(),
    "import": {"profile"},
    "analysis": {"profile"},
    "layout": {"analysis", "profile"},
    "paint": {"layout", "analysis", "profile"},
    "export": {"paint", "layout", "analysis", "profile"},
    "cli": {"export", "import", "paint", "layout", "analysis", "profile"},
    "app": {"export", "import", "paint", "layout", "analysis", "profile"},
}
# Start of a foreign header → rooms that may include it. What is not here is the C library or GLib.
FOREIGN = {
    "gtk/": {"app"},
    "gdk/": {"app"},
    "gsk/": {"app"},
    "graphene": {"app"},
    "adwaita": {"app"},
    "cairo": {"paint", "export", "app"},
    "pango/": {"paint", "export", "app"},
    "json-glib/": {"import", "export", "cli"},
    "zstd": {"import"},
}
INCLUDE = re.compile(r'^#\s*include\s+(["<])([^">]+)[">]', re.M)
results = []


def check(name, problems):
    results.append(not problems)
    print(f"{'not ok' if problems else 'ok'} {len(results)} - {name}")
    for problem in problems:
        print(f"# {problem}")


def c_files(*tops):
    return [path for top in tops for path in sorted((TOP / top).rglob("*")) if path.suffix in (".c", ".h")]


def shown(path):
    return path.relative_to(TOP).as_posix()


def room_of(path):
    return path.relative_to(SRC).parts[0]


def includes(path):
    """Pairs of ("quoted" or <foreign>, header)."""
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


def check_names(headers):
    seen, problems = {}, []
    for path in headers:
        if path.name in seen:
            problems.append(f"{shown(path)} has the name of {shown(seen[path.name])}")
        seen[path.name] = path
    check("no two headers have one name", problems)
    return seen


def check_rooms(files, headers):
    arrows, private = [], []
    for path in files:
        room = room_of(path)
        if room not in ROOMS:
            arrows.append(f"{shown(path)}: {room} is no room of ARCHITECTURE.md")
            continue
        for kind, name in includes(path):
            base = name.rsplit("/", 1)[-1]
            if kind != '"' or base not in headers:
                continue
            other = room_of(headers[base])
            if other != room and other not in ROOMS[room]:
                arrows.append(f"{shown(path)} includes {base} of {other}, which {room} may not know")
            if other != room and base.endswith("-private.h"):
                private.append(f"{shown(path)} includes {base}, which is private to {other}")
    check("rooms include only what they may know", arrows)
    check("private headers stay in their room", private)


def check_foreign(files):
    problems = []
    for path in files:
        for _, name in includes(path):
            for start, rooms in FOREIGN.items():
                if name.startswith(start) and room_of(path) not in rooms:
                    problems.append(f"{shown(path)} includes {name}, which is for {', '.join(sorted(rooms))}")
    check("foreign libraries stay in their rooms", problems)


def check_cycles(headers):
    below = {name: [base for _, base in includes(path) if base in headers] for name, path in headers.items()}
    done, problems = set(), []
    for start in sorted(below):
        path, stack = [], [(start, iter(below[start]))]
        while stack and start not in done:
            name, rest = stack[-1]
            if not path or path[-1] != name:
                path.append(name)
            following = next((base for base in rest if base not in done), None)
            if following is None:
                done.add(name)
                path.pop()
                stack.pop()
            elif following in path:
                problems.append(" → ".join(path[path.index(following):] + [following]))
                done.add(following)
            else:
                stack.append((following, iter(below[following])))
    check("headers include each other in no circle", problems)


def check_heads():
    licence, head = [], []
    suffixes = {".c", ".h", ".py", ".sh", ".build", ".ui", ".css"}
    files = [path for top in ("src", "tests", "data", "po", "flatpak") for path in sorted((TOP / top).rglob("*"))]
    files += [TOP / name for name in ("meson.build", "meson_options.txt", "run", ".ci/run")]
    for path in files:
        if path.suffix not in suffixes and path.name not in ("run", "meson_options.txt"):
            continue
        text = path.read_text(encoding="utf-8")
        if text.count("SPDX-License-Identifier:") != 1 and path != pathlib.Path(__file__).resolve():
            licence.append(f"{shown(path)} has not exactly one SPDX-License-Identifier")
        elif "SPDX-License-Identifier:" not in "".join(text.splitlines(True)[:3]):
            licence.append(f"{shown(path)} has its SPDX-License-Identifier not at its head")
        if path.suffix in (".c", ".h"):
            comment = text.split("*/", 1)[0].splitlines()
            words = [line.strip(" /*") for line in comment[1:] if line.strip(" /*")]
            if not text.startswith("/* SPDX-License-Identifier: ") or not words or len(words) > 20:
                head.append(f"{shown(path)} does not say at its head, in 1 to 20 lines, what it is")
    check("every file carries its licence", licence)
    check("every C file says at its head what it is", head)


def check_program(program):
    name = "thaw-cli needs no GTK"
    tool = shutil.which("ldd") or shutil.which("readelf")
    if program is None or not pathlib.Path(program).exists() or tool is None:
        results.append(True)
        print(f"ok {len(results)} - {name} # SKIP no program or neither ldd nor readelf")
        return
    command = [tool, program] if tool.endswith("ldd") else [tool, "-d", program]
    output = subprocess.run(command, capture_output=True, text=True).stdout
    libraries = sorted(set(re.findall(r"lib(?:gtk|gdk|adwaita|gsk)[-\w.]*", output)))
    # libgdk_pixbuf comes with the pictures and shows nothing.
    check(name, [f"it needs {library}" for library in libraries if not library.startswith("libgdk_pixbuf")])


def main():
    files = c_files("src")
    headers = check_names([path for path in files if path.suffix == ".h"])
    check_rooms(files, headers)
    check_foreign(files)
    check_cycles(headers)
    check_heads()
    check_program(sys.argv[1] if len(sys.argv) > 1 else None)
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


sys.exit(main())
