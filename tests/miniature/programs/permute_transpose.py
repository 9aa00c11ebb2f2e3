import torch
x = torch.arange(24).view(2, 3, 4)
print(x.permute(2, 0, 1).shape, x.transpose(1, 2).shape, x.mT.shape)
print(x.transpose(0, 2)[0])
print(x.T.shape)
print(x.movedim(0, -1).shape, x.swapaxes(0, 1).shape)
