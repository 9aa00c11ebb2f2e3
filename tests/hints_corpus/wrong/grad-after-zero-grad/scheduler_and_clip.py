import torch
from torch import nn

net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
sched = torch.optim.lr_scheduler.StepLR(opt, 1)
x, y = torch.randn(5, 2), torch.randn(5, 1)
for epoch in range(2):
    loss = nn.functional.mse_loss(net(x), y)
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    opt.step()
    opt.zero_grad()  # <- cause
    sched.step()
    gnorm = sum(float(p.grad.norm()) for p in net.parameters())
