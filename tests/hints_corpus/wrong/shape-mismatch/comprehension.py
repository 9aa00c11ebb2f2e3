import torch

X = torch.ones(6, 2)
weights = [torch.ones(2, 1), torch.ones(3, 1)]
predictions = [X @ w for w in weights]
