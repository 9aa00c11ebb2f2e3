// Scales, ticks, number formats: pure functions, no page.
//
//   const x = linear([0, 300], [40, 600]);  x(150) -> 320;  x.invert(320) -> 150
//   const y = logarithmic([1e-6, 100], [200, 10]);
//   decades(1e-6, 100) -> [1e-6, ..., 100];  niceTicks(0, 300, 5) -> [0, 50, ..., 300]
//   fixed(2.00004, 3) -> "2.000";  short(0.0000502) -> "0.0000502";  short(3e38) -> "3.00e38"

export function linear([d0, d1], [r0, r1]) {
  const slope = (r1 - r0) / (d1 - d0 || 1);
  const scale = (value) => r0 + (value - d0) * slope;
  scale.invert = (pixel) => d0 + (pixel - r0) / slope;
  return scale;
}

export function logarithmic([d0, d1], range) {
  const inner = linear([Math.log10(d0), Math.log10(d1)], range);
  const scale = (value) => inner(Math.log10(value));
  scale.invert = (pixel) => 10 ** inner.invert(pixel);
  return scale;
}

export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

// Powers of ten from low to high, thinned out to at most `count`.
export function decades(low, high, count = 6) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / count));
  const ticks = [];
  for (let e = last; e >= first; e -= stride) ticks.unshift(10 ** e);
  return ticks;
}

// Round numbers (1, 2 or 5 times a power of ten apart) from low to high, about `count` of them.
export function niceTicks(low, high, count = 5) {
  const raw = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw * 0.999);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    ticks.push(Number((i * step).toPrecision(12)));
  }
  return ticks;
}

const MINUS = "\u2212";
const signed = (text) => (text.startsWith("-") ? MINUS + text.slice(1) : text);

// A fixed number of decimals, with a true minus sign; nan and inf in words.
export function fixed(value, digits) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : `${MINUS}inf`;
  if (Math.abs(value) >= 1e6) return short(value);
  const text = value.toFixed(digits);
  return signed(Number(text) === 0 ? text.replace("-", "") : text);
}

// Three significant digits; plain where that is readable, else with an exponent.
export function short(value, digits = 3) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : `${MINUS}inf`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-5) {
    return signed(value.toExponential(digits - 1).replace("e+", "e").replace("e-", `e${MINUS}`));
  }
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return signed(value.toFixed(decimals));
}

// As a person writes it: 0.03, 10, 0.0001 (no trailing zeros).
export function plain(value) {
  return signed(String(Number(value.toPrecision(6))));
}

const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

// Tick label of a power of ten: 0.01, 1, 100, else 10⁻⁶.
export function powerLabel(value) {
  const e = Math.round(Math.log10(value));
  if (e >= -3 && e <= 3) return plain(value);
  return `10${[...String(e)].map((c) => SUPERSCRIPT[c]).join("")}`;
}
