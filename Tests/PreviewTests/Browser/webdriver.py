"""A headless Chromium, driven through the W3C WebDriver protocol with nothing but the standard library."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

KEYS = {"left": "\ue012", "up": "\ue013", "right": "\ue014", "down": "\ue015", "enter": "\ue007", "escape": "\ue00c", "tab": "\ue004"}


def missing():
    """What is needed and not installed; empty when all is there."""
    return [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]


class Browser:
    """One session; to be closed."""

    def __init__(self, width=1440, height=900, downloads=None):
        self.profile = tempfile.mkdtemp(prefix="billfold-browser-")
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        port = None
        for line in self.driver.stdout:
            if "successfully on port" in line:
                port = line.rsplit("port ", 1)[1].strip(" .\n")
                break
        self.base = f"http://127.0.0.1:{port}"
        options = {
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--window-size={width},{height}",
                f"--user-data-dir={self.profile}", "--force-color-profile=srgb", "--disable-background-networking"],
            "prefs": {"download.default_directory": downloads or self.profile, "download.prompt_for_download": False},
        }
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}})
        self.session = "/session/" + answer["sessionId"]

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.base + path, method=method, data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"]) from None

    def open(self, url):
        self.call("POST", self.session + "/url", {"url": url})

    def run(self, script, *arguments):
        """Runs the body of a function; what it returns, awaited."""
        source = "const done = arguments[arguments.length - 1]; const given = [...arguments].slice(0, -1);"
        source += "(async (...given) => {" + script + "})(...given).then((value) => done({value}), (error) => done({error: String(error)}));"
        answer = self.call("POST", self.session + "/execute/async", {"script": source, "args": list(arguments)})
        assert "error" not in answer, answer.get("error")
        return answer.get("value")

    def until(self, script, *arguments, seconds=20, what=None):
        """Waits until a script returns something true; that."""
        end = time.monotonic() + seconds
        while True:
            value = self.run(script, *arguments)
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError(f"waited {seconds} s in vain for: {what or script}")
            time.sleep(0.05)

    def keys(self, *texts):
        """Types; names of KEYS stand for keys."""
        actions = []
        for text in texts:
            for character in [KEYS[text]] if text in KEYS else text:
                actions += [{"type": "keyDown", "value": character}, {"type": "keyUp", "value": character}]
        self.call("POST", self.session + "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def click(self, selector):
        self.run("document.querySelector(given[0]).click()", selector)

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("GET", self.session + "/screenshot")))

    def log(self, kind):
        return self.call("POST", self.session + "/se/log", {"type": kind})

    def close(self):
        try:
            self.call("DELETE", self.session)
        except (AssertionError, OSError):
            pass
        self.driver.terminate()
        self.driver.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


def host(url):
    """The host of an address, with its port."""
    return url.split("/")[2] if "://" in url else ""
