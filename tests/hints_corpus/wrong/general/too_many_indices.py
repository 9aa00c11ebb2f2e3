import torch

torch.ones(2, 3)[0, 0, 0]
