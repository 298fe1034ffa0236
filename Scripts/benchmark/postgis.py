"""PostGIS in a cluster of its own: under the data folder, on a Unix socket alone, stopped afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from .tools import DUMP_QUERY, PythonTool, write_dump

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
EXTENSION = Path("/usr/share/postgresql/15/extension/postgis.control")
ACCOUNT = "postgres"  # PostgreSQL refuses to run as root
SQL = Path(__file__).parent / "peers"

# Tuned for one analyst's machine: parallel plans, much memory, no waiting for the disk, no just-in-time compilation
# (which costs more than it saves in statements this short), no vacuum in the background beside the explicit one.
SETTINGS = {
    "listen_addresses": "''",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "8GB",
    "synchronous_commit": "off",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "max_parallel_workers_per_gather": "1",
    "max_parallel_maintenance_workers": "2",
    "jit": "off",
    "effective_cache_size": "8GB",
    "random_page_cost": "1.1",
    "autovacuum": "off",
}
# What makes ogr2ogr load at the speed of COPY, without indexes that nobody asks.
LOAD = "-f PostgreSQL -overwrite -lco GEOMETRY_NAME=geom -lco FID=fid -lco SPATIAL_INDEX=NONE -lco UNLOGGED=YES " \
       "-nlt GEOMETRY -gt 200000"  # fmt: skip


class PostGIS(PythonTool):
    name = "postgis"
    environment = {"PG_USE_COPY": "YES", "OGR_PG_ENABLE_METADATA": "NO"}

    def __init__(self, data):
        super().__init__(data)
        self.cluster = data / "postgis"
        self.socket = None
        self.database = None  # one of those that are prepared

    def missing(self):
        if not (PROGRAMS / "postgres").exists() or not EXTENSION.exists():
            return "Debian package postgresql-15-postgis-3 is not installed"
        if not shutil.which("ogr2ogr"):
            return "Debian package gdal-bin is not installed"
        if os.geteuid() == 0 and subprocess.run([*self.account(), "test", "-x", self.data]).returncode != 0:
            return f"the account {ACCOUNT} may not enter {self.data}: choose another --data"
        return None

    def versions(self):
        (version,) = self.query(self.database, "SELECT split_part(version(), ' ', 2)")
        (postgis,) = self.query(self.database, "SELECT postgis_lib_version() || ', GEOS ' || postgis_geos_version()")
        return [f"PostgreSQL {version}", f"PostGIS {postgis}"]

    @property
    def server(self):
        return int((self.cluster / "postmaster.pid").read_text().splitlines()[0])

    def account(self):
        """What makes a command run as the account that PostgreSQL accepts."""
        if os.geteuid() != 0:
            return []
        return ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--clear-groups",
                "env", "-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/tmp"]  # fmt: skip

    def start(self):
        """Paths of sockets are short, so the socket has a temporary folder; it belongs to the server's account."""
        self.socket = Path(tempfile.mkdtemp(prefix="parcels-bench-"))
        self.cluster.mkdir(exist_ok=True)
        self.cluster.chmod(0o700)
        if os.geteuid() == 0:
            owner = pwd.getpwnam(ACCOUNT)
            for folder in (self.socket, self.cluster):
                os.chown(folder, owner.pw_uid, owner.pw_gid)
        user = ["-U", "postgres"]
        if not (self.cluster / "PG_VERSION").exists():
            self.server_program("initdb", *user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
        settings = {**SETTINGS, "unix_socket_directories": self.socket, "shared_buffers": f"{min(2048, memory // 4)}MB"}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self.server_program("pg_ctl", "-w", "-l", self.cluster / "log", "-o", options, "start")

    def stop(self):
        if self.socket:
            self.server_program("pg_ctl", "-m", "fast", "stop")
            shutil.rmtree(self.socket)
            self.socket = None

    def server_program(self, program, *arguments):
        command = [*self.account(), PROGRAMS / program, "-D", self.cluster, *arguments]
        subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)

    def prepare(self, jobs):
        self.start()
        databases = self.query("postgres", "SELECT datname FROM pg_database")
        for job in jobs:
            if job not in databases:
                self.make_database(job)
            self.database = job

    def make_database(self, job):
        """One database a job; a database that could not be filled is dropped, or it would count as prepared."""
        self.query("postgres", f"CREATE DATABASE {job}")
        try:
            self.query(job, "CREATE EXTENSION postgis")
            if job == "j2":
                self.shell(self.load_layers(job))
            if job == "j3":
                self.prepare_rates()
                self.shell(self.load_rates())
        except BaseException:
            self.query("postgres", f"DROP DATABASE {job}")
            raise

    def psql(self, database):
        return f"psql -q -X -v ON_ERROR_STOP=1 -h {self.socket} -U postgres -d {database}"

    def query(self, database, statement):
        """The first column of a statement's rows."""
        command = [*self.psql(database).split(), "-t", "-A", "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")[:-1]

    def shell(self, script):
        subprocess.run(["sh", "-ec", script], check=True, env={**os.environ, **self.environment})

    # The shell scripts that are timed, or that prepare

    def load(self, database, file, table, layer="", options=""):
        target = f"'PG:host={self.socket} user=postgres dbname={database}'"
        return f"ogr2ogr {LOAD} {target} '{file}' {layer} {options} -nln {table}"

    def load_layers(self, database):
        reference = self.data / "ref.gpkg"
        layers = ("DLTB", "XZQ", "YJJBNTTB")
        steps = [self.load(database, reference, f"delivered_{layer.lower()}", layer) for layer in layers]
        steps.append(self.load(database, self.data / "ledger.gpkg", "delivered_ledger", "parcels"))
        return "\n".join([*steps, f"{self.psql(database)} -f '{SQL}/postgis_layers.sql'"])

    def load_rates(self):
        columns = "county text, township text, programme text, status int, area float8, farmland float8, " \
                  "basic_farmland float8, recurring int, code text"  # fmt: skip
        table = f"CREATE UNLOGGED TABLE parcels ({columns})"
        copy = f"\\copy parcels from '{self.data}/rates.csv' csv"
        return f'{self.psql("j3")} -c "{table}" -c "{copy}" -c "VACUUM ANALYZE parcels"'

    def command(self, job, kind):
        if job == "j3":
            return self.job_command("rates", "postgis", self.data, self.socket)
        options = "-oo ENCODING=GBK -a_srs EPSG:4526"
        batch = self.load(job, self.data / f"batch-{kind}.shp", "delivered_batch", options=options)
        steps = [self.load_layers(job)] if job == "j1" else []
        return ["sh", "-ec", "\n".join([*steps, batch, f"{self.psql(job)} -f '{SQL}/postgis_job.sql'"])]

    def dump(self, job, kind, file):
        rows = self.query(job, DUMP_QUERY)
        write_dump(file, (row.split("|") for row in rows))
