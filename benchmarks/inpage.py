"""How soon does the page's own Python answer, and what does it weigh?

Run: make book && python benchmarks/inpage.py
From the call that a press of "Edit" makes to "ready", with an empty browser and with one that has
been there; a run of the default program; the book's loop of 300 steps, not recorded; a stop; bytes
and memory. The rival is the prototype of this page, measured on two cores; the budgets are 6 s,
0.3 s and 1.5 s.
"""

import statistics
from pathlib import Path

from _browser import SITE, chromium, require_site, served

PAGE = "book/autograd.html"
REPEATS = 5
LOOP = """
import torch
generator = torch.Generator().manual_seed(1)
X = torch.randn(1000, 2, generator=generator)
y = X @ torch.tensor([[2.0], [-3.4]]) + 4.2 + 0.01 * torch.randn(1000, 1, generator=generator)
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(3):
    order = torch.randperm(1000, generator=generator)
    for rows in order.split(10):
        loss = ((X[rows] @ w + b - y[rows]) ** 2 / 2).sum()
        loss.backward()
        with torch.no_grad():
            for param in (w, b):
                param -= 0.03 * param.grad / 10
                param.grad.zero_()
assert loss.item() < 0.01
"""
START = """async () => {
    const from = performance.now();
    await linregPython.start();
    return performance.now() - from;
}"""
CALL = """async (code) => {
    const from = performance.now();
    const found = await linregPython.call("trace", { code });
    if (found.refused || found.recording.error) throw new Error(JSON.stringify(found.refused));
    return performance.now() - from;
}"""
STOP = """async (wait) => {
    const call = linregPython.call("trace", { code: "x = sum(range(10**13))" });
    call.catch(() => {}); // it is stopped
    await new Promise((resolve) => setTimeout(resolve, wait));
    const from = performance.now();
    linregPython.stop(call);
    await linregPython.call("trace", { code: "x = 1" });
    return performance.now() - from;
}"""
DEFAULT = """() => JSON.parse(document.getElementById("linreg-widget-state").textContent)
    .w1.state.recordings[0].code"""


def renderers(browser) -> float:
    """Return MiB that the pages' processes hold now (Linux)."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    pids = [one["id"] for one in processes if one["type"] == "renderer"]
    texts = [Path(f"/proc/{pid}/status").read_text() for pid in pids]
    rows = [line for text in texts for line in text.splitlines() if line.startswith("VmRSS")]
    return sum(int(row.split()[1]) for row in rows) / 1024


def opened(context, url):
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{url}/{PAGE}")
    return page


def main():
    require_site()
    with served(SITE) as url, chromium() as browser:
        cold, warm = [], []
        for _ in range(2):
            context = browser.new_context()
            for times in (cold, warm):
                page = opened(context, url)
                before = renderers(browser)
                times.append(page.evaluate(START) / 1000)
                after = renderers(browser)
                page.close()
            context.close()
        page = opened(browser.new_context(), url)
        page.evaluate(START)
        code = page.evaluate(DEFAULT)
        default = [page.evaluate(CALL, code) / 1000 for _ in range(REPEATS)]
        loop = [page.evaluate(CALL, f"exec({LOOP!r})") / 1000 for _ in range(3)]
        stops = {wait: page.evaluate(STOP, wait) / 1000 for wait in (1000, 10_000)}
        size = page.evaluate("linregPython.bytes") / 1e6

    def row(what, here, prototype, budget=""):
        print(f"  {what:46} {here:>16}  {prototype:>16}  {budget}")

    def span(times):
        return f"{min(times):.2f} to {max(times):.2f} s"

    print("The page's own Python in Chromium:")
    row("", "here", "prototype", "budget")
    row("from the click to ready, empty browser", span(cold), "4.3 to 4.6 s", "6 s")
    row("from the click to ready, a second time", span(warm), "2.9 to 4.1 s")
    row("default program, first run", f"{default[0]:.3f} s", "0.031 to 0.084 s", "0.3 s")
    row("default program, later (median)", f"{statistics.median(default[1:]):.3f} s", "")
    row("300 steps of the book's loop, not recorded", span(loop), "0.55 to 0.87 s", "1.5 s")
    row("stopped after 1 s: ready for the next call", f"{stops[1000]:.2f} s", "2.6 s")
    row("stopped after 10 s, a spare one at hand", f"{stops[10_000]:.2f} s", "")
    row("loaded once", f"{size:.2f} MB", "4.7 MB")
    row("memory of the pages' processes", f"{before:.0f} -> {after:.0f} MB", "118 -> 240 MB")


if __name__ == "__main__":
    main()
