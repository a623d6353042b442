"""A tour through the preview's page: tour.py URL FOLDER, where FOLDER holds layout/, campaign/, bills.jsonl and out/ as written by render."""

import glob
import os
import sys
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from webdriver import Browser, host, missing  # noqa: E402


class Tour:
    def __init__(self, url, folder, pictures=None):
        self.url, self.folder, self.pictures = url, folder, pictures
        self.downloads = os.path.join(folder, "downloads")
        os.makedirs(self.downloads, exist_ok=True)
        self.browser = Browser(downloads=self.downloads)

    # What is on the page

    def wait_shown(self, bill, status="shown"):
        self.browser.until(
            "const d = document.documentElement.dataset; return d.bill === given[0] && d.status === given[1]", str(bill), status,
            what=f"bill {bill + 1} {status}")

    def source(self):
        return self.browser.run("return document.querySelector('.sheet img').getAttribute('src')")

    def text(self, selector):
        return self.browser.run("return document.querySelector(given[0])?.textContent ?? ''", selector)

    def look(self, name):
        if self.pictures:
            self.browser.screenshot(os.path.join(self.pictures, name + ".png"))

    def edit(self, name, old, new):
        path = os.path.join(self.folder, name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        assert old in text, f"{old!r} is not in {name}"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))

    # The steps

    def opens(self):
        self.browser.open(self.url)
        self.browser.until("return document.querySelector('.sheet img')?.complete", what="the first page")
        self.wait_shown(0)
        assert "larkspur" in self.browser.run("return document.title") or "layout" in self.browser.run("return document.title")
        assert self.browser.run("const i = document.querySelector('.sheet img'); return i.naturalWidth > 100")
        assert "Page 1 of" in self.browser.run("return document.querySelector('.sheet img').alt")
        self.browser.until("return document.querySelectorAll('#phases .picture img').length === 5", what="the strip of phases", seconds=60)
        self.look("bill")

    def follows_a_save(self):
        self.browser.keys("+")
        self.browser.run("document.getElementById('stage').scrollTop = 140; await new Promise(requestAnimationFrame)")
        before = self.source()
        self.edit("layout/strings/en-US.yaml", "Amount due", "Sum to be paid")
        self.browser.until("return document.querySelector('.sheet img').getAttribute('src') !== given[0]", before, what="the new picture")
        assert self.browser.run("return document.getElementById('stage').scrollTop") == 140, "the scroll is kept"
        assert self.browser.run("return performance.getEntriesByType('navigation').length") == 1
        self.edit("layout/strings/en-US.yaml", "Sum to be paid", "Amount due")

    def explains_a_fault(self):
        time.sleep(0.3)
        self.edit("layout/layout.xml", '<place name="amount"', '<place nam="amount"')
        self.wait_shown(0, "refused")
        assert self.browser.run("return document.getElementById('stage').classList.contains('stale')")
        self.browser.until("return Number(getComputedStyle(document.querySelector('.sheets')).opacity) < 0.5", what="dimmed pages")
        assert self.browser.run("return document.querySelector('.sheet img').complete"), "the last good page stays"
        assert "nam" in self.text("#findings p"), self.text("#findings")
        assert "^" in self.text("#findings pre")
        assert "layout.xml:" in self.text("#findings .where")
        assert self.browser.run("return document.querySelector('#findings a').href").startswith("vscode://file/")
        assert self.browser.run("return document.getElementById('download').getAttribute('aria-disabled')") == "true"
        self.look("fault")
        self.edit("layout/layout.xml", '<place nam="amount"', '<place name="amount"')
        self.wait_shown(0)
        assert not self.browser.run("return document.getElementById('stage').classList.contains('stale')")
        assert self.browser.run("return document.getElementById('notice').hidden")

    def steps_through_bills(self):
        for bill in (1, 2):
            self.browser.keys("right")
            self.wait_shown(bill)
        self.browser.keys("left")
        self.wait_shown(1)
        assert self.browser.run("return document.getElementById('number').value") == "2"
        for _ in range(12):
            self.browser.keys("right")
        self.wait_shown(13)

    def searches(self):
        self.browser.keys("/", "petrov")
        self.browser.until("return !document.getElementById('results').hidden && document.querySelectorAll('#results [role=option]').length")
        assert self.browser.run("return document.getElementById('search').getAttribute('aria-expanded')") == "true"
        self.browser.keys("enter")
        self.wait_shown(0)

    def plays_scenarios(self):
        self.browser.run("document.querySelectorAll('#phases button')[3].click()")
        self.browser.until("return document.getElementById('facts').textContent.includes('final')", what="the final phase")
        assert self.browser.run("return document.querySelectorAll('#phases button')[3].getAttribute('aria-pressed')") == "true" or \
            self.browser.until("return document.querySelectorAll('#phases button')[3].getAttribute('aria-pressed') === 'true'")
        self.browser.run("const s = document.getElementById('scenario-language'); s.value = 'es-US'; s.dispatchEvent(new Event('change'))")
        self.browser.until("return document.getElementById('facts').textContent.includes('es-US')", what="Spanish")
        self.browser.click("#scenario-reset")
        self.browser.until("return document.getElementById('facts').textContent.includes('announce')", what="the record's own phase")

    def shows_extremes(self):
        self.browser.keys("2")
        self.browser.until("return document.querySelectorAll('#extremes .card img').length >= 9", seconds=90, what="the thumbnails")
        assert "shrunk" in self.text("#extremes")
        self.look("extremes")
        bill = self.browser.run("const c = document.querySelectorAll('#extremes .card')[1]; c.click(); return c.dataset.key.split(' ').pop()")
        self.wait_shown(int(bill))
        assert self.browser.run("return document.getElementById('tab-bill').getAttribute('aria-selected')") == "true"

    def lists_problems(self):
        self.browser.keys("3")
        self.browser.until("return document.getElementById('problems-progress').hidden", seconds=120, what="all bills looked at")
        self.browser.until("return document.querySelectorAll('#problems .finding').length > 0", what="groups of problems")
        self.look("problems")
        bill = self.browser.run("const b = document.querySelector('#problems .bills button'); b.click(); return Number(b.textContent) - 1")
        self.wait_shown(bill)
        self.browser.until("return document.querySelectorAll('#findings .finding').length > 0", what="the finding beside the bill")

    def zooms(self):
        def width():
            return self.browser.run("return document.querySelector('.sheet').getBoundingClientRect().width")
        self.browser.keys("0")
        assert abs(width() - 816) < 1, width()
        self.browser.keys("+")
        assert abs(width() - 816 * 1.1) < 1, width()
        self.browser.keys("-", "-")
        assert abs(width() - 816 * 0.9) < 1, width()
        self.browser.keys("f")
        assert self.browser.run(
            "const s = document.querySelector('.sheet').getBoundingClientRect(); return s.height <= document.getElementById('stage').clientHeight")
        self.browser.run(
            "document.getElementById('stage').dispatchEvent(new WheelEvent('wheel', {deltaY: -200, ctrlKey: true, bubbles: true, cancelable: true}))")
        assert self.browser.run("return document.getElementById('fit-page').getAttribute('aria-pressed')") == "false"
        before = self.browser.run("return document.documentElement.dataset.surround")
        self.browser.keys("s")
        assert self.browser.run("return document.documentElement.dataset.surround") != before
        self.browser.keys("w")

    def downloads_the_same_file(self):
        name = self.browser.run("""
          const answer = await fetch(document.getElementById('download').href);
          return /filename="(.*)"/.exec(answer.headers.get('content-disposition'))[1]""")
        self.browser.keys("d")
        saved = os.path.join(self.downloads, name)
        end = time.monotonic() + 20
        while not os.path.exists(saved) and time.monotonic() < end:
            time.sleep(0.05)
        rendered = glob.glob(os.path.join(self.folder, "out", "bills", "*", name))
        assert rendered, name
        with open(saved, "rb") as ours, open(rendered[0], "rb") as theirs:
            assert ours.read() == theirs.read(), "the download differs from what render wrote"

    def works_by_keyboard_alone(self):
        self.browser.run("document.querySelector('.skip').focus()")
        met = []
        for _ in range(40):
            self.browser.keys("tab")
            met.append(self.browser.run("const a = document.activeElement; return a.id || a.getAttribute('aria-label') || a.textContent.trim()"))
            assert self.browser.run(
                "const a = document.activeElement; return a === document.body || a.type === 'date' || a.matches(':focus-visible')"), met[-1]
        for name in ("tab-bill", "next", "search", "zoom-in", "surround", "download", "stage", "scenario-delivery"):
            assert name in met, f"{name} is not reached by Tab: {met}"
        assert met.index("tab-bill") < met.index("search") < met.index("stage") < met.index("scenario-delivery"), "focus order"
        self.browser.run("document.getElementById('stage').focus()")
        self.browser.keys("?")
        assert self.browser.run("return document.getElementById('help').open")
        self.browser.keys("escape")
        assert not self.browser.run("return document.getElementById('help').open")

    def has_names_and_contrast(self):
        nameless = self.browser.run("""
          return [...document.querySelectorAll('button, a[href], input, select, [role=region]')].filter((e) => e.checkVisibility()).filter((e) => {
            const label = e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.[0]?.textContent
              || document.getElementById(e.getAttribute('aria-labelledby'))?.textContent;
            return !label;
          }).map((e) => e.outerHTML.slice(0, 120))""")
        assert not nameless, nameless
        for surround in ("dark", "light"):
            low = self.browser.run("""
              document.documentElement.dataset.surround = given[0];
              const luminance = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
              const parse = (text) => { const m = text.match(/[\\d.]+/g).map(Number); return {c: m.slice(0, 3), a: m[3] ?? 1}; };
              const back = (e) => { for (; e; e = e.parentElement) { const p = parse(getComputedStyle(e).backgroundColor); if (p.a === 1) return p.c; } return [255, 255, 255]; };
              const result = [];
              for (const e of document.querySelectorAll('body *')) {
                if (!e.checkVisibility() || e.disabled || e.closest('[aria-disabled=true], dialog, .skip')) continue;
                if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
                const [x, y] = [luminance(parse(getComputedStyle(e).color).c), luminance(back(e))];
                const ratio = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
                if (ratio < 4.5) result.push(`${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)} ${ratio.toFixed(2)}`);
              }
              return result;""", surround)
            assert not low, (surround, low)

    def keeps_to_itself(self):
        import json
        errors = [entry["message"] for entry in self.browser.log("browser") if entry["level"] in ("SEVERE", "ERROR")]
        assert not errors, errors
        own = host(self.url)
        for entry in self.browser.log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if url.startswith(("http:", "https:", "ws:", "wss:")):
                    assert host(url) == own, f"a request to {url}"


STEPS = [
    Tour.opens, Tour.follows_a_save, Tour.explains_a_fault, Tour.steps_through_bills, Tour.searches, Tour.plays_scenarios, Tour.shows_extremes,
    Tour.lists_problems, Tour.zooms, Tour.downloads_the_same_file, Tour.works_by_keyboard_alone, Tour.has_names_and_contrast, Tour.keeps_to_itself,
]


def main():
    if missing():
        print("skipped: not installed: " + ", ".join(missing()))
        return 0
    tour = Tour(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)
    try:
        for step in STEPS:
            print(step.__name__.replace("_", " "), flush=True)
            step(tour)
    except AssertionError:
        traceback.print_exc()
        return 1
    finally:
        tour.browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
