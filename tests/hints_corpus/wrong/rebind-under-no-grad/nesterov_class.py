import torch


class Nesterov:
    def __init__(self, params):
        self.params = params
        self.v = [torch.zeros_like(p) for p in params]

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            self.v[i] = 0.9 * self.v[i] - 0.1 * p.grad
            self.params[i] = p + self.v[i]  # <- cause


params = [torch.zeros(2, requires_grad=True)]
opt = Nesterov(params)
x = torch.randn(5, 2)
for _ in range(2):
    loss = (x @ opt.params[0] - 1).pow(2).mean()
    loss.backward()
    opt.step()
