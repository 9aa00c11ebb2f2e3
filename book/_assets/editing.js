// Brings what only editing needs, when it is asked for: linregEditing() -> Promise of
// { createCodeEditor, ... } (linreg_lib/widgets/editing.js). linregEditing.root: where the book begins;
// linregEditing.playground: the address of its playground, or null. A classic script, as the parts it
// loads: browsers load no module from disk (file://).
(() => {
  "use strict";
  const self = document.currentScript;
  const address = new URL(self.dataset.parts, self.src);
  let parts = null;
  const load = () =>
    new Promise((done, fail) => {
      window.linregEditing.receive = (_, factory) => done(factory());
      const script = document.createElement("script");
      script.src = address;
      script.onerror = () => {
        parts = null; // a network may come back
        fail(new Error(`${address} did not load`));
      };
      document.head.append(script);
    });
  const root = new URL("../", self.src).href;
  const { playground } = self.dataset;
  window.linregEditing = Object.assign(() => (parts ??= load()), { root, playground: playground ? root + playground : null });
})();
