import torch
A = torch.tensor([[4., 1.], [2., 3.]])
print(torch.linalg.inv(A), torch.linalg.det(A), torch.linalg.norm(A), torch.linalg.matrix_rank(A))
print(torch.linalg.norm(A, ord=1), torch.linalg.vector_norm(A, ord=1), A.norm(p=1), A.norm(dim=1))
print(torch.norm(A, p=float('inf')))
