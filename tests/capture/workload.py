# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs with a known number of calls of leaf(), to be recorded: workload.py SCENARIO DIRECTORY.

Each does its work, says so and ends with a status of its own. test_capture.py holds what each thread
and process must have counted.
"""
import concurrent.futures
import multiprocessing
import os
import sys
import threading

import profiling_utils


def leaf():
    return 1


def work(times):
    return sum(leaf() for _ in range(times))


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def catching():
    while True:
        try:
            yield leaf()
        except KeyError:
            pass


def in_thread(name, function, *arguments, daemon=False):
    thread = threading.Thread(target=function, args=arguments, name=name, daemon=daemon)
    thread.start()
    return thread


def threads(directory):
    profiling_utils.enable_thread_profiling(directory)
    profiling_utils.enable_thread_profiling(directory)
    for thread in [in_thread("w%d" % n, work, 100 + n) for n in range(3)]:
        thread.join()
    for _ in range(200):  # idents are reused at once
        in_thread("short", work, 1).join()
    with concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix="pool") as pool:
        list(pool.map(work, [10] * 20))
    timer = threading.Timer(0, work, [5])
    timer.start()
    timer.join()

    def rename():
        threading.current_thread().name = "renamed"
        work(6)

    in_thread("before", rename).join()
    begun, never = threading.Event(), threading.Event()

    def stay():
        work(30)
        begun.set()
        never.wait()

    in_thread("stays", stay, daemon=True)
    begun.wait()
    generator = catching()
    next(generator)
    generator.throw(KeyError())
    generator.close()
    factorial(5)
    work(48)
    first = profiling_utils.aggregate_profiles(directory)
    with open(first, "rb") as file:
        content = file.read()
    assert profiling_utils.aggregate_profiles(directory) == first
    with open(first, "rb") as file:
        assert file.read() == content
    print("done")
    sys.exit(3)


def processes(directory):
    profiling_utils.enable_thread_profiling(directory)
    work(11)
    for leave in (os._exit, sys.exit):
        child = os.fork()
        if child == 0:
            work(7)
            leave(0)
        os.waitpid(child, 0)
    for method in ("fork", "spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        process = context.Process(target=work, args=(100,), name="solo-" + method)
        process.start()
        process.join()
        with context.Pool(2) as pool:  # terminated when it ends
            pool.map(work, [3] * 10, chunksize=1)
        with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as executor:
            list(executor.map(work, [4] * 5))
    work(12)
    profiling_utils.aggregate_profiles(directory)
    print("done")


def workers(directory):
    os.environ["PROFILING_DIR"] = directory
    context = multiprocessing.get_context("fork")
    with context.Pool(2, initializer=profiling_utils.init_worker_profiler) as pool:
        pool.map(work, [3] * 10, chunksize=1)
        pool.close()
        pool.join()
    if os.fork() == 0:
        profiler = profiling_utils.init_worker_profiler()
        work(2)
        profiling_utils.dump_worker_profile(profiler)
        work(2)
        profiling_utils.dump_worker_profile(profiler)
        os.kill(os.getpid(), 9)
    os.wait()
    profiling_utils.aggregate_profiles(directory)
    print("done")


def wait(directory):
    profiling_utils.enable_thread_profiling(directory)
    in_thread("other", work, 5).join()
    work(25)
    print("ready", flush=True)
    threading.Event().wait()


def plain(directory):
    """Recorded, or not, by the environment alone."""

    def fail():
        work(4)
        raise LookupError("in a thread")

    # Before the thread: one that is joined may not have left the system yet, of which fork warns.
    child = os.fork()
    if child == 0:
        os._exit(work(9))
    in_thread("fails", fail).join()
    print("status", os.WEXITSTATUS(os.waitpid(child, 0)[1]), threading.active_count(), flush=True)
    raise ValueError("in the main thread")


def qt(directory):
    try:
        from PySide6 import QtCore
    except ImportError:
        try:
            from PyQt6 import QtCore
        except ImportError:
            print("none")
            return
    profiling_utils.enable_thread_profiling(directory)
    application = QtCore.QCoreApplication([])

    class Thread(QtCore.QThread):
        def run(self):
            work(13)

    class Task(QtCore.QRunnable):
        def run(self):
            work(2)

    thread = Thread()
    thread.setObjectName("decoder")
    thread.start()
    thread.wait()

    slot = getattr(QtCore, "Slot", None) or QtCore.pyqtSlot

    class Worker(QtCore.QObject):
        @slot()
        def go(self):
            work(17)
            QtCore.QThread.currentThread().quit()

    thread, worker = QtCore.QThread(), Worker()
    thread.setObjectName("moved to")
    worker.moveToThread(thread)
    thread.started.connect(worker.go)
    thread.start()
    thread.wait()
    pool = QtCore.QThreadPool()
    pool.setMaxThreadCount(1)
    for _ in range(50):
        pool.start(Task())
    pool.waitForDone()
    work(8)
    print("ready", flush=True)
    application.exec()


if __name__ == "__main__":
    globals()[sys.argv[1]](sys.argv[2])
