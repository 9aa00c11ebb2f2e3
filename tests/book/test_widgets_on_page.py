"""What becomes of widgets on a built page, shown with throwaway ones."""

import gzip
import json
import re

import pytest
from building import ROOT, SmallBook, cell

COUNTER = cell(
    '''
    import struct

    import anywidget
    import traitlets

    class Counter(anywidget.AnyWidget):
        _esm = """
        function render({ model, el }) {
          if (model.get("broken")) throw new Error("broken on purpose");
          const button = document.createElement("button");
          const view = model.get("data");
          const sum = new Float32Array(view.buffer).reduce((a, b) => a + b, 0);
          const draw = () => { button.textContent = `${model.get("label")} ${model.get("value")} of ${sum}`; };
          model.on("change:value", draw);
          button.onclick = () => { model.set("value", model.get("value") + 1); model.save_changes(); };
          draw();
          el.append(button);
        }
        export default { render };
        """
        _css = "button { font-style: italic }"
        value = traitlets.Int(1).tag(sync=True)
        label = traitlets.Unicode().tag(sync=True)
        broken = traitlets.Bool(False).tag(sync=True)
        data = traitlets.Bytes(struct.pack("<3f", 1, 2, 3)).tag(sync=True)

        def _repr_mimebundle_(self, **kwargs):
            data, metadata = super()._repr_mimebundle_(**kwargs)
            svg = (
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20" role="img" '
                'aria-labelledby="t"><title id="t">Still</title><rect width="9" height="9"/></svg>'
            )
            return {**data, "image/svg+xml": svg, "text/plain": "A button that counts."}, metadata

    first = Counter(label="first")
    first
    ''',  # noqa: E501
    "remove-input",
)
PAGE = (
    COUNTER
    + cell("Counter(label='</script>', value=7)")
    + cell("first")
    + cell("Counter(label='x', broken=True)")
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    book = SmallBook(tmp_path_factory.mktemp("widgets") / "book")
    book.write(page=PAGE, plain="No widget here.\n")
    done = book.strictly()
    assert done.returncode == 0, done.stdout
    return book


def places(page):
    page.wait_for_function(
        "[...document.querySelectorAll('.linreg-widget')].every((e) => e.dataset.state)"
    )
    return page.locator(".linreg-widget")


def test_modules_are_mounted_each_view_on_its_model(built, browser):
    page = browser.new_page()
    page.goto((built.folder / "_build" / "html" / "page.html").as_uri())
    found = places(page)
    assert found.evaluate_all("all => all.map((e) => e.dataset.state)") == [
        "live",
        "live",
        "live",
        "failed",
    ]
    found.nth(0).get_by_role("button").click()
    texts = [found.nth(i).inner_text() for i in range(3)]
    assert texts == ["first 2 of 6", "</script> 7 of 6", "first 2 of 6"]
    page.close()


def test_the_still_stands_where_a_module_fails(built, browser):
    page = browser.new_page()
    page.goto((built.folder / "_build" / "html" / "page.html").as_uri())
    failed = places(page).nth(3)
    assert failed.locator("svg").is_visible()
    assert failed.locator("figcaption").inner_text() == "A button that counts."
    page.close()


def test_the_still_stands_where_no_script_runs(built, browser):
    page = browser.new_page(java_script_enabled=False)
    page.goto((built.folder / "_build" / "html" / "page.html").as_uri())
    found = page.locator(".linreg-widget")
    assert found.count() == 4
    for place in found.all():
        assert place.locator("svg").is_visible()
        assert place.locator("figcaption").is_visible()
    page.close()


def test_sources_are_shared_and_the_state_is_small(built):
    html = built.html("page")
    folder = built.folder / "_build" / "html" / "_static" / "widgets"
    assert sorted(path.suffix for path in folder.iterdir()) == [".css", ".js"]
    state = json.loads(re.search(r'id="linreg-widget-state"[^>]*>(.*?)</script>', html)[1])
    assert sorted(state) == ["w1", "w2", "w3"]
    assert len({one["module"] for one in state.values()}) == 1
    assert state["w2"]["state"] == {"broken": False, "label": "</script>", "value": 7}
    assert "italic" not in html
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "widgets" not in built.html("plain")
    assert "require.js" not in html
    assert "html-manager" not in html


def test_the_loader_is_small():
    assert len(gzip.compress((ROOT / "linreg_lib" / "widgets" / "loader.js").read_bytes())) <= 5000


def test_a_core_widget_fails_the_build(book):
    book.write(page=cell("import ipywidgets\nipywidgets.IntSlider(description='Dead')"))
    done = book.strictly()
    assert done.returncode != 0
    assert "IntSliderModel would be dead on the page" in done.stdout


def test_a_widget_without_a_still_fails_the_build(book):
    book.write(
        page=cell(
            """
            import anywidget

            class Bare(anywidget.AnyWidget):
                _esm = "export default { render() {} };"

            Bare()
            """
        )
    )
    done = book.strictly()
    assert done.returncode != 0
    assert "a widget needs a still figure" in done.stdout
