"""What does a page with a widget weigh, and when does it answer, against the stock way?

Run: make book && python benchmarks/page.py        (needs npm, and a package registry)
Rival: the same chapter built by the same jupyter-book with stock settings, so that the page loads
require.js, the ipywidgets html-manager, anywidget and MathJax. Those come from npm and are served
from this machine too; a network would only add to the rival's time.
Weight: every request of the page, gzipped. Time: from navigation until the lab stands there with
its first run, median of five fresh browsers' loads. Budgets: 200 KB, and 40 % of the rival's time.
"""

import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from _browser import ROOT, SITE, chromium, packed_size, require_site, served

CHAPTER = "book/scratch/training"
TURNS = 5


def build_stock(folder):
    """Build the chapter with stock settings; give the folder of the pages."""
    shutil.copy(ROOT / f"{CHAPTER}.md", folder / "chapter.md")
    shutil.copy(ROOT / "book" / "references.bib", folder)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: chapter\n")
    (folder / "_config.yml").write_text(
        "title: Stock\nexecute: {execute_notebooks: force, timeout: 300}\n"
        "bibtex_bibfiles: [references.bib]\n"
    )
    program = Path(sys.executable).with_name("jupyter-book")
    done = subprocess.run(
        [program, "build", folder],
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if not (folder / "_build" / "html" / "chapter.html").exists():
        sys.exit(f"the stock build failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    pages = folder / "_build" / "html"
    html = (pages / "chapter.html").read_text(encoding="utf-8")
    # npm's require.js is not minified (some 15 KB more): the page would refuse it by its hash.
    html = re.sub(r' integrity="sha256[^"]*"', "", html)
    (pages / "chapter.html").write_text(html, encoding="utf-8")
    return pages


class Cdn:
    """Serves what a CDN would, out of npm packages."""

    def __init__(self, folder):
        self.folder = folder
        self.missing = set()

    def file(self, url):
        """Find the file behind an address: cdn.jsdelivr.net/npm/PACKAGE@VERSION/PATH."""
        path = urlsplit(url).path
        if "require" in path.rsplit("/", 1)[-1]:
            path = "/npm/requirejs@2.3.4/require.js"
        found = re.fullmatch(r"/npm/((?:@[\w-]+/)?[\w.-]+@[^/]+)/(.+)", path)
        if not found:
            return None
        package, name = found.groups()
        place = self.folder / package.replace("/", "_")
        if not place.exists():
            place.mkdir()
            pack = ["npm", "pack", "--silent", "--pack-destination", place, package]
            subprocess.run(pack, check=True, stdout=subprocess.DEVNULL)
            with tarfile.open(next(place.glob("*.tgz"))) as archive:
                archive.extractall(place, filter="data")
        names = (name, f"{name}.js", f"{name}/index.js")
        return next((f for n in names if (f := place / "package" / n).is_file()), None)

    def answer(self, route):
        """Let this machine's requests pass, and answer the others."""
        url = route.request.url
        if urlsplit(url).hostname == "127.0.0.1":
            return route.continue_()
        file = self.file(url)
        if file is None:
            self.missing.add(url)
            return route.abort()
        kind = "text/javascript" if file.suffix == ".js" else "application/octet-stream"
        headers = {"access-control-allow-origin": "*"}
        return route.fulfill(body=file.read_bytes(), content_type=kind, headers=headers)


def load(address, cdn):
    """Load a page once in a fresh browser: gzipped bytes, requests, seconds to the lab."""
    sizes = {}
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.route("**/*", cdn.answer)
        done = []
        page.on("requestfinished", lambda request: done.append(request))
        start = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.locator(".lr-lab-sentence", has_text="step").first.wait_for(timeout=60_000)
        seconds = time.perf_counter() - start
        page.wait_for_load_state("networkidle")
        for request in done:
            response = request.response()
            if response and response.ok:
                sizes[request.url] = packed_size(urlsplit(request.url).path, response.body())
    return sum(sizes.values()), len(sizes), seconds


def main():
    require_site()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "stock").mkdir()
        cdn = Cdn(folder)
        stock = build_stock(folder / "stock")
        with served(SITE) as ours_url, served(stock) as stock_url:
            rivals = {"ours": f"{ours_url}/{CHAPTER}.html", "stock": f"{stock_url}/chapter.html"}
            loads = {name: [] for name in rivals}
            load(rivals["stock"], cdn)  # fetches the packages
            for _ in range(TURNS):
                for rival, address in rivals.items():
                    loads[rival].append(load(address, cdn))
    print("                  KB, gzipped   requests   s to the lab")
    found = {}
    for rival, rows in loads.items():
        size, count = rows[0][0], rows[0][1]
        seconds = statistics.median(row[2] for row in rows)
        found[rival] = (size, seconds)
        print(f"  {rival:14} {size / 1e3:13.0f}   {count:8}   {seconds:12.2f}")
    if cdn.missing:
        print(f"  not served: {', '.join(sorted(cdn.missing))}")
    (size, seconds), (stock_size, stock_seconds) = found["ours"], found["stock"]
    print(
        f"  ours / stock   {size / stock_size:13.2f}              {seconds / stock_seconds:12.2f}"
    )
    print(
        f"  ours / budget  {size / 200e3:13.2f}              {seconds / stock_seconds / 0.4:12.2f}"
    )


if __name__ == "__main__":
    main()
