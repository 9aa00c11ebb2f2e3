import torch

torch.ones(6).reshape(4, 2)
