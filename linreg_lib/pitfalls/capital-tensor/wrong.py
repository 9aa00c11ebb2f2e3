import torch

bias = torch.Tensor(3)
print(bias.shape)
