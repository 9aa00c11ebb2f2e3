import torch
class MySGD(torch.optim.Optimizer):
    def __init__(self, params, lr):
        super().__init__(params, dict(lr=lr))
    @torch.no_grad()
    def step(self):
        for g in self.param_groups:
            for p in g["params"]:
                if p.grad is not None:
                    p.add_(p.grad, alpha=-g["lr"])
w = torch.tensor([1., 2.], requires_grad=True)
opt = MySGD([w], lr=0.5)
(w * w).sum().backward()
opt.step()
print(w)
print(opt)
