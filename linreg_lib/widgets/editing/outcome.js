// What came of a run besides its recording: what an error means, or that this page cannot run it.
//
//   const outcome = createOutcome({ name, colab, still });
//   outcome.el;  outcome.hint(hint);  outcome.refuse(refused, code);  outcome.clear()
//
// name: of the files to download; colab(code): the address of an unedited program of the book in
// Colab, or null; still: what stood there before a refusal goes on standing there.
import { h, put } from "../js/dom.js";
import { takeAway } from "./take_away.js";
import { EDITOR_WORDS } from "./words.js";

// Words with code between backticks.
export const marked = (text) => text.split("`").map((part, i) => (i % 2 ? h("code", {}, part) : part));

export function createOutcome({ name, colab = () => null, still = false }) {
  const el = h("div", { class: "lr-outcome", hidden: true });

  function show(...parts) {
    el.replaceChildren(...parts.filter(Boolean));
    put(el, { hidden: false });
  }

  // Only a place in the book is linked; in a notebook the book's address is not known.
  function link(address) {
    const root = window.linregEditing?.root;
    const url = root && new URL(address, root);
    return url?.href.startsWith(root) ? h("p", {}, h("a", { href: url.href }, EDITOR_WORDS.read)) : null;
  }

  return {
    el,
    clear() {
      put(el, { hidden: true });
      el.replaceChildren();
    },
    hint({ happened, cause, cure, address }) {
      show(
        h("p", { class: "lr-subhead" }, EDITOR_WORDS.hint),
        h("p", {}, marked(happened)),
        cause && h("p", {}, h("strong", {}, EDITOR_WORDS.here), marked(cause)),
        cure && h("p", {}, h("strong", {}, EDITOR_WORDS.cure), marked(cure)),
        address && link(address),
      );
    },
    refuse(refused, code) {
      show(
        h("p", { class: "lr-subhead" }, EDITOR_WORDS.refused),
        h("p", {}, EDITOR_WORDS.refusedName(h("code", {}, refused.name)), EDITOR_WORDS.refusedWhy),
        still && h("p", {}, EDITOR_WORDS.refusedStill),
        h("p", {}, EDITOR_WORDS.refusedNext),
        takeAway({ code: () => code, name, colab: colab(code) }).el,
      );
    },
  };
}
