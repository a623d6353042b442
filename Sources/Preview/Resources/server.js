// Talking to the preview's server: JSON by GET, and events.

/** A refusal of the server, with the status it answered. */
export class Refusal extends Error {
  constructor(path, status) {
    super(`${path}: ${status}`);
    this.status = status;
  }
}

/** Asks for JSON; throws a `Refusal` where the server refuses, another error where it does not answer. */
export async function ask(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== ""));
  const answer = await fetch(query.size ? `${path}?${query}` : path, { cache: "no-store" });
  if (!answer.ok) throw new Refusal(path, answer.status);
  return answer.json();
}

/** The address of a download. */
export function address(path, parameters) {
  return `${path}?${new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== ""))}`;
}

/** Follows the server's events; `on` has a function for each name, and `open` and `lost` for the connection. */
export function follow(on) {
  const source = new EventSource("/api/events");
  for (const name of ["changed", "layout", "data", "problems"]) {
    source.addEventListener(name, (event) => on[name]?.(JSON.parse(event.data)));
  }
  source.addEventListener("open", () => on.open?.());
  source.addEventListener("error", () => on.lost?.());
}

/** Runs `work` at most one at a time; calls meanwhile are remembered as one. */
export function coalesced(work) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) { again = true; return; }
    running = true;
    try {
      do { again = false; await work(); } while (again);
    } finally { running = false; }
  };
}

/** Runs `work` now, and while calls keep coming at most every `pause` milliseconds. */
export function throttled(work, pause) {
  let timer = 0;
  let isWanted = false;
  return function run() {
    if (timer) { isWanted = true; return; }
    work();
    timer = setTimeout(() => { timer = 0; if (isWanted) { isWanted = false; run(); } }, pause);
  };
}

/** Makes an element; texts are never read as markup. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
