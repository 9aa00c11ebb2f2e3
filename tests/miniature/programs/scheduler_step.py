import torch
w = torch.nn.Parameter(torch.tensor(1.0))
opt = torch.optim.SGD([w], lr=0.1)
sched = torch.optim.lr_scheduler.StepLR(opt, step_size=2, gamma=0.5)
for epoch in range(6):
    opt.zero_grad()
    (w ** 2).backward()
    opt.step()
    print(epoch, sched.get_last_lr(), opt.param_groups[0]["lr"])
    sched.step()
