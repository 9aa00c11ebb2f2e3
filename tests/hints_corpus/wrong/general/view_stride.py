import torch

torch.ones(2, 3).t().view(6)
