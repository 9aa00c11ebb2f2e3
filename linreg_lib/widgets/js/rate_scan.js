// The learning-rate control's own picture: for every rate on the slider, where the loss would end
// under the present settings; the theoretical limit 2/λmax; and the rate from which the loss grew.
//
//   const scan = createRateScan(words);  label.after(scan.curve);  slider.after(scan.el);
//   scan.start({ endLoss: (lr) => 0.00005, startLoss: 16, floor: 5e-5, rateAt });
//   scan.mark(limit, lr);  scan.resize();  scan.stop();
//
// The scan runs the engine some seventy times, in idle slices, so that it never holds up a drag.
import { h, put, say, svg } from "./dom.js";
import { clamp, logarithmic, plain, powerLabel, short } from "./scales.js";

const SCAN_LOW = -400; // hundredths of a decade, as on the slider
const SCAN_HIGH = 100;
const SCAN_STRIDE = 10;
const SCAN_THUMB = 16; // the slider's thumb, see css: its center runs from half of it to the other side
const SCAN_HEIGHT = 38;
const SCAN_SLICE = 8; // milliseconds of work at a time

export function createRateScan(words) {
  const line = svg("path", { class: "lr-line" });
  const bad = svg("path", { class: "lr-bad-ground" });
  const limitLine = svg("path", { class: "lr-limit" });
  const limitText = svg("text", { class: "lr-limit-text", y: 10, "text-anchor": "end" }, words.limit);
  const nowLine = svg("path", { class: "lr-cursor" });
  const curve = svg(
    "svg",
    { class: "lr-chart lr-rate-curve", height: SCAN_HEIGHT, "aria-hidden": "true" },
    bad,
    limitLine,
    line,
    nowLine,
    limitText,
  );
  const ticks = svg("svg", { class: "lr-chart", height: 16, "aria-hidden": "true" });
  const note = h("p", { class: "lr-hint" });
  const el = h("div", {}, ticks, note);

  let width = 0;
  let job = null;
  let found = [];
  let border = null;
  let last = null; // what start was given
  let limit = NaN;
  let rate = NaN;

  const x = (position) => SCAN_THUMB / 2 + ((position - SCAN_LOW) / (SCAN_HIGH - SCAN_LOW)) * (width - SCAN_THUMB);
  const positionOf = (lr) => Math.log10(lr) * 100;

  function drawTicks() {
    const children = [-4, -3, -2, -1, 0, 1].map((e) =>
      svg(
        "text",
        { x: clamp(x(100 * e), 14, width - 8), y: 12, "text-anchor": "middle" },
        e < -3 ? "0.0001" : powerLabel(10 ** e),
      ),
    );
    ticks.replaceChildren(...children);
  }

  function drawMarks() {
    if (!width) return;
    const inRange = limit > 0 && Number.isFinite(limit);
    put(limitLine, { d: inRange ? `M${x(positionOf(limit)).toFixed(1)},0V${SCAN_HEIGHT}` : "" });
    put(limitText, { x: inRange ? x(positionOf(limit)) - 4 : -99 });
    put(nowLine, { d: `M${x(positionOf(rate)).toFixed(1)},0V${SCAN_HEIGHT}` });
    say(note, words.limitNote(short(limit), border === null ? null : plain(border)));
  }

  function drawCurve() {
    if (!width || !last) return;
    const low = Math.max(last.floor / 3, 1e-14);
    const y = logarithmic([low, last.startLoss * 10], [SCAN_HEIGHT - 2, 2]);
    let path = "";
    for (const [position, loss] of found) {
      const top = Number.isFinite(loss) ? clamp(y(loss), 0, SCAN_HEIGHT - 1) : 0;
      path += `${path ? "L" : "M"}${x(position).toFixed(1)},${top.toFixed(1)}`;
    }
    put(line, { d: path });
    put(bad, { d: border === null ? "" : `M${x(positionOf(border)).toFixed(1)},0H${x(SCAN_HIGH)}V${SCAN_HEIGHT}H${x(positionOf(border)).toFixed(1)}z` });
    drawMarks();
  }

  function* work({ endLoss, startLoss, rateAt }) {
    const grows = (loss) => !(loss <= startLoss);
    const points = [];
    for (let position = SCAN_LOW; position <= SCAN_HIGH; position += SCAN_STRIDE) {
      points.push([position, endLoss(10 ** (position / 100))]);
      yield;
    }
    // The border: above the largest rate whose loss did not grow.
    let under = points.findLast(([, loss]) => !grows(loss))?.[0] ?? SCAN_LOW;
    let over = under + SCAN_STRIDE;
    while (over - under > 1 && under < SCAN_HIGH) {
      const middle = Math.round((under + over) / 2);
      if (grows(endLoss(10 ** (middle / 100)))) over = middle;
      else under = middle;
      yield;
    }
    found = points;
    border = over > SCAN_HIGH ? null : rateAt(over);
    drawCurve();
  }

  function stop() {
    clearTimeout(job);
    job = null;
  }

  function start(options) {
    stop();
    last = options;
    const steps = work(options);
    const slice = () => {
      const until = performance.now() + SCAN_SLICE;
      while (performance.now() < until) {
        if (steps.next().done) return stop();
      }
      job = setTimeout(slice, 16);
    };
    job = setTimeout(slice, 120);
  }

  function resize() {
    const next = Math.round(curve.parentElement?.clientWidth || 0);
    if (!next || next === width) return;
    width = next;
    for (const [node, height] of [
      [curve, SCAN_HEIGHT],
      [ticks, 16],
    ]) {
      put(node, { width, viewBox: `0 0 ${width} ${height}` });
    }
    drawTicks();
    drawCurve();
    drawMarks();
  }

  return {
    el,
    curve,
    start,
    stop,
    mark(newLimit, lr) {
      limit = newLimit;
      rate = lr;
      drawMarks();
    },
    resize,
  };
}
