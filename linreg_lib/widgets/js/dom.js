// Small helpers to build the page. Text only ever enters through textContent.
//
//   h("p", { class: "lr-note" }, "text", child)          an HTML element
//   svg("path", { d: "M0,0L9,9" })                       an SVG element
//   put(node, { d, opacity: 0.5 })                       change attributes, only those that differ
//   say(node, "text")                                    change the text, only if it differs
//   slider({ label, min, max, step, onInput })           a labelled range with a visible value
//   toggle, choice, numberField, button                  the other native controls
//
// Each control is { el, input, set(value, text) }: `el` goes on the page, `input` is the native one.
// onInput gets the control's value: a number (slider, numberField), boolean (toggle) or string.

const SVG_NS = "http://www.w3.org/2000/svg";
let unique = 0;

// Ids only tie labels to inputs; they are numbered over the page, so two widgets never clash.
export function freshId(stem) {
  unique += 1;
  return `lr-${stem}-${unique}-${Math.random().toString(36).slice(2, 7)}`;
}

export function put(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === null || value === undefined || value === false) node.removeAttribute(name);
    else {
      const text = value === true ? "" : String(value);
      if (node.getAttribute(name) !== text) node.setAttribute(name, text);
    }
  }
  return node;
}

export function say(node, text) {
  if (node.textContent === text) return;
  // Where there is a text already, changing it costs the page less than a new one.
  if (node.childNodes.length === 1 && node.firstChild.nodeType === Node.TEXT_NODE) node.firstChild.data = text;
  else node.textContent = text;
}

export function h(tag, attributes = {}, ...children) {
  const node = put(document.createElement(tag), attributes);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = put(document.createElementNS(SVG_NS, tag), attributes);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

// A finger that lands on a slider may be about to scroll the page: what the touch has set counts
// once the finger moves sideways or is lifted, and is taken back when the page scrolls instead.
function heldWhileUndecided(input, tell) {
  let start = null;
  input.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") start = { x: event.clientX, y: event.clientY, value: input.value };
  });
  input.addEventListener("pointermove", (event) => {
    if (!start) return;
    const [dx, dy] = [Math.abs(event.clientX - start.x), Math.abs(event.clientY - start.y)];
    if (dx > 6 && dx > dy) decide();
  });
  input.addEventListener("pointerup", decide);
  input.addEventListener("pointercancel", () => {
    if (start) input.value = start.value;
    start = null;
  });
  function decide() {
    if (!start) return;
    const moved = input.value !== start.value;
    start = null;
    if (moved) tell();
  }
  return () => start !== null;
}

// `below` may hold marks that belong to the track; they get the class lr-slider-below.
export function slider({ label, min, max, step = 1, onInput, below = null, hint = null }) {
  const id = freshId("slider");
  const output = h("output", { class: "lr-value", for: id });
  const tell = () => onInput(Number(input.value));
  const input = h("input", { type: "range", id, min, max, step, oninput: () => held() || tell() });
  const held = heldWhileUndecided(input, tell);
  const el = h(
    "div",
    { class: "lr-control lr-slider" },
    h("div", { class: "lr-label-row" }, h("label", { for: id }, label), h("span", { class: "lr-value-place" }, output)),
    input,
    below && h("div", { class: "lr-slider-below" }, below),
  );
  if (hint) describe(el, input, hint);
  const set = (value, text = String(value)) => {
    if (Number(input.value) !== value) input.value = String(value);
    put(input, { "aria-valuetext": text });
    say(output, text);
  };
  return { el, input, output, set };
}

export function toggle({ label, onInput, hint = null }) {
  const id = freshId("toggle");
  const input = h("input", { type: "checkbox", id, onchange: () => onInput(input.checked) });
  const el = h("div", { class: "lr-control lr-toggle" }, input, h("label", { for: id }, label));
  if (hint) describe(el, input, hint);
  const set = (value) => {
    input.checked = value;
  };
  return { el, input, set };
}

// options: [[value, text], ...]
export function choice({ label, options, onInput }) {
  const id = freshId("choice");
  const input = h(
    "select",
    { id, onchange: () => onInput(input.value) },
    options.map(([value, text]) => h("option", { value }, text)),
  );
  const el = h("div", { class: "lr-control lr-choice" }, h("label", { for: id }, label), input);
  const set = (value) => {
    if (input.value !== value) input.value = value;
  };
  return { el, input, set };
}

export function numberField({ label, min, max, step = 1, onInput }) {
  const id = freshId("number");
  const input = h("input", {
    type: "number",
    inputmode: "numeric",
    id,
    min,
    max,
    step,
    oninput: () => accepted() && onInput(Number(input.value)),
    // What was refused does not stay in the field as if it counted.
    onchange: () => accepted() || (input.value = good),
  });
  let good = "";
  const accepted = () => {
    const fine = input.value !== "" && input.validity.valid;
    if (fine) good = input.value;
    return fine;
  };
  const el = h("div", { class: "lr-control lr-number" }, h("label", { for: id }, label), input);
  const set = (value) => {
    good = String(value);
    if (Number(input.value) !== value || input.value === "") input.value = good;
  };
  return { el, input, set };
}

export function button({ label, onClick, kind = "" }) {
  return h("button", { type: "button", class: `lr-button ${kind}`.trim(), onclick: onClick }, label);
}

function describe(el, input, text) {
  const id = freshId("hint");
  el.append(h("p", { class: "lr-hint", id }, text));
  put(input, { "aria-describedby": id });
}
