"""The book as one PDF: in order, with bookmarks, with links that lead to its own pages."""

import os
import subprocess
import sys

import pytest
import yaml
from building import ROOT
from pypdf import PdfReader


@pytest.fixture
def printer(monkeypatch):
    """The module."""
    monkeypatch.syspath_prepend(ROOT / "book")
    import print_book

    return print_book


# In a process of its own: this one may have a browser open already.
PRINT = """
import pathlib, sys
import print_book
print_book.SITE, print_book.PDF = map(pathlib.Path, sys.argv[1:])
print_book.pages = lambda: [
    (0, "book/index"),
    (0, "From scratch"),
    (1, "book/autograd"),
    (1, "book/pitfalls/second-backward"),
]
print_book.offer = lambda: None  # the site stays as other tests expect it
print_book.main()
"""


def test_every_page_is_printed_once_and_in_order(printer):
    names = [name for _, name in printer.pages()]
    files = [
        line.split("file: ")[1]
        for line in (ROOT / "_toc.yml").read_text().splitlines()
        if "file: " in line
    ]
    captions = [
        part["caption"] for part in yaml.safe_load((ROOT / "_toc.yml").read_text())["parts"]
    ]
    assert [name for name in names if name not in captions] == ["book/index", *files]


def test_the_landing_page_has_a_place_for_the_link(printer, site):
    assert (site / "book" / "index.html").read_text().count(printer.PLACE) == 1


def test_a_printed_book_has_bookmarks_captions_and_links_within(site, tmp_path):
    path = tmp_path / "book.pdf"
    subprocess.run(
        [sys.executable, "-c", PRINT, site, path],
        env={**os.environ, "PYTHONPATH": str(ROOT / "book")},
        check=True,
    )
    pdf = PdfReader(path)
    texts = [sheet.extract_text() for sheet in pdf.pages]
    titles = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert titles == ["Linear regression from scratch in PyTorch", "From scratch"]
    start = next(i for i, text in enumerate(texts) if "Inside autograd" in text.split("\n")[0])
    assert "book/index.html#" in texts[0] and "Loss by step" in texts[0]
    assert any("AccumulateGrad" in text for text in texts[start:])  # the graph is drawn
    goals = {
        pdf.get_destination_page_number(_goal(pdf, link))
        for sheet in pdf.pages
        for link in (reference.get_object() for reference in sheet.get("/Annots") or [])
        if "/Dest" in link and not isinstance(link["/Dest"], str)
    }
    assert start in goals  # the landing page's table leads to the chapter
    assert "127.0.0.1" not in "".join(texts)


def _goal(pdf, link):
    from pypdf.generic import Destination, Fit

    return Destination("link", link["/Dest"][0], Fit.xyz())
