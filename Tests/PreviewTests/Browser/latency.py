"""Save-to-picture: latency.py URL FOLDER [EDITS] saves the strings of FOLDER/layout again and again and prints how long the new picture took."""

import os
import statistics
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from webdriver import Browser  # noqa: E402


def main():
    url, folder, edits = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 50
    path = os.path.join(folder, "layout/strings/en-US.yaml")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    browser = Browser()
    times = []
    try:
        browser.open(url)
        browser.until("return document.querySelector('.sheet img')?.complete")
        time.sleep(3)
        browser.run("""
          window.times = [];
          new MutationObserver(() => requestAnimationFrame(() => times.push(performance.timeOrigin + performance.now())))
            .observe(document.querySelector('.sheet'), {childList: true});""")
        for edit in range(edits):
            browser.run("times.length = 0")
            saved = time.time()
            with open(path, "w", encoding="utf-8") as file:
                file.write(text.replace("Amount due", f"Amount due {edit}"))
            shown = browser.until("return times.length ? times[times.length - 1] : 0")
            times.append(shown - saved * 1000)
            time.sleep(0.15)
    finally:
        browser.close()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    print(f"save to picture over {edits} edits: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")


if __name__ == "__main__":
    main()
