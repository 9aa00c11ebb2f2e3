"""Build the book, and small books with its settings."""

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from textwrap import dedent

import yaml

ROOT = Path(__file__).resolve().parents[1]
FRONT = """\
---
file_format: mystnb
kernelspec: {display_name: Python 3, language: python, name: python3}
description: A page.
---
"""


def build_book(folder, *options, env=None):
    """Run jupyter-book as `make book` does, in a process of its own."""
    command = [Path(sys.executable).with_name("jupyter-book"), "build", *options, str(folder)]
    return subprocess.run(
        command,
        env={**os.environ, "NO_COLOR": "1", **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def cell(code, *tags):
    """Give the Markdown of a code cell."""
    head = f":tags: [{', '.join(tags)}]\n\n" if tags else ""
    return f"```{{code-cell}} ipython3\n{head}{dedent(code).strip()}\n```\n\n"


class SmallBook:
    """A book in a folder of its own: `write` pages, then `build`."""

    def __init__(self, folder):
        self.folder = folder
        self.env = {}
        folder.mkdir(exist_ok=True)
        config = yaml.safe_load((ROOT / "_config.yml").read_text())
        config["bibtex_bibfiles"] = [str(ROOT / path) for path in config["bibtex_bibfiles"]]
        del config["exclude_patterns"]  # they are about the repository
        config["logo"] = str(ROOT / config["logo"])
        config["html"]["favicon"] = str(ROOT / config["html"]["favicon"])
        sphinx = config["sphinx"]
        del sphinx["local_extensions"]["book_cards"]  # pictures of the parts; they take a while
        sphinx["local_extensions"] = {
            name: str(ROOT / path) for name, path in sphinx["local_extensions"].items()
        }
        for key in ("html_static_path", "templates_path"):
            sphinx["config"][key] = [str(ROOT / path) for path in sphinx["config"][key]]
        (folder / "_config.yml").write_text(yaml.safe_dump(config))

    def write(self, front=FRONT, **pages):
        for name, text in pages.items():
            (self.folder / f"{name}.md").write_text(f"{front}\n# Page {name}\n\n{text}")
        names = sorted(path.stem for path in self.folder.glob("*.md"))
        toc = {"format": "jb-book", "root": names[0]}
        if names[1:]:
            toc["chapters"] = [{"file": name} for name in names[1:]]
        (self.folder / "_toc.yml").write_text(yaml.safe_dump(toc))

    def build(self, *options):
        return build_book(self.folder, *options, env=self.env)

    def strictly(self):
        return self.build("-W", "-n", "--keep-going")

    def html(self, name):
        return (self.folder / "_build" / "html" / f"{name}.html").read_text()


# A script that skips every prediction of a page, so that no figure waits for one.
UNCOVER = """
    addEventListener("load", () => {
      for (const one of document.querySelectorAll(".predict .ask-quiet")) {
        if (one.textContent.startsWith("Skip")) one.click();
      }
    });
"""


@contextmanager
def serving(folder, handler):
    """Serve a folder on a local port; give the address, without a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
