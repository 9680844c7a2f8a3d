#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Function tables of real captures against what Python computes from the same files.

pstats: every row as in the marshalled table itself. speedscope: self and outermost totals by walking
every stack of every profile; sampled frames of one name and file are one function, whatever their
line, and py-spy's frames for processes and threads are none.
Usage: test-corpus.py DUMP-FUNCTIONS; reads $THAW_TEST_CORPUS, skips where it is absent.
"""
import collections
import glob
import gzip
import json
import marshal
import math
import os
import re
import subprocess
import sys

def text(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value

def rows_of_pstats(path):
    with open(path, "rb") as file:
        stats = marshal.load(file)
    rows = collections.defaultdict(lambda: (0, 0.0, 0.0))
    for (file, line, name), row in stats.items():
        # An address says nothing: what differs in it only is one function. "~" is no file.
        key = re.sub(" at 0x[0-9a-fA-F]*", "", text(name)), text(file), max(line, 0)
        if line == 0 and key[1] in ("~", "profile"):
            key = key[0], "", 0
        rows[key] = tuple(a + b for a, b in zip(rows[key], row[1:4]))
    return rows

def stacks_of(profile):
    """Pairs of a stack and its weight, of a sampled or an evented profile."""
    if profile["type"] == "sampled":
        yield from zip(profile["samples"], profile["weights"])
        return
    stack, last = [], profile["startValue"]
    for event in profile["events"]:
        yield list(stack), event["at"] - last
        last = event["at"]
        if event["type"] == "O":
            stack.append(event["frame"])
        else:
            stack.pop()
    yield stack, profile["endValue"] - last

def rows_of_speedscope(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        capture = json.load(file)
    # Samplers write the line that was running; in events it is the function's first.
    exporter = capture.get("exporter") or ""
    running = (any(profile["type"] == "sampled" for profile in capture["profiles"])
               and not exporter.lower().startswith("thaw"))
    keys = [(frame["name"], frame.get("file") or "", 0 if running else max(frame.get("line") or 0, 0))
            for frame in capture["shared"]["frames"]]
    labels = {i for i, frame in enumerate(capture["shared"]["frames"])
              if exporter.startswith("py-spy") and not frame.get("line")
              and re.match(r'process \d+:"|thread \(\d+\)', frame["name"])}
    rows = collections.defaultdict(lambda: [math.nan, 0.0, 0.0])
    for profile in capture["profiles"]:
        for stack, weight in stacks_of(profile):
            names = [keys[frame] for frame in stack if frame not in labels]
            for name in set(names):
                rows[name][2] += weight
            if names:
                rows[names[-1]][1] += weight
    return rows

def dumped(program, path):
    output = subprocess.run([program, path], check=True, capture_output=True).stdout.decode()
    head, *lines = output.rstrip("\n").split("\n")
    kind, what, *_ = head.split("\t")
    if kind == "error":
        raise ValueError("not opened: " + what)
    rows = {}
    for line in lines:
        name, file, first, calls, own, total = line.split("\t")
        key = (bytes(name, "utf-8").decode("unicode_escape").encode("latin-1").decode()
               if "\\" in name else name,
               bytes(file, "utf-8").decode("unicode_escape").encode("latin-1").decode()
               if "\\" in file else file, int(first))
        if key in rows:
            raise ValueError(f"two rows for {key}")
        rows[key] = (float(calls), float(own), float(total))
    return rows

def compare(ours, theirs, calls):
    """The first difference as a sentence, or None. Rows without anything in them may be left out."""
    scale = sum(abs(row[1]) for row in theirs.values()) or 1
    for key, expected in theirs.items():
        if key not in ours:
            if any(value and not math.isnan(value) for value in expected):
                return f"no row for {key}"
            continue
        row = ours[key]
        if calls and row[0] != expected[0]:
            return f"{key}: {row[0]} calls, not {expected[0]}"
        for what, a, b in ("self", row[1], expected[1]), ("total", row[2], expected[2]):
            if abs(a - b) > 1e-9 * max(scale, abs(b)):
                return f"{key}: {what} {a!r}, not {b!r}"
    extra = set(ours) - set(theirs)
    return f"a row too many: {sorted(extra)[0]}" if extra else None

def cases(corpus):
    for path in sorted(glob.glob(corpus + "/pstats/*")):
        yield path, rows_of_pstats, True
    for path in sorted(glob.glob(corpus + "/speedscope/*")):
        yield path, rows_of_speedscope, False

def main():
    program, corpus = sys.argv[1], os.environ.get("THAW_TEST_CORPUS", "")
    if not os.path.isdir(corpus):
        print("1..0 # SKIP no corpus: set THAW_TEST_CORPUS")
        return
    number = 0
    for path, reader, calls in cases(corpus):
        number += 1
        label = os.path.relpath(path, corpus)
        try:
            theirs = reader(path)
        except Exception as error:  # whatever Python cannot read is no yardstick
            print(f"ok {number} {label} # SKIP Python cannot read it: {type(error).__name__}: {error}")
            continue
        try:
            difference = compare(dumped(program, path), theirs, calls)
        except ValueError as error:
            difference = str(error)
        print(f"ok {number} {label}" if difference is None else f"not ok {number} {label}")
        if difference is not None:
            print("# " + difference)
    print(f"1..{number}")

main()
