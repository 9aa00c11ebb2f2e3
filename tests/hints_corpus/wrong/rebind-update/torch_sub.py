import torch

x = torch.arange(1.0, 4.0)
w = torch.zeros(1, requires_grad=True)
while True:
    cost = (x * w - 5 * x).pow(2).sum()
    cost.backward()
    w = torch.sub(w, w.grad, alpha=0.01)
    w.grad.zero_()
