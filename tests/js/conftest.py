"""Run the widgets' JavaScript modules without a page: in Node, or else in the tests' browser."""

import json
import re
import shutil
import subprocess

import pytest

from linreg_lib.widgets import _compose


def exports(path, seen):
    """The names that a module and all it imports export."""
    if path in seen:
        return []
    seen.add(path)
    text = path.read_text(encoding="utf-8")
    names = re.findall(r"^export (?:async )?(?:function\*?|const) (\w+)", text, re.MULTILINE)
    for target in re.findall(r'^import .* from "(.+)";$', text, re.MULTILINE):
        names += exports((path.parent / target).resolve(), seen)
    return names


def standalone(module):
    """One ES module out of `module` and its imports, with the exports of all of them."""
    names = ", ".join(exports((_compose._HERE / module).resolve(), set()))
    return f"{_compose.compose(module)}\nexport {{ {names} }};\n"


class Node:
    def __init__(self, folder):
        self.folder = folder

    def __call__(self, module, body, args=None):
        (self.folder / "module.mjs").write_text(standalone(module), encoding="utf-8")
        (self.folder / "call.mjs").write_text(
            'import * as m from "./module.mjs";\nimport { readFileSync } from "node:fs";\n'
            'const args = JSON.parse(readFileSync(0, "utf8"));\n'
            f"const result = await (async () => {{ {body} }})();\n"
            "process.stdout.write(JSON.stringify(result ?? null));\n",
            encoding="utf-8",
        )
        done = subprocess.run(
            ["node", "call.mjs"],
            cwd=self.folder,
            input=json.dumps(args),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


class Browser:
    def __init__(self, page):
        self.page = page

    def __call__(self, module, body, args=None):
        return self.page.evaluate(
            """async ([text, body, args]) => {
                const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
                const m = await import(url);
                const call = new Function("m", "args", `return (async () => { ${body} })()`);
                return (await call(m, args)) ?? null;
            }""",
            [standalone(module), body, args],
        )


@pytest.fixture(scope="session")
def js(request, tmp_path_factory):
    """`js("js/scales.js", "return m.clamp(args, 0, 1)", 3)` gives 1."""
    if shutil.which("node"):
        yield Node(tmp_path_factory.mktemp("js"))
        return
    page = request.getfixturevalue("browser").new_page()
    yield Browser(page)
    page.close()
