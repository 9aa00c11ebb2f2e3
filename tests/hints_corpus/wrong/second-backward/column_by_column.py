import torch, torch.nn as nn

net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))
logits = net(torch.randn(5, 3))  # <-
for c in range(2):
    logits[:, c].sum().backward()
