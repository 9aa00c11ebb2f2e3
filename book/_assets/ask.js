// Questions that listen: predictions, which cover what follows until the reader has said something,
// and exercises answered by a number or a choice. Other kinds register themselves in linregAsk.kinds.
// What a choice or a number deserves to hear comes with the page, in #linreg-asks.
(() => {
  "use strict";
  const WORDS = {
    covered: "What follows is covered until you have said something, or skipped.",
    skip: "Skip: show me",
    say: "That is my prediction",
    number: "Your number",
    uncovered: "What follows is open now. What became of your prediction stands at its end.",
    predicted: "You said",
    skipped: "You skipped this one.",
    so: "It is so:",
    check: "Check",
    noNumber: (text) => `I read no number in “${text}”. Write one number, such as 0.5, 1e-3 or 2/3.`,
    unknown: "That is not it, and I do not know how you came to {answer}.",
    none: "Mark what applies, then check.",
    right: "Right.",
    write: "Write it here",
    solved: "You have solved this one.",
    failed: "The editor did not load. Is the network there? Try again.",
    wrong: (count) => (count === 1 ? "One that you marked does not belong: its reason stands there. " : `${count} that you marked do not belong: the reasons stand there. `),
    missing: (count) => (count === 1 ? "One more applies." : `${count} more apply.`),
    struck: " (struck out)",
    hint: (number, count) => (count === 1 ? "A hint" : `Hint ${number} of ${count}`),
    link: "Read about it",
    kept: "What you answer stays in this browser; nobody else learns of it. ",
    lost: "This browser keeps nothing: your answers last until you leave the page. ",
    forget: "Forget my answers",
    forgotten: "Forgotten. ",
  };

  function element(name, { text, ...attributes } = {}, ...children) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }
  const button = (text, act, attributes = {}) => {
    const made = element("button", { type: "button", class: "ask-button", ...attributes }, ...marked(text));
    made.addEventListener("click", act);
    return made;
  };

  /** Words with code between backticks, and emphasis between asterisks. */
  function marked(text) {
    const stressed = (part) => part.split(/\*(\p{L}[^*]*\p{L}|\p{L})\*/u).map((one, i) => (i % 2 ? element("em", { text: one }) : one));
    return text.split("`").flatMap((part, i) => (i % 2 ? element("code", { class: "literal", text: part }) : stressed(part)));
  }

  /** What is told, once, to whoever listens; `tone` is "right", "wrong" or "". */
  function tell(place, text, tone = "", address = "") {
    place.dataset.tone = tone;
    place.replaceChildren(...marked(text));
    if (address) place.append(" ", element("a", { href: address, text: WORDS.link }), ".");
  }
  const listener = () => element("div", { class: "ask-told" });

  /** Read a number as people write it: 1e-3, 1,000, 0,5, 2/3, 10^-3, 50 %. NaN where there is none. */
  function readNumber(text) {
    let t = text.trim().replace(/[\u2212\u2013]/g, "-").replace(/^(?:[a-z]\w*\s*=|[~≈=])\s*/i, "");
    t = t.replace(/(\d)\s+[a-z][a-z ]*$/i, "$1"); // its unit
    t = t.replace(/(\d)[\s'_\u202f](?=\d{3}(?:\D|$))/g, "$1").replace(/\s*([/*×·^])\s*/g, "$1").replace(/\s+%$/, "%");
    if (/^-?(?!0,)\d{1,3}(,\d{3})+(\.\d+)?$/.test(t)) t = t.replaceAll(",", "");
    t = t.replaceAll(",", ".").replace(/\.$/, "");
    const [, base, exponent] = t.match(/^(?:(.+)[*×·])?10\^\(?(-?\d+)\)?$/) ?? [];
    if (exponent) t = `${base ?? 1}e${exponent}`;
    const parts = (t.endsWith("%") ? `${t.slice(0, -1)}/100` : t).split("/");
    const plain = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
    if (parts.length > 2 || !parts.every((part) => plain.test(part))) return NaN;
    const [over, under = 1] = parts.map(Number);
    return over / under;
  }
  const within = (value, { low, high }) => value >= low - 1e-9 * Math.abs(low) && value <= high + 1e-9 * Math.abs(high);

  /** A field for a number, with its button. */
  function numberField(label, word, act) {
    const field = element("input", { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "done" });
    const form = element("form", { class: "ask-number" }, element("label", {}, ...marked(label), " ", field));
    form.append(element("button", { class: "ask-button", text: word }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim()) act(field.value.trim());
      else field.focus();
    });
    return { form, field };
  }

  // Predictions

  function predict(place) {
    const cover = place.nextElementSibling;
    if (!cover?.classList.contains("predict-cover")) return;
    const name = `predict-${place.dataset.predict}`;
    const right = place.dataset.right.split(" ").map(Number);
    const values = place.dataset.values?.split("|");
    const verdicts = cover.querySelector(".predict-verdicts");
    const told = element("p", { class: "ask-told", text: WORDS.covered });
    const options = place.querySelector(".predict-options");
    const buttons = [];
    let skip;
    let number;

    function indexOf(text) {
      const value = readNumber(text);
      const off = Number(place.dataset.tolerance);
      const close = values.map(Number).findIndex((v) => within(value, { low: v - off, high: v + off }));
      return close < 0 ? values.indexOf("else") : close;
    }

    function open(said, again = false) {
      const index = said.skipped ? -1 : values ? indexOf(said.text) : said.index;
      if (index >= verdicts.children.length / 2) return; // kept from an older edition
      linregAnswers.set(name, said);
      cover.dataset.open = "";
      place.dataset.open = "";
      const lead = element("p", { class: "predict-said", "data-tone": said.skipped ? "" : right.includes(index) ? "right" : "wrong" });
      if (said.skipped) lead.append(WORDS.skipped, " ", WORDS.so);
      else lead.append(`${WORDS.predicted} `, element("b", {}, ...(values ? [said.text] : [...verdicts.querySelectorAll("dt")[index].cloneNode(true).childNodes])), ".");
      const became = element("div", { class: "predict-became" });
      verdicts.before(became);
      became.append(lead, verdicts);
      [...verdicts.querySelectorAll("dt")].forEach((term, i) => {
        const reason = term.nextElementSibling;
        term.hidden = i === index || !right.includes(i) || right.includes(index);
        reason.hidden = term.hidden && i !== index;
        if (i === index) verdicts.prepend(term, reason);
        else if (!term.hidden && !said.skipped) term.prepend(`${WORDS.so} `);
      });
      buttons.forEach((one, i) => {
        one.disabled = i !== index;
        one.ariaPressed = String(i === index);
      });
      if (number) {
        number.field.value = said.text ?? "";
        number.field.readOnly = true;
        number.form.querySelector("button").disabled = true;
      }
      skip.hidden = !said.skipped;
      skip.ariaPressed = String(!!said.skipped);
      if (again) told.textContent = "";
      else tell(told, WORDS.uncovered);
    }

    if (values) {
      number = numberField(WORDS.number, WORDS.say, (text) => {
        if (Number.isNaN(readNumber(text))) tell(told, WORDS.noNumber(text), "wrong");
        else if (!number.field.readOnly) open({ text });
      });
      place.append(number.form);
    } else {
      for (const item of options.children) {
        const index = buttons.length;
        const one = button("", () => "open" in place.dataset || open({ index }), { class: "ask-option", "aria-pressed": "false" });
        one.append(...item.querySelector("p").childNodes);
        item.replaceChildren(one);
        buttons.push(one);
      }
    }
    skip = button(WORDS.skip, () => "open" in place.dataset || open({ skipped: true }), { class: "ask-button ask-quiet" });
    place.append(skip, told);
    const said = linregAnswers.get(name);
    if (said && (said.skipped || (values ? said.text : said.index >= 0))) open(said, true);
    told.role = "status"; // from now on
    if (said || "open" in place.dataset) return;
    if (location.hash.length > 1 && cover.querySelector(`#${CSS.escape(decodeURIComponent(location.hash.slice(1)))}`)) open({ skipped: true }, true);
  }

  // Exercises

  const loaded = {};
  const code = {}; // of the exercises that a reader has begun
  const here = document.currentScript.src;
  /** Fetch a script of the site, once. */
  const load = (name) =>
    (loaded[name] ??= new Promise((ready, fail) => {
      const script = element("script", { src: new URL(name, here).href });
      script.onload = ready;
      script.onerror = () => fail(delete loaded[name]); // a network may come back
      document.head.append(script);
    }));

  /** Code is written in an editor, which is fetched when a reader begins to write. */
  function codeExercise(asked) {
    const { place, data } = asked;
    const told = listener();
    const begin = button(WORDS.write, async () => {
      try {
        await Promise.all([load("ask-code.js"), load(data.file)]);
        await linregAsk.write(asked, code[place.dataset.ask]);
        begin.remove();
      } catch {
        tell(told, WORDS.failed, "wrong");
      }
    });
    place.append(begin, told);
    if (asked.said?.solved) tell(told, WORDS.solved, "right");
  }

  function numberExercise({ place, data, said, done }) {
    const told = listener();
    const { form, field } = numberField(WORDS.number, WORDS.check, answer);
    place.append(form, told);
    function answer(text) {
      const value = readNumber(text);
      if (Number.isNaN(value)) return tell(told, WORDS.noNumber(text), "wrong");
      const solved = within(value, data.right);
      const mistake = data.mistakes.find((one) => within(value, one));
      const reason = solved ? data.passed || WORDS.right : (mistake?.told ?? (data.unknown || WORDS.unknown));
      tell(told, reason.replaceAll("{answer}", text), solved ? "right" : "wrong", solved ? "" : data.address);
      done({ text, solved });
    }
    if (said?.text) {
      field.value = said.text;
      answer(said.text);
    }
  }

  function choiceExercise(asked) {
    return asked.data.several ? several(asked) : oneOf(asked);
  }

  function oneOf({ place, data, said, done }) {
    const tried = new Set();
    const items = [...place.querySelector("ul").children].map((item, index) => {
      const told = listener();
      const one = button("", () => answer(index), { class: "ask-option" });
      one.append(...item.querySelector("p").childNodes);
      item.replaceChildren(one, told);
      return { one, told };
    });
    function answer(index) {
      const { one, told } = items[index];
      if (one.ariaDisabled === "true" || place.dataset.solved) return;
      const { key, right, told: reason } = data.choices[index];
      tried.add(key);
      one.ariaDisabled = String(!right);
      one.classList.add(right ? "ask-right" : "ask-struck");
      if (!right) one.append(element("span", { class: "visually-hidden", text: WORDS.struck }));
      tell(told, right ? reason || data.passed || WORDS.right : reason, right ? "right" : "wrong", right ? "" : data.address);
      done({ tried: [...tried], solved: right });
      if (right) for (const other of items) if (other.one !== one) other.one.ariaDisabled = "true";
    }
    for (const key of said?.tried ?? []) {
      const index = data.choices.findIndex((one) => one.key === key);
      if (index >= 0) answer(index);
    }
  }

  function several({ place, data, said, done }) {
    const list = place.querySelector("ul");
    const told = listener();
    const items = [...list.children].map((item) => {
      const box = element("input", { type: "checkbox" });
      const reason = listener();
      item.replaceChildren(element("label", { class: "ask-option" }, box, " ", ...item.querySelector("p").childNodes), reason);
      return { box, reason };
    });
    list.after(button(WORDS.check, answer), told);
    function answer() {
      const marked = items.map(({ box }) => box.checked);
      if (!marked.includes(true)) return tell(told, WORDS.none);
      const missing = data.choices.filter(({ right }, i) => right && !marked[i]);
      let wrong = 0;
      items.forEach(({ box, reason }, i) => {
        const { right, told: message } = data.choices[i];
        box.parentNode.classList.toggle("ask-struck", marked[i] && !right);
        box.parentNode.classList.toggle("ask-right", marked[i] && right);
        reason.replaceChildren();
        if (marked[i] && !right) tell(reason, message, "wrong");
        wrong += marked[i] && !right;
      });
      const solved = !wrong && !missing.length;
      const lacking = missing.length ? (!wrong && missing[0].missing) || WORDS.missing(missing.length) : "";
      tell(told, solved ? data.passed || WORDS.right : (wrong ? WORDS.wrong(wrong) : "") + lacking, solved ? "right" : "wrong", solved ? "" : data.address);
      done({ marked: data.choices.filter((_, i) => marked[i]).map(({ key }) => key), solved });
    }
    if (said?.marked) {
      items.forEach(({ box }, i) => (box.checked = said.marked.includes(data.choices[i].key)));
      answer();
    }
  }

  /** A button that gives one hint after the other. */
  function hints(place, texts) {
    if (!texts?.length) return;
    const list = element("ol", { class: "ask-hints", role: "status" });
    let given = 0;
    const more = button(WORDS.hint(1, texts.length), () => {
      list.append(element("li", {}, ...marked(texts[given++])));
      if (given === texts.length) more.remove();
      else more.textContent = WORDS.hint(given + 1, texts.length);
    }, { class: "ask-button ask-quiet" });
    place.append(more, list);
  }

  function exercise(place, data) {
    const name = place.dataset.ask;
    const kind = linregAsk.kinds[data.kind];
    if (!kind) return;
    let restoring = true;
    const done = (said) => {
      if (said.solved) place.dataset.solved = "1";
      if (!restoring) linregAnswers.set(name, { ...said, solved: said.solved || !!linregAnswers.get(name)?.solved });
    };
    kind({ place, data, said: linregAnswers.get(name), done });
    restoring = false;
    if (data.kind !== "code") hints(place, data.hints);
    // Announced is what comes from now on, not what was kept.
    for (const told of place.querySelectorAll(".ask-told")) told.role = "status";
  }

  /** Where answers are kept, and how to have them forgotten. */
  function note(after) {
    const text = element("span", { role: "status", text: linregAnswers.keeps ? WORDS.kept : WORDS.lost });
    const forget = button(WORDS.forget, () => {
      linregAnswers.forget();
      text.textContent = WORDS.forgotten;
      forget.remove();
    }, { class: "ask-button ask-quiet" });
    after.after(element("p", { class: "ask-note" }, text, forget));
  }

  window.linregAsk = {
    kinds: { number: numberExercise, choice: choiceExercise, code: codeExercise },
    code: (name, text) => (code[name] = text),
    element, button, marked, tell, listener, hints, readNumber,
  };
  document.addEventListener("DOMContentLoaded", () => {
    const asks = JSON.parse(document.getElementById("linreg-asks")?.textContent ?? "{}");
    const exercises = [...document.querySelectorAll("[data-ask]")].filter((place) => asks[place.dataset.ask]);
    linregAnswers.count(exercises.length);
    document.querySelectorAll("[data-predict]").forEach(predict);
    for (const place of exercises) exercise(place, asks[place.dataset.ask]);
    const last = [...document.querySelectorAll(".exercise, details.solution, .predict")].at(-1);
    if (last) note(last.matches(".predict") ? last.nextElementSibling ?? last : last);
  });
})();
