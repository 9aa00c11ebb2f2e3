// What the reader has answered, kept in this browser alone: linregAnswers. And the marks beside the
// chapters in the contents. Where the browser keeps nothing, answers last as long as the page.
(() => {
  "use strict";
  const KEY = "linreg-answers";
  const WORDS = { mark: (solved, count) => `${solved} of ${count} exercises solved` };
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const pageOf = (url) =>
    url.href.startsWith(root.href) ? url.href.slice(root.href.length).replace(/(\.html)?[?#].*|\.html$/g, "") : "";
  const page = pageOf(location);

  // By page: how many exercises it has, and what was said to which.
  let kept = {};
  let keeps = true;
  let total = 0; // exercises on this page
  const isObject = (value) => typeof value === "object" && value !== null;
  function read() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) ?? "{}");
      kept = Object.fromEntries(Object.entries(found ?? {}).filter(([, one]) => isObject(one?.said)));
    } catch (error) {
      if (error instanceof SyntaxError) kept = {};
      else keeps = false; // blocked: what was said stays on the page
    }
  }
  function write() {
    try {
      if (Object.keys(kept).length) localStorage.setItem(KEY, JSON.stringify(kept));
      else localStorage.removeItem(KEY);
    } catch {
      keeps = false; // blocked, or full
    }
    mark();
  }

  function mark() {
    for (const link of document.querySelectorAll(".bd-sidebar-primary a.internal, .toctree-wrapper a.internal")) {
      const { count, said } = kept[pageOf(link)] ?? {};
      const solved = Object.values(said ?? {}).filter((one) => one?.solved).length;
      const old = link.querySelector(".answered");
      if (!count || !solved) {
        old?.remove();
        continue;
      }
      const made = old ?? document.createElement("span");
      made.className = "answered";
      made.title = WORDS.mark(solved, count);
      const seen = document.createElement("span");
      seen.ariaHidden = "true";
      seen.textContent = solved >= count ? "✓" : `${solved}/${count}`;
      const heard = document.createElement("span");
      heard.className = "visually-hidden";
      heard.textContent = ` (${made.title})`;
      made.replaceChildren(seen, heard);
      link.append(made);
    }
  }

  window.linregAnswers = {
    get: (name) => kept[page]?.said?.[name],
    set(name, said) {
      read(); // another tab may have written
      kept[page] ??= { said: {} };
      kept[page].count = total;
      kept[page].said[name] = said;
      write();
    },
    /** Tell how many exercises this page has. */
    count(count) {
      total = count;
      if (!kept[page] || kept[page].count === count) return;
      kept[page].count = count;
      write();
    },
    forget() {
      kept = {};
      write();
    },
    get keeps() {
      return keeps;
    },
  };
  read();
  mark();
  addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    read();
    mark();
  });
})();
