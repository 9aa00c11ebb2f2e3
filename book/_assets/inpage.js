// The page's own Python, for every figure and editor of the page: window.linregPython.
//
//   status       "absent" (the build had no Pyodide) | "unable" (an old browser) | "idle" |
//                "loading" | "ready" | "busy"
//   why          a sentence for the reader where it cannot run, else ""
//   bytes        what the first start loads; the browser keeps it
//   engine       who computes
//   start({ onProgress(fraction) })   a promise; loads nothing before it is called; may be repeated
//   call(name, args)                  a promise of what inpage/page.py's function gives; one call at
//                                     a time, later ones wait; starts by itself
//   stop(promise)                     ends that call, or without one the call that runs
//   fromDisk(files)                   what the script with all files calls
//   onChange(listener)                the status changed; gives a function that ends it
//
// A promise rejects with { kind: "stopped" | "failed", text }. The worker (inpage/worker.js) is shared
// by the page; one that is stopped is thrown away, for there is no other way to end a single long
// call. So a spare one starts once a call takes long.
//
// A page that was opened as a file may load scripts and nothing else. There one script brings all
// files (fromDisk), and the worker is made from its text.
(() => {
  "use strict";
  const WORDS = {
    engine: "a miniature of PyTorch 2.13",
    stopped: "The program was stopped.",
    absent: "This copy of the book was built without a Python for its pages.",
    unable: "This browser cannot run Python in a page. A current Chrome, Edge, Firefox or Safari can.",
    disk:
      "This browser does not start Python in a page opened as a file. Serve the book instead: run " +
      "`python -m http.server` in the folder that holds index.html, and open http://localhost:8000.",
    unreachable: "Python could not be loaded. Is the network there? Try again.",
    broken: "Python has broken down and was started anew.",
  };
  const LONG = 1500; // ms: a call that takes longer may be stopped, so a spare worker starts
  const ROOMY = (navigator.deviceMemory ?? 8) > 2; // GB: a second interpreter takes 0.1
  const { currentScript } = document;
  const given = currentScript.dataset.python;
  const plan = given ? JSON.parse(given) : null;
  const base = new URL("python/", currentScript.src).href;
  const bytes = plan ? Object.values(plan.files).reduce((sum, [, size]) => sum + size, 0) : 0;

  function obstacle() {
    if (!plan) return "absent";
    const needed = [window.Worker, window.WebAssembly, window.DecompressionStream, window.TransformStream];
    return needed.every(Boolean) ? null : "unable";
  }
  const blocked = obstacle();

  let carried = null; // on disk: a promise of { worker, bodies }
  let receive = null;

  function carry() {
    carried ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(plan.disk, base);
      script.onerror = () => {
        carried = null; // to be tried again
        reject(new Error(plan.disk));
      };
      receive = async ({ worker, files }) => {
        const body = async (text) => (await fetch(`data:;base64,${text}`)).arrayBuffer();
        const pairs = Object.entries(files).map(async ([name, text]) => [name, await body(text)]);
        resolve({ worker, bodies: Object.fromEntries(await Promise.all(pairs)) });
      };
      document.head.append(script);
    });
    return carried;
  }

  // A worker that was told what to load.
  async function employ() {
    if (location.protocol !== "file:") {
      const worker = new Worker(new URL(plan.worker, base), { type: "module" });
      worker.postMessage({ base, files: plan.files });
      return worker;
    }
    const { worker: text, bodies } = await carry();
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.postMessage({ base, files: plan.files, bodies });
    return worker;
  }

  const failure = (kind, text) => Object.assign(new Error(text), { kind, text });
  const listeners = new Set();
  const watchers = new Set(); // of progress
  const waiting = [];
  let current = null; // { worker, ready, alive }
  let spare = null;
  let running = null; // the call that is in the worker
  let number = 0;
  let status = blocked ?? "idle";
  let fraction = 0;

  function update() {
    const next = blocked ?? (running ? "busy" : !current ? "idle" : current.isReady ? "ready" : "loading");
    if (next === status) return;
    status = next;
    for (const listener of [...listeners]) listener(status);
  }

  function tell(value) {
    fraction = value;
    for (const watcher of [...watchers]) watcher(value);
  }

  function boot() {
    const one = { worker: null, isReady: false, ended: false };
    one.end = () => {
      one.ended = true;
      one.worker?.terminate();
    };
    one.ready = new Promise((resolve, reject) => {
      const fail = (text) => {
        one.end();
        if (spare === one) spare = null;
        if (current === one) current = null;
        const why = location.protocol === "file:" ? WORDS.disk : WORDS.unreachable;
        reject(failure("failed", `${why} (${text})`));
        update();
      };
      const listen = (worker) => {
        one.worker = worker;
        if (one.ended) one.end();
        worker.onmessage = ({ data }) => {
          if (data.kind === "progress" && current === one) tell(data.fraction);
          if (data.kind === "failed" && !data.id) fail(data.text);
          if (data.kind === "ready") {
            one.isReady = true;
            resolve();
            if (current === one) next();
            update();
          }
          if (data.id && running?.id === data.id) finish(data);
        };
        worker.onerror = (event) => {
          event.preventDefault();
          if (!one.isReady) fail(event.message || plan.worker);
          else if (current === one && running) finish({ kind: "failed", text: event.message, fatal: true });
        };
      };
      employ().then(listen, (error) => fail(error.message));
    });
    one.ready.catch(() => {}); // those who wait have promises of their own
    return one;
  }

  function replace() {
    current?.end();
    current = spare ?? boot();
    spare = null;
    if (!current.isReady) current.ready.catch(abandon);
  }

  function abandon(reason) {
    for (const call of waiting.splice(0)) call.reject(reason);
    update();
  }

  function finish({ kind, result, text, fatal }) {
    const call = running;
    running = null;
    clearTimeout(call.timer);
    if (fatal) replace();
    const answer = kind === "result" ? JSON.parse(result) : { failed: `${WORDS.broken} (${text})` };
    if ("value" in answer) call.resolve(answer.value);
    else call.reject(failure("failed", answer.failed));
    next();
    update();
  }

  function next() {
    if (running || !current?.isReady || waiting.length === 0) return;
    running = waiting.shift();
    const { id, name, args } = running;
    current.worker.postMessage({ id, name, args });
    if (ROOMY) running.timer = setTimeout(() => (spare ??= boot()), LONG);
    update();
  }

  async function start({ onProgress } = {}) {
    if (blocked) throw failure("failed", WORDS[blocked]);
    if (!current) {
      fraction = 0;
      current = boot();
      current.ready.catch(abandon);
      update();
    }
    if (current.isReady) {
      onProgress?.(1);
      return;
    }
    if (onProgress) {
      watchers.add(onProgress);
      onProgress(fraction);
    }
    try {
      await current.ready;
    } finally {
      watchers.delete(onProgress);
    }
  }

  function call(name, args = {}) {
    if (blocked) return Promise.reject(failure("failed", WORDS[blocked]));
    const one = { id: ++number, name, args: JSON.stringify(args) };
    one.promise = new Promise((resolve, reject) => Object.assign(one, { resolve, reject }));
    waiting.push(one);
    start().then(next, () => {}); // a failed start rejects what waits
    return one.promise;
  }

  function stop(promise = running?.promise) {
    const place = waiting.findIndex((one) => one.promise === promise);
    if (place >= 0) waiting.splice(place, 1)[0].reject(failure("stopped", WORDS.stopped));
    if (!running || running.promise !== promise) return;
    const stopped = running;
    running = null;
    clearTimeout(stopped.timer);
    replace();
    stopped.reject(failure("stopped", WORDS.stopped));
    next();
    update();
  }

  function onChange(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  window.linregPython = {
    get status() {
      return status;
    },
    fromDisk: (files) => receive(files),
    why: blocked ? WORDS[blocked] : "",
    bytes,
    engine: WORDS.engine,
    start,
    call,
    stop,
    onChange,
  };
})();
