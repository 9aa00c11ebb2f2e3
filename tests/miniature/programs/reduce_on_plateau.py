import torch
p = torch.nn.Parameter(torch.zeros(1))
opt = torch.optim.SGD([p], lr=1.0)
s = torch.optim.lr_scheduler.ReduceLROnPlateau(opt, factor=0.5, patience=1)
for loss in [1.0, 0.9, 0.95, 0.96, 0.97, 0.5]:
    opt.step()
    s.step(loss)
    print(loss, opt.param_groups[0]["lr"])
