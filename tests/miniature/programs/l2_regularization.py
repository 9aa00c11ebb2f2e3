import torch
import torch.nn as nn
torch.manual_seed(0)
m = nn.Linear(3, 1)
x, y = torch.randn(5, 3), torch.randn(5, 1)
l2 = sum((p ** 2).sum() for p in m.parameters())
l1 = sum(p.abs().sum() for p in m.parameters())
loss = nn.functional.mse_loss(m(x), y) + 0.01 * l2 + 0.001 * l1
print(loss)
loss.backward()
print(m.weight.grad)
