// What a program printed and warned of, as text, and the stepper with its recording.
//
//   const results = createResults();  results.el;  results.show(recording, engine, view)
//   results.clear();  results.view() -> { step, node, nodes } or null;  results.stop()
import { h, put, say } from "../js/dom.js";
import { createStepper } from "../stepper/stepper.js";
import { PLAY_WORDS } from "./words.js";

export function createResults() {
  const output = h("pre", { class: "lr-printed", tabindex: 0, role: "group", "aria-label": PLAY_WORDS.output });
  const nothing = h("p", { class: "lr-hint" }, PLAY_WORDS.noOutput);
  const warnings = h("ul", { class: "lr-changes", "aria-label": PLAY_WORDS.warnings });
  const steps = h("div", {});
  const el = h(
    "div",
    { class: "lr-results", hidden: true },
    h("p", { class: "lr-subhead" }, PLAY_WORDS.output),
    output,
    nothing,
    warnings,
    h("p", { class: "lr-subhead" }, PLAY_WORDS.steps),
    steps,
  );
  let stepper = null;

  function clear() {
    stepper?.stop();
    stepper = null;
    steps.replaceChildren();
    put(el, { hidden: true });
  }

  return {
    el,
    clear,
    stop: () => stepper?.stop(),
    view: () => stepper?.view() ?? null,
    show(recording, engine, view) {
      clear();
      const printed = recording.steps.map((step) => step.printed ?? "").join("");
      put(output, { hidden: printed === "" });
      put(nothing, { hidden: printed !== "" });
      say(output, printed.trimEnd());
      const said = recording.steps.flatMap((step) =>
        (step.warnings ?? []).map((warned) => h("li", { class: "lr-warning" }, PLAY_WORDS.warning(warned))),
      );
      warnings.replaceChildren(...said);
      put(warnings, { hidden: said.length === 0 });
      put(el, { hidden: false });
      stepper = createStepper({ titles: [""], height: null, start: 0, telling: -1, nodes: view?.nodes ?? null });
      steps.append(stepper.el);
      const end = recording.error ? -1 : 0;
      stepper.load([recording], { pair: view?.step ?? end, stop: view?.node > 0 ? view.node - 1 : null, edited: true });
      stepper.sayEngine(PLAY_WORDS.engine(engine), null);
    },
  };
}
