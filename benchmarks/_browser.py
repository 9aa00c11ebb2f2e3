"""A browser and a server for the benchmarks, shared by those that look at built pages."""

import gzip
import sys
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "book" / "_ext"), str(ROOT / "tests")]

from browsers import CURE, find_browser  # noqa: E402
from building import serving  # noqa: E402

SITE = ROOT / "_build" / "html"
PACKED = (".woff2", ".woff", ".png", ".jpg", ".webp", ".gif")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def served(folder):
    """Serve a folder on a local port; give its address."""
    return serving(folder, Quiet)


@contextmanager
def chromium(*options):
    """The system's browser, without a window."""
    from playwright.sync_api import sync_playwright

    found = find_browser()
    if found is None:
        sys.exit(CURE)
    with sync_playwright() as p:
        browser = p.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", *options]
        )
        yield browser
        browser.close()


def require_site():
    if not (SITE / "index.html").exists():
        sys.exit("no built book: run `make book` first")


def packed_size(name, body):
    """Bytes on the wire: as a server with gzip would send them."""
    return len(body) if name.endswith(PACKED) else len(gzip.compress(body, 6))
