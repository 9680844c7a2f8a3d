/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a function comes from and whether it waits. Tables with one row a case: a function that
 * blocks is known by its qualified name (C functions), its module and name (the standard library, for
 * samplers that see no C), or its symbol (machine code). An event loop's own time counts as waiting:
 * it is idle time and the toolkit's work, and no capture can tell them apart.
 */
#include "thaw-origin.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include "thaw-names.h"
#include "thaw-path-private.h"

/* C functions that block, by qualified name. Sorted. */
/* clang-format off */
static const char *const waiting_builtins[] = {
  "_multiprocessing.SemLock.__enter__", "_multiprocessing.SemLock.acquire",
  "_overlapped.GetQueuedCompletionStatus", "_queue.SimpleQueue.get", "_signal.pause",
  "_signal.sigtimedwait", "_signal.sigwait", "_signal.sigwaitinfo", "_socket.getaddrinfo",
  "_socket.socket._accept", "_socket.socket.accept", "_socket.socket.connect",
  "_socket.socket.connect_ex", "_socket.socket.recv", "_socket.socket.recv_into",
  "_socket.socket.recvfrom", "_socket.socket.recvfrom_into", "_socket.socket.recvmsg",
  "_socket.socket.recvmsg_into", "_ssl._SSLSocket.do_handshake", "_ssl._SSLSocket.read",
  "_ssl._SSLSocket.shutdown", "_thread.RLock.__enter__", "_thread.RLock.acquire",
  "_thread._ThreadHandle.join", "_thread.lock.__enter__", "_thread.lock.acquire",
  "_thread.lock.acquire_lock", "_tkinter.tkapp.dooneevent", "_tkinter.tkapp.mainloop",
  "_winapi.ConnectNamedPipe", "_winapi.WaitForMultipleObjects", "_winapi.WaitForSingleObject",
  "_winapi.WaitNamedPipe", "accept", "acquire", "builtins.input", "input", "msvcrt.getch",
  "msvcrt.getwch", "nt.waitpid", "posix.wait", "posix.wait3", "posix.wait4", "posix.waitid",
  "posix.waitpid", "pygame.time.Clock.tick", "pygame.time.delay", "pygame.time.wait",
  "raw_input", "recv", "recv_into", "select.devpoll.poll", "select.epoll.poll",
  "select.kqueue.control", "select.poll.poll", "select.select", "signal.pause", "sleep",
  "thread.lock.__enter__", "thread.lock.acquire", "time.sleep", "waitpid",
};
/* clang-format on */

/* Methods of Qt that block or run an event loop. PyQt tells neither class nor module, PySide both. Sorted. */
/* clang-format off */
static const char *const waiting_qt[] = {
  "acquire", "exec", "exec_", "lock", "lockForRead", "lockForWrite", "msleep", "qSleep",
  "qWait", "sleep", "tryAcquire", "usleep", "wait", "waitForBytesWritten", "waitForConnected",
  "waitForDisconnected", "waitForDone", "waitForEncrypted", "waitForFinished",
  "waitForNewConnection", "waitForReadyRead", "waitForStarted", "waitForState",
};
/* clang-format on */

/* Functions of the standard library in which a sampler that cannot see C finds a thread blocked. Sorted. */
/* clang-format off */
static const char *const waiting_python[] = {
  "Queue.py:get", "Queue.py:put", "asyncio/windows_events.py:_poll",
  "asyncio/windows_events.py:select", "asyncore.py:poll",
  "concurrent/futures/thread.py:_worker", "multiprocessing/connection.py:_poll",
  "multiprocessing/connection.py:_recv", "multiprocessing/connection.py:accept",
  "multiprocessing/connection.py:wait", "multiprocessing/popen_fork.py:poll",
  "multiprocessing/popen_fork.py:wait", "multiprocessing/popen_forkserver.py:poll",
  "multiprocessing/popen_spawn_win32.py:wait", "multiprocessing/queues.py:get",
  "multiprocessing/synchronize.py:__enter__", "multiprocessing/synchronize.py:acquire",
  "multiprocessing/synchronize.py:wait", "queue.py:get", "queue.py:join", "queue.py:put",
  "selectors.py:_select", "selectors.py:select", "socket.py:accept",
  "socket.py:create_connection", "socket.py:getaddrinfo", "socket.py:read",
  "socket.py:readinto", "socket.py:readline", "ssl.py:_real_connect", "ssl.py:do_handshake",
  "ssl.py:read", "ssl.py:recv", "ssl.py:recv_into", "subprocess.py:_communicate",
  "subprocess.py:_try_wait", "subprocess.py:_wait", "subprocess.py:communicate",
  "subprocess.py:wait", "threading.py:_acquire_restore", "threading.py:_wait_for_tstate_lock",
  "threading.py:acquire", "threading.py:join", "threading.py:wait",
};
/* clang-format on */

/* Machine code that blocks, without leading underscores and symbol version. Sorted. */
/* clang-format off */
static const char *const waiting_native[] = {
  "NtDelayExecution", "NtWaitForMultipleObjects", "NtWaitForSingleObject",
  "PyThread_acquire_lock", "PyThread_acquire_lock_timed", "SleepConditionVariableSRW",
  "WaitForMultipleObjects", "WaitForSingleObject", "WaitForSingleObjectEx",
  "ZwWaitForSingleObject", "accept", "accept4", "clock_nanosleep", "connect", "do_futex_wait",
  "epoll_pwait", "epoll_wait", "futex_abstimed_wait_cancelable64", "futex_abstimed_wait_common",
  "futex_abstimed_wait_common64", "futex_wait", "kevent", "lll_lock_wait", "mach_msg2_trap",
  "mach_msg_trap", "nanosleep", "new_sem_wait", "new_sem_wait_slow", "pause", "poll", "ppoll",
  "pselect", "psynch_cvwait", "psynch_mutexwait", "pthread_clockjoin_ex",
  "pthread_cond_clockwait", "pthread_cond_timedwait", "pthread_cond_wait", "pthread_join",
  "pthread_mutex_lock", "recv", "recvfrom", "recvmsg", "select", "sem_clockwait",
  "sem_timedwait", "sem_wait", "semaphore_timedwait_trap", "semaphore_wait_trap",
  "semwait_signal", "sigtimedwait", "sigwait", "sigwaitinfo", "sleep", "take_gil", "ulock_wait",
  "usleep", "wait4", "waitid", "waitpid",
};
/* clang-format on */

#define IS_IN(word, table) thaw_word_is_in ((word), (table), G_N_ELEMENTS (table))

/* What follows the last dot. */
static const char *
last_part (const char *name)
{
  const char *dot = strrchr (name, '.');
  return dot != NULL ? dot + 1 : name;
}

/* Whether a C function called from Python blocks. Of the methods that tell neither class nor module
 * those of Qt are written "<built-in method exec>": Python's own exec has its module there, and the
 * pure-Python profiler writes bare names. */
static gboolean
builtin_waits (const ThawFunction *function)
{
  static const char *const qt_bindings[] = { "PyQt", "PySide", "Shiboken." };
  g_autofree char *qualified = thaw_qualified_name (function);
  if (IS_IN (qualified, waiting_builtins))
    return TRUE;
  if (strchr (qualified, '.') == NULL)
    return strcmp (qualified, function->name) != 0 && IS_IN (qualified, waiting_qt);
  for (gsize i = 0; i < G_N_ELEMENTS (qt_bindings); i++)
    if (g_str_has_prefix (qualified, qt_bindings[i]))
      return IS_IN (last_part (qualified), waiting_qt);
  return FALSE;
}

/* Whether a function of the standard library is where a sampler finds a blocked thread. */
static gboolean
stdlib_waits (const char *rest, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%s:%s", rest, last_part (name));
  return IS_IN (key, waiting_python);
}

/* Whether machine code blocks: "__poll", "__GI_pthread_cond_wait@@GLIBC_2.3.2", "poll (libc.so.6)". */
static gboolean
native_waits (const char *name)
{
  name += strspn (name, "_");
  if (g_str_has_prefix (name, "GI_"))
    name += strlen ("GI_") + strspn (name + strlen ("GI_"), "_");
  g_autofree char *symbol = g_strndup (name, strcspn (name, "@ (+"));
  return IS_IN (symbol, waiting_native);
}

/* The origin of a function whose file is unknown, by its kind and name. */
static ThawOrigin
origin_without_file (const ThawFunction *function)
{
  if (native_waits (function->name) && function->kind != THAW_FUNCTION_PYTHON)
    return THAW_ORIGIN_WAITING;
  if (function->kind == THAW_FUNCTION_NATIVE)
    return THAW_ORIGIN_BUILTIN;
  /* Markers such as <GC>, and the names of C functions. */
  g_autofree char *qualified = thaw_qualified_name (function);
  if (strcmp (qualified, function->name) != 0)
    return builtin_waits (function) ? THAW_ORIGIN_WAITING : THAW_ORIGIN_BUILTIN;
  return function->kind == THAW_FUNCTION_OTHER && function->name[0] == '<' ? THAW_ORIGIN_BUILTIN
                                                                           : THAW_ORIGIN_USER;
}

/**
 * thaw_origin_of:
 * @function: a function
 *
 * Returns: where it comes from, or %THAW_ORIGIN_WAITING if it blocks
 */
ThawOrigin
thaw_origin_of (const ThawFunction *function)
{
  g_return_val_if_fail (function != NULL, THAW_ORIGIN_USER);

  if (function->kind == THAW_FUNCTION_BUILTIN || g_strcmp0 (function->file, "~") == 0)
    return builtin_waits (function) ? THAW_ORIGIN_WAITING : THAW_ORIGIN_BUILTIN;

  g_auto (ThawPath) path;
  thaw_path_init (&path, function->file);
  switch (path.kind)
    {
    case THAW_PATH_STDLIB:
      return stdlib_waits (path.rest, function->name) ? THAW_ORIGIN_WAITING : THAW_ORIGIN_STDLIB;
    case THAW_PATH_SITE:
      return THAW_ORIGIN_THIRD_PARTY;
    case THAW_PATH_NATIVE:
      return native_waits (function->name) ? THAW_ORIGIN_WAITING : THAW_ORIGIN_BUILTIN;
    case THAW_PATH_NONE:
      return origin_without_file (function);
    case THAW_PATH_GENERATED:
    case THAW_PATH_RELATIVE:
    case THAW_PATH_ABSOLUTE:
    default:
      return function->kind == THAW_FUNCTION_NATIVE ? THAW_ORIGIN_BUILTIN : THAW_ORIGIN_USER;
    }
}

/**
 * thaw_origin_title:
 * @origin: an origin
 *
 * Returns: (transfer none): its name for people, translated
 */
const char *
thaw_origin_title (ThawOrigin origin)
{
  static const char *const titles[THAW_N_ORIGINS] = {
    [THAW_ORIGIN_USER] = N_ ("Your code"),          [THAW_ORIGIN_THIRD_PARTY] = N_ ("Third-party"),
    [THAW_ORIGIN_STDLIB] = N_ ("Standard library"), [THAW_ORIGIN_BUILTIN] = N_ ("Built-in"),
    [THAW_ORIGIN_WAITING] = N_ ("Waiting"),
  };
  g_return_val_if_fail (origin < THAW_N_ORIGINS, "");

  return _ (titles[origin]);
}

/* Whether @function waits, remembered in @known: 0 not asked yet, 1 no, 2 yes. */
static gboolean
waits (const ThawProfile *profile, guint32 function, guint8 *known)
{
  if (known[function] == 0)
    known[function] = thaw_origin_of (thaw_profile_get_function (profile, function)) ==
                              THAW_ORIGIN_WAITING
                          ? 2
                          : 1;
  return known[function] == 2;
}

/**
 * thaw_busy_of:
 * @profile: a profile
 * @thread: a thread of it
 *
 * How long a thread did something: its total without the self times of waiting functions.
 *
 * Returns: the busy time, in the profile's unit
 */
double
thaw_busy_of (const ThawProfile *profile, guint32 thread)
{
  g_return_val_if_fail (profile != NULL, 0);

  g_autofree guint8 *known = g_new0 (guint8, thaw_profile_get_n_functions (profile) + 1);
  double busy = thaw_profile_get_thread (profile, thread)->total;
  const ThawEdges *edges = thaw_profile_get_edges (profile, thread);
  const ThawTree *tree = thaw_profile_get_location_tree (profile, thread);
  for (guint32 i = 0; edges != NULL && i < edges->n_functions; i++)
    if (waits (profile, edges->functions[i].function, known))
      busy -= edges->functions[i].self;
  for (guint32 i = 1; tree != NULL && i < tree->n_nodes; i++)
    if (tree->self[i] != 0 &&
        waits (profile, thaw_profile_frame_function (profile, tree->key, tree->frame[i]), known))
      busy -= tree->self[i];
  return busy;
}
