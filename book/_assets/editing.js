// Brings what only editing needs, when it is asked for: linregEditing() -> Promise of
// { createCodeEditor, ... } (linreg_lib/widgets/editing.js). A classic script, as the parts it loads:
// browsers load no module from disk (file://).
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
  window.linregEditing = () => (parts ??= load());
})();
