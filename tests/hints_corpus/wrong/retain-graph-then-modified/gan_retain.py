import torch
from torch import nn

G, D = nn.Linear(2, 3), nn.Sequential(nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 1))
og = torch.optim.SGD(G.parameters(), lr=0.1)
od = torch.optim.SGD(D.parameters(), lr=0.1)
fake = G(torch.randn(5, 2))
score = D(fake)
loss_d = score.pow(2).mean()
loss_g = (1 - score).pow(2).mean()
od.zero_grad()
loss_d.backward(retain_graph=True)  # <- retain
od.step()  # <- cause
og.zero_grad()
loss_g.backward()
