// Loss, weights and bias at the position, each against what it should be, and what became of the
// run in a few words.
//
//   const readouts = createReadouts(words, names, goal);  el.append(readouts.el);
//   readouts.drawRun(shown);  readouts.drawPosition(now);  readouts.spoken   // one sentence
import { h, put, say } from "../js/dom.js";
import { fill } from "../js/fill.js";
import { fixed, plain, short } from "../js/scales.js";

export const lossText = (loss) => (loss >= 1e-5 && loss < 0.1 ? loss.toFixed(loss < 1e-3 ? 6 : 4) : short(loss));

export function createReadouts(words, names, goal) {
  const tile = (name) => {
    const value = h("span", { class: "lr-readout-value" });
    const truth = h("span", { class: "lr-readout-truth" });
    return { value, truth, el: h("div", { class: "lr-readout" }, h("span", { class: "lr-readout-name" }, name), value, truth) };
  };
  const loss = tile(words.readLoss);
  const params = [0, 1, 2].filter((k) => names[k]).map((k) => ({ k, ...tile(names[k]) }));
  for (const { k, truth } of params) say(truth, fill(words.truth, { value: plain(Number(goal[k].toPrecision(4))) }));
  const sentence = h("p", { class: "lr-lab-sentence" });
  const event = h("p", { class: "lr-lab-event" });
  const el = h(
    "div",
    { class: "lr-lab-said" },
    h("div", { class: "lr-readouts", role: "group", "aria-label": words.readouts }, loss.el, params.map((one) => one.el)),
    h("div", { class: "lr-lab-verdict" }, sentence, event),
  );
  let shown = null;
  let spoken = "";

  function drawPosition(now) {
    const { upTo, run, verdict, data } = shown;
    const isEnd = now.at === run.steps;
    const kind = isEnd ? words.kinds[verdict.kind] : "";
    const lossNow = lossText(now.loss);
    const printed = now.printed === null ? "" : fill(words.prints, { value: lossText(now.printed) });
    say(loss.value, lossNow);
    say(loss.truth, printed || fill(words.best, { value: lossText(data.bowl.floor) }));
    for (const { k, value } of params) say(value, fixed(now.theta[k], Math.abs(goal[k]) < 10 ? 3 : 1));
    const where = fill(words.where, { epoch: now.epoch, at: now.at });
    say(sentence, kind ? fill(words.verdict, { where, kind }) : where);
    put(sentence, { "data-kind": isEnd ? verdict.kind : "" });

    const happened = [
      verdict.overflow && verdict.overflow <= upTo && fill(words.overflow, { step: verdict.overflow }),
      verdict.nan && verdict.nan <= upTo && fill(words.nan, { step: verdict.nan }),
    ].filter(Boolean);
    say(event, happened.join(", "));
    const parameters = params.map(({ k, value }) => fill(words.parameter, { name: names[k], value: value.textContent }));
    const parts = { epoch: now.epoch, at: now.at, loss: lossNow, parameters: parameters.join(", ") };
    spoken = [fill(words.spoken, parts), printed, kind, ...happened].filter(Boolean).join(", ");
  }

  return {
    el,
    drawRun(next) {
      shown = next;
    },
    drawPosition,
    get spoken() {
      return spoken;
    },
  };
}
