// Compiles the modules of the standard library that every start loads: 2 s less of each start.
// Only the CPython that will run them can do it, so it runs here, in Node.
//
//   node compile_stdlib.mjs <folder of Pyodide> <zip of sources> <zip to write> <abi> <modules ...>
//
// The modules that are named, and those that start with the interpreter, become .pyc without a check
// of their source and without their docstrings, which weigh a third; all others stay sources. The same bytes each time: no time, no random hashes.
import fs from "node:fs";

const [folder, sources, target, abi, ...modules] = process.argv.slice(2);
const { loadPyodide } = await import(`${folder}/pyodide.mjs`);
const python = await loadPyodide({
  indexURL: `${folder}/`,
  lockFileContents: { info: { abi_version: abi }, packages: {} },
  env: { PYTHONHASHSEED: "0" },
});
python.FS.writeFile("/sources.zip", fs.readFileSync(sources));
python.globals.set("modules", modules.join(" "));
python.runPython(`
import importlib, sys

for name in modules.split():
    importlib.import_module(name)
loaded = set(sys.modules)

import ast, importlib.util, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

def without_docstrings(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if ast.get_docstring(node, clean=False) is not None:
                node.body[0].value = ast.copy_location(ast.Constant(...), node.body[0].value)
    return tree

with zipfile.ZipFile("/sources.zip") as given, zipfile.ZipFile("/compiled.zip", "w") as made:
    for path in sorted(given.namelist()):
        data = given.read(path)
        name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if path.endswith(".py") and name in loaded:
            tree = ast.parse(data)
            if "pyodide" not in path:  # its functions read theirs
                tree = without_docstrings(tree)
            code = compile(tree, f"/lib/python3{sys.version_info.minor}.zip/{path}", "exec", dont_inherit=True)
            path, data = path + "c", _code_to_hash_pyc(code, importlib.util.source_hash(data), False)
        made.writestr(zipfile.ZipInfo(path), data, zipfile.ZIP_DEFLATED, 9)
`);
fs.writeFileSync(target, python.FS.readFile("/compiled.zip"));
