import torch
from copy import deepcopy
torch.manual_seed(0)
net = torch.nn.Linear(2, 2)
target = deepcopy(net)
for p in target.parameters(): p.requires_grad = False
with torch.no_grad():
    net.weight.add_(1.0)
    for p, tp in zip(net.parameters(), target.parameters()):
        tp.mul_(0.9).add_(p, alpha=0.1)
        tp.data.copy_(0.5 * p.data + 0.5 * tp.data)
        tp.lerp_(p, 0.1)
print(target.weight)
