// The training loop of the book in float32, step by step as PyTorch takes it; pure, without a page.
//
//   const run = train({
//     features, labels,                 // Float32Array (n, 2) row by row, and (n)
//     start: [w1, w2], orders,          // start weights (the bias starts at 0); one order an epoch
//     single: false,                    // one feature only: the second column and its weight are 0
//     lr, batchSize,                    // the last minibatch of an epoch may be shorter
//     clear: true,                      // clear gradients after each step
//     divide: true,                     // divide the step by the size of the minibatch
//     reshape: true,                    // give the labels the shape of the predictions
//     update: "inplace",                // or "momentum", "adam"; "rebind": `param = param - ...` in a
//                                       // loop, w and b never change
//   });
//   run.steps, run.perEpoch             // how many
//   run.losses                          // (steps) mean loss of the minibatch, before its update
//   run.params                          // (steps, 3) w1, w2, b after the update
//   run.grads                           // (steps, 3) .grad as the update finds it
//   run.epochLosses                     // loss on all data after each epoch, as this code computes it
//   run.trueLosses                      // the same with labels of the right shape
//
// With record: false only the two lists of epoch losses are filled. A test compares every number
// with PyTorch's over random settings. `f` (Math.fround) rounds to float32 where PyTorch does;
// sums over a minibatch are kept in double and rounded once, where PyTorch adds up in float32.

import { createUpdate } from "./updates.js";

const f = Math.fround;

export function train({
  features: x,
  labels: y,
  start,
  orders,
  single = false,
  lr,
  batchSize,
  clear = true,
  divide = true,
  reshape = true,
  update = "inplace",
  record = true,
}) {
  const n = y.length;
  const rate = f(lr);
  const perEpoch = Math.ceil(n / batchSize);
  const steps = perEpoch * orders.length;
  const kept = record ? steps : 0;
  const losses = new Float32Array(kept);
  const params = new Float32Array(3 * kept);
  const grads = new Float32Array(3 * kept);
  const epochLosses = [];
  const trueLosses = [];
  const move = update === "momentum" || update === "adam" ? createUpdate(update, lr) : null;
  const batchLoss = reshape ? elementwise : broadcast;

  let w1 = f(start[0]);
  let w2 = f(start[1]);
  let b = 0;
  // .grad of each parameter, and what one backward pass adds to it
  let grad1 = 0;
  let grad2 = 0;
  let grad3 = 0;
  let add1 = 0;
  let add2 = 0;
  let add3 = 0;

  // (n, 1) - (n, 1): one residual an example. Returns the sum of the losses; sets the gradients.
  function elementwise(order, from, to) {
    let sum = 0;
    add1 = add2 = add3 = 0;
    for (let k = from; k < to; k++) {
      const i = order[k];
      const x1 = x[2 * i];
      const x2 = x[2 * i + 1];
      const r = f(f(f(x1 * w1 + x2 * w2) + b) - y[i]);
      sum += f(f(r * r) / 2);
      const g = f(f(2 * r) / 2); // doubled, then halved: what autograd does to ( )**2 / 2
      add1 += f(g * x1);
      add2 += f(g * x2);
      add3 += g;
    }
    return sum;
  }

  // (n, 1) - (n,) is (n, n): every prediction is held against every label of the minibatch. The
  // sum over labels has a closed form, so this costs no more than the other.
  function broadcast(order, from, to) {
    const m = to - from;
    let sumY = 0;
    let sumYHat = 0;
    for (let k = from; k < to; k++) {
      const i = order[k];
      sumY += y[i];
      sumYHat += f(f(x[2 * i] * w1 + x[2 * i + 1] * w2) + b);
    }
    let spread = (m * (sumYHat - sumY) ** 2) / m / m;
    add1 = add2 = add3 = 0;
    for (let k = from; k < to; k++) {
      const i = order[k];
      const x1 = x[2 * i];
      const x2 = x[2 * i + 1];
      const yHat = f(f(x1 * w1 + x2 * w2) + b);
      spread += (yHat - sumYHat / m) ** 2 + (y[i] - sumY / m) ** 2;
      const g = f(m * yHat - sumY);
      add1 += f(g * x1);
      add2 += f(g * x2);
      add3 += g;
    }
    if (Number.isFinite(sumYHat)) return (m * spread) / 2;
    return Number.isNaN(sumYHat) ? NaN : Infinity;
  }

  const everything = Uint32Array.from({ length: n }, (_, i) => i);
  let step = 0;
  for (const order of orders) {
    for (let from = 0; from < n; from += batchSize, step++) {
      const to = Math.min(from + batchSize, n);
      const size = to - from;
      const sum = batchLoss(order, from, to);
      grad1 = f(grad1 + f(add1));
      grad2 = single ? 0 : f(grad2 + f(add2)); // 0 times inf is nan: it must not creep in here
      grad3 = f(grad3 + f(add3));
      if (record) {
        losses[step] = f(sum) / size / (reshape ? 1 : size);
        grads[3 * step] = grad1;
        grads[3 * step + 1] = grad2;
        grads[3 * step + 2] = grad3;
      }
      const by = divide ? size : 1;
      if (move) {
        w1 = f(w1 - move(0, grad1, by));
        if (!single) w2 = f(w2 - move(1, grad2, by));
        b = f(b - move(2, grad3, by));
      } else if (update !== "rebind") {
        w1 = f(w1 - f(f(rate * grad1) / by));
        w2 = f(w2 - f(f(rate * grad2) / by));
        b = f(b - f(f(rate * grad3) / by));
      }
      if (clear) grad1 = grad2 = grad3 = 0;
      if (record) {
        params[3 * step] = w1;
        params[3 * step + 1] = w2;
        params[3 * step + 2] = b;
      }
    }
    trueLosses.push(f(f(elementwise(everything, 0, n)) / n));
    epochLosses.push(reshape ? trueLosses.at(-1) : f(f(broadcast(everything, 0, n)) / n / n));
  }
  return { steps, perEpoch, losses, params, grads, epochLosses, trueLosses };
}
