import torch

w = torch.zeros(2, requires_grad=True)
for i in range(3):
    w.grad.zero_()
    loss = (w - 1).pow(2).sum()
    loss.backward()
