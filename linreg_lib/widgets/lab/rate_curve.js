// The learning-rate control's own picture: where the loss would end for every rate on the slider,
// from where on runs grow, and the limit. It would answer the question that a lab asks, so it shows
// nothing until `reveal` is called or its button pressed.
//
//   const curve = createRateCurve(words, problems);
//   slider.before(curve.above);  slider.after(curve.below);
//   curve.follow(settings);     // at every change: marks the rate, and plans a new scan if need be
//   curve.reveal();  curve.resize();  curve.stop();
//
// The scan trains some hundred times in short slices, so that it never holds up a drag.
import { button, h, put, say, svg } from "../js/dom.js";
import { fill } from "../js/fill.js";
import { clamp, logarithmic, plain, powerLabel, short } from "../js/scales.js";
import { scanRates } from "./rate_scan.js";
import { isRight, positionOf, RATE_HIGH, RATE_LOW, rateAt } from "./settings.js";

const SEEDS = 5;
const THUMB = 16; // the slider's thumb, see css: its center runs from half of it to the other side
const HEIGHT = 30;
const SLICE = 6; // milliseconds of work at a time
const PAUSE = 120; // milliseconds after a change before the work begins

export function createRateCurve(words, problems) {
  const w = words.scan;
  const line = svg("path", { class: "lr-line" });
  const someGrow = svg("path", { class: "lr-bad-ground" });
  const allGrow = svg("path", { class: "lr-bad-ground" });
  const limitLine = svg("path", { class: "lr-limit" });
  const limitText = svg("text", { x: -99, class: "lr-limit-text", y: 10, "text-anchor": "end" }, w.limit);
  const nowLine = svg("path", { class: "lr-cursor" });
  const curve = svg(
    "svg",
    { class: "lr-chart lr-rate-curve", height: HEIGHT, "aria-hidden": "true" },
    [someGrow, allGrow, limitLine, line, nowLine, limitText],
  );
  const ask = button({ label: w.ask, kind: "lr-small lr-scan-ask", onClick: reveal });
  const above = h("div", { class: "lr-rate-slot" });
  const ticks = svg("svg", { class: "lr-chart", height: 16, "aria-hidden": "true" });
  const note = h("p", { class: "lr-hint lr-scan-note", tabindex: "-1" });
  // In the place of the sentence stands, before it, the button that asks for it.
  const below = h("div", {}, ticks, h("div", { class: "lr-scan-said" }, ask, note));

  let width = 0;
  let revealed = false;
  let settings = null;
  let key = ""; // the settings that the scan was made for, or is
  let job = null;
  let found = null; // { points, some, all, limit, floor, startLoss }

  const x = (position) => THUMB / 2 + ((position - RATE_LOW) / (RATE_HIGH - RATE_LOW)) * (width - THUMB);

  function drawTicks() {
    const labels = [-4, -3, -2, -1, 0, 1].map((e) =>
      svg(
        "text",
        { x: clamp(x(100 * e), 14, width - 8), y: 12, "text-anchor": "middle" },
        e < -3 ? "0.0001" : powerLabel(10 ** e),
      ),
    );
    ticks.replaceChildren(...labels);
  }

  function drawNow() {
    if (width && settings) put(nowLine, { d: `M${x(positionOf(settings.lr)).toFixed(1)},0V${HEIGHT}` });
  }

  function draw() {
    if (!width || !revealed) return;
    drawNow();
    say(note, found ? sentence() : w.working);
    if (!found) return;
    const { points, some, all, limit, floor, startLoss } = found;
    const y = logarithmic([Math.max(floor / 3, 1e-14), startLoss * 10], [HEIGHT - 2, 2]);
    const high = (loss) => (Number.isFinite(loss) ? clamp(y(loss), 0, HEIGHT - 1) : 0).toFixed(1);
    put(line, { d: points.map(([at, loss], i) => `${i ? "L" : "M"}${x(at).toFixed(1)},${high(loss)}`).join("") });
    const from = (at) => (at === null ? "" : `M${x(at).toFixed(1)},0H${x(RATE_HIGH)}V${HEIGHT}H${x(at).toFixed(1)}z`);
    put(someGrow, { d: from(some) });
    put(allGrow, { d: from(all) });
    const at = limit && positionOf(limit);
    put(limitLine, { d: limit ? `M${x(at).toFixed(1)},0V${HEIGHT}` : "" });
    put(limitText, { x: limit ? x(at) - 4 : -99 });
  }

  function sentence() {
    const { some, all, limit, size } = found;
    const kind = some === null ? "none" : all === null ? "someOnly" : some === all ? "same" : "some";
    const rate = (position) => (position === null ? "" : plain(rateAt(position)));
    const said = fill(w[kind], { size, seeds: SEEDS, some: rate(some), all: rate(all) });
    return limit ? `${said} ${fill(w.whole, { limit: short(limit) })}` : said;
  }

  function* work(chosen) {
    const here = problems.of(chosen);
    const cases = [];
    for (let k = 0; k < SEEDS; k++) {
      const one = { ...chosen, seed: (chosen.seed + k) % 2 ** 32 };
      cases.push([one, problems.of(one)]);
      yield;
    }
    // A run grew if the loss on all data stood clearly above where it began, after some epoch.
    const endsOf = (lr) =>
      cases.map(([one, data]) => {
        const { trueLosses } = problems.train({ ...one, lr }, data, { record: false });
        const grew = trueLosses.some((loss) => !(loss <= 1.2 * data.startLoss));
        return { loss: trueLosses.at(-1), grew };
      });
    const result = yield* scanRates(endsOf);
    const limit = isRight(chosen) ? 2 / here.bowl.largest : null;
    const size = Math.min(chosen.batch_size, chosen.num_examples);
    found = { ...result, limit, size, floor: here.bowl.floor, startLoss: here.startLoss };
    draw();
  }

  function stop() {
    clearTimeout(job);
    job = null;
  }

  function start() {
    const { lr: _, axes: __, ...rest } = settings;
    const next = JSON.stringify(rest);
    if (next === key) return;
    key = next;
    stop();
    found = null;
    draw();
    const steps = work({ ...settings });
    const slice = () => {
      const until = performance.now() + SLICE;
      while (performance.now() < until) if (steps.next().done) return;
      job = setTimeout(slice, 16);
    };
    job = setTimeout(slice, PAUSE);
  }

  function reveal() {
    if (revealed) return;
    revealed = true;
    const hadFocus = document.activeElement === ask;
    above.append(curve);
    ask.remove();
    if (hadFocus) note.focus();
    if (settings) start();
    draw();
  }

  return {
    above,
    below,
    get revealed() {
      return revealed;
    },
    reveal,
    follow(next) {
      settings = next;
      if (!revealed) return;
      start();
      drawNow();
    },
    resize() {
      const next = Math.round(below.clientWidth || 0);
      if (!next || next === width) return;
      width = next;
      put(curve, { width, viewBox: `0 0 ${width} ${HEIGHT}` });
      put(ticks, { width, viewBox: `0 0 ${width} 16` });
      drawTicks();
      draw();
    },
    stop,
  };
}
