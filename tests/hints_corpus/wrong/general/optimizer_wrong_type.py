import torch

torch.optim.SGD([3.0], lr=0.1)
