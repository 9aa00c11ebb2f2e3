"""Widgets that work on the built page, without a kernel and without another host.

myst-nb would write the state of every widget into the page, their sources included, and leave the
rest to require.js and the ipywidgets html-manager from a CDN. Instead, each output of a widget
becomes

    <div class="linreg-widget" data-widget="w1">still figure with caption</div>

the page gets the state of its own widgets, `_esm` and `_css` become files shared by all pages, and
the loader (linreg_lib/widgets/loader.js) mounts the module in place of the still figure. An output
must bring its still along (`image/svg+xml` and, as its caption, `text/plain`).
"""

import hashlib
import importlib.util
import json
import re
import shutil
from functools import cache
from html import escape
from pathlib import Path

from book_execution import package_dir
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)

VIEW = "application/vnd.jupyter.widget-view+json"
LOADER = "widgets.js"
STATE = "application/vnd.jupyter.widget-state+json"


@cache
def composing():
    """Give the package's module that puts a widget's sources together.

    It is loaded by itself: importing the package would take 2 s of every build.
    """
    path = package_dir() / "widgets" / "_compose.py"
    spec = importlib.util.spec_from_file_location("linreg_compose", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class widget_mount(nodes.General, nodes.Element):
    """Where a widget goes: `widget` (its number on the page), `svg` (may be empty), `caption`,
    `wide`, and its `state`, or the `model` by which the state of the page's kernel has it.
    `runs_programs`: it needs the page's own Python.
    """


def page_state(env, docname: str) -> dict:
    """Give the widget state of a page's notebook by model id."""
    files = env.nb_metadata.get(docname, {}).get("js_files", {})
    if "ipywidgets_state" not in files:
        return {}
    body = files["ipywidgets_state"][1]["body"]
    return json.loads(body.replace(r"<\/script>", "</script>"))["state"]


class MountWidgets(SphinxPostTransform):
    """Replace the outputs that show a widget, before myst-nb chooses among their forms."""

    default_priority = 3
    formats = ("html",)

    def run(self, **kwargs):
        """Number the models in the order in which the page shows them."""
        numbers: dict[str, str] = {}
        for bundle in list(self.document.findall(nodes.container)):
            if bundle.get("nb_element") != "mime_bundle":
                continue
            forms = {child.get("mime_type"): child for child in bundle.children}
            if VIEW in forms:
                self.mount(bundle, forms, numbers)

    def mount(self, bundle, forms, numbers):
        """Replace one output by a mount."""
        model = json.loads(re.search(r"\{.*\}", forms[VIEW].astext(), re.DOTALL)[0])["model_id"]
        state = page_state(self.env, self.env.docname).get(model, {}).get("state", {})
        if not state.get("_esm"):
            name = state.get("_model_name", "this widget")
            logger.warning(
                "%s would be dead on the page: only anywidgets work there", name, location=bundle
            )
        image = (
            next(forms["image/svg+xml"].findall(nodes.image), None)
            if "image/svg+xml" in forms
            else None
        )
        if image is None or "text/plain" not in forms:
            logger.warning(
                "a widget needs a still figure: return image/svg+xml and, as its caption, "
                "text/plain from _repr_mimebundle_",
                location=bundle,
            )
            bundle.parent.remove(bundle)
            return
        number = numbers.setdefault(model, f"w{len(numbers) + 1}")
        svg = Path(self.env.srcdir, image["uri"].lstrip("/")).read_text(encoding="utf-8")
        caption = forms["text/plain"].astext().strip()
        wide = state.get("wide", False)
        mount = widget_mount("", widget=number, model=model, svg=svg, caption=caption, wide=wide)
        mount.source, mount.line = bundle.source, bundle.line
        bundle.replace_self(mount)


def inline_svg(svg: str, prefix: str) -> str:
    """Make a drawing fit to stand in a page beside others: ids of its own, no XML prologue."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"\b(id=\"|href=\"#|url\(#)", rf"\g<1>{prefix}-", svg)
    return re.sub(
        r"\b(aria-(?:labelledby|describedby))=\"([^\"]+)\"",
        lambda m: f'{m[1]}="{" ".join(f"{prefix}-{name}" for name in m[2].split())}"',
        svg,
    )


def visit_mount(self, node):
    """Write the element that the loader looks for, with the still inside.

    Its id, figure-1 and so on in the order of the page, is what a copied link leads to; a wide
    one gets the theme's class for what may reach into the margin.
    """
    # Two views of one model on a page: the ids of their stills must differ all the same.
    self.mounts = getattr(self, "mounts", 0) + 1
    svg = inline_svg(node["svg"], f"still{self.mounts}") if node["svg"] else ""
    wide = " full-width" if node.get("wide") else ""
    python = " data-python" if node.get("runs_programs") else ""
    self.body.append(
        f'<div class="linreg-widget{wide}" id="figure-{self.mounts}"{python} '
        f'data-widget="{node["widget"]}"><figure>{svg}'
        f"<figcaption>{escape(node['caption'])}</figcaption></figure></div>\n"
    )
    raise nodes.SkipNode


def share(app, text: str, suffix: str, register: str = "linregWidget") -> str:
    """Keep a text under the hash of its content in the site's static files; give its name."""
    name = hashlib.sha256(text.encode()).hexdigest()[:16]
    if suffix == ".js":
        text = composing().as_classic_script(text, name, register)
    path = Path(app.outdir, "_static", "widgets", name + suffix)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return name


def add_state(app, pagename, templatename, context, doctree) -> None:
    """Give a page with widgets their state, the loader and the shared files."""
    scripts = context.get("script_files", [])
    scripts[:] = [s for s in scripts if getattr(s, "attributes", {}).get("type") != STATE]
    mounts = list(doctree.findall(widget_mount)) if doctree is not None else []
    if not mounts:
        return
    states = page_state(app.env, pagename)
    app.add_js_file(LOADER, loading_method="defer")
    written, added = {}, set()
    for mount in mounts:
        model = mount.get("state") or states.get(mount["model"], {})
        state = dict(model.get("state", {}))
        if mount["widget"] in written or not state.get("_esm"):
            continue
        try:
            module = share(app, state["_esm"], ".js")
        except ValueError as error:
            logger.warning("%s", error, location=mount)
            continue
        if module not in added:
            app.add_js_file(f"widgets/{module}.js", loading_method="defer")
            if state.get("_css"):
                app.add_css_file(f"widgets/{share(app, state['_css'], '.css')}.css")
        added.add(module)
        written[mount["widget"]] = {
            "module": module,
            "state": composing().own_traits(state),
            "buffers": [{"path": b["path"], "data": b["data"]} for b in model.get("buffers", [])],
        }
    body = composing().state_in_page(written)
    app.add_js_file(None, body=body, type="application/json", id="linreg-widget-state")


def place_loader(app) -> None:
    """Put the package's loader among the site's static files."""
    if app.builder.format == "html":
        static = Path(app.outdir, "_static")
        static.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package_dir() / "widgets" / "loader.js", static / LOADER)


def forget_old_files(app, error) -> None:
    """Remove shared files and pictures, named by their hashes, that no page of the site names."""
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    pages = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    for path in [*site.glob("_static/widgets/*"), *site.glob("_images/*")]:
        if path.name not in pages:
            path.unlink()


def setup(app):
    """Register with Sphinx."""
    app.add_node(widget_mount, html=(visit_mount, None))
    app.add_post_transform(MountWidgets)
    app.connect("builder-inited", place_loader)
    app.connect("html-page-context", add_state, priority=900)
    app.connect("build-finished", forget_old_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
