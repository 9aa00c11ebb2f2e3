/* The finder: a box that answers while one pastes or types (in each .linreg-finder), and what it
   knows of the search's words, above the search's own answers.

   The data are in linregPages (finder-data.js, written at build time), the matcher in
   find-message.js. Everything happens in the browser, from disk too. */

"use strict";

(function () {
  const WORDS = {
    label: "Paste the message, or the whole traceback",
    results: "Pages that fit",
    clear: "Clear",
    one: "One page fits:",
    many: (n) => `${n} pages fit, the best first. What tells them apart stands below each.`,
    similar: "No message in this book says just this. It resembles what these pages explain:",
    described: "No message, then: what you describe may be one of these.",
    none: "This book knows no such message.",
    search: "Search all pages for these words",
    versions: (versions) => ` (PyTorch ${versions})`,
    top: "Explained in this book",
  };
  const root = document.documentElement.dataset.content_root || "./";

  function element(name, { text, ...attributes } = {}, ...children) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /** Words with code between backticks. */
  function marked(text) {
    return text.split("`").map((part, i) => (i % 2 ? element("code", { text: part }) : part));
  }

  function lead(found) {
    if (!found[0].message) return WORDS.described;
    if (!found[0].same) return WORDS.similar;
    return found.length === 1 ? WORDS.one : WORDS.many(found.length);
  }

  function said({ type, text, versions }) {
    const older = versions ? WORDS.versions(versions) : "";
    return element("p", { class: "said" }, element("code", { text: type ? `${type}: ${text}` : text }), older);
  }

  function entry({ page, message }, first) {
    const { at, title, apart } = linregPages.pages[page];
    const item = element("li", {}, element("a", { href: root + at }, ...marked(title)));
    if (message !== first) item.append(said(message)); // the first one stands above the list
    item.append(element("p", {}, ...marked(apart)));
    return item;
  }

  /** Show what fits a text; give whether anything does. */
  function answer(place, text, { search = true } = {}) {
    place.replaceChildren();
    if (text.trim().length < 4) return false;
    const found = linregFind(text, linregPages);
    if (!found.length) {
      place.append(element("p", { text: WORDS.none }));
      const query = encodeURIComponent(text.trim().slice(-300));
      if (search) place.append(element("p", {}, element("a", { href: `${root}search.html?q=${query}`, text: WORDS.search })));
      return false;
    }
    const first = found[0].message;
    place.append(element("p", { text: lead(found) }));
    if (first) place.append(said(first));
    const family = linregFind.familyOf(found, linregPages);
    if (family && found.length > 1) place.append(element("p", {}, ...marked(family.ask)));
    place.append(element("ol", {}, ...found.map((one) => entry(one, first))));
    return true;
  }

  function box(place) {
    const id = "linreg-finder-text";
    const field = element("textarea", { id, rows: 5, spellcheck: "false", autocomplete: "off", autocapitalize: "off" });
    const clear = element("button", { type: "button", class: "btn btn-sm", text: WORDS.clear });
    const results = element("div", { role: "region", "aria-label": WORDS.results, "aria-live": "polite" });
    let waiting;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => answer(results, field.value), 250); // a reader may be typing
    });
    clear.addEventListener("click", () => {
      clearTimeout(waiting);
      field.value = "";
      results.replaceChildren();
      field.focus();
    });
    place.replaceChildren(element("label", { for: id, text: WORDS.label }), field, clear, results);
  }

  /** Put the pages that explain a message on top of the answers that Sphinx's search gives. */
  function answerQuery(query) {
    const answers = document.getElementById("search-results");
    if (!answers) return false;
    let place = document.getElementById("linreg-answers");
    if (!place) {
      place = element("section", { id: "linreg-answers", class: "linreg-finder", "aria-live": "polite" });
      answers.before(place);
    }
    const known = answer(place, query, { search: false });
    place.hidden = !known;
    if (known) place.prepend(element("h2", { text: WORDS.top }));
    return known;
  }

  window.linregAnswer = answerQuery;
  document.querySelectorAll("div.linreg-finder").forEach(box);
  const query = new URLSearchParams(location.search).get("q");
  if (query) answerQuery(query);
})();
