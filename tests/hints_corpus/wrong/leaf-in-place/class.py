import torch


class Model:
    def __init__(self):
        self.weight = torch.randn(2, 1, requires_grad=True)

    def step(self, lr):
        self.weight -= lr * self.weight.grad


m = Model()
(torch.ones(5, 2) @ m.weight).sum().backward()
m.step(0.1)
