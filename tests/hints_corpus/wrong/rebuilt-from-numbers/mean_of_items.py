import torch
from torch import nn

net = nn.Linear(2, 1)
batch_losses = []
for i in range(3):
    l = net(torch.randn(2, 2)).abs().mean()
    batch_losses.append(l.detach())  # <- cause
torch.stack(batch_losses).mean().backward()
