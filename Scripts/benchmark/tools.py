"""The tools side by side: how each is prepared, what command is timed, how its results are read.

A tool has a `name`, the `jobs` it does, `missing()` (why it cannot be had, or None), `versions()`, `prepare(jobs)`
(once, not timed), and for each job and kind of batch `unavailable(job)`, `before(job, kind)` (not timed),
`command(job, kind)` (timed), `dump(job, kind, file)` (not timed, of what the timed run wrote; returns a remark or None)
and `after(job, kind)`.
"""

import csv
import importlib.metadata
import importlib.util
import sqlite3
import subprocess
import sys

JOBS = ["j1", "j2", "j3"]
DUMP_COLUMNS = [
    "record", "code", "areaM2", "township", "farmlandM2", "basicFarmlandM2", "earlier", "earlierShare", "classes",
]  # fmt: skip
DUMP_QUERY = """
SELECT parcels.record, code, area_m2, coalesce(township, ''), farmland_m2, basic_farmland_m2, coalesce(earlier, ''),
       earlier_share, classes
FROM parcels LEFT JOIN (
  SELECT record, string_agg(class || ':' || area_m2, ';') AS classes FROM parcel_class GROUP BY record
) AS by_class ON by_class.record = parcels.record ORDER BY parcels.record"""


class Tool:
    """What tools have in common."""

    name = ""
    jobs = JOBS
    accept = (0,)  # exit codes
    environment = {}
    server = None  # the process id of a server that works for the command

    def __init__(self, data):
        self.data = data

    def missing(self):
        return None

    def unavailable(self, job):
        return None

    def before(self, job, kind):
        pass

    def after(self, job, kind):
        pass

    def stop(self):
        pass


class PythonTool(Tool):
    """A peer in Python packages; its job is a module of `peers`."""

    packages = []

    def missing(self):
        absent = [name for name in self.packages if importlib.util.find_spec(name) is None]
        return f"Python package {', '.join(absent)} cannot be had" if absent else None

    def versions(self):
        return [f"{package} {importlib.metadata.version(package)}" for package in self.packages]

    def job_command(self, module, *arguments):
        return [sys.executable, "-m", f"benchmark.peers.{module}", *map(str, arguments)]

    def run_untimed(self, module, *arguments):
        subprocess.run(self.job_command(module, *arguments), check=True)

    def prepare_rates(self):
        if not (self.data / "rates.parquet").exists():
            self.run_untimed("rates", "generate", self.data)
            self.run_untimed("rates", "prepare", self.data)

    def store(self, job, kind):
        return self.data / f"{self.name}-{job}-{kind}.gpkg"

    def dump(self, job, kind, file):
        with sqlite3.connect(self.store(job, kind)) as connection:
            connection.create_aggregate("string_agg", 2, StringAggregate)
            write_dump(file, connection.execute(DUMP_QUERY))


class StringAggregate:
    """`string_agg` for SQLite versions that lack it."""

    def __init__(self):
        self.values, self.separator = [], ""

    def step(self, value, separator):
        self.values.append(value)
        self.separator = separator

    def finalize(self):
        return self.separator.join(self.values)


def write_dump(file, rows):
    with open(file, "w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(DUMP_COLUMNS)
        writer.writerows(rows)


class GeoPandas(PythonTool):
    name = "geopandas"
    packages = ["geopandas", "shapely", "pyogrio", "pyproj"]

    def versions(self):
        import shapely

        return super().versions() + [f"GEOS {shapely.geos_version_string}"]

    def prepare(self, jobs):
        if not (self.data / "geopandas" / "YJJBNTTB.parquet").exists():
            self.run_untimed("geopandas_job", "prepare", self.data, "-", "-")
        if "j3" in jobs:
            self.prepare_rates()

    def command(self, job, kind):
        if job == "j3":
            return self.job_command("rates", "pandas", self.data)
        return self.job_command("geopandas_job", job, self.data, kind, self.store(job, kind))


class SedonaDB(PythonTool):
    name = "sedonadb"
    packages = ["sedonadb", "geopandas", "geoarrow.c", "geoarrow.pyarrow"]
    jobs = ["j2"]

    def missing(self):
        absent = [name for name in ("sedonadb", "geoarrow") if importlib.util.find_spec(name) is None]
        return f"Python package {', '.join(absent)} cannot be had" if absent else None

    def versions(self):
        return [f"sedonadb {importlib.metadata.version('sedonadb')}"]

    def prepare(self, jobs):
        GeoPandas(self.data).prepare(["j2"])  # the same GeoParquet

    def command(self, job, kind):
        return self.job_command("sedonadb_job", job, self.data, kind, self.store(job, kind))


class DuckDB(PythonTool):
    name = "duckdb"
    packages = ["duckdb", "duckdb_extension_spatial"]

    def store(self, job, kind):
        return self.data / f"duckdb-{'cold' if job == 'j1' else 'prepared'}.duckdb"

    def prepare(self, jobs):
        if not self.store("j2", "").exists():
            self.run_untimed("duckdb_job", "prepare", self.data, "-", self.store("j2", ""))
        if "j3" in jobs:
            self.prepare_rates()

    def command(self, job, kind):
        if job == "j3":
            return self.job_command("rates", "duckdb", self.data)
        return self.job_command("duckdb_job", job, self.data, kind, self.store(job, kind))

    def dump(self, job, kind, file):
        import duckdb

        with duckdb.connect(str(self.store(job, kind)), read_only=True) as connection:
            write_dump(file, connection.execute(DUMP_QUERY).fetchall())


class SQLite(PythonTool):
    """Plain SQL on one table, for J3 alone."""

    name = "sqlite"
    jobs = ["j3"]

    def versions(self):
        return [f"SQLite {sqlite3.sqlite_version}"]

    def prepare(self, jobs):
        self.prepare_rates()

    def command(self, job, kind):
        return self.job_command("rates", "sqlite", self.data)
