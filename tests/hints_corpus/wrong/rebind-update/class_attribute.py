import torch


class Regression:
    def __init__(self):
        self.w = torch.zeros(1, requires_grad=True)

    def step(self, x, y, lr):
        loss = ((self.w * x - y) ** 2).mean()
        loss.backward()
        self.w = self.w - lr * self.w.grad


model = Regression()
for _ in range(2):
    model.step(torch.arange(3.0), torch.arange(3.0), 0.1)
