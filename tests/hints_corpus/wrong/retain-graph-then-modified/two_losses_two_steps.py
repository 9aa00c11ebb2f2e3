import torch
from torch import nn

shared = nn.Sequential(nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 3))
heads = nn.ModuleList([nn.Linear(3, 1), nn.Linear(3, 1)])
opts = [torch.optim.Adam([*shared.parameters(), *h.parameters()]) for h in heads]
for epoch in range(2):
    z = shared(torch.randn(4, 3)).tanh()
    losses = [h(z).pow(2).mean() for h in heads]
    for loss, opt in zip(losses, opts):
        opt.zero_grad()
        loss.backward(retain_graph=True)  # <- retain
        opt.step()  # <- cause
