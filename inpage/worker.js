// The page's own Python: CPython (Pyodide) in a worker, with the book's package and the miniature.
// A worker, told what to load by book/_assets/inpage.js, which it answers:
//
//   <- { base, files: { "pyodide.mjs": [name, bytes], ... } }      once, at first; on disk, where
//                      nothing can be fetched, with bodies: { "pyodide.mjs": ArrayBuffer, ... }
//   -> { kind: "progress", fraction } ... { kind: "ready" } | { kind: "failed", text }
//   <- { id, name, args }                                          args and result are JSON
//   -> { id, kind: "result", result } | { id, kind: "failed", text, fatal }
//
// The files are named by their content and stored compressed, whatever the server does. The Cache
// API keeps them for the next page; where it is refused, the browser's usual cache does what it can.
const KEPT_AS = "linreg-python";
const LOADED = 0.8; // share of progress for loading; the rest is for starting
const FOLDER = "/book";
let answer;

async function openCache() {
  try {
    return await caches.open(KEPT_AS);
  } catch {
    return null; // not a secure context, or the reader's browser keeps nothing
  }
}

function counted(stream, count) {
  const transform = (chunk, controller) => {
    count(chunk.byteLength);
    controller.enqueue(chunk);
  };
  return stream.pipeThrough(new TransformStream({ transform }));
}

async function load({ base, files, bodies }) {
  // A browser makes no module worker of a text; Pyodide asks this way whether it is in one.
  self.importScripts = undefined;
  const sizes = Object.values(files).map(([, bytes]) => bytes);
  const total = sizes.reduce((a, b) => a + b, 0);
  let seen = 0;
  const count = (bytes) => {
    seen += bytes;
    postMessage({ kind: "progress", fraction: (LOADED * Math.min(seen, total)) / total });
  };
  const cache = await openCache();
  const wanted = new Set();
  async function stored(name) {
    if (bodies) return counted(new Response(bodies[name]).body, count);
    const url = new URL(files[name][0], base).href;
    wanted.add(url);
    let reply = await cache?.match(url);
    if (!reply) {
      reply = await fetch(url);
      if (!reply.ok) throw new Error(`${name}: ${reply.status} ${reply.statusText}`);
      cache?.put(url, reply.clone()).catch(() => {}); // a full disk is no reason to fail
    }
    return counted(reply.body, count);
  }
  const unpacked = async (name) => new Response((await stored(name)).pipeThrough(new DecompressionStream("gzip")));
  const module = async (name) => {
    const text = await (await unpacked(name)).text();
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    return import(url).finally(() => URL.revokeObjectURL(url));
  };

  const compiled = ({ body }) =>
    WebAssembly.compileStreaming(new Response(body, { headers: { "Content-Type": "application/wasm" } }));

  // All at once: compiling begins while the rest is still on its way.
  const parts = {
    loader: module("pyodide.mjs"),
    machine: module("pyodide.asm.mjs"),
    wasm: unpacked("pyodide.asm.wasm").then(compiled),
    library: stored("python_stdlib.zip").then((stream) => new Response(stream).arrayBuffer()),
    book: unpacked("book").then((reply) => reply.json()),
  };
  try {
    await Promise.all(Object.values(parts));
    await start(parts, base);
  } catch (error) {
    for (const url of wanted) await cache?.delete(url); // one of them may have come damaged
    throw error;
  }
  // What an earlier edition of this site left.
  for (const { url } of (await cache?.keys()) ?? []) {
    if (url.startsWith(new URL(base).href) && !wanted.has(url)) await cache.delete(url);
  }
}

async function start(parts, base) {
  const { loadPyodide } = await parts.loader;
  // What Pyodide would fetch is here already.
  const [library, module] = [await parts.library, await parts.wasm];
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  self.fetch = async () => new Response(library);
  WebAssembly.instantiateStreaming = async (_, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
  const createPyodideModule = (await parts.machine).default;
  const quiet = () => {};
  const python = await loadPyodide({
    indexURL: base,
    createPyodideModule,
    lockFileContents: { info: { abi_version: "2026_0" }, packages: {} }, // no packages besides
    stdout: quiet,
    stderr: quiet,
    stdin: () => undefined,
  });
  self.fetch = fetch;
  WebAssembly.instantiateStreaming = instantiateStreaming;
  postMessage({ kind: "progress", fraction: 0.9 });
  for (const [path, text] of Object.entries(await parts.book)) {
    const file = `${FOLDER}/${path}`;
    python.FS.mkdirTree(file.slice(0, file.lastIndexOf("/")));
    python.FS.writeFile(file, text);
  }
  python.runPython(`import sys; sys.path.insert(0, "${FOLDER}"); import page; page.seal()`);
  answer = python.pyimport("page").answer;
  lockUp();
  postMessage({ kind: "progress", fraction: 1 });
}

// A reader may run what a stranger's link holds: it reaches no host and no storage of the browser.
function lockUp() {
  const ways =
    "fetch XMLHttpRequest WebSocket WebTransport EventSource Worker importScripts caches indexedDB " +
    "BroadcastChannel navigator";
  for (const name of ways.split(" ")) {
    Object.defineProperty(self, name, { value: undefined, configurable: false, writable: false });
  }
}

let loading;
self.onmessage = async ({ data }) => {
  if (data.files) {
    loading = load(data);
    loading.then(
      () => postMessage({ kind: "ready" }),
      (error) => postMessage({ kind: "failed", text: String(error.message ?? error) }),
    );
    return;
  }
  await loading;
  const { id, name, args } = data;
  try {
    postMessage({ id, kind: "result", result: answer(name, args) });
  } catch (error) {
    // Python's own errors are answers; what arrives here has broken the interpreter.
    postMessage({ id, kind: "failed", text: String(error.message ?? error).slice(-500), fatal: true });
  }
};
