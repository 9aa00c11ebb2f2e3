import torch


class Regression:
    def __init__(self, d):
        self.w = torch.zeros(d, 1, requires_grad=True)

    def fit(self, X, y, lr=0.1, steps=100):
        for _ in range(steps):
            loss = ((X @ self.w - y) ** 2 / 2).mean()
            loss.backward()
            with torch.no_grad():
                self.w -= lr * self.w.grad
            self.w.grad.zero_()
        return self


X = torch.eye(3).repeat(10, 1)
model = Regression(3).fit(X, X @ torch.ones(3, 1), lr=1.0)
assert (model.w - 1).abs().max() < 0.1
