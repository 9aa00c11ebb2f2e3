// What is set, and its three homes: the page's address, the traits in Python, and here.
//
//   const session = createSession(model, address, { onPython(part) {} });
//   session.settings, session.linked, session.firstAt
//   session.change({ lr: 0.1 });  session.save();      // save: tell Python
//   session.state(at);                                 // what the address keeps
import { differing, readSettings, SETTINGS } from "./settings.js";

const TRAITS = [...SETTINGS, "axes"];

export function createSession(model, address, { onPython }) {
  const page = Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const linked = address.read();
  const at = Number(linked?.at || NaN);
  let settings = linked ? readSettings(linked, page) : page;

  // One trait set in Python changes that one; what we ourselves have saved comes back unchanged.
  const listeners = TRAITS.map((name) => {
    const listener = () => {
      const value = model.get(name);
      if (value !== settings[name]) onPython({ [name]: value });
    };
    model.on(`change:${name}`, listener);
    return [name, listener];
  });

  return {
    get settings() {
      return settings;
    },
    linked: linked !== null,
    firstAt: Number.isFinite(at) ? Math.round(at) : null,
    change(part) {
      settings = { ...settings, ...part };
    },
    save() {
      const changed = TRAITS.filter((name) => model.get(name) !== settings[name]);
      for (const name of changed) model.set(name, settings[name]);
      if (changed.length) model.save_changes();
    },
    // `position` is null where the figure opens at it anyway.
    state(position) {
      return { ...differing(settings, page), ...(position === null ? {} : { at: position }) };
    },
    stop() {
      for (const [name, listener] of listeners) model.off(`change:${name}`, listener);
    },
  };
}
