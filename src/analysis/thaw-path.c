/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where in a Python installation a file lies: POSIX and Windows paths, virtual environments, Debian's
 * dist-packages, eggs and zips, frozen modules, PyPy. No file is ever looked at: captures come from
 * other machines.
 *
 * Samplers may cut paths at an entry of sys.path, so that "json/decoder.py" and "numpy/core/x.py" are
 * all there is. Such a relative path is the standard library's if its top name is one of its packages
 * (or the whole of it one of its modules), third-party if its top package is one of some that are
 * known far and wide, and your own code otherwise.
 */
#include "thaw-path-private.h"

#include <stdlib.h>
#include <string.h>

/* Modules of the standard library that are one file, of Python 2.5 to 3.15; without those whose names
 * many programs use for files of their own (code, cmd, profile, trace, test …). Sorted. */
/* clang-format off */
static const char *const stdlib_modules[] = {
  "BaseHTTPServer", "ConfigParser", "Cookie", "DocXMLRPCServer", "HTMLParser", "Queue",
  "SimpleHTTPServer", "SimpleXMLRPCServer", "SocketServer", "StringIO", "UserDict", "UserList",
  "UserString", "__future__", "_abcoll", "_collections_abc", "_compat_pickle", "_compression",
  "_markupbase", "_osx_support", "_py_abc", "_pydatetime", "_pydecimal", "_pyio", "_pylong",
  "_sitebuiltins", "_strptime", "_threading_local", "_weakrefset", "abc", "aifc",
  "annotationlib", "argparse", "ast", "asynchat", "asyncore", "base64", "bdb", "binhex",
  "bisect", "bz2", "cProfile", "calendar", "cgi", "cgitb", "codecs", "codeop", "colorsys",
  "commands", "compileall", "configparser", "contextlib", "contextvars", "cookielib", "copy",
  "copy_reg", "copyreg", "crypt", "csv", "dataclasses", "datetime", "decimal", "difflib", "dis",
  "doctest", "dummy_thread", "dummy_threading", "enum", "filecmp", "fileinput", "fnmatch",
  "fractions", "ftplib", "functools", "genericpath", "getopt", "getpass", "gettext", "glob",
  "graphlib", "gzip", "hashlib", "heapq", "hmac", "htmlentitydefs", "httplib", "imaplib",
  "imghdr", "imp", "inspect", "io", "ipaddress", "keyword", "linecache", "locale", "lzma",
  "mailbox", "mailcap", "markupbase", "mimetools", "mimetypes", "modulefinder", "netrc",
  "nntplib", "ntpath", "nturl2path", "numbers", "opcode", "operator", "optparse", "os",
  "pathlib", "pdb", "pickle", "pickletools", "pipes", "pkgutil", "platform", "plistlib",
  "popen2", "poplib", "posixpath", "pprint", "pstats", "pty", "py_compile", "pyclbr", "pydoc",
  "queue", "quopri", "random", "re", "repr", "reprlib", "rfc822", "rlcompleter", "runpy",
  "sched", "secrets", "selectors", "sgmllib", "shelve", "shlex", "shutil", "signal", "site",
  "smtpd", "smtplib", "sndhdr", "socket", "socketserver", "sre", "sre_compile", "sre_constants",
  "sre_parse", "ssl", "stat", "statistics", "string", "stringprep", "struct", "subprocess",
  "sunau", "symtable", "sysconfig", "tabnanny", "tarfile", "telnetlib", "tempfile", "textwrap",
  "thread", "threading", "timeit", "token", "tokenize", "traceback", "tracemalloc", "tty",
  "types", "typing", "urllib", "urllib2", "urlparse", "uu", "uuid", "warnings", "wave",
  "weakref", "webbrowser", "xdrlib", "xmlrpclib", "zipapp", "zipfile", "zipimport",
};
/* clang-format on */

/* Packages of the standard library. Sorted. */
/* clang-format off */
static const char *const stdlib_packages[] = {
  "_pyrepl", "asyncio", "bsddb", "collections", "compiler", "compression", "concurrent",
  "ctypes", "curses", "dbm", "distutils", "email", "encodings", "ensurepip", "hotshot", "html",
  "http", "idlelib", "importlib", "json", "lib2to3", "logging", "msilib", "multiprocessing",
  "pathlib", "profiling", "pydoc_data", "re", "sqlite3", "string", "sysconfig", "tkinter",
  "tomllib", "turtledemo", "unittest", "urllib", "venv", "wsgiref", "xml", "xmlrpc", "zipfile",
  "zoneinfo",
};
/* clang-format on */

/* Widely used third-party modules that are one file. Sorted. */
/* clang-format off */
static const char *const known_modules[] = {
  "appdirs", "cffi", "decorator", "mistune", "pexpect", "pylab", "pyparsing", "simplejson",
  "six", "threadpoolctl", "typing_extensions", "xmltodict",
};
/* clang-format on */

/* Widely used third-party packages. Sorted. */
/* clang-format off */
static const char *const known_packages[] = {
  "Crypto", "Cryptodome", "IPython", "OpenGL", "PIL", "PyQt4", "PyQt5", "PyQt6", "PySide",
  "PySide2", "PySide6", "Xlib", "_pytest", "absl", "aiofiles", "aiohttp", "alembic", "altair",
  "anyio", "asgiref", "astropy", "asyncpg", "attr", "attrs", "babel", "bokeh", "boto", "boto3",
  "botocore", "bs4", "cachetools", "celery", "certifi", "chardet", "charset_normalizer",
  "click", "cloudpickle", "coverage", "cryptography", "cv2", "dask", "dateutil", "debugpy",
  "distributed", "django", "docutils", "eventlet", "fastapi", "flask", "flask_sqlalchemy",
  "fsspec", "gevent", "gi", "google", "greenlet", "grpc", "gunicorn", "h11", "h5py", "httpcore",
  "httpx", "hydra", "hypothesis", "idna", "imageio", "ipykernel", "ipywidgets", "isort", "jax",
  "jaxlib", "jedi", "jinja2", "joblib", "jsonschema", "jupyter_client", "jupyter_core", "keras",
  "kiwisolver", "kombu", "lightgbm", "llvmlite", "loguru", "lxml", "mako", "markdown",
  "markupsafe", "matplotlib", "mlflow", "mpl_toolkits", "mpmath", "msgpack", "multidict",
  "mypy", "networkx", "nltk", "notebook", "numba", "numexpr", "numpy", "oauthlib", "omegaconf",
  "openpyxl", "opentelemetry", "orjson", "packaging", "pandas", "paramiko", "parso", "passlib",
  "pip", "pkg_resources", "platformdirs", "plotly", "pluggy", "polars", "prompt_toolkit",
  "psutil", "psycopg", "psycopg2", "pyarrow", "pyasn1", "pycparser", "pydantic",
  "pydantic_core", "pyflakes", "pygame", "pygments", "pylint", "pymongo", "pymysql",
  "pyqtgraph", "pytest", "pytz", "pyximport", "qasync", "qtpy", "redis", "regex", "requests",
  "rich", "ruamel", "s3transfer", "scipy", "seaborn", "selenium", "sentry_sdk", "serial",
  "setuptools", "shapely", "shiboken2", "shiboken6", "shibokensupport", "sip", "skimage",
  "sklearn", "sphinx", "sqlalchemy", "starlette", "statsmodels", "sympy", "tables", "tblib",
  "tensorboard", "tensorflow", "tensorflow_estimator", "textual", "tomli", "toolz", "torch",
  "torchvision", "tornado", "tqdm", "traitlets", "transformers", "trio", "twisted", "tzdata",
  "tzlocal", "urllib3", "uvicorn", "uvloop", "vispy", "vtkmodules", "watchdog", "websocket",
  "websockets", "werkzeug", "wheel", "wrapt", "wtforms", "wx", "xarray", "xgboost", "yaml",
  "yarl", "zmq", "zope",
};
/* clang-format on */

static int
compare_words (const void *key, const void *entry)
{
  return strcmp (key, *(const char *const *) entry);
}

/* Whether @word is one of @n @sorted words. */
gboolean
thaw_word_is_in (const char *word, const char *const *sorted, gsize n)
{
  return bsearch (word, sorted, n, sizeof *sorted, compare_words) != NULL;
}

/* The word at the start of @text up to any of @ends; (transfer full). */
static char *
word_until (const char *text, const char *ends)
{
  return g_strndup (text, strcspn (text, ends));
}

/* Whether the top of @rest is one of @packages, or all of it one file of @modules. */
static gboolean
is_module_of (const char *rest,
              const char *const *packages,
              gsize n_packages,
              const char *const *modules,
              gsize n_modules)
{
  g_autofree char *top = word_until (rest, "/.");
  if (strchr (rest, '/') != NULL)
    return rest[strlen (top)] == '/' && thaw_word_is_in (top, packages, n_packages);
  return thaw_word_is_in (top, modules, n_modules);
}

static gboolean
is_stdlib_module (const char *rest)
{
  return is_module_of (rest, stdlib_packages, G_N_ELEMENTS (stdlib_packages), stdlib_modules,
                       G_N_ELEMENTS (stdlib_modules));
}

static gboolean
is_known_module (const char *rest)
{
  return is_module_of (rest, known_packages, G_N_ELEMENTS (known_packages), known_modules,
                       G_N_ELEMENTS (known_modules));
}

/* Whether the folder name of length @length at @name is @word, upper and lower case being one. */
static gboolean
name_is (const char *name, gsize length, const char *word)
{
  return strlen (word) == length && g_ascii_strncasecmp (name, word, length) == 0;
}

/* Whether a folder name starts with @word and then only has digits and points, and a letter for the
 * kind of build at most: python3.11, python3.13t, pypy3.9. */
static gboolean
name_is_version_of (const char *name, gsize length, const char *word)
{
  gsize skip = strlen (word);
  if (length <= skip || strncmp (name, word, skip) != 0 || !g_ascii_isdigit (name[skip]))
    return FALSE;
  gsize digits = skip + strspn (name + skip, "0123456789.");
  return digits >= length || (digits == length - 1 && strchr ("tdm", name[digits]) != NULL);
}

/* Whether a folder name ends in @suffix. */
static gboolean
name_ends (const char *name, gsize length, const char *suffix)
{
  gsize n = strlen (suffix);
  return length > n && name_is (name + length - n, n, suffix);
}

/* What the folder at @name, after the folder at @before (nullable), says of everything below it.
 * THAW_PATH_NONE: nothing. @below is what follows it. */
static ThawPathKind
kind_of_folder (const char *before, const char *name, gsize length, const char *below)
{
  gsize before_length = before != NULL ? (gsize) (name - before) - 1 : 0;
  if (name_is (name, length, "site-packages") || name_is (name, length, "dist-packages") ||
      name_ends (name, length, ".egg") || name_ends (name, length, ".whl"))
    return THAW_PATH_SITE;
  if (before != NULL &&
      (name_is (before, before_length, "lib") || name_is (before, before_length, "lib64")) &&
      (name_is_version_of (name, length, "python") || name_is_version_of (name, length, "pypy")))
    return THAW_PATH_STDLIB;
  if (before != NULL && name_is (before, before_length, "lib-python"))
    return THAW_PATH_STDLIB;
  if (name_is (name, length, "lib_pypy") || name_is (name, length, "lib-dynload") ||
      name_is (name, length, "base_library.zip"))
    return THAW_PATH_STDLIB;
  if (name_ends (name, length, ".zip") && name_is_version_of (name, length - 4, "python"))
    return THAW_PATH_STDLIB;
  /* Windows, and Python's own source tree: Lib has no version. */
  if (name_is (name, length, "lib") && is_stdlib_module (below))
    return THAW_PATH_STDLIB;
  return THAW_PATH_NONE;
}

/* Goes through the folders; the last one that says something decides. */
static void
classify_by_folders (ThawPath *path)
{
  const char *before = NULL, *name = path->path;
  for (const char *slash; (slash = strchr (name, '/')) != NULL; before = name, name = slash + 1)
    {
      ThawPathKind kind = kind_of_folder (before, name, (gsize) (slash - name), slash + 1);
      if (kind == THAW_PATH_NONE)
        continue;
      path->kind = kind;
      path->rest = slash + 1;
    }
}

/* Whether @file is machine code: a shared library, with or without version, or a program. */
static gboolean
is_machine_code (const char *file)
{
  static const char *const suffixes[] = { ".so", ".dll", ".dylib", ".pyd", ".exe" };
  const char *slash = strrchr (file, '/');
  const char *name = slash != NULL ? slash + 1 : file;
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (name_ends (name, strlen (name), suffixes[i]))
      return TRUE;
  return strstr (name, ".so.") != NULL;
}

/* <frozen importlib._bootstrap> is the standard library's, with the module's name as its file; other
 * labels stand for code that was made at run time. */
static void
classify_label (ThawPath *path)
{
  const char *frozen = "<frozen ";
  path->kind = THAW_PATH_GENERATED;
  path->rest = path->path;
  if (!g_str_has_prefix (path->path, frozen))
    return;
  g_autofree char *module = word_until (path->path + strlen (frozen), ">");
  g_autofree char *as_file = g_strdelimit (g_strdup (module), ".", '/');
  g_autofree char *top = word_until (module, ".");
  if (!is_stdlib_module (as_file) && !is_stdlib_module (top) && strcmp (top, "importlib") != 0)
    return;
  path->kind = THAW_PATH_STDLIB;
  g_free (path->path);
  path->rest = path->path = g_steal_pointer (&module);
}

/**
 * thaw_path_init:
 * @path: (out caller-allocates): to be cleared with thaw_path_clear()
 * @file: (nullable): a function's file
 *
 * Reads off @file where it lies.
 */
void
thaw_path_init (ThawPath *path, const char *file)
{
  *path = (ThawPath){ .kind = THAW_PATH_NONE, .path = g_strdup (file != NULL ? file : "") };
  path->rest = path->path;
  if (path->path[0] == '\0' || strcmp (path->path, "~") == 0)
    return;
  if (path->path[0] == '<')
    {
      classify_label (path);
      return;
    }

  gboolean drive = g_ascii_isalpha (path->path[0]) && path->path[1] == ':' &&
                   (path->path[2] == '\\' || path->path[2] == '/');
  if (drive || path->path[0] == '\\' || strchr (path->path, '/') == NULL)
    g_strdelimit (path->path, "\\", '/');
  gboolean absolute = drive || path->path[0] == '/';

  path->kind = absolute ? THAW_PATH_ABSOLUTE : THAW_PATH_RELATIVE;
  classify_by_folders (path);
  if (path->kind == THAW_PATH_RELATIVE && is_stdlib_module (path->rest))
    path->kind = THAW_PATH_STDLIB;
  else if (path->kind == THAW_PATH_RELATIVE && is_known_module (path->rest))
    path->kind = THAW_PATH_SITE;
  if (is_machine_code (path->path))
    path->kind = THAW_PATH_NATIVE;
}

/**
 * thaw_path_clear:
 * @path: a path
 *
 * Frees what thaw_path_init() made.
 */
void
thaw_path_clear (ThawPath *path)
{
  g_clear_pointer (&path->path, g_free);
  path->rest = NULL;
}
