import torch
from torch import nn

net = nn.Linear(3, 1)
y_hat = net(torch.randn(4, 3)).long()  # <- cause
y = torch.tensor([[1], [0], [2], [1]])
loss = ((y_hat - y) ** 2).float().mean()
loss.backward()
