import torch

losses = torch.tensor([])
losses.append(3.0)
