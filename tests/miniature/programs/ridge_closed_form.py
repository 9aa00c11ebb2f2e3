import torch
torch.manual_seed(1)
X = torch.randn(20, 3)
w = torch.tensor([1., -2., 0.5])
y = X @ w + 0.1 * torch.randn(20)
X1 = torch.cat([X, torch.ones(20, 1)], dim=1)
lam = 0.1
A = X1.T @ X1 + lam * torch.eye(4)
theta = torch.linalg.solve(A, X1.T @ y)
print(theta)
resid = y - X1 @ theta
r2 = 1 - resid.pow(2).sum() / (y - y.mean()).pow(2).sum()
print(f"R^2 = {r2:.4f}", resid.std(), resid.abs().max())
print(torch.linalg.lstsq(X1, y.unsqueeze(1)).solution.squeeze())
