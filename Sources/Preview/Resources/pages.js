// The pages of the bill on screen: pictures, zoom, thumbnails, and the strip of phases or rules.
import { address, ask, el } from "./server.js";
import * as zones from "./zones.js";

const stage = document.getElementById("stage");
const thumbs = document.getElementById("thumbs");
const strip = document.getElementById("phases");
/** CSS pixels of a point at actual size. */
const actual = 96 / 72;
const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 6, 8];
/** CSS pixels between the sheets, and the width of a page in the column at the left. */
const gap = 22;
const thumbWidth = 80;
/** A page of more pixels is asked for as SVG. */
const pixelLimit = 9e6;
/** So many pictures of pages are kept; those furthest from what is in sight go first. */
const keptPictures = 24;

const sheets = el("div", { class: "sheets" });
stage.append(sheets);
/** CSS pixels around the sheets, fewer in a small window. */
let padding = 24;
/** What is on screen: the answer's figures, and the address of everything that belongs to it. */
let shown = { width: 612, height: 792, bleed: 0, pageCount: 0, generation: 0, parameters: null, owner: "" };
let fit = "width";
let zoom = 1;

const density = () => window.devicePixelRatio || 1;
/** Pixels to a point. */
const scale = () => zoom * actual * density();
const sheetHeight = () => Math.ceil(shown.height * scale()) / density();

/** The page nearest to the middle of the stage, from 1. */
export function currentPage() { return pageAt(stage.scrollTop + stage.clientHeight / 2); }

function pageAt(y) { return Math.min(Math.max(1, Math.floor((y - padding) / (sheetHeight() + gap)) + 1), Math.max(1, shown.pageCount)); }

/** The pixels to a point at which a page fills an element's width. */
export const scaleToFill = (element) => ((Math.max(40, element.clientWidth) * density()) / shown.width).toFixed(5);

/** What to ask for with a bill: the pages in sight and the pixels to a point. */
export function inSight() {
  const first = pageAt(stage.scrollTop + gap);
  const last = pageAt(stage.scrollTop + Math.max(1, stage.clientHeight) - gap);
  return { page: first, count: Math.min(6, Math.max(1, last - first + 1)), scale: scale().toFixed(5) };
}

async function picture(url, alt) {
  const image = new Image();
  image.alt = alt;
  image.src = url;
  try { await image.decode(); } catch { return null; }
  return image;
}

/** Puts the pages of an answer on the stage, painted for the scale `at`; a picture takes the place of the former one only once it is decoded, so that nothing flickers. */
export async function show(answer, parameters, at) {
  const who = answer.record?.name || answer.record?.account || "this bill";
  const images = await Promise.all(answer.pages.map(({ page, url }) => picture(url, "").then((image) => ({ page, image }))));
  const isOther = JSON.stringify(parameters) !== JSON.stringify(shown.parameters);
  const isFirst = shown.pageCount === 0;
  shown = {
    width: answer.width, height: answer.height, bleed: answer.bleed ?? 0, pageCount: answer.pageCount, generation: answer.generation,
    run: parameters.run, parameters, who, owner: owner(answer, parameters),
  };
  sheets.querySelectorAll(".empty").forEach((element) => element.remove());
  while (sheets.children.length > shown.pageCount) sheets.lastElementChild.remove();
  while (sheets.children.length < shown.pageCount) sheets.append(el("figure", { class: "sheet", "data-page": sheets.children.length + 1 }));
  if (isOther) for (const sheet of sheets.children) { sheet.replaceChildren(); sheet.dataset.key = ""; }
  for (const { page, image } of images) if (image && sheets.children[page - 1]) place(sheets.children[page - 1], image, at);
  layOut();
  // Before the first answer nobody knew how wide the paper is.
  if (isFirst || at !== scale().toFixed(5)) fill();
  showThumbs(isOther);
  fillSoon();
}

function place(sheet, image, at) {
  const page = Number(sheet.dataset.page);
  const noun = { terms: "leaflet", postcard: "postcard" }[shown.parameters?.piece] ?? "bill";
  image.alt = `${noun === "postcard" ? "Side" : "Page"} ${page} of ${shown.pageCount} of the ${noun} of ${shown.who}`;
  image.dataset.scale = at;
  size(image);
  sheet.dataset.key = key(page, at);
  // Zones of before stay until those of this picture are known, or they would flicker.
  const former = sheet.querySelector(".zones");
  sheet.replaceChildren(image, ...(former ? [former] : []), ...trim());
  drawZones(sheet);
}

/** Where the knife goes: what lies beyond is printed, and cut off. */
function trim() {
  if (!shown.bleed) return [];
  const [x, y] = [(100 * shown.bleed) / shown.width, (100 * shown.bleed) / shown.height];
  const line = el("div", { class: "trim", "aria-hidden": "true" });
  Object.assign(line.style, { left: `${x}%`, right: `${x}%`, top: `${y}%`, bottom: `${y}%` });
  return [line];
}

function drawZones(sheet) {
  if (!shown.parameters) return;
  zones.draw(sheet, { ...shown.parameters, page: Number(sheet.dataset.page), generation: shown.generation }, shown);
}

/** Draws the zones of all pages, or takes them away. */
export function toggleZones() {
  zones.setShown(!zones.areShown());
  for (const sheet of sheets.querySelectorAll(".sheet")) if (sheet.firstElementChild) drawZones(sheet);
}

/** A picture that was made for this zoom lies on the screen's pixels; any other is stretched until its successor is there. */
function size(image) {
  const isExact = image.dataset.scale === scale().toFixed(5);
  image.style.width = isExact ? `${image.naturalWidth / density()}px` : "100%";
  image.style.height = isExact ? `${image.naturalHeight / density()}px` : "100%";
}

const key = (page, at) => `${shown.generation} ${page} ${at}`;

// Pictures of pages that come into sight, and of those in sight at another zoom

let isFilling = false;

async function fill() {
  if (isFilling || !shown.parameters) return;
  isFilling = true;
  try {
    for (let page; (page = nextPage()); ) {
      const sheet = sheets.children[page - 1];
      const at = scale().toFixed(5);
      const wanted = key(page, at);
      const isVector = shown.width * shown.height * Number(at) ** 2 > pixelLimit;
      const asked = { ...shown.parameters, page, generation: shown.generation, scale: isVector ? null : at };
      const image = await picture(address(isVector ? "/api/vector" : "/api/picture", asked), "");
      if (wanted !== key(page, scale().toFixed(5))) continue;
      // A picture that is gone has a successor, which comes with the next answer.
      if (!image) { sheet.dataset.key = wanted; continue; }
      if (isVector) { place(sheet, image, "vector"); sheet.dataset.key = wanted; } else place(sheet, image, at);
      letGo();
    }
  } finally { isFilling = false; }
}

/** The page nearest to the middle whose picture is not the one wanted: in sight, or a screen away. */
function nextPage() {
  const at = scale().toFixed(5);
  const first = pageAt(stage.scrollTop - stage.clientHeight);
  const last = pageAt(stage.scrollTop + 2 * stage.clientHeight);
  const middle = currentPage();
  let best = 0;
  for (let page = first; page <= last && page <= sheets.children.length; page++) {
    if (sheets.children[page - 1].dataset.key === key(page, at)) continue;
    if (!best || Math.abs(page - middle) < Math.abs(best - middle)) best = page;
  }
  return best;
}

function letGo() {
  const filled = [...sheets.children].filter((sheet) => sheet.firstElementChild);
  if (filled.length <= keptPictures) return;
  const middle = currentPage();
  filled.sort((a, b) => Math.abs(b.dataset.page - middle) - Math.abs(a.dataset.page - middle));
  for (const sheet of filled.slice(0, filled.length - keptPictures)) { sheet.replaceChildren(); sheet.dataset.key = ""; }
}

let timer = 0;
function fillSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => { fill(); fillThumbs(); }, 90);
}

/** Whose pages those of an answer are; a bill's place in the data may be another customer's by now. */
const owner = (answer, parameters) => JSON.stringify([parameters.bill, parameters.piece, answer.record?.account, answer.record?.invoice]);

/** Whether there are pages on the stage. */
export const hasPages = () => sheets.querySelector(".sheet img") !== null;

/** Whether there are pages on the stage, of the very bill an answer is about. */
export const hasPagesOf = (answer, parameters) => hasPages() && shown.owner === owner(answer, parameters);

/** Says why there is nothing to see: no page stays, no small picture of one, and no strip of phases. */
export function showNothing(text) {
  sheets.replaceChildren(el("p", { class: "empty" }, text));
  thumbs.replaceChildren();
  hideStrip();
  shown.pageCount = 0;
  shown.parameters = null;
  shown.owner = "";
}

/** Takes the strip away. */
export function hideStrip() {
  strip.hidden = true;
  document.getElementById("strip-kinds").hidden = true;
  strip.replaceChildren();
  round++;
}

/** Dims the pages while they are not what would be printed now. */
export function setStale(isStale) {
  stage.classList.toggle("stale", isStale);
  thumbs.classList.toggle("stale", isStale);
  strip.classList.toggle("stale", isStale);
}

// The column of pages

function showThumbs(isOther) {
  while (thumbs.children.length > shown.pageCount) thumbs.lastElementChild.remove();
  while (thumbs.children.length < shown.pageCount) {
    const page = thumbs.children.length + 1;
    thumbs.append(el("button", { "aria-label": `Page ${page}`, onclick: () => goToPage(page) }, el("span", { class: "picture" }), String(page)));
  }
  thumbs.style.setProperty("--ratio", shown.width / shown.height);
  if (isOther) for (const button of thumbs.children) { button.firstElementChild.replaceChildren(); button.dataset.key = ""; }
  markThumb();
}

let isFillingThumbs = false;

async function fillThumbs() {
  if (isFillingThumbs || !shown.parameters || !thumbs.clientHeight) return;
  isFillingThumbs = true;
  try {
    for (const button of thumbs.children) {
      const page = [...thumbs.children].indexOf(button) + 1;
      const isInSight = button.offsetTop + button.offsetHeight > thumbs.scrollTop - 200 && button.offsetTop < thumbs.scrollTop + thumbs.clientHeight + 200;
      const wanted = key(page, "thumb");
      if (!isInSight || button.dataset.key === wanted) continue;
      const asked = { ...shown.parameters, page, generation: shown.generation, scale: ((thumbWidth * density()) / shown.width).toFixed(5), quiet: 1 };
      const image = await picture(address("/api/picture", asked), "");
      if (wanted !== key(page, "thumb")) break;
      button.dataset.key = wanted;
      if (image) button.firstElementChild.replaceChildren(image);
    }
  } finally { isFillingThumbs = false; }
}

function markThumb() {
  const page = currentPage();
  const button = thumbs.children[page - 1];
  const former = thumbs.querySelector("[aria-current]");
  if (former === button) return;
  former?.removeAttribute("aria-current");
  button?.setAttribute("aria-current", "true");
  if (button && (button.offsetTop < thumbs.scrollTop || button.offsetTop + button.offsetHeight > thumbs.scrollTop + thumbs.clientHeight)) {
    thumbs.scrollTop = button.offsetTop - thumbs.clientHeight / 2;
  }
}

/** Scrolls to a page, from 1. */
export function goToPage(page) { stage.scrollTo({ top: (page - 1) * (sheetHeight() + gap) + padding - 16 }); }

// Zoom

function layOut() {
  // A hidden stage has no size to fit anything to.
  if (!stage.clientWidth) return;
  padding = Number.parseFloat(getComputedStyle(stage).paddingTop) || 0;
  const room = { width: stage.clientWidth - 2 * padding, height: stage.clientHeight - 2 * padding };
  if (fit === "width") zoom = Math.min(2.5, room.width / (shown.width * actual));
  if (fit === "page") zoom = Math.min(room.width / (shown.width * actual), room.height / (shown.height * actual));
  zoom = Math.min(8, Math.max(0.1, zoom || 1));
  // A whole number of the screen's pixels, or every picture would be stretched by a fraction of one and lose its edge.
  if (fit) zoom = Math.floor(shown.width * scale()) / (shown.width * actual * density());
  const width = Math.ceil(shown.width * scale()) / density();
  sheets.style.setProperty("--w", `${width}px`);
  sheets.style.setProperty("--h", `${sheetHeight()}px`);
  const space = Math.max(0, stage.clientWidth - 2 * padding - width) / 2;
  sheets.style.setProperty("--nudge", `${Math.floor(space * density()) / density() - space}px`);
  for (const image of sheets.querySelectorAll("img")) size(image);
  const label = document.getElementById("zoom-actual");
  label.textContent = `${Math.round(zoom * 100)}%`;
  label.setAttribute("aria-label", `${Math.round(zoom * 100)} percent; set actual size`);
  document.getElementById("fit-width").setAttribute("aria-pressed", String(fit === "width"));
  document.getElementById("fit-page").setAttribute("aria-pressed", String(fit === "page"));
}

/** Fits the pages to the stage: `width` or `page`. */
export function setFit(kind) {
  const page = currentPage();
  fit = kind;
  layOut();
  if (kind === "page") goToPage(page);
  fillSoon();
}

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
  fillSoon();
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
stage.addEventListener("scroll", () => { markThumb(); fillSoon(); }, { passive: true });
thumbs.addEventListener("scroll", fillSoon, { passive: true });
new ResizeObserver(() => { layOut(); fillSoon(); }).observe(stage);

// Phases

function dayBefore(day) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

let round = 0;

/** The strip's items for the day before the campaign and each of its phases. */
export const phaseItems = (phases) => phases.length === 0 ? [] : [
  { name: "before", detail: "no notice", change: { asOf: dayBefore(phases[0].day) } },
  ...phases.map((phase) => ({ name: phase.name, detail: phase.day, change: { asOf: phase.day } })),
];

/** Shows the current page once for each item, with the item's change of the scenario; `choose` is told the change of the one clicked. */
export async function showStrip(items, parameters, chosen, choose) {
  strip.hidden = items.length === 0;
  strip.classList.toggle("named", items.some((item) => item.change.rule));
  strip.classList.toggle("worded", parameters.piece === "email");
  if (!items.length) return;
  const mine = ++round;
  if (strip.children.length !== items.length) {
    strip.replaceChildren(...items.map(() => el("button", { "aria-pressed": "false" }, el("span", { class: "picture" }), el("span", {}))));
  }
  const page = currentPage();
  for (const [index, item] of items.entries()) {
    const button = strip.children[index];
    const label = button.lastElementChild;
    const key = JSON.stringify(item);
    button.onclick = () => choose(item.change);
    button.setAttribute("aria-pressed", String(chosen === item.name));
    if (label.dataset.item !== key) {
      label.replaceChildren(el("strong", {}, item.name), el("small", { class: "day" }, item.detail), el("small", { class: "fact" }));
      label.dataset.item = key;
    }
  }
  for (const [index, item] of items.entries()) {
    const button = strip.children[index];
    try {
      const answer = await ask("/api/thumbnail", { ...parameters, ...item.change, page, scale: scaleToFill(button.firstElementChild) });
      if (mine !== round) return;
      const box = button.firstElementChild;
      box.classList.toggle("stale", answer.status !== "shown");
      if (answer.status !== "shown") continue;
      box.style.setProperty("--ratio", answer.width / answer.height);
      const image = answer.pages.length ? await picture(answer.pages[0].url, "") : null;
      if (mine !== round) return;
      if (image) box.replaceChildren(image); else box.replaceChildren();
      const facts = answer.facts?.notice;
      const other = facts && facts.name !== "standard" ? `${facts.name}, ` : "notice ";
      const without = item.change.rule && answer.isPiece ? (answer.facts.terms ? "terms only" : answer.enclosures?.length ? "leaflet only" : "nothing") : "";
      const channel = { postcard: "card", email: "e-mail" }[parameters.piece];
      button.querySelector(".fact").textContent = channel ? (answer.isPiece ? `${channel === "card" ? "a" : "an"} ${channel}` : answer.why ? `no ${channel}` : "rejected")
        : facts ? `${other}${(facts.area * 100).toFixed(1)} % of page ${facts.page}` : answer.isPiece ? without : "rejected";
    } catch { return; }
  }
}
