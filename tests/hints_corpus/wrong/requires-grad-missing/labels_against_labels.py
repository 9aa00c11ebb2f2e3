import torch
from torch import nn

net = nn.Linear(2, 1)
x, y = torch.randn(6, 2), torch.randn(6, 1)
y_hat = net(x)
loss = nn.functional.mse_loss(y, y)
loss.backward()
