import torch
a = torch.tensor([True, False, True])
b = torch.tensor([True, True, False])
print(a & b, a | b, a ^ b, ~a, a.any(), a.all(), a.sum(), torch.logical_and(a, b))
print(a and b)
