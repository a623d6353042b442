"""A copy of the sample layout, campaign and data in a folder of its own, and a preview that shows them; for measuring it."""

import http.client
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.parse

PACKAGE = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.."))


def credentials(url):
    """The port of the address a preview has printed, and the header by which a browser says that it has come by it."""
    address = urllib.parse.urlsplit(url)
    return address.port, {"Cookie": f"billfold-{address.port}={urllib.parse.parse_qs(address.query)['key'][0]}"}


class Studio:
    """To be closed. `data` is a file to link instead of the sample's."""

    def __init__(self, program, data=None):
        self.folder = tempfile.mkdtemp(prefix="billfold-studio-")
        shutil.copytree(f"{PACKAGE}/Layouts/larkspur", self.path("layout"))
        shutil.copytree(f"{PACKAGE}/Samples/larkspur/campaign", self.path("campaign"))
        if not data:
            data = self.path("bills.jsonl")
            shutil.copyfile(f"{PACKAGE}/Samples/larkspur/bills.jsonl", data)
        with open(self.path("key"), "wb") as file:
            file.write(bytes(range(32)))
        self.begun = time.monotonic()
        with open(self.path("errors"), "wb") as errors:
            self.process = subprocess.Popen(
                [program, "preview", "--layout", self.path("layout"), "--data", data, "--campaign", self.path("campaign/campaign.yaml"),
                 "--token-key", self.path("key"), "--fonts", f"{PACKAGE}/Fonts", "--port", "0"],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True)
        self.url = self.process.stdout.readline().split("preview: ")[-1].strip()
        if not self.url:
            with open(self.path("errors"), encoding="utf-8") as errors:
                raise SystemExit(f"the preview does not start: {errors.read()}")
        self.port, self.headers = credentials(self.url)
        self.connection = None

    def path(self, name):
        return os.path.join(self.folder, name)

    def get(self, target):
        """Status and bytes of an answer, over a connection that is kept."""
        for _ in range(2):
            try:
                if not self.connection:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
                self.connection.request("GET", target, headers=self.headers)
                answer = self.connection.getresponse()
                return answer.status, answer.read()
            except (http.client.HTTPException, OSError):
                # A connection that rested may have been closed meanwhile.
                self.connection = None
        raise SystemExit(f"the preview does not answer to {target}; it {'runs' if self.process.poll() is None else 'has ended'}")

    def json(self, target):
        status, body = self.get(target)
        return json.loads(body) if status == 200 else {"status": f"HTTP {status}"}

    def bill(self, number, more=""):
        """A bill and the bytes of the pictures of its first two pages."""
        answer = self.json(f"/api/bill?bill={number}&page=1&count=2&scale=1.33333{more}")
        pictures = []
        for page in answer.get("pages", []):
            status, body = self.get(page["url"])
            # An edit meanwhile may have put it out of store.
            if status == 200:
                pictures.append(body)
        return answer, pictures

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def wait(self, target, is_wanted, seconds=120):
        end = time.monotonic() + seconds
        while True:
            answer = self.json(target)
            if is_wanted(answer):
                return answer
            if time.monotonic() > end:
                raise SystemExit(f"waited {seconds} s in vain at {target}: {json.dumps(answer)[:600]}")
            time.sleep(0.02)

    def rest(self):
        """Waits until all bills have been looked at."""
        self.wait("/api/problems", lambda one: one.get("isDone"))

    # Processes

    @staticmethod
    def resident(process):
        """MiB a process has resident; 0 if it is gone."""
        try:
            with open(f"/proc/{process}/status", encoding="utf-8") as file:
                return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:")) / 1024
        except (OSError, StopIteration):
            return 0

    def workers(self):
        found = []
        for thread in os.listdir(f"/proc/{self.process.pid}/task"):
            try:
                with open(f"/proc/{self.process.pid}/task/{thread}/children", encoding="utf-8") as file:
                    found += file.read().split()
            except OSError:
                pass
        return [int(one) for one in found]

    def memory(self):
        """MiB of the server, and of each of its workers, the largest first."""
        return self.resident(self.process.pid), sorted((self.resident(one) for one in self.workers()), reverse=True)

    def close(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Events:
    """The server's events, each with the time it came at, on a thread of its own."""

    def __init__(self, studio):
        self.condition = threading.Condition()
        self.all = []
        self.connection = http.client.HTTPConnection("127.0.0.1", studio.port)
        self.connection.request("GET", "/api/events", headers=studio.headers)
        self.answer = self.connection.getresponse()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        try:
            for line in self.answer:
                if line.startswith(b"event: "):
                    with self.condition:
                        self.all.append((time.monotonic(), line[7:].decode().strip()))
                        self.condition.notify_all()
        except (OSError, ValueError, http.client.HTTPException):
            pass

    def wait(self, name, since, seconds=30):
        """When the first event of that name came after `since`."""
        with self.condition:
            end = time.monotonic() + seconds
            while True:
                for at, one in self.all:
                    if one == name and at >= since:
                        return at
                if not self.condition.wait(timeout=max(0.001, end - time.monotonic())):
                    raise SystemExit(f"no event '{name}' within {seconds} s")


def summary(milliseconds):
    """Median and worst, as text."""
    ordered = sorted(milliseconds)
    return f"median {ordered[len(ordered) // 2]:.0f} ms, worst {ordered[-1]:.0f} ms"
