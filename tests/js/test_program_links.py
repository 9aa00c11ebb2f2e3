"""A program in a link, against Python's own deflate and base64."""

import base64
import json
import zlib

import nbformat
import pytest

PROGRAMS = ["", "x = 1\n", "größe = '→ 🙂'\n\tprint(größe)\n", "w -= 0.1 * w.grad\n" * 300]


def unpadded(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unpacked(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.mark.parametrize("code", PROGRAMS)
def test_a_program_survives_its_link(js, code):
    packed, back, plain = js(
        "editing/share.js",
        "const z = await m.packProgram(args), u = m.plainProgram(args);"
        "return [z, [await m.unpackProgram(z), await m.unpackProgram(u)], u]",
        code,
    )
    assert zlib.decompress(unpacked(packed.removeprefix("z.")), -15).decode() == code
    assert unpacked(plain.removeprefix("u.")).decode() == code
    assert back == [code, code]


def test_a_stepper_writes_what_the_playground_reads(js):
    fragment = js("stepper/playground_link.js", "return m.programFragment(args)", PROGRAMS[2])
    assert fragment == f"#program=u.{unpadded(PROGRAMS[2].encode())}"


@pytest.mark.parametrize(
    "packed",
    [
        "",
        "z.",
        "x.AAAA",
        "u.A",
        "u.AA==",
        "u.AB+C",
        "z.AAAA",
        "u." + unpadded(b"\xff\xfe"),
        "u." + unpadded(b"a\x00b"),
        "u." + unpadded("a\u202eb".encode()),
        "u." + "A" * 20_000,
    ],
)
def test_what_is_no_program_is_refused(js, packed):
    body = "return m.unpackProgram(args).then(() => 'read', () => 'refused')"
    assert js("editing/share.js", body, packed) == "refused"


def test_line_ends_of_other_systems_become_ours(js):
    packed = "u." + unpadded(b"a\r\nb\rc\n")
    assert js("editing/share.js", "return m.unpackProgram(args)", packed) == "a\nb\nc\n"


def test_an_address_is_read_and_written(js):
    read = "return Promise.all(args.map((one) => m.readFragment(one)))"
    hashes = ["", "#ask-c7", "#book=a/wrong&step=3&node=2&nodes=false", "#book=a&step=-1&node=x"]
    nothing, other, full, odd = js("playground/link.js", read, hashes)
    assert (nothing, other) == (None, None)
    assert full == {"name": "a/wrong", "view": {"step": 3, "node": 2, "nodes": False}}
    assert odd["view"] == {"step": None, "node": None, "nodes": None}
    state = {"code": "x", "name": "a/wrong", "view": {"step": 3, "node": 2, "nodes": False}}
    assert js("playground/link.js", "return m.fragmentOf(args)", state) == hashes[2]


def test_a_notebook_holds_the_program_in_one_cell(js):
    text = js("editing/take_away.js", "return m.notebookOf(args)", PROGRAMS[2])
    notebook = json.loads(text)
    assert "".join(notebook["cells"][0]["source"]) == PROGRAMS[2].rstrip()
    nbformat.validate(nbformat.from_dict(notebook))


STORE = (
    "const kept = new Map(); const place = { getItem: (k) => kept.get(k) ?? null,"
    " setItem: (k, v) => kept.set(k, v), removeItem: (k) => kept.delete(k) };"
)


def test_the_last_program_is_kept_and_the_one_before_it(js):
    steps = js(
        "js/store.js",
        STORE + "const s = m.programStore('k', () => place); const seen = [s.read()];"
        "s.replace('a'); s.write('ab'); seen.push(s.read()); s.replace('c'); seen.push(s.read());"
        "s.forget(); seen.push(s.read()); kept.set('k', '[1'); seen.push(s.read()); return seen;",
    )
    kept = {"code": "ab", "before": None}, {"code": "c", "before": "ab"}
    assert steps == [None, *kept, None, None]


def test_a_browser_that_keeps_nothing_breaks_nothing(js):
    body = (
        "const s = m.programStore('k', () => { throw new Error('blocked') });"
        "s.replace('a'); s.write('b'); s.forget(); return [s.works, s.read()]"
    )
    assert js("js/store.js", body) == [False, None]
