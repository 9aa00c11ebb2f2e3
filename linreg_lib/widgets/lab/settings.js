// What can be set: names, ranges, the steps of the sliders, and settings out of an address. Pure.
// Settings have the names of the Python traits (lr, batch_size, ...) everywhere: in the model, in
// the questions to the kernel and in the page's address.
import { clamp } from "../js/scales.js";

export const SETTINGS = [
  "lr",
  "batch_size",
  "num_epochs",
  "num_examples",
  "noise_std",
  "seed",
  "clear_gradients",
  "divide_by_batch_size",
  "reshape_labels",
  "update",
];
export const RANGES = {
  lr: [1e-4, 10],
  batch_size: [1, 1000],
  num_epochs: [1, 20],
  num_examples: [10, 1000],
  noise_std: [0, 2],
  seed: [0, 2 ** 32 - 1],
};
export const SWITCHES = ["clear_gradients", "divide_by_batch_size", "reshape_labels"];
export const UPDATES = ["inplace", "rebind", "momentum", "adam"];
export const AXES = { "w1,w2": [0, 1], "w1,b": [0, 2], "w2,b": [1, 2] };
export const NOISES = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2];
const BATCHES = [
  ...Array.from({ length: 20 }, (_, i) => i + 1),
  ...[24, 25, 28, 30, 32, 36, 40, 45, 48, 50, 56, 60, 64, 70, 75, 80, 90, 96, 100, 110, 120, 125],
  ...[128, 140, 150, 160, 180, 192, 200, 225, 250, 256, 300, 333, 350, 400, 450, 500, 512, 600],
  ...[700, 800, 900, 1000],
];

export const batchesFor = (n) => [...BATCHES.filter((size) => size < n), n];
export const stepsOf = (s) => s.num_epochs * Math.ceil(s.num_examples / s.batch_size);
// Does the loop make none of the mistakes that the switches stand for?
export const isRight = (s) => SWITCHES.every((name) => s[name]) && s.update === "inplace";

// The slider of the learning rate counts hundredths of a decade.
export const RATE_LOW = -400;
export const RATE_HIGH = 100;
export const positionOf = (lr) => Math.log10(lr) * 100;

// The roundest learning rate within half a step of the slider.
export function rateAt(position) {
  const exact = 10 ** (position / 100);
  for (let digits = 1; digits <= 3; digits++) {
    const round = Number(exact.toPrecision(digits));
    if (Math.abs(positionOf(round) - position) <= 0.5) return round;
  }
  return Number(exact.toPrecision(4));
}

// Settings out of an address: what is missing or senseless there is taken from `fallback`.
export function readSettings(texts, fallback) {
  const settings = { ...fallback };
  for (const [name, [low, high]] of Object.entries(RANGES)) {
    const value = Number(texts[name]);
    if (!texts[name] || !Number.isFinite(value)) continue;
    const whole = name !== "lr" && name !== "noise_std";
    settings[name] = clamp(whole ? Math.round(value) : value, low, high);
  }
  for (const name of SWITCHES) {
    if (["true", "false"].includes(texts[name])) settings[name] = texts[name] === "true";
  }
  if (UPDATES.includes(texts.update)) settings.update = texts.update;
  const axes = texts.axes?.replace("-", ",");
  if (Object.hasOwn(AXES, axes)) settings.axes = axes;
  return settings;
}

// What an address keeps: the settings that differ from those of the page.
export function differing(settings, page) {
  const entries = Object.entries(settings).filter(([name, value]) => value !== page[name]);
  return Object.fromEntries(entries.map(([name, value]) => [name, name === "axes" ? value.replace(",", "-") : value]));
}

// The index of the entry of `list` that is nearest to `value`.
export function nearest(list, value) {
  return list.reduce((best, v, i) => (Math.abs(v - value) < Math.abs(list[best] - value) ? i : best), 0);
}
