"""The programs that are measured, the files they read and the folders they write."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "artifacts" / "bench"
RESULTS = ROOT / "bench" / "results"
PEERS = ROOT / "bench" / "peers"
PYTHON = "/usr/bin/python3"  # Debian's, which python3-pandas belongs to


class Program:
    """A program that computes a pipeline."""

    def __init__(self, name, limit=None):
        self.name = name
        self.limit = limit  # the most rows it is given unless it is asked for by name
        self.output = DATA / "out" / name

    def environment(self):
        return {}

    def answers(self):
        """Where its tables are."""
        return self.output

    def clear(self):
        shutil.rmtree(self.output, ignore_errors=True)
        self.output.mkdir(parents=True)


class SalesPeer(Program):
    def command(self, file):
        commands = {
            "duckdb": ["node", PEERS / "sales" / "duckdb.mjs", file, self.output],
            "duckdb-plain": ["node", PEERS / "sales" / "duckdb.mjs", file, self.output, "--plan", "plain"],
            "pandas": [PYTHON, PEERS / "sales" / "pandas_peer.py", file, self.output],
            "plain": [PYTHON, PEERS / "sales" / "plain.py", file, self.output],
        }
        return commands[self.name]


class OrdersPeer(Program):
    """Python and DuckDB; the name says how the XML is parsed."""

    def command(self, customers, orders):
        return ["node", PEERS / "orders" / "orders.mjs", customers, orders, self.output, "--parser", self.name]


class Assay(Program):
    """Assay, by the command that people type."""

    def __init__(self, executable, pipeline="sales", inputs=("file",), engine=None, name="assay"):
        super().__init__(name if engine is None else f"{name}, {engine}")
        self.executable = executable
        self.pipeline = pipeline
        self.inputs = inputs
        self.engine = () if engine is None else ("--engine", engine)

    def command(self, *files):
        settings = (part for name, file in zip(self.inputs, files, strict=True) for part in ("--set", f"{name}={file}"))
        return [self.executable, "run", self.pipeline, *settings, *self.engine, "--quiet"]

    def environment(self):
        return {"ASSAY_HOME": str(self.output)}

    def answers(self):
        return self.output / "gold" / self.pipeline / "current"

    def build(self):
        """The first call builds, and that is not to be measured."""
        if subprocess.run([self.executable, "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
            sys.exit(3)

    def generate(self, *arguments):
        """Writes an input, unmeasured."""
        command = [self.executable, "generate", self.pipeline, *map(str, arguments)]
        if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
            sys.exit(3)


SALES_PEERS = {peer.name: peer for peer in (
    SalesPeer("duckdb"),
    SalesPeer("duckdb-plain", limit=10_000_000),
    SalesPeer("pandas", limit=10_000_000),
    SalesPeer("plain", limit=1_000_000),
)}
ORDERS_PEERS = {peer.name: peer for peer in (
    OrdersPeer("pandas", limit=10_000_000),
    OrdersPeer("iterparse"),
    OrdersPeer("xslt"),
    OrdersPeer("split"),
)}
XML_READERS = {
    "pandas.read_xml": [PYTHON, PEERS / "orders" / "pandas_read_xml.py", "tree"],
    "pandas.read_xml(iterparse=…)": [PYTHON, PEERS / "orders" / "pandas_read_xml.py", "iterparse"],
    "lxml iterparse": [PYTHON, PEERS / "orders" / "lxml_records.py", "iterparse"],
    "lxml with a style sheet": [PYTHON, PEERS / "orders" / "lxml_records.py", "xslt"],
}


def sales_file(assay, rows, seed):
    """The input of so many rows; made once."""
    file = DATA / f"sales-{rows}-{seed}.csv"
    if not file.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        print(f"generating {rows:,} rows …", file=sys.stderr)
        unfinished = file.with_suffix(".part")
        assay.generate("--rows", rows, "--seed", seed, "--output", unfinished)
        unfinished.rename(file)
    return file


def orders_files(assay, orders, customers, seed):
    """The customers and orders of so many; made once."""
    folder = DATA / f"orders-{orders}-{customers}-{seed}"
    if not folder.exists():
        print(f"generating {orders:,} orders …", file=sys.stderr)
        unfinished = folder.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        assay.generate("--customers", customers, "--orders", orders, "--seed", seed, "--output-dir", unfinished)
        unfinished.rename(folder)
    return folder / "customers.csv", folder / "orders.xml"


def into_page_cache(file):
    with open(file, "rb", buffering=0) as stream:
        while stream.read(1 << 22):
            pass


def occurrences(text, file):
    """How often a text stands in a file, which is then in the page cache, too."""
    found, rest = 0, b""
    with open(file, "rb", buffering=0) as stream:
        while block := stream.read(1 << 22):
            block = rest + block
            found += block.count(text)
            rest = block[-(len(text) - 1):]
    return found


def store(name, figures):
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"\nstored in {path.relative_to(ROOT)}")
