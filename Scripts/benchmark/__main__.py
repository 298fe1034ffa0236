"""The measured job of parcels side by side with the tools a user would otherwise pick.

Jobs: j1 ingests a batch with reference layers straight from their files, j2 with layers prepared before, j3 computes
rates over a million parcels. Kinds of batch: ordinary; traced along survey borders; with holes; of several parts;
giants of thousands of vertices. Runs are interleaved (A B C, A B C, …); their medians are printed. Afterwards what the
tools say is compared parcel by parcel, each two of them: exit code 1 where they disagree.

Synthetic data, prepared layers, raw rows (bench.jsonl) and results (dump-*.csv) stay in the data folder.
"""

EXAMPLES = """examples:
  Scripts/bench --quick                                    the main figures within minutes
  Scripts/bench --size M --reps 5 --table bench.md         what the README shows
  Scripts/bench --size M --jobs j2 --kinds traced          one job on one kind of batch
  Scripts/bench --size S --seed 7 --peers duckdb           other data, one peer
  Scripts/bench --size L --jobs j2 --kinds ordinary        22 counties, 200 000 parcels (half an hour)
"""

import argparse
import itertools
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from . import agree, machine, tables
from .fingerprint import fingerprint
from .measure import CommandFailed, as_row, measure
from .parcels import REPOSITORY, Parcels
from .postgis import PostGIS
from .tables import Case
from .tools import JOBS, DuckDB, GeoPandas, SedonaDB, SQLite

DATA = REPOSITORY / ".build" / "bench"
KINDS = ["ordinary", "traced", "holed", "multipart", "giant"]
PEERS = [PostGIS, DuckDB, GeoPandas, SedonaDB, SQLite]


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    options = parse_options()
    data = data_folder(options)
    tools, absent = available_tools(options, data)
    try:
        prepare(tools, absent, options.jobs)
        bench = Bench(options, data, tools, absent)
        bench.run()
        report = bench.report()
    finally:
        for tool in tools:
            tool.stop()
    print("\n" + report)
    if options.table:
        Path(options.table).write_text(bench.markdown())
    agreed = bench.compare_dumps()
    sys.exit(0 if agreed else 1)


def parse_options():
    parser = argparse.ArgumentParser(
        prog="Scripts/bench", description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    sizes = "of the synthetic data: tiny (T), 3 000 parcels (S, the default), 20 000 (M), 200 000 in 22 counties (L)"
    parser.add_argument("--size", choices=["T", "S", "M", "L"], default="S", help=sizes)
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the synthetic data (default: 1)")
    parser.add_argument("--kinds", type=choices_of(KINDS), default=KINDS, metavar="K,…", help=f"of {','.join(KINDS)}")
    parser.add_argument("--jobs", type=choices_of(JOBS), default=JOBS, metavar="J,…", help=f"of {','.join(JOBS)}")
    parser.add_argument("--reps", type=int, default=3, metavar="N", help="runs of each (default: 3)")
    names = [peer.name for peer in PEERS]
    peers = f"of {','.join(names)}; none for parcels alone"
    parser.add_argument("--peers", type=choices_of(names), default=names, metavar="P,…", help=peers)
    quick = "one run of each, on ordinary and traced batches alone, j1 on ordinary ones"
    parser.add_argument("--quick", action="store_true", help=quick)
    parser.add_argument("--data", metavar="DIR", help="where data lie (default: .build/bench/SIZE-SEED)")
    parser.add_argument("--table", metavar="FILE", help="write the table as Markdown")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.quick:
        options.kinds = [kind for kind in options.kinds if kind in ("ordinary", "traced")]
        options.reps = 1
    return options


def choices_of(names):
    def parse(text):
        chosen = [] if text == "none" else text.split(",")
        if unknown := set(chosen) - set(names):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: not one of {', '.join(names)}")
        return [name for name in names if name in chosen]

    return parse


def data_folder(options):
    """The folder with the data of this size and seed, which are made where they are not there."""
    folder = Path(options.data or DATA / f"{options.size}-{options.seed}").resolve()
    meta = folder / "meta.json"
    if meta.exists():
        made = json.loads(meta.read_text())
        if (made["size"], made["seed"]) != (options.size, options.seed):
            sys.exit(f"{folder} holds data of size {made['size']}, seed {made['seed']}: name another --data")
        if made["generator"] != fingerprint():
            sys.exit(f"{folder} was made by another version of the generator: remove it or name another --data")
        return folder
    say(f"making data of size {options.size}, seed {options.seed} in {folder}")
    generate = [sys.executable, "-m", "benchmark.generate", str(folder)]
    subprocess.run([*generate, "--size", options.size, "--seed", str(options.seed)], check=True)
    return folder


def available_tools(options, data):
    """The tools that can be had, and of each of the others why not."""
    wanted = [Parcels(data, options.program)] + [peer(data) for peer in PEERS if peer.name in options.peers]
    wanted = [tool for tool in wanted if set(tool.jobs) & set(options.jobs)]
    absent = {tool: reason for tool in wanted if (reason := tool.missing())}
    return [tool for tool in wanted if tool not in absent], absent


def prepare(tools, absent, jobs):
    """A tool that cannot be prepared does not stop the others."""
    for tool in list(tools):
        say(f"preparing {tool.name}")
        try:
            tool.prepare(jobs)
        except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
            absent[tool] = f"could not be prepared: {error}"
            say(f"  {absent[tool]}")
            tool.stop()
            tools.remove(tool)


def say(text):
    print(text, file=sys.stderr, flush=True)


class Bench:
    def __init__(self, options, data, tools, absent):
        self.options, self.data, self.tools = options, data, tools
        self.started = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        self.machine = machine.description()
        self.versions = [version for tool in tools for version in tool.versions()]
        self.parcels = json.loads((data / "meta.json").read_text())["parcels"]
        self.rows = []
        self.dumps = {}  # by case
        self.remarks = []
        jobs = {tool.name: tool.jobs for tool in [*tools, *absent]}
        self.cases = [Case(*group, name) for group in self.groups() for name in jobs if group[0] in jobs[name]]
        reasons = {tool.name: reason for tool, reason in absent.items()}
        self.notes = {case: reasons[case.tool] for case in self.cases if case.tool in reasons}

    def groups(self):
        """What is compared with each other: jobs with kinds of batches."""
        for job in self.options.jobs:
            kinds = [""] if job == "j3" else self.options.kinds
            if self.options.quick and job == "j1":
                kinds = kinds[:1]
            yield from ((job, kind) for kind in kinds)

    def run(self):
        for repetition in range(self.options.reps):
            for job, kind in self.groups():
                for tool in self.tools:
                    if job in tool.jobs:
                        self.run_once(tool, Case(job, kind, tool.name), repetition)

    def run_once(self, tool, case, repetition):
        if case in self.notes:
            return
        if reason := tool.unavailable(case.job):
            self.notes[case] = reason
            return
        tool.before(case.job, case.kind)
        try:
            command = tool.command(case.job, case.kind)
            run = measure(command, server=tool.server, accept=tool.accept, env=tool.environment)
        except CommandFailed as failure:
            self.notes[case] = f"failed: {failure}"
            say(f"{label(case)}: {self.notes[case]}")
            return
        finally:
            tool.after(case.job, case.kind)
        row = {"job": case.job, "kind": case.kind, "tool": case.tool, **as_row(run)}
        say(f"{label(case)}: {run.cpu:.2f} s processor, {run.wall:.2f} s")
        self.rows.append(row)
        with open(self.data / "bench.jsonl", "a") as file:
            origin = {"started": self.started, "machine": self.machine, "versions": self.versions}
            file.write(json.dumps({**row, **origin}, ensure_ascii=False) + "\n")
        if repetition == 0 and case.job != "j3":
            self.dump(tool, case)

    def dump(self, tool, case):
        file = self.data / f"dump-{case.job}-{case.kind}-{case.tool}.csv"
        try:
            if remark := tool.dump(case.job, case.kind, file):
                self.remarks.append(f"{label(case)}: {remark}")
            self.dumps[case] = file
        except (NotImplementedError, RuntimeError, subprocess.CalledProcessError) as reason:
            self.remarks.append(f"{label(case)}: not compared: {reason}")

    def lines(self):
        return tables.table(self.cases, self.rows, self.notes, self.parcels)

    def report(self):
        origin = [f"size {self.options.size}, seed {self.options.seed}; {self.machine}", ", ".join(self.versions)]
        return "\n".join([*origin, "", tables.as_text(self.lines())])

    def markdown(self):
        meta = json.loads((self.data / "meta.json").read_text())
        data = f"Size {meta['size']}, seed {meta['seed']}: {meta['landUse']} land-use polygons, " + ", ".join(
            f"{self.parcels[kind]} {kind}" for kind in self.options.kinds
        )
        return "\n\n".join([tables.as_markdown(self.lines()), f"{data} parcels. {self.machine}.",
                            "; ".join(self.versions) + ".", ""])  # fmt: skip

    def compare_dumps(self):
        """Prints how far each two tools agree; whether all do."""
        print("\n" + "\n".join(self.remarks))
        agreed = True
        for job, kind in self.groups():
            dumps = {case.tool: agree.read_dump(file) for case, file in self.dumps.items()
                     if (case.job, case.kind) == (job, kind)}  # fmt: skip
            pairs = {pair: agree.compare(*map(dumps.get, pair)) for pair in itertools.combinations(dumps, 2)}
            for line in compared_lines(pairs):
                print(line if line.startswith(" ") else f"{job.upper()} {kind}: {line}")
            agreed = agreed and all(agreement.holds for agreement in pairs.values())
        return agreed


def compared_lines(pairs):
    """All pairs of tools that say the same of the same records in one line; the others each at length."""
    complete = {pair: agreement for pair, agreement in pairs.items() if agreement.complete}
    if complete:
        records = next(iter(complete.values())).compared
        names = ", ".join(dict.fromkeys(itertools.chain(*complete)))
        if len(complete) < len(pairs):
            names = ", ".join(" and ".join(pair) for pair in complete)
        yield f"{names} agree on {records} records, {agree.closeness(complete.values())}"
    for pair, agreement in pairs.items():
        if pair not in complete:
            yield from agree.describe(agreement, *pair)


def label(case):
    return " ".join(filter(None, [case.job.upper(), case.kind, case.tool]))


main()
