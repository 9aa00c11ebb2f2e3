import torch
a = torch.tensor([[2., 1.], [1., 3.]])
print(torch.det(a), torch.inverse(a), torch.linalg.eigvalsh(a))
print(torch.linalg.matrix_rank(a), torch.linalg.cond(a) > 1)
print(a.T @ a, a.mm(a), torch.matrix_power(a, 2))
