"""What does recording a program cost per line, against running it plainly?

Run: python benchmarks/trace.py
The default program (the running example, 3 epochs of 100 minibatches, written out) and one
training step of it; one thread. Per line: the extra time divided by the lines recorded; the
target is at most 2 ms. Also the size of the recording, as JSON and gzipped.
"""

import contextlib
import gzip
import io
import sys

import torch
from _timing import medians

from linreg_lib.autograd import trace

PROGRAM = """\
import torch
from linreg_lib import synthetic_data, data_iter

def linreg(X, w, b):
    return torch.matmul(X, w) + b

def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2

def sgd(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()

features, labels = synthetic_data([2.0, -3.4], 4.2, {examples})
w = torch.normal(0, 0.01, (2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range({epochs}):
    for X, y in data_iter(10, features, labels):
        y_hat = linreg(X, w, b)
        l = squared_loss(y_hat, y)
        l.sum().backward()
        sgd([w, b], 0.03, 10)
    with torch.no_grad():
        print(squared_loss(linreg(features, w, b), labels).mean())
"""
TARGET = 2e-3


def compare(name: str, code: str, repeats: int) -> float:
    """Print one row; return the overhead per line in seconds."""

    def plainly():
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(code, "<plain>", "exec"), {})

    def recorded():
        return trace(code, max_steps=100_000)

    recording = recorded()
    lines = len(recording) - 1
    text = recording.to_json().encode()
    seconds = medians({"plain": plainly, "trace": recorded}, repeats)
    overhead = (seconds["trace"] - seconds["plain"]) / lines
    print(
        f"{name:<28}{lines:>6} lines{seconds['plain'] * 1e3:>9.1f} ms plain"
        f"{seconds['trace'] * 1e3:>9.1f} ms recorded{overhead * 1e6:>7.0f} us a line"
        f"{len(text) / 1e3:>8.0f} KB{len(gzip.compress(text)) / 1e3:>6.0f} KB gzipped"
    )
    return overhead


def main() -> int:
    torch.set_num_threads(1)
    compare("one training step", PROGRAM.format(examples=10, epochs=1), 5)
    overhead = compare("default program, 300 steps", PROGRAM.format(examples=1000, epochs=3), 3)
    print(f"target: at most {TARGET * 1e3:g} ms a line for the default program")
    return int(overhead > TARGET)


if __name__ == "__main__":
    sys.exit(main())
