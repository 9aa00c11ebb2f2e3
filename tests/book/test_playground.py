"""The programs in the playground's menu."""

import ast
import re
import sys
from types import SimpleNamespace

from building import ROOT

from linreg_lib.pitfalls import PITFALLS

sys.path.insert(0, str(ROOT / "book" / "_ext"))
import book_playground

CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
NAMES = [path.relative_to(ROOT).with_suffix("") for path in (ROOT / "book").rglob("*.md")]
PAGES = SimpleNamespace(found_docs=[name.as_posix() for name in NAMES])


def functions(source):
    """Give the functions of a program by name, each as its text."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return {node.name: ast.unparse(node) for node in found}


def test_the_menu_has_every_pitfall_and_leads_to_its_page():
    menu = {program["name"]: program for program in book_playground.programs(PAGES)}
    for name, pitfall in PITFALLS.items():
        assert menu[f"{name}/wrong"]["code"].strip() == pitfall.wrong.strip()
        assert menu[f"{name}/right"]["code"].strip() == pitfall.right.strip()
        assert menu[f"{name}/right"]["page"] == f"book/pitfalls/{name}.html"
    assert {"one-step", "training-loop"} <= menu.keys()
    assert all(program["page"] for program in menu.values())


def test_the_loop_is_made_of_the_functions_that_the_chapters_write():
    chapters = {}
    for path in (ROOT / "book" / "scratch").glob("*.md"):
        for match in CELL.finditer(path.read_text(encoding="utf-8")):
            code = re.sub(r"\A(?::[\w-]+:.*\n)+|\A---\n.*?^---\n", "", match[1], flags=re.M | re.S)
            if "def " in code and "raises-exception" not in match[1]:
                for name, text in functions(re.sub(r"^[%!].*", "", code, flags=re.M)).items():
                    chapters.setdefault(name, []).append(text)
    program = (ROOT / "book" / "programs" / "02-training-loop.py").read_text(encoding="utf-8")
    written = functions(program)
    assert len(written) == 5
    assert [name for name, text in written.items() if text not in chapters[name]] == []


def test_an_unedited_program_opens_in_colab_where_the_book_is_on_github(monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "someone/book")
    monkeypatch.setenv("GITHUB_SHA", "0" * 40)
    menu = {program["name"]: program for program in book_playground.programs(PAGES)}
    assert menu["rebind-update/wrong"]["colab"].endswith("book/pitfalls/rebind-update.ipynb")
    assert menu["one-step"]["colab"].startswith("https://colab.research.google.com/github/someone/")
