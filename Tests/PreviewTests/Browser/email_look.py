"""How e-mails look in Chromium: email_look.py FOLDER opens every .eml below it at 600 and 360 px, light and dark, with pictures and without.

Measured on the page as it is painted: nothing is wider than the window; all words have a contrast of 4.5:1 or more with what is behind them; one link is
a button of 44 px or more that leads where the plain text leads; without pictures the words are the same; nothing is asked of the network. Prints each fault,
then a line of counts with the least contrast and height; ends with 1 where there are faults. With `--pictures PREFIX` the screens are kept as PNG."""

import base64
import email
import email.policy
import os
import re
import sys
import tempfile

from webdriver import Browser

MEASURE = """
const rgb = text => { const m = text.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m.slice(0, 3), 1]; };
const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] + under[i] * (1 - top[3]));
const canvas = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
function behind(element) {
  const layers = [];
  for (let e = element; e; e = e.parentElement) layers.unshift(rgb(getComputedStyle(e).backgroundColor));
  return layers.reduce((under, layer) => over(layer, under), canvas);
}
const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode, element = node.parentElement;
  if (!node.data.trim() || !element.getClientRects().length || getComputedStyle(element).visibility !== 'visible') continue;
  const under = behind(element), ink = over(rgb(getComputedStyle(element).color), under);
  const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
  texts.push({text: node.data.trim(), contrast: (a + 0.05) / (b + 0.05), size: parseFloat(getComputedStyle(element).fontSize)});
}
const links = [...document.querySelectorAll('a')].map(a => ({href: a.href, height: a.getBoundingClientRect().height,
  isBlock: getComputedStyle(a).display !== 'inline'}));
return {width: document.documentElement.scrollWidth, window: innerWidth, texts, links, asked: performance.getEntriesByType('resource')
  .map(e => e.name).filter(name => !name.startsWith('data:')), dir: document.documentElement.dir};
"""


def pages(path):
    """The HTML of a message with its pictures put in, and with none; and its plain text."""
    with open(path, "rb") as file:
        mail = email.message_from_bytes(file.read(), policy=email.policy.default)
    html = mail.get_body(("html",)).get_content()
    shown = html
    for part in mail.walk():
        if part["Content-ID"]:
            data = base64.b64encode(part.get_payload(decode=True)).decode()
            shown = shown.replace("cid:" + part["Content-ID"].strip("<>"), f"data:{part.get_content_type()};base64,{data}")
    return shown, re.sub(r'src="cid:[^"]*"', 'src="data:,"', html), mail.get_body(("plain",)).get_content()


def main():
    folder, keep = sys.argv[1], sys.argv[3] if "--pictures" in sys.argv else None
    paths = sorted(os.path.join(place, name) for place, _, names in os.walk(folder) for name in names if name.endswith(".eml"))
    faults, screens, least, lowest = [], 0, 99.0, 999.0
    browser = Browser(width=1000, height=1400)
    try:
        for path in paths:
            whole, bare, plain = pages(path)
            words = {}
            for scheme in ("light", "dark"):
                browser.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
                for width in (600, 360):
                    browser.cdp("Emulation.setDeviceMetricsOverride", width=width, height=1400, deviceScaleFactor=1, mobile=False)
                    for kind, html in (("pictures", whole), ("no pictures", bare)):
                        with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
                            file.write(html)
                            file.flush()
                            browser.open("file://" + file.name)
                            found = browser.run(MEASURE)
                        screens += 1
                        name = f"{os.path.basename(path)}, {scheme}, {width} px, {kind}"
                        if found["window"] != width or found["width"] > width:
                            faults.append(f"{name}: {found['width']} px wide in a window of {found['window']}")
                        for text in found["texts"]:
                            least = min(least, text["contrast"])
                            if text["contrast"] < 4.5:
                                faults.append(f"{name}: '{text['text'][:40]}' has a contrast of {text['contrast']:.2f}:1")
                        buttons = [link for link in found["links"] if link["isBlock"] and link["href"] in plain]
                        lowest = min([lowest] + [link["height"] for link in buttons])
                        if not any(link["height"] >= 44 for link in buttons):
                            faults.append(f"{name}: no button that leads where the plain text leads")
                        if found["asked"]:
                            faults.append(f"{name}: asks for {found['asked']}")
                        said = words.setdefault("all", [text["text"] for text in found["texts"]])
                        if [text["text"] for text in found["texts"]] != said:
                            faults.append(f"{name}: shows other words than before")
                        if keep:
                            picture = browser.cdp("Page.captureScreenshot", format="png")["data"]
                            with open(f"{keep}-{screens:03}-{scheme}-{width}-{kind.replace(' ', '-')}.png", "wb") as file:
                                file.write(base64.b64decode(picture))
    finally:
        browser.close()
    for fault in faults[:20]:
        print(fault)
    print(f"{len(paths)} messages on {screens} screens, least contrast {least:.1f}:1, lowest button {lowest:.0f} px, {len(faults)} faults")
    sys.exit(1 if faults or not paths else 0)


main()
