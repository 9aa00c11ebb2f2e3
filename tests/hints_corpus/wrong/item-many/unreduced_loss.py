import torch
from torch import nn

criterion = nn.MSELoss(reduction="none")
net = nn.Linear(2, 1)
x, y = torch.randn(4, 2), torch.randn(4, 1)
loss = criterion(net(x), y)
print(f"loss: {loss.item():.3f}")  # <- cause
