import torch


class SGD:
    def __init__(self, params):
        self.params = list(params)

    def zero_grad(self):
        [p.grad.zero() for p in self.params]


w = torch.ones(1, requires_grad=True)
(w * 2).backward()
SGD([w]).zero_grad()
