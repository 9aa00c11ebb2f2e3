// Minibatches by the rule of linreg_lib.data_iter: a new permutation each epoch, cut into pieces;
// the last piece is short, or left out. Pure; a test holds it against data_iter.
//
//   epochsOf({ num_examples: 10, batch_size: 4, shuffle: true, drop_last: false, seed: 0 }, 2)
//     -> two epochs of minibatches of indices, [[[2, 8, 4, 9], [...], [0, 6]], [...]]
import { generator } from "./random.js";

export function epochsOf({ num_examples: n, batch_size: size, shuffle, drop_last, seed }, epochs) {
  const g = generator(seed);
  return Array.from({ length: epochs }, () => {
    const order = shuffle ? [...g.randperm(n)] : Array.from({ length: n }, (_, i) => i);
    const batches = [];
    for (let i = 0; i < n; i += size) batches.push(order.slice(i, i + size));
    if (drop_last && n % size) batches.pop();
    return batches;
  });
}
