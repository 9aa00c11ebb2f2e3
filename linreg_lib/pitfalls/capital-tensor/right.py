import torch

bias = torch.tensor(3.0)
print(bias.shape)
