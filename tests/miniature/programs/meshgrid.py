import torch
xs = torch.linspace(-1, 1, 3)
ys = torch.linspace(0, 1, 2)
X, Y = torch.meshgrid(xs, ys, indexing="ij")
print(X, Y)
grid = torch.stack([X.flatten(), Y.flatten()], dim=1)
print(grid)
