import torch
a = torch.ones(3, 2)
b = torch.ones(3)
print(a + b)
