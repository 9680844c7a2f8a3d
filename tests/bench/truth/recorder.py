# SPDX-License-Identifier: GPL-3.0-or-later
"""Records one run twice at once: its exact call tree, and the edges that cProfile would have kept.

Both come from the same sys.setprofile() events and the same clock readings, so that they differ only
in what the pstats format cannot hold. The clock stands still inside the recorder. Functions are told
apart by label (file, line, name), as in the file. Edges follow the rules of CPython's _lsprof: self
time of every call, cumulative time of outermost calls only, per function and per edge.
"""
import marshal
import sys
import time

TICK = 1e-9  # seconds per unit of the recorder's clock


class Recorder:
    """Use as a context manager around the code to record."""

    def __init__(self):
        self.labels = []      # function number -> label
        self.functions = []   # [primitive calls, calls, self, total, level now]
        self.edges = {}       # (caller, callee) -> the same five
        self.nodes = [[-1, -1, 0]]  # tree: [function, parent, self]
        self._numbers = {}
        self._children = {}   # (node, function) -> node
        self._callback = self._make_callback()

    def __enter__(self):
        sys.setprofile(self._callback)
        return self

    def __exit__(self, *_):
        sys.setprofile(None)
        self._finish()

    def _number(self, label):
        number = self._numbers.get(label)
        if number is None:
            number = self._numbers[label] = len(self.labels)
            self.labels.append(label)
            self.functions.append([0, 0, 0, 0, 0])
        return number

    def _make_callback(self):
        clock = time.thread_time_ns  # not wall time: other programs' time is noise
        stack = []  # [node, function, edge counters or None, start, time of callees]
        codes, lost = {}, [0]
        functions, edges, nodes, children = (
            self.functions, self.edges, self.nodes, self._children)
        number_of = self._number

        def enter(function):
            if stack:
                parent, caller = stack[-1][0], stack[-1][1]
                edge = edges.get((caller, function))
                if edge is None:
                    edge = edges[caller, function] = [0, 0, 0, 0, 0]
                edge[4] += 1
            else:
                parent, edge = 0, None
            node = children.get((parent, function))
            if node is None:
                node = children[parent, function] = len(nodes)
                nodes.append([function, parent, 0])
            functions[function][4] += 1
            stack.append([node, function, edge, 0, 0])

        def leave(now):
            if not stack:  # a frame that was entered before the recording began
                return
            node, function, edge, start, below = stack.pop()
            total = now - start
            own = total - below
            nodes[node][2] += own
            for counters in (functions[function], edge):
                if counters is None:
                    continue
                counters[4] -= 1
                counters[1] += 1
                counters[2] += own
                if counters[4] == 0:
                    counters[0] += 1
                    counters[3] += total
            if stack:
                stack[-1][4] += total

        def callback(frame, event, argument):
            began = clock()
            now = began - lost[0]
            if event == "call":
                code = frame.f_code
                function = codes.get(code)
                if function is None:
                    label = (code.co_filename, code.co_firstlineno, code.co_name)
                    function = codes[code] = number_of(label)
                enter(function)
                stack[-1][3] = now
            elif event == "c_call":
                key = (type(argument.__self__), argument.__module__, argument.__name__)
                function = codes.get(key)
                if function is None:
                    function = codes[key] = number_of(("~", 0, builtin_name(argument)))
                enter(function)
                stack[-1][3] = now
            else:
                leave(now)
            lost[0] += clock() - began

        def finish():
            now = clock() - lost[0]
            while stack:
                leave(now)

        self._finish = finish
        return callback

    def write_pstats(self, path):
        """The edges, as cProfile would have dumped them."""
        stats = {}
        for label, (primitive, calls, own, total, _) in zip(self.labels, self.functions):
            stats[label] = (primitive, calls, own * TICK, total * TICK, {})
        for (caller, callee), (primitive, calls, own, total, _) in self.edges.items():
            stats[self.labels[callee]][4][self.labels[caller]] = (
                calls, primitive, own * TICK, total * TICK)
        with open(path, "wb") as file:
            marshal.dump(stats, file)


def builtin_name(function):
    """The name that cProfile gives a C function."""
    owner = function.__self__
    if owner is None or isinstance(owner, type(sys)):
        return "<built-in method %s.%s>" % (function.__module__ or "builtins", function.__name__)
    found = getattr(type(owner), function.__name__, None)
    if type(found).__name__ == "method_descriptor":
        return "<method %r of %r objects>" % (found.__name__, found.__objclass__.__name__)
    return "<built-in method %s of %s object>" % (function.__name__, type(owner).__name__)
