import torch
from torch import nn

net = nn.Linear(2, 1)
X, y = torch.randn(6, 2), torch.randn(6, 1)
nn.functional.mse_loss(net(X), y).backward()
for weight in net.parameters():
    weight = weight - 0.01 * weight.grad
    weight.grad.data.zero_()
