import copy
import torch
import torch.nn as nn
torch.manual_seed(0)
net = nn.Linear(2, 2)
ema = copy.deepcopy(net)
for p in ema.parameters():
    p.requires_grad_(False)
with torch.no_grad():
    for p, e in zip(net.parameters(), ema.parameters()):
        p.add_(1.0)
        e.mul_(0.99).add_(p, alpha=0.01)
print(ema.weight, ema.bias.requires_grad)
