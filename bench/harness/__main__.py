"""bench/run's measurements. Exit 0 done, 1 the answers differ, 2 usage, 3 a run failed."""

import argparse
import os
import shutil
import sys
import time
from pathlib import Path
from statistics import median

import servers
from answers import differences, load_orders, load_sales
from measure import RunFailed, cores_worth, machine, measure, medians
from service import Service, block
from tables import megabytes, ratio, seconds, table
from workspace import (DATA, ORDERS_PEERS, PEERS, PYTHON, ROOT, SALES_PEERS, XML_READERS, Assay, into_page_cache, occurrences, orders_files,
                       sales_file, store)


def sales(options):
    assay = Assay(options.assay)
    assay.build()
    file = options.input or sales_file(assay, options.rows, options.seed)
    into_page_cache(file)
    rows = options.rows if options.input is None else sum(1 for _ in open(file, "rb")) - 1
    count = Assay(options.assay, str(PEERS / "sales" / "count"), name="assay, count(*)")
    return side_by_side("sales", assay, peers(SALES_PEERS, options.peers, rows), [file], rows, f"sales-{rows}", load_sales, options, [count])


def orders(options):
    assay = Assay(options.assay, "orders", ("customers", "orders"))
    assay.build()
    files = options.input or orders_files(assay, options.orders, options.customers or max(options.orders // 10, 1), options.seed)
    into_page_cache(files[0])
    records = occurrences(b"</order>", files[1])
    chosen = peers(ORDERS_PEERS, options.peers, records)
    return side_by_side("orders", assay, chosen, files, records, f"orders-{files[1].stem if options.input else options.orders}", load_orders, options)


def side_by_side(title, assay, chosen, files, rows, result, load, options, yardsticks=()):
    """Runs Assay, its peers and what does less in turn, compares the peers' answers, prints and stores the figures."""
    programs = [*yardsticks, assay, *chosen]
    runs = {"wc -l": [], **{program.name: [] for program in programs}}
    cores = []
    for _ in range(options.runs):
        # In turn, so that a slow minute of the machine is shared by all.
        cores.append(cores_worth())
        runs["wc -l"].append(measure(["wc", "-l", *files]))
        for program in programs:
            program.clear()
            runs[program.name].append(measure(program.command(*files), program.environment(), ROOT))

    figures = {name: medians(usages) for name, usages in runs.items()}
    ours, size = figures["assay"], sum(file.stat().st_size for file in files)
    print(f"\n{title}, {rows:,} rows, {size / 1e6:,.0f} MB, {options.runs} runs each, medians; ratios to Assay\n")
    print(table(
        ["", "wall", "ratio", "CPU", "ratio", "peak memory", "ratio", "rows/s", "slowest wall"],
        [[name, seconds(usage.wall), ratio(usage.wall, ours.wall), seconds(usage.cpu), ratio(usage.cpu, ours.cpu),
          megabytes(usage.peak), ratio(usage.peak, ours.peak), f"{rows / usage.wall:,.0f}",
          seconds(max(run.wall for run in runs[name]))] for name, usage in figures.items()]))
    print(f"\nthe machine's {os.cpu_count()} cores were worth {median(cores):.2f} to a busy loop on each ({min(cores):.2f} to {max(cores):.2f})")

    expected = load(assay.answers())
    disagreeing = {}
    for program in chosen:
        found = differences(expected, load(program.answers()))
        print(f"\n{program.name}: {'the answers agree' if not found else f'{len(found)} differences'}", *found[:20], sep="\n  ")
        if found:
            disagreeing[program.name] = found[:1000]
    store(result, {
        "machine": machine(), "cores_worth": cores, "rows": rows, "bytes": size, "seed": None if options.input else options.seed,
        "medians": {name: usage.as_dict() for name, usage in figures.items()},
        "wall_ratios": {name: usage.wall / ours.wall for name, usage in figures.items()},
        "runs": {name: [usage.as_dict() for usage in usages] for name, usages in runs.items()},
        "differences": disagreeing,
    })
    return 1 if disagreeing else 0


def peers(known, names, rows):
    """The peers asked for; when none were, all that can do so many rows in reasonable time."""
    if names is not None:
        return [known[name] for name in names]
    for peer in known.values():
        if peer.limit is not None and rows > peer.limit:
            print(f"{peer.name} is left out above {peer.limit:,} rows; name it in --peers to run it all the same", file=sys.stderr)
    return [peer for peer in known.values() if peer.limit is None or rows <= peer.limit]


def xml(options):
    assay = Assay(options.assay, "orders")
    assay.build()
    file = orders_files(assay, options.orders, max(options.orders // 10, 1), 42)[1]
    into_page_cache(file)
    records, size = occurrences(b"</order>", file), file.stat().st_size
    runs = {name: [measure([*command, file]) for _ in range(options.runs)] for name, command in XML_READERS.items()}
    figures = {name: medians(usages) for name, usages in runs.items()}
    print(f"\nReading XML, {records:,} records, {size / 1e6:,.0f} MB, {options.runs} runs each, medians of whole processes\n")
    print(table(["", "wall", "CPU", "peak memory", "rows/s", "MB/s"],
                [[name, seconds(usage.wall), seconds(usage.cpu), megabytes(usage.peak), f"{records / usage.wall:,.0f}", f"{size / 1e6 / usage.wall:,.1f}"]
                 for name, usage in figures.items()]))
    store(f"xml-{options.orders}", {"machine": machine(), "rows": records, "bytes": size,
                                    "medians": {name: usage.as_dict() for name, usage in figures.items()},
                                    "runs": {name: [usage.as_dict() for usage in usages] for name, usages in runs.items()}})
    return 0


def load(options):
    """Assay into each database, and psql's \\copy of the same rows, clean already, into a table of the same make."""
    assay = Assay(options.assay)
    assay.build()
    file = sales_file(assay, options.rows, options.seed)
    connections = servers.start()
    try:
        environment = servers.psql_environment(connections["ASSAY__ENGINES__POSTGRES"])
        first = Assay(options.assay, engine="postgres")
        first.clear()
        measure(first.command(file), {**first.environment(), **connections}, ROOT)
        clean = DATA / "sales-clean.csv"
        servers.psql(environment, f"\\copy sales to '{clean}' csv", "DROP TABLE IF EXISTS copied", "CREATE TABLE copied (LIKE sales INCLUDING ALL)")
        rows = int(servers.psql(environment, "SELECT count(*) FROM sales"))
        copy = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", f"\\copy copied from '{clean}' csv"]
        programs = [Assay(options.assay, engine=engine) for engine in options.engines]
        runs = {"psql \\copy, clean": [], **{program.name: [] for program in programs}}
        into_page_cache(file)
        into_page_cache(clean)
        for _ in range(options.runs):
            # What one leaves to be written to the disk is not to be the next one's work.
            servers.psql(environment, "TRUNCATE copied", "CHECKPOINT")
            runs["psql \\copy, clean"].append(measure(copy, environment))
            for program in programs:
                servers.psql(environment, "CHECKPOINT")
                # DuckDB's and SQLite's files lie in the home, and are made anew: every run loads all rows.
                program.clear()
                runs[program.name].append(measure(program.command(file), {**program.environment(), **connections}, ROOT))
        same = servers.psql(environment, "SELECT count(*) = (SELECT count(*) FROM copied) FROM sales") == "t"
    finally:
        servers.stop()

    figures = {name: medians(usages) for name, usages in runs.items()}
    base = figures["psql \\copy, clean"]
    print(f"\nLoading {options.rows:,} raw rows, {rows:,} of them good; {options.runs} runs each, medians; ratios to psql")
    print("CPU and memory are the client's alone, not the servers'\n")
    print(table(["", "wall", "ratio", "CPU", "peak memory", "rows/s", "slowest wall"],
                [[name, seconds(usage.wall), ratio(usage.wall, base.wall), seconds(usage.cpu), megabytes(usage.peak),
                  f"{(rows if name.startswith('psql') else options.rows) / usage.wall:,.0f}", seconds(max(run.wall for run in runs[name]))]
                 for name, usage in figures.items()]))
    print(f"\nPostgreSQL has {'the same number of' if same else 'NOT AS MANY'} rows from both")
    store(f"load-{options.rows}", {
        "machine": machine(), "rows": options.rows, "good_rows": rows, "bytes": file.stat().st_size, "seed": options.seed,
        "medians": {name: usage.as_dict() for name, usage in figures.items()},
        "wall_ratios": {name: usage.wall / base.wall for name, usage in figures.items()},
        "runs": {name: [usage.as_dict() for usage in usages] for name, usages in runs.items()},
    })
    return 0 if same else 1


def startup(options):
    assay = Assay(options.assay)
    assay.build()
    file = sales_file(assay, 10_000, 42)
    into_page_cache(file)
    runs = {"assay": [], "import pandas": []}
    for _ in range(options.runs):
        assay.clear()
        runs["assay"].append(measure(assay.command(file), assay.environment(), ROOT))
        runs["import pandas"].append(measure([PYTHON, "-c", "import pandas"]))
    figures = {name: medians(usages) for name, usages in runs.items()}
    print(f"\n10,000 rows from process start to exit, beside importing pandas; {options.runs} runs each, medians\n")
    print(table(["", "wall", "ratio", "CPU", "peak memory"],
                [[name, seconds(usage.wall), ratio(usage.wall, figures["assay"].wall), seconds(usage.cpu), megabytes(usage.peak)]
                 for name, usage in figures.items()]))
    store("startup", {"machine": machine(), "medians": {name: usage.as_dict() for name, usage in figures.items()},
                      "runs": {name: [usage.as_dict() for usage in usages] for name, usages in runs.items()}})
    return 0


def memory(options):
    assay = Assay(options.assay)
    assay.build()
    figures = {}
    for rows in options.rows:
        file = sales_file(assay, rows, 42)
        into_page_cache(file)
        assay.clear()
        figures[rows] = measure(assay.command(file), assay.environment(), ROOT)
        if rows > 10_000_000:
            # Several GB that only this measurement needs.
            file.unlink()
    least = min(usage.peak for usage in figures.values())
    print("\nAssay's peak memory; ratios to the least\n")
    print(table(["rows", "peak memory", "ratio", "wall", "rows/s"],
                [[f"{rows:,}", f"{usage.peak / 2**20:.1f} MB", f"{usage.peak / least:.3f}×", seconds(usage.wall), f"{rows / usage.wall:,.0f}"]
                 for rows, usage in figures.items()]))
    store("memory", {"machine": machine(), "runs": {str(rows): usage.as_dict() for rows, usage in figures.items()}})
    return 0


def server(options):
    """The server's memory through many uploads and a large one, and its answers while a large job runs."""
    assay = Assay(options.assay)
    assay.build()
    DATA.mkdir(parents=True, exist_ok=True)
    size = int(options.upload * 1e9)
    if shutil.disk_usage(DATA).free < 2 * size + 2e9:
        raise RunFailed(f"{DATA} needs {(2 * size + 2e9) / 1e9:.0f} GB of free space; give a smaller --upload")
    load_before = os.getloadavg()[0]
    with Service(options.assay) as service:
        figures = {"started": service.memory()}
        # What is compiled and read for the first job is not growth.
        service.upload_many(12, 12, 1000)
        service.wait(lambda counts: counts["completed"] == 12)
        figures["before_uploads"] = service.memory()
        service.reset_peak()
        started = time.perf_counter()
        jobs = service.upload_many(options.uploads, 12, 1000)
        counts = service.wait(lambda counts: counts["queued"] + counts["processing"] == 0)
        figures |= {"uploads_seconds": time.perf_counter() - started, "peak_of_uploads": service.memory("VmHWM"), "after_uploads": service.memory()}
        if counts["completed"] != options.uploads + 12 or len(set(jobs)) != options.uploads:
            raise RunFailed(f"{options.uploads} uploads came to {counts}")

        content = block(20_000)
        repeats = size // len(content)
        service.reset_peak()
        started = time.perf_counter()
        large = service.upload((content for _ in range(repeats)), repeats * len(content))
        figures |= {"upload_seconds": time.perf_counter() - started, "peak_of_upload": service.memory("VmHWM")}
        service.ask("POST", f"/jobs/{large}/cancel")
        (service.home / "jobs" / large / "input" / "sales.csv").unlink()

        # Several, so that one runs for as long as requests are sent.
        path = f"/run-large-scale-test?num_rows={options.rows}&keep_silver=false"
        jobs = [service.ask("POST", path)["job_id"] for _ in range(6)]
        service.wait(lambda counts: counts["processing"] == 1)
        wait = 1000 * options.connections // options.rate
        figures["requests"] = service.wrk(options.seconds, jobs[0], options.connections, wait)
        if service.ask("GET", "/jobs?limit=1")["counts"]["processing"] == 0:
            raise RunFailed("the jobs ended before the requests did; give more --job-rows")
        for job in reversed(jobs):
            service.ask("DELETE", f"/jobs/{job}")
        figures["requests_without_a_job"] = service.wrk(options.seconds, large, options.connections, wait)

    grown = lambda name: f"{(figures[name] - figures['before_uploads']) / 1e6:+,.1f} MB"
    print(f"\nThe server; {options.uploads} uploads of 1,000 rows from 12 clients, one of {repeats * len(content) / 1e9:.1f} GB; "
          f"{options.rate} requests/s while {options.rows:,} rows run\nload average before: {load_before:.1f}\n")
    print(table(["", "memory", "growth", "seconds"], [
        ["after the first 12 jobs", megabytes(figures["before_uploads"]), "", ""],
        [f"{options.uploads} uploads, peak", megabytes(figures["peak_of_uploads"]), grown("peak_of_uploads"), f"{figures['uploads_seconds']:.1f}"],
        [f"{options.uploads} uploads, afterwards", megabytes(figures["after_uploads"]), grown("after_uploads"), ""],
        ["the large upload, peak", megabytes(figures["peak_of_upload"]),
         f"{(figures['peak_of_upload'] - figures['after_uploads']) / 1e6:+,.1f} MB", f"{figures['upload_seconds']:.1f}"]]))
    print()
    print(table(["", "requests", "requests/s", "failed", "p50", "p90", "p99", "slowest"],
                [[name, f"{one['requests']:,}", f"{one['rate']:,.0f}", str(one["failed"]), *(f"{one[key]:.1f} ms" for key in ("p50_ms", "p90_ms", "p99_ms", "max_ms"))]
                 for name, one in (("while a job runs", figures["requests"]), ("without a job", figures["requests_without_a_job"]))]))
    store("server", {"machine": machine(), "load_before": load_before, **figures})
    return 0 if figures["requests"]["failed"] == 0 else 1


def parse(arguments):
    def count(text):
        value = int(text.replace("_", "").replace(",", ""))
        if value < 1:
            raise argparse.ArgumentTypeError("at least 1")
        return value

    def names(known):
        def chosen(text):
            unknown = [name for name in text.split(",") if name not in known]
            if unknown:
                raise argparse.ArgumentTypeError(f"no peer {', '.join(unknown)}; there are {', '.join(known)}")
            return text.split(",")
        return chosen

    def path(text):
        return Path(text).resolve(strict=True)

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--assay", default=str(ROOT / "assay"), help="another build of Assay")
    parser = argparse.ArgumentParser(prog="bench/run")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("sales", parents=[common])
    command.add_argument("--rows", type=count, default=1_000_000)
    command.add_argument("--peers", type=names(SALES_PEERS))
    command.add_argument("--runs", type=count, default=3)
    command.add_argument("--seed", type=int, default=42)
    command.add_argument("--input", type=path, help="an existing file rather than a generated one")
    command.set_defaults(run=sales)
    command = commands.add_parser("orders", parents=[common])
    command.add_argument("--orders", type=count, default=200_000)
    command.add_argument("--customers", type=count, help="a tenth of the orders when left out")
    command.add_argument("--peers", type=names(ORDERS_PEERS))
    command.add_argument("--runs", type=count, default=3)
    command.add_argument("--seed", type=int, default=42)
    command.add_argument("--input", type=path, nargs=2, metavar=("CUSTOMERS", "ORDERS"), help="existing files rather than generated ones")
    command.set_defaults(run=orders)
    command = commands.add_parser("xml", parents=[common])
    command.add_argument("--orders", type=count, default=100_000)
    command.add_argument("--runs", type=count, default=3)
    command.set_defaults(run=xml)
    engines = ("memory", "duckdb", "sqlite", "postgres", "mysql")
    command = commands.add_parser("load", parents=[common])
    command.add_argument("--rows", type=count, default=1_000_000)
    command.add_argument("--engines", type=names(engines), default=engines)
    command.add_argument("--runs", type=count, default=3)
    command.add_argument("--seed", type=int, default=42)
    command.set_defaults(run=load)
    command = commands.add_parser("startup", parents=[common])
    command.add_argument("--runs", type=count, default=15)
    command.set_defaults(run=startup)
    command = commands.add_parser("memory", parents=[common])
    command.add_argument("--rows", type=lambda text: [count(part) for part in text.split(",")], default=[1_000_000, 10_000_000, 50_000_000])
    command.set_defaults(run=memory)
    command = commands.add_parser("server", parents=[common])
    command.add_argument("--uploads", type=count, default=300)
    command.add_argument("--upload", type=float, default=5, help="GB of the large upload")
    command.add_argument("--job-rows", dest="rows", type=count, default=10_000_000)
    command.add_argument("--rate", type=count, default=1000)
    command.add_argument("--connections", type=count, default=100)
    command.add_argument("--seconds", type=count, default=30)
    command.set_defaults(run=server)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    options = parse(sys.argv[1:])
    try:
        sys.exit(options.run(options))
    except RunFailed as failure:
        print(f"bench: {failure}", file=sys.stderr)
        sys.exit(3)
