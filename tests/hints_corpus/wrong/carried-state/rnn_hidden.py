import torch
from torch import nn

rnn = nn.RNNCell(3, 5)
out = nn.Linear(5, 1)
opt = torch.optim.SGD([*rnn.parameters(), *out.parameters()], lr=0.01)
h = torch.zeros(1, 5)
for t in range(4):
    x, y = torch.randn(1, 3), torch.randn(1, 1)
    h = rnn(x, h)  # <- cause
    loss = (out(h) - y).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
