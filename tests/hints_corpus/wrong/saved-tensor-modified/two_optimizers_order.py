import torch
from torch import nn

a = nn.Linear(2, 2)
b = nn.Linear(2, 1)
opt_a = torch.optim.SGD(a.parameters(), lr=0.1)
opt_b = torch.optim.SGD(b.parameters(), lr=0.1)
x = torch.randn(3, 2)
h = a(x)
loss_b = (b(h.detach()) - 1).pow(2).mean()
loss_a = b(h).pow(2).mean()
opt_b.zero_grad()
loss_b.backward()
opt_b.step()  # <- cause
opt_a.zero_grad()
loss_a.backward()
opt_a.step()
