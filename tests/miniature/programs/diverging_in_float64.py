import torch

torch.manual_seed(0)
A = torch.randn(20, 3, dtype=torch.float64)
v = torch.ones(3, 1, dtype=torch.float64)
for step in range(700):
    v = v - 3 * A.T @ (A @ v) / len(A)
    if not torch.isfinite(v).all():
        print(step, v.isinf().tolist(), v.isnan().tolist())
        break
print(torch.dot(torch.tensor([1e308, 1.0]).double(), torch.tensor([1e10, 1.0]).double()))
huge = torch.tensor([1e308, -1e308], dtype=torch.float64)
print(torch.dot(huge, torch.tensor([10.0, 10.0], dtype=torch.float64)))
