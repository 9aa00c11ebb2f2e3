"""Make the site ask no other host, and keep its pages light.

Thebe (which loads itself from a CDN) is unplugged. The theme ships its icons twice, as a script of
1.5 MB that draws all of them and as fonts: the script goes, the fonts and the style sheets
are cut down to what occurs on the built pages. No script holds up a page that could be shown
without it. The cards and tabs of sphinx-design come only to pages that have some, and drawings are
rounded to a hundredth of a point.
"""

import re
from logging import WARNING, getLogger
from pathlib import Path

import pydata_sphinx_theme
from book_styles import classes_used, prune

THEME = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
FONTS = Path("vendor", "fontawesome", "webfonts")
DRAWN = re.compile(r'(\s(?:d|x|y)=")([^"]*)"')
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
ICON_SCRIPT = "fontawesome.js"
# The theme's own HTML, and what stands there instead.
MENDED = (
    # Its arrow alone says what it does, which not everyone sees.
    (
        re.compile('<summary>(?=<span class="toctree-toggle")'),
        '<summary aria-label="Show or hide the pages below">',
    ),
    (re.compile(rf"<script [^>]*/{re.escape(ICON_SCRIPT)}[^>]*></script>"), ""),
    # The role is deprecated, and no child of a list.
    (re.compile('role="doc-biblioentry"'), 'role="listitem"'),
    # Without JavaScript nothing chooses between light and dark, and neither has its colors.
    (re.compile('(<html[^>]* data-theme=)"auto"'), r'\1"light"'),
)
FONT_SOURCE = re.compile(
    r"url\(([^)]*/fa-[\w-]+)\.woff2\) format\(\"woff2\"\),url\([^)]*\.ttf\) format\(\"truetype\"\)"
)


def unplug_thebe(app, config) -> None:
    """Take sphinx-thebe, which Jupyter Book always loads, out of all events and pages."""
    for name, listeners in app.events.listeners.items():
        app.events.listeners[name] = [
            one for one in listeners if not one.handler.__module__.startswith("sphinx_thebe")
        ]
    app.registry.css_files[:] = [f for f in app.registry.css_files if "thebe" not in str(f[0])]


def leave_design_out(app, pagename, templatename, context, doctree) -> None:
    """Take sphinx-design's style and script, which it adds everywhere, from pages without it."""
    if 'class="sd-' in context.get("body", ""):
        return
    for kind in ("css_files", "script_files"):
        files = context.get(kind, [])
        files[:] = [f for f in files if "design" not in str(getattr(f, "filename", f))]


def hold_nothing_up(app, pagename, templatename, context, doctree) -> None:
    """Let the scripts of Sphinx, the theme and others run when the page has been read.

    `documentation_options.js` is what scripts in the page itself set; the search page runs some of
    its own before its end that need the others.
    """
    if pagename == "search":
        return
    scripts = context.get("script_files", [])
    for i, script in enumerate(scripts):
        name = str(getattr(script, "filename", None) or "")
        if name.endswith(".js") and "documentation_options" not in name:
            late = {**script.attributes, "defer": "defer"}  # all pages share the one that is here
            scripts[i] = type(script)(script.filename, priority=script.priority, **late)


def forget_rewritten(app, builder) -> None:
    """Remove what `lighten` rewrote: Sphinx copies it anew, and would remark on a difference.

    Not before it writes: a build that finds nothing to do copies nothing either.
    """
    for path in theme_styles(app):
        path.unlink(missing_ok=True)


def theme_styles(app) -> list[Path]:
    """Give the style sheets that come with the theme, Sphinx and myst-nb."""
    static = Path(app.outdir) / "_static"
    return sorted([*static.glob("styles/*-theme.css"), *static.glob("mystnb*.css")])


def icons(texts: list[str]) -> set[int]:
    """Give the icons that style sheets and pages show, as characters of the icon fonts."""
    text = "".join(texts)
    named = {int(code, 16) for code in re.findall(r"\\(f[0-9a-f]{3})\b", text)}
    return named.union(map(ord, re.findall("[\uf000-\uf8ff]", text)))


def write_fonts(points: set[int], folder: Path, stamp: Path) -> None:
    """Write the icon fonts with these characters alone, unless the last build wrote the same."""
    wanted = f"{pydata_sphinx_theme.__version__} {sorted(points)}"
    sources = sorted((THEME / FONTS).glob("*.ttf"))
    targets = [folder / (source.stem + ".woff") for source in sources]
    if stamp.is_file() and stamp.read_text() == wanted and all(t.is_file() for t in targets):
        return
    from fontTools import subset  # takes a fifth of a second, and is seldom needed

    getLogger("fontTools").setLevel(WARNING)
    for source, target in zip(sources, targets, strict=True):
        options = subset.Options(flavor="woff", notdef_outline=True, recalc_timestamp=False)
        font = subset.load_font(str(source), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=points)
        subsetter.subset(font)
        font.save(target)
    stamp.write_text(wanted)


def rounded(drawing: str) -> str:
    """Write the coordinates of an SVG with two decimals; matplotlib gives six."""

    def number(found):
        return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")

    return DRAWN.sub(lambda m: f'{m[1]}{LONG_NUMBER.sub(number, m[2])}"', drawing)


def mended(path: Path) -> str:
    """Mend what the theme wrote into a page's file; give the page's text."""
    text = written = path.read_text(encoding="utf-8")
    for pattern, instead in MENDED:
        text = pattern.sub(instead, text)
    if text != written:
        path.write_text(text, encoding="utf-8")
    return text


def lighten(app, error) -> None:
    """Rewrite the theme's files in the built site; safe to repeat."""
    static = Path(app.outdir) / "_static"
    if error or app.builder.format != "html" or not (static / "scripts").is_dir():
        return
    (static / "scripts" / ICON_SCRIPT).unlink(missing_ok=True)
    pages = [mended(path) for path in Path(app.outdir).rglob("*.html")]
    scripts = [*static.glob("*.js"), *static.glob("scripts/*.js"), *static.glob("widgets/*.js")]
    used = classes_used(pages, [path.read_text(encoding="utf-8") for path in scripts])
    for path in theme_styles(app):
        css = prune(path.read_text(encoding="utf-8"), used, Path(app.doctreedir) / "styles")
        path.write_text(FONT_SOURCE.sub(r'url(\1.woff) format("woff")', css), encoding="utf-8")
    styles = [path.read_text(encoding="utf-8") for path in static.rglob("*.css")]
    write_fonts(icons([*styles, *pages]), static / FONTS, Path(app.doctreedir) / "icons")
    for path in Path(app.outdir, "_images").glob("*.svg"):
        path.write_text(rounded(path.read_text(encoding="utf-8")), encoding="utf-8")
    for pattern in ("**/*.map", "**/*.html", "**/webfonts/*.woff2", "**/webfonts/*.ttf"):
        for path in static.glob(pattern):
            path.unlink()


def setup(app):
    """Register with Sphinx."""
    app.connect("config-inited", unplug_thebe, priority=1)
    app.connect("html-page-context", leave_design_out, priority=900)
    app.connect("html-page-context", hold_nothing_up, priority=950)
    app.connect("write-started", forget_rewritten)
    app.connect("build-finished", lighten, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
