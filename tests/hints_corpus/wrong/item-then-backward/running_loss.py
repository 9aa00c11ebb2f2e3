import torch
from torch import nn

net = nn.Linear(2, 1)
criterion = nn.MSELoss()
opt = torch.optim.SGD(net.parameters(), lr=0.01)
x, y = torch.randn(4, 2), torch.randn(4, 1)
opt.zero_grad()
loss = criterion(net(x), y).item()  # <- cause
loss.backward()
opt.step()
