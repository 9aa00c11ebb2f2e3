"""Other engines than Chromium: Firefox over WebDriver BiDi, WebKitGTK over WebDriver.

They run by `make test-engines` alone, for they need firefox(-esr), webkit2gtk-driver and, for its
window, xvfb. Each engine offers the same few things: open, evaluate, press, drag, key, close.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

if not os.environ.get("LINREG_ENGINES"):
    collect_ignore_glob = ["test_*.py"]

SIZE = (1280, 800)


def program(*names):
    """Return the path of the first of these programs that is here."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise FileNotFoundError(f"make test-engines needs one of {', '.join(names)}")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def eventually(act, seconds=40):
    """Call `act` until it raises nothing and returns something true."""
    until = time.monotonic() + seconds
    while True:
        try:
            if found := act():
                return found
        except (OSError, KeyError):
            if time.monotonic() > until:
                raise
        if time.monotonic() > until:
            raise TimeoutError(act)
        time.sleep(0.1)


def pointer(*steps):
    """Return the actions of a mouse: ("move", x, y), ("down",), ("up",)."""
    actions = []
    for kind, *where in steps:
        if kind == "move":
            x, y = (round(value) for value in where)
            actions.append({"type": "pointerMove", "x": x, "y": y, "duration": 30})
        else:
            actions.append({"type": f"pointer{kind.capitalize()}", "button": 0})
    return [{"type": "pointer", "id": "mouse", "actions": actions}]


def keys(key):
    actions = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": actions}]


class Engine:
    """What both have in common; a subclass gives open, evaluate, perform and close."""

    def wait(self, expression, seconds=20):
        """Wait until a JavaScript expression is true, and return it."""
        return eventually(lambda: self.evaluate(expression), seconds)

    def box(self, expression):
        """Return the box of an element, scrolled into the middle of the window."""
        return self.evaluate(
            f"(() => {{ const node = {expression};"
            "node.scrollIntoView({ block: 'center', behavior: 'instant' });"
            "const { x, y, width, height } = node.getBoundingClientRect();"
            "return { x, y, width, height }; })()"
        )

    def press(self, expression):
        """Press an element in its middle, with the mouse."""
        box = self.box(expression)
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.perform(pointer(("move", *middle), ("down",), ("up",)))

    def drag(self, expression, start, end):
        """Drag over an element, from one part of its width to another."""
        box = self.box(expression)
        y = box["y"] + box["height"] / 2
        at = [box["x"] + box["width"] * part for part in (start, (start + end) / 2, end)]
        moves = [("move", x, y) for x in at]
        self.perform(pointer(moves[0], ("down",), *moves[1:], ("up",)))

    def key(self, key):
        """Press a key."""
        self.perform(keys(key))


class Firefox(Engine):
    """Firefox, without a window, over WebDriver BiDi."""

    def __init__(self, folder):
        import websocket

        port = free_port()
        options = ["--headless", "--profile", folder, "--remote-debugging-port", port]
        self.process = subprocess.Popen(
            [program("firefox-esr", "firefox"), *map(str, options)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"ws://127.0.0.1:{port}/session"
        self.socket = eventually(
            lambda: websocket.create_connection(address, timeout=60, suppress_origin=True)
        )
        self.number = 0
        self.ask("session.new", capabilities={})
        self.page = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        viewport = {"width": SIZE[0], "height": SIZE[1]}
        self.ask("browsingContext.setViewport", context=self.page, viewport=viewport)

    def ask(self, method, **params):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.number:
                if answer["type"] == "error":
                    raise RuntimeError(answer["message"])
                return answer["result"]

    def open(self, address):
        self.ask("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def evaluate(self, expression):
        answer = self.ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression}) ?? null))()",
            target={"context": self.page},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def perform(self, actions):
        self.ask("input.performActions", context=self.page, actions=actions)

    def pdf(self):
        """Return the page as it is printed."""
        return base64.b64decode(self.ask("browsingContext.print", context=self.page)["data"])

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(20)


class WebKit(Engine):
    """WebKitGTK's MiniBrowser over WebDriver, on a display of its own."""

    def __init__(self, folder):
        self.processes = []
        environment = dict(os.environ)
        number = 90 + os.getpid() % 900
        self.start(program("Xvfb"), f":{number}", "-screen", "0", "1400x1000x24")
        environment["DISPLAY"] = f":{number}"
        environment["XDG_RUNTIME_DIR"] = str(folder)
        socket_file = Path(f"/tmp/.X11-unix/X{number}")
        eventually(socket_file.exists)
        port = free_port()
        self.start(program("WebKitWebDriver"), f"--port={port}", env=environment)
        self.address = f"http://127.0.0.1:{port}"
        browser = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
        options = {"binary": str(browser), "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        session = eventually(lambda: self.ask("POST", "/session", wanted))
        self.address += f"/session/{session['sessionId']}"
        self.ask("POST", "/window/rect", {"width": SIZE[0], "height": SIZE[1] + 60})

    def start(self, *command, env=None):
        devnull = subprocess.DEVNULL
        self.processes.append(subprocess.Popen(command, env=env, stdout=devnull, stderr=devnull))

    def ask(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.address + path, data, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())["value"]

    def open(self, address):
        self.ask("POST", "/url", {"url": address})

    def evaluate(self, expression):
        script = f"const [done] = arguments; Promise.resolve({expression}).then(done);"
        return self.ask("POST", "/execute/async", {"script": script, "args": []})

    def perform(self, actions):
        self.ask("POST", "/actions", {"actions": actions})

    def close(self):
        self.ask("DELETE", "")
        for process in reversed(self.processes):
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module", params=[Firefox, WebKit], ids=["firefox", "webkit"])
def engine(request, tmp_path_factory):
    """One engine after the other."""
    found = request.param(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()
