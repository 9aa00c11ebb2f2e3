import torch
from torch import nn

cell = nn.LSTMCell(2, 3)
head = nn.Linear(3, 1)
opt = torch.optim.SGD(list(cell.parameters()) + list(head.parameters()), lr=0.1)


def train_step(x, y, state):
    h, c = cell(x, state)  # <- cause
    loss = (head(h) - y).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    return h, c


state = (torch.zeros(4, 3), torch.zeros(4, 3))
for i in range(3):
    state = train_step(torch.randn(4, 2), torch.randn(4, 1), state)  # <- cause
