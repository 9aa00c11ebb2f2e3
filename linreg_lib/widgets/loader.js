// Mounts the page's widgets without a kernel: a small model for each, and its module's render().
// A classic script, since browsers load no module from disk (file://). The modules, wrapped by the
// build, call linregWidget(name, factory); the page holds their state in #linreg-widget-state.
(() => {
  "use strict";
  const factories = new Map();
  window.linregWidget = (name, factory) => factories.set(name, factory);

  // A buffer of its own for each value: its first byte is aligned for any typed array.
  const decode = (base64) =>
    new DataView(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).buffer);

  class Model {
    constructor({ state, buffers }) {
      this.state = state;
      this.handlers = [];
      for (const { path, data } of buffers) {
        const parent = path.slice(0, -1).reduce((at, key) => at[key], state);
        parent[path.at(-1)] = decode(data);
      }
    }
    get(key) {
      return this.state[key];
    }
    set(key, value) {
      if (Object.is(this.state[key], value)) return;
      this.state[key] = value;
      this.fire(`change:${key}`, this, value);
      this.fire("change", this);
    }
    on(names, handler) {
      for (const name of names.split(/\s+/)) this.handlers.push({ name, handler });
    }
    off(names, handler) {
      const gone = names?.split(/\s+/);
      this.handlers = this.handlers.filter(
        (one) => !((!gone || gone.includes(one.name)) && (!handler || handler === one.handler)),
      );
    }
    fire(name, ...values) {
      for (const one of [...this.handlers]) if (one.name === name) one.handler(...values);
    }
    save_changes() {} // nobody to save for
    send() {} // nobody answers: the view stays static
  }

  async function mount(place, model, module) {
    const still = [...place.childNodes];
    const el = document.createElement("div");
    place.append(el); // in the page, so that render can measure
    try {
      let widget = await module();
      if (typeof widget === "function") widget = await widget();
      await widget.initialize?.({ model });
      await widget.render({ model, el });
      for (const node of still) node.remove();
      place.dataset.state = "live";
    } catch (error) {
      el.remove(); // the still figure stays
      place.dataset.state = "failed";
      console.error(error);
    }
  }

  // A link may lead to a figure, or to a heading below some. Figures, fonts and pictures that come
  // later move it, so the page goes there anew until the reader does something.
  function stayAtTarget(mounted) {
    const target = document.querySelector(":target");
    const anew = performance.getEntriesByType("navigation")[0]?.type === "navigate";
    if (!target || !anew) return; // going back or reloading, the browser knows the place
    const acts = ["wheel", "touchstart", "pointerdown", "keydown"];
    const go = () => target.scrollIntoView({ block: "start", behavior: "instant" });
    const watch = new ResizeObserver(go);
    const leave = () => {
      watch.disconnect();
      for (const act of acts) removeEventListener(act, leave, true);
    };
    for (const act of acts) addEventListener(act, leave, true);
    watch.observe(document.body);
    const loaded = new Promise((done) => addEventListener("load", done));
    Promise.all([mounted, loaded, document.fonts.ready]).then(() => {
      go();
      setTimeout(leave, 1000);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const text = document.getElementById("linreg-widget-state")?.textContent ?? "{}";
    const states = JSON.parse(text);
    const models = new Map();
    const mounts = [];
    for (const place of document.querySelectorAll(".linreg-widget")) {
      const id = place.dataset.widget;
      if (!states[id]) continue;
      if (!models.has(id)) models.set(id, new Model(states[id]));
      mounts.push(mount(place, models.get(id), factories.get(states[id].module)));
    }
    stayAtTarget(Promise.all(mounts));
  });
})();
