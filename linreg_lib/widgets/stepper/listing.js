// The code of one program, with the current line marked; an error stands at its line. Long lines
// wrap, for a line that is cut hides what matters as a rule.
//
//   const listing = createListing(height);   height: it scrolls above so many pixels; null: never
//   listing.el;  listing.load(recording, own);  listing.show(state, { failed, text });  listing.current
import { h, put, say } from "../js/dom.js";
import { WORDS } from "./words.js";

export function createListing(height) {
  const list = h("ol", { class: "lr-lines" });
  const el = h("div", { class: "lr-code", role: "group", "aria-label": WORDS.code }, list);
  if (height) put(el, { style: `max-height: ${Number(height)}px` });
  let recording = null;
  let lines = [];
  let current = null;

  // own: numbers of the lines that the other program lacks.
  function load(next, own) {
    recording = next;
    lines = recording.code.split("\n").map((text, i) => {
      const mark = h("span", { class: "lr-mark", "aria-hidden": "true" });
      const differs = own.has(i + 1) && text.trim() !== "";
      const number = h("span", { class: "lr-line-number" }, String(i + 1));
      const indent = text.length - text.trimStart().length;
      const code = h("code", { style: `--lr-indent: ${indent}ch` }, text.slice(0, indent), h("span", {}, text.slice(indent) || " "));
      const item = h("li", { class: differs ? "lr-own-line" : "" }, mark, number, code);
      if (differs) item.append(h("span", { class: "lr-sr-only" }, `(${WORDS.differs})`));
      return { item, mark, code };
    });
    list.replaceChildren(...lines.map((line) => line.item));
  }

  // failed: the program ends here, with an error; text: what is said of it at its line, or null.
  function show(state, { failed, text }) {
    const calls = new Set(state.callers.map(([, line]) => line));
    current = lines[state.line - 1] ?? null;
    lines.forEach(({ item, mark }, i) => {
      const here = state.line === i + 1;
      put(item, { "aria-current": here ? "step" : null, "data-calls": calls.has(i + 1) });
      say(mark, here ? "▶" : calls.has(i + 1) ? "▷" : "");
      const note = item.querySelector(".lr-error");
      const wrong = failed && recording.error.line === i + 1;
      put(item, { "data-wrong": wrong });
      if (note && !wrong) note.remove();
      if (!note && wrong && text) item.append(h("p", { class: "lr-error" }, text));
    });
    if (!current) {
      el.scrollTop = 0;
      return;
    }
    const { offsetTop, offsetHeight } = current.item;
    const low = offsetTop + offsetHeight - el.clientHeight;
    el.scrollTop = Math.max(low, Math.min(el.scrollTop, offsetTop));
  }

  return {
    el,
    load,
    show,
    get current() {
      return current;
    },
  };
}
