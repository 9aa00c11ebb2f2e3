import torch
p = torch.nn.Parameter(torch.ones(2))
opt = torch.optim.Adam([p], lr=0.1)
s = torch.optim.lr_scheduler.OneCycleLR(opt, max_lr=0.4, epochs=2, steps_per_epoch=5, anneal_strategy="linear")
for i in range(10):
    opt.step()
    print(i, round(s.get_last_lr()[0], 5), tuple(round(b, 4) for b in opt.param_groups[0]["betas"]))
    if i < 9: s.step()
c = torch.optim.lr_scheduler.ConstantLR(torch.optim.SGD([p], lr=1.0), factor=0.5, total_iters=2)
q = torch.optim.lr_scheduler.PolynomialLR(torch.optim.SGD([p], lr=1.0), total_iters=4, power=2.0)
for _ in range(5):
    c.optimizer.step(); c.step(); q.optimizer.step(); q.step()
    print(c.get_last_lr(), q.get_last_lr())
