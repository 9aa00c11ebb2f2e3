import torch

w = torch.tensor([1.0, 2.0])
best = w.clone()
w -= 0.5
moved = (w - best).abs().sum()
print(moved)
