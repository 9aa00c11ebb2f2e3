import torch

w = torch.ones(2, requires_grad=True)
for i in range(3):
    if i % 2 == 1:
        (w * 2).sum().backward()
    print(w.grad.sum())
