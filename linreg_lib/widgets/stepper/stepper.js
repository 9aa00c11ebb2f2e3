// The stepper's frame: one program, or two beside each other, and the player that steps through.
//
//   const stepper = createStepper({ titles, height, start, telling, nodes, address, editors });
//   stepper.el, on the page;  then stepper.load(recordings, { pair, stop, edited });  stepper.stop()
//   stepper.view()                { step, node, nodes }: what a link restores (node 0: the line has run)
//   stepper.endOf(i)              the pair of steps with which a program comes to its end
//   stepper.sayEngine(text, status)   who computed
//
// titles: one for each program; start, telling: pairs shown first, and on paper; negative ones count
// from the end. nodes: backward is gone through node by node (null: as usual). pair, stop: where to
// stand (null: the start; the line has run). edited: a reader's program, which no link to this page
// can carry. address: of the page (js/address.js), or null. editors: see program.js.
import { copyText } from "../js/address.js";
import { alignSteps, ownLines } from "../js/align.js";
import { announcer } from "../js/announcer.js";
import { button, h, put, say, toggle } from "../js/dom.js";
import { differences } from "../js/expand.js";
import { createPlayer } from "../js/player.js";
import { nextTo, positionsOf } from "./positions.js";
import { createProgram } from "./program.js";
import { WORDS } from "./words.js";

export function createStepper({ titles, height, start: opening, telling, nodes = null, address = null, editors = [] }) {
  const compare = titles.length > 1;
  const programs = titles.map((title, i) =>
    createProgram(compare ? title : null, { height, compact: compare, editor: editors[i] ?? null }),
  );
  let recordings = [];
  let edited = false;
  let pairs = [];
  let positions = [];
  // One program is gone through node by node; of two, the lines are what is compared.
  const usually = !compare;
  let detailed = nodes ?? usually;

  const voice = announcer();
  const player = createPlayer({
    words: WORDS.player,
    length: () => positions.length - 1,
    onMove: (at) => (show(at), write()),
    seconds: 120,
    slowest: 2000,
    calmStops: null,
    positionText,
  });
  const write = () => edited || address?.write(linkState(), defaults());
  const start = () => fromEnd(opening);
  const fromEnd = (pair) => (pair < 0 ? pairs.length + pair : pair);
  const stopAt = (at) => Math.max(-1, ...positions[at].stops.map((stop) => stop ?? -1)) + 1; // 0: none
  const linkState = () => ({ step: positions[player.at].pair, node: stopAt(player.at), nodes: detailed });
  const defaults = () => ({ step: start(), node: 0, nodes: usually });
  function positionText(at) {
    const text = WORDS.position(positions[at].pair, pairs.length - 1);
    return stopAt(at) > 0 ? WORDS.positionAtStop(text, stopAt(at), positions[at].of) : text;
  }

  const engine = h("span", { class: "lr-engine" });
  const copy = button({
    label: WORDS.copy,
    kind: "lr-quiet",
    onClick: async () =>
      say(copy, (await copyText(address.link(linkState(), defaults()))) ? WORDS.copied : WORDS.notCopied),
  });
  const labels = button({
    label: WORDS.labels,
    kind: "lr-quiet",
    onClick: () => put(labels, { "aria-pressed": String(frame.classList.toggle("lr-labels")) }),
  });
  put(labels, { "aria-pressed": "false" });
  const film = toggle({ label: WORDS.film, onInput: (on) => look(on) });
  const difference = compare ? h("p", { class: "lr-difference" }) : null;
  const foot = h(
    "div",
    { class: "lr-foot" },
    h("span", { class: "lr-legend" }, WORDS.legend),
    h("span", { class: "lr-foot-end" }, labels, engine, address?.owned ? copy : null),
  );
  // On a narrow screen the current line stays beside the controls, which stay in sight.
  const line = h("p", { class: "lr-now", "aria-hidden": "true" });
  const frame = h(
    "div",
    { class: "lr-frame", role: "group", "aria-label": WORDS.widget, onkeydown: onKey },
    h("div", { class: "lr-top" }, h("div", { class: "lr-controls" }, line, player.el), film.el),
    difference,
    h("div", { class: `lr-programs ${compare ? "lr-compare" : ""}` }, programs.map((program) => program.stage)),
    h("div", { class: "lr-below" }, programs.map((program) => program.below)),
    foot,
    voice.el,
  );
  const root = h("div", { class: "lr-widget lr-stepper" }, frame);

  function load(next, { pair = null, stop = null, edited: changed = false } = {}) {
    player.stop();
    recordings = next;
    edited = changed;
    put(copy, { hidden: edited });
    pairs = compare ? alignSteps(...recordings) : recordings[0].steps.map((_, i) => [i]);
    const own = compare ? ownLines(recordings[0].code, recordings[1].code) : [new Set()];
    programs.forEach((program, i) => program.load(recordings[i], own[i]));
    put(film.el, { hidden: !recordings.some(({ steps }) => steps.some((step) => step.films)) });
    place(pair === null ? start() : fromEnd(pair), stop);
  }

  // Goes to a step, or to a stop of its backward.
  function place(pair, stop = null) {
    positions = positionsOf(recordings, pairs, detailed);
    film.set(detailed);
    player.go(nextTo(positions, pair, stop));
    show(player.at);
  }

  // The reader chooses whether to look into backward: the step stays.
  function look(on) {
    const { pair } = positions[player.at];
    player.stop();
    detailed = on;
    place(pair);
    write();
  }

  function show(at) {
    const { pair, at: now, stops } = positions[at];
    const before = pair > 0 ? pairs[pair - 1] : null;
    const unlike = compare ? differences(programs[0].at(now[0]), programs[1].at(now[1])) : [];
    programs.forEach((program, i) => {
      const waits = before !== null && before[i] === now[i];
      program.show(now[i], { stop: stops[i], waits, unlike: new Map(unlike.map(({ name, fields }) => [name, fields])) });
    });
    if (difference) say(difference, at === 0 ? WORDS.nothing.start : differenceWords(unlike));
    line.replaceChildren(...programs.map((program) => h("span", {}, program.line().filter(Boolean).join(": "))));
    say(copy, WORDS.copy);
    voice.say(
      [
        positionText(at),
        ...programs.map((program) => program.words()),
        difference && difference.textContent,
      ]
        .filter(Boolean)
        .join(". "),
    );
  }

  function differenceWords(list) {
    if (list.length === 0) return WORDS.same;
    const parts = list.map(({ name, fields }) => {
      if (fields[0] === "only first") return `${name} (${WORDS.onlyIn(titles[0])})`;
      if (fields[0] === "only second") return `${name} (${WORDS.onlyIn(titles[1])})`;
      return `${name} (${fields.map((field) => WORDS.fields[field]).join(", ")})`;
    });
    return WORDS.differences(parts.join("; "));
  }

  // Arrow keys step from anywhere in the widget but a field that needs them itself.
  function onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("textarea, input")) return;
    if (event.target.getAttribute("tabindex") === "0") return; // it scrolls
    const to = { ArrowLeft: player.at - 1, ArrowRight: player.at + 1, Home: 0, End: positions.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    player.move(to);
  }

  // A printed page shows a step that tells something, unless the reader has chosen one.
  const beforePrint = () => player.at === 0 && show(nextTo(positions, fromEnd(telling)));
  const afterPrint = () => show(player.at);
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);


  // Where a program has come to its end, as one of the positions.
  const endOf = (i) => pairs.findIndex((pair) => pair[i] === recordings[i].steps.length - 1);

  return {
    el: root,
    load,
    endOf,
    view: linkState,
    sayEngine(text, status) {
      put(engine, { "data-status": status });
      say(engine, text);
    },
    stop() {
      player.stop();
      programs.forEach((program) => program.stop());
      voice.stop();
      removeEventListener("beforeprint", beforePrint);
      removeEventListener("afterprint", afterPrint);
      root.remove();
    },
  };
}
