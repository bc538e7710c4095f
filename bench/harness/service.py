"""The server as a process that is measured, and its clients."""

import http.client
import json
import os
import re
import shutil
import subprocess
import threading
import time
from pathlib import Path

from measure import RunFailed
from workspace import DATA, ROOT

HEADER = b"order_id,product_name,category,quantity,unit_price,discount_percent,region,sale_date,customer_email\n"
BOUNDARY = "bench"
SCRIPT = Path(__file__).with_name("requests.lua")


class Service:
    """assay serve on a free port, with a home of its own."""

    def __init__(self, executable, *arguments):
        self.home = DATA / "server"
        shutil.rmtree(self.home, ignore_errors=True)
        self.process = subprocess.Popen(
            [executable, "serve", "--port", "0", *arguments], cwd=ROOT, env={**os.environ, "ASSAY_HOME": str(self.home)},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        found = re.search(r"http://([\d.]+):(\d+)/", self.process.stdout.readline())
        if found is None:
            raise RunFailed("the server did not start")
        self.host, self.port = found[1], int(found[2])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def memory(self, field="VmRSS"):
        """Bytes resident now, or at most since the peak was reset (VmHWM)."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
        raise RunFailed("the server ended")

    def reset_peak(self):
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def connect(self):
        return http.client.HTTPConnection(self.host, self.port, timeout=600)

    def ask(self, method, path, connection=None, body=None, headers=None):
        connection = connection or self.connect()
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RunFailed(f"{method} {path}: {answer.status} {content[:500].decode(errors='replace')}")
        return json.loads(content)

    def upload(self, blocks, size, connection=None):
        """Sends a file of a header and these blocks, without holding it; gives the job's name."""
        head = (f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"bench.csv\"\r\n\r\n").encode() + HEADER
        tail = f"\r\n--{BOUNDARY}--\r\n".encode()

        def parts():
            yield head
            yield from blocks
            yield tail

        return self.ask("POST", "/upload?keep_silver=false", connection, parts(), {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Content-Length": str(len(head) + size + len(tail))})["job_id"]

    def upload_many(self, count, clients, rows):
        """Uploads small files from several clients at once; gives the jobs."""
        jobs, failed, left = [], [], iter(range(count))

        def client():
            connection = self.connect()
            try:
                while True:
                    with lock:
                        if next(left, None) is None:
                            return
                    content = block(rows)
                    jobs.append(self.upload([content], len(content), connection))
            except Exception as error:
                failed.append(error)

        lock = threading.Lock()
        threads = [threading.Thread(target=client) for _ in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failed:
            raise RunFailed(str(failed[0]))
        return jobs

    def wait(self, reached):
        """Waits until the counts of jobs are as they should be."""
        connection = self.connect()
        while not reached(counts := self.ask("GET", "/jobs?limit=1", connection)["counts"]):
            time.sleep(0.1)
        return counts

    def wrk(self, seconds, job, connections, wait):
        """Sends requests with wrk; gives its figures."""
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", SCRIPT,
                   f"http://{self.host}:{self.port}", "--", job, str(wait)]
        result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if result.returncode != 0:
            raise RunFailed(f"wrk: {result.stderr or result.stdout}")
        figures = json.loads(result.stdout.strip().splitlines()[-1])
        figures["rate"] = figures["requests"] / figures["seconds"]
        return figures


def block(rows):
    """Good rows of CSV."""
    return b"".join(b"ORD-%d,Office Chair,Home Appliance,%d,%d.50,0.1,West,2024-%02d-01,a%d@example.com\n"
                    % (row, row % 9 + 1, 100 + row % 500, row % 12 + 1, row) for row in range(rows))
