"""The program editor for the built page: a small script that brings the rest when it is asked for.

A page has it where something can be edited: a stepper, or a node that says `editable=True`. The
rest is `linreg_lib/widgets/editing.js` with all it imports, as one classic script named by its
hash (`book/_assets/editing.js` loads it).
"""

from book_widgets import composing, page_state, share, widget_mount
from docutils import nodes

LOADER = "editing.js"
PLAYGROUND = "book/playground"


def composed(name: str) -> str:
    """Join a module of the package's widgets with all it imports."""
    return composing().compose(name)


def styled(*names: str) -> str:
    """Join style sheets of the package's widgets with the shared one."""
    return composing().style(*names)


def is_editable(app, pagename, doctree) -> bool:
    """Tell whether there is something to edit on a page."""
    if any(node.get("editable") for node in doctree.findall(nodes.Element)):
        return True
    mounts = list(doctree.findall(widget_mount))
    states = page_state(app.env, pagename) if mounts else {}
    models = [mount.get("state") or states.get(mount["model"], {}) for mount in mounts]
    return any("recordings" in model.get("state", {}) for model in models)


def add_editing(app, pagename, templatename, context, doctree) -> None:
    """Give a page the loader, and the loader the address of the rest."""
    if doctree is None or not is_editable(app, pagename, doctree):
        return
    name = share(app, composed("editing.js"), ".js", register="linregEditing.receive")
    parts = {"data-parts": f"widgets/{name}.js"}
    if PLAYGROUND in app.env.found_docs:
        parts["data-playground"] = app.builder.get_target_uri(PLAYGROUND)
    app.add_js_file(LOADER, loading_method="defer", **parts)


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", add_editing, priority=901)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
