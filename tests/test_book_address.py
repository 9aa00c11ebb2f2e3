"""What explains something ends with an address that opens."""

import re

import pytest
import torch

from linreg_lib._book import book_url, where_to_read
from linreg_lib.checks import Finding
from linreg_lib.hints import Hint, hints

PAGE = "book/pitfalls/graph-lifetime.html#pitfall-second-backward"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch):
    monkeypatch.delenv("LINREG_BOOK_URL", raising=False)


def test_without_an_address_of_the_book_the_page_is_named_within_it():
    assert book_url(PAGE) == PAGE
    assert where_to_read(PAGE) == f"Read, within the book: {PAGE}"


@pytest.mark.parametrize("root", ["https://example.org/linreg/", "https://example.org/linreg"])
def test_with_one_the_address_is_complete(monkeypatch, root):
    monkeypatch.setenv("LINREG_BOOK_URL", root)
    assert book_url(PAGE) == f"https://example.org/linreg/{PAGE}"
    assert where_to_read(PAGE) == f"Read: https://example.org/linreg/{PAGE}"
    assert Hint(None, "happened", None, "", PAGE).url == f"https://example.org/linreg/{PAGE}"


def test_an_address_set_after_the_import_counts_and_an_empty_one_does_not(monkeypatch):
    monkeypatch.setenv("LINREG_BOOK_URL", "https://example.org/")
    assert book_url("a.html") == "https://example.org/a.html"
    monkeypatch.setenv("LINREG_BOOK_URL", " ")
    assert book_url("a.html") == "a.html"


@pytest.mark.parametrize("root", ["", "https://example.org/linreg/"])
def test_nothing_comes_after_the_address_of_a_hint_or_a_finding(monkeypatch, root):
    monkeypatch.setenv("LINREG_BOOK_URL", root)
    w = torch.ones(1, requires_grad=True)
    with pytest.raises(RuntimeError) as caught, hints():
        w -= 1
    for text in (caught.value.__notes__[0], str(Finding("forgotten-zero", "Seen."))):
        assert re.search(rf" {root}book/pitfalls/\S+(?<=[a-z])$", text), text
