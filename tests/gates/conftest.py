"""Tools from npm that judge the built site: html-validate and Lighthouse.

They run by `make gates` alone, for they need Node 20 with npm. What the lock file names is
installed once, into the cache that `make clean` keeps.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
import tempfile
from functools import cache
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from building import serving
from inpage_pyodide import cache_folder

if not os.environ.get("LINREG_GATES"):
    collect_ignore_glob = ["test_*.py"]

HERE = Path(__file__).parent
NAMED = ("package.json", "package-lock.json")


@pytest.fixture(scope="session")
def tool():
    """`tool(name, *arguments)` runs one of the tools; gives what came of it."""
    if shutil.which("npm") is None:
        pytest.fail("make gates needs Node 20 or later, with npm")
    edition = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in NAMED)).hexdigest()
    folder = cache_folder() / f"gates-{edition[:8]}"
    if not folder.is_dir():
        install(folder)

    def run(name, *arguments, **settings):
        command = [folder / "node_modules" / ".bin" / name, *arguments]
        return subprocess.run(command, capture_output=True, text=True, **settings)

    return run


def install(folder):
    """Install what the lock file names; a former edition goes."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for former in folder.parent.glob("gates-*"):
        shutil.rmtree(former)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="fetching-") as name:
        for file in NAMED:
            shutil.copy(HERE / file, name)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(["npm", "ci", *quiet], cwd=name, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        Path(name).rename(folder)
        Path(name).mkdir()  # to be removed


class Compressing(SimpleHTTPRequestHandler):
    """Serves compressed files over kept connections, as GitHub Pages does."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        packed = compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", len(packed))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, *args):
        pass


@cache
def compressed(path):
    return gzip.compress(path.read_bytes())


@pytest.fixture(scope="session")
def published(site):
    """The address of the built book on a server like that of GitHub Pages."""
    with serving(site, Compressing) as address:
        yield address
