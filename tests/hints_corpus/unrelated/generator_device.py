import torch

torch.randn(2, generator=3)
