import torch
from torch import nn

model = nn.Linear(3, 1)
l2 = sum((p**2).sum() for p in model.parameters())  # <- cause
x, y = torch.randn(5, 3), torch.randn(5, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(3):
    loss = nn.functional.mse_loss(model(x), y) + 0.01 * l2
    opt.zero_grad()
    loss.backward()
    opt.step()
