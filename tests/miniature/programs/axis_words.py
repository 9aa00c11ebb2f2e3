import torch
x = torch.rand(3, 3)
print(torch.argmax(x, axis=1).shape, x.sum(axis=0).shape, torch.max(x, axis=1).values.shape)
print(x.mean(axis=(0, 1)).shape, torch.concatenate([x, x], axis=0).shape, x.swapaxes(0, 1).shape, torch.unsqueeze(x, axis=0).shape)
