"""A headless Chromium, driven through the W3C WebDriver protocol with nothing but the standard library."""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

KEYS = {
    "left": "\ue012", "up": "\ue013", "right": "\ue014", "down": "\ue015", "enter": "\ue007", "escape": "\ue00c", "tab": "\ue004",
    "home": "\ue011", "end": "\ue010", "space": " ", "backspace": "\ue003"}
MODIFIERS = {"shift": "\ue008", "ctrl": "\ue009"}

# Ends driver and browser however the tour ends, even by SIGKILL: both live in one session, and the driver alone would leave the browser behind.
GUARDIAN = """
import os, shutil, signal, sys
sys.stdin.buffer.read()
try: os.killpg(int(sys.argv[1]), signal.SIGKILL)
except OSError: pass
for _ in range(50):
    shutil.rmtree(sys.argv[2], ignore_errors=True)
    if not os.path.exists(sys.argv[2]): break
"""


def missing():
    """What is needed and not installed; empty when all is there."""
    return [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]


class Browser:
    """One session; to be closed."""

    def __init__(self, width=1440, height=900, downloads=None, seconds=60):
        self.seconds = seconds
        self.profile = tempfile.mkdtemp(prefix="billfold-browser-")
        # Into files: a pipe would be inherited by the browser and outlive the driver, and reading it to its end would never end.
        self.log_path = os.path.join(self.profile, "driver.log")
        with open(self.log_path, "wb") as log:
            self.driver = subprocess.Popen(
                ["chromedriver", "--port=0"], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        self.guardian = subprocess.Popen(
            [sys.executable, "-c", GUARDIAN, str(self.driver.pid), self.profile], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)
        self.base = f"http://127.0.0.1:{self.port()}"
        options = {
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--window-size={width},{height}",
                f"--user-data-dir={self.profile}/profile", "--force-color-profile=srgb", "--disable-background-networking", "--no-first-run",
                "--disable-component-update", "--disable-sync", "--disable-extensions", "--no-proxy-server", "--lang=en-US"],
            "prefs": {"download.default_directory": downloads or self.profile, "download.prompt_for_download": False},
        }
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}})
        self.session = "/session/" + answer["sessionId"]
        self.call("POST", self.session + "/timeouts", {"script": seconds * 1000, "pageLoad": seconds * 1000})

    def port(self):
        end = time.monotonic() + self.seconds
        while time.monotonic() < end and self.driver.poll() is None:
            for line in self.driver_log().splitlines():
                if "successfully on port" in line:
                    return int(line.rsplit("port ", 1)[1].strip(" ."))
            time.sleep(0.02)
        raise AssertionError("chromedriver did not start: " + self.driver_log())

    def driver_log(self):
        try:
            with open(self.log_path, encoding="utf-8", errors="replace") as file:
                return file.read()
        except OSError:
            return ""

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.base + path, method=method, data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json"})
        # Not through a proxy that the environment may name.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=self.seconds + 10) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"]) from None
        except OSError as error:
            raise AssertionError(f"the browser does not answer to {path.rsplit('/', 1)[1]}: {error}") from None

    def open(self, url):
        self.call("POST", self.session + "/url", {"url": url})

    def run(self, script, *arguments):
        """Runs the body of a function; what it returns, awaited."""
        source = "const done = arguments[arguments.length - 1]; const given = [...arguments].slice(0, -1);"
        source += "(async (...given) => {" + script + "})(...given).then((value) => done({value}), (error) => done({error: String(error)}));"
        answer = self.call("POST", self.session + "/execute/async", {"script": source, "args": list(arguments)})
        assert "error" not in answer, answer.get("error")
        return answer.get("value")

    def until(self, script, *arguments, seconds=None, what=None):
        """Waits until a script returns something true; that."""
        seconds = seconds or self.seconds
        end = time.monotonic() + seconds
        while True:
            value = self.run(script, *arguments)
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError(f"waited {seconds} s in vain for: {what or script}")
            time.sleep(0.03)

    def keys(self, *texts):
        """Types; names of KEYS stand for keys, `shift+tab` for both together."""
        actions = []
        for text in texts:
            names = text.split("+") if "+" in text[1:] and text.split("+")[0] in MODIFIERS else [text]
            held = [MODIFIERS[name] for name in names[:-1]]
            actions += [{"type": "keyDown", "value": one} for one in held]
            for character in [KEYS[names[-1]]] if names[-1] in KEYS else names[-1]:
                actions += [{"type": "keyDown", "value": character}, {"type": "keyUp", "value": character}]
            actions += [{"type": "keyUp", "value": one} for one in held]
        self.call("POST", self.session + "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def click(self, selector):
        self.run("document.querySelector(given[0]).click()", selector)

    def cdp(self, command, **parameters):
        """A command of the DevTools protocol."""
        return self.call("POST", self.session + "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def accessibility(self):
        """What a screen reader is told: nodes with role, name and properties, those it is not told of left out."""
        nodes = []
        for node in self.cdp("Accessibility.getFullAXTree")["nodes"]:
            if node.get("ignored"):
                continue
            properties = {one["name"]: one["value"].get("value", one["value"].get("relatedNodes")) for one in node.get("properties", [])}
            nodes.append({"role": node["role"]["value"], "name": node.get("name", {}).get("value", "").strip(), **properties})
        return nodes

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("GET", self.session + "/screenshot")))

    def log(self, kind):
        return self.call("POST", self.session + "/se/log", {"type": kind})

    def close(self):
        """Ends browser and driver, all of them, and takes the profile away."""
        self.guardian.stdin.close()
        self.guardian.wait()
        self.driver.wait()


def host(url):
    """The host of an address, with its port."""
    return url.split("/")[2] if "://" in url else ""
