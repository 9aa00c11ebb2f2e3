"""Print the built book as one PDF: `make pdf`, which writes _build/html/linear-regression.pdf.

Every page is printed by the browser as a reader would print it, so that each figure stands at its
telling step; below it come its caption and the link to the living one. Links within the book lead
to pages of the PDF.
"""

import io
import re
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
PDF = SITE / "linear-regression.pdf"
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from browsers import CURE, find_browser  # noqa: E402

# Runs before the page's own scripts: the still figures' captions are gone once these are mounted.
CAPTIONS = """
document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll(".linreg-widget")) {
    place.dataset.caption = place.querySelector("figcaption")?.textContent ?? "";
  }
});
"""
MOUNTED = """
[...document.querySelectorAll(".linreg-widget")].every(
  (place) => place.dataset.state === "live" || place.dataset.state === "failed")
"""
# A figure of the page gets its words; what only a screen has use for goes.
PREPARE = """
(page) => {
  const site = document.querySelector('link[rel="canonical"]')?.href ?? page;
  for (const place of document.querySelectorAll(".linreg-widget")) {
    const words = document.createElement("p");
    words.className = "linreg-in-print";
    const link = document.createElement("a");
    link.href = `${site}#${place.id}`;
    link.textContent = link.getAttribute("href").replace(/^https?:\\/\\//, "");
    words.append(place.dataset.caption, " Alive: ", link);
    place.after(words);
  }
  // A lab that waits for a prediction is shown when the run is done.
  for (const slider of document.querySelectorAll(".lr-lab .lr-player input[type=range]")) {
    slider.value = slider.max;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const details of document.querySelectorAll("article details")) details.open = true;
  for (const folded of document.querySelectorAll(".toggle-hidden")) {
    folded.classList.remove("toggle-hidden");
  }
  // Kept together, what is long would leave most of a page empty before it.
  for (const part of document.querySelectorAll(".admonition, .cell, table, pre")) {
    part.classList.toggle("linreg-long", part.getBoundingClientRect().height > 450);
  }
}
"""
STYLE = """
@page { size: A4; margin: 18mm 16mm 20mm; }
.bd-header, .bd-header-article, .bd-sidebar-primary, .bd-sidebar-secondary, .bd-footer,
.bd-footer-content, .prev-next-footer, .linreg-finder, .headerlink, .copybtn, .skip-link,
#jb-print-docs-body, details.above-input, details.hide > summary, .toggle-button {
  display: none !important;
}
article.bd-article h1 { display: block !important; }
* { animation: none !important; transition: none !important; }
.lr-widget * { min-height: 0 !important; }
html { font-size: 10.5pt; }
.bd-main .bd-content .bd-article-container { max-width: none; padding: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.linreg-widget, figure, table, tr, .admonition, .cell { break-inside: avoid; }
.linreg-long, div:has(pre.linreg-long) { break-inside: auto !important; }
.cell_input, .highlight { display: block !important; } /* a flex box breaks badly */
pre { orphans: 4; widows: 4; }
h1, h2, h3, .admonition-title { break-after: avoid; }
.linreg-in-print { font-size: 0.85rem; color: #444; }
"""
FOOTER = """
<div style="font-size: 8px; width: 100%; text-align: center; color: #555">
  <span class="title"></span></div>
"""


PLACE = "<!-- make pdf: the book as one file -->"
LINK = (
    f"""<p><a href="../{PDF.name}">The whole book as one PDF</a>, to print or to take along.</p>"""
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves the site without a word."""

    def log_message(self, *args):
        """Say nothing."""


def pages(contents: Path = ROOT / "_toc.yml") -> list[tuple[int, str]]:
    """Give the book's pages in its order, each with its depth; a part's caption has no page."""
    table = yaml.safe_load(contents.read_text(encoding="utf-8"))
    found = [(0, table["root"])]

    def walk(entries, depth):
        for entry in entries:
            if "file" in entry:
                found.append((depth, entry["file"]))
            walk(entry.get("sections", []), depth + 1)

    for part in table["parts"]:
        found.append((0, part["caption"]))
        walk(part["chapters"], 1)
    return [(depth, name) for depth, name in found]


def print_page(page, address: str, name: str) -> tuple[str, PdfReader]:
    """Print one page of the site; give its title too."""
    page.goto(f"{address}/{name}.html")
    page.wait_for_function(MOUNTED)
    page.evaluate("document.fonts.ready")
    page.add_style_tag(content=STYLE)
    page.evaluate(PREPARE, f"{name}.html")
    title = page.evaluate("document.querySelector('article h1').firstChild.textContent")
    printed = page.pdf(
        prefer_css_page_size=True,
        outline=True,
        tagged=True,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=FOOTER,
    )
    return title.strip(), PdfReader(io.BytesIO(printed))


def turn_links(writer: PdfWriter, address: str, first: dict[str, int]) -> None:
    """Let links to printed pages lead to them, and others of the site to where it is published."""
    for sheet in writer.pages:
        for reference in sheet.get("/Annots") or []:
            link = reference.get_object()
            action = link.get("/A", {}).get_object() if "/A" in link else {}
            uri = str(action.get("/URI", ""))
            if not uri.startswith(address + "/"):
                continue
            name = re.sub(r"(\.html)?([#?].*)?$", "", uri.removeprefix(address + "/"))
            if name in first:
                goal = writer.pages[first[name]].indirect_reference
                link[NameObject("/Dest")] = ArrayObject(
                    [goal, NameObject("/XYZ"), *3 * [NullObject()]]
                )
            else:
                link[NameObject("/Border")] = ArrayObject([])
            del link["/A"]


def outline(writer: PdfWriter, entries: list, parent, start: int, reader: PdfReader) -> None:
    """Take the headings of one printed page over, below its own bookmark."""
    last = parent
    for entry in entries:
        if isinstance(entry, list):
            outline(writer, entry, last, start, reader)
            continue
        number = reader.get_destination_page_number(entry)
        last = writer.add_outline_item(
            title=entry.title, page_number=start + max(number or 0, 0), parent=parent
        )


def main() -> None:
    """Print all pages, join them, and link the result from the landing page."""
    found = find_browser()
    if found is None:
        sys.exit(f"make pdf: {CURE}")
    if not (SITE / "index.html").exists():
        sys.exit("no built book: run `make book` first")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    writer, first, parents = PdfWriter(), {}, {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(color_scheme="light", reduced_motion="reduce")
        page.add_init_script(CAPTIONS)
        for depth, name in pages():
            start = len(writer.pages)
            if not (SITE / f"{name}.html").exists():  # a part's caption: it leads to what follows
                parents[depth] = name
                continue
            title, reader = print_page(page, address, name)
            writer.append(reader, import_outline=False)
            first[name] = start
            above = parents.get(depth - 1)
            if isinstance(above, str):
                above = parents[depth - 1] = writer.add_outline_item(
                    title=above, page_number=start, bold=True
                )
            parents[depth] = mark = writer.add_outline_item(
                title=title, page_number=start, parent=above
            )
            headings = reader.outline
            outline(writer, headings[1] if len(headings) > 1 else [], mark, start, reader)
            print(f"\r{len(writer.pages):4} pages, {title[:60]:60}", end="", flush=True)
        browser.close()
    server.shutdown()
    server.server_close()
    print()
    turn_links(writer, address, first)
    writer.add_metadata({"/Title": "Linear regression from scratch in PyTorch"})
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject()
    writer.compress_identical_objects()
    writer.write(PDF)
    offer()
    print(f"{len(writer.pages)} pages, {PDF.stat().st_size / 1e6:.1f} MB: {PDF}")


def offer() -> None:
    """Put a link to the PDF where the landing page keeps a place for it."""
    index = SITE / "book" / "index.html"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace(PLACE, LINK), encoding="utf-8")


if __name__ == "__main__":
    main()
