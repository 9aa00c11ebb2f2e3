import torch
p = torch.nn.Parameter(torch.zeros(1))
opt = torch.optim.SGD([p], lr=0.1)
s = torch.optim.lr_scheduler.LambdaLR(opt, lr_lambda=lambda e: 0.95 ** e)
for e in range(3):
    opt.step(); s.step()
    print(s.get_last_lr())
opt = torch.optim.SGD([p], lr=0.1)
s = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=4)
for e in range(5):
    opt.step(); s.step()
    print(round(s.get_last_lr()[0], 6))
