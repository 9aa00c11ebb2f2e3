import torch


class Linear:
    def __init__(self, n):
        self.w = torch.randn(n, 1)
        self.b = torch.zeros(1)

    def __call__(self, X):
        return X @ self.w + self.b

    def parameters(self):
        return [self.w, self.b]


net = Linear(3)
loss = (net(torch.randn(5, 3)) - 1).pow(2).mean()
loss.backward()
