// Updates that remember: how far a parameter moves in a step, in float32 as PyTorch computes it. Pure.
//
//   const move = createUpdate("adam", lr);   // or "momentum"
//   w1 = f(w1 - move(0, grad1, size));       // of parameter 0, 1 or 2: the gradient, the examples in it
const BETA1 = 0.9; // momentum's, too
const BETA2 = 0.999;
const EPSILON = 1e-8;

export function createUpdate(kind, lr) {
  const f = Math.fround;
  const rate = f(lr);
  const velocity = [0, 0, 0];
  const mean = [0, 0, 0];
  const square = [0, 0, 0];
  const steps = [0, 0, 0];

  function momentum(k, grad, by) {
    velocity[k] = f(f(f(BETA1) * velocity[k]) + f(grad / by));
    return f(rate * velocity[k]);
  }

  function adam(k, grad, by) {
    const g = f(grad / by);
    steps[k] += 1;
    mean[k] = f(f(f(BETA1) * mean[k]) + f(f(1 - BETA1) * g));
    square[k] = f(f(f(BETA2) * square[k]) + f(f(1 - BETA2) * f(g * g)));
    const m = f(mean[k] / f(1 - BETA1 ** steps[k]));
    const s = f(square[k] / f(1 - BETA2 ** steps[k]));
    return f(rate * f(m / f(f(Math.sqrt(s)) + f(EPSILON))));
  }

  return kind === "adam" ? adam : momentum;
}
