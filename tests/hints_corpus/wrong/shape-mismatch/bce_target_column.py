import torch
from torch import nn

net = nn.Linear(2, 1)
criterion = nn.BCEWithLogitsLoss()
x, y = torch.randn(4, 2), torch.tensor([0.0, 1.0, 1.0, 0.0])
loss = criterion(net(x), y)  # <- cause
