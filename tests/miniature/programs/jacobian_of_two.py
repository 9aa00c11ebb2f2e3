import torch
from torch.autograd.functional import jacobian, hessian
print(jacobian(lambda a, b: a * b, (torch.tensor([1., 2.]), torch.tensor([3., 4.]))))
w = torch.randn(2, 1, generator=torch.Generator().manual_seed(0)); b = torch.zeros(1)
print(jacobian(lambda w, b: torch.ones(3, 2) @ w + b, (w, b)))
