import torch

w = torch.ones(3, dtype=torch.int64)
g = torch.tensor([0.5, 0.5, 0.5])
for _ in range(2):
    w -= 0.1 * g  # <- cause
