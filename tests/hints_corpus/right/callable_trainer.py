import torch


class Trainer:
    def __init__(self, lr):
        self.lr = lr

    def loss(self, params, X, y):
        w, b = params
        return ((X @ w + b - y) ** 2 / 2).mean()

    def __call__(self, params, X, y):
        self.loss(params, X, y).backward()
        with torch.no_grad():
            for p in params:
                p.sub_(self.lr * p.grad)
                p.grad.zero_()


step = Trainer(lr=0.1)
