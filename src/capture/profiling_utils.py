# SPDX-License-Identifier: MIT
"""Profiles every thread, Qt thread and child process of a program. Python's standard library only.

cProfile sees the thread that started it. This module gives each thread a profiler of its own and
writes, for each process, one capture file (``.thaw``, see FORMAT.md) that Thaw opens::

    from profiling_utils import enable_thread_profiling, aggregate_profiles
    enable_thread_profiling("captures")     # every thread from here on, and child processes
    ...
    path = aggregate_profiles("captures")   # one file with all processes; stops recording

With ``PROFILING=1`` in the environment, importing the module is enough. ``PROFILING_DIR`` names the
folder (else ``./profiling``), ``PROFILING_CHECKPOINT`` the seconds between the files that survive a
SIGKILL (10; 0: none).

How: up to Python 3.11 one ``cProfile.Profile`` per thread; from 3.12 on, where a second cProfile
cannot be started, one ``sys.monitoring`` tool that hands each thread's events to a ``_lsprof``
profiler of that thread. Threads are caught in ``threading.Thread._bootstrap_inner``, Qt's threads
through ``started`` and ``finished`` and the runnables given to pools, forked processes through
``os.register_at_fork``, spawned ones through what multiprocessing sends them. What cannot be seen:
threads that ran before, on 3.11 and older; children started with ``-I``; children of subprocess that
do not import this module; processes that C code ends without Python's knowledge.
"""

import _signal
import atexit
import cProfile
import gc
import json
import itertools
import operator
import os
import re
import select
import signal
import socket
import sys
import threading
import time
from _thread import allocate_lock, get_ident, get_native_id, start_new_thread
from collections import deque
from typing import Any, Callable, Dict, FrozenSet, Iterable, List, Optional, Tuple

__all__ = [
    "enable_thread_profiling",
    "aggregate_profiles",
    "init_worker_profiler",
    "dump_worker_profile",
]
__version__ = "1.0"

FORMAT, VERSION = "thaw-capture", 1
_INHERITED = ("PROFILING_SESSION", "PROFILING_PARENT")  # what children find in their environment
_HAVE_MONITORING = hasattr(sys, "monitoring")
_BINDINGS = ("PySide6", "PyQt6", "PySide2", "PyQt5")
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
_THIS_FILE = (lambda: 0).__code__.co_filename


# -- One thread -----------------------------------------------------------------------------------


class _Record:
    """What is known of one thread, and its profiler. Kept in a list: idents are reused at once."""

    __slots__ = (
        "profile",
        "entries",
        "thread",
        "native_id",
        "ident",
        "name",
        "cls",
        "role",
        "qt_name",
        "daemon",
        "start",
        "end",
        "pin",
        "known",
    )

    def __init__(self, thread: Optional[threading.Thread] = None) -> None:
        self.profile: Optional[cProfile.Profile] = cProfile.Profile()
        self.entries: Optional[list] = None
        # Not threading.current_thread(): it would register a dummy for a foreign thread.
        self.thread = thread or threading._active.get(get_ident())  # type: ignore[attr-defined]
        self.native_id, self.ident = get_native_id(), get_ident()
        self.known = False
        self.name = self.qt_name = self.cls = ""
        self.role, self.daemon = "foreign", False
        self.start, self.end, self.pin = time.monotonic_ns(), None, None
        self.look()

    def look(self) -> None:
        """Reads name and role from the thread object and from Qt; called early and late."""
        thread = self.thread
        if thread is not None:
            self.name, self.cls, self.daemon = thread.name, type(thread).__name__, thread.daemon
            if self.role == "foreign":
                self.role = "main" if thread is threading.main_thread() else "thread"
        if self.ident == get_ident():
            self.look_at_qt()
        elif self.role == "main" and _qt_application() is not None:
            self.role = "gui"  # another thread writes, because this one sits in an event loop

    def look_at_qt(self) -> None:
        """The Qt side of the calling thread: GUI thread, QThread or pool thread."""
        core = _qt_core()
        try:
            current = core.QThread.currentThread() if core else None
            if current is None:
                return
            application = _qt_application()
            name = current.objectName()
            if application is not None and application.thread() == current:
                self.role = "gui" if self.role in ("main", "foreign", "thread") else self.role
                self.qt_name = name
            elif self.role == "foreign":
                self.role = "qthreadpool" if name == "Thread (pooled)" else "qthread"
                self.qt_name, self.cls = name, type(current).__name__
        except Exception:  # a binding half torn down at exit
            pass


def _qt_application() -> Any:
    core = _qt_core()
    return core.QCoreApplication.instance() if core is not None else None


def _qt_core() -> Any:
    for binding in _BINDINGS:
        module = sys.modules.get(binding + ".QtCore")
        if module is not None and hasattr(module, "QThread"):
            return module
    return None


# -- Two ways to feed a thread's profiler ---------------------------------------------------------


class _CProfileBackend:
    """Python up to 3.11: each thread enables a cProfile.Profile of its own."""

    name = "cprofile"

    def start(self) -> None:
        pass

    def stop(self) -> None:
        sys.setprofile(None)

    def attach(self, record: _Record) -> None:
        record.profile.enable()

    def detach(self, record: _Record) -> None:
        record.profile.disable()

    def flush(self, record: _Record) -> None:
        """Closes the frames that are still open, from whichever thread."""
        record.profile.disable()

    def forked(self, records: Iterable[_Record]) -> None:
        sys.setprofile(None)
        for record in records:  # deallocating an enabled Profile would unhook this thread later
            if record.profile is not None:
                record.profile.disable()

    def later(self, work: Callable[[], None]) -> None:
        work()  # no Python with this back end minds a thread after fork


class _MonitoringBackend:
    """Python 3.12 and later: one tool, whose callbacks go to the thread's own profiler."""

    name = "monitoring"
    CALLBACKS = ("_pystart_callback", "_pyreturn_callback", "_ccall_callback", "_creturn_callback")

    @classmethod
    def usable(cls) -> bool:
        return _HAVE_MONITORING and all(hasattr(cProfile.Profile, name) for name in cls.CALLBACKS)

    def __init__(self, begin: Callable[[], Any]) -> None:
        self.local = threading.local()
        self.begin = begin
        self.tool: Optional[int] = None

    def attach(self, record: _Record) -> None:
        profile = record.profile
        calls = [getattr(profile, name) for name in self.CALLBACKS]
        start = calls[0]
        calls.append(
            getattr(profile, "_pythrow_callback", lambda code, offset, error: start(code, offset))
        )
        self.local.calls = calls

    def detach(self, record: _Record) -> None:
        self.local.calls = (_nothing,) * 5
        self.flush(record)

    def flush(self, record: _Record) -> None:
        # enable and disable with no bytecode call between them, which would be recorded
        deque(map(operator.call, (record.profile.enable, record.profile.disable)), 0)

    def forked(self, records: Iterable[_Record]) -> None:
        self.local = threading.local()

    def later(self, work: Callable[[], None]) -> None:
        """Does something at the thread's next event outside this module: on return from os.fork,
        which from 3.13 on warns of threads only after all hooks have run."""
        calls = getattr(self.local, "calls", None)
        if calls is None:
            work()
            return

        def resuming(callback):
            def resume(code, *arguments):
                if code.co_filename != _THIS_FILE:
                    self.local.calls = calls
                    work()
                return callback(code, *arguments)

            return resume

        self.local.calls = [resuming(callback) for callback in calls]

    def start(self) -> None:
        monitoring = sys.monitoring
        for tool in (3, 4, 1, 0):  # 2 is cProfile's own, 5 the optimiser's
            if monitoring.get_tool(tool) is None:
                break
        else:
            raise RuntimeError("every sys.monitoring tool id is taken")
        monitoring.use_tool_id(tool, "profiling_utils")
        self.tool = tool
        events = monitoring.events
        for names, callback in self.callbacks():
            for name in names:
                monitoring.register_callback(tool, getattr(events, name), callback)
        wanted = 0
        for name in (
            "PY_START",
            "PY_RESUME",
            "PY_THROW",
            "PY_RETURN",
            "PY_YIELD",
            "PY_UNWIND",
            "CALL",
            "C_RETURN",
            "C_RAISE",
        ):
            wanted |= getattr(events, name)
        monitoring.set_events(tool, wanted)

    def stop(self) -> None:
        if self.tool is not None:
            sys.monitoring.set_events(self.tool, 0)
            sys.monitoring.free_tool_id(self.tool)
            self.tool = None

    def first(self, code: Any) -> Any:
        """The callbacks of a thread seen for the first time; idle where nothing is recorded."""
        self.local.calls = (_nothing,) * 5  # what begin() itself calls is not the program's
        if code is _Keeper.run.__code__:
            return self.local.calls
        if self.begin() is None:
            calls = self.local.calls
            del self.local.calls
            return calls
        return self.local.calls

    def callbacks(self) -> List[Tuple[Tuple[str, ...], Callable]]:
        """Events and what they call. A thread without a profiler gets one at its first frame."""

        def enter(code, offset):
            try:
                calls = self.local.calls
            except AttributeError:
                calls = self.first(code)
            calls[0](code, offset)

        def throw(code, offset, error):
            try:
                calls = self.local.calls
            except AttributeError:
                calls = self.first(code)
            calls[4](code, offset, error)

        def leave(code, offset, value):
            try:
                self.local.calls[1](code, offset, value)
            except AttributeError:
                pass

        def call(code, offset, function, argument):
            try:
                self.local.calls[2](code, offset, function, argument)
            except AttributeError:
                pass

        def called(code, offset, function, argument):
            try:
                self.local.calls[3](code, offset, function, argument)
            except AttributeError:
                pass

        return [
            (("PY_START", "PY_RESUME"), enter),
            (("PY_THROW",), throw),
            (("PY_RETURN", "PY_YIELD", "PY_UNWIND"), leave),
            (("CALL",), call),
            (("C_RETURN", "C_RAISE"), called),
        ]


def _nothing(*arguments: Any) -> None:
    pass


# -- The recording of one process -----------------------------------------------------------------


class _Recording:
    """All records of a process and where they are written. A fork makes a new one."""

    def __init__(
        self, directory: str, session: Optional[str], parent: Optional[str], start_method: str
    ) -> None:
        self.directory, self.parent, self.start_method = directory, parent, start_method
        self.records: List[_Record] = []
        self.notes: List[str] = []
        self.local = threading.local()
        self.pid = os.getpid()
        self.unix_ns, self.monotonic_ns = time.time_ns(), time.monotonic_ns()
        self.id = "%s:%d:%d" % (socket.gethostname(), self.pid, self.unix_ns)
        self.session = session or self.id
        self.over = self.terminated = False
        self.lock = allocate_lock()  # held by the thread that writes, whose ident is holder
        self.holder = 0
        self.foreign: Dict[Tuple[int, int], _Record] = {}
        self.backend: Any = None
        self.keeper: Optional[_Keeper] = None

    # threads

    def begin(self, thread: Optional[threading.Thread] = None) -> Optional[_Record]:
        """Starts the calling thread's record, once. Cheap when it has one."""
        record = getattr(self.local, "record", None)
        if record is None and not self.over:
            record = self.local.record = self.foreign_record() or _Record(thread)
            if not record.known:
                record.known = True
                self.records.append(record)
                if record.thread is None:
                    self.foreign[record.native_id, record.ident] = record
            self.backend.attach(record)
        elif record is not None and thread is not None and record.thread is None:
            record.thread = thread  # seen at its first frame, before it was known to threading
            record.look()
        return record

    def foreign_record(self) -> Optional[_Record]:
        """The open record of a thread that Python forgets between two calls, as a pool's of Qt."""
        return self.foreign.get((get_native_id(), get_ident())) if self.foreign else None

    def end(self) -> None:
        """Ends the calling thread's record and keeps only its numbers."""
        record = getattr(self.local, "record", None)
        if record is None or record.end is not None or self.over:
            return
        self.backend.detach(record)
        record.look()
        record.end = time.monotonic_ns()
        record.entries, record.profile, record.thread = record.profile.getstats(), None, None
        self.local.record = None
        self.foreign.pop((record.native_id, record.ident), None)
        self.unpin(record)

    def pin(self, record: _Record) -> None:
        """Keeps a Qt thread's Python state, and with it the profiler, from one slot to the next."""
        if record.pin is None and record.thread is None:
            import ctypes

            ensure = ctypes.pythonapi.PyGILState_Ensure
            ensure.restype = ctypes.c_int
            record.pin = ensure()

    def unpin(self, record: _Record) -> None:
        pin, record.pin = record.pin, None
        if pin is not None:
            import ctypes

            release = ctypes.pythonapi.PyGILState_Release
            release.argtypes, release.restype = [ctypes.c_int], None
            release(pin)

    # writing

    def exclusively(self, work: Callable[[], Optional[str]], patience: float) -> Optional[str]:
        """Does one piece of writing at a time; gives up after *patience* seconds, and at once where
        the caller has interrupted its own."""
        if self.holder == get_ident() or not self.lock.acquire(patience > 0, patience or -1):
            return None
        self.holder = get_ident()
        try:
            return work()
        except Exception as problem:  # recording never harms the program
            _complain("cannot write the capture", problem)
            return None
        finally:
            self.holder = 0
            self.lock.release()
            if self.terminated:
                self.terminated = False
                self.finish(30)
                _die_of_termination()

    def finish(self, patience: float = 0) -> Optional[str]:
        """Stops recording and writes the process's file; returns its path. Once only."""
        if self.pid != os.getpid():
            return None
        path = self.exclusively(self.conclude, patience)
        if self.over:
            # Not in the midst of it: the keeper, too, may wait for the write to be done.
            keeper, self.keeper = self.keeper, None
            if keeper is not None:
                keeper.stop()
                keeper.close()
            _unhook_termination()
        return path

    def checkpoint(self) -> Optional[str]:
        """Writes what is known now, without the calls that are open."""
        return self.exclusively(lambda: None if self.over else self.write(final=False), 0)

    def conclude(self) -> Optional[str]:
        if self.over:
            return None
        self.over = True
        self.stop()
        for variable in _INHERITED:
            os.environ.pop(variable, None)
        return self.write(final=True)

    def stop(self) -> None:
        """Ends all profilers and takes their numbers, with no thread running in between."""
        switch = sys.getswitchinterval()
        sys.setswitchinterval(0.5)
        try:
            self.backend.stop()
            for record in list(self.records):
                if record.profile is not None:
                    self.backend.flush(record)
                    record.entries = _entries(record.profile)
        finally:
            sys.setswitchinterval(switch)

    def write(self, final: bool) -> Optional[str]:
        return _write_atomically(self.directory, self.file_name(), _json(self.describe(final)))

    def concerns(self, process: Dict[str, Any]) -> bool:
        """Whether a process is of this capture: by session, or a worker that began alone."""
        return process.get("session") == self.session or process.get("ppid") == self.pid

    def file_name(self) -> str:
        return _file_name(self.id)

    def describe(self, final: bool) -> Dict[str, Any]:
        table = _Functions()
        threads = [self.describe_thread(record, table, final) for record in list(self.records)]
        process = {
            "id": self.id,
            "parent": self.parent,
            "session": self.session,
            "host": self.id.rsplit(":", 2)[0],
            "pid": self.pid,
            "ppid": os.getppid(),
            "name": _process_name(),
            "start_method": self.start_method,
            "argv": list(getattr(sys, "orig_argv", None) or getattr(sys, "argv", [])),
            "python": {
                "version": "%d.%d.%d" % sys.version_info[:3],
                "implementation": "CPython",
                "executable": sys.executable or "",
                "stdlib": os.path.dirname(os.__file__),
            },
            "qt": _qt_description(),
            "backend": self.backend.name,
            "clock": {
                "unix_ns": self.unix_ns,
                "monotonic_ns": self.monotonic_ns,
                "end_ns": time.monotonic_ns() - self.monotonic_ns,
            },
            "final": final,
            "notes": list(self.notes),
            "files": table.files,
            "functions": table.columns,
            "threads": threads,
        }
        return _capture([process])

    def describe_thread(self, record: _Record, table: "_Functions", final: bool) -> Dict[str, Any]:
        record.look()
        profile = record.profile
        entries = record.entries
        if entries is None:
            entries = _entries(profile) if profile is not None else []
        rows, edges = _tabulate(entries, table)
        end = record.end or time.monotonic_ns()
        return {
            "native_id": record.native_id,
            "ident": record.ident,
            "name": record.name,
            "class": record.cls,
            "role": record.role,
            "qt_name": record.qt_name,
            "daemon": record.daemon,
            "start_ns": record.start - self.monotonic_ns,
            "end_ns": end - self.monotonic_ns,
            "running": record.end is None,
            "rows": rows,
            "edges": edges,
        }


# -- The capture file -----------------------------------------------------------------------------


def _capture(processes: List[Dict[str, Any]]) -> Dict[str, Any]:
    writer = "profiling_utils " + __version__
    return {"format": FORMAT, "version": VERSION, "writer": writer, "processes": processes}


def _json(content: Any) -> str:
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False)


def _file_name(identity: str, prefix: str = "") -> str:
    return prefix + re.sub(r"[^\w.-]", "_", identity.replace(":", "-")) + ".thaw"


def _entries(profile: cProfile.Profile) -> list:
    """What a profiler has counted. A collection in the middle could let its thread go on."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return profile.getstats()
    finally:
        if collecting:
            gc.enable()


def _process_name() -> str:
    """The name that multiprocessing gave its child, or the program's file name."""
    process = sys.modules.get("multiprocessing.process")
    if process is not None and process.parent_process() is not None:
        return process.current_process().name
    return os.path.basename(sys.argv[0]) if getattr(sys, "argv", None) else ""


class _Functions:
    """Functions of a process, each once, as the file's columns."""

    def __init__(self) -> None:
        self.files: List[str] = []
        self.columns: Dict[str, list] = {"name": [], "qualname": [], "file": [], "line": []}
        self._files: Dict[str, int] = {}
        self._functions: Dict[Tuple[str, int, str], int] = {}

    def index(self, code: Any) -> int:
        if isinstance(code, str):
            file, line, name = "~", 0, _ADDRESS.sub("", code)
            qualname = name
        else:
            file, line, name = code.co_filename, code.co_firstlineno, code.co_name
            qualname = getattr(code, "co_qualname", name)
        key = (file, line, qualname)
        index = self._functions.get(key)
        if index is None:
            index = self._functions[key] = len(self.columns["name"])
            place = self._files.setdefault(file, len(self._files))
            if place == len(self.files):
                self.files.append(file)
            for column, value in (
                ("name", name),
                ("qualname", qualname),
                ("file", place),
                ("line", line),
            ):
                self.columns[column].append(value)
        return index


def _ours(code: Any) -> bool:
    """Frames of this module and the calls that begin and end a profile: not the program's."""
    if isinstance(code, str):
        return code.startswith(("<method 'disable' of '_lsprof", "<method 'enable' of '_lsprof"))
    return code.co_filename == _THIS_FILE


def _tabulate(entries: list, table: _Functions) -> Tuple[Dict[str, list], Dict[str, list]]:
    """Raw _lsprof entries as rows and edges; functions of one label add up, not overwrite."""
    rows: Dict[int, List[int]] = {}
    edges: Dict[Tuple[int, int], List[int]] = {}

    def add(sums: Dict, key: Any, entry: Any, sign: int = 1) -> None:
        old = sums.get(key, (0, 0, 0, 0))
        sums[key] = [
            old[0] + sign * entry.callcount,
            old[1] + sign * entry.reccallcount,
            old[2] + sign * round(entry.totaltime * 1e9),
            old[3] + sign * round(entry.inlinetime * 1e9),
        ]

    for entry in entries:
        ours = _ours(entry.code)
        if not ours:
            caller = table.index(entry.code)
            add(rows, caller, entry)
        for callee in entry.calls or ():
            if _ours(callee.code):
                continue
            if not ours:
                add(edges, (caller, table.index(callee.code)), callee)
            elif entry.code in _Keeper.CODES:
                add(rows, table.index(callee.code), callee, -1)  # what the keeper called itself

    def columns(keys: Tuple[str, ...], sums: Dict) -> Dict[str, list]:
        ordered = sorted(key for key in sums if sums[key][0] > 0)
        heads = zip(*ordered) if len(keys) > 1 else [ordered]
        result = (
            {key: list(column) for key, column in zip(keys, heads)}
            if ordered
            else {key: [] for key in keys}
        )
        for place, name in enumerate(("calls", "recursive", "total_ns", "self_ns")):
            result[name] = [sums[key][place] for key in ordered]
        return result

    return columns(("function",), rows), columns(("caller", "callee"), edges)


def _qt_description() -> Optional[Dict[str, str]]:
    core = _qt_core()
    if core is None:
        return None
    binding = core.__name__.split(".")[0]
    version = getattr(sys.modules.get(binding), "__version__", None) or getattr(
        core, "PYQT_VERSION_STR", ""
    )
    return {"binding": binding, "version": str(version)}


_complained = False


def _complain(what: str, problem: BaseException) -> None:
    """Says once on standard error that recording is in trouble; the program goes on."""
    global _complained
    if not _complained:
        _complained = True
        try:
            sys.stderr.write("profiling_utils: %s: %s\n" % (what, problem))
        except Exception:
            pass


_part = itertools.count()


def _write_atomically(directory: str, name: str, text: str) -> Optional[str]:
    path, temporary = os.path.join(directory, name), None
    try:
        os.makedirs(directory, exist_ok=True)
        part = os.path.join(directory, ".%s.%d.%d.part" % (name, os.getpid(), next(_part)))
        # Not tempfile's: the file is to have the mode that the umask gives.
        handle = os.open(
            part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666
        )
        temporary = part
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
            file.write(text)
        os.replace(temporary, path)
        return path
    except OSError as problem:
        _complain("cannot write %s" % path, problem)
        if temporary is not None:
            try:
                os.unlink(temporary)
            except OSError:
                pass
        return None


# -- Hooks: threads, Qt, processes ----------------------------------------------------------------

_recording: Optional[_Recording] = None
_hooked = False


def _begin(thread: Optional[threading.Thread] = None) -> Optional[_Record]:
    return _recording.begin(thread) if _recording is not None else None


def _end() -> None:
    if _recording is not None:
        _recording.end()


def _hook_threads() -> None:
    original = threading.Thread._bootstrap_inner  # type: ignore[attr-defined]

    def _bootstrap_inner(self):
        _begin(self)
        try:
            original(self)
        finally:
            _end()

    threading.Thread._bootstrap_inner = _bootstrap_inner  # type: ignore[attr-defined]


def _hook_qt(core: Any) -> None:
    """QThread by its signals, which come in the thread itself; pools by what they are given."""
    thread_class, pool_class, runnable_class = core.QThread, core.QThreadPool, core.QRunnable
    if getattr(thread_class, "_profiling_utils", False):
        return
    direct = getattr(core.Qt, "ConnectionType", core.Qt).DirectConnection
    create, start = thread_class.__init__, thread_class.start

    def started():
        record = _begin()
        if record is not None:
            _recording.pin(record)

    def connect(thread, signal, slot):
        done = "_profiling_utils_" + signal
        if not thread.__dict__.get(done):
            setattr(thread, done, True)
            getattr(thread, signal).connect(slot, direct)

    def initialise(self, *arguments, **keywords):
        # Slots run in the order of connection: ours is to be before the program's first.
        create(self, *arguments, **keywords)
        connect(self, "started", started)

    def start_recorded(self, *arguments):
        connect(self, "started", started)
        connect(self, "finished", _end)
        return start(self, *arguments)

    def recorded(function):
        def run(*arguments):
            _begin()
            return function(*arguments)

        return run

    def prepared(task):
        if isinstance(task, runnable_class):
            if not task.__dict__.get("_profiling_utils_wrapped"):
                task._profiling_utils_wrapped = True
                task.run = recorded(task.run)
            return task
        return recorded(task) if callable(task) else task

    def pooled(method):
        return lambda self, task, *arguments: method(self, prepared(task), *arguments)

    thread_class.__init__ = initialise
    thread_class.start = start_recorded
    for name in ("start", "tryStart"):
        setattr(pool_class, name, pooled(getattr(pool_class, name)))
    thread_class._profiling_utils = True
    if _recording is not None and _recording.keeper is not None:
        _recording.keeper.watch()


class _QtFinder:
    """Hooks a binding's QtCore as it is imported, whatever the style of the import."""

    def find_spec(self, name, path=None, target=None):
        if not name.endswith(".QtCore") or name.split(".")[0] not in _BINDINGS:
            return None
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                return self.hooked(spec)
        return None

    def hooked(self, spec):
        execute = getattr(spec.loader, "exec_module", None)
        if execute is None:
            return spec

        def exec_module(module):
            execute(module)
            try:
                _hook_qt(module)
            except Exception as problem:
                _complain("cannot follow the threads of %s" % module.__name__, problem)

        try:
            spec.loader.exec_module = exec_module
        except AttributeError:
            pass
        return spec


class _Stowaway:
    """Travels with what spawn and forkserver children unpickle first, and starts recording there.

    It is unpickled before the child's sys.path is set up, so it brings the file's path along.
    """

    CODE = """
try:
    import importlib.util, sys
    profiling_utils = sys.modules.get("profiling_utils")
    if profiling_utils is None:
        spec = importlib.util.spec_from_file_location("profiling_utils", {file!r})
        profiling_utils = sys.modules["profiling_utils"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(profiling_utils)
    profiling_utils._enable({directory!r}, {session!r}, {parent!r}, {method!r})
except Exception:
    pass
"""

    def __init__(self, recording: _Recording) -> None:
        self.recording = recording

    def __reduce__(self):
        from multiprocessing import context

        recording = self.recording
        method = getattr(context.get_spawning_popen(), "method", "spawn")
        code = self.CODE.format(
            file=os.path.abspath(__file__),
            directory=recording.directory,
            session=recording.session,
            parent=recording.id,
            method=method,
        )
        return exec, (code, {})


def _hook_multiprocessing() -> None:
    """Sends a stowaway with spawn and forkserver; fork is seen by os.register_at_fork."""
    import multiprocessing.spawn

    spawn = multiprocessing.spawn
    prepare = spawn.get_preparation_data

    def get_preparation_data(name):
        data = prepare(name)
        if _recording is not None and not _recording.over:
            data["profiling_utils"] = _Stowaway(_recording)
        return data

    spawn.get_preparation_data = get_preparation_data


_forking = threading.local()


def _unblock() -> None:
    mask = _forking.__dict__.pop("mask", None)
    if mask is not None:
        _signal.pthread_sigmask(_signal.SIG_SETMASK, mask)


def _before_fork() -> None:
    # A child's Python forgets the signals that came before its fork was complete, and one SIGTERM is
    # all that a pool sends: have it wait. The C function, since this is profiled.
    if _termination is not None:
        _forking.mask = _signal.pthread_sigmask(_signal.SIG_BLOCK, (_signal.SIGTERM,))
    # From 3.12 on, forking with a second thread draws a warning; ours is not to be the cause.
    if _recording is not None and _recording.keeper is not None:
        _recording.keeper.stop()


def _after_fork_in_parent() -> None:
    if _recording is not None and _recording.keeper is not None and not _recording.over:
        _recording.backend.later(_recording.keeper.start)
    _unblock()


def _after_fork_in_child() -> None:
    """A child inherits the profilers and their data: drop both, and record anew."""
    try:
        _record_anew()
    finally:
        _unblock()


def _record_anew() -> None:
    global _recording
    parent = _recording
    if parent is None:
        return
    parent.backend.forked(parent.records)
    if parent.keeper is not None:
        parent.keeper.close()
    over, _recording = parent.over, None
    if not over:
        _start(parent.directory, parent.session, parent.id, "fork", parent.backend)


def _hook_exit() -> None:
    """os._exit skips what is registered for the end, and is how most forked children end."""
    leave = os._exit

    def _exit(status):
        if _recording is not None:
            _recording.finish(patience=5)
        leave(status)

    os._exit = _exit  # type: ignore[assignment]


# -- Checkpoints and termination ------------------------------------------------------------------


class _Keeper:
    """A thread that writes checkpoints, and dies of SIGTERM where the main thread cannot.

    It is none of threading's, so that the program counts its threads as before. One socket wakes
    it: a zero to stop, a signal's number when that signal has come. start, stop and watch run in the
    program's threads while these are profiled: they call nothing but C functions, which are taken
    off again.
    """

    CODES: FrozenSet[Any] = frozenset()

    def __init__(self, recording: _Recording) -> None:
        self.recording = recording
        self.native_id = 0
        self.ended: Optional[Any] = None  # a lock that the thread holds
        self.wakes = False
        self.receiver, self.sender = socket.socketpair()
        self.receiver.setblocking(False)
        self.sender.setblocking(False)
        try:
            self.interval = float(os.environ.get("PROFILING_CHECKPOINT", "10")) or None
        except ValueError:
            self.interval = 10.0

    def start(self) -> None:
        if self.ended is not None:
            return  # another thread that has forked was first
        self.ended = ended = allocate_lock()
        ended.acquire()
        try:
            start_new_thread(self.run, (ended,))
        except RuntimeError:  # there is no thread to be had, or the interpreter is ending
            self.ended = None

    def stop(self) -> None:
        """Ends the thread and waits until the operating system has forgotten it."""
        ended, self.ended = self.ended, None
        if ended is None or self.native_id == get_native_id():
            return
        try:
            self.sender.send(b"\0")
        except OSError:
            pass
        if not ended.acquire(True, 5):
            return  # in the middle of a long write
        try:
            for _ in range(1000):
                os.stat("/proc/self/task/%d" % self.native_id)
                time.sleep(0.0001)
        except OSError:
            pass

    def watch(self) -> None:
        """Has signals wake the thread: a Qt event loop keeps Python from handling them, and a worker
        of a pool may be about to wait for a lock that is never released."""
        if _termination is None or self.wakes or not _in_main_thread():
            return
        previous = signal.set_wakeup_fd(self.sender.fileno(), warn_on_full_buffer=False)
        self.wakes = previous == -1
        if not self.wakes:
            signal.set_wakeup_fd(previous)

    def close(self) -> None:
        if self.wakes and _in_main_thread():
            previous = signal.set_wakeup_fd(-1)
            if previous != self.sender.fileno():
                signal.set_wakeup_fd(previous)
        elif self.wakes:
            return  # signals still go there
        self.receiver.close()
        self.sender.close()

    def run(self, ended: Any) -> None:
        self.native_id = get_native_id()
        try:
            pause = self.interval
            while True:
                readable, _, _ = select.select([self.receiver], [], [], pause)
                woken = self.receiver.recv(64) if readable else b""
                if readable and (not woken or 0 in woken):
                    return
                if signal.SIGTERM in woken:
                    self.recording.finish(30)
                    _die_of_termination()
                if not readable:
                    begun = time.monotonic()
                    self.recording.checkpoint()
                    # A large program's checkpoints must not take more than a part in fifty.
                    pause = max(self.interval or 0, 50 * (time.monotonic() - begun))
        except Exception:
            pass  # the program has closed every file there is, or is being torn down
        finally:
            ended.release()


_Keeper.CODES = frozenset(
    function.__code__
    for function in (
        _Keeper.start,
        _Keeper.stop,
        _Keeper.watch,
        _before_fork,
        _after_fork_in_parent,
        _unblock,
    )
)


_termination: Optional[Callable[[int, Any], None]] = None


def _in_main_thread() -> bool:
    # Not threading.current_thread(): it would register a dummy for a foreign thread.
    return get_ident() == threading._main_thread.ident  # type: ignore[attr-defined]


def _hook_termination() -> None:
    """Writes the file on SIGTERM, then dies of it as before. Only where nobody else handles it."""
    global _termination
    if os.name != "posix" or not _in_main_thread():
        return
    if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        return

    def terminate(number, frame):
        recording = _recording
        if recording is not None and recording.holder == get_ident():
            recording.terminated = True  # the write that this interrupts goes on, and then dies
            return
        if recording is not None:
            recording.finish(30)
        _die_of_termination()

    _termination = terminate
    signal.signal(signal.SIGTERM, terminate)


def _unhook_termination() -> None:
    global _termination
    if _termination is None:
        return
    if not _in_main_thread():
        if _qt_core() is not None:
            _default_termination()
    elif signal.getsignal(signal.SIGTERM) is _termination:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _termination = None


def _default_termination() -> None:
    """SIGTERM's default action; past Python's signal module, which obeys the main thread alone."""
    import ctypes

    action = ctypes.CDLL(None).signal
    action.argtypes, action.restype = [ctypes.c_int, ctypes.c_void_p], ctypes.c_void_p
    action(signal.SIGTERM, None)


def _die_of_termination() -> None:
    try:
        if _in_main_thread():
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
        else:
            _default_termination()
        os.kill(os.getpid(), signal.SIGTERM)
    except Exception:
        os._exit(128 + signal.SIGTERM)


# -- The public functions -------------------------------------------------------------------------


def _choose_backend() -> Any:
    if not _HAVE_MONITORING:
        return _CProfileBackend()
    if _MonitoringBackend.usable():
        return _MonitoringBackend(_begin)
    raise RuntimeError("this Python's cProfile lacks the callbacks that recording per thread needs")


def _start(
    directory: str, session: Optional[str], parent: Optional[str], method: str, backend: Any
) -> None:
    """Begins this process's recording; the calling thread's record comes last, so that nothing of
    this is seen."""
    global _recording
    recording = _Recording(directory, session, parent, method)
    recording.backend = backend
    _recording = recording
    values = directory, recording.session, recording.id
    os.environ.update(zip(("PROFILING_DIR",) + _INHERITED, values))
    _hook_termination()
    recording.keeper = _Keeper(recording)
    recording.keeper.start()
    pooled = method in ("spawn", "forkserver") or "multiprocessing.popen_fork" in sys.modules
    if pooled or _qt_core() is not None:
        recording.keeper.watch()
    recording.begin()


def _enable(
    directory: Optional[str], session: Optional[str], parent: Optional[str], method: str
) -> None:
    global _hooked, _recording
    recording = _recording
    if recording is not None and not recording.over and recording.pid == os.getpid():
        if parent not in (None, recording.id):  # on by itself already, and now told who started it
            recording.session, recording.parent = session or recording.session, parent
            recording.start_method = method
        return
    directory = os.path.abspath(directory or os.environ.get("PROFILING_DIR") or "profiling")
    try:
        os.makedirs(directory, exist_ok=True)
        if not os.access(directory, os.W_OK | os.X_OK):
            raise PermissionError("cannot write to %s" % directory)
        if not _hooked:
            _hooked = True
            _hook()
        core = _qt_core()
        if core is not None:
            _hook_qt(core)
        backend = _choose_backend()
        backend.start()
        _start(directory, session, parent, method, backend)
    except Exception as problem:
        _recording = None
        _complain("not recording", problem)
        return
    if isinstance(backend, _CProfileBackend):
        earlier = [t.name for t in threading.enumerate() if t.ident != get_ident()]
        if earlier:
            _recording.notes.append("not seen, as they ran before: " + ", ".join(earlier))


def _hook() -> None:
    _hook_threads()
    _hook_multiprocessing()
    _hook_exit()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(
            before=_before_fork,
            after_in_parent=_after_fork_in_parent,
            after_in_child=_after_fork_in_child,
        )
    sys.meta_path.insert(0, _QtFinder())
    atexit.register(_finish)


def enable_thread_profiling(directory: Optional[str] = None) -> None:
    """Records every thread of this process from here on, and its child processes.

    Files go to *directory*, else ``$PROFILING_DIR``, else ``./profiling``; one a process. Harmless
    when recording is on already.
    """
    session, parent = (os.environ.get(name) for name in _INHERITED)
    if _recording is not None and parent == _recording.id:
        parent = None
    _enable(directory, session, parent, "subprocess" if parent else "main")


def _finish() -> Optional[str]:
    return _recording.finish(30) if _recording is not None else None


def aggregate_profiles(
    directory: Optional[str] = None, output: Optional[str] = None
) -> Optional[str]:
    """Ends this process's recording and merges the files of its session; returns the merged file.

    They are looked for in *directory* and where they were recorded. A process that has not recorded
    merges whatever lies in *directory* (else ``$PROFILING_DIR``, else ``./profiling``). The result
    is *output*, else ``profile-….thaw`` in *directory*. Doing it again, or merging merged files,
    gives the same. In a child process, whose parent merges, it only ends the recording and returns
    the child's own file. None when there is nothing.
    """
    _finish()
    recording = _recording if _recording is not None and _recording.pid == os.getpid() else None
    if recording is not None and recording.parent is not None:
        path = os.path.join(recording.directory, recording.file_name())
        return path if os.path.exists(path) else None
    recorded = recording.directory if recording is not None else None
    directory = os.path.abspath(
        directory or recorded or os.environ.get("PROFILING_DIR") or "profiling"
    )
    processes: Dict[str, Tuple[Any, Dict[str, Any]]] = {}
    for path in _captures_in({directory, recorded or directory}):
        for process in _read_processes(path):
            if recording is not None and not recording.concerns(process):
                continue
            end = process["clock"]["end_ns"]
            key = bool(process.get("final")), end, json.dumps(process, sort_keys=True)
            known = processes.get(process["id"])
            if known is None or key > known[0]:
                processes[process["id"]] = (key, process)
    if not processes:
        return None
    ordered = sorted(
        (process for _, process in processes.values()),
        key=lambda process: (process["clock"]["unix_ns"], process["id"]),
    )
    folder, name = directory, _file_name(ordered[0]["id"], "profile-")
    if output:
        folder, name = os.path.split(os.path.abspath(output))
    return _write_atomically(folder, name, _json(_capture(ordered)))


def _captures_in(folders: Iterable[str]) -> List[str]:
    return [
        os.path.join(folder, name)
        for folder in folders
        if os.path.isdir(folder)
        for name in sorted(os.listdir(folder))
        if name.endswith(".thaw")
    ]


def _read_processes(path: str) -> List[Dict[str, Any]]:
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        if content.get("format") != FORMAT or content.get("version", 0) > VERSION:
            return []
        return [
            p for p in content["processes"] if isinstance(p, dict) and "id" in p and "clock" in p
        ]
    except (OSError, ValueError, KeyError, AttributeError):
        return []


def init_worker_profiler() -> Optional[_Recording]:
    """For a pool's initializer: records this worker. The file is written when the worker ends, also
    when its pool is terminated."""
    enable_thread_profiling()
    return _recording


def dump_worker_profile(profiler: Any = None) -> Optional[str]:
    """Writes what the worker has recorded so far and goes on recording; returns the file's path."""
    recording = profiler if isinstance(profiler, _Recording) else _recording
    return recording.checkpoint() if recording is not None else None


if os.environ.get("PROFILING") == "1":
    enable_thread_profiling()
