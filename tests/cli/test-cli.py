#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-cli.py THAW-CLI: commands, exit codes, shapes of JSON, output files, and round trips over the
captures of THAW_TEST_CORPUS. Speaks TAP."""
import csv
import glob
import gzip
import io
import json
import marshal
import os
import pathlib
import subprocess
import sys
import tempfile

CLI = os.path.abspath(sys.argv[1])
CORPUS = os.environ.get("THAW_TEST_CORPUS", "")
COLLAPSED = b"main;load 3\nmain;load;parse 1\nidle 2.5\n"
SPEEDSCOPE = json.dumps({
    "exporter": "py-spy@0.4.1",
    "profiles": [
        {"type": "sampled", "name": 'Process 12 Thread 34 "MainThread"', "unit": "seconds",
         "startValue": 0, "endValue": 1, "samples": [[0, 1], [0, 2], [0]], "weights": [.25, .5, .25]},
        {"type": "sampled", "name": 'Process 12 Thread 35 "worker/1"', "unit": "seconds",
         "startValue": 0, "endValue": 1, "samples": [[1]], "weights": [2]},
        {"type": "sampled", "name": 'Process 13 Thread 34 "MainThread"', "unit": "seconds",
         "startValue": 0, "endValue": 1, "samples": [[2]], "weights": [4]}],
    "shared": {"frames": [{"name": "main", "file": "a.py", "line": 3},
                          {"name": "load", "file": "a.py", "line": 7},
                          {"name": "load", "file": "a.py", "line": 8}]}}).encode()
PSTATS = marshal.dumps({
    ("a.py", 3, "main"): (1, 1, .25, 1.0, {}),
    ("~", 0, "<built-in method time.sleep>"): (3, 3, .75, .75, {("a.py", 3, "main"): (3, 3, .75, .75)})})


def run(*arguments, expect=0, stdin=None, env=None):
    """Runs thaw-cli and returns its output, after checking the exit status."""
    done = subprocess.run([CLI, *map(str, arguments)], input=stdin, capture_output=True, env=env,
                          timeout=100)
    assert done.returncode == expect, (arguments, done.returncode, done.stdout[-500:], done.stderr)
    run.errors = done.stderr.decode()
    if expect in (2, 3):
        assert done.stdout == b"" and run.errors.startswith("thaw-cli"), (arguments, done)
    return done.stdout


class Folder:
    """A new folder with the sample captures."""

    def __enter__(self):
        self.kept = tempfile.TemporaryDirectory()
        path = pathlib.Path(self.kept.name)
        (path / "a.collapsed").write_bytes(COLLAPSED)
        (path / "b.json").write_bytes(SPEEDSCOPE)
        (path / "c.prof").write_bytes(PSTATS)
        (path / "d.json.gz").write_bytes(gzip.compress(SPEEDSCOPE))
        (path / "junk.bin").write_bytes(b"\x00\x01nothing")
        return path

    def __exit__(self, *_):
        self.kept.cleanup()


def test_help_and_version():
    text = run("--help").decode()
    for command in ("info", "top", "export", "merge"):
        assert command in text
        own = run(command, "--help").decode()
        assert own.startswith("Usage:") and "Examples:" in own, own
        assert "FILE" in own and run("help", command).decode() == own
    assert run("--version").decode().startswith("thaw-cli ")
    run("help")


def test_wrong_usage():
    with Folder() as folder:
        capture = folder / "b.json"
        done = subprocess.run([CLI], capture_output=True)
        assert done.returncode == 2 and done.stdout == b""
        run("frobnicate", expect=2)
        run("help", "frobnicate", expect=2)
        run("--frobnicate", expect=2)
        run("top", expect=2)
        run("top", capture, "--frobnicate", expect=2)
        run("top", capture, "--by", "name", expect=2)
        run("top", capture, "-n", "many", expect=2)
        run("top", capture, "-n", "-1", expect=2)
        run("export", capture, expect=2)
        run("export", capture, "--to", "xls", expect=2)
        assert "svg" in run.errors and "speedscope" in run.errors
        run("export", capture, "-o", folder / "x.unknown", expect=2)
        run("merge", capture, expect=2)
        run("merge", capture, "-o", folder / "x", "--to", "svg", expect=2)
        run("top", capture, "--thread", "nobody", expect=2)
        assert "12/34 MainThread" in run.errors and "12/35 worker/1" in run.errors, run.errors
        assert sorted(p.name for p in folder.iterdir())[-1] == "junk.bin"


def test_unopened():
    with Folder() as folder:
        for bad in ("missing.prof", "junk.bin"):
            for command in (["info"], ["info", "--json"], ["top"], ["export", "--to", "csv"],
                            ["merge", "-o", folder / "out"]):
                run(*command, folder / bad, expect=3)
                assert bad in run.errors, run.errors
            run("top", folder / "a.collapsed", folder / bad, expect=3)
        assert not (folder / "out").exists()
        (folder / "b.json").write_bytes(SPEEDSCOPE[:200])
        run("top", folder / "b.json", expect=3)
        assert "200" in run.errors, run.errors
        # Each file by itself: the others are told of all the same.
        done = subprocess.run([CLI, "info", "--json", folder / "junk.bin", folder / "c.prof"],
                              capture_output=True)
        assert done.returncode == 3 and json.loads(done.stdout)[0]["format"] == "pstats"
        run("top", folder / "a.collapsed", folder / "c.prof", expect=3)  # samples and seconds


def check_info(info):
    assert list(info) == ["format", "tool", "kind", "unit", "processes", "warnings"], info
    assert info["kind"] in ("instrumented", "sampled", "traced")
    assert info["unit"] in ("none", "samples", "nanoseconds", "microseconds", "milliseconds",
                            "seconds", "bytes")
    for process in info["processes"]:
        assert list(process) == ["pid", "name", "threads"]
        for thread in process["threads"]:
            assert list(thread) == ["id", "name", "role", "total", "samples"]
            assert isinstance(thread["total"], (int, float)), thread
    assert all(isinstance(w, str) for w in info["warnings"])


def test_info():
    with Folder() as folder:
        info = json.loads(run("info", "--json", folder / "b.json"))
        check_info(info)
        assert info["format"] == "speedscope" and info["unit"] == "seconds"
        assert [(p["pid"], len(p["threads"])) for p in info["processes"]] == [(12, 2), (13, 1)]
        assert info["processes"][0]["threads"][0] == {
            "id": 34, "name": "MainThread", "role": "main", "total": 1, "samples": 3}
        several = json.loads(run("info", "--json", folder / "b.json", folder / "c.prof"))
        assert [i["format"] for i in several] == ["speedscope", "pstats"]
        assert several[1]["kind"] == "instrumented"
        assert several[1]["processes"][0]["pid"] is None
        assert several[1]["processes"][0]["threads"][0]["samples"] == 0
        whole = json.loads(run("info", "--json", folder))
        assert len(whole) == 4 and "junk.bin" in run.errors
        text = run("info", folder / "b.json", folder / "c.prof").decode()
        assert "MainThread" in text and "pstats" in text


def functions(*arguments):
    top = json.loads(run("top", "--json", *arguments))
    assert list(top) == ["functions"]
    for row in top["functions"]:
        assert list(row) == ["name", "file", "line", "calls", "self", "total", "exact"], row
    return top["functions"]


def test_top():
    with Folder() as folder:
        rows = functions(folder / "b.json")
        assert [(r["name"], r["self"], r["total"]) for r in rows] == [
            ("load", 6.75, 6.75), ("main", .25, 1)], rows
        assert rows[0]["calls"] is None and rows[0]["file"] == "a.py"
        assert functions(folder / "d.json.gz") == rows
        assert [r["name"] for r in functions(folder / "b.json", "-n", 1)] == ["load"]
        assert [r["total"] for r in functions(folder / "b.json", "--by", "total")] == [6.75, 1]
        rows = functions(folder / "c.prof", "--by", "calls")
        assert [(r["name"], r["calls"], r["line"]) for r in rows] == [
            ("<built-in method time.sleep>", 3, 0), ("main", 1, 3)]
        assert all(r["exact"] for r in rows)
        assert sum(r["self"] for r in functions(folder / "b.json", folder / "c.prof")) == 8
        text = run("top", folder / "c.prof").decode()
        assert "time.sleep" in text and "750" in text, text
        assert run("top", "-n", 1, folder / "c.prof").decode().count("\n") == 3


def test_threads():
    with Folder() as folder:
        def total(*threads):
            chosen = [x for t in threads for x in ("--thread", t)]
            return sum(r["self"] for r in functions(folder / "b.json", *chosen))
        assert total("MainThread") == 5
        assert total("34") == 5 and total("0x22") == 5
        assert total("12/34") == 1 and total("12/MainThread") == 1 and total("13/0x22") == 4
        assert total("worker/1") == 2 and total("12/worker/1") == 2
        assert total("35", "13/34") == 6
        out = run("export", folder / "b.json", "--to", "collapsed", "--thread", "35").decode()
        assert out == "process 12:\"\";thread (35): worker/1;load (a.py) 2\n", out


def test_formats():
    with Folder() as folder:
        capture = folder / "c.prof"
        rows = list(csv.reader(io.StringIO(run("export", capture, "--to", "csv").decode(), newline="")))
        assert rows[0] == ["function", "file", "line", "calls", "self", "total", "exact"]
        assert rows[1] == ["<built-in method time.sleep>", "", "", "3", "0.75", "0.75", "true"]
        assert json.loads(run("export", capture, "--to", "json"))["functions"] == functions(capture)
        assert run("export", capture, "--to", "svg").lstrip().startswith(b"<")
        assert run("export", capture, "--to", "svg", "--icicle") != run("export", capture, "--to", "svg")
        assert run("export", capture, "--to", "png").startswith(b"\x89PNG")
        assert run("export", capture, "--to", "pdf").startswith(b"%PDF")
        scope = json.loads(run("export", capture, "--to", "speedscope"))
        assert scope["exporter"].startswith("thaw ") and scope["profiles"][0]["unit"] == "seconds"
        assert abs(sum(scope["profiles"][0]["weights"]) - 1) < 1e-9
        for suffix, head in (("svg", b"<"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("csv", b"function,"),
                             ("json", b'{"functions"'), ("speedscope.json", b'{"$schema"'),
                             ("collapsed", b"main"), ("folded", b"main")):
            run("export", capture, "-o", folder / f"x.{suffix}")
            assert (folder / f"x.{suffix}").read_bytes().startswith(head), suffix
        assert run("export", capture, "--to", "csv", "-o", "-").startswith(b"function")


def test_output_files():
    with Folder() as folder:
        capture = folder / "b.json"
        out, link = folder / "out.csv", folder / "link.csv"
        out.write_bytes(b"old")
        out.chmod(0o640)
        link.symlink_to(out)
        run("export", capture, "--to", "csv", "-o", link)
        assert link.is_symlink() and out.read_bytes().startswith(b"function")
        assert out.stat().st_mode & 0o777 == 0o640
        before = sorted(folder.iterdir())
        for same in (capture, folder / "." / "b.json"):
            run("export", capture, "--to", "csv", "-o", same, expect=2)
            run("export", folder, "--to", "csv", "-o", same, expect=2)
            run("merge", folder / "a.collapsed", capture, "-o", same, expect=2)
        run("merge", capture, folder / "d.json.gz", "-o", capture, expect=2)
        assert capture.read_bytes() == SPEEDSCOPE
        run("export", capture, "--to", "csv", "-o", folder / "no" / "x.csv", expect=1)
        if os.path.exists("/dev/full"):
            run("export", capture, "--to", "csv", "-o", "/dev/full", expect=1)
            for command in (["--version"], ["top", capture], ["info", capture],
                            ["top", "--json", capture], ["info", "--json", capture],
                            ["export", "--to", "csv", capture]):
                with open("/dev/full", "wb") as full:
                    done = subprocess.run([CLI, *command], stdout=full, stderr=subprocess.PIPE)
                assert done.returncode == 1 and done.stderr, command
        run("export", capture, "--to", "csv", "-o", "/dev/null")
        assert sorted(folder.iterdir()) == before  # no temporary file is left


def test_standard_input():
    rows = json.loads(run("top", "--json", "-", stdin=COLLAPSED))["functions"]
    assert rows[0]["name"] == "load", rows


def test_folder_and_merge():
    with Folder() as folder:
        workers = folder / "workers"
        workers.mkdir()
        for i in range(3):
            (workers / f"w{i}.prof").write_bytes(PSTATS)
        (workers / "notes.txt").write_text("hello")
        assert sum(r["self"] for r in functions(workers)) == 3
        assert "notes.txt" in run.errors
        assert sum(r["self"] for r in functions(workers, "--thread", "w1.prof")) == 1
        run("top", workers, "--thread", "w9.prof", expect=2)
        assert "\n  w2.prof" in run.errors, run.errors
        run("merge", workers, "-o", folder / "all.json")
        merged = json.loads((folder / "all.json").read_bytes())
        assert sorted(p["name"] for p in merged["profiles"]) == ["w0.prof", "w1.prof", "w2.prof"], merged
        run("merge", folder / "b.json", folder / "d.json.gz", "-o", folder / "two.json")
        info = json.loads(run("info", "--json", folder / "two.json"))
        totals = [t["total"] for p in info["processes"] for t in p["threads"]]
        assert totals == [2, 4, 8], totals
        lines = run("merge", folder / "b.json", "-o", "-", "--to", "collapsed").decode().splitlines()
        assert 'process 13:"";thread (34): MainThread;load (a.py:8) 4' in lines, lines
        (workers / "w0.prof").unlink(), (workers / "w1.prof").unlink(), (workers / "w2.prof").unlink()
        run("top", workers, expect=3)


def stacks_of(path):
    """Lines of a capture of collapsed stacks; None where two have the same path or one is odd."""
    data = open(path, "rb").read()
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    lines = [line.rstrip("\r") for line in text.split("\n") if line.strip()]
    lines = [line for line in lines if not line.startswith("#")]
    paths = [line.rpartition(" ")[0] for line in lines]
    return lines if len(set(paths)) == len(paths) else None


def canonical(line):
    """A line with its number as Thaw writes it: 19 for 19.0."""
    path, _, number = line.rpartition(" ")
    return f"{path} {number[:-2] if number.endswith('.0') else number}"


def test_round_trip():
    assert run("export", "-", "--to", "collapsed", stdin=COLLAPSED) == (
        b"idle 2.5\nmain;load 3\nmain;load;parse 1\n")
    text = ('process 1:"a;b";process 2:"c d";thread (5): x (y);f (x.py:3) 4\n'
            'process 1:"a;b";thread (0x7F1122334455);f (x.py:3);g (lib.so);; 5\n'
            'process 1:"a;b";thread (7): z 6\n').encode()
    lines = run("export", "-", "--to", "collapsed", "--lines", stdin=text).splitlines()
    assert lines == sorted(text.splitlines()), lines
    tachyon = b"tid:12;app.py:main:3;<GC> 4\ntid:12;app.py:main:3;lib.py:f:9 1\n"
    assert run("export", "-", "--to", "collapsed", "--lines", stdin=tachyon).splitlines() == sorted(
        tachyon.splitlines())


def test_round_trip_corpus():
    n = 0
    for path in sorted(glob.glob(os.path.join(CORPUS, "collapsed", "*"))):
        lines = stacks_of(path)
        info = subprocess.run([CLI, "info", "--json", path], capture_output=True)
        if lines is None or info.returncode != 0 or json.loads(info.stdout)["warnings"]:
            continue
        out = run("export", path, "--to", "collapsed", "--lines").decode().splitlines()
        expected = sorted(map(canonical, lines), key=str.encode)
        assert out == expected, (path, [p for p in zip(out, expected) if p[0] != p[1]][:1])
        n += 1
    return f"{n} files" if n else "# SKIP no corpus"


def test_speedscope_corpus():
    """What was exported opens again with the same totals, as samples or as events."""
    n = 0
    for folder in ("speedscope", "pstats", "collapsed"):
        for path in sorted(glob.glob(os.path.join(CORPUS, folder, "*")))[:12]:
            before = subprocess.run([CLI, "info", "--json", path], capture_output=True)
            if before.returncode != 0:
                continue
            out = run("export", path, "--to", "speedscope", "--lines")
            after = json.loads(run("info", "--json", "-", stdin=out))
            def total(info):
                return sum(t["total"] for p in info["processes"] for t in p["threads"])
            a, b = total(json.loads(before.stdout)), total(after)
            assert abs(a - b) <= 1e-9 * max(abs(a), 1), (path, a, b)
            n += 1
    return f"{n} files" if n else "# SKIP no corpus"


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    print(f"1..{len(tests)}")
    failed = False
    for number, (name, test) in enumerate(tests, 1):
        try:
            note = test()
            print(f"ok {number} {name[5:]} {note or ''}", flush=True)
        except Exception as problem:  # the next test may still tell something
            failed = True
            line = problem.__traceback__
            while line.tb_next:
                line = line.tb_next
            print(f"# {type(problem).__name__} in line {line.tb_lineno}: {problem}")
            print(f"not ok {number} {name[5:]}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
