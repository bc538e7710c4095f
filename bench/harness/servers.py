"""Private database servers that write durably, as eng/services starts them."""

import os
import re
import subprocess
import sys

from workspace import DATA, ROOT

HOME = DATA / "services"
SERVICES = ROOT / "eng" / "services"


def start():
    """Starts them, and tells how they are reached: by the names that Assay reads from the environment."""
    HOME.mkdir(parents=True, exist_ok=True)
    if subprocess.run([SERVICES, "start", "--durable", "--home", HOME], stdin=subprocess.DEVNULL).returncode:
        sys.exit(3)
    connections = dict(re.findall(r"^ASSAY_TEST_(\w+)='(.*)'$", (HOME / "env").read_text(encoding="utf-8"), re.MULTILINE))
    return {f"ASSAY__ENGINES__{name}": connection for name, connection in connections.items()}


def stop():
    subprocess.run([SERVICES, "stop", "--home", HOME], stdin=subprocess.DEVNULL, check=False)


def psql_environment(connection):
    """How psql reaches what a .NET connection string tells."""
    parts = dict(part.split("=", 1) for part in connection.split(";"))
    names = {"PGHOST": "Host", "PGPORT": "Port", "PGUSER": "Username", "PGPASSWORD": "Password", "PGDATABASE": "Database"}
    return {**os.environ, **{name: parts[key] for name, key in names.items()}}


def psql(environment, *commands):
    """Runs statements, unmeasured; the last one's output."""
    arguments = [part for command in commands for part in ("-c", command)]
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *arguments],
                          env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(f"bench: psql: {done.stderr.strip()}", file=sys.stderr)
        sys.exit(3)
    return done.stdout.strip()
