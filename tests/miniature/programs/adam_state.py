import torch
w = torch.nn.Parameter(torch.tensor([1.0, -2.0]))
opt = torch.optim.Adam([{'params': [w], 'lr': 0.1}], lr=1e-3, betas=(0.8, 0.9))
for _ in range(3):
    opt.zero_grad(); (w ** 2).sum().backward(); opt.step()
print(w)
print(opt.state[w]['step'], opt.state[w]['exp_avg'], opt.state[w]['exp_avg_sq'])
print(opt.param_groups[0]['lr'], opt.defaults['lr'])
opt.add_param_group({'params': torch.nn.Parameter(torch.zeros(1))})
print(len(opt.param_groups))
print(opt)
