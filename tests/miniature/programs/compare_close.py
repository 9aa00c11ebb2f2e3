import torch
a = torch.tensor([0.1 + 0.2])
b = torch.tensor([0.3])
print(a == b, torch.allclose(a, b), torch.equal(a, b))
c = torch.tensor([0.1 + 0.2], dtype=torch.float64)
d = torch.tensor([0.3], dtype=torch.float64)
print(c == d, torch.isclose(c, d), torch.equal(c, d))
print(torch.isclose(torch.tensor([1., 1.1]), torch.tensor([1.0, 1.0]), atol=0.2))
print(torch.allclose(a, d))
