import torch
A = torch.tensor([[1., 1.], [1., 2.], [1., 3.]])
y = torch.tensor([[1.], [2.], [2.]])
print(torch.linalg.lstsq(A, y).solution)
print(torch.linalg.solve(A.T @ A, A.T @ y), torch.linalg.pinv(A) @ y)
