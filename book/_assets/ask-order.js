// Exercises that put lines in order: by drag (mouse, touch) or by the buttons of each line. What
// comes of the reader's order is looked up: the first mistake whose lines stand as it says.
(() => {
  "use strict";
  const { kinds, element, button, tell, listener } = linregAsk;
  const WORDS = {
    up: (line) => `Move up: ${line}`,
    down: (line) => `Move down: ${line}`,
    place: (line, place, count) => `Line ${place} of ${count}: ${line}`,
    check: "Check",
  };

  kinds.order = ({ place, data, said, done }) => {
    const list = place.querySelector("ol");
    const told = listener();
    const moved = element("div", { class: "visually-hidden", role: "status" });
    const lines = [...list.children].map((item, key) => {
      const text = item.textContent.trim();
      const code = element("code", { class: "ask-line", text });
      const grip = element("span", { class: "ask-grip", "aria-hidden": "true", text: "⠿" });
      const step = (by, symbol, label) => {
        const made = button("", () => move(item, by, text), { class: "ask-button ask-move", "aria-label": label });
        made.append(symbol);
        return made;
      };
      item.replaceChildren(grip, code, step(-1, "↑", WORDS.up(text)), step(1, "↓", WORDS.down(text)));
      item.dataset.key = key;
      grip.addEventListener("pointerdown", (event) => drag(event, item, grip, text));
      return item;
    });
    list.classList.add("ask-lines");
    list.after(button(WORDS.check, answer), told, moved);

    const order = () => [...list.children].map((item) => Number(item.dataset.key));
    function say(item, text) {
      moved.textContent = WORDS.place(text, [...list.children].indexOf(item) + 1, lines.length);
    }
    function move(item, by, text) {
      const { activeElement } = document;
      const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
      if (!other) return;
      if (by < 0) other.before(item);
      else other.after(item);
      activeElement.focus();
      say(item, text);
    }
    function drag(event, item, grip, text) {
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      item.classList.add("ask-dragged");
      const follow = ({ clientY }) => {
        const middle = (one) => one.getBoundingClientRect().top + one.offsetHeight / 2;
        const { previousElementSibling: above, nextElementSibling: below } = item;
        // The neighbor moves: an element that is moved loses the pointer.
        if (above && clientY < middle(above)) item.after(above);
        else if (below && clientY > middle(below)) item.before(below);
      };
      const drop = () => {
        grip.removeEventListener("pointermove", follow);
        item.classList.remove("ask-dragged");
        say(item, text);
      };
      grip.addEventListener("pointermove", follow);
      grip.addEventListener("lostpointercapture", drop, { once: true });
    }
    function answer() {
      const keys = order();
      const at = (key) => keys.indexOf(key);
      const mistake = data.mistakes.find(({ before }) => before.every(([a, b]) => at(a) < at(b)));
      tell(told, mistake ? mistake.told : data.passed, mistake ? "wrong" : "right", mistake ? data.address : "");
      done({ order: keys, solved: !mistake });
    }
    if (said?.order?.length === lines.length) {
      for (const key of said.order) if (lines[key]) list.append(lines[key]);
      answer();
    }
  };
})();
