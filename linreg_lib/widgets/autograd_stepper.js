// The autograd stepper: recordings of linreg_lib.autograd.trace, one line at a time.
//
// State of the model: recordings (one, or two to compare), titles, start (pair of steps; negative
// counts from the end), telling (the pair that a printed page shows), height (of the code, in pixels,
// or null), engine ("PyTorch 2.13.0"), runs (how the page's own Python is to run a program, or null:
// not without a kernel), and _editing (the text of editing.js, where there is a kernel).
// With a kernel: ask({ what: "trace", program, code }) -> { program, recording, hint }.
import { pageAddress } from "./js/address.js";
import { connectKernel } from "./js/kernel.js";
import { keyOf, programStore } from "./js/store.js";
import { createEditor, editingParts } from "./stepper/editor.js";
import { kernelComputer } from "./stepper/kernel_computer.js";
import { createStepper } from "./stepper/stepper.js";
import { WORDS } from "./stepper/words.js";

function render({ model, el }) {
  const built = model.get("recordings");
  const titles = model.get("titles").slice(0, built.length);
  const compare = built.length > 1;
  let recordings = [...built];
  const address = pageAddress(el, "stepper");
  const linked = address.read() ?? {};
  const { nodes, ...place } = placeOf(linked);

  const editors = built.map((_, i) =>
    createEditor({
      title: compare ? titles[i] : null,
      parts: () => editingParts(model.get("_editing")),
      shareable: model.get("runs") !== null,
      store: address.owned ? programStore(keyOf("edit", built[i].code)) : null,
      onResult: (recording) => take(i, recording),
      onOriginal: () => take(i, built[i]),
    }),
  );
  const stepper = createStepper({
    titles,
    height: model.get("height"),
    start: model.get("start"),
    telling: model.get("telling"),
    nodes,
    address,
    editors,
  });
  el.append(stepper.el);

  // Another recording in the place of one: the reader stands at its start, or where it failed.
  function take(i, recording) {
    recordings = recordings.map((old, k) => (k === i ? recording : old));
    const original = recordings.every((one, k) => one === built[k]);
    load({ pair: original ? null : 0 });
    if (recording !== built[i] && recording.error) load({ pair: stepper.endOf(i) });
    sayWho();
  }

  function load(where) {
    const own = recordings.map((recording, i) => recording !== built[i]);
    editors.forEach((editor, i) => editor.set(recordings[i].code, !own[i]));
    stepper.load(recordings, { ...where, edited: own.some(Boolean) });
  }

  // In a comparison, each program may have been run by another.
  function sayWho() {
    if (kernel.status !== "none") {
      stepper.sayEngine(kernel.status === "live" ? WORDS.live(kernel.engine) : WORDS.lost, kernel.status);
      return;
    }
    const who = recordings.map((recording, i) =>
      recording === built[i] ? WORDS.recorded(model.get("engine")) : WORDS.inPage(recording.engine),
    );
    const same = who.every((text) => text === who[0]);
    stepper.sayEngine(same ? who[0] : who.map((text, i) => `${titles[i]}: ${text}`).join("; "), null);
  }

  // Who runs an edited program: a kernel, where there is one; else the page itself, where it can.
  const computers = built.map((_, i) =>
    kernelComputer((code) => {
      computers.forEach((other, k) => k !== i && other.fail(WORDS.superseded)); // one question in the air
      return kernel.ask({ what: "trace", program: i, code });
    }),
  );
  const kernel = connectKernel(model, {
    onChange(status) {
      sayWho();
      editors.forEach((editor, i) => editor.offer(status === "live" ? () => computers[i] : null));
      if (status === "lost") computers.forEach((computer) => computer.fail(WORDS.lost));
    },
    onReply: (message) => computers[message.program].reply(message),
    onError: (text) => computers.forEach((computer) => computer.fail(text)),
  });
  const python = address.owned && window.linregEditing ? window.linregPython : null;
  const runs = model.get("runs");
  if (python && python.status !== "absent" && runs) {
    editors.forEach((editor) => editor.offer(({ pageComputer }) => pageComputer(python, runs)));
  }

  load(place);
  sayWho();
  return () => {
    editors.forEach((editor) => editor.stop());
    stepper.stop();
    address.stop();
    kernel.stop();
  };
}

// What a link says; odd values lead somewhere near, or to the start.
function placeOf(linked) {
  const number = (text) => (text && !Number.isNaN(Number(text)) ? Math.round(Number(text)) : null);
  const node = number(linked.node);
  const said = ["true", "false"].includes(linked.nodes) ? linked.nodes === "true" : null;
  return { pair: number(linked.step), stop: node > 0 ? node - 1 : null, nodes: node > 0 || said };
}

export default { render };
