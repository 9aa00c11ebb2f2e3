import torch
model = torch.nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
sched = torch.optim.lr_scheduler.OneCycleLR(opt, max_lr=0.5, total_steps=6)
for i in range(6):
    opt.step()
    print(i, f"{sched.get_last_lr()[0]:.4f}")
    if i < 5:
        sched.step()
