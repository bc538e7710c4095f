"""One run of a program, measured from outside: wall clock, processor time and peak memory of that process alone."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from statistics import median

# Independent additions, which leave a core little room for another thread.
BUSY = "a = b = c = d = 1\nfor i in range(1_000_000):\n a ^= i; b ^= i; c ^= i; d ^= i"


class RunFailed(Exception):
    """A measured program did not end with 0."""


@dataclass(frozen=True)
class Usage:
    """Seconds of wall clock, seconds of user and system time, and the peak resident memory in bytes."""

    wall: float
    cpu: float
    peak: int

    def as_dict(self):
        return asdict(self)


def measure(command, environment=None, folder=None):
    """Runs a command to its end, output discarded.

    wait4 gives the usage of this child and what it waited for. The kernel counts the parent's memory at the
    fork in the child's peak, about 20 MB here, so peaks below that cannot be told apart.
    """
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, cwd=folder,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            text = errors.read().decode(errors="replace").strip()[-2000:]
            raise RunFailed(f"{' '.join(map(str, command))}: exit {process.returncode}\n{text}")
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def medians(runs):
    """The median of each figure by itself."""
    return Usage(median(run.wall for run in runs), median(run.cpu for run in runs), int(median(run.peak for run in runs)))


def cores_worth():
    """How many cores' worth of work the machine can do at once, by its own account of a busy loop.

    Two virtual cores are one when their host has put them on the two threads of one real core, or gives their
    time to others. A program of one thread does not notice; one that uses all cores then takes up to twice as long.
    """
    cores = os.cpu_count()

    def busy(processes):
        started = time.perf_counter()
        running = [subprocess.Popen([sys.executable, "-S", "-c", BUSY]) for _ in range(processes)]
        for process in running:
            process.wait()
        return time.perf_counter() - started

    return cores * busy(1) / busy(cores)


def machine():
    """What the figures depend on: processor, cores, memory, system."""
    def field(path, name, separator):
        with open(path, encoding="utf-8") as file:
            return next((line.split(separator, 1)[1].strip().strip('"') for line in file if line.startswith(name)), "unknown")

    return {
        "processor": field("/proc/cpuinfo", "model name", ":"),
        "cores": os.cpu_count(),
        "memory_bytes": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
        "system": field("/etc/os-release", "PRETTY_NAME", "="),
    }
