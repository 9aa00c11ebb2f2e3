"""A widget as one HTML file that opens from disk: its module, style, state and still figure."""

from html import escape
from pathlib import Path

from linreg_lib.widgets._base import BookWidget
from linreg_lib.widgets._compose import as_classic_script, own_traits, state_in_page

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ --pst-color-text-base: #222; --pst-color-background: #fff; }}
@media (prefers-color-scheme: dark) {{
:root {{ --pst-color-text-base: #ddd; --pst-color-background: #16181c; }}
}}
body {{ margin: 1.5rem auto; max-width: 75rem; padding: 0 1rem; font-family: system-ui, sans-serif;
color: var(--pst-color-text-base); background: var(--pst-color-background); }}
h1 {{ font-size: 1.3rem; overflow-wrap: anywhere; }}
figure {{ margin: 0; }}
{style}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{about}</p>
<div class="linreg-widget" id="figure-1" data-widget="w1"><figure>{still}
<figcaption>{caption}</figcaption></figure></div>
</main>
<script type="application/json" id="linreg-widget-state">{state}</script>
<script>
{loader}
{module}</script>
</body>
</html>
"""


def standalone_page(widget: BookWidget, title: str, about: str) -> str:
    """Write a widget as a page of its own, which asks for no other file.

    Args:
        widget: any of the book's widgets without binary traits.
        title: the page's title and heading.
        about: a sentence below it.
    """
    still, caption = widget.still()
    state = own_traits({name: getattr(widget, name) for name in widget.keys})
    return _PAGE.format(
        title=escape(title),
        about=escape(about),
        style=widget._css,
        still=still,
        caption=escape(caption),
        state=state_in_page({"w1": {"module": "w1", "state": state, "buffers": []}}),
        loader=_in_script(Path(__file__).with_name("loader.js").read_text(encoding="utf-8")),
        module=_in_script(as_classic_script(widget._esm, "w1")),
    )


def _in_script(text: str) -> str:
    """Let no text end the script element that it stands in."""
    return text.replace("</script", r"<\/script").replace("<!--", r"<\!--")
