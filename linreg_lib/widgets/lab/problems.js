// The data of a run and the run itself, computed in this page. Pure.
//
//   const problems = createProblems({ w: [2, -3.4], b: 4.2 });    // or (truth, { X, y }): given data
//   const data = problems.of(settings);     // problem, labels, bowl, floor, start, startLoss
//   const run = problems.train(settings, data);
//   momentOf({ run, data, ran }, 120)       // parameters and losses after 120 steps
import { labelsOf, problem } from "../js/random.js";
import { train } from "./engine.js";
import { surface } from "./surface.js";

const MOST_KEPT = 8; // the scan over rates asks for several seeds in turn

export function createProblems(truth, given = {}) {
  const kept = new Map();

  function remember(key, make) {
    const found = kept.get(key) ?? make();
    kept.delete(key); // the newest stands last
    kept.set(key, found);
    if (kept.size > 2 * MOST_KEPT) kept.delete(kept.keys().next().value);
    return found;
  }

  function of({ seed, num_examples, noise_std }) {
    return remember(`${seed} ${num_examples} ${noise_std}`, () => {
      const drawn = remember(`${seed} ${num_examples}`, () => problem(seed, num_examples, truth.w.length, given.X));
      const labels = given.y ? Float32Array.from(given.y) : labelsOf(drawn, truth, noise_std);
      const bowl = surface(drawn.x, labels);
      const start = [...drawn.start, 0];
      const floor = given.y ? bowl.floor : noise_std ** 2 / 2; // what the noise alone costs
      return { problem: drawn, labels, bowl, floor, start, startLoss: bowl.loss(start) };
    });
  }

  return {
    of,
    train: (s, { problem: p, labels }, more = {}) =>
      train({
        features: p.x,
        labels,
        start: p.start,
        single: truth.w.length === 1,
        orders: Array.from({ length: s.num_epochs }, (_, epoch) => p.order(epoch)),
        lr: s.lr,
        batchSize: s.batch_size,
        clear: s.clear_gradients,
        divide: s.divide_by_batch_size,
        reshape: s.reshape_labels,
        update: s.update,
        ...more,
      }),
  };
}

// After `at` steps: the parameters, the loss on all data, and what the code prints where that differs.
export function momentOf({ run, data, ran }, at) {
  const theta = at === 0 ? data.start : [0, 1, 2].map((k) => run.params[3 * (at - 1) + k]);
  const whole = at > 0 && at % run.perEpoch === 0;
  const epoch = at / run.perEpoch;
  const loss = whole ? run.trueLosses[epoch - 1] : Math.fround(data.bowl.loss(theta));
  const printed = whole && !ran.reshape_labels ? run.epochLosses[epoch - 1] : null;
  return { at, epoch: Math.max(1, Math.ceil(epoch)), theta, loss, printed };
}
