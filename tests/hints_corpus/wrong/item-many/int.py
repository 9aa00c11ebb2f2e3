import torch

print(int(torch.tensor([1.0, 2.0])))
