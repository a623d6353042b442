// The e-mail on screen: its HTML in frames that run nothing and fetch nothing, its plain text and its header fields.
import { el } from "./server.js";

const box = document.getElementById("message");
/** CSS pixels of a message's column in a window, and on a telephone. */
const widths = [600, 360];
const modes = ["light", "dark"];
let owner = "";

/** Whose message an answer's is. */
const whose = (answer, parameters) => JSON.stringify([parameters.bill, answer.record?.account, answer.record?.invoice]);

/** Whether a message of the very record is on screen that an answer is about. */
export const isOf = (answer, parameters) => !box.hidden && owner === whose(answer, parameters);

/** Takes the message away, and gives the stage its room. */
export function hide() {
  if (box.hidden) return;
  box.hidden = true;
  owner = "";
  box.replaceChildren();
  document.getElementById("stage").hidden = false;
  document.getElementById("view-bill").classList.remove("reading");
}

/** Dims the message while it is not what would be sent now. */
export const setStale = (isStale) => box.classList.toggle("stale", isStale);

/** Puts the message of an answer in the stage's place. Frames stay where they are, so that what is read does not jump. */
export function show(answer, parameters) {
  const { message } = answer;
  const who = answer.record?.name || answer.record?.account || "this bill";
  const isOther = owner !== whose(answer, parameters);
  owner = whose(answer, parameters);
  document.getElementById("stage").hidden = true;
  document.getElementById("view-bill").classList.add("reading");
  box.hidden = false;
  if (!box.children.length) box.append(el("div", { class: "inbox" }), ...modes.flatMap((mode) => widths.map((width) => frame(mode, width))), text(), headers());
  box.querySelector(".inbox").replaceChildren(el("strong", {}, sender(message)), el("span", {}, el("b", {}, message.subject), " ", el("span", { class: "soft" }, message.preheader)));
  for (const figure of box.querySelectorAll("figure[data-mode]")) {
    const { mode, width } = figure.dataset;
    const inside = figure.querySelector("iframe");
    inside.title = `E-mail to ${who}, ${width} pixels wide, ${mode}`;
    if (inside.getAttribute("src") !== message[mode]) inside.setAttribute("src", message[mode]);
  }
  box.querySelector("pre").textContent = message.text;
  box.querySelector(".headers dl").replaceChildren(...message.headers.map(({ name, value }) =>
    el("div", {}, el("dt", {}, name), value ? el("dd", { dir: "auto" }, value) : el("dd", { class: "lacking" }, "the record has no address that a server takes"))));
  if (isOther) box.scrollTop = 0;
}

/** Whose message it is, as lists of messages show it. */
function sender(message) {
  const from = message.headers.find(({ name }) => name === "From")?.value ?? "";
  return from.replace(/\s*<[^<]*>$/, "").replace(/^"(.*)"$/, "$1") || from;
}

function frame(mode, width) {
  // The sandbox holds without the server's policy, too: no script, no form, no window, no origin.
  const inside = el("iframe", { sandbox: "", width, loading: "lazy", referrerpolicy: "no-referrer" });
  return el("figure", { "data-mode": mode, "data-width": width }, el("figcaption", {}, `${mode}, ${width} px`), inside);
}

const text = () => el("figure", { class: "plain-text" }, el("figcaption", {}, "plain text"), el("pre", { tabindex: "0", dir: "auto", "aria-label": "Plain text of the e-mail" }));
const headers = () => el("figure", { class: "headers" }, el("figcaption", {}, "header fields"), el("dl", {}));
