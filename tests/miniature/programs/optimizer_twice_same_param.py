import torch
w = torch.nn.Parameter(torch.ones(2))
opt = torch.optim.SGD([{"params": [w], "lr": 0.5}], lr=0.1)
print(opt.param_groups[0]["lr"])
opt2 = torch.optim.SGD([{"params": [w]}, {"params": [w]}], lr=0.1)
