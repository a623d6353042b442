// The pages of the bill on screen: pictures, zoom, thumbnails, and the strip of phases.
import { ask, el } from "./server.js";

const stage = document.getElementById("stage");
const thumbs = document.getElementById("thumbs");
const strip = document.getElementById("phases");
/** CSS pixels of a point at actual size. */
const actual = 96 / 72;
const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 6, 8];

let sheets = el("div", { class: "sheets" });
stage.append(sheets);
let shown = { width: 612, height: 792, pageCount: 0, loaded: 0 };
let fit = "width";
let zoom = 1;

/** The number of the page nearest to the middle of the stage, from 1. */
export function currentPage() {
  const middle = stage.getBoundingClientRect().top + stage.clientHeight / 2;
  let best = 1;
  let distance = Infinity;
  [...sheets.querySelectorAll(".sheet")].forEach((sheet, index) => {
    const box = sheet.getBoundingClientRect();
    const away = Math.max(box.top - middle, middle - box.bottom, 0);
    if (away < distance) { distance = away; best = index + 1; }
  });
  return best;
}

async function picture(url, alt) {
  const image = new Image();
  image.alt = alt;
  image.src = url;
  try { await image.decode(); } catch { /* A picture that went out of store: the next answer brings its successor. */ }
  return image;
}

/** Puts the pages of an answer in place of those on screen; each only once it is decoded, so that nothing flickers and the scroll stays. */
export async function show(answer, loadMore) {
  const who = answer.record?.name || answer.record?.account || "this bill";
  const images = await Promise.all(
    answer.pages.map((url, index) => picture(url, `Page ${index + 1} of ${answer.pageCount} of the bill of ${who}`)));
  shown = { width: answer.width, height: answer.height, pageCount: answer.pageCount, loaded: images.length };
  const old = [...sheets.querySelectorAll(".sheet")];
  images.forEach((image, index) => place(image, index, old[index]));
  old.slice(images.length).forEach((sheet) => sheet.remove());
  sheets.querySelectorAll(".more, .empty").forEach((element) => element.remove());
  offerMore(loadMore);
  layOut();
  showThumbs();
}

function place(image, index, sheet) {
  if (sheet) { sheet.replaceChildren(image); return; }
  const before = sheets.querySelector(".more");
  sheets.insertBefore(el("figure", { class: "sheet", "data-page": index + 1 }, image), before);
}

function offerMore(loadMore) {
  if (shown.loaded >= shown.pageCount) return;
  const rest = Math.min(40, shown.pageCount - shown.loaded);
  const button = el("button", { class: "more" }, `Show pages ${shown.loaded + 1} to ${shown.loaded + rest} of ${shown.pageCount}`);
  button.addEventListener("click", async () => {
    button.disabled = true;
    const answer = await loadMore(shown.loaded + 1);
    const start = shown.loaded;
    const images = await Promise.all((answer.pages ?? []).map((url, index) => picture(url, `Page ${start + index + 1} of ${shown.pageCount}`)));
    images.forEach((image, index) => place(image, start + index));
    shown.loaded += images.length;
    button.remove();
    offerMore(loadMore);
    layOut();
    showThumbs();
  });
  sheets.append(button);
}

/** Says why there is nothing to see. */
export function showNothing(text) {
  if (sheets.querySelector(".sheet")) return;
  sheets.replaceChildren(el("p", { class: "empty" }, text));
}

/** Dims the pages while they are not what would be printed now. */
export function setStale(isStale) {
  stage.classList.toggle("stale", isStale);
  thumbs.classList.toggle("stale", isStale);
}

function showThumbs() {
  const images = [...sheets.querySelectorAll(".sheet img")];
  thumbs.replaceChildren(...images.map((image, index) => {
    const small = new Image();
    small.src = image.src;
    small.alt = "";
    const button = el("button", { "aria-label": `Page ${index + 1}` }, small, String(index + 1));
    button.addEventListener("click", () => goToPage(index + 1));
    return button;
  }));
  markThumb();
}

function markThumb() {
  const page = currentPage();
  [...thumbs.children].forEach((button, index) => {
    if (index + 1 === page) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
  });
}

/** Scrolls to a page, from 1. */
export function goToPage(page) {
  const sheet = sheets.querySelectorAll(".sheet")[page - 1];
  if (sheet) stage.scrollTo({ top: sheet.offsetTop - stage.offsetTop - 16 });
}

// Zoom

function layOut() {
  // A hidden stage has no size to fit anything to.
  if (!stage.clientWidth) return;
  const room = { width: stage.clientWidth - 48, height: stage.clientHeight - 48 };
  if (fit === "width") zoom = Math.min(2.5, room.width / (shown.width * actual));
  if (fit === "page") zoom = Math.min(room.width / (shown.width * actual), room.height / (shown.height * actual));
  zoom = Math.min(8, Math.max(0.1, zoom || 1));
  for (const sheet of sheets.querySelectorAll(".sheet")) {
    sheet.style.setProperty("--w", shown.width * actual);
    sheet.style.setProperty("--h", shown.height * actual);
    sheet.style.setProperty("--zoom", zoom);
  }
  const label = document.getElementById("zoom-actual");
  label.textContent = `${Math.round(zoom * 100)}%`;
  label.setAttribute("aria-label", `${Math.round(zoom * 100)} percent; set actual size`);
  document.getElementById("fit-width").setAttribute("aria-pressed", String(fit === "width"));
  document.getElementById("fit-page").setAttribute("aria-pressed", String(fit === "page"));
}

/** Fits the pages to the stage: `width` or `page`. */
export function setFit(kind) { fit = kind; layOut(); }

/** Sets the zoom, keeping the point at `at` (of the stage; by default its middle) where it is. */
export function setZoom(value, at = { x: stage.clientWidth / 2, y: stage.clientHeight / 2 }) {
  const before = zoom;
  fit = "";
  zoom = Math.min(8, Math.max(0.1, value));
  const x = stage.scrollLeft + at.x;
  const y = stage.scrollTop + at.y;
  layOut();
  stage.scrollLeft = x * (zoom / before) - at.x;
  stage.scrollTop = y * (zoom / before) - at.y;
  markThumb();
}

/** One step larger (1) or smaller (-1). */
export function stepZoom(direction) {
  const next = direction > 0 ? steps.find((step) => step > zoom * 1.001) : steps.findLast((step) => step < zoom * 0.999);
  if (next) setZoom(next);
}

stage.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const box = stage.getBoundingClientRect();
  setZoom(zoom * Math.exp(-event.deltaY * 0.0022), { x: event.clientX - box.left, y: event.clientY - box.top });
}, { passive: false });
stage.addEventListener("scroll", markThumb, { passive: true });
new ResizeObserver(() => { if (fit) layOut(); }).observe(stage);

// Phases

function dayBefore(day) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

let round = 0;

/** Shows the current page as it is before the campaign and in each of its phases; `choose` is told the day of the one clicked. */
export async function showPhases(phases, parameters, chosen, choose) {
  strip.hidden = phases.length === 0;
  if (!phases.length) return;
  const mine = ++round;
  const days = [{ name: "before", day: dayBefore(phases[0].day) }, ...phases];
  if (strip.children.length !== days.length) {
    strip.replaceChildren(...days.map(() => el("button", { "aria-pressed": "false" }, el("span", { class: "picture" }), el("span", {}))));
  }
  const page = currentPage();
  for (const [index, phase] of days.entries()) {
    const button = strip.children[index];
    const label = button.lastElementChild;
    button.onclick = () => choose(phase.day);
    button.setAttribute("aria-pressed", String(chosen === phase.name));
    label.replaceChildren(el("strong", {}, phase.name), el("small", {}, index === 0 ? "no notice" : `from ${phase.day}`));
    try {
      const answer = await ask("/api/thumbnail", { ...parameters, asOf: phase.day, page });
      if (mine !== round) return;
      const box = button.firstElementChild;
      box.classList.toggle("stale", answer.status !== "shown");
      if (answer.status === "shown" && answer.pages.length) {
        box.style.setProperty("--ratio", answer.width / answer.height);
        box.replaceChildren(await picture(answer.pages[0], ""));
        const facts = answer.facts.notice;
        label.append(el("small", {}, facts ? `notice: ${(facts.area / 10).toFixed(1)} % of page ${facts.page}` : answer.isPiece ? "" : "rejected"));
      }
    } catch { return; }
  }
}
