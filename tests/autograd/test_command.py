"""`python -m linreg_lib.autograd program.py`: the page, and what is said when it cannot be made."""

import json
import re

import pytest

from linreg_lib.autograd.__main__ import main

PROGRAM = """\
import torch

w = torch.tensor([1.0, float("nan")], requires_grad=True)
loss = (w * 2).sum()  # </script><script>document.title = "mine"</script> <!--
loss.backward()
"""


def state_of(page):
    return json.loads(re.search(r'id="linreg-widget-state">(.*?)</script>', page)[1])["w1"]["state"]


def test_the_page_holds_the_recording_and_asks_for_nothing_else(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(PROGRAM)
    assert main(["mine.py"]) == 0
    page = (tmp_path / "mine.html").read_text()
    assert (
        f"mine.html: 4 steps. Open {(tmp_path / 'mine.html').as_uri()}" in capsys.readouterr().out
    )
    (recording,) = state_of(page)["recordings"]
    assert recording["code"] == PROGRAM.strip()
    assert recording["ended"]["reason"] == "end"
    assert page.count("</script>") == 2  # hostile text ends none
    assert not re.search(r'(?:src|href)="(?!#)', page)


def test_an_error_is_part_of_the_page_and_is_said(tmp_path, capsys):
    program = tmp_path / "fails.py"
    program.write_text("x = 1\nx.backward()\n")
    assert main([str(program), "-o", str(tmp_path / "other.html")]) == 0
    assert "AttributeError: 'int' object has no attribute 'backward'" in capsys.readouterr().out
    assert state_of((tmp_path / "other.html").read_text())["recordings"][0]["error"]["line"] == 2


def test_the_program_finds_the_modules_beside_it_and_its_own_name(tmp_path):
    (tmp_path / "besides_it.py").write_text("value = 3\n")
    program = tmp_path / "main.py"
    program.write_text(
        "import sys\nfrom besides_it import value\nassert __name__ == '__main__'\n"
        "assert sys.argv == [__file__]\n"
    )
    assert main([str(program), "-o", str(tmp_path / "main.html")]) == 0
    page = (tmp_path / "main.html").read_text()
    assert state_of(page)["recordings"][0]["ended"]["reason"] == "end"


def test_an_endless_program_is_ended(tmp_path, capsys):
    program = tmp_path / "endless.py"
    program.write_text("while True:\n    pass\n")
    assert main([str(program), "--max-steps", "20", "-o", str(tmp_path / "endless.html")]) == 0
    assert "Stopped after 20 steps" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "options", "says"),
    [
        ("absent.py", None, (), "there is no file"),
        ("empty.py", b"\n \n", (), "is empty"),
        ("latin.py", b"x = '\xe9'\n", (), "no text in UTF-8"),
        ("page.html", b"x = 1\n", (), "written over the program"),
        ("good.py", b"x = 1\n", ("-o", "nowhere/page.html"), "cannot be written"),
        ("good.py", b"x = 1\n", ("--max-steps", "0"), "must be a number above 0"),
        (".", None, (), "is a folder"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path, monkeypatch, capsys, name, content, options, says):
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        main([name, *options])
    assert ended.value.code == 2
    assert says in capsys.readouterr().err
    assert content is None or (tmp_path / name).read_bytes() == content
