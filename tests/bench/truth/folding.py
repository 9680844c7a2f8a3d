# SPDX-License-Identifier: GPL-3.0-or-later
"""Paths with folded cycles, worked out anew from the recorded edges, and what to compare them with.

Of a run of functions of one strongly connected component, a folded path keeps the entry and the
current one. Everything here is deliberately independent of Thaw's own code.
"""
from collections import defaultdict

NO_EDGE = -1  # the caller of a root


def components(n, callees):
    """Component per function (Kosaraju's algorithm, without recursion), and which are cyclic."""
    callers = defaultdict(list)
    for caller in range(n):
        for callee in callees[caller]:
            callers[callee].append(caller)
    order, seen = [], [False] * n
    for start in range(n):
        if seen[start]:
            continue
        seen[start] = True
        stack = [(start, iter(callees[start]))]
        while stack:
            vertex, rest = stack[-1]
            for target in rest:
                if not seen[target]:
                    seen[target] = True
                    stack.append((target, iter(callees[target])))
                    break
            else:
                order.append(vertex)
                stack.pop()
    component = [-1] * n
    for start in reversed(order):
        if component[start] >= 0:
            continue
        component[start] = start
        stack = [start]
        while stack:
            for caller in callers[stack.pop()]:
                if component[caller] < 0:
                    component[caller] = start
                    stack.append(caller)
    return component


class Recording:
    """What a recorder.Recorder holds, as graph and as folded truth."""

    def __init__(self, recorder):
        self.functions = recorder.functions
        self.edges = {pair: edge for pair, edge in recorder.edges.items()}
        n = len(self.functions)
        self.frames = [frame_text(label) for label in recorder.labels]
        self.callees = [[] for _ in range(n)]
        for caller, callee in self.edges:
            self.callees[caller].append(callee)
        self.component = components(n, self.callees)
        self.total = sum(counters[2] for counters in self.functions)
        self.truth = self._fold_truth(recorder.nodes)

    def step(self, path, function):
        """The folded path of a call of @function from the end of @path."""
        first = len(path)
        while first > 0 and self.component[path[first - 1]] == self.component[function]:
            first -= 1
        if first == len(path):
            return path + (function,)
        return path[:first + 1] + (() if path[first] == function else (function,))

    def _fold_truth(self, nodes):
        truth = defaultdict(float)
        paths = [()]
        for function, parent, own in nodes[1:]:
            paths.append(self.step(paths[parent], function))
            truth[paths[-1]] += own
        return truth

    def root_calls(self):
        calls = [counters[1] for counters in self.functions]
        for (_, callee), edge in self.edges.items():
            calls[callee] -= edge[1]
        return calls

    def by_calls(self, per_edge, threshold=1e-7):
        """What simple tools do: a call is followed by the calls its function makes on average,
        whatever came before. Self time is that of the edge (@per_edge), or, as in gprof, of the
        function's average call. Paths that cost less than @threshold of the total are left out."""
        def own(caller, function):
            counters = self.functions[function]
            if per_edge:
                counters = self.edges.get((caller, function), counters)
            return counters[2] / max(counters[1], 1)

        result = defaultdict(float)
        visits = {}
        pending = [((function,), NO_EDGE, function, calls)
                   for function, calls in enumerate(self.root_calls()) if calls > 0]
        while pending:
            path, caller, entry, calls = pending.pop()
            result[path] += calls * own(caller, entry)
            if entry not in visits:
                visits[entry] = self._visits(entry)
            for function, times in visits[entry].items():
                here = self.step(path, function) if function != entry else path
                for callee in self.callees[function]:
                    share = calls * times * self.edges[function, callee][1] / self.functions[function][1]
                    if self.component[callee] == self.component[entry]:
                        result[self.step(here, callee)] += share * own(function, callee)
                    elif share * self._cost(callee) > threshold * self.total:
                        pending.append((here + (callee,), function, callee, share))
        return result

    def _visits(self, entry):
        """How often each function of a component is called, on average, once @entry is: the
        solution of visits = entry + visits × calls per call, by Gauss and Jordan."""
        members = [f for f, c in enumerate(self.component) if c == self.component[entry]]
        rows = []
        for function in members:
            row = [0.0] * len(members) + [float(function == entry)]
            for at, caller in enumerate(members):
                edge = self.edges.get((caller, function))
                row[at] = (caller == function) - (edge[1] / self.functions[caller][1] if edge else 0)
            rows.append(row)
        for column in range(len(members)):
            pivot = max(range(column, len(rows)), key=lambda at: abs(rows[at][column]))
            rows[column], rows[pivot] = rows[pivot], rows[column]
            for at, row in enumerate(rows):
                if at != column and row[column]:
                    factor = row[column] / rows[column][column]
                    rows[at] = [a - factor * b for a, b in zip(row, rows[column])]
        return {function: rows[at][-1] / rows[at][at] for at, function in enumerate(members)}

    def _cost(self, function):
        """What a call costs with all it calls: cumulative time is of outermost calls."""
        return self.functions[function][3] / max(self.functions[function][0], 1)

    def name(self, path):
        return ";".join(self.frames[function] for function in path)


def frame_text(label):
    """A label as thaw-reconstruct-dump prints it; C functions without a file."""
    file, line, name = label
    place = "" if file == "~" else "%s:%d:" % (file, line)
    return (place + name).replace(";", ",").replace("\n", " ")


def inclusive(paths):
    """Self times by path into totals by path."""
    totals = defaultdict(float)
    for path, own in paths.items():
        for depth in range(1, len(path) + 1):
            totals[path[:depth]] += own
    return totals


def variation(one, other, total):
    """Total variation distance of two distributions of @total over paths."""
    return sum(abs(one.get(path, 0.0) - other.get(path, 0.0)) for path in {**one, **other}) / 2 / total
