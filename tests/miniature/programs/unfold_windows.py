import torch
x = torch.arange(1., 8)
print(x.unfold(0, 3, 1))
print(x.unfold(0, 2, 2).mean(dim=1))
