"""The programs that are measured, the files they read and the folders they write."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "artifacts" / "bench"
RESULTS = ROOT / "bench" / "results"
PEERS = ROOT / "bench" / "peers" / "sales"
PYTHON = "/usr/bin/python3"  # Debian's, which python3-pandas belongs to


class Program:
    """A program that computes the sales pipeline."""

    def __init__(self, name, limit=None):
        self.name = name
        self.limit = limit  # the most rows it is given unless it is asked for by name
        self.output = DATA / "out" / name

    def command(self, file):
        peers = {
            "duckdb": ["node", PEERS / "duckdb.mjs", file, self.output],
            "pandas": [PYTHON, PEERS / "pandas_peer.py", file, self.output],
            "plain": [PYTHON, PEERS / "plain.py", file, self.output],
        }
        return peers[self.name]

    def environment(self):
        return {}

    def answers(self):
        """Where its tables are."""
        return self.output

    def clear(self):
        shutil.rmtree(self.output, ignore_errors=True)
        self.output.mkdir(parents=True)


class Assay(Program):
    """Assay, by the command that people type."""

    def __init__(self, executable):
        super().__init__("assay")
        self.executable = executable

    def command(self, file):
        return [self.executable, "run", "sales", "--set", f"file={file}", "--quiet"]

    def environment(self):
        return {"ASSAY_HOME": str(self.output)}

    def answers(self):
        return self.output / "gold" / "sales" / "current"

    def build(self):
        """The first call builds, and that is not to be measured."""
        if subprocess.run([self.executable, "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
            sys.exit(3)


PEERS_BY_NAME = {peer.name: peer for peer in (
    Program("duckdb"),
    Program("pandas", limit=10_000_000),
    Program("plain", limit=1_000_000),
)}


def sales_file(assay, rows, seed):
    """The input of so many rows; made once."""
    file = DATA / f"sales-{rows}-{seed}.csv"
    if not file.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        print(f"generating {rows:,} rows …", file=sys.stderr)
        unfinished = file.with_suffix(".part")
        command = [assay.executable, "generate", "sales", "--rows", str(rows), "--seed", str(seed), "--output", unfinished]
        if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
            sys.exit(3)
        unfinished.rename(file)
    return file


def into_page_cache(file):
    with open(file, "rb", buffering=0) as stream:
        while stream.read(1 << 22):
            pass


def store(name, figures):
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"\nstored in {path.relative_to(ROOT)}")
