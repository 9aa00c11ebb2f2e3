import torch
from torch import nn

net = nn.Linear(2, 1)
criterion = nn.MSELoss(reduction="none")
loss = criterion(net(torch.ones(3, 2)), torch.ones(3, 1))
loss.backward()
