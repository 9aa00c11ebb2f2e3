import torch

w = torch.ones(2, 1, requires_grad=True)
X = torch.ones(4, 2)
with torch.no_grad():
    mean = (X @ w).mean().item()
array = (X @ w).detach().numpy()
assert mean == array.mean() == 2.0
