"""What the figures were measured on."""

import os
import platform
from pathlib import Path


def description():
    return f"{processor()}, {os.cpu_count()} cores, {memory_gib():.0f} GiB, {system()}"


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def memory_gib():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def system():
    return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
