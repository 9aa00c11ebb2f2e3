import torch


class Model:
    def __init__(self, d, dtype):
        self.w = torch.randn(d, 1, requires_grad=True).to(dtype)  # <- cause
        self.b = torch.zeros(1, requires_grad=True, dtype=dtype)

    def loss(self, X, y):
        return ((X @ self.w + self.b - y) ** 2).mean()


m = Model(3, torch.float64)
X, y = torch.randn(6, 3, dtype=torch.float64), torch.randn(6, 1, dtype=torch.float64)
m.loss(X, y).backward()
with torch.no_grad():
    for p in (m.w, m.b):
        p -= 0.1 * p.grad
