// The way to the real PyTorch: a program as a file or as a notebook, and how to go on with it.
//
//   const away = takeAway({ code: () => text, name, colab });  away.el
//   notebookOf(code, name) -> the notebook's text
//
// colab: the address at which Colab opens this very program, or null: what a reader has written is
// on no server, so it goes there by hand. first: a button before the others.
import { button, h } from "../js/dom.js";
import { EDITOR_WORDS } from "./words.js";

export function notebookOf(code) {
  const lines = code.trimEnd().split("\n");
  const cell = {
    cell_type: "code",
    id: "program",
    metadata: {},
    execution_count: null,
    outputs: [],
    source: lines.map((line, i) => (i < lines.length - 1 ? `${line}\n` : line)),
  };
  const kernelspec = { display_name: "Python 3", language: "python", name: "python3" };
  const notebook = { cells: [cell], metadata: { kernelspec, language_info: { name: "python" } }, nbformat: 4, nbformat_minor: 5 };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

export function download(text, file, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: url, download: file, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // a browser may ask where to put it
}

export function takeAway({ code, name, colab = null, first = null }) {
  const outside = (href, text) => h("a", { href, rel: "noopener" }, text);
  const el = h(
    "div",
    { class: "lr-take-away" },
    h(
      "div",
      { class: "lr-buttons" },
      first,
      button({ label: EDITOR_WORDS.notebook, onClick: () => download(notebookOf(code()), `${name}.ipynb`, "application/x-ipynb+json") }),
      button({ label: EDITOR_WORDS.python, onClick: () => download(`${code().trimEnd()}\n`, `${name}.py`, "text/x-python") }),
      colab && h("a", { class: "lr-button", href: colab, rel: "noopener" }, EDITOR_WORDS.openColab),
    ),
    colab ? null : h("p", { class: "lr-hint" }, EDITOR_WORDS.colab(outside(EDITOR_WORDS.colabAddress, EDITOR_WORDS.colabName))),
  );
  return { el };
}
