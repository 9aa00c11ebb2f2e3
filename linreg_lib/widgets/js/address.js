// A widget's state in the page's address, so that a link reproduces a figure.
//
//   encodeState({ lr: 0.03, seed: 0 }) -> "lr:0.03,seed:0"
//   decodeState(new URLSearchParams(query).get("lab")) -> { lr: "0.03", seed: "0" }
//   const address = pageAddress(el, "lab");  address.read() -> { lr: "0.03", ... } or null
//   address.write(state);  address.link(state) -> ".../page.html?lab=lr:0.03,seed:0#figure-2"
//
// What is as it is without a link need not stand in one: both leave out what equals `defaults`,
// their second argument. The fragment is the figure's own, so that the receiver's page opens there.
//
// Only a page of the book (the widget stands in .linreg-widget) owns its address; in a notebook
// `address.owned` is false, read gives null and write does nothing.
//
// Other scripts of a page may escape ":" and "," when they touch the address, and reading a query
// undoes escapes once; so values are escaped twice and the separators not at all.
export function encodeState(state) {
  const escape = (value) => encodeURIComponent(encodeURIComponent(String(value)));
  return Object.entries(state)
    .map(([key, value]) => `${key}:${escape(value)}`)
    .join(",");
}

export function decodeState(text) {
  const state = {};
  for (const part of text.split(",")) {
    const colon = part.indexOf(":");
    if (colon < 1) continue;
    try {
      state[part.slice(0, colon)] = decodeURIComponent(part.slice(colon + 1));
    } catch {
      // a broken escape: this entry is left out, the others hold
    }
  }
  return state;
}

// Replaces one parameter of a query string by hand: URLSearchParams would escape ":" and ",".
// An empty text takes the parameter away.
export function withParameter(query, key, text) {
  const parts = query
    .replace(/^\?/, "")
    .split("&")
    .filter((part) => part && part.split("=")[0] !== key);
  if (text) parts.push(`${key}=${text}`);
  return parts.length > 0 ? `?${parts.join("&")}` : "";
}

export function withoutDefaults(state, defaults) {
  return Object.fromEntries(Object.entries(state).filter(([key, value]) => defaults[key] !== value));
}

export function pageAddress(el, name) {
  const place = el.closest(".linreg-widget");
  const owned = place !== null;
  // The second widget of a name on one page is name2, and so on, in the order of the page.
  const twins = owned ? [...document.querySelectorAll(".linreg-widget")].filter((p) => p === place || p.dataset.address === name) : [];
  if (owned) place.dataset.address = name;
  const rank = twins.indexOf(place);
  const key = rank > 0 ? `${name}${rank + 1}` : name;
  let timer = null;

  const link = (state, defaults = {}) => {
    const url = new URL(location.href);
    const query = withParameter(url.search, key, encodeState(withoutDefaults(state, defaults)));
    return `${url.href.split(/[?#]/)[0]}${query}${place?.id ? `#${place.id}` : url.hash}`;
  };
  return {
    owned,
    key,
    link,
    read() {
      const text = owned && new URLSearchParams(location.search).get(key);
      return text ? decodeState(text) : null;
    },
    // Browsers limit how often an address may change: a drag writes once, when it rests.
    write(state, defaults) {
      if (!owned) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        try {
          history.replaceState(history.state, "", link(state, defaults));
        } catch {
          // an address that may not be changed (a sandboxed frame): the copied link still works
        }
      }, 200);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

// Resolves to true if the text reached the clipboard.
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}
