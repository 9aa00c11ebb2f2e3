import torch
import torch.nn as nn
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
opt = torch.optim.SGD([
    {"params": net[0].parameters(), "lr": 0.01},
    {"params": net[1].parameters()},
], lr=0.1, momentum=0.9)
for g in opt.param_groups:
    print(g["lr"], g["momentum"], len(g["params"]))
for g in opt.param_groups:
    g["lr"] *= 0.1
print([g["lr"] for g in opt.param_groups])
