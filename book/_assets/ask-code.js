// Exercises in code: an editor with the start, the check in the page's own Python, hints, and
// solutions side by side, once they are asked for or the exercise is solved. Fetched on use.
(() => {
  "use strict";
  const { element, button, marked, hints } = linregAsk;
  const WORDS = {
    label: (title) => `Your answer: ${title}`,
    check: "Check",
    again: "Start over",
    stop: "Stop",
    loading: (part) => `Loading Python for this page: ${Math.round(100 * part)} %`,
    running: "Checking …",
    stopped: "Stopped.",
    link: "Read about it",
    solution: "Show a solution",
    solutions: (count) => (count === 1 ? "A solution" : `${count} solutions: compare them with yours`),
    refused: (name) => `The page's small PyTorch does not have ${name}. Your answer may be right all the same. `,
    unable: "Here the page cannot run your code. ",
    notebook: "The notebook of this chapter",
    has: " has this exercise and checks it on PyTorch.",
  };

  const notebook = () => element("a", { href: `${location.pathname.split("/").at(-1).replace(/\.html$/, "")}.ipynb`, download: "", text: WORDS.notebook });

  linregAsk.write = async ({ place, data, said, done }, { start, solutions }) => {
    const { createCodeEditor } = await linregEditing();
    const python = window.linregPython;
    const able = python && !["absent", "unable"].includes(python.status);
    const editor = createCodeEditor({ label: WORDS.label(data.title), code: said?.code ?? start, onRun: check });
    const told = element("div", { class: "ask-told", role: "status" });
    const run = button(WORDS.check, check);
    const stop = button(WORDS.stop, () => python.stop(), { class: "ask-button", hidden: "" });
    const again = button(WORDS.again, () => editor.replace(start), { class: "ask-button ask-quiet" });
    const show = button(WORDS.solution, () => reveal(), { class: "ask-button ask-quiet" });
    const shown = element("div", { class: "ask-solutions", role: "status" });
    let busy = false;

    place.querySelector(".ask-start")?.remove();
    const box = element("div", { class: "ask-code lr-widget" }, editor.el, element("div", { class: "ask-row" }, run, stop, again), told);
    place.append(box);
    hints(box, data.hints);
    box.append(show, shown);
    editor.area.addEventListener("change", () => done({ code: editor.value(), solved: false }));
    if (!able) offer(WORDS.unable + (python?.why ? `${python.why} ` : ""));
    editor.focus();

    function offer(text) {
      run.hidden = run.hidden || !able;
      told.dataset.tone = "";
      told.replaceChildren(...marked(text), notebook(), WORDS.has);
    }

    async function check() {
      if (busy || !able) return;
      busy = true;
      const code = editor.value();
      told.dataset.tone = "";
      run.disabled = true;
      try {
        if (!["ready", "busy"].includes(python.status)) {
          await python.start({ onProgress: (part) => (run.textContent = WORDS.loading(part)) });
        }
        run.textContent = WORDS.running;
        stop.hidden = false;
        answer(code, await python.call("check", { name: place.dataset.ask, answer: code }));
      } catch (error) {
        told.replaceChildren(error.kind === "stopped" ? WORDS.stopped : (error.text ?? String(error)));
      }
      stop.hidden = true;
      run.textContent = WORDS.check;
      run.disabled = false;
      busy = false;
    }

    function answer(code, feedback) {
      if (feedback.refused) return offer(WORDS.refused(feedback.refused.name));
      const { passed, message, address } = feedback;
      const lines = message.split("\n").map((line) => element("p", {}, ...marked(line)));
      told.dataset.tone = passed ? "right" : "wrong";
      if (!passed && address) {
        const root = document.documentElement.dataset.content_root || "./";
        lines[0].append(" ", element("a", { href: root + address, text: WORDS.link }), ".");
      }
      told.replaceChildren(...lines);
      done({ code, solved: passed });
      if (passed) reveal();
    }

    function reveal() {
      show.remove();
      const listings = solutions.map((text) => element("pre", { tabindex: "0" }, element("code", { text })));
      shown.replaceChildren(element("p", { text: WORDS.solutions(solutions.length) }), ...listings);
    }
  };
})();
