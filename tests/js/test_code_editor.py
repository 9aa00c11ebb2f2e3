"""The program editor's keys and colors, without a page."""

import io
import keyword
import tokenize

import pytest


def typed(js, key, text):
    """Apply a key to a text with its selection between two bars, and mark the new one."""
    start, end = text.index("|"), text.rindex("|")
    plain = text.replace("|", "")
    end = max(start, end - 1)
    edit = js("editing/typing.js", f"return m.{key}(...args)", [plain, start, end])
    if edit is None:
        return None
    after = plain[: edit["from"]] + edit["insert"] + plain[edit["to"] :]
    start, end = edit["start"], edit["end"]
    marked = after[:start] + "|" + after[start:end] + "|" + after[end:]
    return marked.replace("||", "|")


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("indent", "ab|c", "ab  |c"),
        ("indent", "|", "    |"),
        ("indent", "a|\nb\n|c", "    a|\n    b\n|c"),
        ("indent", "|a\n\nb|", "|    a\n\n    b|"),
        ("dedent", "      a|", "    a|"),
        ("dedent", "  a|b", "a|b"),
        ("dedent", "\ta|", "a|"),
        ("dedent", "|    a\n  b|\n    c", "|a\nb|\n    c"),
        ("dedent", "a|", None),
        ("newline", "for i in x:|", "for i in x:\n    |"),
        ("newline", "    if a:  # why|", "    if a:  # why\n        |"),
        ("newline", "    a = 1|", "    a = 1\n    |"),
        ("newline", "  |  a", "  \n  |  a"),
        ("newline", "a|bc|d", "a\n|d"),
        ("backspace", "        |a", "    |a"),
        ("backspace", "      |a", "    |a"),
        ("backspace", "a  |", None),
        ("backspace", "|a", None),
        ("backspace", "  |  |a", None),
        ("comment", "  a|", "  # a|"),
        ("comment", "  # a|", "  a|"),
        ("comment", "|for i:\n\n    a|", "|# for i:\n\n#     a|"),
        ("comment", "|# for i:\n\n#     a|", "|for i:\n\n    a|"),
        ("comment", "|", None),
    ],
)
def test_keys_edit_as_in_an_editor_for_python(js, key, before, after):
    assert typed(js, key, before) == after


PROGRAM = '''\
import torch  # the "library"
@decorated
def step(p, lr=0.1e-3):
    """Move
    p."""
    text = f'{p}: it\\'s' + "a # b" + r"\\d"
    return p.print - lr * 0x1F if p is not None else print(text)
größe = .5
'''


def test_colors_agree_with_pythons_own_tokens(js):
    words = []
    for number, line in enumerate(js("editing/highlight.js", "return m.highlight(args)", PROGRAM)):
        column = 0
        for kind, text in line:
            words.append((kind, number + 1, column, text))
            column += len(text)
    lines = {}
    for _, number, _, text in words:
        lines[number] = lines.get(number, "") + text
    assert [lines.get(n + 1, "") for n in range(len(lines))] == PROGRAM.split("\n")[: len(lines)]

    def kind_at(number, column):
        return next(k for k, n, c, t in words if n == number and c <= column < c + len(t))

    kinds = {tokenize.COMMENT: "comment", tokenize.STRING: "string", tokenize.NUMBER: "number"}
    kinds[getattr(tokenize, "FSTRING_START", tokenize.STRING)] = "string"
    seen = set()
    for token in tokenize.generate_tokens(io.StringIO(PROGRAM).readline):
        expected = kinds.get(token.type)
        if token.type == tokenize.NAME and keyword.iskeyword(token.string):
            expected = "keyword"
        if expected:
            assert kind_at(*token.start) == expected, token
            seen.add(expected)
    assert seen == {"comment", "string", "number", "keyword"}
    assert kind_at(3, 4) == "name"
    assert kind_at(7, 13) == ""  # an attribute is no builtin
    assert kind_at(7, PROGRAM.split("\n")[6].rindex("print")) == "builtin"


@pytest.mark.parametrize(
    "text", ["", "\n", "'", '"""a\nb', "x = 'a\ny", "\\", "f'{x", "a\u00a0b\t"]
)
def test_an_unfinished_program_keeps_every_letter(js, text):
    lines = js("editing/highlight.js", "return m.highlight(args)", text)
    assert "\n".join("".join(part for _, part in line) for line in lines) == text
