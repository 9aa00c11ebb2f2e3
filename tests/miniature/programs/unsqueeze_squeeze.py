import torch
x = torch.zeros(3)
print(x.unsqueeze(0).shape, x.unsqueeze(-1).shape, x[None, :, None].shape)
y = torch.zeros(1, 3, 1, 2)
print(y.squeeze().shape, y.squeeze(0).shape, y.squeeze(1).shape, y.squeeze(-2).shape)
x.unsqueeze(3)
