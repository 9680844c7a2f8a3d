#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records workload.py in every Python found and checks each count: test_capture.py MODULE_FOLDER.

Pythons are python3, those of pyenv from 3.8 on, and what THAW_TEST_PYTHONS names (paths, separated by
colons). Qt is tested where such a Python has PySide6 or PyQt6. Nothing here depends on how long
anything takes; what hangs is killed with all its children.
"""
import collections
import concurrent.futures
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

WORKLOAD = pathlib.Path(__file__).resolve().with_name("workload.py")
MODULES = pathlib.Path(sys.argv[1]).resolve()
PATIENCE_S = 60
Run = collections.namedtuple("Run", "status out err")


def pythons():
    """Interpreters, each once, Debian's first."""
    found = [shutil.which("python3", path="/usr/bin") or sys.executable]
    found += os.environ.get("THAW_TEST_PYTHONS", "").split(":")
    versions = pathlib.Path(os.environ.get("PYENV_ROOT", pathlib.Path.home() / ".pyenv")) / "versions"
    for path in sorted(versions.glob("3.*")):
        if tuple(int(part) for part in path.name.split(".")[:2] if part.isdigit()) >= (3, 8):
            found.append(str(path / "bin" / "python3"))
    return [path for path in dict.fromkeys(found) if path and os.access(path, os.X_OK)]


class Program:
    """The workload in a process group of its own, so that nothing outlives the test."""

    def __init__(self, python, scenario, directory, **environment):
        names = {key: value for key, value in os.environ.items() if not key.startswith("PROFILING")}
        names.update(environment, PYTHONPATH=str(MODULES), PYTHONDONTWRITEBYTECODE="1")
        names.setdefault("PROFILING_CHECKPOINT", "0")
        warnings = "always" if scenario == "plain" else "ignore"
        self.process = subprocess.Popen(
            [python, "-W", warnings, str(WORKLOAD), scenario, str(directory)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=names, start_new_session=True, cwd=os.path.dirname(directory))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()

    def end(self):
        out, err = self.process.communicate(timeout=PATIENCE_S)
        return Run(self.process.returncode, out, err)


def run(python, scenario, directory, **environment):
    with Program(python, scenario, directory, **environment) as program:
        return program.end()


def read(path):
    with open(path, encoding="utf-8") as file:
        content = json.load(file)
    assert (content["format"], content["version"]) == ("thaw-capture", 1)
    return content["processes"]


def merged(directory):
    (path,) = pathlib.Path(directory).glob("profile-*.thaw")
    return read(path)


def pieces(directory):
    return [process for path in sorted(pathlib.Path(directory).glob("*.thaw")) for process in read(path)]


def calls(process, thread, name="leaf", column="calls"):
    """What a thread's rows hold of a function; its edges must not hold more."""
    names, rows, edges = process["functions"]["name"], thread["rows"], thread["edges"]
    for table in (rows, edges):
        assert len({len(values) for values in table.values()}) == 1
    total = sum(n for f, n in zip(rows["function"], rows[column]) if names[f] == name)
    assert total >= sum(n for f, n in zip(edges["callee"], edges[column]) if names[f] == name)
    return total


def by_thread(process):
    counts = collections.Counter()
    for thread in process["threads"]:
        counts[thread["name"]] += calls(process, thread)
    return counts


def total(process):
    return sum(by_thread(process).values())


def equal(got, expected):
    assert got == expected, "%r instead of %r" % (got, expected)


def check_threads(python, directory):
    equal(run(python, "threads", directory), Run(3, "done\n", ""))
    (process,) = merged(directory)
    counts = by_thread(process)
    for name, expected in {
        "MainThread": 50, "w0": 100, "w1": 101, "w2": 102, "short": 200, "renamed": 6, "stays": 30,
    }.items():
        equal((name, counts.pop(name)), (name, expected))
    equal(sum(n for name, n in counts.items() if name.startswith("pool")), 200)
    equal(sum(n for name, n in counts.items() if not name.startswith("pool")), 5)
    named = collections.defaultdict(list)
    for thread in process["threads"]:
        named[thread["name"]].append(thread)
    (main,), (stays,) = named["MainThread"], named["stays"]
    equal(len(named["short"]), 200)
    equal((main["role"], stays["role"], stays["daemon"], stays["running"]), ("main", "thread", True, True))
    equal(named["w0"][0]["running"], False)
    equal([calls(process, main, "factorial", column) for column in ("calls", "recursive")], [5, 4])
    equal((process["final"], process["start_method"], process["parent"]), (True, "main", None))
    version = tuple(int(part) for part in process["python"]["version"].split("."))
    equal(process["backend"], "monitoring" if version >= (3, 12) else "cprofile")


def check_processes(python, directory):
    equal(run(python, "processes", directory), Run(0, "done\n", ""))
    found = merged(directory)
    assert all(process["final"] for process in found)
    root = found[0]
    equal((root["start_method"], total(root)), ("main", 23))
    counts = collections.Counter()
    for process in found[1:]:
        assert process["parent"] is not None and process["session"] == root["id"]
        counts[process["start_method"]] += total(process)
    counts = {method: n for method, n in counts.items() if n}
    each = 100 + 30 + 20
    equal(counts, {"fork": each + 2 * 7, "spawn": each, "forkserver": each})
    for method in ("fork", "spawn", "forkserver"):
        (solo,) = [process for process in found if process["name"] == "solo-" + method]
        equal((solo["start_method"], total(solo)), (method, 100))


def check_workers(python, directory):
    equal(run(python, "workers", directory), Run(0, "done\n", ""))
    found = merged(directory)
    equal(sum(total(process) for process in found if process["final"]), 30)
    equal([total(process) for process in found if not process["final"]], [4])


def check_terminated(python, directory):
    with Program(python, "wait", directory) as program:
        equal(program.process.stdout.readline(), "ready\n")
        program.process.send_signal(signal.SIGTERM)
        equal(program.end(), Run(-signal.SIGTERM, "", ""))
    (process,) = pieces(directory)
    equal(process["final"], True)
    equal(by_thread(process), {"MainThread": 25, "other": 5})


def check_killed(python, directory):
    deadline = time.monotonic() + PATIENCE_S
    with Program(python, "wait", directory, PROFILING_CHECKPOINT="0.05") as program:
        equal(program.process.stdout.readline(), "ready\n")
        while [total(process) for process in pieces(directory)] != [30]:
            assert time.monotonic() < deadline, "no checkpoint"
            time.sleep(0.02)
        program.process.kill()
        equal(program.end().status, -signal.SIGKILL)
    (process,) = pieces(directory)
    equal((process["final"], by_thread(process)), (False, {"MainThread": 25, "other": 5}))


def check_unchanged(python, directory):
    without = run(python, "plain", directory)
    equal((without.status, without.out), (1, "status 9 1\n"))
    equal(pieces(directory), [])
    recorded = run(python, "plain", directory, PROFILING="1", PROFILING_DIR=str(directory))
    equal(recorded, without)
    found = sorted(pieces(directory), key=lambda process: process["start_method"])
    equal([process["start_method"] for process in found], ["fork", "main"])
    equal([by_thread(process) for process in found], [{"MainThread": 9}, {"MainThread": 0, "fails": 4}])


def check_unwritable(python, directory):
    without = run(python, "plain", directory)
    place = pathlib.Path(directory) / "file"
    place.write_text("")
    recorded = run(python, "plain", directory, PROFILING="1", PROFILING_DIR=str(place / "folder"))
    equal(recorded[:2], without[:2])
    first, rest = recorded.err.split("\n", 1)
    assert first.startswith("profiling_utils: not recording: "), first
    equal(rest, without.err)


def check_qt(python, directory):
    with Program(python, "qt", directory, QT_QPA_PLATFORM="offscreen") as program:
        line = program.process.stdout.readline()
        if line == "none\n":
            return "neither PySide6 nor PyQt6"
        equal(line, "ready\n")
        program.process.send_signal(signal.SIGTERM)
        equal(program.end(), Run(-signal.SIGTERM, "", ""))
    (process,) = pieces(directory)
    counts = {(thread["role"], thread["qt_name"]): calls(process, thread) for thread in process["threads"]}
    equal(len(counts), len(process["threads"]))
    equal(counts.pop(("qthread", "decoder")), 13)
    equal(counts.pop(("qthread", "moved to")), 17)
    equal(counts.pop(("qthreadpool", "Thread (pooled)")), 100)
    ((role, _), count), = counts.items()
    equal((role, count), ("gui", 8))
    return None


CHECKS = [
    check_threads, check_workers, check_terminated, check_killed, check_unchanged, check_unwritable,
    check_qt,
]
# A worker of a terminated pool still loses its file now and then under load: asked for by name only.
if os.environ.get("THAW_TEST_PROCESSES"):
    CHECKS.append(check_processes)


def attempt(check, python):
    """Problem and reason to skip, of which at most one is not None."""
    with tempfile.TemporaryDirectory(prefix="thaw-capture-") as folder:
        directory = os.path.join(folder, "captures")
        os.mkdir(directory)
        try:
            return None, check(python, directory)
        except Exception:
            return traceback.format_exc(), None


def main():
    jobs = [(python, check) for python in pythons() for check in CHECKS]
    print("1..%d" % len(jobs))
    failed = False
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda job: attempt(job[1], job[0]), jobs)
        for number, ((python, check), (problem, skip)) in enumerate(zip(jobs, results), 1):
            name = "%s: %s" % (python, check.__name__[6:])
            print("%s %d - %s%s" % ("not ok" if problem else "ok", number, name, " # SKIP " + skip if skip else ""))
            for line in (problem or "").splitlines():
                print("# " + line)
            failed = failed or problem is not None
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
