import torch

w = torch.ones(1, requires_grad=True)
total = 0
for i in range(3):
    total += ((w * i - 1) ** 2).item()
total = torch.tensor(total)
total.backward()
