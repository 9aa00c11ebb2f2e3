import torch
from torch import nn

net = nn.Linear(2, 1)
for p in net.parameters():
    p.requires_grad_(False)
opt = torch.optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.1)
