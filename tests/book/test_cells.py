"""Cells that run in the build's own process: what they show, and where they fail."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))
import book_cells


def test_a_cell_gives_what_it_prints_and_the_value_of_its_last_line():
    names = {}
    assert book_cells.execute("a = 2\nprint('two')\na + 1", names, "page") == ("two\n", 3)
    assert book_cells.execute("b = a * 5", names, "page") == ("", None)
    assert names["b"] == 10


@pytest.mark.parametrize(
    ("source", "line", "text"),
    [
        ("a = 1\nassert a == 2", 2, "AssertionError"),
        ("def f():\n    return 1 / 0\n\n\nf()", 2, "division by zero"),
        ("a = (", 1, "SyntaxError"),
        ("import warnings\nwarnings.warn('careful')", 2, "UserWarning: careful"),
    ],
)
def test_a_cell_that_fails_or_warns_tells_its_line(source, line, text):
    with pytest.raises(book_cells.CellError, match=text) as caught:
        book_cells.execute(source, {}, "page")
    assert caught.value.line == line


def test_a_page_has_what_its_cells_show_and_its_notebook_what_they_need(site):
    page, notebook = (
        (site / "book" / "pitfalls" / f"cat-result-thrown-away{suffix}").read_text(encoding="utf-8")
        for suffix in (".html", ".ipynb")
    )
    assert "result thrown away, divided by 1001: 1" in page, "what a cell printed"
    imports = "from linreg_lib import data_iter, init_params"
    assert imports in notebook and imports not in page
    for text in (page, notebook):
        assert "as_published &lt; 15" not in text and "as_published < 15" not in text, "a check"
    assert 'AutogradStepper(pitfall=\\"cat-result-thrown-away\\")' in notebook
