import torch

true_w = torch.tensor([2, -3])
X = torch.normal(0, 1, (100, 2))
y = X @ true_w + 4  # <-
