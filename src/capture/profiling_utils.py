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
cannot be started, one ``sys.monitoring`` tool that hands each thread's events to a ``_lsprof`` profiler
of that thread. Threads are caught in ``threading.Thread._bootstrap_inner``, Qt's threads through
``started`` and ``finished`` and the runnables given to pools, processes through multiprocessing's own
bootstrap and ``os.register_at_fork``. What cannot be seen: threads that ran before, on 3.11 and older;
children started with ``-I`` or ended by ``os._exit``.
"""
import atexit
import cProfile
import gc
import json
import operator
import os
import re
import signal
import socket
import sys
import tempfile
import threading
import time
from _thread import allocate_lock, get_ident, start_new_thread
from collections import deque
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple

__all__ = ["enable_thread_profiling", "aggregate_profiles", "init_worker_profiler", "dump_worker_profile"]
__version__ = "1.0"

FORMAT, VERSION = "thaw-capture", 1
_HAVE_MONITORING = hasattr(sys, "monitoring")
_BINDINGS = ("PySide6", "PyQt6", "PySide2", "PyQt5")
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
_THIS_FILE = (lambda: 0).__code__.co_filename


# -- One thread --------------------------------------------------------------------------------------


class _Record:
    """What is known of one thread, and its profiler. Kept in a list: idents are reused at once."""

    __slots__ = ("profile", "entries", "thread", "native_id", "ident", "name", "cls", "role", "qt_name",
                 "daemon", "start", "end", "pin", "pid")

    def __init__(self, thread: Optional[threading.Thread] = None) -> None:
        self.profile: Optional[cProfile.Profile] = cProfile.Profile()
        self.entries: Optional[list] = None
        # Not threading.current_thread(): it would register a dummy for a foreign thread.
        self.thread = thread or threading._active.get(get_ident())  # type: ignore[attr-defined]
        self.native_id, self.ident, self.pid = threading.get_native_id(), get_ident(), os.getpid()
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

    def look_at_qt(self) -> None:
        """The Qt side of the calling thread: GUI thread, QThread or pool thread."""
        core = _qt_core()
        try:
            current = core.QThread.currentThread() if core else None
            if current is None:
                return
            application = core.QCoreApplication.instance()
            name = current.objectName()
            if application is not None and application.thread() == current:
                self.role = "gui" if self.role in ("main", "foreign", "thread") else self.role
                self.qt_name = name
            elif self.role == "foreign":
                self.role = "qthreadpool" if name == "Thread (pooled)" else "qthread"
                self.qt_name, self.cls = name, type(current).__name__
        except Exception:  # a binding half torn down at exit
            pass


def _qt_core() -> Any:
    for binding in _BINDINGS:
        module = sys.modules.get(binding + ".QtCore")
        if module is not None and hasattr(module, "QThread"):
            return module
    return None


# -- Two ways to feed a thread's profiler ------------------------------------------------------------


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


class _MonitoringBackend:
    """Python 3.12 and later: one tool for all threads; its callbacks go to the thread's own profiler."""

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
        calls.append(getattr(profile, "_pythrow_callback", calls[0]))
        self.local.calls = calls

    def detach(self, record: _Record) -> None:
        self.local.calls = (_nothing,) * 5
        self.flush(record)

    def flush(self, record: _Record) -> None:
        # enable and disable with no bytecode call between them, which would be recorded
        deque(map(operator.call, (record.profile.enable, record.profile.disable)), 0)

    def forked(self, records: Iterable[_Record]) -> None:
        self.local = threading.local()

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
        for name in ("PY_START", "PY_RESUME", "PY_THROW", "PY_RETURN", "PY_YIELD", "PY_UNWIND", "CALL", "C_RETURN", "C_RAISE"):
            wanted |= getattr(events, name)
        monitoring.set_events(tool, wanted)

    def stop(self) -> None:
        if self.tool is not None:
            sys.monitoring.set_events(self.tool, 0)
            sys.monitoring.free_tool_id(self.tool)
            self.tool = None

    def first(self) -> Any:
        """The callbacks of a thread that is seen for the first time; idle where nothing is recorded."""
        self.local.calls = (_nothing,) * 5  # what begin() itself calls is not the program's
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
                calls = self.first()
            calls[0](code, offset)

        def throw(code, offset, error):
            try:
                calls = self.local.calls
            except AttributeError:
                calls = self.first()
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

        return [(("PY_START", "PY_RESUME"), enter), (("PY_THROW",), throw),
                (("PY_RETURN", "PY_YIELD", "PY_UNWIND"), leave), (("CALL",), call),
                (("C_RETURN", "C_RAISE"), called)]


def _nothing(*arguments: Any) -> None:
    pass


# -- The recording of one process --------------------------------------------------------------------


class _Recording:
    """All records of this process and where they are written. One a process; a fork makes a new one."""

    def __init__(self, directory: str, parent: Optional[str], start_method: str) -> None:
        self.directory, self.parent, self.start_method = directory, parent, start_method
        self.process_name = ""
        self.records: List[_Record] = []
        self.notes: List[str] = []
        self.local = threading.local()
        self.pid = os.getpid()
        self.unix_ns, self.monotonic_ns = time.time_ns(), time.monotonic_ns()
        self.id = "%s:%d:%d" % (socket.gethostname(), self.pid, self.unix_ns)
        self.over = self.writing = False
        self.backend: Any = None

    # threads

    def begin(self, thread: Optional[threading.Thread] = None) -> Optional[_Record]:
        """Starts the calling thread's record, once. Cheap when it has one."""
        record = getattr(self.local, "record", None)
        if record is None and not self.over:
            record = self.local.record = _Record(thread)
            self.records.append(record)
            self.backend.attach(record)
        elif record is not None and thread is not None and record.thread is None:
            record.thread = thread  # seen at its first frame, before it was known to threading
            record.look()
        return record

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

    def finish(self) -> Optional[str]:
        """Stops recording and writes the process's file; returns its path. Once only."""
        if self.over or self.pid != os.getpid():
            return None
        self.over = True
        switch = sys.getswitchinterval()
        sys.setswitchinterval(1000.0)  # no thread runs between stopping and flushing
        try:
            self.backend.stop()
            for record in list(self.records):
                if record.profile is not None:
                    self.backend.flush(record)
        finally:
            sys.setswitchinterval(switch)
        return self.write(final=True)

    def checkpoint(self) -> Optional[str]:
        """Writes what is known now, without the calls that are open."""
        return None if self.over else self.write(final=False)

    def write(self, final: bool) -> Optional[str]:
        if self.writing:
            return None
        self.writing = True
        collecting = gc.isenabled()
        gc.disable()
        try:
            text = json.dumps(self.describe(final), separators=(",", ":"), ensure_ascii=False)
            return _write_atomically(self.directory, self.file_name(), text)
        finally:
            if collecting:
                gc.enable()
            self.writing = False

    def file_name(self) -> str:
        return re.sub(r"[^\w.-]", "_", "%s-%d-%d" % tuple(self.id.rsplit(":", 2)[:1] + [self.pid, self.unix_ns])) + ".thaw"

    def describe(self, final: bool) -> Dict[str, Any]:
        table = _Functions()
        threads = [self.describe_thread(record, table, final) for record in list(self.records)]
        process = {
            "id": self.id, "parent": self.parent, "host": self.id.rsplit(":", 2)[0], "pid": self.pid, "ppid": os.getppid(),
            "name": self.process_name or os.path.basename(sys.argv[0] if getattr(sys, "argv", None) else ""),
            "start_method": self.start_method, "argv": list(getattr(sys, "orig_argv", None) or getattr(sys, "argv", [])),
            "python": {"version": "%d.%d.%d" % sys.version_info[:3], "implementation": "CPython",
                       "executable": sys.executable or "", "stdlib": os.path.dirname(os.__file__)},
            "qt": _qt_description(), "backend": self.backend.name,
            "clock": {"unix_ns": self.unix_ns, "monotonic_ns": self.monotonic_ns, "end_ns": time.monotonic_ns() - self.monotonic_ns},
            "final": final, "notes": list(self.notes), "files": table.files, "functions": table.columns, "threads": threads,
        }
        return {"format": FORMAT, "version": VERSION, "writer": "profiling_utils " + __version__, "processes": [process]}

    def describe_thread(self, record: _Record, table: "_Functions", final: bool) -> Dict[str, Any]:
        record.look()
        profile = record.profile
        entries = record.entries if profile is None else profile.getstats()
        rows, edges = _tabulate(entries, table)
        end = record.end or time.monotonic_ns()
        return {
            "native_id": record.native_id, "ident": record.ident, "name": record.name, "class": record.cls, "role": record.role,
            "qt_name": record.qt_name, "daemon": record.daemon, "start_ns": record.start - self.monotonic_ns,
            "end_ns": end - self.monotonic_ns, "running": record.end is None, "rows": rows, "edges": edges,
        }


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
            for column, value in (("name", name), ("qualname", qualname), ("file", place), ("line", line)):
                self.columns[column].append(value)
        return index


def _ours(code: Any) -> bool:
    """Frames of this module and the call that ends a profile: not the program's."""
    if isinstance(code, str):
        return code in ("<method 'disable' of '_lsprof.Profiler' objects>", "<method 'enable' of '_lsprof.Profiler' objects>")
    return code.co_filename == _THIS_FILE


def _tabulate(entries: list, table: _Functions) -> Tuple[Dict[str, list], Dict[str, list]]:
    """Raw _lsprof entries as rows and edges; functions of one label add up instead of overwriting."""
    rows: Dict[int, List[int]] = {}
    edges: Dict[Tuple[int, int], List[int]] = {}

    def add(sums: Dict, key: Any, entry: Any) -> None:
        values = (entry.callcount, entry.reccallcount, round(entry.totaltime * 1e9), round(entry.inlinetime * 1e9))
        old = sums.get(key)
        sums[key] = list(values) if old is None else [a + b for a, b in zip(old, values)]

    for entry in entries:
        ours = _ours(entry.code)
        if not ours:
            caller = table.index(entry.code)
            add(rows, caller, entry)
        for callee in entry.calls or ():
            if not ours and not _ours(callee.code):
                add(edges, (caller, table.index(callee.code)), callee)

    def columns(keys: Tuple[str, ...], sums: Dict) -> Dict[str, list]:
        ordered = sorted(sums)
        heads = zip(*ordered) if len(keys) > 1 else [ordered]
        result = {key: list(column) for key, column in zip(keys, heads)} if ordered else {key: [] for key in keys}
        for place, name in enumerate(("calls", "recursive", "total_ns", "self_ns")):
            result[name] = [sums[key][place] for key in ordered]
        return result

    return columns(("function",), rows), columns(("caller", "callee"), edges)


def _qt_description() -> Optional[Dict[str, str]]:
    core = _qt_core()
    if core is None:
        return None
    binding = core.__name__.split(".")[0]
    version = getattr(sys.modules.get(binding), "__version__", None) or getattr(core, "PYQT_VERSION_STR", "")
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


def _write_atomically(directory: str, name: str, text: str) -> Optional[str]:
    path, temporary = os.path.join(directory, name), None
    try:
        os.makedirs(directory, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=directory)
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


# -- Hooks: threads, Qt, processes -------------------------------------------------------------------

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
    """QThread by its started and finished signals, in the thread itself; pools by what they are given."""
    thread_class, pool_class, runnable_class = core.QThread, core.QThreadPool, core.QRunnable
    if getattr(thread_class, "_profiling_utils", False):
        return
    direct = getattr(core.Qt, "ConnectionType", core.Qt).DirectConnection
    start = thread_class.start

    def started():
        record = _begin()
        if record is not None:
            _recording.pin(record)

    def start_recorded(self, *arguments):
        if not self.__dict__.get("_profiling_utils_connected"):
            self._profiling_utils_connected = True
            self.started.connect(started, direct)
            self.finished.connect(_end, direct)
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

    thread_class.start = start_recorded
    for name in ("start", "tryStart"):
        setattr(pool_class, name, pooled(getattr(pool_class, name)))
    thread_class._profiling_utils = True


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
    profiling_utils._enable({directory!r}, {parent!r}, {method!r})
except Exception:
    pass
"""

    def __init__(self, recording: _Recording, method: str) -> None:
        self.code = self.CODE.format(file=os.path.abspath(__file__), directory=recording.directory, parent=recording.id, method=method)

    def __reduce__(self):
        return exec, (self.code, {})


def _hook_multiprocessing() -> None:
    import multiprocessing.process
    import multiprocessing.spawn

    process_class, spawn = multiprocessing.process.BaseProcess, multiprocessing.spawn
    bootstrap, prepare = process_class._bootstrap, spawn.get_preparation_data  # type: ignore[attr-defined]

    def _bootstrap(self, *arguments, **keywords):
        from multiprocessing import util

        run = self.run

        def run_recorded():
            # Inside run: what was registered before is cleared when the child starts.
            util.Finalize(None, _finish, exitpriority=-1000)
            _hook_termination()
            if _recording is not None:
                _recording.process_name = self.name
            run()

        self.run = run_recorded
        return bootstrap(self, *arguments, **keywords)

    def get_preparation_data(name):
        data = prepare(name)
        if _recording is not None and not _recording.over:
            method = multiprocessing.get_start_method(allow_none=True)
            data["profiling_utils"] = _Stowaway(_recording, "forkserver" if method == "forkserver" else "spawn")
        return data

    process_class._bootstrap = _bootstrap  # type: ignore[attr-defined]
    spawn.get_preparation_data = get_preparation_data


def _after_fork_in_child() -> None:
    """A child inherits the profilers and their data: drop both, and record anew."""
    global _recording
    parent = _recording
    if parent is None:
        return
    parent.backend.forked(parent.records)
    over, _recording = parent.over, None
    if not over:
        _start(parent.directory, parent.id, "fork", parent.backend)


def _hook_termination() -> None:
    """Writes the file on SIGTERM, then dies of it as before. Only where nobody else handles it."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        return

    def terminate(number, frame):
        if _recording is not None and _recording.writing:
            return  # exiting already: the write under way completes the file
        _finish()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGTERM, terminate)


# -- The public functions ----------------------------------------------------------------------------


def _choose_backend() -> Any:
    if not _HAVE_MONITORING:
        return _CProfileBackend()
    if _MonitoringBackend.usable():
        return _MonitoringBackend(_begin)
    raise RuntimeError("this Python's cProfile lacks the callbacks that recording per thread needs")


def _start(directory: str, parent: Optional[str], method: str, backend: Any) -> None:
    global _recording
    recording = _Recording(directory, parent, method)
    recording.backend = backend
    _recording = recording
    os.environ["PROFILING_DIR"], os.environ["PROFILING_PARENT"] = directory, recording.id
    recording.begin()


def _enable(directory: Optional[str], parent: Optional[str], method: str) -> None:
    global _hooked, _recording
    if _recording is not None and not _recording.over and _recording.pid == os.getpid():
        return
    directory = os.path.abspath(directory or os.environ.get("PROFILING_DIR") or "profiling")
    try:
        backend = _choose_backend()
        _start(directory, parent, method, backend)
        backend.start()
    except Exception as problem:
        _recording = None
        _complain("not recording", problem)
        return
    if not _hooked:
        _hooked = True
        _hook_threads()
        _hook_multiprocessing()
        os.register_at_fork(after_in_child=_after_fork_in_child)
        sys.meta_path.insert(0, _QtFinder())
        atexit.register(_finish)
    _hook_termination()
    core = _qt_core()
    if core is not None:
        _hook_qt(core)


def enable_thread_profiling(directory: Optional[str] = None) -> None:
    """Records every thread of this process from here on, and its child processes.

    Files go to *directory*, else ``$PROFILING_DIR``, else ``./profiling``; one a process. Harmless
    when recording is on already.
    """
    parent = os.environ.get("PROFILING_PARENT")
    _enable(directory, parent, "subprocess" if parent else "main")


def _finish() -> Optional[str]:
    return _recording.finish() if _recording is not None else None


def aggregate_profiles(directory: Optional[str] = None, output: Optional[str] = None) -> Optional[str]:
    """Ends this process's recording and merges the files of *directory* into one; returns its path.

    Reads what lies in *directory* (else the folder that was recorded to) and the file this process
    has just written, so that the two may differ. The result is *output*, else ``profile.thaw`` in
    *directory*. Merging again, or merging merged files, gives the same. None when there is nothing.
    """
    own = _finish()
    recorded = _recording.directory if _recording is not None else None
    directory = os.path.abspath(directory or recorded or os.environ.get("PROFILING_DIR") or "profiling")
    paths = []
    for folder in {directory, recorded or directory}:
        if os.path.isdir(folder):
            paths += [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".thaw")]
    if own is not None and own not in paths:
        paths.append(own)
    processes: Dict[str, Tuple[Any, Dict[str, Any]]] = {}
    for path in paths:
        for process in _read_processes(path):
            key = (bool(process.get("final")), process["clock"]["end_ns"], json.dumps(process, sort_keys=True))
            known = processes.get(process["id"])
            if known is None or key > known[0]:
                processes[process["id"]] = (key, process)
    if not processes:
        return None
    ordered = sorted((process for _, process in processes.values()), key=lambda p: (p["clock"]["unix_ns"], p["id"]))
    text = json.dumps({"format": FORMAT, "version": VERSION, "writer": "profiling_utils " + __version__, "processes": ordered},
                      separators=(",", ":"), ensure_ascii=False)
    folder, name = os.path.split(os.path.abspath(output)) if output else (directory, "profile.thaw")
    return _write_atomically(folder, name, text)


def _read_processes(path: str) -> List[Dict[str, Any]]:
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        if content.get("format") != FORMAT or content.get("version", 0) > VERSION:
            return []
        return [p for p in content["processes"] if isinstance(p, dict) and "id" in p and "clock" in p]
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
