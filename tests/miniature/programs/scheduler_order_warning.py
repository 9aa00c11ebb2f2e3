import torch
from torch.optim.lr_scheduler import ExponentialLR
w = torch.nn.Parameter(torch.tensor(1.0))
opt = torch.optim.SGD([w], lr=0.1)
sched = ExponentialLR(opt, gamma=0.9)
for epoch in range(3):
    sched.step()
    opt.step()
    print(opt.param_groups[0]["lr"])
