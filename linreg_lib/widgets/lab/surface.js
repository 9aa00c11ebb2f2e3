// The loss surface of linear regression: a bowl, known exactly. Pure.
//
//   const s = surface(features, labels);
//   s.best        // [w1, w2, b] of least squares;  s.floor: the loss there
//   s.hessian     // 3 x 3 second derivatives of the mean loss, AᵀA / n with A = [X 1]
//   s.largest     // its largest eigenvalue: full-batch descent converges for lr < 2 / largest
//   s.loss([w1, w2, b]);  ellipses(s, [0, 1], [0.1, 1]) -> [{ rx, ry, angle }, ...] around s.best

export function surface(x, y) {
  const n = y.length;
  const hessian = [0, 0, 0].map(() => [0, 0, 0]);
  const side = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    const row = [x[2 * k], x[2 * k + 1], 1];
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) hessian[i][j] += (row[i] * row[j]) / n;
      side[i] += (row[i] * y[k]) / n;
    }
  }
  const best = solve(hessian, side);
  let floor = 0;
  for (let k = 0; k < n; k++) {
    floor += (best[0] * x[2 * k] + best[1] * x[2 * k + 1] + best[2] - y[k]) ** 2 / 2 / n;
  }
  const loss = (theta) => {
    const d = theta.map((t, i) => t - best[i]);
    let bowl = 0;
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) bowl += (d[i] * hessian[i][j] * d[j]) / 2;
    return floor + bowl;
  };
  return { best, floor, hessian, largest: largestEigenvalue(hessian), loss };
}

// Gaussian elimination with pivoting. A column of zeros is a feature that is not there: weight 0.
function solve(matrix, side) {
  const a = matrix.map((row, i) => [...row, side[i]]);
  const d = side.length;
  for (let c = 0; c < d; c++) {
    const pivot = a.slice(c).reduce((best, row, i) => (Math.abs(row[c]) > Math.abs(a[best][c]) ? c + i : best), c);
    [a[c], a[pivot]] = [a[pivot], a[c]];
    if (a[c][c] === 0) a[c][c] = 1;
    for (let r = 0; r < d; r++) {
      if (r === c) continue;
      const factor = a[r][c] / a[c][c];
      for (let k = c; k <= d; k++) a[r][k] -= factor * a[c][k];
    }
  }
  return a.map((row, i) => row[d] / row[i]);
}

// Of a symmetric 3 x 3 matrix, by its characteristic polynomial (trigonometric form).
function largestEigenvalue(a) {
  const mean = (a[0][0] + a[1][1] + a[2][2]) / 3;
  const off = a[0][1] ** 2 + a[0][2] ** 2 + a[1][2] ** 2;
  const spread = Math.sqrt((a.reduce((sum, row, i) => sum + (row[i] - mean) ** 2, 0) + 2 * off) / 6);
  if (spread === 0) return mean;
  const m = a.map((row, i) => row.map((v, j) => (v - (i === j ? mean : 0)) / spread));
  const det =
    m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
    m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
    m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  return mean + 2 * spread * Math.cos(Math.acos(Math.min(1, Math.max(-1, det / 2))) / 3);
}

// Where the loss lies `rise` above its floor, in the plane of two parameters (the third at its
// best): half axes and the angle of the first one, in the parameters' own units, radians.
export function ellipses({ hessian }, [i, j], rises) {
  const [a, b, c] = [hessian[i][i], hessian[i][j], hessian[j][j]];
  const middle = (a + c) / 2;
  const spread = Math.hypot((a - c) / 2, b);
  const angle = 0.5 * Math.atan2(2 * b, a - c);
  return rises.map((rise) => ({
    rise,
    rx: Math.sqrt((2 * rise) / (middle + spread)),
    ry: Math.sqrt((2 * rise) / Math.max(middle - spread, 1e-12)),
    angle,
  }));
}
