// The reader's program, kept in this browser. A browser may refuse (private windows, blocked storage)
// or lose it at any time: then `works` is false, and nothing else happens.
//
//   const store = programStore(key);  store.read() -> { code, before } or null;  store.write(code)
//   store.replace(code)   another program takes the place: the last one is kept as `before`
//   store.forget();  store.works
//   keyOf("stepper", code)   of a reader's edit of this program on this page
export function keyOf(what, code) {
  let hash = 5381; // another program, or an edition of it, has another key
  for (const letter of code) hash = (Math.imul(hash, 33) ^ letter.codePointAt(0)) >>> 0;
  return `linreg-${what} ${location.pathname} ${hash.toString(36)}`;
}

export function programStore(key, storage = () => window.localStorage) {
  let works = true;

  function attempt(act) {
    try {
      return act(storage());
    } catch {
      works = false;
      return null;
    }
  }

  function read() {
    const text = attempt((place) => place.getItem(key));
    if (!text) return null;
    try {
      const { code, before } = JSON.parse(text);
      return typeof code === "string" ? { code, before: typeof before === "string" ? before : null } : null;
    } catch {
      return null; // not ours, or an older form
    }
  }

  const keep = (entry) => attempt((place) => place.setItem(key, JSON.stringify(entry)));
  attempt((place) => place.getItem(key));
  return {
    read,
    write: (code) => keep({ code, before: read()?.before ?? null }),
    replace: (code) => keep({ code, before: read()?.code ?? null }),
    forget: () => attempt((place) => place.removeItem(key)),
    get works() {
      return works;
    },
  };
}
