"""`parcels` itself: a workspace prepared once, of which every timed run gets a fresh copy."""

import hashlib
import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

from .tools import Tool

LAYERS = [("townships", "XZQ", []), ("land-use", "DLTB", ["--version", "2025"]), ("basic-farmland", "YJJBNTTB", [])]
REPOSITORY = Path(__file__).resolve().parents[2]
RATES_PARCELS = 1_000_000


class Parcels(Tool):
    name = "parcels"
    accept = (0, 3)  # 3: done, but records were rejected
    environment = {"PARCELS_NOW": "2026-07-01T10:00:00Z"}

    def __init__(self, data, program):
        super().__init__(data)
        self.program = Path(program).resolve()
        self.folder = data / "parcels"

    def versions(self):
        """With the revision of this checkout, or the hash of a program that was not built from it."""
        source = f"program {self.hash()[:8]}"
        if self.program.is_relative_to(REPOSITORY):
            revision = ["git", "-C", str(REPOSITORY), "describe", "--always", "--dirty"]
            source = subprocess.run(revision, capture_output=True, text=True).stdout.strip() or source
        return [f"parcels {self.parcels('--version').strip()} ({source})"]

    def hash(self):
        return hashlib.sha256(self.program.read_bytes()).hexdigest()

    def missing(self):
        return None if self.program.exists() else f"{self.program} is not built"

    def unavailable(self, job):
        if job == "j1" and not self.can("layer", "add", option="--in-place"):
            return "this build cannot link layers (layer add --in-place)"
        if job == "j3" and not self.rates_workspace().exists():
            return "this checkout has no ParcelBenchmarks to make the ledger with"
        return None

    def can(self, *command, option):
        return option in self.parcels(*command, "--help")

    def parcels(self, *arguments, **options):
        command = [str(self.program), *map(str, arguments)]
        environment = {**os.environ, **self.environment}
        finished = subprocess.run(command, env=environment, capture_output=True, text=True, **options)
        if finished.returncode not in self.accept:
            raise RuntimeError(f"{' '.join(command)}: {finished.stderr.strip()}")
        return finished.stdout

    # Preparation

    def prepare(self, jobs):
        """Anew where the program is another one: what it prepares is its own."""
        mark = self.folder / "program"
        if not mark.exists() or mark.read_text() != self.hash():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            mark.write_text(self.hash())
        for job, options in [("j1", ["--in-place"]), ("j2", [])]:
            if job in jobs and self.unavailable(job) is None and not self.workspace(job).exists():
                self.make_workspace(job, options)
        if "j3" in jobs:
            self.make_rates_ledger()

    def workspace(self, job):
        return self.folder / job

    def make_workspace(self, job, layer_options):
        """The layers prepared (or linked to their file), the ledger's parcels taken in as an earlier batch."""
        unfinished = self.folder / f"{job}-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        counties = json.loads((self.data / "meta.json").read_text())["counties"]
        self.parcels("init", unfinished, "--county", "420121" if counties == 1 else "420000")
        within = ["-C", unfinished]
        self.parcels("campaign", "add", "bench", *within, "--template", "provincial-satellite", "--year", 2026)
        for kind, layer, version in LAYERS:
            # A workspace always keeps its townships: with J1 they are read while it is timed.
            if job != "j1" or kind != "townships":
                self.parcels(*self.layer(unfinished, kind, layer, version), *layer_options)
        ledger = self.data / "ledger.gpkg"
        self.parcels("ingest", ledger, *within, "--campaign", "bench", "--batch", "earlier", "--issued", "2026-06-01")
        unfinished.rename(self.workspace(job))

    def layer(self, workspace, kind, layer, version):
        reference = str(self.data / "ref.gpkg")
        return ["layer", "add", kind, reference, "-C", str(workspace), "--layer", layer, *version]

    def rates_workspace(self):
        return self.data / "rates-parcels"

    def make_rates_ledger(self):
        """A ledger of a million parcels, made by a program of the package, where the checkout has it."""
        if self.rates_workspace().exists() or not (REPOSITORY / "Sources" / "ParcelBenchmarks").exists():
            return
        build = ["swift", "run", "-c", "release", "--static-swift-stdlib"]
        command = [*build, "ParcelBenchmarks", "ledger", "--parcels", str(RATES_PARCELS)]
        subprocess.run([*command, str(self.rates_workspace())], cwd=REPOSITORY, check=True)

    # What is timed

    def before(self, job, kind):
        if job == "j3":
            return
        self.after(job, kind)
        shutil.copytree(self.workspace(job), self.fresh(job))
        os.sync()  # or the run's own syncing would write out the copy

    def after(self, job, kind):
        shutil.rmtree(self.fresh(job), ignore_errors=True)

    def fresh(self, job):
        return self.folder / f"{job}-run"

    def command(self, job, kind):
        if job == "j3":
            return [str(self.program), "status", "-C", str(self.rates_workspace()), "--json"]
        ingest = [str(self.program), *self.ingest(self.fresh(job), kind)]
        if job != "j1":
            return ingest
        townships = [str(self.program), *self.layer(self.fresh(job), *LAYERS[0])]
        return ["sh", "-c", f"{shlex.join(townships)} && {shlex.join(ingest)}"]

    def ingest(self, workspace, kind):
        return [
            "ingest", str(self.data / f"batch-{kind}.shp"), "-C", str(workspace), "--campaign", "bench",
            "--batch", "new", "--issued", "2026-07-01", "--profile", "standard-mu",
        ]  # fmt: skip

    def dump(self, job, kind, file):
        """Also says of which records there are no measurements, and why."""
        if not self.can("ingest", option="--dump"):
            raise NotImplementedError("this build cannot write its measurements (ingest --dump)")
        workspace = self.workspace(job)
        if job == "j1":
            self.before(job, kind)
            workspace = self.fresh(job)
            self.parcels(*self.layer(workspace, *LAYERS[0]))
        receipt = self.parcels(*self.ingest(workspace, kind), "--dry-run", "--json", "--dump", file)
        findings = json.loads(receipt.splitlines()[0])["findings"]
        rejected = [f"{finding['code']} {finding['count']}" for finding in findings if finding["severity"] == "error"]
        return f"parcels rejects records: {', '.join(rejected)}" if rejected else None
