import torch
from torch import nn

cell = nn.RNNCell(2, 3)
head = nn.Linear(3, 1)
optim = torch.optim.Adam([*cell.parameters(), *head.parameters()], lr=0.01)
h = torch.zeros(4, 3)
for step in range(3):
    h = cell(torch.randn(4, 2), h)  # <- carried
    loss = head(h).pow(2).mean()
    optim.zero_grad()
    loss.backward(retain_graph=True)  # <- retain
    optim.step()  # <- cause
