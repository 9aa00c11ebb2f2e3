import argparse

import torch


def main(args):
    w = torch.randn(args.d, 1, requires_grad=True)
    X = torch.randn(64, args.d)
    y = X @ torch.ones(args.d, 1)
    for epoch in range(args.epochs):
        for i in range(0, 64, 16):
            xb, yb = X[i : i + 16], y[i : i + 16]
            err = xb @ w - yb
            loss = err.pow(2).mean()
            loss.backward()
            grad = w.grad
            w = w - args.lr * grad  # <- cause
            if w.grad is not None:
                w.grad.zero_()


if True:
    main(argparse.Namespace(d=2, epochs=2, lr=0.1))
