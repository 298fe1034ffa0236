"""One run of a command: processor time of everything it starts, wall time, memory.

Processor time is user + system of the command and of all its descendants, and of a server that works for it
(PostgreSQL): its backends, those that ended and those that still run. Memory is sampled over the process tree, so what
lives for less than a few milliseconds may be missed: `rss_mib` is never less than the largest process the kernel saw.
"""

import os
import subprocess
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
SAMPLE_SECONDS = 0.02
SERVER_SAMPLE_SECONDS = 0.2  # a server's shared memory takes the kernel a while to add up


@dataclass
class Run:
    cpu: float  # seconds; all of the three that follow
    user: float
    system: float
    server: float
    wall: float
    rss_mib: float  # peak of the tree, the server's fair share included
    private_mib: float  # peak of anonymous memory, summed over the tree


class CommandFailed(Exception):
    """The last lines that a command wrote before it failed."""


def measure(command, *, server=None, accept=(0,), env=None):
    """Runs a command; `server` is the process id of a server whose work is the command's, `accept` its exit codes."""
    server_before = server_seconds(server) if server else 0.0
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    started = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **(env or {})}, **pipes)
    peak = MemoryPeak(process.pid, server)
    with process.stdout:
        output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)  # not `wait`: only this gives the usage of this one command
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    peak.stop()
    if process.returncode not in accept:
        lines = output.decode(errors="replace").strip().splitlines()
        raise CommandFailed(f"exit code {process.returncode}: " + " / ".join(lines[-3:]))
    if server:
        time.sleep(0.3)  # until the backend has ended
    spent = server_seconds(server) - server_before if server else 0.0
    return Run(
        cpu=usage.ru_utime + usage.ru_stime + spent,
        user=usage.ru_utime,
        system=usage.ru_stime,
        server=spent,
        wall=wall,
        rss_mib=max(peak.resident, usage.ru_maxrss / 1024) + peak.server,
        private_mib=peak.private + peak.server_private,
    )


def as_row(run):
    return {key: round(value, 4) for key, value in asdict(run).items()}


class MemoryPeak:
    """Watches a process tree, and a server's, from a thread; all in MiB."""

    def __init__(self, process, server):
        self.resident = self.private = self.server = self.server_private = 0.0
        self._done = threading.Event()
        self._threads = [threading.Thread(target=self._watch, args=(process,), daemon=True)]
        if server:
            self._threads.append(threading.Thread(target=self._watch_server, args=(server,), daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self):
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _watch(self, process):
        while not self._done.wait(SAMPLE_SECONDS):
            fields = [memory_fields(each, "status") for each in process_tree(process)]
            self.resident = max(self.resident, sum(field.get("VmRSS", 0) for field in fields) / 1024)
            self.private = max(self.private, sum(field.get("RssAnon", 0) for field in fields) / 1024)

    def _watch_server(self, process):
        while not self._done.wait(SERVER_SAMPLE_SECONDS):
            fields = [memory_fields(each, "smaps_rollup") for each in process_tree(process)]
            self.server = max(self.server, sum(field.get("Pss", 0) for field in fields) / 1024)
            self.server_private = max(self.server_private, sum(field.get("Pss_Anon", 0) for field in fields) / 1024)


def process_tree(root):
    """The process and all its descendants."""
    found = [root]
    for process in found:
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            found += [int(child) for child in text_of(children).split()]
    return found


def memory_fields(process, file):
    """The kB lines of a file under /proc."""
    fields = {}
    for line in text_of(Path(f"/proc/{process}/{file}")).splitlines():
        name, _, value = line.partition(":")
        if value.endswith("kB"):
            fields[name] = int(value.split()[0])
    return fields


def text_of(file):
    try:
        return file.read_text()
    except OSError:  # the process has ended
        return ""


def server_seconds(postmaster):
    """Processor time of a server: its own, of children that it has waited for, of children that still run."""
    own, waited_for = processor_seconds(postmaster)
    running = sum(processor_seconds(child)[0] for child in process_tree(postmaster)[1:])
    return own + waited_for + running


def processor_seconds(process):
    """User and system time of a process, and of the children it has waited for."""
    fields = text_of(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
    if not fields:
        return 0.0, 0.0
    user, system, children_user, children_system = (int(field) / TICKS for field in fields[11:15])
    return user + system, children_user + children_system
