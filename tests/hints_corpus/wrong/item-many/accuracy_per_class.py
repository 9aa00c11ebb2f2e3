import torch

pred = torch.tensor([1, 0, 1])
y = torch.tensor([1, 1, 1])
correct = 0
correct += (pred == y).item()  # <- cause
