"""What does `train` cost over the same loop written bare, and against `nn` + `optim`?

Run: python benchmarks/train.py
The running example (1000 examples, batches of 10, 3 epochs), then a larger one; one thread.
Ratios are medians over pairs, the rivals taking turns. Every rival also computes the loss on all
data after each epoch; `train` alone records every step.
"""

from functools import partial

import torch
from _timing import ratios
from data_iter import classic
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from linreg_lib import data_iter, synthetic_data, train

LR, EPOCHS, BATCH_SIZE = 0.03, 3, 10


def net(X, w, b):
    return torch.matmul(X, w) + b


def loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def update(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()


def bare(features, labels, batches):
    """Train as a chapter's first cells do: three short functions, no check, no record."""
    w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    for _ in range(EPOCHS):
        for X, y in batches(BATCH_SIZE, features, labels):
            loss(net(X, w, b), y).sum().backward()
            update([w, b], LR, len(X))
        with torch.no_grad():
            float(loss(net(features, w, b), labels).mean())


def inlined(features, labels):
    """Train the same way with the three functions' bodies in the loop."""
    w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    for _ in range(EPOCHS):
        for X, y in data_iter(BATCH_SIZE, features, labels):
            y_hat = torch.matmul(X, w) + b
            errors = (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
            errors.sum().backward()
            with torch.no_grad():
                for param in (w, b):
                    param -= LR * param.grad / len(X)
                    param.grad.zero_()
        with torch.no_grad():
            float(loss(net(features, w, b), labels).mean())


def with_nn(features, labels):
    """Train with the parts that PyTorch brings."""
    model = nn.Linear(features.shape[1], 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=LR)
    mse = nn.MSELoss()
    for _ in range(EPOCHS):
        for X, y in DataLoader(TensorDataset(features, labels), BATCH_SIZE, shuffle=True):
            optimizer.zero_grad()
            mse(model(X), y).backward()
            optimizer.step()
        with torch.no_grad():
            float(mse(model(features), labels))


def main() -> None:
    torch.set_num_threads(1)
    print("            time of train / time of the loop written")
    print("  examples  bare (<= 1.10)  bare, inlined  bare, classic iterator  nn + optim (< 1)")
    for n, turns in ((1_000, 31), (20_000, 5)):
        features, labels = synthetic_data([2, -3.4], 4.2, n)
        settings = {"lr": LR, "num_epochs": EPOCHS, "batch_size": BATCH_SIZE}
        rivals = {
            "train": partial(train, features, labels, **settings),
            "bare": partial(bare, features, labels, data_iter),
            "inlined": partial(inlined, features, labels),
            "classic": partial(bare, features, labels, classic),
            "nn": partial(with_nn, features, labels),
        }
        ratio = ratios("train", rivals, turns)
        print(
            f"{n:10,}  {ratio['bare']:14.3f}  {ratio['inlined']:13.3f}  {ratio['classic']:22.3f}"
            f"  {ratio['nn']:16.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
