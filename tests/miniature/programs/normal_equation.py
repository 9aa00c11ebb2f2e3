import torch
torch.manual_seed(0)
X = torch.randn(20, 3)
w = torch.tensor([1., -2., 0.5])
y = X @ w + 3
A = torch.cat([X, torch.ones(20, 1)], dim=1)
theta = torch.linalg.solve(A.T @ A, A.T @ y)
print(theta)
theta2 = torch.inverse(A.T @ A) @ A.T @ y
print(torch.allclose(theta, theta2, atol=1e-4))
print(torch.linalg.lstsq(A, y.unsqueeze(1)).solution.squeeze())
