#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small machine-room dashboard with planted problems, for captures to learn on.

A table of readings with a filter, a plot painted by hand, a worker QThread that decodes batches, a
pool that summarises, a timer, and a child process that compresses. It drives itself: after
--seconds it has filtered, painted, decoded and closed. Works with PySide6 or PyQt6.

Planted, and to be found in the capture:
- ReadingsModel.data formats each cell anew, through locale, for every repaint
- FilterProxy.filterAcceptsRow compiles its expression for every row
- PlotView.paintEvent recomputes all points and a moving average on each paint
- MainWindow.refresh runs on a timer in the GUI thread and waits for a slow lookup
- Decoder (QThread) parses JSON in pure Python and takes the GIL from the GUI
"""
import argparse
import json
import locale
import math
import multiprocessing
import random
import re
import statistics
import sys
import threading
import time
import zlib

try:
    from PySide6 import QtCore, QtGui, QtWidgets

    Signal, Slot = QtCore.Signal, QtCore.Slot
except ImportError:
    from PyQt6 import QtCore, QtGui, QtWidgets

    Signal, Slot = QtCore.pyqtSignal, QtCore.pyqtSlot

Qt = QtCore.Qt


class Reading:
    __slots__ = ("sensor", "room", "value", "when")

    def __init__(self, sensor, room, value, when):
        self.sensor, self.room, self.value, self.when = sensor, room, value, when


def make_readings(count, seed=1):
    rng = random.Random(seed)
    rooms = ["north hall", "south hall", "cold aisle", "hot aisle", "battery room"]
    return [
        Reading(f"sensor-{i % 97:03}", rng.choice(rooms), 20 + 8 * math.sin(i / 60) + rng.random(), 1.7e9 + i)
        for i in range(count)
    ]


def format_number(value):
    return locale.format_string("%.3f", value, grouping=True)


def format_time(when):
    return time.strftime("%H:%M:%S", time.localtime(when))


class ReadingsModel(QtCore.QAbstractTableModel):
    HEADERS = ("Sensor", "Room", "°C", "Time", "Trend")

    def __init__(self, readings):
        super().__init__()
        self.readings = readings

    def rowCount(self, parent=QtCore.QModelIndex()):
        return 0 if parent.isValid() else len(self.readings)

    def columnCount(self, parent=QtCore.QModelIndex()):
        return 0 if parent.isValid() else len(self.HEADERS)

    def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.HEADERS[section]
        return None

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        reading = self.readings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.display(reading, index.row(), index.column())
        if role == Qt.ItemDataRole.BackgroundRole and index.column() == 2:
            return QtGui.QColor.fromHsvF(max(0.0, min(1.0, (34 - reading.value) / 40)), 0.4, 1.0)
        return None

    def display(self, reading, row, column):
        if column == 0:
            return reading.sensor
        if column == 1:
            return reading.room
        if column == 2:
            return format_number(reading.value)
        if column == 3:
            return format_time(reading.when)
        return self.trend(row)

    def trend(self, row):
        window = [r.value for r in self.readings[max(0, row - 20) : row + 1]]
        return "▲" if statistics.fmean(window) < window[-1] else "▼"


class FilterProxy(QtCore.QSortFilterProxyModel):
    def __init__(self):
        super().__init__()
        self.pattern = ""

    def set_pattern(self, pattern):
        self.pattern = pattern
        self.invalidateFilter()

    def filterAcceptsRow(self, row, parent):
        reading = self.sourceModel().readings[row]
        expression = re.compile("|".join(re.escape(part) for part in self.pattern.split()) or ".")
        return bool(expression.search(reading.room) or expression.search(reading.sensor))


def moving_average(values, width):
    return [statistics.fmean(values[max(0, i - width) : i + 1]) for i in range(len(values))]


class PlotView(QtWidgets.QWidget):
    def __init__(self, readings):
        super().__init__()
        self.readings = readings
        self.offset = 0
        self.setMinimumHeight(220)

    def paintEvent(self, event):
        painter = QtGui.QPainter(self)
        painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().base())
        self.draw_axes(painter)
        self.draw_series(painter)
        painter.end()

    def draw_axes(self, painter):
        for step in range(8):
            y = self.height() * step / 8
            painter.drawLine(QtCore.QPointF(0, y), QtCore.QPointF(self.width(), y))
            painter.drawText(QtCore.QPointF(4, y - 2), format_number(32 - step * 2))

    def draw_series(self, painter):
        shown = self.readings[self.offset : self.offset + 1500]
        values = moving_average([r.value for r in shown], 12)
        points = self.to_pixels(values)
        painter.drawPolyline(QtGui.QPolygonF(points))

    def to_pixels(self, values):
        low, high = min(values), max(values)
        span = (high - low) or 1
        return [
            QtCore.QPointF(i * self.width() / len(values), self.height() * (1 - (v - low) / span))
            for i, v in enumerate(values)
        ]


class Decoder(QtCore.QObject):
    """Lives in a QThread; decodes batches that look like they came over a network."""

    decoded = Signal(int)

    @Slot(int)
    def decode(self, batch):
        rows = self.load_chunk(batch)
        self.decoded.emit(len(self.parse_rows(rows)))

    def load_chunk(self, batch):
        readings = make_readings(1500, seed=batch)
        text = json.dumps([[r.sensor, r.room, r.value, r.when] for r in readings])
        return zlib.decompress(zlib.compress(text.encode(), 9)).decode()

    def parse_rows(self, text):
        scanner = json.scanner.py_make_scanner(json.JSONDecoder())
        rows, _ = scanner(text, 0)
        return [Reading(*row) for row in rows]


class Summary(QtCore.QRunnable):
    """A pool task."""

    def __init__(self, readings):
        super().__init__()
        self.readings = readings

    def run(self):
        rooms = {}
        for reading in self.readings:
            rooms.setdefault(reading.room, []).append(reading.value)
        for values in rooms.values():
            statistics.quantiles(values, n=20)
            statistics.pstdev(values)


class Lookup(threading.Thread):
    """A plain Python thread that keeps a cache fresh and mostly waits."""

    def __init__(self):
        super().__init__(name="lookup", daemon=True)
        self.lock = threading.Lock()
        self.stop = threading.Event()

    def run(self):
        while not self.stop.wait(0.05):
            with self.lock:
                self.reload()

    def reload(self):
        time.sleep(0.06)
        sorted(make_readings(400, seed=3), key=lambda r: r.value)


def compress_loop(seconds):
    """The child process."""
    end = time.monotonic() + seconds
    level = 1
    while time.monotonic() < end:
        archive(make_readings(1200, seed=level), level)
        level = level % 9 + 1


def archive(readings, level):
    rows = "\n".join(f"{r.sensor};{r.room};{r.value:.4f};{format_time(r.when)}" for r in readings)
    return zlib.compress(rows.encode(), level)


class MainWindow(QtWidgets.QMainWindow):
    wanted = Signal(int)

    def __init__(self, seconds):
        super().__init__()
        self.setWindowTitle("Dashboard")
        self.readings = make_readings(6000)
        self.model = ReadingsModel(self.readings)
        self.proxy = FilterProxy()
        self.proxy.setSourceModel(self.model)
        self.table = QtWidgets.QTableView()
        self.table.setModel(self.proxy)
        self.plot = PlotView(self.readings)
        splitter = QtWidgets.QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.plot)
        splitter.addWidget(self.table)
        self.setCentralWidget(splitter)
        self.resize(1000, 760)
        self.start_workers()
        self.start_timers(seconds)

    def start_workers(self):
        self.lookup = Lookup()
        self.lookup.start()
        self.thread = QtCore.QThread()
        self.thread.setObjectName("decoder")
        self.decoder = Decoder()
        self.decoder.moveToThread(self.thread)
        self.wanted.connect(self.decoder.decode)
        self.decoder.decoded.connect(self.on_decoded)
        self.thread.start()
        self.batch = 0

    def start_timers(self, seconds):
        self.timers = []
        for interval, slot in ((40, self.animate), (250, self.refresh), (900, self.change_filter), (400, self.summarise)):
            timer = QtCore.QTimer(self)
            timer.timeout.connect(slot)
            timer.start(interval)
            self.timers.append(timer)
        QtCore.QTimer.singleShot(0, self.ask)
        QtCore.QTimer.singleShot(int(seconds * 1000), self.close)

    def ask(self):
        self.batch += 1
        self.wanted.emit(self.batch)

    def on_decoded(self, count):
        self.statusBar().showMessage(f"{count} readings in batch {self.batch}")
        QtCore.QTimer.singleShot(30, self.ask)

    def animate(self):
        self.plot.offset = (self.plot.offset + 25) % 4000
        self.plot.update()
        bar = self.table.verticalScrollBar()
        bar.setValue((bar.value() + 40) % (bar.maximum() + 1))

    def refresh(self):
        self.wait_for_lookup()

    def wait_for_lookup(self):
        with self.lookup.lock:
            self.model.dataChanged.emit(self.model.index(0, 0), self.model.index(50, 4))

    def change_filter(self):
        self.proxy.set_pattern("hall aisle" if self.proxy.pattern == "" else "")

    def summarise(self):
        QtCore.QThreadPool.globalInstance().start(Summary(self.readings))

    def closeEvent(self, event):
        for timer in self.timers:
            timer.stop()
        self.lookup.stop.set()
        self.thread.quit()
        self.thread.wait()
        QtCore.QThreadPool.globalInstance().waitForDone()
        super().closeEvent(event)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=8)
    arguments = parser.parse_args()
    child = multiprocessing.get_context("fork").Process(target=compress_loop, args=(arguments.seconds,), name="archiver")
    child.start()
    application = QtWidgets.QApplication(sys.argv[:1])
    window = MainWindow(arguments.seconds)
    window.show()
    status = application.exec()
    child.join()
    return status


if __name__ == "__main__":
    sys.exit(main())
