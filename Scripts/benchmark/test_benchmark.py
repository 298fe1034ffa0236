"""python3 -m unittest discover Scripts -t Scripts -p 'test_*.py'   (no packages needed)"""

import os
import sys
import tempfile
import unittest
from pathlib import Path

from benchmark import agree, tables
from benchmark.measure import CommandFailed, measure
from benchmark.tables import Case
from benchmark.tools import DUMP_COLUMNS, write_dump


def row(record=1, **changes):
    values = {
        "code": "A", "area": 2000.0, "township": "T1", "farmland": 900.0, "basic_farmland": 500.0, "earlier": "E1",
        "earlier_share": 0.8, "classes": {"0101": 1000.0, "0301": 1000.0},
    }  # fmt: skip
    return agree.Row(record=record, **{**values, **changes})


def compare(one, other):
    return agree.compare({one.record: one}, {other.record: other})


class Agreement(unittest.TestCase):
    def test_what_is_allowed(self):
        for name, changes in {
            "nothing": {},
            "area within 0.01 m²": {"area": 2000.0099},
            "class within 1e-4 of the parcel": {"classes": {"0101": 1000.19, "0301": 999.81}},
            "class that is not there within 1e-4": {"classes": {"0101": 1000.0, "0301": 1000.0, "0601": 0.1}},
            "another earlier parcel of equal share": {"earlier": "E0"},
        }.items():
            with self.subTest(name):
                self.assertTrue(compare(row(), row(**changes)).holds)

    def test_what_is_not_allowed(self):
        for what, changes in {
            "code": {"code": "B"},
            "area": {"area": 2000.0101},
            "township": {"township": ""},
            "farmland": {"farmland": 900.21},
            "basic farmland": {"basic_farmland": 499.79},
            "class": {"classes": {"0101": 1000.0, "0601": 1000.0}},
            "earlier": {"earlier": "E0", "earlier_share": 0.7},
        }.items():
            with self.subTest(what):
                self.assertEqual(list(compare(row(), row(**changes)).disagreements), [what])

    def test_an_earlier_parcel_that_one_lacks_is_no_tie(self):
        agreement = compare(row(), row(earlier="", earlier_share=0.8))
        self.assertEqual((list(agreement.disagreements), agreement.ties), (["earlier"], 0))

    def test_square_centimetres_of_a_tiny_parcel_do_not_count(self):
        self.assertTrue(compare(row(area=0.5, classes={}), row(area=0.5099, classes={})).holds)

    def test_records_that_one_lacks_are_named_and_do_not_count(self):
        agreement = agree.compare({1: row(1), 2: row(2)}, {2: row(2), 3: row(3)})
        self.assertEqual((agreement.only_first, agreement.only_second, agreement.compared), ([1], [3], 1))
        self.assertTrue(agreement.holds and not agreement.complete)

    def test_nothing_in_common_is_no_agreement(self):
        self.assertFalse(agree.compare({1: row(1)}, {}).holds)

    def test_a_dump_is_read_as_it_was_written(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "dump.csv"
            line = [1, "A", 2000.0, "T1", 900.0, 500.0, "E1", 0.8, "0101:1000.0;0301:1000.0"]
            write_dump(file, [line, [2, "B", 0.0, "", 0.0, 0.0, "", None, None]])
            rows = agree.read_dump(file)
        self.assertEqual(len(line), len(DUMP_COLUMNS))
        self.assertEqual(rows[1], row())
        self.assertEqual(rows[2].classes, {})


class Table(unittest.TestCase):
    def setUp(self):
        run = {"job": "j2", "kind": "ordinary", "rss_mib": 100.0, "private_mib": 50.0}
        seconds = [("parcels", 2.0), ("parcels", 9.0), ("parcels", 1.0), ("peer", 8.0)]
        self.rows = [{**run, "tool": tool, "cpu": cpu, "wall": cpu / 2} for tool, cpu in seconds]
        self.cases = [Case("j2", "ordinary", tool) for tool in ("parcels", "peer", "absent")]

    def lines(self, notes):
        return tables.table(self.cases, self.rows, notes, {"ordinary": 1000})

    def test_medians_spread_and_ratios(self):
        ours, peer, _ = self.lines({})
        self.assertEqual(ours[3:7], ["3", "2.00", "1.00–9.00", "1.00"])
        self.assertEqual(peer[9:], ["8000", "4.00", "4.00"])

    def test_a_note_stands_in_place_of_figures(self):
        lines = self.lines({self.cases[1]: "failed", self.cases[2]: "not installed"})
        self.assertEqual([line[3] for line in lines], ["3", "failed", "not installed"])

    def test_markdown_has_the_same_columns_in_every_line(self):
        columns = {line.count("|") for line in tables.as_markdown(self.lines({})).splitlines()}
        self.assertEqual(columns, {len(tables.HEADINGS) + 1})


class Measure(unittest.TestCase):
    BUSY = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"

    def test_processor_time_of_children_counts(self):
        child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {self.BUSY!r}])"
        run = measure([sys.executable, "-c", child])
        self.assertGreaterEqual(run.cpu, 0.3)
        self.assertGreater(run.private_mib, 1)

    def test_processor_time_of_a_server_counts(self):
        run = measure([sys.executable, "-c", self.BUSY], server=os.getpid())
        self.assertGreaterEqual(run.server, 0.3)  # the server here is this process, and waits for the command itself

    def test_exit_codes(self):
        leave = [sys.executable, "-c", "import sys; sys.exit('no such layer')"]
        with self.assertRaisesRegex(CommandFailed, "exit code 1: no such layer"):
            measure(leave)
        measure(leave, accept=(0, 1))


if __name__ == "__main__":
    unittest.main()
