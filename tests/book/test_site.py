"""The built site as files: links, words for pictures, no other host, no trace of the machine."""

import re
import struct
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from building import ROOT

import linreg_lib
from linreg_lib.pitfalls import PITFALLS, TOPICS

EMBEDDING = {"src", "srcset", "data", "poster"}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.asked, self.ids, self.pictures = [], [], [], []
        self.meta, self.title, self.lang, self.inside = {}, "", None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.inside = tag
        if values.get("id"):
            self.ids.append(values["id"])
        if tag == "html":
            self.lang = values.get("lang")
        if tag == "meta" and ("name" in values or "property" in values):
            self.meta[values.get("name") or values["property"]] = values.get("content", "")
        if tag == "link" and values.get("rel") == "canonical":
            return  # the page's own address, which a browser does not ask for
        if tag == "img":
            self.pictures.append(values)
        for name, value in values.items():
            if value is None:
                continue
            if name in EMBEDDING or (tag == "link" and name == "href"):
                self.asked.append(value)
            if name in ("href", "src"):
                self.links.append(value)

    def handle_data(self, data):
        if self.inside == "title" and not self.title:
            self.title = data.strip()


@cache
def parse(path):
    return Page(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pages(site):
    found = [path for path in sorted(site.rglob("*.html")) if path != site / "index.html"]
    assert len(found) > 8
    return found


def test_every_internal_link_and_anchor_resolves(site, pages):
    broken = []
    for path in [*pages, site / "index.html"]:
        for link in parse(path).links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = path if not parts.path else (path.parent / unquote(parts.path)).resolve()
            if not target.is_file():
                broken.append(f"{path.relative_to(site)}: no file for {link}")
            elif parts.fragment and target.suffix == ".html":
                fragment = unquote(parts.fragment)
                if target.name == "playground.html" and fragment.startswith("book="):
                    # A program's own name, or a chapter's and the number of its cell.
                    name, text = fragment.removeprefix("book="), target.read_text("utf-8")
                    there = f'"{name}"' in text or f'"{name.rpartition("/")[0]}"' in text
                else:
                    there = fragment in parse(target).ids
                if not there:
                    broken.append(f"{path.relative_to(site)}: no anchor for {link}")
    assert not broken, "\n".join(broken)


def test_no_page_asks_another_host(site, pages):
    asked = []
    for path in pages:
        asked += [f"{path.name}: {url}" for url in parse(path).asked if urlsplit(url).netloc]
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        asked += [
            f"{path.name}: {url}"
            for url in re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)", text)
        ]
    for path in [*pages, *site.rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        asked += [f"{path.name}: {m}" for m in re.findall(r"unpkg\.com|jsdelivr|cdnjs", text)]
    assert not asked, "\n".join(asked)


def test_pages_are_described_titled_and_in_english(pages):
    descriptions = {}
    for path in pages:
        page = parse(path)
        assert page.lang == "en", path
        assert page.title, path
        description = page.meta.get("description", "")
        assert 15 <= len(description) <= 200, f"{path}: {description!r}"
        other = descriptions.setdefault(description, path)
        assert other == path, f"{path} and {other} have the same description"


def test_a_shared_link_shows_a_card_of_its_own(site, pages):
    cards = set()
    for path in pages:
        meta = parse(path).meta
        assert meta["og:title"].split(" - ")[0] in parse(path).title, path
        assert meta["og:description"][:100] == meta["description"][:100], path
        assert len(meta["og:description"]) <= 310, path
        assert meta["og:type"] in ("article", "website"), path
        card = site / "_static" / "cards" / meta["og:image"].rsplit("/", 1)[-1]
        start = card.read_bytes()[:24]
        assert start[1:4] == b"PNG"
        assert struct.unpack(">II", start[16:]) == (1200, 630)
        assert len(meta["og:image:alt"]) > 40
        cards.add(card.name)
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    assert len(cards) == 1 + len(toc["parts"]), "a card for each part, and one for the book"


def test_every_picture_has_words_and_every_id_is_unique(pages):
    for path in pages:
        page = parse(path)
        for picture in page.pictures:
            if "logo__image" not in picture.get("class", ""):  # its link has the title as text
                assert picture.get("alt", "").strip(), f"{path}: {picture}"
        twice = {i for i in page.ids if page.ids.count(i) > 1}
        assert not twice, f"{path}: ids used twice: {twice}"


def test_no_page_tells_where_it_was_built(pages):
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert str(ROOT) not in text, path
        assert "site-packages" not in text, path
        assert not re.search(r"\bat 0x[0-9a-f]{6,}", text), f"{path}: an address of memory"


def test_the_contents_list_every_chapter_once():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    listed = [toc["root"]]
    chapters = [one for part in toc["parts"] for one in part["chapters"]]
    listed += [one["file"] for one in chapters]
    listed += [one["file"] for chapter in chapters for one in chapter.get("sections", ())]
    files = [
        path.relative_to(ROOT).with_suffix("").as_posix() for path in ROOT.glob("book/**/*.md")
    ]
    assert sorted(listed) == sorted(files)


def test_every_address_that_hints_and_findings_print_opens(site):
    addresses = [pitfall.address for pitfall in PITFALLS.values()]
    addresses += [f"book/pitfalls/{topic}.html" for topic in TOPICS]
    for address in addresses:
        page, _, anchor = address.partition("#")
        assert (site / page).is_file(), address
        assert not anchor or anchor in parse(site / page).ids, address


def public_modules():
    """Give the package and those of its public modules that it does not re-export."""
    folder = ROOT / "linreg_lib"
    shared = {getattr(linreg_lib, name).__module__ for name in linreg_lib.__all__}
    names = {path.stem for path in folder.glob("*.py")}
    names |= {path.parent.name for path in folder.glob("*/__init__.py")}
    names = sorted(f"linreg_lib.{name}" for name in names if not name.startswith("_"))
    return ["linreg_lib", *(name for name in names if name not in shared)]


@pytest.mark.parametrize("name", public_modules())
def test_the_api_page_documents_every_export(site, name):
    module = __import__(name, fromlist=["_"])
    exports = getattr(module, "__all__", None)
    if exports is None:
        exports = [
            key
            for key, value in vars(module).items()
            if not key.startswith("_") and getattr(value, "__module__", None) == name
        ]
    assert exports
    ids = parse(site / "book" / "api.html").ids
    missing = [export for export in exports if f"{name}.{export}" not in ids]
    assert not missing, f"add them to book/api.md: {missing}"
