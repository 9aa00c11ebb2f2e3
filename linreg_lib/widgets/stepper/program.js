// One program: its code, what changed, its graph, and its tensors.
//
//   const program = createProgram(title, { height, compact, editor });   title: null where there is but one
//   program.stage, program.below     for the page: code and graph; tensors and what was printed
//   program.load(recording, own);  program.show(k, { stop, waits, unlike })
//   stop: of the line's backward, or null where the line has run; editor: editor.js, or null
import { h, put, say } from "../js/dom.js";
import { changedFields, createExpander } from "../js/expand.js";
import { sayStop } from "../js/narration.js";
import { sayChange, sayCut, sayEnd } from "../js/sentences.js";
import { BACKWARD } from "../../words/backward.toml";
import { CHANGES } from "../../words/changes.toml";
import { createDrawing } from "./drawing.js";
import { createListing } from "./listing.js";
import { filmState, stopsOf } from "./positions.js";
import { createTensors } from "./tensors.js";
import { createThread } from "./thread.js";
import { WORDS } from "./words.js";

export function createProgram(title, { height, compact, editor }) {
  const titled = (text) => (title ? `${text}, ${title}` : text);
  const listing = createListing(height);
  const where = h("p", { class: "lr-where" });
  const changes = h("ul", { class: "lr-changes", "aria-label": WORDS.changed });
  const words = h("div", { class: "lr-words" }, title && h("p", { class: "lr-program-title" }, title), where, changes);
  const printed = h("pre", { class: "lr-printed", role: "group", "aria-label": WORDS.printed });
  const printedPart = h("div", { hidden: true }, h("p", { class: "lr-hint" }, WORDS.printed), printed);
  const table = createTensors(titled(WORDS.tensors));
  const graph = h("div", { class: "lr-graph", role: "group", "aria-label": titled(WORDS.graph) });
  const stage = h(
    "div",
    { class: "lr-program", role: "group", "aria-label": title ?? WORDS.code },
    h("div", { class: "lr-code-part" }, listing.el, editor?.el),
    words,
    graph,
  );
  const below = h("div", { class: "lr-below-part" }, title && h("p", { class: "lr-hint" }, title), printedPart, table.el);
  if (editor) editor.onToggle = (open) => put(listing.el, { hidden: open });
  const thread = createThread(stage);

  let recording = null;
  let expand = null;
  let drawing = null;
  let index = 0;
  let inside = false; // in the middle of the line: its backward is walking

  function load(next, own) {
    recording = next;
    expand = createExpander(recording);
    listing.load(recording, own);
    table.load(recording);
    drawing = createDrawing(recording, { compact });
    graph.replaceChildren(drawing.el);
    words.style.minHeight = "";
  }

  // The state at a place, and the one just before it.
  function stateAt(k, stop) {
    const before = k > 0 ? expand(k - 1) : null;
    if (stop === null) return [expand(k), before];
    return [filmState(before, expand(k), stop), stop > 0 ? filmState(before, expand(k), stop - 1) : before];
  }

  function show(k, { stop, waits, unlike }) {
    index = k;
    inside = stop !== null;
    const [state, before] = stateAt(k, stop);
    put(stage, { "data-waits": waits });
    listing.show(state, { failed: failed(), text: compact ? null : errorText() });
    showWords(state, waits);
    const used = new Set(state.now?.film.stops[state.now.index].saved.map((saved) => saved.tensor));
    table.show(state, before, { changed: waits ? new Map() : changedFields(before, state), unlike, used });
    const walked = stopsOf(state).at(-1);
    drawing.show(state, waits ? state : before, state.now ?? (walked && !waits ? { ...walked, done: true } : null));
    const fresh = waits ? [] : drawing.fresh();
    follow(fresh);
    thread.draw(listing.current?.item ?? null, fresh.length > 2 ? fresh.slice(-1) : fresh);
    // Once grown, a part keeps its room: the page below does not jump while stepping back.
    for (const part of [table.el, words]) keepRoom(part);
    for (const part of [listing.el, graph, printed]) {
      const scrolls = part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight;
      put(part, { tabindex: scrolls ? 0 : null }); // else a keyboard could not scroll it
    }
  }

  // Where the picture is larger than its place, what the step made comes into view.
  function follow(targets) {
    const room = graph.getBoundingClientRect();
    for (const box of targets.map((target) => target.getBoundingClientRect())) {
      if (box.bottom > room.bottom) graph.scrollTop += box.bottom - room.bottom + 24;
      else if (box.top < room.top) graph.scrollTop -= room.top - box.top + 24;
      if (box.right > room.right) graph.scrollLeft += box.right - room.right + 24;
      else if (box.left < room.left) graph.scrollLeft -= room.left - box.left + 24;
    }
  }

  const failed = () => recording.error !== null && index === recording.steps.length - 1 && !inside;
  const errorText = () => (failed() ? `${recording.error.type}: ${recording.error.message}` : null);

  function showWords(state, waits) {
    const call = state.callers.at(-1);
    const line = state.line > 0 ? WORDS.atLine(state.line) : WORDS.atStart;
    const last = state.index === recording.steps.length - 1 && !inside;
    if (inside) {
      showStop(line, state);
      return;
    }
    const more = waits ? (last ? WORDS.ended : WORDS.waits) : call ? WORDS.inCall(state.frame, call[1]) : "";
    say(where, more ? `${line}, ${more}` : line);
    // The error stands at its line; where there is little room, here.
    const told = state.changed.filter((fact) => fact.kind !== "error");
    const start = title !== null && state.event === "start"; // two programs need not both say so
    const silent = start || (compact && failed());
    const items = told.length > 0 ? told.map((fact) => arrows(sayChange(CHANGES, fact))) : silent ? [] : [WORDS.nothing[state.event]];
    const notes = state.warnings.map(({ category, message }) => `${category}: ${message}`);
    // A limit that was met, or what the recording left out, is said at its end.
    const end = last && recording.ended.reason !== "error" ? sayEnd(CHANGES, recording) : "";
    changes.replaceChildren(
      ...(compact && failed() ? [h("li", { class: "lr-error" }, errorText())] : []),
      ...items.map((text) => h("li", {}, text)),
      ...notes.map((text) => h("li", { class: "lr-warning" }, text)),
      ...(end ? [h("li", { class: "lr-warning" }, end)] : []),
      ...(last ? recording.cut.map((cut) => h("li", { class: "lr-hint" }, sayCut(CHANGES, cut))) : []),
    );
    const output = recording.steps
      .slice(0, state.index + 1)
      .map((step) => step.printed ?? "")
      .join("");
    put(printedPart, { hidden: output === "" });
    say(printed, output.trimEnd());
  }

  function showStop(line, state) {
    const { film, index: number } = state.now;
    const { name } = recording.nodes.find(({ id }) => id === film.stops[number].node);
    say(where, `${line}, ${WORDS.atStop(number + 1, film.stops.length, name)}`);
    const told = sayStop(BACKWARD, recording, expand(state.index), film, number);
    changes.replaceChildren(...told.map((text) => h("li", {}, text)));
  }

  // What the announcer says of this step.
  function spoken() {
    const told = [...changes.children].map((item) => item.textContent);
    return [title, where.textContent, ...told, compact ? null : errorText()].filter(Boolean).join(". ");
  }

  return {
    stage,
    below,
    load,
    show,
    words: spoken,
    line: () => [title, listing.current?.code.textContent.trim() ?? WORDS.atStart],
    at: (k) => expand(k),
    stop: thread.stop,
  };
}

// "version 0 → 1" must not break at its arrow.
function arrows(text) {
  return text.replaceAll(" → ", "\u00a0→\u00a0");
}

function keepRoom(part) {
  const width = String(part.clientWidth);
  if (part.dataset.width !== width) {
    part.dataset.width = width;
    part.style.minHeight = "";
  }
  part.style.minHeight = `${part.offsetHeight}px`;
}
