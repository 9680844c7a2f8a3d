#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares reconstructed call trees with the truth, and prints a table.

Per workload it records the exact tree and the edges of one run, has Thaw reconstruct a tree from the
edges, and gives the total variation distance of both over paths with folded cycles: 0 is perfect, 1
is nothing in common. Beside it, what simpler methods get from the same edges. It also counts nodes
whose true total lies outside the bounds that Thaw gives, which must never happen.

Usage: compare.py [WORKLOAD…]; THAW_RECONSTRUCT_DUMP names the program that dumps a tree. With
THAW_TRUTH_DIR, the pstats files and the folded truth (collapsed stacks) are kept there.
"""
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import folding  # noqa: E402
import recorder  # noqa: E402
import workloads  # noqa: E402

EPSILON_FINE, EPSILON_DEFAULT = 1e-6, 1e-4
COLUMNS = "%-12s %6s %7s %9s %9s %9s %8s   %5s of %-6s %6s"


def reconstruct(program, path, epsilon):
    """Self and (total, lower, upper) per path, in seconds."""
    output = subprocess.run([program, path, str(epsilon)], stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, check=True, encoding="utf-8").stdout
    own, spans = {}, {}
    for line in output.splitlines():
        frames, *numbers = line.split("\t")
        numbers = [float(number) for number in numbers]
        own[frames] = numbers[0]
        spans[frames] = tuple(numbers[1:])
    return own, spans


def violations(recording, spans, tolerance):
    """How many nodes have a true total outside their bounds."""
    truth = {recording.name(path): total * recorder.TICK
             for path, total in folding.inclusive(recording.truth).items()}
    outside = 0
    for frames, (_, lower, upper) in spans.items():
        if frames.endswith("(pruned)") or frames.endswith("(unattributed)"):
            continue
        if not lower - tolerance <= truth.get(frames, 0.0) <= upper + tolerance:
            outside += 1
    return outside


def exact_share(own, spans, total):
    return sum(value for path, value in own.items()
               if spans[path][2] - spans[path][1] <= 1e-6 * total) / total


def compare(program, name, folder):
    prepare = workloads.WORKLOADS[name]
    try:
        run = prepare()
    except ImportError:
        print("%-12s not in this Python" % name)
        return
    run()  # imports and caches are not what is to be measured
    with recorder.Recorder() as record:
        run()
    path = os.path.join(folder, name + ".prof")
    record.write_pstats(path)
    recording = folding.Recording(record)
    total = recording.total * recorder.TICK

    def distance(paths):
        return folding.variation(paths, recording.truth, recording.total)

    truth = {recording.name(frames): own * recorder.TICK for frames, own in recording.truth.items()}
    with open(os.path.join(folder, name + ".truth.txt"), "w", encoding="utf-8") as file:
        file.writelines("%s %.9f\n" % item for item in sorted(truth.items()) if item[1])
    fine, spans = reconstruct(program, path, EPSILON_FINE)
    coarse, _ = reconstruct(program, path, EPSILON_DEFAULT)
    print(COLUMNS % (
        name, len(recording.functions), len(recording.edges),
        "%.4f" % folding.variation(fine, truth, total),
        "%.4f" % folding.variation(coarse, truth, total),
        "%.4f" % distance(recording.by_calls(True)),
        "%.4f" % distance(recording.by_calls(False)),
        violations(recording, spans, 1e-6 * total), len(spans),
        "%.0f %%" % (100 * exact_share(fine, spans, total))))


def main(names):
    program = os.environ["THAW_RECONSTRUCT_DUMP"]
    print("Total variation distance to the true call tree (0 … 1)")
    print(COLUMNS % ("workload", "funcs", "edges", "eps 1e-6", "eps 1e-4", "by calls", "gprof",
                     "out", "bounds", "exact"))
    with tempfile.TemporaryDirectory() as folder:
        for name in names or workloads.WORKLOADS:
            compare(program, name, os.environ.get("THAW_TRUTH_DIR", folder))


if __name__ == "__main__":
    main(sys.argv[1:])
