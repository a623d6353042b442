// The page as a whole: which bill, in which scenario, in which view; what happens when something changes.
import { address, ask, coalesced, el, follow, throttled } from "./server.js";
import * as message from "./message.js";
import * as pages from "./pages.js";
import { amount, madeCount, makeEditorChoice, makeSearch, showExtremes, showFindings, showProblems } from "./lists.js";

const $ = (id) => document.getElementById(id);
let state = { pieces: ["bill"], phases: [], rules: [], states: [], notices: [], languages: [], formats: [], data: { count: 0, isDone: false }, findings: [] };
let bill = 0;
let view = "bill";
/** Which piece of the record is shown. */
let piece = "bill";
const scenario = { asOf: "", delivery: "", consent: "", state: "", rule: "", notice: "", variant: "", language: "", format: "" };
let strip = "phase";

// Bill on screen

/** A number from 0 for the data's bills, `s0`, `s1` … for those made up. */
const isMade = (name) => typeof name === "string";
const parameters = () => ({ bill, piece: piece === "bill" ? "" : piece, ...scenario, run: state.run });
const nouns = { bill: "bill", terms: "leaflet", postcard: "postcard", email: "e-mail" };

/** What layout and campaign offer, as far as what is on screen depends on it. */
const offers = () => JSON.stringify([state.pieces, state.phases, state.rules, state.notices, state.languages, state.formats, state.isUsable]);
/** What they offered when a piece was last asked for. */
let shownWith = "";

const refresh = coalesced(async () => {
  shownWith = offers();
  const wanted = parameters();
  // A message has no pages, and its stage no size.
  const inSight = piece === "email" ? { page: 1, count: 1, scale: 1 } : pages.inSight();
  let answer;
  try { answer = await ask("/api/bill", { ...wanted, ...inSight }); } catch (error) {
    if (isMade(bill)) { bill = 0; showNumber(); setTimeout(refresh); return; }
    if (state.data.count === 0 && (state.data.isDone || !pages.hasPages())) pages.showNothing(state.data.isDone ? "There is no bill in the data." : "Reading the data …");
    else tell(error.status === 404 ? "This record is not there any more." : "The preview does not answer. Is it still running?");
    return;
  }
  if (wanted.bill !== bill || (wanted.piece || "bill") !== piece) return;
  if (answer.status === "superseded") { setTimeout(refresh, 30); return; }
  const isShown = answer.status === "shown" && (answer.pageCount || answer.message);
  if (isShown) {
    if (answer.message) {
      pages.showNothing("");
      message.show(answer, wanted);
    } else {
      message.hide();
      await pages.show(answer, wanted, inSight.scale);
    }
    pages.setStale(false);
    message.setStale(false);
    const errors = answer.findings.filter((one) => one.severity === "error").length;
    tell(answer.isPiece ? "" : `Not as it stands: render would reject this ${nouns[piece]} (${errors} error${errors === 1 ? "" : "s"}, at the right).`);
  } else if (answer.status === "shown" && answer.why) {
    message.hide();
    pages.showNothing(`${sentence(answer.why)}.`);
    pages.setStale(false);
    tell("");
  } else {
    // Pages of before, dimmed, help where they are this bill's; another customer's must not stand under this one's name.
    const hasMessage = piece === "email" && message.isOf(answer, wanted);
    const hasPages = hasMessage || pages.hasPagesOf(answer, wanted);
    if (!hasMessage) message.hide();
    if (!hasPages) pages.showNothing("Nothing can be shown yet. The findings are at the right.");
    pages.setStale(hasPages);
    message.setStale(hasPages);
    const errors = answer.findings.length;
    const what = hasMessage ? "The last good message" : hasPages ? "The last good pages" : piece === "email" ? "No message yet" : "No pages yet";
    tell(answer.status === "refused" ? `${what}: ${errors} error${errors === 1 ? "" : "s"} in layout or campaign (at the right).`
      : answer.status === "lost" ? `${what}: ${answer.findings[0]?.message ?? "the worker was lost"}.`
        : `This record cannot become a ${nouns[piece]}. The reason is at the right.`);
  }
  showRecord(answer);
  showFindings(answer.findings, answer.why && !isShown ? "None." : `None. This ${nouns[piece]} ${piece === "email" ? "is sent" : "prints"} as shown.`);
  $("piece-why").textContent = answer.pageCount && answer.why ? sentence(answer.why) : "";
  const download = $("download");
  const canDownload = answer.status === "shown" && answer.isPiece;
  download.setAttribute("aria-disabled", String(!canDownload));
  download.textContent = piece === "email" ? "EML" : "PDF";
  if (canDownload) download.href = address(piece === "email" ? "/api/eml" : "/api/pdf", wanted); else download.removeAttribute("href");
  document.documentElement.dataset.generation = answer.generation;
  document.documentElement.dataset.bill = String(answer.bill);
  document.documentElement.dataset.piece = piece;
  document.documentElement.dataset.status = answer.status;
  // A card or an e-mail that does not go out in this phase may in another; a leaflet is the same in all of them.
  const hasStrip = isShown ? piece !== "terms" : ["postcard", "email"].includes(piece) && answer.why;
  if (answer.status === "shown" && hasStrip && view === "bill") showStrip(answer, wanted);
  else if (piece === "terms") pages.hideStrip();
});

const sentence = (text) => text[0].toUpperCase() + text.slice(1);

/** The page on screen in every phase, or by every rule of the campaign. */
function showStrip(answer, wanted) {
  const facts = answer.facts ?? {};
  // The rules are those of the bills' audience, and decide no card.
  const hasRules = state.rules.length > 1 && piece === "bill";
  const isByRule = strip === "rule" && hasRules;
  $("strip-kinds").hidden = !hasRules;
  for (const kind of ["phase", "rule"]) $(`strip-${kind}`).setAttribute("aria-pressed", String((kind === "rule") === isByRule));
  $("phases").setAttribute("aria-label", isByRule ? "The page by every rule of the campaign" : "The page in every phase of the campaign");
  if (isByRule) {
    const { notice, variant, ...rest } = wanted;
    pages.showStrip(state.rules.map((name) => ({ name, detail: "", change: { rule: name } })), rest, facts.rule ?? "", ({ rule }) => setScenario("rule", rule));
    return;
  }
  const isBefore = wanted.asOf && state.phases.length && wanted.asOf < state.phases[0].day;
  pages.showStrip(pages.phaseItems(state.phases), wanted, facts.phase ?? (isBefore ? "before" : ""), ({ asOf }) => setScenario("asOf", asOf));
}

for (const kind of ["phase", "rule"]) $(`strip-${kind}`).addEventListener("click", () => { strip = kind; refresh(); });

function showRecord(answer) {
  const record = answer.record ?? {};
  const facts = answer.facts ?? {};
  $("record-title").textContent = { bill: "Bill", terms: "Leaflet", postcard: "Postcard", email: "E-mail" }[piece];
  const sent = answer.message;
  const percent = (value) => `${(value * 100).toFixed(1)} %`;
  const rows = [
    ["Name", record.isFaulty ? "" : record.name], ["Account", record.account], ["Invoice", record.invoice], ["Amount due", record.isFaulty ? "" : amount(record.due ?? "")],
    ["Kind", facts.bill_kind && facts.bill_kind !== "bill" ? facts.bill_kind : ""], ["Language", facts.language ?? record.language],
    ["Edition", facts.format && facts.format !== "standard" ? facts.format : ""],
    ["Pages", answer.pageCount && piece !== "postcard" ? String(answer.pageCount) : ""],
    ["Phase", facts.card || sent ? facts.phase : ""],
    ["Subject", sent ? `${[...sent.subject].length} characters` : ""],
    ["Size", sent ? `${(sent.size / 1024).toFixed(1)} kB` : ""],
    ["Least", sent && facts.notice ? `type ${(facts.notice.text_size / 0.75).toFixed(0)} px, contrast ${facts.notice.contrast.toFixed(1)}` : ""],
    ["Least", facts.card && facts.notice ? `type ${facts.notice.text_size.toFixed(1)} pt, contrast ${facts.notice.contrast.toFixed(1)}, on side ${facts.notice.page}` : ""],
    ["Notice", facts.card || sent ? "" : facts.notice
      ? [...[facts.notice.name, facts.notice.variant].filter((word) => word !== "standard"), facts.notice.phase, `page ${facts.notice.page}`,
        `${percent(facts.notice.area)} of it`, `contrast ${facts.notice.contrast.toFixed(1)}`, `type ${facts.notice.text_size.toFixed(1)} pt`].join(", ")
      : facts.kind === "bill" ? "none" : ""],
    ["State", facts.state && facts.rule ? facts.state : ""], ["Rule", facts.rule && facts.rule !== "default" ? facts.rule : ""],
    ["Made smaller", facts.fit ?? ""],
    ["Terms", facts.terms ? `${facts.terms.version}, page ${facts.terms.first_page}` : ""],
    ["Trim", facts.card ? paper(facts.card) : ""], ["Post", facts.card?.post ?? ""],
    ["Serial", facts.card?.post === "usps" ? "a specimen: cards are numbered once all are known" : ""],
    ["Enclosed", (answer.enclosures ?? []).join(", ")],
    ["Record", record.made
      ? `made up: ${record.made}`
      : record.file ? `${record.file === "-" ? "standard input" : record.file.split("/").pop()}, ${record.line}` : ""],
    ["Codes", state.hasSpecimenCodes && (facts.notice && piece === "bill" || sent) ? "specimens (no --token-key)" : ""],
  ];
  $("facts").replaceChildren(...rows.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

/** A card's size as its trade says it. */
function paper({ width, height }) {
  const say = (unit, one, digits) => `${[width, height].map((side) => Number((side / one).toFixed(digits))).join(" × ")} ${unit}`;
  return [width, height].every((side) => Math.abs((side * 16) / 72 - Math.round((side * 16) / 72)) < 0.01) ? say("in", 72, 4) : say("mm", 72 / 25.4, 1);
}

function tell(text, kind = "") {
  const notice = $("notice");
  notice.hidden = !text;
  notice.className = `notice ${kind}`;
  if (notice.textContent !== text) notice.textContent = text;
}

/** Goes to a bill: a number from 0, or the name of one made up. */
function go(to) {
  const name = isMade(to) ? to : Math.min(Math.max(0, to), Math.max(0, state.data.count - 1));
  const isOther = name !== bill;
  bill = name;
  showNumber();
  if (isOther) $("stage").scrollTop = 0;
  history.replaceState(null, "", isMade(bill) ? `#${bill}` : bill ? `#${bill + 1}` : location.pathname);
  if (view !== "bill") { setView("bill"); $("stage").focus(); } else refresh();
}

function step(by) {
  if (!isMade(bill)) { go(bill + by); return; }
  const number = Number(bill.slice(1)) + by;
  if (number >= 0 && number < madeCount()) go(`s${number}`);
}

function showNumber() {
  const { count, isDone } = state.data;
  const [number, last] = isMade(bill) ? [Number(bill.slice(1)), madeCount()] : [bill, count];
  if (document.activeElement !== $("number")) $("number").value = number + 1;
  $("of").textContent = isMade(bill) ? (last ? `of ${last} made up` : "made up") : `of ${count.toLocaleString("en")}${isDone ? "" : " …"}`;
  $("previous").disabled = number <= 0;
  $("next").disabled = number >= last - 1;
}

// Scenario

const choices = {
  asOf: () => ["Day", null], delivery: () => ["Delivery", ["paper", "electronic", "both"]], consent: () => ["Consent", ["given", "none"]],
  state: () => ["State", state.states], rule: () => ["Rule", state.rules],
  notice: () => ["Notice", state.notices.length > 1 ? ["none", ...state.notices.map((one) => one.name)] : []],
  variant: () => ["Variant", [...new Set(state.notices.filter((one) => one.variants.length > 1).flatMap((one) => one.variants))]],
  language: () => ["Language", state.languages], format: () => ["Format", state.formats],
};

function showScenario() {
  const box = $("scenario");
  const focus = document.activeElement?.id;
  const fields = [];
  if (state.phases.length) {
    const phase = [...state.phases].reverse().find((one) => scenario.asOf && one.day <= scenario.asOf);
    const isBefore = scenario.asOf && !phase;
    const select = el("select", { id: "scenario-phase", onchange: (event) => setScenario("asOf", event.target.value) },
      el("option", { value: "" }, "as in the record"), ...state.phases.map((one) => el("option", { value: one.day, selected: one === phase }, one.name)),
      isBefore ? el("option", { value: scenario.asOf, selected: true }, "before") : null);
    fields.push(["Phase", select]);
  }
  for (const [key, make] of Object.entries(choices)) {
    const [label, values] = make();
    // One language or format is no choice, and without a campaign the day decides nothing.
    if (values ? values.length < 2 : !state.phases.length) continue;
    const control = values
      ? el("select", { onchange: (event) => setScenario(key, event.target.value) }, el("option", { value: "" }, "as in the record"),
        ...values.map((value) => el("option", { value, selected: scenario[key] === value }, value)))
      : el("input", { type: "date", value: scenario[key], onchange: (event) => setScenario(key, event.target.value) });
    control.id = `scenario-${key}`;
    control.classList.toggle("changed", scenario[key] !== "");
    fields.push([label, control]);
  }
  box.replaceChildren(...fields.flatMap(([label, control]) => [el("label", { for: control.id }, label), control]));
  $("scenario-reset").hidden = Object.values(scenario).every((value) => value === "");
  if (focus) document.getElementById(focus)?.focus();
}

function setScenario(key, value) {
  scenario[key] = value;
  showScenario();
  refresh();
  if (view === "extremes") showExtremes(scenario, go);
}

$("scenario-reset").addEventListener("click", () => {
  for (const key of Object.keys(scenario)) scenario[key] = "";
  showScenario();
  refresh();
  $("stage").focus();
});

// Pieces

const pieceNames = ["bill", "terms", "postcard", "email"];
const offered = () => pieceNames.filter((name) => state.pieces.includes(name));

function showPieces() {
  const names = offered();
  $("pieces").hidden = names.length < 2;
  for (const name of pieceNames) {
    const tab = $(`piece-${name}`);
    tab.hidden = !names.includes(name);
    tab.setAttribute("aria-selected", String(name === piece));
    tab.tabIndex = name === piece ? 0 : -1;
  }
  $("stage").setAttribute("aria-label", piece === "postcard" ? "Sides of the postcard" : `Pages of the ${nouns[piece]}`);
}

function setPiece(name) {
  if (!offered().includes(name) || name === piece) return;
  piece = name;
  if (name !== "email") message.hide();
  $("stage").scrollTop = 0;
  $("piece-why").textContent = "";
  showPieces();
  if (view !== "bill") setView("bill"); else refresh();
}

for (const name of pieceNames) {
  $(`piece-${name}`).addEventListener("click", () => setPiece(name));
  $(`piece-${name}`).addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const names = offered();
    const next = names[(names.indexOf(name) + step + names.length) % names.length];
    setPiece(next);
    $(`piece-${next}`).focus();
    event.preventDefault();
    event.stopPropagation();
  });
}

// Views

const views = ["bill", "extremes", "problems"];

function setView(name) {
  view = name;
  for (const one of views) {
    const isChosen = one === name;
    $(`view-${one}`).hidden = !isChosen;
    $(`tab-${one}`).setAttribute("aria-selected", String(isChosen));
    $(`tab-${one}`).tabIndex = isChosen ? 0 : -1;
  }
  if (name === "bill") refresh();
  if (name === "extremes") showExtremes(scenario, go);
  if (name === "problems") showProblems(go);
}

for (const [place, name] of views.entries()) {
  $(`tab-${name}`).addEventListener("click", () => setView(name));
  $(`tab-${name}`).addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const next = views[(place + step + views.length) % views.length];
    setView(next);
    $(`tab-${next}`).focus();
    event.preventDefault();
    event.stopPropagation();
  });
}

// State and events

const loadState = coalesced(async () => {
  let next;
  try { next = await ask("/api/state"); } catch { return; }
  // Another run of the server: nothing of what is on screen can be relied on.
  if (state.run && state.run !== next.run) { location.reload(); return; }
  state = next;
  const name = state.layout.replace(/\/+$/, "").split("/").pop();
  $("layout-name").textContent = name;
  $("layout-name").title = state.layout;
  document.title = `${name} – Billfold preview`;
  if (!state.pieces.includes(piece)) { piece = "bill"; message.hide(); }
  showPieces();
  showScenario();
  showNumber();
  // Whichever event told of the layout first, what is on screen was asked for without it.
  if (shownWith && shownWith !== offers()) refresh();
  if (state.data.fault) tell(state.data.fault, "warning");
});

const dataChanged = throttled(async () => {
  const before = state.data.count;
  await loadState();
  if (!isMade(bill) && ((before === 0 && state.data.count > 0) || bill >= before)) refresh();
  if (!isMade(bill) && state.data.isDone && bill >= state.data.count) go(bill);
  if (view === "extremes") showExtremes(scenario, go);
}, 400);

let wasLost = false;
follow({
  changed: () => { if (view === "bill") refresh(); else { loadState(); } if (view === "extremes") showExtremes(scenario, go); },
  layout: loadState,
  data: dataChanged,
  problems: throttled(() => showProblems(go).catch(() => {}), 500),
  // What was told before somebody listened is asked for.
  open: () => { loadState(); if (wasLost) { wasLost = false; tell(""); refresh(); } },
  lost: () => { wasLost = true; tell("The preview does not answer. Is it still running?"); },
});

// Controls and keys

$("previous").addEventListener("click", () => step(-1));
$("next").addEventListener("click", () => step(1));
$("number").addEventListener("change", () => {
  const number = Number.parseInt($("number").value, 10);
  if (number > 0) go(isMade(bill) ? `s${Math.min(number, madeCount()) - 1}` : number - 1);
  showNumber();
});
$("number").addEventListener("focus", () => $("number").select());
$("zoom-in").addEventListener("click", () => pages.stepZoom(1));
$("zoom-out").addEventListener("click", () => pages.stepZoom(-1));
$("zoom-actual").addEventListener("click", () => pages.setZoom(1));
$("fit-width").addEventListener("click", () => pages.setFit("width"));
$("fit-page").addEventListener("click", () => pages.setFit("page"));
$("zones").addEventListener("click", pages.toggleZones);
$("help-button").addEventListener("click", () => $("help").showModal());

function setSurround(name) {
  document.documentElement.dataset.surround = name;
  try { localStorage.setItem("surround", name); } catch { /* Not kept, then. */ }
}
let kept = null;
try { kept = localStorage.getItem("surround"); } catch { /* As the system has it. */ }
setSurround(kept ?? (matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark"));
const toggleSurround = () => setSurround(document.documentElement.dataset.surround === "dark" ? "light" : "dark");
$("surround").addEventListener("click", toggleSurround);

const keys = {
  ArrowLeft: () => step(-1), ArrowRight: () => step(1), "/": () => $("search").focus(), "+": () => pages.stepZoom(1), "=": () => pages.stepZoom(1),
  "-": () => pages.stepZoom(-1), 0: () => pages.setZoom(1), w: () => pages.setFit("width"), f: () => pages.setFit("page"), s: toggleSurround, z: pages.toggleZones,
  b: () => setPiece("bill"), t: () => setPiece("terms"), p: () => setPiece("postcard"), e: () => setPiece("email"),
  d: () => { if ($("download").href) $("download").click(); }, "?": () => $("help").showModal(),
  1: () => setView("bill"), 2: () => setView("extremes"), 3: () => setView("problems"),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  const target = event.target;
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) {
    if (event.key === "Escape" && target.id !== "search") $("stage").focus();
    return;
  }
  const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

makeSearch(go);
makeEditorChoice();
const asked = /^#(s?)(\d{1,9})$/.exec(location.hash);
await loadState();
if (asked) { bill = asked[1] ? `s${asked[2]}` : Math.max(0, Number(asked[2]) - 1); showNumber(); }
refresh();
showProblems(go).catch(() => {});
