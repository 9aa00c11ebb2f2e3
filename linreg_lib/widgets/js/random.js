// PyTorch's random numbers on the CPU, number for number: Mersenne twister (mt19937), Box-Muller
// and Fisher-Yates as torch.randn and torch.randperm use them. So a seed means the same data, the
// same start and the same batches on the page as in Python; a test holds this against PyTorch
// (bits of the generator and permutations exactly, normal draws to the last digits of float32).
//
//   const g = generator(0);  g.randn(2000);  g.randperm(1000)
//   const p = problem(0, 1000);  p.x, p.noise, p.start;  p.order(2)   // batch order of the 3rd epoch
//
// `problem` draws in the order of Python's synthetic_data, init_params and data_iter.

export function generator(seed) {
  const next = mersenneTwister(seed);
  let spare = null; // Box-Muller makes two at a time; short draws keep the second for later

  const uniform24 = () => (next() & 0xffffff) / 0x1000000;
  const uniform53 = () => {
    const high = next() & 0x1fffff;
    return (high * 0x100000000 + next()) / 0x20000000000000;
  };

  // Sixteen uniforms become eight pairs (j, j + 8).
  function pairUp(out, at) {
    for (let j = at; j < at + 8; j++) {
      const radius = Math.sqrt(-2 * Math.log(1 - out[j]));
      const angle = 2 * Math.PI * out[j + 8];
      out[j] = radius * Math.cos(angle);
      out[j + 8] = radius * Math.sin(angle);
    }
  }

  function randn(n) {
    const out = new Float32Array(n);
    if (n >= 16) {
      for (let i = 0; i < n; i++) out[i] = uniform24();
      for (let i = 0; i + 16 <= n; i += 16) pairUp(out, i);
      if (n % 16) {
        // what is left over: the last sixteen are drawn anew
        for (let i = n - 16; i < n; i++) out[i] = uniform24();
        pairUp(out, n - 16);
      }
      return out;
    }
    for (let i = 0; i < n; i++) {
      if (spare !== null) {
        out[i] = spare;
        spare = null;
        continue;
      }
      const angle = 2 * Math.PI * uniform53();
      const radius = Math.sqrt(-2 * Math.log1p(-uniform53()));
      out[i] = radius * Math.cos(angle);
      spare = radius * Math.sin(angle);
    }
    return out;
  }

  function randperm(n) {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < n - 1; i++) {
      const j = i + (next() % (n - i));
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  return { randn, randperm };
}

function mersenneTwister(seed) {
  const N = 624;
  const M = 397;
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) {
    const x = state[i - 1] ^ (state[i - 1] >>> 30);
    state[i] = Math.imul(1812433253, x) + i;
  }
  let at = N;
  return () => {
    if (at === N) {
      for (let i = 0; i < N; i++) {
        const y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
        state[i] = state[(i + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      at = 0;
    }
    let y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

// Features (n, 2) row by row, noise of standard deviation 1, weights at the start, batch orders.
// Of one feature only, the second column and its weight are 0. `given` are features that are there
// already: then only the start and the orders are drawn.
export function problem(seed, n, features = 2, given = null) {
  const g = generator(seed);
  const drawn = given ?? g.randn(features * n);
  const x = Float32Array.from({ length: 2 * n }, (_, i) => (features === 2 ? drawn[i] : i % 2 ? 0 : drawn[i / 2]));
  const noise = given ? null : g.randn(n);
  const weights = g.randn(features).map((z) => z * Math.fround(0.01));
  const start = features === 2 ? weights : Float32Array.of(weights[0], 0);
  const orders = [];
  return {
    n,
    x,
    noise,
    start,
    order(epoch) {
      while (orders.length <= epoch) orders.push(g.randperm(n));
      return orders[epoch];
    },
  };
}

// Labels Xw + b + noise in float32, as synthetic_data makes them.
export function labelsOf({ n, x, noise }, { w, b }, noiseStd) {
  const f = Math.fround;
  const y = new Float32Array(n);
  const [w1, w2, bias, std] = [f(w[0]), f(w[1] ?? 0), f(b), f(noiseStd)];
  for (let i = 0; i < n; i++) {
    y[i] = f(f(x[2 * i] * w1 + x[2 * i + 1] * w2) + bias) + f(std * noise[i]);
  }
  return y;
}
