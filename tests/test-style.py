#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the style that nobody should have to argue about.

- C files are as clang-format leaves them (version 14, whose output .clang-format was written for)
- a C file has at most 500 lines and a function at most 80
- no tabs, no spaces at line ends, a newline at the end of each file
"""
import pathlib
import re
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
FORMAT_VERSION = 14
FILE_LINES = 500
FUNCTION_LINES = 80
results = []


def check(name, problems, skip=None):
    results.append(not problems)
    print(f"{'not ok' if problems else 'ok'} {len(results)} - {name}{' # SKIP ' + skip if skip else ''}")
    for problem in problems:
        print(f"# {problem}")


def shown(path):
    return path.relative_to(TOP).as_posix()


def c_files():
    return [
        path
        for top in ("src", "tests")
        for path in sorted((TOP / top).rglob("*"))
        if path.suffix in (".c", ".h")
    ]


def clang_format():
    """The program of the right version, and why there is none."""
    for name in (f"clang-format-{FORMAT_VERSION}", "clang-format"):
        program = shutil.which(name)
        if program is None:
            continue
        text = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
        version = re.search(r"version (\d+)", text)
        if version and int(version[1]) == FORMAT_VERSION:
            return program, None
    return None, f"clang-format {FORMAT_VERSION} is not installed"


def check_format(files):
    program, skip = clang_format()
    problems = []
    if program is not None:
        done = subprocess.run(
            [program, "--dry-run", "-Werror", *map(str, files)], capture_output=True, text=True, cwd=TOP
        )
        places = re.findall(r"^(.*?):(\d+):\d+: error:", done.stderr, re.M)
        first = {}
        for name, line in places:
            first.setdefault(name, line)
        problems = [f"{shown(pathlib.Path(name))}:{line} is formatted otherwise" for name, line in first.items()]
        if done.returncode != 0 and not problems:
            problems = done.stderr.splitlines()[:20]
    check("C files are as clang-format leaves them", problems, skip)


def functions(lines):
    """Pairs of first line and number of lines of each function's body, its braces included. In this
    style both stand alone at the start of a line."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line.startswith("}"):
            if line == "}" and start is not None:
                yield start, number - start + 1
            start = None


def check_lengths(files):
    long_files, long_functions = [], []
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > FILE_LINES:
            long_files.append(f"{shown(path)} has {len(lines)} lines")
        for first, length in functions(lines):
            if length > FUNCTION_LINES:
                long_functions.append(f"{shown(path)}:{first}: a function of {length} lines")
    check(f"a C file has at most {FILE_LINES} lines", long_files)
    check(f"a function has at most {FUNCTION_LINES} lines", long_functions)


def check_white_space(files):
    problems = []
    for path in files:
        text = path.read_text(encoding="utf-8")
        if "\t" in text or re.search(r"[ \t]+$", text, re.M) or not text.endswith("\n"):
            problems.append(f"{shown(path)} has tabs, spaces at a line's end or no last newline")
    check("white space is clean", problems)


def main():
    files = c_files()
    check_format(files)
    check_lengths(files)
    check_white_space(
        files + [path for top in ("src", "tests", "data") for path in sorted((TOP / top).rglob("*.py"))]
        + [path for top in ("src", "tests", "data", "po") for path in sorted((TOP / top).rglob("meson.build"))]
    )
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


sys.exit(main())
