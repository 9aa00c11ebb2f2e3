import torch
from torch import nn

y_hat, y = torch.randn(3, 1), torch.randn(3, 1)
loss = nn.MSELoss(y_hat, y)
loss.backward()
