import torch
import torch.nn as nn
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 4), nn.Sigmoid(), nn.Linear(4, 4), nn.Sigmoid(), nn.Linear(4, 1))
net(torch.randn(8, 4)).mean().backward()
total = 0.0
for n, p in net.named_parameters():
    g = p.grad.data.norm(2)
    total += g.item() ** 2
    print(f"{n:10s} {g:.6f}")
print(f"{total ** 0.5:.6f}")
