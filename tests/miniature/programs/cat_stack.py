import torch
a = torch.zeros(2, 3)
b = torch.ones(2, 3)
print(torch.cat((a, b)).shape, torch.cat([a, b], dim=1).shape, torch.stack([a, b]).shape)
print(torch.stack((a, b), dim=2).shape)
print(torch.cat([a, torch.ones(1, 3)], dim=0))
torch.cat([a, torch.ones(2, 2)], dim=0)
