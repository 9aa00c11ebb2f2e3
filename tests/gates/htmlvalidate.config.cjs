// What `make gates` asks of the built pages: all of html-validate's recommended rules, but those
// that the theme, Sphinx or its extensions break on every page or on pages that they write alone.
module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // How it is written, not what it says: XHTML's <br/>, defer="defer", lines that end in blanks.
    "attribute-boolean-style": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    // The theme's buttons (search, colors, full screen) have no type and, without a form, need none.
    "no-implicit-button-type": "off",
    // The theme's buttons with an icon are named by their title; axe looks at their names.
    "text-content": "off",
    // The theme's <main role="main">.
    "no-redundant-role": "off",
    // The captions in the theme's sidebar are <p role="heading">; Sphinx's list of references is a
    // <div role="list">.
    "prefer-native-element": "off",
    // The theme's search dialog is sent by Enter.
    "wcag/h32": "off",
    // The theme prints an <h1> of its own, which is empty on pages that Sphinx writes (the index).
    "empty-heading": "off",
    // Sphinx writes the index as tables without <tbody>, and names of Python as ids, with dots.
    "prefer-tbody": "off",
    "valid-id": ["error", { relaxed: true }],
    // Widths of columns are Sphinx's, sizes of drawings our own.
    "no-inline-style": "off",
    // "Chapter - title of the book": a search engine may cut it, a reader needs it.
    "long-title": "off",
  },
};
