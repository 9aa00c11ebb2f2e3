"""Scales, number formats and address state, without a page."""

import pytest

from linreg_lib.widgets import _compose


def test_modules_join_into_one_text_without_a_clash(js, tmp_path, monkeypatch):
    modules = sorted((_compose._HERE / "js").glob("*.js"))
    probe = "".join(f'import {{ x }} from "./js/{path.name}";\n' for path in modules)
    (tmp_path / "js").symlink_to(_compose._HERE / "js")
    (tmp_path / "all.js").write_text(probe)
    monkeypatch.setattr(_compose, "_HERE", tmp_path)
    names = js("all.js", "return Object.keys(m)")
    assert {"linear", "slider", "createPlayer", "pageAddress", "connectKernel"} <= set(names)


def test_a_logarithmic_scale_and_its_inverse(js):
    got = js(
        "js/scales.js",
        "const s = m.logarithmic([1e-4, 10], [0, 500]);"
        "return [s(1e-4), s(0.1), s(10), s.invert(300)]",
    )
    assert got == pytest.approx([0, 300, 500, 0.1])


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ("fixed(-3.4, 3)", "\u22123.400"),
        ("fixed(-0.0001, 3)", "0.000"),
        ("fixed(NaN, 3)", "nan"),
        ("fixed(-Infinity, 3)", "\u2212inf"),
        ("fixed(1.25e9, 3)", "1.25e9"),
        ("short(0.0000502)", "0.0000502"),
        ("short(0.035)", "0.0350"),
        ("short(1234.5)", "1235"),
        ("short(3.4e38)", "3.40e38"),
        ("short(2e-9)", "2.00e\u22129"),
        ("plain(0.03)", "0.03"),
        ("powerLabel(1e-6)", "10⁻⁶"),
        ("powerLabel(100)", "100"),
    ],
)
def test_numbers_as_text(js, call, text):
    assert js("js/scales.js", f"return m.{call}") == text


def test_ticks_are_round_and_inside(js):
    assert js("js/scales.js", "return m.niceTicks(0, 300, 5)") == [0, 100, 200, 300]
    assert js("js/scales.js", "return m.decades(1e-6, 100, 5)") == pytest.approx(
        [1e-6, 1e-4, 1e-2, 1, 100]
    )


def test_state_survives_the_address(js):
    state = {"lr": 0.03, "seed": 0, "note": "a,b:c&d=1 ü"}
    text = js("js/address.js", "return m.encodeState(args)", state)
    assert "&" not in text and "=" not in text
    read = """
        const query = new URLSearchParams(m.withParameter("?q=1", "lab", args));
        const touched = new URLSearchParams(query.toString()); // what other scripts make of it
        return [query, touched].map((q) => m.decodeState(q.get("lab")));
    """
    got, touched = js("js/address.js", read, text)
    assert touched == got
    assert got == {key: str(value) for key, value in state.items()}


def test_broken_state_gives_what_can_be_read(js):
    assert js("js/address.js", "return m.decodeState('lr:0.1,:3,junk,x:%E0%A4%A')") == {"lr": "0.1"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "?lab=a:1"),
        ("?lab=b:2", "?lab=a:1"),
        ("?q=x&lab=b:2&z=1", "?q=x&z=1&lab=a:1"),
    ],
)
def test_one_parameter_of_a_query_is_replaced(js, query, expected):
    assert js("js/address.js", "return m.withParameter(args, 'lab', 'a:1')", query) == expected


def test_defaults_stay_out_of_the_address(js):
    body = """
        const kept = m.withoutDefaults({ lr: 0.03, seed: 0, at: 7 }, { lr: 0.03, seed: 1 });
        return [kept, m.withParameter("?q=1&lab=lr:1", "lab", m.encodeState({}))];
    """
    assert js("js/address.js", body) == [{"seed": 0, "at": 7}, "?q=1"]
    assert js("js/address.js", 'return m.withParameter("", "lab", "")') == ""
