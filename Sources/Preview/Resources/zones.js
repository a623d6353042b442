// The zones of the sheets, drawn over the pages on request: windows, folds, coupons and whatever else is kept free. They are part of no picture.
import { ask, el } from "./server.js";

const button = document.getElementById("zones");
/** Zones by the page asked for; of one generation. */
const known = new Map();
/** So many pages' zones are kept. */
const keptPages = 200;

/** Whether zones are drawn. */
export const areShown = () => button.getAttribute("aria-pressed") === "true";

/** Draws the zones, or takes them away; kept over visits. */
export function setShown(isShown) {
  button.setAttribute("aria-pressed", String(isShown));
  try { localStorage.setItem("zones", isShown ? "shown" : ""); } catch { /* Not kept, then. */ }
}

try { setShown(localStorage.getItem("zones") === "shown"); } catch { /* As they are. */ }

async function zonesOf(asked) {
  const key = JSON.stringify(asked);
  if (!known.has(key)) {
    if (known.size >= keptPages) known.clear();
    known.set(key, ask("/api/map", asked).then((map) => map.pages[0]?.zones ?? []).catch(() => { known.delete(key); return []; }));
  }
  return known.get(key);
}

/** Lays the zones of a page over its sheet; `size` is the picture's in points, with the bleed around the paper. */
export async function draw(sheet, asked, size) {
  if (!areShown()) { sheet.querySelector(".zones")?.remove(); return; }
  const zones = await zonesOf(asked);
  // The sheet may have become another page's meanwhile.
  if (!areShown() || !sheet.firstElementChild || sheet.dataset.page !== String(asked.page)) return;
  sheet.querySelector(".zones")?.remove();
  if (!zones.length) return;
  const names = zones.map(({ name, kind }) => (kind === name ? name : `${kind} ${name}`));
  sheet.append(el("div", { class: "zones", role: "img", "aria-label": `Zones of page ${asked.page}: ${names.join(", ")}` },
    ...zones.flatMap((zone) => shapes(zone, size))));
}

/** A zone's area with its name; of a window also what can slide into it, and what is seen in every position. */
function shapes({ name, kind, box, reach, core }, size) {
  const area = at(el("div", { class: `zone ${kind}` }, el("span", {}, name)), box, size);
  if (String(reach) === String(box)) return [area];
  return [at(el("div", { class: "zone reach" }), reach, size), area, at(el("div", { class: "zone core" }), core, size)];
}

function at(element, [x, y, width, height], size) {
  element.style.left = `${((x + size.bleed) / size.width) * 100}%`;
  element.style.top = `${((y + size.bleed) / size.height) * 100}%`;
  element.style.width = `${(width / size.width) * 100}%`;
  element.style.height = `${(height / size.height) * 100}%`;
  return element;
}
