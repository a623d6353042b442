// Findings, extremes, problems and the search.
import { goToPage, scaleToFill } from "./pages.js";
import { ask, el } from "./server.js";

/** An amount as the data has it, its digits in groups of three. */
export const amount = (text) => text.replace(/^(-?)(\d+)/, (_, sign, digits) => (sign ? "−" : "") + digits.replace(/\B(?=(\d{3})+$)/g, ","));

/** How editors take a file and a place in it from a link. */
const editors = {
  "VS Code": (path, line, column) => `vscode://file${path}:${line}:${column}`,
  VSCodium: (path, line, column) => `vscodium://file${path}:${line}:${column}`,
  Cursor: (path, line, column) => `cursor://file${path}:${line}:${column}`,
  Zed: (path, line, column) => `zed://file${path}:${line}:${column}`,
  "IntelliJ IDEA": (path, line, column) => `idea://open?file=${path}&line=${line}&column=${column}`,
  "Sublime Text": (path, line, column) => `subl://open?url=file://${path}&line=${line}&column=${column}`,
  TextMate: (path, line, column) => `txmt://open?url=file://${path}&line=${line}&column=${column}`,
};

/** The editor that links open; kept by the browser. */
function chosenEditor() {
  let kept = null;
  try { kept = localStorage.getItem("editor"); } catch { /* The first one, then. */ }
  return Object.hasOwn(editors, kept ?? "") ? kept : Object.keys(editors)[0];
}

const editorLink = (item) => editors[chosenEditor()](item.absolutePath.split("/").map(encodeURIComponent).join("/"), item.line, item.column);

/** Fills the choice of editors; links that are shown already follow it. */
export function makeEditorChoice() {
  const select = document.getElementById("editor");
  select.replaceChildren(...Object.keys(editors).map((name) => el("option", { selected: name === chosenEditor() }, name)));
  select.addEventListener("change", () => {
    try { localStorage.setItem("editor", select.value); } catch { /* Not kept, then. */ }
    for (const link of document.querySelectorAll("a[data-place]")) link.href = editorLink(JSON.parse(link.dataset.place));
  });
}

/** A place in layout or campaign, with the link into the editor. */
function where(place) {
  const text = `${place.file}:${place.line}:${place.column}`;
  if (!place.absolutePath) return el("p", { class: "where" }, text);
  const { absolutePath, line, column } = place;
  return el("p", { class: "where" },
    el("a", { href: editorLink(place), title: `Open in ${chosenEditor()}`, "data-place": JSON.stringify({ absolutePath, line, column }) }, text));
}

/** The line at a place with a caret below it, without the indentation, so that the caret is in sight in a narrow column. */
function excerpt({ excerpt: { line, text, start, length }, suggestion }) {
  const shared = Math.min(/^ */.exec(text)[0].length, start);
  const mark = `${" ".repeat(start - shared)}^${"~".repeat(length - 1)}`;
  const margin = " ".repeat(String(line).length);
  return el("pre", { tabindex: "0", "aria-label": "Excerpt" },
    `${line} | ${text.slice(shared)}\n${margin} | ${mark}${suggestion ? ` ${suggestion}` : ""}`);
}

const kinds = { error: "Error ", warning: "Warning ", note: "Note " };

/** A finding with its places: excerpt and link into the editor, the field of the record, and what explains it. */
export function finding(item, ...more) {
  return el("div", { class: `finding ${item.severity}` },
    el("p", {}, el("span", { class: "kind" }, kinds[item.severity]), item.message),
    item.place ? excerpt(item.place) : null,
    item.place ? where(item.place) : null,
    item.path && item.path !== "$" ? el("p", { class: "where" }, `in the record: ${item.path}`) : null,
    ...item.notes.flatMap((note) => [el("p", { class: "note" }, note.message), note.place ? where(note.place) : null]),
    ...more);
}

/** Shows the findings of the piece, or in the words given that there are none. */
export function showFindings(items, none) {
  const box = document.getElementById("findings");
  const page = (item) => item.page && el("p", { class: "where" },
    el("button", { class: "link", onclick: () => goToPage(item.page) }, `page ${item.page}`));
  box.replaceChildren(...(items.length ? items.map((item) => finding(item, page(item))) : [el("p", { class: "well" }, none)]));
}

const names = {
  "longest-name": "Longest name", "most-lines": "Most lines", largest: "Largest amount", smallest: "Smallest amount", credit: "Credit",
  zero: "Nothing to pay", "longest-word": "Longest word", "right-to-left": "Right to left", language: "Language", "large-print": "Large print",
  faulty: "Faulty record",
};
/** `wide-amounts` as people write it. */
const title = (kind) => names[kind] ?? kind[0].toUpperCase() + kind.slice(1).replaceAll("-", " ");

let round = 0;
let made = 0;

/** How many bills are made up. */
export const madeCount = () => made;

function card(item, old, go) {
  const key = `${item.kind} ${item.detail} ${item.bill}`;
  const isMade = typeof item.bill === "string";
  const where = isMade ? "" : `bill ${(item.bill + 1).toLocaleString("en")}`;
  const isAmount = ["largest", "smallest", "credit", "zero"].includes(item.kind) && !isMade;
  const detail = item.kind === "language" && !isMade ? "" : isAmount ? amount(item.detail) : item.detail;
  const card = old.get(key) ?? el("button", { class: "card", "data-key": key }, el("span", { class: "picture" }),
    el("strong", {}, item.kind === "language" && !isMade ? `Language ${item.detail}` : title(item.kind)), el("small", {}, [detail, where].filter(Boolean).join(" · ")));
  card.onclick = () => go(item.bill);
  return { card, item };
}

/** Fills the grids of extremes; each thumbnail is asked for after the other, since one worker makes them. */
export async function showExtremes(scenario, go) {
  const mine = ++round;
  const answer = await ask("/api/extremes");
  if (mine !== round) return;
  made = answer.made.length;
  const { count, isDone, readBytes, totalBytes } = answer.data;
  document.getElementById("extremes-lead").textContent =
    `The records of ${count.toLocaleString("en")} that try this layout most` + (isDone ? "." : `, ${Math.floor((100 * readBytes) / Math.max(1, totalBytes))} % read so far.`);
  document.getElementById("made-lead").hidden = made === 0;
  const cards = [];
  for (const [grid, items] of [[document.getElementById("extremes"), answer.extremes], [document.getElementById("made"), answer.made]]) {
    const old = new Map([...grid.children].map((one) => [one.dataset.key, one]));
    const fresh = items.map((item) => card(item, old, go));
    // Only what differs is put in anew, so that the keyboard's place is kept.
    if (fresh.length !== grid.children.length || fresh.some(({ card }, place) => grid.children[place] !== card)) {
      const focus = document.activeElement;
      grid.replaceChildren(...fresh.map(({ card }) => card));
      if (grid.contains(focus)) focus.focus();
    }
    cards.push(...fresh);
  }
  for (const { card, item } of cards) {
    if (mine !== round) return;
    let picture;
    try { picture = await ask("/api/thumbnail", { ...scenario, bill: item.bill, scale: scaleToFill(card.firstElementChild) }); } catch { continue; }
    if (mine !== round) return;
    await fillCard(card, picture);
  }
}

async function fillCard(card, picture) {
  const box = card.firstElementChild;
  box.classList.toggle("stale", picture.status !== "shown");
  if (picture.status !== "shown") return;
  const image = new Image();
  image.alt = "";
  if (picture.pages.length) {
    image.src = picture.pages[0].url;
    try { await image.decode(); } catch { return; }
    box.style.setProperty("--ratio", picture.width / picture.height);
    box.replaceChildren(image);
  } else box.replaceChildren();
  const errors = picture.findings.filter((one) => one.severity === "error").length;
  const isShrunk = picture.findings.some((one) => one.id === "text-shrunk");
  if (!picture.findings.length) return;
  const words = errors ? "rejected" : isShrunk ? "shrunk" : `${picture.findings.length} warning${picture.findings.length > 1 ? "s" : ""}`;
  box.append(el("span", { class: errors ? "mark" : "mark warning", title: picture.findings.map((one) => one.message).join("\n") }, words));
}

/** Shows the problems of all bills, those of one cause together. */
export async function showProblems(go) {
  const answer = await ask("/api/problems");
  const badge = document.getElementById("problem-count");
  badge.hidden = answer.groups.length === 0;
  badge.textContent = answer.groups.length;
  badge.classList.toggle("warning", answer.rejects === 0);
  badge.setAttribute("aria-label", `${answer.groups.length} causes`);
  const progress = document.getElementById("problems-progress");
  progress.max = Math.max(1, answer.total);
  progress.value = answer.done;
  progress.hidden = answer.isDone;
  document.getElementById("problems-lead").textContent =
    `${answer.done.toLocaleString("en")} of ${answer.total.toLocaleString("en")} bills looked at: ` +
    (answer.groups.length
      ? `${answer.groups.length} cause${answer.groups.length > 1 ? "s" : ""}, ${answer.rejects.toLocaleString("en")} would be rejected.`
      : answer.isDone ? "no problems." : "no problems so far.");
  if (document.getElementById("view-problems").hidden) return;
  const box = document.getElementById("problems");
  const active = document.activeElement?.dataset?.focus;
  box.replaceChildren(...answer.groups.map((group, place) => finding(group.finding,
    el("div", { class: "bills" }, el("span", { class: "where" }, `${group.count.toLocaleString("en")} bill${group.count > 1 ? "s" : ""}`),
      ...group.bills.map((bill) => el("button", { onclick: () => go(bill), "data-focus": `${place}-${bill}`, "aria-label": `Go to bill ${bill + 1}` }, String(bill + 1)))))));
  if (active) box.querySelector(`[data-focus="${active}"]`)?.focus();
}

/** Makes the search field a combobox over the records. */
export function makeSearch(go) {
  const input = document.getElementById("search");
  const list = document.getElementById("results");
  let chosen = -1;
  let last = 0;
  /** The search under way: Enter waits for it, since the list still shows what was typed before. */
  let underWay = Promise.resolve();
  const close = () => { last++; list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); chosen = -1; };
  const choose = (index) => {
    const items = [...list.querySelectorAll("[role=option]")];
    if (!items.length) return;
    chosen = (index + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
    items[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[chosen].id);
  };
  const search = async () => {
    const mine = ++last;
    const text = input.value.trim();
    if (!text) { close(); return; }
    let answer;
    try { answer = await ask("/api/search", { q: text, limit: 50 }); } catch { return; }
    if (mine !== last) return;
    list.replaceChildren(...answer.records.map((record, index) => el("li",
      {
        role: "option", id: `result-${index}`, "aria-selected": "false",
        onmousedown: (event) => { event.preventDefault(); close(); input.value = ""; go(record.bill); }, "data-bill": record.bill,
      },
      el("span", {}, record.name || "—"), el("span", {}, record.isFaulty ? record.due : amount(record.due)),
      el("small", {}, `${record.account} · ${record.invoice}`), el("small", {}, `bill ${record.bill + 1}`))));
    if (answer.total > answer.records.length) list.append(el("li", { class: "none" }, `and ${(answer.total - answer.records.length).toLocaleString("en")} more`));
    if (!answer.records.length) list.append(el("li", { class: "none" }, answer.data.isDone ? "no bill found" : "no bill found so far"));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    chosen = -1;
    if (answer.records.length) choose(0);
  };
  input.addEventListener("input", () => { underWay = search(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { choose(chosen + 1); event.preventDefault(); }
    if (event.key === "ArrowUp") { choose(chosen - 1); event.preventDefault(); }
    if (event.key === "Escape") { if (list.hidden) input.value = ""; close(); if (!input.value) document.getElementById("stage").focus(); }
    if (event.key === "Enter") underWay.then(() => {
      const option = chosen >= 0 ? list.querySelectorAll("[role=option]")[chosen] : null;
      if (!option || list.hidden) return;
      const bill = Number(option.dataset.bill);
      close();
      input.value = "";
      document.getElementById("stage").focus();
      go(bill);
    });
  });
}
