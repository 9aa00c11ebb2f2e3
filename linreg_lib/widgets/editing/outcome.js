// What came of a run besides its recording: what an error means, or that this page cannot run it.
//
//   const outcome = createOutcome({ name, colab, still });
//   outcome.el;  outcome.hint(hint);  outcome.refuse(refused, code);  outcome.clear()
//
// name: of the files to download; colab(code): the address of an unedited program of the book in
// Colab, or null; still: what stood there before a refusal goes on standing there.
import { h, put } from "../js/dom.js";
import { marked } from "./marked.js";
import { takeAway } from "./take_away.js";
import { EDITOR_WORDS } from "./words.js";

export function createOutcome({ name, colab = () => null, still = false }) {
  const el = h("div", { class: "lr-outcome", hidden: true });

  function show(...parts) {
    el.replaceChildren(...parts.filter(Boolean));
    put(el, { hidden: false });
  }

  // On the page only a place in the book is linked; a kernel may know where the book is (url).
  function link(address, url) {
    const root = window.linregEditing?.root;
    const href = root ? new URL(address, root).href : (url ?? "");
    return href.startsWith(root ?? "http") ? h("p", {}, h("a", { href }, EDITOR_WORDS.read)) : null;
  }

  return {
    el,
    clear() {
      put(el, { hidden: true });
      el.replaceChildren();
    },
    hint({ happened, cause, cure, address, url }) {
      show(
        h("p", { class: "lr-subhead" }, EDITOR_WORDS.hint),
        h("p", {}, marked(happened)),
        cause && h("p", {}, h("strong", {}, EDITOR_WORDS.here), marked(cause)),
        cure && h("p", {}, h("strong", {}, EDITOR_WORDS.cure), marked(cure)),
        address && link(address, url),
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
