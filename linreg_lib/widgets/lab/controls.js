// The lab's controls: which there are, what they set, and how they show a setting.
//
//   const controls = createControls({ words, shown, presets, buttons, names, rate, onChange });
//   controls.main, controls.more, controls.axes     // elements for the page (more: null or a fold)
//   controls.show(settings)
//
// onChange gets the part of the settings that the reader changed, { lr: 0.1 }. `rate` is the picture
// that belongs to the learning rate's slider (rate_curve.js).
import { button, choice, h, numberField, put, slider, toggle } from "../js/dom.js";
import { fill } from "../js/fill.js";
import { plain } from "../js/scales.js";
import { AXES, batchesFor, nearest, NOISES, positionOf, RANGES, rateAt, RATE_HIGH, RATE_LOW, SETTINGS, SWITCHES, UPDATES } from "./settings.js";

const ROOM = 560; // pixels from which on the fold is open

export function createControls({ words, shown, presets, buttons, names, rate, onChange }) {
  let settings = null;
  const range = (name, [min, max], valueOf = (v) => v) =>
    slider({ label: words[name], min, max, onInput: (at) => onChange({ [name]: valueOf(at) }), below: name === "lr" ? rate.below : null });

  const inputs = {
    lr: range("lr", [RATE_LOW, RATE_HIGH], rateAt),
    batch_size: range("batch_size", [0, 1], (index) => batchesFor(settings.num_examples)[index]),
    num_epochs: range("num_epochs", RANGES.num_epochs),
    num_examples: range("num_examples", RANGES.num_examples),
    noise_std: range("noise_std", [0, NOISES.length - 1], (index) => NOISES[index]),
    seed: numberField({ label: words.seed, min: RANGES.seed[0], max: RANGES.seed[1], onInput: (seed) => onChange({ seed }) }),
    update: choice({
      label: words.update,
      options: UPDATES.map((name) => [name, words.updates[name]]),
      onInput: (update) => onChange({ update }),
    }),
  };
  for (const name of SWITCHES) {
    inputs[name] = toggle({ label: words[name], onInput: (on) => onChange({ [name]: on }) });
  }
  inputs.lr.el.classList.add("lr-lab-rate");
  inputs.lr.input.before(rate.above);

  const preset = presetMenu(words, presets, onChange);
  const pressed = presetButtons(words, presets, buttons, onChange);
  if (pressed) inputs.lr.output.parentElement.before(pressed.el);
  const axes = choice({
    label: words.axes,
    options: Object.entries(AXES).map(([key, pair]) => [key, pair.map((k) => names[k]).join(", ")]),
    onInput: (key) => onChange({ axes: key }),
  });

  const chosen = (wanted) => wanted.filter((name) => shown.includes(name)).map((name) => inputs[name].el);
  const main = h(
    "div",
    { class: "lr-lab-controls" },
    shown.includes("preset") ? preset.el : null,
    chosen(["lr"]),
    h("div", { class: "lr-lab-pair" }, chosen(["batch_size", "num_epochs"])),
  );
  const more = moreControls(words, chosen(["num_examples", "noise_std", "seed"]), chosen([...SWITCHES, "update"]));

  function show(next) {
    settings = next;
    const sizes = batchesFor(settings.num_examples);
    const size = Math.min(settings.batch_size, settings.num_examples);
    const isAll = size === settings.num_examples;
    inputs.lr.set(Math.round(positionOf(settings.lr)), plain(settings.lr));
    put(inputs.batch_size.input, { max: sizes.length - 1 });
    inputs.batch_size.set(nearest(sizes, size), isAll ? fill(words.all, { n: size }) : String(size));
    inputs.num_epochs.set(settings.num_epochs);
    inputs.num_examples.set(settings.num_examples);
    inputs.noise_std.set(nearest(NOISES, settings.noise_std), plain(settings.noise_std));
    inputs.seed.set(settings.seed);
    for (const name of SWITCHES) inputs[name].set(settings[name]);
    inputs.update.set(settings.update);
    axes.set(settings.axes);
    const match = Object.keys(presets).find((name) => SETTINGS.every((key) => presets[name][key] === settings[key]));
    preset.set(match ?? "");
    pressed?.set(match);
  }

  return {
    main,
    more,
    axes: axes.el,
    rate: inputs.lr.el,
    show,
    // A fold stands open where there is room.
    unfold: (width) => more?.tagName === "DETAILS" && put(more, { open: width >= ROOM || width === 0 }),
  };
}

function presetMenu(words, presets, onChange) {
  const menu = choice({
    label: words.preset,
    options: [["", words.changed], ...Object.keys(presets).map((name) => [name, words.presets[name] ?? name])],
    onInput: (name) => name && onChange({ ...presets[name] }),
  });
  menu.input.options[0].hidden = true;
  return menu;
}

function presetButtons(words, presets, names, onChange) {
  if (!names.length) return null;
  const all = names.map((name) =>
    button({ label: words.pressed[name] ?? words.presets[name] ?? name, kind: "lr-preset", onClick: () => onChange({ ...presets[name] }) }),
  );
  return {
    el: h("div", { class: "lr-lab-presets", role: "group", "aria-label": words.preset }, all),
    set: (match) => all.forEach((one, i) => put(one, { "aria-pressed": String(names[i] === match) })),
  };
}

// What is changed more rarely: a few stand there, many hide in a fold.
function moreControls(words, data, switches) {
  const groups = [
    data.length ? h("div", { class: "lr-lab-data" }, data) : null,
    switches.length ? h("div", { class: "lr-lab-switches" }, switches) : null,
  ].filter(Boolean);
  if (!groups.length) return null;
  if (data.length + switches.length <= 3) return h("div", { class: "lr-lab-more" }, groups);
  return h("details", { class: "lr-lab-more" }, h("summary", {}, words.more), groups);
}
