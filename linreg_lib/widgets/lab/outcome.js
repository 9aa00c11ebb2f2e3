// What became of a run, as a word and the facts behind it. Pure.
//
//   outcome(run, surface, startLoss) ->
//     { kind, overflow, nan }    // overflow, nan: the first step (from 1) where the loss is not
//                                // finite, and where a parameter is nan; null if it never happens
//   kind: "diverged"    the loss left float32's range
//         "grew"        the loss ended above where it started
//         "unchanged"   w and b are what they were
//         "converged"   the loss on all data ended within twice the least-squares floor, and had
//                       not jumped up on the way
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

function kindOf({ params, trueLosses }, floor, startLoss, bad) {
  const end = trueLosses.at(-1);
  if (bad.overflow || bad.nan || !Number.isFinite(end)) return "diverged";
  if (isStill(params) && Math.abs(end - startLoss) < 1e-6 * startLoss) return "unchanged";
  const losses = [startLoss, ...trueLosses];
  const near = 2 * floor + 1e-10;
  const jumps = trueLosses.some((loss, e) => loss > near && loss > 1.3 * losses[e]);
  if (end <= near) return jumps ? "wobbling" : "converged";

  const ratios = trueLosses.map((loss, e) => (loss - floor) / (losses[e] - floor));
  const last = ratios.at(-1);
  const rises = ratios.length > 2 && ratios.slice(-3).every((ratio) => ratio > 1.01);
  if (rises || trueLosses.every((loss) => loss > startLoss)) return "grew";
  if (ratios.every((ratio) => ratio < 1)) {
    // Every epoch went down. Settling shows in drops that shrink while much is left to lose.
    const drop = losses.at(-2) - end;
    if (last < 0.98 || drop > 0.2 * (startLoss - trueLosses[0])) return "falling";
  }
  return last > 0.75 && last < 1.33 ? "stuck" : "wobbling";
}

function isStill(params) {
  for (let t = 3; t < params.length; t++) if (params[t] !== params[t - 3]) return false;
  return true;
}
