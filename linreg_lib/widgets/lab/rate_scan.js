// For every rate on the slider: where does training end, over several seeds? Pure.
//
//   const scan = scanRates(endsOf);       // a generator: one call of next() trains a few times
//   endsOf(lr) -> [{ loss, grew }, ...]   // one entry a seed
//   the value that it returns:
//     points: [[position, median loss], ...]
//     some, all: the slider's position from which some runs grew, and from which all did, at every
//                larger rate too; null if there is none
//
// Single seeds are luck: at the border one run may grow at 1.6 and come home at 1.85.
import { RATE_HIGH, RATE_LOW, rateAt } from "./settings.js";

const STRIDE = 10; // hundredths of a decade, where the borders are looked for first

export function* scanRates(endsOf) {
  const points = [];
  const shares = new Map(); // of the runs that grew, by position

  function* look(position) {
    if (shares.has(position)) return shares.get(position);
    const ends = endsOf(rateAt(position));
    const share = ends.filter(({ grew }) => grew).length / ends.length;
    shares.set(position, share);
    if ((position - RATE_LOW) % STRIDE === 0) points.push([position, median(ends.map(({ loss }) => loss))]);
    yield;
    return share;
  }

  const coarse = [];
  for (let position = RATE_LOW; position <= RATE_HIGH; position += STRIDE) coarse.push(position);
  for (const position of coarse) yield* look(position);

  // The first rate at which a run grew: step by step from the last coarse one below.
  let some = coarse.find((position) => shares.get(position) > 0) ?? null;
  for (let position = (some ?? 0) - STRIDE + 1; some !== null && some > RATE_LOW && position < some; position++) {
    if ((yield* look(position)) > 0) some = position;
  }
  // The rate from which on all grew: downward, until one did not.
  const lastSafe = coarse.findLast((position) => shares.get(position) < 1) ?? RATE_LOW;
  let all = lastSafe + STRIDE <= RATE_HIGH ? lastSafe + STRIDE : null;
  while (all !== null && all - 1 > lastSafe && (yield* look(all - 1)) === 1) all -= 1;
  return { points, some, all };
}

// nan counts as the largest.
function median(values) {
  const sorted = values.map((v) => (Number.isNaN(v) ? Infinity : v)).sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
