// What became of a run, as a word and the facts behind it. Pure.
//
//   outcome(run, surface, startLoss) ->
//     { kind, overflow, nan }    // overflow, nan: the first step (from 1) where the loss is not
//                                // finite, and where a parameter is nan; null if it never happens
//   kind: "diverged"    the loss left float32's range
//         "grew"        the loss ended above where it started
//         "unchanged"   w and b are what they were
//         "converged"   the loss on all data ended within twice the least-squares floor
//         "falling"     still on its way down
//         "stuck"       has settled, far above the floor
//         "wobbling"    neither settles nor falls
// The true losses count, those with labels of the right shape, whatever the code at fault printed.

export function firstBad(losses, params) {
  let overflow = null;
  let nan = null;
  for (let t = 0; t < losses.length && nan === null; t++) {
    if (overflow === null && !Number.isFinite(losses[t])) overflow = t + 1;
    if (Number.isNaN(params[3 * t] + params[3 * t + 1] + params[3 * t + 2])) nan = t + 1;
  }
  return { overflow, nan };
}

export function outcome(run, floor, startLoss) {
  const bad = firstBad(run.losses, run.params);
  return { ...bad, kind: kindOf(run, floor, startLoss, bad) };
}

function kindOf({ losses, params, trueLosses }, floor, startLoss, bad) {
  const end = trueLosses.at(-1);
  if (bad.overflow || bad.nan || !Number.isFinite(end)) return "diverged";
  if (isStill(params)) return "unchanged";
  if (end <= 2 * floor + 1e-10) return "converged";
  if (end > startLoss) return "grew";
  const before = trueLosses.length > 1 ? trueLosses.at(-2) : startLoss;
  const change = (end - floor) / (before - floor);
  if (isSmooth(losses) && change < 0.98) return "falling";
  if (change > 0.75 && change < 1.33) return "stuck";
  return "wobbling";
}

function isStill(params) {
  for (let t = 3; t < params.length; t++) if (params[t] !== params[t - 3]) return false;
  return true;
}

// The second half lies below the first in nearly every epoch-sized stretch: a steady descent.
function isSmooth(losses) {
  const parts = 4;
  const size = Math.floor(losses.length / parts);
  if (size < 2) return true;
  const means = Array.from({ length: parts }, (_, p) => {
    let sum = 0;
    for (let t = p * size; t < (p + 1) * size; t++) sum += losses[t];
    return sum / size;
  });
  return means.every((mean, p) => p === 0 || mean < means[p - 1]);
}
