import torch

torch.manual_seed(0)
A = torch.randn(40, 3)
A[:, 0] += 2
print(
    torch.linalg.svdvals(A),
    torch.linalg.svdvals(A.T),
    torch.linalg.matrix_norm(A, 2),
    torch.linalg.norm(A, ord=2),
    torch.linalg.norm(A.double(), 2),
)
