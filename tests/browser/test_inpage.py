"""The page's own Python in a browser: loaded when asked, the same as PyTorch, never in the way."""

import json
import threading
import warnings
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import torch
from miniature.recordings import unlike

from linreg_lib.autograd import trace
from linreg_lib.autograd.__main__ import main
from linreg_lib.pitfalls import PITFALLS

BELOW = "/a/deep/folder"  # a project's site does not lie at the root of its host
ENDLESS = "x = sum(range(10**13))"  # one call: no line at which it could be ended


class Server(ThreadingHTTPServer):
    """Serves the site below a folder; `open` is a gate before the last bytes of Python's files."""

    def __init__(self, site):
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=site))
        self.open, self.fails, self.asked = threading.Event(), False, []
        self.url = f"http://127.0.0.1:{self.server_port}{BELOW}"


class Handler(SimpleHTTPRequestHandler):
    def translate_path(self, path):
        return super().translate_path(path.removeprefix(BELOW))

    def do_GET(self):
        path = Path(self.translate_path(urlsplit(self.path).path))
        if path.suffix != ".bin":
            return super().do_GET()
        self.server.asked.append(path.name)
        if self.server.fails:
            return self.send_error(503)
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        assert self.server.open.wait(60)
        self.wfile.write(body[len(body) // 2 :])

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server(site):
    server = Server(site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.open.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def context(browser):
    context = browser.new_context()
    context.set_default_timeout(60_000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def requests(context):
    """Every address that the pages and their workers ask for."""
    addresses = []
    context.on("request", lambda request: addresses.append(request.url))
    return addresses


@pytest.fixture(scope="module")
def python(context, server, requests):
    """A page whose Python was loaded over a slow network, after a first try that failed."""
    page = context.new_page()
    page.goto(f"{server.url}/book/autograd.html")
    page.wait_for_load_state("load")
    assert page.evaluate("linregPython.status") == "idle"
    assert server.asked == []  # nothing is loaded before it is asked for
    server.fails = True
    failed = page.evaluate("linregPython.start().catch(error => [error.kind, error.text])")
    assert failed[0] == "failed"
    assert "could not be loaded" in failed[1]
    assert page.evaluate("linregPython.status") == "idle"
    server.fails = False
    page.evaluate("""() => {
        window.seen = [];
        window.loading = linregPython.start({ onProgress: (fraction) => seen.push(fraction) });
    }""")
    page.wait_for_function("Math.max(...seen) > 0.2")
    assert page.evaluate("linregPython.status") == "loading"
    assert page.evaluate("Math.max(...seen)") < 0.6
    server.open.set()
    page.evaluate("loading")
    assert page.evaluate("linregPython.status") == "ready"
    return page


def run(page, code, **options):
    return page.evaluate("args => linregPython.call('trace', args)", {"code": code, **options})


def test_progress_goes_up_to_the_end(python):
    seen = python.evaluate("seen")
    assert seen == sorted(seen)
    assert seen[-1] == 1
    assert len(set(seen)) > 5


def test_what_is_said_to_be_loaded_is_loaded(python, server, site):
    loaded = sum((site / "_static" / "python" / name).stat().st_size for name in set(server.asked))
    assert python.evaluate("linregPython.bytes") == loaded
    assert loaded < 6_000_000


def test_the_default_program_is_recorded_as_when_the_book_was_built(python):
    state = json.loads(python.locator("#linreg-widget-state").text_content())
    (built,) = state["w1"]["state"]["recordings"]
    here = run(python, built["code"])
    assert here["refused"] is None
    assert here["recording"]["engine"] == python.evaluate("linregPython.engine")
    assert unlike(built, here["recording"]) == []


def test_the_pitfalls_programs_are_recorded_as_on_pytorch(python):
    programs = {
        name: pitfall.watched[i % 2]  # a wrong one, a right one, and so on
        for i, (name, pitfall) in enumerate(PITFALLS.items())
        if name != "capital-tensor"  # shows memory that nobody filled
    }
    assert len(programs) > 40
    refused, differ = [], {}
    for name, code in programs.items():
        here = run(python, code, pitfall=True)
        if here["refused"]:
            refused.append(name)
            continue
        with torch.random.fork_rng([]), warnings.catch_warnings():
            warnings.simplefilter("default")  # as a program finds them, not as these tests do
            torch.manual_seed(0)
            there = trace(code.strip("\n").rstrip()).to_dict()
        if found := unlike(there, here["recording"]):
            differ[name] = found[:3]
    assert differ == {}
    assert len(refused) <= 0.05 * len(programs)


def test_an_error_brings_its_hint(python):
    code = "import torch\nw = torch.ones(2, requires_grad=True)\ny = w * w\ny.backward()"
    found = run(python, code)
    assert found["recording"]["error"]["line"] == 4
    hint = found["hint"]
    assert hint["pitfall"] == "non-scalar-backward"
    assert hint["line"] == 4
    assert "`y`" in hint["cause"]
    assert "loss.sum().backward()" in hint["cure"]
    assert hint["address"] == "book/pitfalls/non-scalar-backward.html"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (
            "import torch\ntry:\n    torch.compile(print)\nexcept Exception:\n    pass",
            "torch.compile",
        ),
        ("import sqlite3", "the module sqlite3"),
        ("import numpy as np\nx = np.polyfit([0, 1], [2, 3], 1)", "numpy.polyfit"),
        ("import linreg_lib.widgets", "the module linreg_lib.widgets"),
    ],
)
def test_what_is_not_there_is_refused_by_name_and_is_no_error_of_the_program(python, code, name):
    found = run(python, code)
    assert found["refused"]["name"] == name
    assert name in found["refused"]["text"]
    assert found["recording"] is None
    assert found["hint"] is None


def test_a_program_has_the_modules_that_readers_import_and_no_way_to_the_browser(python):
    modules = (
        "random math statistics dataclasses collections itertools functools typing time json re "
        "string copy abc enum contextlib operator textwrap pprint decimal fractions datetime "
        "logging traceback inspect pathlib types bisect heapq os sys io tempfile pickle warnings "
        "argparse calendar csv numbers secrets threading tomllib uuid timeit shutil asyncio"
    )
    found = run(python, "\n".join(f"import {name}" for name in modules.split()))
    assert found["refused"] is None
    assert found["recording"]["error"] is None
    found = run(python, "import js")
    assert found["recording"]["error"]["type"] == "ModuleNotFoundError"


def test_an_endless_loop_ends_by_the_limit(python):
    found = run(python, "n = 0\nwhile True:\n    n += 1", max_steps=40)
    assert found["recording"]["ended"]["reason"] == "steps"
    assert len(found["recording"]["steps"]) == 41


def test_a_program_leaves_nothing_behind(python):
    first = """
import sys, warnings, torch
torch.set_default_dtype(torch.float64)
torch.manual_seed(7)
torch.ones = None
sys.setrecursionlimit(123)
warnings.simplefilter("error")
torch.set_grad_enabled(False)
"""
    second = (
        "import torch\nprint(torch.ones(1).dtype, torch.is_grad_enabled(), torch.rand(1).item())"
    )
    before = run(python, second)["recording"]
    run(python, first)
    assert run(python, second)["recording"] == before


def test_calls_wait_for_each_other_and_one_that_waits_can_be_stopped(python):
    ended = python.evaluate("""() => {
        const trace = (code) => linregPython.call("trace", { code });
        const calls = [trace("x = 1"), trace("x = 2"), trace("x = 3")];
        linregPython.stop(calls[1]);
        return Promise.all(calls.map((call) =>
            call.then((found) => found.recording.code, (error) => error.kind)));
    }""")
    assert ended == ["x = 1", "stopped", "x = 3"]


def test_answers_to_exercises_are_checked(python):
    right = "def squared_loss(y_hat, y):\n    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2"
    wrong = right.replace(" / 2", "")
    passed, missed = (
        python.evaluate(
            "args => linregPython.call('check', args)",
            {"name": "write-squared-loss", "answer": answer},
        )
        for answer in (right, wrong)
    )
    assert passed["passed"]
    assert not missed["passed"]
    assert missed["mistake"]
    assert missed["refused"] is None


def test_a_name_that_no_function_has_fails_without_harm(python):
    failed = python.evaluate(
        "linregPython.call('nothing').catch(error => [error.kind, error.text])"
    )
    assert failed[0] == "failed"
    assert run(python, "x = 1")["recording"]["ended"]["reason"] == "end"


def test_a_deep_recursion_is_the_programs_error(python):
    found = run(python, "def f():\n    f()\nf()", max_steps=5000)
    assert found["recording"]["ended"]["reason"] in ("error", "steps")
    assert run(python, "x = 1")["recording"]["ended"]["reason"] == "end"


def test_a_call_that_never_returns_is_stopped_and_the_page_stays_alive(python):
    python.evaluate(
        """code => {
            window.result = linregPython.call("trace", { code }).catch((error) => error.kind);
        }""",
        ENDLESS,
    )
    python.wait_for_function("linregPython.status === 'busy'")
    python.evaluate("new Promise(requestAnimationFrame)")
    python.evaluate("linregPython.stop()")
    assert python.evaluate("result") == "stopped"
    assert run(python, "x = 1")["recording"]["ended"]["reason"] == "end"
    assert python.evaluate("linregPython.status") == "ready"


def test_a_second_page_downloads_nothing_again(context, server, python):
    asked = list(server.asked)
    page = context.new_page()
    page.goto(f"{server.url}/book/autograd.html")
    assert run(page, "x = 1")["recording"]["ended"]["reason"] == "end"
    assert server.asked == asked
    page.close()


def test_no_other_host_was_asked(python, requests):
    hosts = {urlsplit(address).hostname for address in requests} - {None}
    assert any("/_static/python/worker-" in address for address in requests)
    assert hosts == {"127.0.0.1"}


def test_programs_run_on_a_page_that_was_opened_as_a_file(page, site):
    page.goto((site / "book" / "autograd.html").as_uri())
    assert page.evaluate("linregPython.status") == "idle"
    assert page.locator("script[src*='disk-']").count() == 0, "nothing comes before it is asked for"
    assert run(page, "x = 1")["recording"]["ended"]["reason"] == "end"
    stopped = """async () => {
        const call = linregPython.call("trace", { code: "print(sum(range(10**12)))" });
        linregPython.stop(call);
        return call.catch((error) => error.kind);
    }"""
    assert page.evaluate(stopped) == "stopped"
    assert run(page, "x = 1")["recording"]["ended"]["reason"] == "end"


def test_a_browser_without_webassembly_is_unable(page, site_url):
    page.add_init_script("delete globalThis.WebAssembly")
    page.goto(f"{site_url}/book/autograd.html")
    assert page.evaluate("linregPython.status") == "unable"
    assert "browser" in page.evaluate("linregPython.why")


def test_a_program_of_ones_own_opens_from_disk_and_steps(page, tmp_path):
    program = tmp_path / "mine.py"
    program.write_text(
        "import torch\nw = torch.ones(2, requires_grad=True)  # </script><script>x</script>\n"
        "(w * 3).sum().backward()\n"
    )
    main([str(program), "-o", str(tmp_path / "mine.html")])
    page.goto((tmp_path / "mine.html").as_uri())
    page.get_by_text("Recorded with PyTorch").first.wait_for()
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_text("1 of 3").first.wait_for()
    page.get_by_role("button", name="Last", exact=True).click()
    page.get_by_text("w.grad: None").first.wait_for()
