// The page as a whole: which bill, in which scenario, in which view; what happens when something changes.
import { address, ask, coalesced, el, follow, throttled } from "./server.js";
import * as pages from "./pages.js";
import { makeSearch, showExtremes, showFindings, showProblems } from "./lists.js";

const $ = (id) => document.getElementById(id);
let state = { phases: [], languages: [], formats: [], data: { count: 0, isDone: false }, findings: [] };
let bill = 0;
let view = "bill";
const scenario = { asOf: "", delivery: "", consent: "", language: "", format: "" };

// Bill on screen

const parameters = () => ({ bill, ...scenario });

const refresh = coalesced(async () => {
  const wanted = parameters();
  let answer;
  try { answer = await ask("/api/bill", wanted); } catch (error) {
    if (state.data.count === 0) pages.showNothing(state.data.isDone ? "There is no bill in the data." : "Reading the data …");
    else tell(String(error.message).includes("404") ? "This record is not there any more." : "The preview does not answer. Is it still running?");
    return;
  }
  if (wanted.bill !== bill) return;
  showRecord(answer);
  const findings = answer.findings;
  const errors = findings.filter((one) => one.severity === "error").length;
  if (answer.status === "superseded") { setTimeout(refresh, 50); return; }
  if (answer.status === "shown" && answer.pages.length) {
    await pages.show(answer, (first) => ask("/api/bill", { ...wanted, page: first }));
    pages.setStale(false);
    tell(answer.isPiece ? "" : `Not as it stands: render would reject this bill (${errors} error${errors === 1 ? "" : "s"}, at the right).`);
  } else {
    pages.setStale(true);
    pages.showNothing("Nothing can be shown yet. The findings are at the right.");
    tell(answer.status === "refused" ? `The last good pages: ${errors} error${errors === 1 ? "" : "s"} in layout or campaign (at the right).`
      : answer.status === "lost" ? `The last good pages: ${findings[0]?.message ?? "the worker was lost"}.` : "This record cannot become a bill. The reason is at the right.");
  }
  showFindings(findings);
  const download = $("download");
  const canDownload = answer.status === "shown" && answer.isPiece;
  download.setAttribute("aria-disabled", String(!canDownload));
  if (canDownload) download.href = address("/api/pdf", wanted); else download.removeAttribute("href");
  document.documentElement.dataset.generation = answer.generation;
  document.documentElement.dataset.bill = String(answer.bill);
  document.documentElement.dataset.status = answer.status;
  if (answer.status === "shown" && view === "bill") {
    const { asOf, ...rest } = wanted;
    const phase = answer.facts.notice?.phase ?? "";
    pages.showPhases(state.phases, rest, phase || (asOf && state.phases.length && asOf < state.phases[0].day ? "before" : ""), (day) => setScenario("asOf", day));
  }
});

function showRecord(answer) {
  const record = answer.record ?? {};
  const facts = answer.facts ?? {};
  const percent = (value) => `${(value / 10).toFixed(1)} %`;
  const rows = [
    ["Name", record.isFaulty ? "" : record.name], ["Account", record.account], ["Invoice", record.invoice], ["Amount due", record.isFaulty ? "" : record.due],
    ["Kind", facts.kind && facts.kind !== "bill" ? facts.kind : ""], ["Language", facts.language ?? record.language],
    ["Edition", facts.format && facts.format !== "standard" ? facts.format : ""], ["Pages", answer.pageCount ? String(answer.pageCount) : ""],
    ["Notice", facts.notice ? `${facts.notice.phase}, page ${facts.notice.page}, ${percent(facts.notice.area)} of it, contrast ${(facts.notice.contrast / 10).toFixed(1)}` : facts.kind ? "none" : ""],
    ["Terms", facts.terms ? `${facts.terms.version}, page ${facts.terms.page}` : ""],
    ["Record", record.file ? `${record.file.split("/").pop()}, line ${record.line}` : ""], ["Codes", state.hasSpecimenCodes && facts.notice ? "specimens (no --token-key)" : ""],
  ];
  $("facts").replaceChildren(...rows.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function tell(text, kind = "") {
  const notice = $("notice");
  notice.hidden = !text;
  notice.className = `notice ${kind}`;
  if (notice.textContent !== text) notice.textContent = text;
}

/** Goes to a bill, from 0. */
function go(number) {
  const last = Math.max(0, state.data.count - 1);
  const to = Math.min(Math.max(0, number), last);
  const isOther = to !== bill;
  bill = to;
  showNumber();
  if (isOther) $("stage").scrollTop = 0;
  history.replaceState(null, "", bill ? `#${bill + 1}` : location.pathname);
  if (view !== "bill") setView("bill"); else refresh();
}

function showNumber() {
  if (document.activeElement !== $("number")) $("number").value = bill + 1;
  const { count, isDone } = state.data;
  $("of").textContent = `of ${count.toLocaleString("en")}${isDone ? "" : " …"}`;
  $("previous").disabled = bill <= 0;
  $("next").disabled = bill >= count - 1;
}

// Scenario

const choices = {
  asOf: () => ["Day", null], delivery: () => ["Delivery", ["paper", "electronic", "both"]], consent: () => ["Consent", ["given", "none"]],
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
    if (values && values.length < 2) continue;
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
  try { state = await ask("/api/state"); } catch { return; }
  const name = state.layout.replace(/\/+$/, "").split("/").pop();
  $("layout-name").textContent = name;
  $("layout-name").title = state.layout;
  document.title = `${name} – Billfold preview`;
  showScenario();
  showNumber();
  if (state.data.fault) tell(state.data.fault, "warning");
});

const dataChanged = throttled(async () => {
  const before = state.data.count;
  await loadState();
  if ((before === 0 && state.data.count > 0) || bill >= before) refresh();
  if (state.data.isDone && bill >= state.data.count) go(bill);
  if (view === "extremes") showExtremes(scenario, go);
}, 400);

let wasLost = false;
follow({
  changed: () => { if (view === "bill") refresh(); else { loadState(); } if (view === "extremes") showExtremes(scenario, go); },
  layout: async () => {
    const before = JSON.stringify([state.phases, state.languages, state.formats, state.isUsable]);
    await loadState();
    if (before !== JSON.stringify([state.phases, state.languages, state.formats, state.isUsable])) refresh();
  },
  data: dataChanged,
  problems: throttled(() => showProblems(go).catch(() => {}), 500),
  open: () => { if (wasLost) { wasLost = false; tell(""); loadState(); refresh(); } },
  lost: () => { wasLost = true; tell("The preview does not answer. Is it still running?"); },
});

// Controls and keys

$("previous").addEventListener("click", () => go(bill - 1));
$("next").addEventListener("click", () => go(bill + 1));
$("number").addEventListener("change", () => { const number = Number.parseInt($("number").value, 10); if (number) go(number - 1); $("number").value = bill + 1; });
$("number").addEventListener("focus", () => $("number").select());
$("zoom-in").addEventListener("click", () => pages.stepZoom(1));
$("zoom-out").addEventListener("click", () => pages.stepZoom(-1));
$("zoom-actual").addEventListener("click", () => pages.setZoom(1));
$("fit-width").addEventListener("click", () => pages.setFit("width"));
$("fit-page").addEventListener("click", () => pages.setFit("page"));
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
  ArrowLeft: () => go(bill - 1), ArrowRight: () => go(bill + 1), "/": () => $("search").focus(), "+": () => pages.stepZoom(1), "=": () => pages.stepZoom(1),
  "-": () => pages.stepZoom(-1), 0: () => pages.setZoom(1), w: () => pages.setFit("width"), f: () => pages.setFit("page"), s: toggleSurround,
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
const asked = Number.parseInt(location.hash.slice(1), 10);
await loadState();
if (asked > 0) { bill = asked - 1; showNumber(); }
refresh();
showProblems(go).catch(() => {});
